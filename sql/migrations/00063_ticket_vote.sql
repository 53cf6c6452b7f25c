-- +goose Up
CREATE TABLE ticket_vote (
    ticket_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, person_id)
);
CREATE INDEX ticket_vote_person ON ticket_vote (person_id, ticket_id);
CREATE INDEX ticket_vote_helper ON ticket_vote (helper_id, ticket_id);

-- +goose Down
DROP TABLE ticket_vote;
