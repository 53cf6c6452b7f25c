-- +goose Up
-- Service minutes: rows are only ever added. Minutes below zero take back those of the record that source_id names.
CREATE TABLE points_service (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    star VARCHAR(20) NOT NULL,
    minutes BIGINT NOT NULL,
    source_id VARCHAR(70) NOT NULL,
    hands TEXT NOT NULL,
    witness_id VARCHAR(26) NOT NULL,
    -- When the service was done, and when it was recorded.
    at BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    -- HMAC of all the above with the servers' key.
    mac VARCHAR(64) NOT NULL
);
CREATE UNIQUE INDEX points_service_source ON points_service (source_id);
CREATE INDEX points_service_person ON points_service (person_id, id);

-- +goose Down
DROP TABLE points_service;
