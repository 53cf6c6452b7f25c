-- +goose Up
-- Who is named in an odd case: none of them decides on it.
CREATE TABLE odd_case_person (
    case_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    PRIMARY KEY (case_id, person_id)
);
CREATE INDEX odd_case_person_person ON odd_case_person (person_id, case_id);

-- +goose Down
DROP TABLE odd_case_person;
