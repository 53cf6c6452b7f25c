-- +goose Up
-- How many people earned anything, on the rows of all stars together; counted anew whenever records are sealed.
ALTER TABLE points_community_total ADD COLUMN people BIGINT NOT NULL DEFAULT 0;
UPDATE points_community_total SET people = (SELECT COUNT(*) FROM points_total
    WHERE points_total.community_id = points_community_total.community_id AND points_total.period = points_community_total.period
        AND points_total.star = '' AND points_total.earned > 0)
WHERE star = '';

-- +goose Down
ALTER TABLE points_community_total DROP COLUMN people;
