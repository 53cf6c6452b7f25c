-- +goose Up
-- What was said in a dispute. Rows are only ever added; all that comes later is WeChat's verdict on a resident's text
-- (content_state), and, when the person leaves, the text's removal.
CREATE TABLE points_dispute_event (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    dispute_id VARCHAR(26) NOT NULL,
    act VARCHAR(10) NOT NULL,
    verdict VARCHAR(10) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    text TEXT NOT NULL,
    -- The entries that put it right, as a JSON list of ids.
    corrections TEXT NOT NULL,
    content_state VARCHAR(10) NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX points_dispute_event_dispute ON points_dispute_event (dispute_id, id);
CREATE INDEX points_dispute_event_person ON points_dispute_event (person_id, id);
CREATE INDEX points_dispute_event_helper ON points_dispute_event (helper_id, id);

-- +goose Down
DROP TABLE points_dispute_event;
