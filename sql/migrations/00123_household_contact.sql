-- +goose Up
-- The Party member who keeps in touch with a household. slot is '' while that holds and the link's own id afterwards, so
-- that a household has one contact at a time.
CREATE TABLE household_contact (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    household_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    slot VARCHAR(26) NOT NULL,
    from_at BIGINT NOT NULL,
    set_by VARCHAR(26) NOT NULL,
    until_at BIGINT NOT NULL,
    ended_by VARCHAR(26) NOT NULL
);
CREATE UNIQUE INDEX household_contact_slot ON household_contact (household_id, slot);
CREATE INDEX household_contact_person ON household_contact (person_id, slot, household_id);

-- +goose Down
DROP TABLE household_contact;
