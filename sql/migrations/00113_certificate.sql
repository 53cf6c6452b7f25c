-- +goose Up
-- A certificate of service hours says what was true when it was issued; what became of it since is looked up when it
-- is checked. A person who leaves takes the name with them: state erased. number is what stands on the paper:
-- eight random characters and eight that only the servers can make of them.
CREATE TABLE certificate (
    id VARCHAR(26) NOT NULL PRIMARY KEY,
    number VARCHAR(16) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    helper_id VARCHAR(26) NOT NULL,
    community_id VARCHAR(26) NOT NULL,
    name VARCHAR(60) NOT NULL,
    period VARCHAR(10) NOT NULL,
    minutes BIGINT NOT NULL,
    grade BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    issued_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX certificate_number ON certificate (number);
CREATE INDEX certificate_person ON certificate (person_id, id);
CREATE INDEX certificate_helper ON certificate (helper_id, id);
CREATE INDEX certificate_community ON certificate (community_id, issued_at);

-- +goose Down
DROP TABLE certificate;
