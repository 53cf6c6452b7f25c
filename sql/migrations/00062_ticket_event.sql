-- +goose Up
-- The timeline: only ever added to. content_state is the verdict of WeChat's check on the text, and text is
-- emptied when the resident who wrote it is erased; nothing else of a row ever changes.
CREATE TABLE ticket_event (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    ticket_id VARCHAR(26) NOT NULL,
    -- The ticket's version at the change that the event tells of.
    version BIGINT NOT NULL,
    round BIGINT NOT NULL,
    part BIGINT NOT NULL,
    act VARCHAR(16) NOT NULL,
    -- Empty for the clock.
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    -- The organisation that the person acted for.
    organisation_id VARCHAR(26) NOT NULL,
    text VARCHAR(1000) NOT NULL,
    content_state VARCHAR(10) NOT NULL,
    -- What else there is to tell, as JSON.
    details TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_event_act ON ticket_event (ticket_id, version, act);
CREATE INDEX ticket_event_person ON ticket_event (person_id);
CREATE INDEX ticket_event_helper ON ticket_event (helper_id);

-- +goose Down
DROP TABLE ticket_event;
