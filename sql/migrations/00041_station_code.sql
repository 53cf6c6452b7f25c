-- +goose Up
-- The mini-program code of a station as WeChat drew it, once: it is permanent, and a poster can be printed
-- again while WeChat is down.
CREATE TABLE station_code (
    station_id VARCHAR(26) NOT NULL PRIMARY KEY,
    picture MEDIUMBLOB NOT NULL,
    drawn_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE station_code;
