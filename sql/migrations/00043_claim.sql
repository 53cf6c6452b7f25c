-- +goose Up
-- The keys hold what may be there once only, and the claim's own id where that no longer binds:
-- open_key: the person, while the claim is open: one open claim per person and task.
-- turn_key: the person and the period, while the claim counts as the person's turn in it.
-- station_key: the person, while a drawn claim is open: one open drawn card per person and station.
-- put_back_key: the person and the day on which a drawn card was put back.
CREATE TABLE claim (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    task_id VARCHAR(26) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    station_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    appeal VARCHAR(10) NOT NULL,
    claimed_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    submitted_at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    open_key VARCHAR(26) NOT NULL,
    turn_key VARCHAR(40) NOT NULL,
    station_key VARCHAR(26) NOT NULL,
    put_back_key VARCHAR(40) NOT NULL
);
CREATE UNIQUE INDEX claim_open ON claim (task_id, open_key);
CREATE UNIQUE INDEX claim_turn ON claim (task_id, turn_key);
CREATE UNIQUE INDEX claim_drawn ON claim (station_id, station_key);
CREATE UNIQUE INDEX claim_put_back ON claim (station_id, put_back_key);
CREATE INDEX claim_task ON claim (task_id, id);
CREATE INDEX claim_person ON claim (person_id, id);
CREATE INDEX claim_person_state ON claim (person_id, state, id);
CREATE INDEX claim_queue ON claim (region_id, state, submitted_at, id);
CREATE INDEX claim_due ON claim (state, due_at);

-- +goose Down
DROP TABLE claim;
