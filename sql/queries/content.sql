-- name: InsertCheck :exec
INSERT INTO content_check (id, medium, subject_kind, subject_id, region_id, person_id, helper_id, content, state, tries, due_at, trace_id, decided_by, decided_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, '', '', 0, ?);

-- name: ReplaceChecks :exec
UPDATE content_check SET state = 'replaced', content = ''
WHERE subject_kind = ? AND subject_id = ? AND medium = ? AND state IN ('waiting', 'asked', 'review');

-- name: ListDue :many
SELECT * FROM content_check WHERE state IN ('waiting', 'asked') AND due_at <= ? ORDER BY due_at LIMIT ?;

-- name: GetCheck :one
SELECT * FROM content_check WHERE id = ?;

-- name: GetCheckByTrace :one
SELECT * FROM content_check WHERE trace_id = ? AND state = 'asked';

-- name: TakeCheck :execrows
UPDATE content_check SET due_at = sqlc.arg('until'), tries = tries + 1
WHERE id = sqlc.arg('id') AND due_at = sqlc.arg('due_at') AND state IN ('waiting', 'asked');

-- name: PostponeCheck :exec
UPDATE content_check SET due_at = ? WHERE id = ? AND state IN ('waiting', 'asked');

-- name: MarkAsked :exec
UPDATE content_check SET state = 'asked', trace_id = ?, due_at = ? WHERE id = ? AND state IN ('waiting', 'asked');

-- name: SendToReview :exec
UPDATE content_check SET state = 'review' WHERE id = ? AND state IN ('waiting', 'asked');

-- name: Decide :execrows
UPDATE content_check SET state = ?, content = '', decided_by = ?, decided_at = ?
WHERE id = ? AND state IN ('waiting', 'asked', 'review');

-- name: ListReviews :many
SELECT * FROM content_check WHERE region_id = ? AND state = 'review' AND id > ? ORDER BY id LIMIT ?;

-- name: EraseChecksOfPerson :exec
DELETE FROM content_check
WHERE person_id = sqlc.arg('person_id') AND (state NOT IN ('waiting', 'asked', 'review') OR medium = 'picture' OR subject_kind NOT IN (sqlc.slice('outliving')));

-- name: DisownChecks :exec
UPDATE content_check SET person_id = '' WHERE person_id = ?;

-- name: ListChecksOfPerson :many
SELECT * FROM content_check WHERE person_id = ? ORDER BY id;
