-- +goose Up
-- How a person is known from outside: kind 'wechat' with an openid, kind 'phone' with a number. One of each
-- kind a person, and each belongs to one person only.
CREATE TABLE person_identity (
    kind VARCHAR(10) NOT NULL,
    value VARCHAR(64) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, value)
);
CREATE UNIQUE INDEX person_identity_person ON person_identity (person_id, kind);

-- +goose Down
DROP TABLE person_identity;
