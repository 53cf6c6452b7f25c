-- +goose Up
CREATE TABLE team (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    name VARCHAR(60) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    created_by VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX team_region_name ON team (region_id, name);

-- +goose Down
DROP TABLE team;
