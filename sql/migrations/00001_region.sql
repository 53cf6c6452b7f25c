-- +goose Up
CREATE TABLE region (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    parent_id VARCHAR(26) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    community_kind VARCHAR(16) NOT NULL,
    name VARCHAR(60) NOT NULL,
    -- The ids from the city down to this region, each between slashes: /CITY/DISTRICT/STREET/
    path VARCHAR(160) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX region_parent_name ON region (parent_id, name);
CREATE UNIQUE INDEX region_path ON region (path);

-- +goose Down
DROP TABLE region;
