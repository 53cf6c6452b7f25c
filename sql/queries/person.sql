-- name: GetPeople :many
SELECT * FROM person WHERE id IN (sqlc.slice('ids'));

-- name: GetNames :many
SELECT id, name FROM person WHERE id IN (sqlc.slice('ids'));

-- name: InsertPerson :exec
INSERT INTO person (id, name, search_name, home_region_id, home_community_id, home_path, home_changed_at,
    home_verified_by, home_verified_at, leaderboard_consent, created_by, created_at, erased_at)
VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, FALSE, ?, ?, 0);

-- name: RenamePerson :execrows
UPDATE person SET name = ?, search_name = ? WHERE id = ? AND erased_at = 0;

-- name: SetLeaderboardConsent :execrows
UPDATE person SET leaderboard_consent = ? WHERE id = ? AND erased_at = 0;

-- name: MoveHome :execrows
UPDATE person SET home_region_id = sqlc.arg('home_region_id'), home_community_id = sqlc.arg('home_community_id'),
    home_path = sqlc.arg('home_path'), home_changed_at = sqlc.arg('home_changed_at'), home_verified_by = '', home_verified_at = 0
WHERE id = sqlc.arg('id') AND home_path = sqlc.arg('from_path') AND home_changed_at = sqlc.arg('from_changed_at') AND erased_at = 0;

-- name: SetHomeVerified :execrows
UPDATE person SET home_verified_by = ?, home_verified_at = ? WHERE id = ? AND home_path = ? AND erased_at = 0;

-- name: ErasePerson :execrows
UPDATE person SET name = ?, search_name = '', home_region_id = '', home_community_id = '', home_path = '', home_changed_at = 0,
    home_verified_by = '', home_verified_at = 0, leaderboard_consent = FALSE, party_member = FALSE, erased_at = ?
WHERE id = ? AND erased_at = 0;

-- name: PeopleOfCommunity :many
SELECT person.id FROM person
LEFT JOIN person_identity phone ON phone.person_id = person.id AND phone.kind = 'phone'
WHERE person.home_community_id = sqlc.arg('community_id')
    AND person.home_path >= sqlc.arg('from_path') AND person.home_path < sqlc.arg('to_path')
    AND person.name >= sqlc.arg('after_name') AND (person.name > sqlc.arg('after_name') OR person.id > sqlc.arg('after_id'))
    AND (person.search_name LIKE sqlc.arg('name_pattern') ESCAPE '!' OR phone.value LIKE sqlc.arg('phone_pattern') ESCAPE '!')
ORDER BY person.name, person.id LIMIT ?;

-- name: PeopleBelow :many
SELECT person.id FROM person
LEFT JOIN person_identity phone ON phone.person_id = person.id AND phone.kind = 'phone'
WHERE person.home_path >= sqlc.arg('from_path') AND person.home_path < sqlc.arg('to_path')
    AND (person.home_path > sqlc.arg('after_path') OR person.name > sqlc.arg('after_name')
        OR (person.name = sqlc.arg('after_name') AND person.id > sqlc.arg('after_id')))
    AND (person.search_name LIKE sqlc.arg('name_pattern') ESCAPE '!' OR phone.value LIKE sqlc.arg('phone_pattern') ESCAPE '!')
ORDER BY person.home_path, person.name, person.id LIMIT ?;

-- name: HoldPerson :execrows
UPDATE person SET erased_at = erased_at WHERE id = ? AND erased_at = 0;

-- name: PersonOfIdentity :one
SELECT person_id FROM person_identity WHERE kind = ? AND value = ?;

-- name: IdentitiesOfPeople :many
SELECT * FROM person_identity WHERE person_id IN (sqlc.slice('person_ids'));

-- name: InsertIdentity :exec
INSERT INTO person_identity (kind, value, person_id, created_at) VALUES (?, ?, ?, ?);

-- name: MoveIdentity :execrows
UPDATE person_identity SET person_id = sqlc.arg('to_person_id') WHERE kind = ? AND person_id = sqlc.arg('from_person_id');

-- name: DeleteIdentity :exec
DELETE FROM person_identity WHERE person_id = ? AND kind = ?;

-- name: DeleteIdentities :exec
DELETE FROM person_identity WHERE person_id = ?;

-- name: InsertSession :exec
INSERT INTO session (id, token_hash, person_id, created_at, expires_at, revoked_at) VALUES (?, ?, ?, ?, ?, 0);

-- name: LiveSessions :many
-- A session with its person's roles in force: a row for each, and one with an empty role for who has none.
SELECT session.id, session.token_hash, session.person_id, session.expires_at, person.home_path, person.home_verified_at,
    COALESCE(role_grant.id, '') AS grant_id, COALESCE(role_grant.role, '') AS role, COALESCE(role_grant.region_id, '') AS region_id,
    COALESCE(role_grant.organisation_id, '') AS organisation_id, COALESCE(role_grant.team_id, '') AS team_id
FROM session
JOIN person ON person.id = session.person_id
LEFT JOIN role_grant ON role_grant.person_id = session.person_id AND role_grant.revoked_at = 0
WHERE session.token_hash IN (sqlc.slice('token_hashes')) AND session.revoked_at = 0 AND session.expires_at > ? AND person.erased_at = 0;

-- name: ExtendSession :exec
UPDATE session SET expires_at = sqlc.arg('expires_at') WHERE id = ? AND revoked_at = 0 AND expires_at < sqlc.arg('expires_at');

-- name: RevokeSession :exec
UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at = 0;

-- name: RevokeSessionsOfPerson :exec
UPDATE session SET revoked_at = ? WHERE person_id = ? AND revoked_at = 0;

-- name: MoveSessions :exec
UPDATE session SET person_id = sqlc.arg('to_person_id') WHERE person_id = sqlc.arg('from_person_id');

-- name: SessionsOfPerson :many
SELECT id, created_at, expires_at, revoked_at FROM session WHERE person_id = ? ORDER BY id;

-- name: DeleteSessionsOfPerson :exec
DELETE FROM session WHERE person_id = ?;

-- name: DeleteEndedSessions :execrows
DELETE FROM session WHERE expires_at < ?;

-- name: InsertCard :exec
INSERT INTO card (id, person_id, slot, token_hash, issued_by, issued_at, revoked_by, revoked_at) VALUES (?, ?, ?, ?, ?, ?, '', 0);

-- name: ListCards :many
SELECT id, issued_by, issued_at, revoked_at FROM card WHERE person_id = ? AND id > ? ORDER BY id LIMIT ?;

-- name: LivingCards :many
SELECT slot FROM card WHERE person_id = ? AND slot <> id;

-- name: PersonOfCard :one
SELECT person.id, person.home_path, person.home_verified_at FROM card JOIN person ON person.id = card.person_id
WHERE card.token_hash = ? AND card.revoked_at = 0 AND person.erased_at = 0;

-- name: RevokeCard :execrows
UPDATE card SET slot = id, revoked_by = ?, revoked_at = ? WHERE id = ? AND person_id = ? AND revoked_at = 0;

-- name: DeleteCardsOfPerson :exec
DELETE FROM card WHERE person_id = ?;

-- name: GrantsOfPeople :many
SELECT id, person_id, role, region_id, organisation_id, team_id FROM role_grant
WHERE person_id IN (sqlc.slice('person_ids')) AND revoked_at = 0 ORDER BY id;

-- name: PhoneViews :many
SELECT audit_entry.id, audit_entry.actor_id, person.name, audit_entry.reason, audit_entry.at FROM audit_entry
JOIN person ON person.id = audit_entry.actor_id
WHERE audit_entry.subject_kind = 'person' AND audit_entry.subject_id = ? AND audit_entry.act = 'phone.unmasked' AND audit_entry.id < ?
ORDER BY audit_entry.id DESC LIMIT ?;

-- name: ListedInCommunity :many
SELECT person.id, person.name, person.home_region_id, person.home_path, person.home_verified_by, person.home_verified_at, person.party_member,
    CAST(COALESCE(phone.value, '') AS CHAR) AS phone
FROM person LEFT JOIN person_identity phone ON phone.person_id = person.id AND phone.kind = 'phone'
WHERE person.home_community_id = ? AND person.erased_at = 0 ORDER BY person.id;

-- name: ListedByPhone :many
SELECT person.id, person.name, person.home_region_id, person.home_path, person.home_verified_by, person.home_verified_at, person.party_member,
    phone.value AS phone
FROM person_identity phone JOIN person ON person.id = phone.person_id
WHERE phone.kind = 'phone' AND phone.value IN (sqlc.slice('phones'));

-- name: ListedByID :many
SELECT person.id, person.name, person.home_region_id, person.home_path, person.home_verified_by, person.home_verified_at, person.party_member,
    CAST(COALESCE(phone.value, '') AS CHAR) AS phone
FROM person LEFT JOIN person_identity phone ON phone.person_id = person.id AND phone.kind = 'phone'
WHERE person.id IN (sqlc.slice('ids')) AND person.erased_at = 0;

-- name: RenameListed :execrows
UPDATE person SET name = sqlc.arg('name'), search_name = sqlc.arg('search_name')
WHERE id = sqlc.arg('id') AND name = sqlc.arg('from_name') AND erased_at = 0;

-- name: ChangeListed :execrows
UPDATE person SET home_region_id = sqlc.arg('home_region_id'), home_community_id = sqlc.arg('home_community_id'), home_path = sqlc.arg('home_path'),
    home_verified_by = sqlc.arg('home_verified_by'), home_verified_at = sqlc.arg('home_verified_at'), party_member = sqlc.arg('party_member')
WHERE id IN (sqlc.slice('ids')) AND home_region_id = sqlc.arg('from_region_id') AND home_verified_at = sqlc.arg('from_verified_at')
    AND party_member = sqlc.arg('from_party_member') AND erased_at = 0;

-- name: DeletePeople :execrows
DELETE FROM person WHERE id IN (sqlc.slice('ids')) AND erased_at = 0;

-- name: DeletePhonesOf :execrows
DELETE FROM person_identity WHERE kind = 'phone' AND person_id IN (sqlc.slice('person_ids'));

-- name: PeopleWithWeChat :many
SELECT person_id FROM person_identity WHERE kind = 'wechat' AND person_id IN (sqlc.slice('person_ids'));

-- name: PeopleWithCards :many
SELECT DISTINCT person_id FROM card WHERE person_id IN (sqlc.slice('person_ids'));

-- name: PeopleWithGrants :many
SELECT DISTINCT person_id FROM role_grant WHERE person_id IN (sqlc.slice('person_ids'));
