-- +goose Up
-- The hash chain of each community: a seal holds the digest of the one before it and of its record, which is a row of
-- points_entry or of points_service.
CREATE TABLE points_seal (
    community_id VARCHAR(26) NOT NULL,
    number BIGINT NOT NULL,
    record_id VARCHAR(26) NOT NULL,
    previous_hash VARCHAR(64) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    PRIMARY KEY (community_id, number)
);
CREATE UNIQUE INDEX points_seal_record ON points_seal (record_id);

-- +goose Down
DROP TABLE points_seal;
