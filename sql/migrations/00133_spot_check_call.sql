-- +goose Up
-- Who rang, when, and what the person said. Rows are only ever added; the note goes when the person leaves.
CREATE TABLE spot_check_call (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    spot_check_id VARCHAR(26) NOT NULL,
    outcome VARCHAR(13) NOT NULL,
    note VARCHAR(500) NOT NULL,
    called_by VARCHAR(26) NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX spot_check_call_check ON spot_check_call (spot_check_id, id);
CREATE INDEX spot_check_call_caller ON spot_check_call (called_by, id);

-- +goose Down
DROP TABLE spot_check_call;
