-- name: InsertStation :exec
INSERT INTO station (id, region_id, name, place, poster_text, created_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: GetStation :one
SELECT * FROM station WHERE id = ?;

-- name: ListStations :many
SELECT station.* FROM station JOIN region ON region.id = station.region_id
WHERE region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path') AND station.id > sqlc.arg('after_id')
ORDER BY station.id LIMIT ?;

-- name: UpdateStation :execrows
UPDATE station SET name = ?, place = ?, poster_text = ? WHERE id = ?;

-- name: GetStationCode :one
SELECT picture FROM station_code WHERE station_id = ?;

-- name: InsertStationCode :exec
INSERT INTO station_code (station_id, picture, drawn_at) VALUES (?, ?, ?);

-- name: InsertTask :exec
INSERT INTO task (id, region_id, state, star, title, description, place, points, capacity, places_taken, claim_until, due_at, repeats,
    evidence_text, evidence_photos_before, evidence_photos_after, verify, station_id, draw_weight, version, created_at, published_at, closed_at)
VALUES (?, ?, 'draft', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, 0);

-- name: GetTask :one
SELECT * FROM task WHERE id = ?;

-- name: GetTasks :many
SELECT * FROM task WHERE id IN (sqlc.slice('ids'));

-- name: ListTasks :many
SELECT task.* FROM task JOIN region ON region.id = task.region_id
WHERE region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path') AND task.state = sqlc.arg('state')
    AND (sqlc.arg('star') = '' OR task.star = sqlc.arg('star')) AND (sqlc.arg('station_id') = '' OR task.station_id = sqlc.arg('station_id'))
    AND task.id < sqlc.arg('before_id')
ORDER BY task.id DESC LIMIT ?;

-- name: TasksAtStation :many
SELECT * FROM task WHERE station_id = ? AND state = 'published' AND claim_until > ? AND places_taken < capacity ORDER BY id;

-- name: UpdateTask :execrows
UPDATE task SET star = ?, title = ?, description = ?, place = ?, points = ?, capacity = sqlc.arg('capacity'), claim_until = ?, due_at = ?, repeats = ?,
    evidence_text = ?, evidence_photos_before = ?, evidence_photos_after = ?, verify = ?, station_id = ?, draw_weight = ?, version = version + 1
WHERE id = ? AND state = ? AND version = ? AND places_taken <= sqlc.arg('capacity');

-- name: PublishTask :execrows
UPDATE task SET state = 'published', published_at = ?, version = version + 1 WHERE id = ? AND state = 'draft' AND version = ?;

-- name: CloseTask :execrows
UPDATE task SET state = 'closed', closed_at = ?, version = version + 1 WHERE id = ? AND state = 'published';

-- name: WithdrawTask :execrows
UPDATE task SET state = 'withdrawn', closed_at = ?, version = version + 1 WHERE id = ? AND state IN ('draft', 'published') AND places_taken = 0;

-- name: TasksPastWindow :many
SELECT id FROM task WHERE state = 'published' AND claim_until <= ? ORDER BY claim_until LIMIT ?;

-- name: CloseTasksPastWindow :exec
UPDATE task SET state = 'closed', closed_at = ?, version = version + 1
WHERE id IN (sqlc.slice('ids')) AND state = 'published' AND claim_until <= sqlc.arg('now');

-- name: TakePlace :execrows
UPDATE task SET places_taken = places_taken + 1 WHERE id = ? AND state = 'published' AND places_taken < capacity AND claim_until > ?;

-- name: TakePlaces :execrows
UPDATE task SET places_taken = places_taken + sqlc.arg('count')
WHERE id = ? AND state = 'published' AND places_taken + sqlc.arg('count') <= capacity AND claim_until > ?;

-- name: FreePlace :execrows
UPDATE task SET places_taken = places_taken - 1 WHERE id = ? AND places_taken > 0;

-- name: TouchClaimant :execrows
UPDATE claimant SET attempts = attempts + 1 WHERE person_id = ?;

-- name: InsertClaimant :exec
INSERT INTO claimant (person_id, attempts) VALUES (?, 1);

-- name: TouchClaimantAsSeen :execrows
UPDATE claimant SET attempts = attempts + 1 WHERE person_id = ? AND attempts = ?;

-- name: LookAtClaimants :many
SELECT 'attempts' AS what, claimant.person_id AS id, '' AS text, claimant.attempts AS number FROM claimant
WHERE claimant.person_id IN (sqlc.slice('claimants'))
UNION ALL
SELECT 'to do', claim.person_id, '', COUNT(*) FROM claim
WHERE claim.person_id IN (sqlc.slice('workers')) AND claim.state IN ('claimed', 'returned') GROUP BY claim.person_id
UNION ALL
SELECT 'open', claim.person_id, claim.id, 0 FROM claim WHERE claim.task_id = sqlc.arg('task_id') AND claim.open_key IN (sqlc.slice('open_keys'))
UNION ALL
SELECT 'turn', claim.person_id, claim.id, 0 FROM claim WHERE claim.task_id = sqlc.arg('task_id') AND claim.turn_key IN (sqlc.slice('turn_keys'))
UNION ALL
SELECT 'places', task.id, '', task.capacity - task.places_taken FROM task
WHERE task.id = sqlc.arg('task_id') AND task.state = 'published' AND task.claim_until > sqlc.arg('now')
UNION ALL
SELECT 'name', person.id, person.name, 0 FROM person WHERE person.id IN (sqlc.slice('people'));

-- name: OpenClaimants :many
SELECT person_id FROM claim WHERE task_id = ? AND state IN ('claimed', 'submitted', 'returned');

-- name: GetClaims :many
SELECT * FROM claim WHERE id IN (sqlc.slice('ids'));

-- name: InsertClaim :exec
INSERT INTO claim (id, task_id, region_id, person_id, helper_id, station_id, state, appeal, claimed_at, due_at, submitted_at, decided_at,
    open_key, turn_key, station_key, put_back_key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetClaim :one
SELECT * FROM claim WHERE id = ?;

-- name: GetOpenClaim :one
SELECT * FROM claim WHERE task_id = ? AND open_key = ?;

-- name: GetClaimOfTurn :one
SELECT * FROM claim WHERE task_id = ? AND turn_key = ?;

-- name: GetOpenCard :one
SELECT * FROM claim WHERE station_id = ? AND station_key = ?;

-- name: GetCardPutBack :one
SELECT * FROM claim WHERE station_id = ? AND put_back_key = ?;

-- name: OpenClaimsAt :many
SELECT id, task_id FROM claim WHERE open_key = sqlc.arg('person_id') AND task_id IN (sqlc.slice('task_ids'));

-- name: TasksNotForTaking :many
SELECT task_id FROM claim
WHERE person_id = sqlc.arg('person_id') AND task_id IN (sqlc.slice('task_ids'))
    AND (open_key = sqlc.arg('person_id') OR turn_key IN (sqlc.slice('turn_keys')));

-- name: CountClaimsToDo :one
SELECT COUNT(*) FROM claim WHERE person_id = ? AND state IN ('claimed', 'returned');

-- name: ListClaimsOfPerson :many
SELECT * FROM claim WHERE person_id = sqlc.arg('person_id') AND (sqlc.arg('state') = '' OR state = sqlc.arg('state')) AND id < sqlc.arg('before_id')
ORDER BY id DESC LIMIT ?;

-- name: ListClaimsOfTask :many
SELECT * FROM claim WHERE task_id = sqlc.arg('task_id') AND (sqlc.arg('state') = '' OR state = sqlc.arg('state')) AND id < sqlc.arg('before_id')
ORDER BY id DESC LIMIT ?;

-- name: ListClaimsOfRegion :many
SELECT claim.* FROM claim JOIN region ON region.id = claim.region_id
WHERE region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path') AND claim.state = sqlc.arg('state')
    AND (sqlc.arg('appeal') = '' OR claim.appeal = sqlc.arg('appeal'))
    AND (claim.submitted_at > sqlc.arg('after_submitted_at') OR (claim.submitted_at = sqlc.arg('after_submitted_at') AND claim.id > sqlc.arg('after_id')))
ORDER BY claim.submitted_at, claim.id LIMIT ?;

-- name: ClaimsPastDue :many
SELECT * FROM claim WHERE state IN ('claimed', 'returned') AND due_at <= ? ORDER BY due_at LIMIT ?;

-- name: MoveClaim :execrows
UPDATE claim SET state = sqlc.arg('state'), appeal = sqlc.arg('appeal'), submitted_at = ?, decided_at = ?,
    open_key = ?, turn_key = ?, station_key = ?, put_back_key = ?
WHERE id = ? AND state = sqlc.arg('from_state') AND appeal = sqlc.arg('from_appeal');

-- name: InsertClaimEvent :exec
INSERT INTO claim_event (id, claim_id, act, person_id, helper_id, text, photos, content_state, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ClaimEvents :many
SELECT * FROM claim_event WHERE claim_id IN (sqlc.slice('claim_ids')) ORDER BY claim_id, at, id;

-- name: SetEventContent :exec
UPDATE claim_event SET content_state = ? WHERE id = ?;

-- name: EventsOnClaimsOfOthers :many
SELECT event.* FROM claim_event event
WHERE (event.person_id = sqlc.arg('involved_id') OR event.helper_id = sqlc.arg('involved_id')) AND event.id > sqlc.arg('after_id')
    AND event.claim_id NOT IN (SELECT claim.id FROM claim WHERE claim.person_id = sqlc.arg('involved_id'))
ORDER BY event.id LIMIT ?;

-- name: ClaimIDsOfPerson :many
SELECT id FROM claim WHERE person_id = ? ORDER BY id;

-- name: BlankTextsOnClaimsOf :exec
UPDATE claim_event SET text = '' WHERE claim_id IN (SELECT claim.id FROM claim WHERE claim.person_id = ?);

-- name: TasksForTaking :many
SELECT * FROM task
WHERE task.region_id = ? AND task.state = 'published' AND task.claim_until > sqlc.arg('now') AND task.places_taken < task.capacity
    AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.task_id = task.id AND claim.open_key = sqlc.arg('person_id'))
    AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.task_id = task.id AND claim.turn_key IN (sqlc.slice('turn_keys')))
ORDER BY task.claim_until, task.id LIMIT ?;

-- name: OpenClaimsOf :many
SELECT sqlc.embed(claim), sqlc.embed(task), CAST(COALESCE((
    SELECT claim_event.text FROM claim_event WHERE claim_event.claim_id = claim.id AND claim_event.act = 'returned'
    ORDER BY claim_event.at DESC, claim_event.id DESC LIMIT 1), '') AS CHAR) AS reason
FROM claim JOIN task ON task.id = claim.task_id
WHERE claim.person_id = ? AND claim.state IN ('claimed', 'returned', 'submitted')
ORDER BY CASE WHEN claim.state = 'submitted' THEN 1 ELSE 0 END, claim.due_at, claim.id LIMIT ?;

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM claim_event WHERE claim_event.person_id = person.id)
    OR EXISTS (SELECT 1 FROM claim_event WHERE claim_event.helper_id = person.id));

-- name: ClaimsRunningOut :many
SELECT claim.id, claim.person_id, claim.region_id, claim.due_at, task.title, task.place FROM claim
JOIN task ON task.id = claim.task_id JOIN person ON person.id = claim.person_id AND person.erased_at = 0
WHERE claim.state IN ('claimed', 'returned') AND claim.due_at > sqlc.arg('now') AND claim.due_at <= sqlc.arg('until')
    AND (claim.due_at - sqlc.arg('now')) * 2 <= claim.due_at - claim.claimed_at
    AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.subject_id = claim.id AND notice.kind = 'claim_running_out'
        AND notice.occasion = claim.due_at AND notice.person_id = claim.person_id)
ORDER BY claim.due_at LIMIT ?;
