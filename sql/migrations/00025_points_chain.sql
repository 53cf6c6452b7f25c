-- +goose Up
-- Where each community's chain ends. The row with community_id '' holds how many chains there are. Each row has an HMAC
-- with the servers' key, so that a chain that was cut, or removed, is found.
CREATE TABLE points_chain (
    community_id VARCHAR(26) NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    mac VARCHAR(64) NOT NULL
);

-- +goose Down
DROP TABLE points_chain;
