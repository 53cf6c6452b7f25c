-- +goose Up
-- What was counted, spent and served in a period is listed from a range of an index, however long the ledger is.
CREATE INDEX points_entry_counted ON points_entry (community_id, counted_at, id);
CREATE INDEX points_entry_kind ON points_entry (community_id, kind, at, id);
CREATE INDEX points_service_at ON points_service (community_id, at, id);

-- +goose Down
-- No DROP INDEX is the same on every database: the indexes go with their tables.
