-- +goose Up
-- What a claim went through. Rows are only ever added; all that comes later is WeChat's verdict on the text
-- (content_state), and, when the person leaves, the text's removal. photos is JSON: what was handed in.
CREATE TABLE claim_event (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    claim_id VARCHAR(26) NOT NULL,
    act VARCHAR(12) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    text TEXT NOT NULL,
    photos TEXT NOT NULL,
    content_state VARCHAR(10) NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX claim_event_claim ON claim_event (claim_id, at, id);
CREATE INDEX claim_event_person ON claim_event (person_id, id);
CREATE INDEX claim_event_helper ON claim_event (helper_id, id);

-- +goose Down
DROP TABLE claim_event;
