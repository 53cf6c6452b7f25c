-- +goose Up
-- What a community has set otherwise than the humane default, as JSON; a community without a row has all defaults.
CREATE TABLE community_setting (
    region_id VARCHAR(26) NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE community_setting;
