-- +goose Up
-- Who took each dispatch on: one only.
CREATE TABLE ticket_acceptance (
    ticket_id VARCHAR(26) NOT NULL,
    round BIGINT NOT NULL,
    organisation_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    accepted_at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, round)
);

-- +goose Down
DROP TABLE ticket_acceptance;
