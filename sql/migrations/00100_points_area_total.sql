-- +goose Up
-- The figures of points_community_total for the streets, districts and cities above, kept with them: a city's trend
-- is read from a few hundred rows, however many communities it has.
CREATE TABLE points_area_total (
    region_id VARCHAR(26) NOT NULL,
    period VARCHAR(10) NOT NULL,
    star VARCHAR(20) NOT NULL,
    earned BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (region_id, period, star)
);
INSERT INTO points_area_total (region_id, period, star, earned, entries, minutes)
SELECT area.id, total.period, total.star, SUM(total.earned), SUM(total.entries), SUM(total.minutes)
FROM points_community_total total JOIN region community ON community.id = total.community_id
JOIN region area ON area.kind IN ('street', 'district', 'city') AND SUBSTR(community.path, 1, LENGTH(area.path)) = area.path
GROUP BY area.id, total.period, total.star;

-- +goose Down
DROP TABLE points_area_total;
