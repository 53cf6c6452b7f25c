-- +goose Up
-- What an organisation offers the people of its community.
CREATE TABLE service_item (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    organisation_id VARCHAR(26) NOT NULL,
    title VARCHAR(60) NOT NULL,
    star VARCHAR(20) NOT NULL,
    text VARCHAR(500) NOT NULL,
    -- When, in people's words.
    rhythm VARCHAR(60) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX service_item_organisation_title ON service_item (organisation_id, title);
CREATE INDEX service_item_region ON service_item (region_id, id);

-- +goose Down
DROP TABLE service_item;
