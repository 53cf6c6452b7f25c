-- +goose Up
-- The last number given in a community on a day (20261122).
CREATE TABLE ticket_number (
    region_id VARCHAR(26) NOT NULL,
    day VARCHAR(8) NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (region_id, day)
);

-- +goose Down
DROP TABLE ticket_number;
