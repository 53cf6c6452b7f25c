-- +goose Up
-- A login that holds until it ends, is revoked, or is not used for long. The token itself is kept nowhere.
CREATE TABLE session (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    token_hash VARCHAR(64) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_person ON session (person_id, revoked_at);
CREATE INDEX session_expires ON session (expires_at);

-- +goose Down
DROP TABLE session;
