-- +goose Up
-- A person has one account in each community where they earned: what is earned there is spent there. A community
-- issues points from several accounts of its own, with person_id '' and a balance below zero: see account.go.
-- The sum over all accounts is zero.
CREATE TABLE points_account (
    id VARCHAR(60) NOT NULL PRIMARY KEY,
    community_id VARCHAR(26) NOT NULL,
    person_id VARCHAR(26) NOT NULL,
    balance BIGINT NOT NULL
);
CREATE UNIQUE INDEX points_account_person ON points_account (person_id, id);

-- +goose Down
DROP TABLE points_account;
