-- What a person's first page says of themself: one statement over the tables of four rooms, which it only reads.

-- name: Greeting :one
SELECT person.name, CAST(COALESCE(region.name, '') AS CHAR) AS community_name,
    CAST((SELECT COUNT(*) FROM (SELECT notice.id FROM notice WHERE notice.person_id = sqlc.arg('reader_id') AND notice.read_at = 0 LIMIT ?) AS unread) AS SIGNED)
        AS unread_notices,
    CAST((SELECT COALESCE(SUM(points_account.balance), 0) FROM points_account WHERE points_account.person_id = person.id) AS SIGNED) AS balance,
    CAST((SELECT COALESCE(SUM(points_total.earned), 0) FROM points_total
        WHERE points_total.person_id = person.id AND points_total.period = sqlc.arg('month') AND points_total.star = '') AS SIGNED) AS earned_month
FROM person LEFT JOIN region ON region.id = person.home_community_id WHERE person.id = sqlc.arg('person_id');
