-- name: InsertFile :exec
INSERT INTO file (id, owner_id, helper_id, sha256, width, height, subject_kind, subject_id, region_id, label, position, content_state, created_at)
VALUES (?, ?, ?, ?, ?, ?, '', '', '', '', 0, 'pending', ?);

-- name: GetFile :one
SELECT * FROM file WHERE id = ? AND owner_id <> '';

-- What was before the work comes first, what is after it next.
-- name: ListFilesOf :many
SELECT * FROM file WHERE subject_kind = ? AND subject_id IN (sqlc.slice('subject_ids')) ORDER BY subject_id, label DESC, position, id;

-- name: CountFilesOf :one
SELECT COUNT(*) FROM file WHERE subject_kind = ? AND subject_id = ? AND label = ?;

-- name: CountUploadsSince :one
SELECT COUNT(*) FROM file WHERE owner_id = ? AND created_at > ?;

-- name: AttachFile :execrows
UPDATE file SET subject_kind = sqlc.arg('subject_kind'), subject_id = sqlc.arg('subject_id'), region_id = sqlc.arg('region_id'),
    label = sqlc.arg('label'), position = sqlc.arg('position')
WHERE id = sqlc.arg('id') AND subject_id = '' AND (owner_id = sqlc.arg('owner_id') OR helper_id = sqlc.arg('helper_id'));

-- name: SetContentState :execrows
UPDATE file SET content_state = ? WHERE id = ?;

-- name: ListUnattachedBefore :many
SELECT id FROM file WHERE subject_kind = '' AND subject_id = '' AND created_at < ? ORDER BY created_at, id LIMIT ?;

-- name: DisownUnattached :execrows
UPDATE file SET owner_id = '', helper_id = '', sha256 = '', width = 0, height = 0, content_state = '', created_at = 0
WHERE id = ? AND subject_id = '';

-- name: ListFilesOfPerson :many
SELECT * FROM file WHERE owner_id = ? ORDER BY id;

-- name: DisownFilesOfPerson :exec
UPDATE file SET owner_id = '', helper_id = '', sha256 = '', width = 0, height = 0, subject_kind = '', subject_id = '', region_id = '',
    label = '', position = 0, content_state = '', created_at = 0
WHERE owner_id = ?;

-- name: DeleteDisowned :exec
DELETE FROM file WHERE id = ? AND owner_id = '';

-- name: InsertHash :exec
INSERT INTO file_hash (file_id, hash, band_1, band_2, band_3, band_4) VALUES (?, ?, ?, ?, ?, ?);

-- name: DeleteHash :exec
DELETE FROM file_hash WHERE file_id = ?;

-- name: DeleteHashesOfPerson :exec
DELETE FROM file_hash WHERE file_id IN (SELECT file.id FROM file WHERE file.owner_id = ?);
