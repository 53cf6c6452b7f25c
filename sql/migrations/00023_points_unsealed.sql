-- +goose Up
-- Entries and service records that wait for their seal: added with the record, removed with the seal.
CREATE TABLE points_unsealed (
    community_id VARCHAR(26) NOT NULL,
    record_id VARCHAR(26) NOT NULL,
    PRIMARY KEY (community_id, record_id)
);

-- +goose Down
DROP TABLE points_unsealed;
