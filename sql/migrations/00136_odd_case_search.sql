-- +goose Up
-- How far the rules have looked in the rows of each source, by their ids. Each row is looked at twice, in two runs, so
-- that one whose transaction was slow is not missed.
CREATE TABLE odd_case_search (
    source VARCHAR(20) NOT NULL PRIMARY KEY,
    looked_once VARCHAR(26) NOT NULL,
    looked_twice VARCHAR(26) NOT NULL
);

-- +goose Down
DROP TABLE odd_case_search;
