-- +goose Up
-- A stored picture. subject_kind and subject_id are empty until it is attached to something. owner_id is empty, and so
-- is all else but the id, when only its objects are left to be removed from the storage.
CREATE TABLE file (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    owner_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    sha256 VARCHAR(64) NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    subject_kind VARCHAR(20) NOT NULL,
    subject_id VARCHAR(26) NOT NULL,
    region_id VARCHAR(26) NOT NULL,
    label VARCHAR(20) NOT NULL,
    position BIGINT NOT NULL,
    content_state VARCHAR(10) NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX file_subject ON file (subject_kind, subject_id, label, position);
CREATE INDEX file_owner ON file (owner_id, created_at);

-- +goose Down
DROP TABLE file;
