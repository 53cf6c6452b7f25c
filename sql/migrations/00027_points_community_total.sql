-- +goose Up
-- The same figures for a whole community, kept by the one runner that seals, so that postings never queue for them: they
-- are those of the sealed records.
CREATE TABLE points_community_total (
    community_id VARCHAR(26) NOT NULL,
    period VARCHAR(10) NOT NULL,
    star VARCHAR(20) NOT NULL,
    earned BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (community_id, period, star)
);

-- +goose Down
DROP TABLE points_community_total;
