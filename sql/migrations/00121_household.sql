-- +goose Up
-- A household is known by its number or address within its grid. grid_id is '' and path the community's where the grid
-- is not known. number_key is the number as it is compared and searched.
CREATE TABLE household (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    grid_id VARCHAR(26) NOT NULL,
    path VARCHAR(160) NOT NULL,
    number VARCHAR(60) NOT NULL,
    number_key VARCHAR(60) NOT NULL,
    created_by VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX household_place ON household (community_id, grid_id, number_key);
CREATE INDEX household_community ON household (community_id, number_key, id);

-- +goose Down
DROP TABLE household;
