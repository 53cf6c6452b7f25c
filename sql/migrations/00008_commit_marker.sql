-- +goose Up
-- One row a transaction on an outside database, written in it, so that a commit whose answer was lost on
-- the way can be looked up.
CREATE TABLE commit_marker (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    committed_at BIGINT NOT NULL
);
CREATE INDEX commit_marker_committed ON commit_marker (committed_at);

-- +goose Down
DROP TABLE commit_marker;
