-- +goose Up
-- A person belongs to one household at most. relation is to the head of it, as the roster has it.
CREATE TABLE household_member (
    person_id VARCHAR(26) NOT NULL PRIMARY KEY,
    household_id VARCHAR(26) NOT NULL,
    relation VARCHAR(20) NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX household_member_household ON household_member (household_id, person_id);

-- +goose Down
DROP TABLE household_member;
