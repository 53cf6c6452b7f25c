-- +goose Up
CREATE TABLE person (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    -- The name as it is searched: letters and digits only, lower case, one width.
    search_name VARCHAR(120) NOT NULL,
    -- The home's region, the community it is or is part of, and its path (see region.path); all empty without a home.
    home_region_id VARCHAR(26) NOT NULL,
    home_community_id VARCHAR(26) NOT NULL,
    home_path VARCHAR(160) NOT NULL,
    -- When the home last moved from one community to another; 0 while it has not since it was declared.
    home_changed_at BIGINT NOT NULL,
    home_verified_by VARCHAR(26) NOT NULL,
    home_verified_at BIGINT NOT NULL,
    leaderboard_consent BOOLEAN NOT NULL,
    created_by VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    erased_at BIGINT NOT NULL
);
CREATE INDEX person_home_name ON person (home_path, name, id);
CREATE INDEX person_community_name ON person (home_community_id, name, id);

-- +goose Down
DROP TABLE person;
