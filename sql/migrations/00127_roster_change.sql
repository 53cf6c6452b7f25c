-- +goose Up
-- What an import did to a person: JSON of the person before ('' for one it created) and after. Both are blanked once
-- they are of no more use, and removed with the person. left_reason tells why an undo left it.
CREATE TABLE roster_change (
    import_id VARCHAR(26) NOT NULL,
    file_row BIGINT NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    left_reason VARCHAR(20) NOT NULL,
    PRIMARY KEY (import_id, file_row)
);
CREATE INDEX roster_change_person ON roster_change (person_id, import_id);

-- +goose Down
DROP TABLE roster_change;
