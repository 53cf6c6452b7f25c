-- +goose Up
-- What a person earned and served in a community in a period, kept by the transaction that posts. star is '' for all
-- stars together; period is a day 2026-11-22, a month 2026-11, a quarter 2026-Q4, a year 2026, or 'all'.
CREATE TABLE points_total (
    person_id VARCHAR(26) NOT NULL,
    community_id VARCHAR(26) NOT NULL,
    period VARCHAR(10) NOT NULL,
    star VARCHAR(20) NOT NULL,
    earned BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (person_id, community_id, period, star)
);
CREATE INDEX points_total_list ON points_total (community_id, period, star, earned, person_id);

-- +goose Down
DROP TABLE points_total;
