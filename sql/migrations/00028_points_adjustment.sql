-- +goose Up
-- Points given or taken by hand: proposed by one officer, decided by another.
CREATE TABLE points_adjustment (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    amount BIGINT NOT NULL,
    reason VARCHAR(500) NOT NULL,
    state VARCHAR(10) NOT NULL,
    proposed_by VARCHAR(26) NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by VARCHAR(26) NOT NULL,
    decided_at BIGINT NOT NULL
);
CREATE INDEX points_adjustment_community ON points_adjustment (community_id, state, id);
CREATE INDEX points_adjustment_person ON points_adjustment (person_id, id);

-- +goose Down
DROP TABLE points_adjustment;
