-- +goose Up
-- What the import of a file would do. plan_hash is of all that would be done and of all that it was decided by, so that
-- an import does what was previewed or nothing. summary is JSON.
CREATE TABLE roster_preview (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    created_by VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    summary TEXT NOT NULL,
    plan_hash VARCHAR(64) NOT NULL,
    imported_at BIGINT NOT NULL
);
CREATE INDEX roster_preview_author ON roster_preview (community_id, created_by);
CREATE INDEX roster_preview_expiry ON roster_preview (expires_at);

-- +goose Down
DROP TABLE roster_preview;
