-- +goose Up
-- How many points a community has adjusted by hand on a day (2026-11-22), up and down alike.
CREATE TABLE points_adjustment_day (
    community_id VARCHAR(26) NOT NULL,
    day VARCHAR(10) NOT NULL,
    points BIGINT NOT NULL,
    PRIMARY KEY (community_id, day)
);

-- +goose Down
DROP TABLE points_adjustment_day;
