-- +goose Up
-- Something that deserves a look, found by a rule and decided on by a person; nothing is taken from anybody by it.
-- Only the decision is ever changed, once.
CREATE TABLE odd_case (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    kind VARCHAR(16) NOT NULL,
    -- What the rule looked at: found again, it is the same case.
    subject_key VARCHAR(80) NOT NULL,
    -- A JSON list of {text, subject_kind, subject_id}.
    reasons TEXT NOT NULL,
    state VARCHAR(10) NOT NULL,
    found_at BIGINT NOT NULL,
    note VARCHAR(500) NOT NULL,
    decided_by VARCHAR(26) NOT NULL,
    decided_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX odd_case_subject ON odd_case (kind, subject_key);
CREATE INDEX odd_case_community ON odd_case (community_id, state, id);
CREATE INDEX odd_case_decider ON odd_case (decided_by, id);

-- +goose Down
DROP TABLE odd_case;
