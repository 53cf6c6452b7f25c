-- +goose Up
-- Imports into a community take turns: each begins by writing to its row.
CREATE TABLE roster_turn (
    community_id VARCHAR(26) NOT NULL PRIMARY KEY,
    taken_at BIGINT NOT NULL
);

-- +goose Down
DROP TABLE roster_turn;
