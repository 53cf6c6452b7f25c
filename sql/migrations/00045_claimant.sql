-- +goose Up
-- One row a person who ever took a task. It is updated first thing when they take another, so that one
-- person's claims are taken one after the other and limits are counted on what is there.
CREATE TABLE claimant (
    person_id VARCHAR(26) NOT NULL PRIMARY KEY,
    attempts BIGINT NOT NULL
);

-- +goose Down
DROP TABLE claimant;
