-- name: InsertEntry :exec
INSERT INTO points_entry (id, community_id, from_account, to_account, amount, kind, source_id, star, person_id, hands, witness_id, memo, reverses_id, at, counted_at, mac)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetEntry :one
SELECT * FROM points_entry WHERE id = ?;

-- name: GetEntryOfSource :one
SELECT * FROM points_entry WHERE kind = ? AND source_id = ?;

-- name: GetEntries :many
SELECT * FROM points_entry WHERE id IN (sqlc.slice('ids'));

-- name: ListEntriesOfPerson :many
SELECT * FROM points_entry WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: ListEntriesOfPersonIn :many
SELECT * FROM points_entry WHERE person_id = ? AND id < sqlc.arg('before_id') AND community_id IN (sqlc.slice('communities')) ORDER BY id DESC LIMIT ?;

-- name: ReversalsOf :many
SELECT reverses_id FROM points_entry WHERE kind = 'reversal' AND source_id IN (sqlc.slice('ids'));

-- name: AddToBalance :execrows
UPDATE points_account SET balance = balance + sqlc.arg('points') WHERE id = sqlc.arg('id');

-- name: TakeFromBalance :execrows
UPDATE points_account SET balance = balance - sqlc.arg('points') WHERE id = sqlc.arg('id') AND balance >= sqlc.arg('least');

-- name: InsertAccount :exec
INSERT INTO points_account (id, community_id, person_id, balance) VALUES (?, ?, ?, ?);

-- name: AccountsOfPerson :many
SELECT * FROM points_account WHERE person_id = ? ORDER BY id;

-- name: GetAccounts :many
SELECT * FROM points_account WHERE id IN (sqlc.slice('ids'));

-- name: AddToTotals :execrows
UPDATE points_total SET earned = earned + sqlc.arg('earned'), entries = entries + sqlc.arg('entries'), minutes = minutes + sqlc.arg('minutes')
WHERE person_id = sqlc.arg('person_id') AND community_id = sqlc.arg('community_id') AND period IN (sqlc.slice('periods')) AND star IN (sqlc.slice('stars'));

-- name: InsertTotal :exec
INSERT INTO points_total (person_id, community_id, period, star, earned, entries, minutes) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: TotalsOfPerson :many
SELECT * FROM points_total WHERE person_id = ? AND period IN (sqlc.slice('periods'));

-- name: MinutesOfPerson :one
SELECT CAST(COALESCE(SUM(minutes), 0) AS SIGNED) FROM points_total WHERE person_id = ? AND period = 'all' AND star = '';

-- name: TotalsOfPeople :many
SELECT * FROM points_total WHERE community_id = ? AND period = ? AND person_id IN (sqlc.slice('people'));

-- name: AddToCommunityTotals :execrows
UPDATE points_community_total SET earned = earned + sqlc.arg('earned'), entries = entries + sqlc.arg('entries'), minutes = minutes + sqlc.arg('minutes')
WHERE community_id = sqlc.arg('community_id') AND period = sqlc.arg('period') AND star = sqlc.arg('star');

-- name: InsertCommunityTotal :exec
INSERT INTO points_community_total (community_id, period, star, earned, entries, minutes) VALUES (?, ?, ?, ?, ?, ?);

-- name: ListCommunityTotals :many
SELECT * FROM points_community_total WHERE period = ? AND community_id IN (sqlc.slice('communities'));

-- name: CountEarners :exec
UPDATE points_community_total SET people = (SELECT COUNT(*) FROM points_total
    WHERE points_total.community_id = points_community_total.community_id AND points_total.period = points_community_total.period
        AND points_total.star = '' AND points_total.earned > 0)
WHERE points_community_total.community_id = sqlc.arg('community_id') AND points_community_total.period IN (sqlc.slice('periods'))
    AND points_community_total.star = '';

-- name: CommunityTotalsOf :many
SELECT * FROM points_community_total WHERE community_id = ? AND period IN (sqlc.slice('periods'));

-- name: AddToAreaTotals :execrows
UPDATE points_area_total SET earned = earned + sqlc.arg('earned'), entries = entries + sqlc.arg('entries'), minutes = minutes + sqlc.arg('minutes')
WHERE region_id IN (sqlc.slice('regions')) AND period = sqlc.arg('period') AND star = sqlc.arg('star');

-- name: InsertAreaTotal :exec
INSERT INTO points_area_total (region_id, period, star, earned, entries, minutes) VALUES (?, ?, ?, ?, ?, ?);

-- name: AreaTotalsAt :many
SELECT * FROM points_area_total WHERE region_id IN (sqlc.slice('regions')) AND period = sqlc.arg('period') AND star = sqlc.arg('star');

-- name: AreaTotalsOf :many
SELECT * FROM points_area_total WHERE region_id = ? AND period IN (sqlc.slice('periods'));

-- name: InsertService :exec
INSERT INTO points_service (id, community_id, person_id, star, minutes, source_id, hands, witness_id, at, recorded_at, mac)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetServiceOfSource :one
SELECT * FROM points_service WHERE source_id = ?;

-- name: GetServicesOfSources :many
SELECT * FROM points_service WHERE source_id IN (sqlc.slice('source_ids'));

-- name: GetServices :many
SELECT * FROM points_service WHERE id IN (sqlc.slice('ids'));

-- name: ListServicesOfPerson :many
SELECT * FROM points_service WHERE person_id = ? AND id > ? ORDER BY id LIMIT ?;

-- name: InsertUnsealed :exec
INSERT INTO points_unsealed (community_id, record_id) VALUES (?, ?);

-- name: CommunitiesToSeal :many
SELECT DISTINCT community_id FROM points_unsealed ORDER BY community_id;

-- name: ListUnsealed :many
SELECT record_id FROM points_unsealed WHERE community_id = ? ORDER BY record_id LIMIT ?;

-- name: DeleteUnsealed :exec
DELETE FROM points_unsealed WHERE community_id = ? AND record_id IN (sqlc.slice('ids'));

-- name: ListSeals :many
SELECT * FROM points_seal WHERE community_id = ? AND number > ? ORDER BY number LIMIT ?;

-- name: CommunitiesWithSeals :many
SELECT DISTINCT community_id FROM points_seal ORDER BY community_id;

-- name: GetChain :one
SELECT * FROM points_chain WHERE community_id = ?;

-- name: ListChains :many
SELECT * FROM points_chain ORDER BY community_id;

-- name: InsertChain :exec
INSERT INTO points_chain (community_id, number, hash, mac) VALUES (?, ?, ?, ?);

-- name: AdvanceChain :execrows
UPDATE points_chain SET number = sqlc.arg('number'), hash = sqlc.arg('hash'), mac = sqlc.arg('mac')
WHERE community_id = sqlc.arg('community_id') AND number = sqlc.arg('from_number');

-- name: InsertAdjustment :exec
INSERT INTO points_adjustment (id, community_id, person_id, amount, reason, state, proposed_by, proposed_at, decided_by, decided_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0);

-- name: GetAdjustment :one
SELECT * FROM points_adjustment WHERE id = ?;

-- name: DecideAdjustment :execrows
UPDATE points_adjustment SET state = sqlc.arg('state'), decided_by = sqlc.arg('decided_by'), decided_at = sqlc.arg('decided_at')
WHERE id = sqlc.arg('id') AND state = sqlc.arg('from_state');

-- name: ListAdjustments :many
SELECT points_adjustment.* FROM region JOIN points_adjustment ON points_adjustment.community_id = region.id
WHERE region.kind = 'community' AND region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path')
    AND points_adjustment.state = sqlc.arg('state') AND points_adjustment.id < sqlc.arg('before_id')
ORDER BY points_adjustment.id DESC LIMIT ?;

-- name: ListAdjustmentsOfPerson :many
SELECT * FROM points_adjustment WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: PendingAdjustmentsOfPerson :many
SELECT * FROM points_adjustment WHERE person_id = ? AND state = 'pending' ORDER BY id;

-- name: InsertDispute :exec
INSERT INTO points_dispute (id, community_id, person_id, kind, record_id, subject_key, state, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetDispute :one
SELECT * FROM points_dispute WHERE id = ?;

-- name: DisputesOfSubjects :many
SELECT * FROM points_dispute WHERE subject_key IN (sqlc.slice('subject_keys'));

-- name: MoveDispute :execrows
UPDATE points_dispute SET state = sqlc.arg('state'), subject_key = sqlc.arg('subject_key')
WHERE id = sqlc.arg('id') AND state = sqlc.arg('from_state');

-- name: ListDisputes :many
SELECT points_dispute.* FROM region JOIN points_dispute ON points_dispute.community_id = region.id
WHERE region.kind = 'community' AND region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path')
    AND points_dispute.state = sqlc.arg('state') AND points_dispute.id > sqlc.arg('after_id')
ORDER BY points_dispute.id LIMIT ?;

-- name: ListDisputesOfPerson :many
SELECT * FROM points_dispute WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: WithdrawDisputesOfPerson :exec
UPDATE points_dispute SET state = 'withdrawn' WHERE person_id = ? AND state IN ('open', 'appealed');

-- name: InsertDisputeEvent :exec
INSERT INTO points_dispute_event (id, dispute_id, act, verdict, person_id, helper_id, text, corrections, content_state, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListDisputeEvents :many
SELECT * FROM points_dispute_event WHERE dispute_id IN (sqlc.slice('disputes')) ORDER BY dispute_id, id;

-- name: SetDisputeEventContent :exec
UPDATE points_dispute_event SET content_state = ? WHERE id = ?;

-- name: DisputeIDsOfPerson :many
SELECT id FROM points_dispute WHERE person_id = ? ORDER BY id;

-- name: BlankTextsOnDisputesOf :exec
UPDATE points_dispute_event SET text = '' WHERE dispute_id IN (SELECT points_dispute.id FROM points_dispute WHERE points_dispute.person_id = ?);

-- name: DisputeEventsOfOthers :many
SELECT event.* FROM points_dispute_event event
WHERE (event.person_id = sqlc.arg('involved_id') OR event.helper_id = sqlc.arg('involved_id')) AND event.id > sqlc.arg('after_id')
    AND event.dispute_id NOT IN (SELECT points_dispute.id FROM points_dispute WHERE points_dispute.person_id = sqlc.arg('involved_id'))
ORDER BY event.id LIMIT ?;

-- name: CountAtHome :one
SELECT COUNT(*) FROM person WHERE id = ? AND home_community_id = ?;

-- name: AddToAdjustmentDay :execrows
UPDATE points_adjustment_day SET points = points + sqlc.arg('points')
WHERE community_id = sqlc.arg('community_id') AND day = sqlc.arg('day') AND points <= sqlc.arg('most');

-- name: InsertAdjustmentDay :exec
INSERT INTO points_adjustment_day (community_id, day, points) VALUES (?, ?, ?);

-- name: GetAdjustmentDay :one
SELECT points FROM points_adjustment_day WHERE community_id = ? AND day = ?;

-- name: WalkEntries :many
SELECT sqlc.embed(points_entry), CAST(COALESCE(points_seal.number, 0) AS SIGNED) AS seal_number FROM points_entry
LEFT JOIN points_seal ON points_seal.record_id = points_entry.id
WHERE points_entry.person_id >= sqlc.arg('person_id') AND (points_entry.person_id > sqlc.arg('person_id') OR points_entry.id > sqlc.arg('id'))
ORDER BY points_entry.person_id, points_entry.id LIMIT ?;

-- name: WalkServices :many
SELECT sqlc.embed(points_service), CAST(COALESCE(points_seal.number, 0) AS SIGNED) AS seal_number FROM points_service
LEFT JOIN points_seal ON points_seal.record_id = points_service.id
WHERE points_service.person_id >= sqlc.arg('person_id') AND (points_service.person_id > sqlc.arg('person_id') OR points_service.id > sqlc.arg('id'))
ORDER BY points_service.person_id, points_service.id LIMIT ?;

-- name: WalkAccounts :many
SELECT * FROM points_account
WHERE person_id >= sqlc.arg('person_id') AND (person_id > sqlc.arg('person_id') OR id > sqlc.arg('id'))
ORDER BY person_id, id LIMIT ?;

-- name: PeopleWithTotals :many
SELECT DISTINCT person_id FROM points_total WHERE person_id > ? ORDER BY person_id LIMIT ?;

-- name: AllTotalsOfPeople :many
SELECT * FROM points_total WHERE person_id IN (sqlc.slice('people')) ORDER BY person_id, community_id, period, star;

-- name: AllCommunityTotals :many
SELECT * FROM points_community_total WHERE community_id = ?;

-- name: AllAreaTotals :many
SELECT * FROM points_area_total;

-- name: CommunitiesWithTotals :many
SELECT DISTINCT community_id FROM points_community_total ORDER BY community_id;

-- name: CountRecords :one
SELECT (SELECT COUNT(*) FROM points_entry) AS entries, (SELECT COUNT(*) FROM points_service) AS services, (SELECT COUNT(*) FROM points_seal) AS seals;

-- name: ListEarnedSame :many
SELECT points_total.person_id, person.name, person.home_community_id, points_total.earned FROM points_total JOIN person ON person.id = points_total.person_id
WHERE points_total.community_id = sqlc.arg('community_id') AND points_total.period = sqlc.arg('period') AND points_total.star = sqlc.arg('star')
    AND points_total.earned = sqlc.arg('earned') AND points_total.person_id < sqlc.arg('before_id')
    AND person.home_path >= sqlc.arg('from_path') AND person.home_path < sqlc.arg('to_path') AND person.search_name LIKE sqlc.arg('pattern') ESCAPE '!'
    AND (sqlc.arg('everybody') = TRUE OR points_total.person_id IN (sqlc.slice('people')))
ORDER BY points_total.person_id DESC LIMIT ?;

-- name: ListEarnedBelow :many
SELECT points_total.person_id, person.name, person.home_community_id, points_total.earned FROM points_total JOIN person ON person.id = points_total.person_id
WHERE points_total.community_id = sqlc.arg('community_id') AND points_total.period = sqlc.arg('period') AND points_total.star = sqlc.arg('star')
    AND points_total.earned < sqlc.arg('below') AND points_total.earned >= sqlc.arg('least')
    AND person.home_path >= sqlc.arg('from_path') AND person.home_path < sqlc.arg('to_path') AND person.search_name LIKE sqlc.arg('pattern') ESCAPE '!'
    AND (sqlc.arg('everybody') = TRUE OR points_total.person_id IN (sqlc.slice('people')))
ORDER BY points_total.earned DESC, points_total.person_id DESC LIMIT ?;

-- name: ListWithoutTotal :many
-- A left join and no NOT EXISTS: of that MariaDB makes a table of all totals first.
SELECT person.id, person.name FROM person
LEFT JOIN points_total ON points_total.person_id = person.id AND points_total.community_id = person.home_community_id
    AND points_total.period = sqlc.arg('period') AND points_total.star = sqlc.arg('star')
WHERE person.home_community_id = sqlc.arg('community_id') AND person.home_path >= sqlc.arg('from_path') AND person.home_path < sqlc.arg('to_path')
    AND person.name >= sqlc.arg('after_name') AND (person.name > sqlc.arg('after_name') OR person.id > sqlc.arg('after_id'))
    AND person.search_name LIKE sqlc.arg('pattern') ESCAPE '!'
    AND points_total.person_id IS NULL
    AND (sqlc.arg('everybody') = TRUE OR person.id IN (sqlc.slice('people')))
ORDER BY person.name, person.id LIMIT ?;

-- name: ListAtHome :many
SELECT person.id, person.name FROM person
WHERE person.home_community_id = sqlc.arg('community_id') AND person.home_path >= sqlc.arg('from_path') AND person.home_path < sqlc.arg('to_path')
    AND person.name >= sqlc.arg('after_name') AND (person.name > sqlc.arg('after_name') OR person.id > sqlc.arg('after_id'))
    AND person.search_name LIKE sqlc.arg('pattern') ESCAPE '!'
    AND (sqlc.arg('everybody') = TRUE OR person.id IN (sqlc.slice('people')))
ORDER BY person.name, person.id LIMIT ?;

-- name: ListElsewhere :many
SELECT person.id, person.name FROM points_total JOIN person ON person.id = points_total.person_id
WHERE points_total.community_id = sqlc.arg('community_id') AND points_total.period = sqlc.arg('period') AND points_total.star = sqlc.arg('star')
    AND person.home_community_id <> sqlc.arg('community_id')
    AND person.name >= sqlc.arg('after_name') AND (person.name > sqlc.arg('after_name') OR person.id > sqlc.arg('after_id'))
    AND person.search_name LIKE sqlc.arg('pattern') ESCAPE '!'
    AND (sqlc.arg('everybody') = TRUE OR person.id IN (sqlc.slice('people')))
ORDER BY person.name, person.id LIMIT ?;

-- name: Standings :many
SELECT earned, COUNT(*) AS people FROM points_total
WHERE community_id = ? AND period = ? AND star = '' AND earned > 0 GROUP BY earned;

-- name: ListLeaders :many
SELECT points_total.person_id, points_total.earned, person.name, person.leaderboard_consent
FROM points_total JOIN person ON person.id = points_total.person_id
WHERE points_total.community_id = ? AND points_total.period = ? AND points_total.star = '' AND points_total.earned > 0
    AND points_total.earned <= sqlc.arg('up_to') AND (points_total.earned < sqlc.arg('up_to') OR points_total.person_id < sqlc.arg('before_id'))
ORDER BY points_total.earned DESC, points_total.person_id DESC LIMIT ?;

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM points_account WHERE points_account.person_id = person.id)
    OR EXISTS (SELECT 1 FROM points_service WHERE points_service.person_id = person.id)
    OR EXISTS (SELECT 1 FROM points_adjustment WHERE points_adjustment.person_id = person.id)
    OR EXISTS (SELECT 1 FROM points_dispute WHERE points_dispute.person_id = person.id));
