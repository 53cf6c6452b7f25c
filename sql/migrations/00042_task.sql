-- +goose Up
-- places_taken counts the claims that hold a place, and never exceeds capacity.
CREATE TABLE task (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    state VARCHAR(10) NOT NULL,
    star VARCHAR(20) NOT NULL,
    title VARCHAR(60) NOT NULL,
    description TEXT NOT NULL,
    place VARCHAR(100) NOT NULL,
    points BIGINT NOT NULL,
    capacity BIGINT NOT NULL,
    places_taken BIGINT NOT NULL,
    claim_until BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    repeats VARCHAR(10) NOT NULL,
    evidence_text BOOLEAN NOT NULL,
    evidence_photos_before BOOLEAN NOT NULL,
    evidence_photos_after BOOLEAN NOT NULL,
    verify VARCHAR(10) NOT NULL,
    station_id VARCHAR(26) NOT NULL,
    draw_weight BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    closed_at BIGINT NOT NULL
);
CREATE INDEX task_region ON task (region_id, state, id);
CREATE INDEX task_station ON task (station_id, state);
CREATE INDEX task_window ON task (state, claim_until);

-- +goose Down
DROP TABLE task;
