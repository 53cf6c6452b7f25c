-- +goose Up
CREATE TABLE audit_entry (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    actor_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    act VARCHAR(40) NOT NULL,
    subject_kind VARCHAR(20) NOT NULL,
    subject_id VARCHAR(26) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    reason VARCHAR(500) NOT NULL,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    client_address VARCHAR(45) NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id, id);
CREATE INDEX audit_entry_region ON audit_entry (region_id, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, id);

-- +goose Down
DROP TABLE audit_entry;
