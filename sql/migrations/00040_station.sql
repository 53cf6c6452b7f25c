-- +goose Up
CREATE TABLE station (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    name VARCHAR(60) NOT NULL,
    place VARCHAR(100) NOT NULL,
    poster_text VARCHAR(200) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX station_region_name ON station (region_id, name);

-- +goose Down
DROP TABLE station;
