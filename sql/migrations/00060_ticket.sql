-- +goose Up
CREATE TABLE ticket (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    region_id VARCHAR(26) NOT NULL,
    -- The day in Shanghai and a number within the day and community: 20261122-0007
    number VARCHAR(20) NOT NULL,
    category VARCHAR(16) NOT NULL,
    text VARCHAR(1000) NOT NULL,
    place VARCHAR(100) NOT NULL,
    show_name BOOLEAN NOT NULL,
    raiser_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    -- The raiser was erased: the text goes too, at once or when the ticket ends.
    raiser_left BOOLEAN NOT NULL,
    raised_at BIGINT NOT NULL,
    stage VARCHAR(10) NOT NULL,
    content_state VARCHAR(10) NOT NULL,
    votes BIGINT NOT NULL,
    rework BIGINT NOT NULL,
    whistled BOOLEAN NOT NULL,
    -- How often it was dispatched; offers, acceptances, events and reviews bear the round they belong to.
    round BIGINT NOT NULL,
    -- Who has it: an organisation or a person; both empty in part 2 and while it is offered to several.
    organisation_id VARCHAR(26) NOT NULL,
    assignee_id VARCHAR(26) NOT NULL,
    dispatched_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    accepted_by VARCHAR(26) NOT NULL,
    completed_by VARCHAR(26) NOT NULL,
    completed_at BIGINT NOT NULL,
    closed_as VARCHAR(10) NOT NULL,
    score BIGINT NOT NULL,
    outcome VARCHAR(10) NOT NULL,
    merged_into VARCHAR(26) NOT NULL,
    -- When the clock acts by itself, shows as overdue, and shows to the street; 0: no such clock runs.
    timeout_at BIGINT NOT NULL,
    overdue_at BIGINT NOT NULL,
    escalate_at BIGINT NOT NULL,
    -- Counts changes; the first write of every change, so that changes of one ticket wait for each other.
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_region_number ON ticket (region_id, number);
CREATE INDEX ticket_votes ON ticket (region_id, votes, id);
-- What neighbours may still back, however many tickets have been closed before.
CREATE INDEX ticket_backing ON ticket (region_id, stage, votes, id);
CREATE INDEX ticket_age ON ticket (region_id, raised_at, id);
CREATE INDEX ticket_overdue ON ticket (region_id, overdue_at, id);
CREATE INDEX ticket_timeout ON ticket (stage, timeout_at);
CREATE INDEX ticket_raiser ON ticket (raiser_id, id);
CREATE INDEX ticket_helper ON ticket (helper_id, id);
CREATE INDEX ticket_organisation ON ticket (organisation_id, id);
CREATE INDEX ticket_assignee ON ticket (assignee_id, id);
CREATE INDEX ticket_merged ON ticket (merged_into);

-- +goose Down
DROP TABLE ticket;
