-- +goose Up
CREATE INDEX task_published ON task (region_id, published_at, id);
CREATE INDEX task_claim_until ON task (region_id, claim_until, id);
CREATE INDEX claim_claimed ON claim (region_id, claimed_at, id);
CREATE INDEX claim_decided ON claim (region_id, state, decided_at, id);

-- +goose Down
-- No DROP INDEX is the same on every database: the indexes go with their tables.
