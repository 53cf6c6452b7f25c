-- name: CommunitiesToDraw :many
SELECT community.id FROM region community
WHERE community.kind = 'community' AND community.id > sqlc.arg('after_id')
    AND NOT EXISTS (SELECT 1 FROM spot_check_draw draw WHERE draw.community_id = community.id AND draw.month = sqlc.arg('month'))
ORDER BY community.id LIMIT ?;

-- name: LastSeal :many
SELECT number FROM points_seal WHERE community_id = ? ORDER BY number DESC LIMIT 1;

-- name: SealHash :one
SELECT hash FROM points_seal WHERE community_id = ? AND number = ?;

-- name: LastDrawBefore :many
SELECT * FROM spot_check_draw WHERE community_id = ? AND month < ? ORDER BY month DESC LIMIT 1;

-- name: GetDraw :one
SELECT * FROM spot_check_draw WHERE community_id = ? AND month = ?;

-- name: InsertDraw :exec
INSERT INTO spot_check_draw (id, community_id, month, seed, acts, picked, after_seal, last_seal, next_after_seal, drawn_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- What gave somebody points.
-- name: EntriesSealed :many
SELECT seal.number, entry.id, entry.person_id, entry.kind, entry.to_account, entry.at
FROM points_seal seal JOIN points_entry entry ON entry.id = seal.record_id
WHERE seal.community_id = sqlc.arg('community_id') AND seal.number > sqlc.arg('after_seal') AND seal.number <= sqlc.arg('last_seal')
    AND entry.kind IN ('claim', 'checkin', 'ticket', 'adjustment') AND entry.at >= sqlc.arg('from_time');

-- Hours that no points were given for.
-- name: ServicesSealed :many
SELECT seal.number, service.id, service.person_id, service.recorded_at
FROM points_seal seal JOIN points_service service ON service.id = seal.record_id
WHERE seal.community_id = sqlc.arg('community_id') AND seal.number > sqlc.arg('after_seal') AND seal.number <= sqlc.arg('last_seal')
    AND service.minutes > 0 AND service.recorded_at >= sqlc.arg('from_time')
    AND NOT EXISTS (SELECT 1 FROM points_entry entry WHERE entry.kind = 'checkin' AND entry.source_id = service.source_id);

-- name: InsertSpotCheck :exec
INSERT INTO spot_check (id, community_id, month, record_id, kind, person_id, state) VALUES (?, ?, ?, ?, ?, ?, 'open');

-- name: GetSpotCheck :one
SELECT * FROM spot_check WHERE id = ?;

-- name: SpotChecksBelow :many
SELECT spot_check.* FROM spot_check JOIN region community ON community.id = spot_check.community_id
WHERE community.path >= sqlc.arg('from_path') AND community.path < sqlc.arg('to_path')
    AND (sqlc.arg('any_state') = 1 OR spot_check.state = sqlc.arg('state')) AND spot_check.id > sqlc.arg('after_id')
ORDER BY spot_check.id LIMIT ?;

-- name: SpotChecksOfDraw :many
SELECT record_id FROM spot_check WHERE community_id = ? AND month = ? ORDER BY id;

-- name: MoveSpotCheck :execrows
UPDATE spot_check SET state = sqlc.arg('state') WHERE id = sqlc.arg('id') AND state = sqlc.arg('from_state');

-- name: InsertSpotCheckCall :exec
INSERT INTO spot_check_call (id, spot_check_id, outcome, note, called_by, at) VALUES (?, ?, ?, ?, ?, ?);

-- name: SpotCheckCalls :many
SELECT * FROM spot_check_call WHERE spot_check_id IN (sqlc.slice('ids')) ORDER BY id;

-- name: CheckedEntries :many
SELECT id, community_id, amount, source_id, hands, witness_id, memo, at FROM points_entry WHERE id IN (sqlc.slice('ids'));

-- name: CheckedServices :many
SELECT id, community_id, minutes, source_id, hands, witness_id, at FROM points_service WHERE id IN (sqlc.slice('ids'));

-- name: CheckedAttendances :many
SELECT attendance.id, activity.title FROM attendance JOIN activity ON activity.id = attendance.activity_id WHERE attendance.id IN (sqlc.slice('ids'));

-- name: CountSpotChecks :many
SELECT spot_check.state, COUNT(*) AS checks FROM spot_check JOIN region community ON community.id = spot_check.community_id
WHERE community.path >= sqlc.arg('from_path') AND community.path < sqlc.arg('to_path') AND spot_check.month = sqlc.arg('month')
GROUP BY spot_check.state;

-- name: CountActsDrawn :one
SELECT CAST(COALESCE(SUM(draw.acts), 0) AS SIGNED) AS acts, COUNT(*) AS draws
FROM spot_check_draw draw JOIN region community ON community.id = draw.community_id
WHERE community.path >= sqlc.arg('from_path') AND community.path < sqlc.arg('to_path') AND draw.month = sqlc.arg('month');

-- name: SpotChecksOfPerson :many
SELECT * FROM spot_check WHERE person_id = ? ORDER BY id;

-- name: CallsByPerson :many
SELECT * FROM spot_check_call WHERE called_by = ? ORDER BY id;

-- name: WithdrawSpotChecksOf :exec
UPDATE spot_check SET state = 'withdrawn' WHERE person_id = ? AND state IN ('open', 'not_reached');

-- name: BlankNotesOnChecksOf :exec
UPDATE spot_check_call SET note = '' WHERE spot_check_id IN (SELECT spot_check.id FROM spot_check WHERE spot_check.person_id = ?);

-- name: InsertOddCase :exec
INSERT INTO odd_case (id, community_id, kind, subject_key, reasons, state, found_at, note, decided_by, decided_at)
VALUES (?, ?, ?, ?, ?, 'open', ?, '', '', 0);

-- name: InsertOddCasePerson :exec
INSERT INTO odd_case_person (case_id, person_id) VALUES (?, ?);

-- name: GetOddCase :one
SELECT * FROM odd_case WHERE id = ?;

-- name: OddCasesBelow :many
SELECT odd_case.* FROM odd_case JOIN region community ON community.id = odd_case.community_id
WHERE community.path >= sqlc.arg('from_path') AND community.path < sqlc.arg('to_path')
    AND odd_case.state = sqlc.arg('state') AND (sqlc.arg('any_kind') = 1 OR odd_case.kind = sqlc.arg('kind'))
    AND odd_case.id < sqlc.arg('before_id')
ORDER BY odd_case.id DESC LIMIT ?;

-- name: OddCasePeople :many
SELECT * FROM odd_case_person WHERE case_id IN (sqlc.slice('ids')) ORDER BY case_id, person_id;

-- name: DecideOddCase :execrows
UPDATE odd_case SET state = ?, note = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'open';

-- name: OddCasesNaming :many
SELECT odd_case.* FROM odd_case JOIN odd_case_person named ON named.case_id = odd_case.id WHERE named.person_id = ? ORDER BY odd_case.id;

-- name: OddCasesDecidedBy :many
SELECT * FROM odd_case WHERE decided_by = ? ORDER BY id;

-- name: OddCaseIDsNaming :many
SELECT case_id FROM odd_case_person WHERE person_id = ? ORDER BY case_id;

-- name: BlankNotesOnCasesOf :exec
UPDATE odd_case SET note = '' WHERE id IN (SELECT named.case_id FROM odd_case_person named WHERE named.person_id = ?);

-- name: GetSearch :many
SELECT * FROM odd_case_search WHERE source = ?;

-- name: InsertSearch :exec
INSERT INTO odd_case_search (source, looked_once, looked_twice) VALUES (?, ?, ?);

-- name: MoveSearch :exec
UPDATE odd_case_search SET looked_once = sqlc.arg('looked_once'), looked_twice = sqlc.arg('looked_twice')
WHERE source = sqlc.arg('source') AND looked_once = sqlc.arg('from_once') AND looked_twice = sqlc.arg('from_twice');

-- name: ActsAfter :many
SELECT id, act, subject_id FROM audit_entry WHERE id > ? ORDER BY id LIMIT ?;

-- name: ClaimEventsAfter :many
SELECT event.id, event.claim_id, event.act, event.person_id, event.photos, event.at, claim.region_id, claim.person_id AS claimant_id
FROM claim_event event JOIN claim ON claim.id = event.claim_id WHERE event.id > ? ORDER BY event.id LIMIT ?;

-- name: EntriesAfter :many
SELECT id, community_id, person_id, witness_id, kind, at FROM points_entry WHERE id > ? ORDER BY id LIMIT ?;

-- name: ClosedActivity :one
SELECT id, region_id, title, starts_at, ends_at FROM activity WHERE id = ?;

-- name: PhonesOf :many
SELECT id, person_id, device_digest, checked_in_at FROM attendance
WHERE activity_id = ? AND device_digest <> '' AND helper_id = '' ORDER BY checked_in_at, id;

-- name: StaysBeside :many
SELECT mine.id AS mine_id, mine.person_id, mine.checked_in_at AS mine_in, mine.checked_out_at AS mine_out,
    other.id AS other_id, other.activity_id AS other_activity_id, other.checked_in_at AS other_in, other.checked_out_at AS other_out,
    elsewhere.title, elsewhere.ends_at
FROM attendance mine
JOIN attendance other ON other.person_id = mine.person_id AND other.activity_id <> mine.activity_id
JOIN activity elsewhere ON elsewhere.id = other.activity_id
WHERE mine.activity_id = sqlc.arg('activity_id') AND elsewhere.starts_at < sqlc.arg('ends_at') AND elsewhere.ends_at > sqlc.arg('starts_at');

-- name: ApprovalsBy :many
SELECT event.id, event.at FROM claim_event event JOIN claim ON claim.id = event.claim_id
WHERE event.person_id = ? AND event.act = 'approved' AND claim.region_id = ? AND event.at >= ? ORDER BY event.id DESC LIMIT ?;

-- name: HashesOf :many
SELECT * FROM file_hash WHERE file_id IN (sqlc.slice('ids'));

-- name: PhotosLike :many
SELECT file_hash.file_id, file_hash.hash, file.subject_id, claim.person_id, claim.claimed_at, task.title
FROM file_hash JOIN file ON file.id = file_hash.file_id JOIN claim ON claim.id = file.subject_id JOIN task ON task.id = claim.task_id
WHERE (file_hash.band_1 = sqlc.arg('band_1') OR file_hash.band_2 = sqlc.arg('band_2')
        OR file_hash.band_3 = sqlc.arg('band_3') OR file_hash.band_4 = sqlc.arg('band_4'))
    AND file.subject_kind = 'claim' AND file.region_id = sqlc.arg('region_id')
    AND file.subject_id <> sqlc.arg('claim_id') AND file.id < sqlc.arg('file_id')
ORDER BY file.id LIMIT ?;

-- name: WitnessedOf :many
SELECT person_id, witness_id, COUNT(*) AS entries FROM points_entry
WHERE person_id IN (sqlc.slice('people')) AND at >= sqlc.arg('from_time') AND witness_id <> ''
GROUP BY person_id, witness_id;

-- name: FullDays :many
SELECT person_id, community_id, earned FROM points_total
WHERE person_id IN (sqlc.slice('people')) AND period = sqlc.arg('day') AND star = '' AND earned >= sqlc.arg('least');

-- name: DaysOf :many
SELECT period, earned, entries FROM points_total
WHERE person_id = sqlc.arg('person_id') AND community_id = sqlc.arg('community_id') AND star = ''
    AND period >= sqlc.arg('from_day') AND period <= sqlc.arg('to_day');

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM spot_check_call WHERE spot_check_call.called_by = person.id)
    OR EXISTS (SELECT 1 FROM odd_case WHERE odd_case.decided_by = person.id));
