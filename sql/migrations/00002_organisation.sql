-- +goose Up
CREATE TABLE organisation (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    name VARCHAR(60) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX organisation_region_name ON organisation (region_id, name);

-- +goose Down
DROP TABLE organisation;
