-- +goose Up
-- One question to WeChat, or to a person of the desk, whether a text or a picture may be shown to others.
-- state: waiting (to be asked at due_at), asked (a picture whose verdict will be pushed; asked again at
-- due_at), review (a person decides), passed, refused, replaced (by a newer text of the same subject).
CREATE TABLE content_check (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    medium VARCHAR(10) NOT NULL,
    subject_kind VARCHAR(20) NOT NULL,
    subject_id VARCHAR(26) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    content TEXT NOT NULL,
    state VARCHAR(10) NOT NULL,
    tries BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    trace_id VARCHAR(64) NOT NULL,
    decided_by VARCHAR(26) NOT NULL,
    decided_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX content_check_due ON content_check (state, due_at);
CREATE INDEX content_check_trace ON content_check (trace_id);
CREATE INDEX content_check_subject ON content_check (subject_kind, subject_id);
CREATE INDEX content_check_region ON content_check (region_id, state, id);

-- +goose Down
DROP TABLE content_check;
