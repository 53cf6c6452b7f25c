-- +goose Up
CREATE TABLE roster_import (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    file_name VARCHAR(120) NOT NULL,
    imported_by VARCHAR(26) NOT NULL,
    imported_at BIGINT NOT NULL,
    -- How many rows of the file came to what.
    people_created BIGINT NOT NULL,
    people_updated BIGINT NOT NULL,
    people_unchanged BIGINT NOT NULL,
    faults BIGINT NOT NULL,
    undone_by VARCHAR(26) NOT NULL,
    undone_at BIGINT NOT NULL,
    -- How many of the changes were undone; those that were not are marked in roster_change and roster_household_change.
    undone BIGINT NOT NULL
);
CREATE INDEX roster_import_community ON roster_import (community_id, id);

-- +goose Down
DROP TABLE roster_import;
