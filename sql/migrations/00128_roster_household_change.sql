-- +goose Up
-- What an import did to a household: whether it made it, and the link to a Party member that it set in place of another.
CREATE TABLE roster_household_change (
    import_id VARCHAR(26) NOT NULL,
    household_id VARCHAR(26) NOT NULL,
    is_new BOOLEAN NOT NULL,
    contact_id VARCHAR(26) NOT NULL,
    former_contact_id VARCHAR(26) NOT NULL,
    left_reason VARCHAR(20) NOT NULL,
    PRIMARY KEY (import_id, household_id)
);

-- +goose Down
DROP TABLE roster_household_change;
