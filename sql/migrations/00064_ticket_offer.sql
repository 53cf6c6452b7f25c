-- +goose Up
-- Whom a dispatch went to: one row, or several of which the first to accept has it. Each names an
-- organisation or a person.
CREATE TABLE ticket_offer (
    ticket_id VARCHAR(26) NOT NULL,
    round BIGINT NOT NULL,
    organisation_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    declined_at BIGINT NOT NULL,
    PRIMARY KEY (ticket_id, round, organisation_id, person_id)
);
CREATE INDEX ticket_offer_organisation ON ticket_offer (organisation_id, ticket_id);
CREATE INDEX ticket_offer_person ON ticket_offer (person_id, ticket_id);

-- +goose Down
DROP TABLE ticket_offer;
