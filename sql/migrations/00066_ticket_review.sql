-- +goose Up
-- One review a person and round: the raiser's decides, a backer's is kept beside it.
CREATE TABLE ticket_review (
    ticket_id VARCHAR(26) NOT NULL,
    round BIGINT NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    score BIGINT NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    decides BOOLEAN NOT NULL,
    reviewed_at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, round, person_id)
);
CREATE INDEX ticket_review_person ON ticket_review (person_id);

-- +goose Down
DROP TABLE ticket_review;
