-- name: InsertReward :exec
INSERT INTO reward (id, region_id, organisation_id, provider_id, state, kind, title, description, place, price, stock, stock_taken, per_person_limit,
    redeem_from, redeem_until, fetch_days, owed_fen, version, created_by, created_at, published_at, closed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, 1, ?, ?, ?, 0);

-- name: GetReward :one
SELECT * FROM reward WHERE id = ?;

-- name: GetRewards :many
SELECT * FROM reward WHERE id IN (sqlc.slice('ids'));

-- name: ListRewards :many
SELECT reward.* FROM reward JOIN region ON region.id = reward.region_id
WHERE region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path') AND reward.state = sqlc.arg('state')
    AND reward.id < sqlc.arg('before_id')
ORDER BY reward.id DESC LIMIT ?;

-- name: ListRewardsOfOrganisation :many
SELECT * FROM reward WHERE organisation_id = ? AND state = ? AND id < sqlc.arg('before_id') ORDER BY id DESC LIMIT ?;

-- name: ListRewardsOfProvider :many
SELECT * FROM reward WHERE provider_id = sqlc.arg('provider_id') AND id > sqlc.arg('after_id') ORDER BY id LIMIT ?;

-- name: UpdateReward :execrows
UPDATE reward SET organisation_id = ?, provider_id = ?, kind = ?, title = ?, description = ?, place = ?, price = ?, stock = sqlc.arg('stock'),
    per_person_limit = ?, redeem_from = ?, redeem_until = ?, fetch_days = ?, owed_fen = ?, version = version + 1
WHERE id = ? AND state = ? AND version = ? AND stock_taken <= sqlc.arg('stock');

-- name: PublishReward :execrows
UPDATE reward SET state = 'published', published_at = ?, version = version + 1 WHERE id = ? AND state = 'draft' AND version = ?;

-- name: CloseReward :execrows
UPDATE reward SET state = 'closed', closed_at = ?, version = version + 1 WHERE id = ? AND state = 'published';

-- name: RewardsPastWindow :many
SELECT id FROM reward WHERE state = 'published' AND redeem_until <= ? ORDER BY redeem_until LIMIT ?;

-- name: CloseRewardsPastWindow :exec
UPDATE reward SET state = 'closed', closed_at = ?, version = version + 1
WHERE id IN (sqlc.slice('ids')) AND state = 'published' AND redeem_until <= sqlc.arg('now');

-- name: TakeStock :execrows
UPDATE reward SET stock_taken = stock_taken + sqlc.arg('pieces')
WHERE id = sqlc.arg('id') AND state = 'published' AND stock_taken + sqlc.arg('pieces') <= stock
    AND redeem_from <= sqlc.arg('now') AND redeem_until > sqlc.arg('now');

-- name: FreeStock :execrows
UPDATE reward SET stock_taken = stock_taken - 1 WHERE id = ? AND stock_taken > 0;

-- name: LookAtRedeemers :many
SELECT 'stock' AS what, reward.id AS id, '' AS text, CAST(reward.stock - reward.stock_taken AS SIGNED) AS number FROM reward
WHERE reward.id = sqlc.arg('reward_id') AND reward.state = 'published' AND reward.redeem_from <= sqlc.arg('now') AND reward.redeem_until > sqlc.arg('now')
UNION ALL
SELECT 'turn', redemption.person_id, redemption.turn_key, 0 FROM redemption
WHERE redemption.reward_id = sqlc.arg('reward_id') AND redemption.person_id IN (sqlc.slice('redeemers')) AND redemption.state IN ('redeemed', 'fulfilled')
UNION ALL
SELECT 'request', redemption.id, redemption.request_key, 0 FROM redemption
WHERE redemption.reward_id = sqlc.arg('reward_id') AND redemption.person_id IN (sqlc.slice('askers')) AND redemption.request_key IN (sqlc.slice('request_keys'))
UNION ALL
SELECT 'balance', points_account.person_id, '', points_account.balance FROM points_account
WHERE points_account.person_id IN (sqlc.slice('spenders')) AND points_account.community_id = sqlc.arg('community_id');

-- name: TurnsOfPerson :many
SELECT turn_key FROM redemption WHERE reward_id = ? AND person_id = ? AND state IN ('redeemed', 'fulfilled');

-- name: Redeemers :many
SELECT DISTINCT person_id FROM redemption WHERE reward_id = ?;

-- name: TurnsAt :many
SELECT reward_id, COUNT(*) AS turns FROM redemption
WHERE person_id = sqlc.arg('person_id') AND reward_id IN (sqlc.slice('reward_ids')) AND state IN ('redeemed', 'fulfilled')
GROUP BY reward_id;

-- name: InsertRedemption :exec
INSERT INTO redemption (id, reward_id, region_id, organisation_id, person_id, helper_id, state, price, owed_fen, redeemed_at, expires_at,
    reminded_at, ended_at, ended_by, turn_key, code_hash, request_key)
VALUES (?, ?, ?, ?, ?, ?, 'redeemed', ?, ?, ?, ?, 0, 0, '', ?, ?, ?);

-- name: GetRedemption :one
SELECT * FROM redemption WHERE id = ?;

-- name: GetRedemptions :many
SELECT * FROM redemption WHERE id IN (sqlc.slice('ids'));

-- name: GetRedemptionOfCode :one
SELECT * FROM redemption WHERE code_hash = ?;

-- name: GetRedemptionOfRequest :one
SELECT * FROM redemption WHERE reward_id = ? AND person_id = ? AND request_key = ?;

-- name: EndRedemption :execrows
UPDATE redemption SET state = sqlc.arg('state'), ended_at = sqlc.arg('ended_at'), ended_by = sqlc.arg('ended_by'), turn_key = sqlc.arg('turn_key')
WHERE id = sqlc.arg('id') AND state = 'redeemed' AND expires_at > sqlc.arg('unexpired_at');

-- name: ListRedemptionsOfPerson :many
SELECT * FROM redemption WHERE person_id = sqlc.arg('person_id') AND (sqlc.arg('state') = '' OR state = sqlc.arg('state')) AND id < sqlc.arg('before_id')
ORDER BY id DESC LIMIT ?;

-- name: ListRedemptionsOfReward :many
SELECT * FROM redemption WHERE reward_id = sqlc.arg('reward_id') AND (sqlc.arg('state') = '' OR state = sqlc.arg('state')) AND id < sqlc.arg('before_id')
ORDER BY id DESC LIMIT ?;

-- name: ListFulfilled :many
SELECT * FROM redemption WHERE organisation_id = sqlc.arg('organisation_id') AND state = 'fulfilled'
    AND (region_id = sqlc.arg('region_id') OR sqlc.arg('region_id') = '')
    AND ended_at >= sqlc.arg('from_at') AND ended_at < sqlc.arg('to_at')
    AND (ended_at > sqlc.arg('after_at') OR (ended_at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY ended_at, id LIMIT ?;

-- name: SumFulfilled :many
SELECT redemption.region_id, redemption.reward_id, reward.title, COUNT(*) AS fulfilled, CAST(SUM(redemption.price) AS SIGNED) AS points, CAST(SUM(redemption.owed_fen) AS SIGNED) AS owed_fen
FROM redemption JOIN reward ON reward.id = redemption.reward_id
WHERE redemption.organisation_id = sqlc.arg('organisation_id') AND redemption.state = 'fulfilled'
    AND (redemption.region_id = sqlc.arg('region_id') OR sqlc.arg('region_id') = '')
    AND redemption.ended_at >= sqlc.arg('from_at') AND redemption.ended_at < sqlc.arg('to_at')
GROUP BY redemption.region_id, redemption.reward_id, reward.title ORDER BY redemption.region_id, redemption.reward_id;

-- name: RedemptionsPastDue :many
SELECT * FROM redemption WHERE state = 'redeemed' AND expires_at <= ? ORDER BY expires_at LIMIT ?;

-- name: RedemptionsRunningOut :many
SELECT * FROM redemption WHERE state = 'redeemed' AND expires_at > sqlc.arg('now') AND expires_at <= sqlc.arg('soon') AND reminded_at = 0
ORDER BY expires_at LIMIT ?;

-- name: MarkReminded :execrows
UPDATE redemption SET reminded_at = ? WHERE id = ? AND state = 'redeemed' AND reminded_at = 0;

-- name: ActsOnRedemptionsOfOthers :many
SELECT * FROM redemption WHERE (helper_id = sqlc.arg('involved_id') OR ended_by = sqlc.arg('involved_id')) AND person_id <> sqlc.arg('involved_id')
    AND id > sqlc.arg('after_id')
ORDER BY id LIMIT ?;

-- name: RemoveProvider :exec
UPDATE reward SET provider_id = '', version = version + 1 WHERE provider_id = ?;

-- name: NamesOfWhoFulfils :many
SELECT organisation.id AS id, organisation.name AS name FROM organisation WHERE organisation.id IN (sqlc.slice('organisations'))
UNION ALL
SELECT person.id, person.name FROM person WHERE person.id IN (sqlc.slice('people'));

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM redemption WHERE redemption.person_id = person.id)
    OR EXISTS (SELECT 1 FROM redemption WHERE redemption.helper_id = person.id)
    OR EXISTS (SELECT 1 FROM redemption WHERE redemption.ended_by = person.id)
    OR EXISTS (SELECT 1 FROM reward WHERE reward.created_by = person.id)
    OR EXISTS (SELECT 1 FROM reward WHERE reward.provider_id = person.id));
