-- name: GetAnswer :one
SELECT body_hash, status, content_type, body FROM idempotency_key
WHERE person_id = ? AND helped_id = ? AND path = ? AND idempotency_key = ? AND created_at > ?;

-- name: KeepAnswer :exec
INSERT INTO idempotency_key (person_id, helped_id, path, idempotency_key, body_hash, status, content_type, body, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ForgetAnswer :exec
DELETE FROM idempotency_key
WHERE person_id = ? AND helped_id = ? AND path = ? AND idempotency_key = ? AND created_at <= ?;

-- name: ForgetAnswersBefore :execrows
DELETE FROM idempotency_key WHERE created_at <= ?;
