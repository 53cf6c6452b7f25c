-- +goose Up
-- A line of the timeline bears its community, and the moment at which the clock that ran until then was over (0: no
-- clock ran), so that what was done in a period, and what was late in it, is read from a range of an index.
ALTER TABLE ticket_event ADD COLUMN region_id VARCHAR(26) NOT NULL DEFAULT '';
ALTER TABLE ticket_event ADD COLUMN overdue_at BIGINT NOT NULL DEFAULT 0;
UPDATE ticket_event SET region_id = (SELECT region_id FROM ticket WHERE ticket.id = ticket_event.ticket_id);
CREATE INDEX ticket_event_region ON ticket_event (region_id, act, at, id);
CREATE INDEX ticket_event_overdue ON ticket_event (region_id, overdue_at, ticket_id);

-- +goose Down
-- No DROP INDEX is the same on every database: the columns and their indexes go with the table.
