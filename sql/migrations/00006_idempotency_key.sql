-- +goose Up
-- The first answer to a POST that carried an Idempotency-Key, stored by the same commit as what it did.
CREATE TABLE idempotency_key (
    person_id VARCHAR(26) NOT NULL,
    helped_id VARCHAR(26) NOT NULL,
    path VARCHAR(200) NOT NULL,
    idempotency_key VARCHAR(64) NOT NULL,
    body_hash VARCHAR(64) NOT NULL,
    status BIGINT NOT NULL,
    content_type VARCHAR(100) NOT NULL,
    body MEDIUMTEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, helped_id, path, idempotency_key)
);
CREATE INDEX idempotency_key_created ON idempotency_key (created_at);

-- +goose Down
DROP TABLE idempotency_key;
