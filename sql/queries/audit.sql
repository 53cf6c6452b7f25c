-- name: InsertEntry :exec
INSERT INTO audit_entry (id, actor_id, helper_id, act, subject_kind, subject_id, region_id, reason, before_json, after_json, client_address, request_id, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: BlankSubjects :exec
UPDATE audit_entry SET reason = '', before_json = '', after_json = '' WHERE subject_kind = ? AND subject_id IN (sqlc.slice('subject_ids'));

-- name: BlankAddressesOf :exec
UPDATE audit_entry SET client_address = '' WHERE actor_id = ?;

-- name: ListRegionEntries :many
SELECT * FROM audit_entry WHERE region_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: ListSubjectEntries :many
SELECT * FROM audit_entry WHERE subject_kind = ? AND subject_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: ListActEntries :many
SELECT * FROM audit_entry WHERE subject_kind = ? AND subject_id = ? AND act = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: ListActorEntries :many
SELECT * FROM audit_entry WHERE actor_id = ? AND id < ? ORDER BY id DESC LIMIT ?;
