-- +goose Up
-- What a person holds to be wrong in their history, or missing from it. Only the state moves, and with it, once a
-- missing thing has been answered, subject_key.
CREATE TABLE points_dispute (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    -- What it is about: a row of points_entry, the source_id of a row of points_service, or '' for something missing.
    record_id VARCHAR(70) NOT NULL,
    -- What there is one dispute of: the record; of missing things, one of the few that a person may have open in a
    -- community: see dispute.go.
    subject_key VARCHAR(100) NOT NULL,
    state VARCHAR(10) NOT NULL,
    raised_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX points_dispute_subject ON points_dispute (subject_key);
CREATE INDEX points_dispute_community ON points_dispute (community_id, state, id);
CREATE INDEX points_dispute_person ON points_dispute (person_id, id);

-- +goose Down
DROP TABLE points_dispute;
