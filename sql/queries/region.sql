-- name: GetRegion :one
SELECT * FROM region WHERE id = ?;

-- name: ListRegions :many
SELECT * FROM region WHERE parent_id = ? AND id > ? ORDER BY id LIMIT ?;

-- name: GetRegions :many
SELECT * FROM region WHERE id IN (sqlc.slice('ids'));

-- name: ListCommunitiesBelow :many
SELECT * FROM region WHERE kind = 'community' AND path >= sqlc.arg('from_path') AND path < sqlc.arg('to_path') AND id > sqlc.arg('after_id') ORDER BY id LIMIT ?;

-- name: InsertRegion :exec
INSERT INTO region (id, parent_id, kind, community_kind, name, path, created_at) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: GetOrganisation :one
SELECT * FROM organisation WHERE id = ?;

-- name: ListOrganisations :many
SELECT * FROM organisation WHERE region_id = ? AND id > ? ORDER BY id LIMIT ?;

-- name: InsertOrganisation :exec
INSERT INTO organisation (id, region_id, name, kind, created_at) VALUES (?, ?, ?, ?, ?);

-- name: GrantsOfPerson :many
SELECT * FROM role_grant WHERE person_id = ? AND revoked_at = 0 ORDER BY id;

-- name: GetGrant :one
SELECT * FROM role_grant WHERE id = ? AND revoked_at = 0;

-- name: GrantsInRegion :many
SELECT * FROM role_grant WHERE region_id = ? AND revoked_at = 0 AND id > ? ORDER BY id LIMIT ?;

-- name: PeopleWithOrganisation :many
SELECT person_id FROM role_grant WHERE organisation_id = ? AND role = 'assignee' AND revoked_at = 0 ORDER BY id;

-- name: PeopleLeadingTeam :many
SELECT person_id FROM role_grant WHERE team_id = ? AND role = 'leader' AND revoked_at = 0 ORDER BY id;

-- name: InsertGrant :exec
INSERT INTO role_grant (id, person_id, role, region_id, organisation_id, team_id, granted_by, granted_at, revoked_by, revoked_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', 0);

-- name: RevokeGrant :execrows
UPDATE role_grant SET revoked_by = ?, revoked_at = ? WHERE id = ? AND revoked_at = 0;

-- name: RevokeGrantsOfPerson :exec
UPDATE role_grant SET revoked_by = ?, revoked_at = ? WHERE person_id = ? AND revoked_at = 0;

-- name: HoldAdmins :exec
UPDATE role_grant SET revoked_at = revoked_at WHERE region_id = ? AND role = 'admin' AND revoked_at = 0;

-- name: AdminsOf :many
SELECT person_id FROM role_grant WHERE region_id = ? AND role = 'admin' AND revoked_at = 0 ORDER BY id;

-- name: CountRegions :one
SELECT COUNT(*) FROM region;

-- name: GetSettings :one
SELECT * FROM community_setting WHERE region_id = ?;

-- name: InsertSettings :exec
INSERT INTO community_setting (region_id, settings, version, updated_at) VALUES (?, ?, 1, ?);

-- name: UpdateSettings :execrows
UPDATE community_setting SET settings = ?, version = version + 1, updated_at = ? WHERE region_id = ? AND version = ?;

-- name: InsertServiceItem :exec
INSERT INTO service_item (id, region_id, organisation_id, title, star, text, rhythm, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListServicesOfRegion :many
SELECT sqlc.embed(service_item), organisation.name FROM service_item JOIN organisation ON organisation.id = service_item.organisation_id
WHERE service_item.region_id = ? AND service_item.id > ? ORDER BY service_item.id LIMIT ?;

-- name: ListServicesOfOrganisation :many
SELECT sqlc.embed(service_item), organisation.name FROM service_item JOIN organisation ON organisation.id = service_item.organisation_id
WHERE service_item.organisation_id = ? AND service_item.id > ? ORDER BY service_item.id LIMIT ?;

-- name: GridWorkersOf :many
SELECT person_id FROM role_grant WHERE region_id = ? AND role = 'grid_worker' AND revoked_at = 0 ORDER BY id;
