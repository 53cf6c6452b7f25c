-- name: Reachable :many
SELECT person.id, CAST(COALESCE(identity.kind, '') AS CHAR) AS identity_kind FROM person
LEFT JOIN person_identity identity ON identity.person_id = person.id AND identity.kind = 'wechat'
WHERE person.id IN (sqlc.slice('people')) AND person.erased_at = 0;

-- name: InboxUnread :many
SELECT * FROM notice WHERE person_id = ? AND read_at = 0 AND id < ? ORDER BY id DESC LIMIT ?;

-- name: InboxRead :many
SELECT * FROM notice WHERE person_id = ? AND read_at > 0 AND id < ? ORDER BY id DESC LIMIT ?;

-- name: Inbox :many
SELECT * FROM notice WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: CountUnread :one
SELECT COUNT(*) FROM (SELECT id FROM notice WHERE person_id = ? AND read_at = 0 LIMIT ?) AS unread;

-- name: GetNotice :one
SELECT * FROM notice WHERE id = ?;

-- name: ReadNotice :exec
UPDATE notice SET read_at = ? WHERE id = ? AND read_at = 0;

-- name: ReadNoticesUpTo :exec
UPDATE notice SET read_at = sqlc.arg('read_at') WHERE person_id = sqlc.arg('person_id') AND read_at = 0 AND id <= sqlc.arg('last_id');

-- name: ConsentsOf :many
SELECT * FROM notice_consent WHERE person_id IN (sqlc.slice('people'));

-- name: GiveConsent :execrows
UPDATE notice_consent SET remaining = CASE WHEN remaining < sqlc.arg('most') THEN remaining + 1 ELSE remaining END, changed_at = sqlc.arg('changed_at')
WHERE person_id = sqlc.arg('person_id') AND template_id = sqlc.arg('template_id');

-- name: InsertConsent :exec
INSERT INTO notice_consent (person_id, template_id, remaining, changed_at) VALUES (?, ?, 1, ?);

-- name: TakeConsent :execrows
UPDATE notice_consent SET remaining = remaining - 1 WHERE person_id = ? AND template_id = ? AND remaining > 0;

-- name: GiveBackConsent :exec
UPDATE notice_consent SET remaining = remaining + 1 WHERE person_id = ? AND template_id = ?;

-- name: EndConsent :exec
UPDATE notice_consent SET remaining = 0, changed_at = ? WHERE person_id = ? AND template_id = ?;

-- name: DueMessages :many
SELECT sqlc.embed(notice_message), sqlc.embed(notice), CAST(COALESCE(identity.value, '') AS CHAR) AS openid
FROM notice_message JOIN notice ON notice.id = notice_message.notice_id
LEFT JOIN person_identity identity ON identity.person_id = notice_message.person_id AND identity.kind = 'wechat'
WHERE notice_message.state = 'waiting' AND notice_message.due_at <= ?
ORDER BY notice_message.priority, notice_message.due_at LIMIT ?;

-- name: BeginSending :execrows
UPDATE notice_message SET state = 'sending', tries = tries + 1, has_consent = TRUE, due_at = sqlc.arg('until'), changed_at = sqlc.arg('now')
WHERE notice_id = sqlc.arg('notice_id') AND state = 'waiting' AND due_at <= sqlc.arg('now');

-- name: PostponeMessage :execrows
UPDATE notice_message SET due_at = ? WHERE notice_id = ? AND state = 'waiting';

-- name: DropMessage :execrows
UPDATE notice_message SET state = 'dropped', has_consent = FALSE, reason = ?, changed_at = ? WHERE notice_id = ? AND state = 'waiting';

-- name: EndSending :execrows
UPDATE notice_message SET state = sqlc.arg('state'), due_at = sqlc.arg('due_at'), has_consent = sqlc.arg('has_consent'),
    reason = sqlc.arg('reason'), changed_at = sqlc.arg('changed_at')
WHERE notice_id = sqlc.arg('notice_id') AND state = 'sending' AND tries = sqlc.arg('tries');

-- name: LoseSight :execrows
UPDATE notice_message SET state = 'unknown', reason = sqlc.arg('reason'), changed_at = sqlc.arg('now')
WHERE state = 'sending' AND due_at <= sqlc.arg('now');

-- name: DeadMessages :many
SELECT notice_message.notice_id, notice_message.region_id, notice_message.tries, notice_message.reason, notice_message.changed_at,
    notice.kind, notice.subject_kind, notice.subject_id, notice.created_at, region.name AS region_name
FROM notice_message JOIN notice ON notice.id = notice_message.notice_id JOIN region ON region.id = notice_message.region_id
WHERE notice_message.state = 'dead' AND region.path >= sqlc.arg('from_path') AND region.path < sqlc.arg('to_path')
    AND notice_message.notice_id < sqlc.arg('before_id')
ORDER BY notice_message.notice_id DESC LIMIT ?;

-- name: GetMessage :one
SELECT * FROM notice_message WHERE notice_id = ?;

-- name: ResendMessage :execrows
UPDATE notice_message SET state = 'waiting', tries = 0, due_at = sqlc.arg('now'), reason = '', changed_at = sqlc.arg('now')
WHERE notice_id = sqlc.arg('notice_id') AND state = 'dead';

-- name: CountMessages :many
SELECT state, COUNT(*) AS messages, CAST(MIN(due_at) AS SIGNED) AS first_due_at FROM notice_message
WHERE state IN ('waiting', 'sending', 'dead') GROUP BY state;

-- name: NoticesOfPerson :many
SELECT sqlc.embed(notice), CAST(COALESCE(message.state, '') AS CHAR) AS message_state, CAST(COALESCE(message.changed_at, 0) AS SIGNED) AS message_changed_at
FROM notice LEFT JOIN notice_message message ON message.notice_id = notice.id
WHERE notice.person_id = ? AND notice.id > ? ORDER BY notice.id LIMIT ?;

-- name: OldNotices :many
SELECT id FROM notice WHERE read_at > 0 AND read_at < ? ORDER BY read_at, id LIMIT ?;

-- name: DeleteMessages :exec
DELETE FROM notice_message WHERE notice_id IN (sqlc.slice('notices'));

-- name: DeleteNotices :exec
DELETE FROM notice WHERE id IN (sqlc.slice('notices'));

-- name: EraseMessages :exec
DELETE FROM notice_message WHERE person_id = ?;

-- name: EraseNotices :exec
DELETE FROM notice WHERE person_id = ?;

-- name: EraseConsents :exec
DELETE FROM notice_consent WHERE person_id = ?;
