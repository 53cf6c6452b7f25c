-- +goose Up
-- The ledger: rows are only ever added.
CREATE TABLE points_entry (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    from_account VARCHAR(60) NOT NULL,
    to_account VARCHAR(60) NOT NULL,
    amount BIGINT NOT NULL,
    kind VARCHAR(16) NOT NULL,
    source_id VARCHAR(60) NOT NULL,
    star VARCHAR(20) NOT NULL,
    -- The person on one of the two sides.
    person_id VARCHAR(26) NOT NULL,
    -- Who did it or entered it, as a JSON list of ids, and who confirmed it.
    hands TEXT NOT NULL,
    witness_id VARCHAR(26) NOT NULL,
    memo VARCHAR(500) NOT NULL,
    reverses_id VARCHAR(26) NOT NULL,
    at BIGINT NOT NULL,
    -- The time whose periods the entry counts in as earned: for a reversal that of the entry it reverses, and 0 for
    -- points that were spent or given back, which are never counted as earned.
    counted_at BIGINT NOT NULL,
    -- HMAC of all the above with the servers' key.
    mac VARCHAR(64) NOT NULL
);
CREATE UNIQUE INDEX points_entry_source ON points_entry (kind, source_id);
CREATE INDEX points_entry_person ON points_entry (person_id, id);

-- +goose Down
DROP TABLE points_entry;
