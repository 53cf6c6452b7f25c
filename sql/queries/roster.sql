-- name: InsertTurn :exec
INSERT INTO roster_turn (community_id, taken_at) VALUES (?, ?);

-- name: TakeTurn :execrows
UPDATE roster_turn SET taken_at = ? WHERE community_id = ?;

-- name: HouseholdsOfCommunity :many
SELECT household.id, household.grid_id, household.number, household.number_key,
    CAST(COALESCE(contact.id, '') AS CHAR) AS contact_id, CAST(COALESCE(contact.person_id, '') AS CHAR) AS contact_person_id
FROM household LEFT JOIN household_contact contact ON contact.household_id = household.id AND contact.slot = ''
WHERE household.community_id = ? ORDER BY household.id;

-- name: MembersOfCommunity :many
SELECT member.person_id, member.household_id, member.relation
FROM household_member member JOIN household ON household.id = member.household_id
WHERE household.community_id = ?;

-- name: MembershipsOf :many
SELECT member.person_id, member.household_id, member.relation, household.grid_id, household.number
FROM household_member member JOIN household ON household.id = member.household_id
WHERE member.person_id IN (sqlc.slice('person_ids'));

-- name: DeleteMemberships :exec
DELETE FROM household_member WHERE person_id IN (sqlc.slice('person_ids'));

-- name: GetHousehold :one
SELECT * FROM household WHERE id = ?;

-- name: ListHouseholds :many
SELECT household.* FROM household
LEFT JOIN household_contact contact ON contact.household_id = household.id AND contact.slot = ''
WHERE household.community_id = sqlc.arg('community_id') AND household.path >= sqlc.arg('from_path') AND household.path < sqlc.arg('to_path')
    AND household.number_key >= sqlc.arg('after_key')
    AND (household.number_key > sqlc.arg('after_key') OR household.id > sqlc.arg('after_id'))
    AND (sqlc.arg('contacted') = '' OR (sqlc.arg('contacted') = 'no' AND contact.id IS NULL) OR (sqlc.arg('contacted') = 'yes' AND contact.id IS NOT NULL))
    AND (household.number_key LIKE sqlc.arg('number_pattern') ESCAPE '!' OR EXISTS (
        SELECT 1 FROM household_member member JOIN person ON person.id = member.person_id
        WHERE member.household_id = household.id AND person.home_community_id = household.community_id
            AND person.search_name LIKE sqlc.arg('name_pattern') ESCAPE '!'))
ORDER BY household.number_key, household.id LIMIT ?;

-- name: HouseholdsContactedBy :many
SELECT household.* FROM household_contact contact
JOIN household ON household.id = contact.household_id
JOIN person ON person.id = contact.person_id AND person.home_community_id = household.community_id
WHERE contact.person_id = sqlc.arg('person_id') AND contact.slot = '' AND household.number_key >= sqlc.arg('after_key')
    AND (household.number_key > sqlc.arg('after_key') OR household.id > sqlc.arg('after_id'))
ORDER BY household.number_key, household.id LIMIT ?;

-- name: MembersOfHouseholds :many
SELECT member.household_id, member.person_id, member.relation FROM household_member member
JOIN household ON household.id = member.household_id
JOIN person ON person.id = member.person_id AND person.home_community_id = household.community_id
WHERE member.household_id IN (sqlc.slice('household_ids')) ORDER BY member.household_id, member.person_id;

-- name: ContactsOfHouseholds :many
SELECT contact.id, contact.household_id, contact.person_id, contact.from_at FROM household_contact contact
JOIN household ON household.id = contact.household_id
JOIN person ON person.id = contact.person_id AND person.home_community_id = household.community_id
WHERE contact.household_id IN (sqlc.slice('household_ids')) AND contact.slot = '';

-- name: ContactInForce :one
SELECT * FROM household_contact WHERE household_id = ? AND slot = '';

-- name: FormerContacts :many
SELECT contact.id, contact.person_id, contact.from_at, contact.until_at FROM household_contact contact
JOIN household ON household.id = contact.household_id
JOIN person ON person.id = contact.person_id AND person.home_community_id = household.community_id
WHERE contact.household_id = ? AND contact.slot <> '' ORDER BY contact.id DESC LIMIT 10;

-- name: InsertContact :exec
INSERT INTO household_contact (id, household_id, person_id, slot, from_at, set_by, until_at, ended_by) VALUES (?, ?, ?, '', ?, ?, 0, '');

-- name: EndContacts :execrows
UPDATE household_contact SET slot = id, until_at = sqlc.arg('until_at'), ended_by = sqlc.arg('ended_by')
WHERE id IN (sqlc.slice('ids')) AND slot = '';

-- name: ContactsInForce :many
SELECT id FROM household_contact WHERE id IN (sqlc.slice('ids')) AND slot = '';

-- name: DeleteContacts :exec
DELETE FROM household_contact WHERE id IN (sqlc.slice('ids'));

-- name: RestoreContacts :execrows
UPDATE household_contact SET slot = '', until_at = 0, ended_by = '' WHERE id IN (sqlc.slice('ids')) AND slot <> '';

-- name: PeopleInContact :many
SELECT DISTINCT person_id FROM household_contact WHERE person_id IN (sqlc.slice('person_ids'));

-- name: DeleteEmptyHouseholds :exec
DELETE FROM household WHERE household.id IN (sqlc.slice('ids'))
    AND NOT EXISTS (SELECT 1 FROM household_member WHERE household_member.household_id = household.id)
    AND NOT EXISTS (SELECT 1 FROM household_contact WHERE household_contact.household_id = household.id);

-- name: InsertPreview :exec
INSERT INTO roster_preview (id, community_id, created_by, created_at, expires_at, summary, plan_hash, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0);

-- name: GetPreview :one
SELECT * FROM roster_preview WHERE id = ? AND expires_at > sqlc.arg('now');

-- name: MarkPreviewImported :execrows
UPDATE roster_preview SET imported_at = ? WHERE id = ? AND imported_at = 0;

-- name: PreviewsOf :many
SELECT id FROM roster_preview WHERE community_id = ? AND created_by = ? AND imported_at = 0;

-- name: ExpiredPreviews :many
SELECT id FROM roster_preview WHERE expires_at <= ?;

-- name: DeletePreviews :exec
DELETE FROM roster_preview WHERE id IN (sqlc.slice('ids'));

-- name: DeletePreviewRows :exec
DELETE FROM roster_preview_row WHERE preview_id IN (sqlc.slice('ids'));

-- name: DeletePreviewRowsOfPerson :exec
DELETE FROM roster_preview_row WHERE person_id = ?;

-- name: ListPreviewRows :many
SELECT file_row, shown FROM roster_preview_row WHERE preview_id = ? AND file_row > sqlc.arg('after') ORDER BY file_row LIMIT ?;

-- name: ListPreviewRowsOf :many
SELECT file_row, shown FROM roster_preview_row WHERE preview_id = ? AND outcome = ? AND file_row > sqlc.arg('after') ORDER BY file_row LIMIT ?;

-- name: ContentOfPreview :many
SELECT content FROM roster_preview_row WHERE preview_id = ? ORDER BY file_row;

-- name: InsertImport :exec
INSERT INTO roster_import (id, community_id, file_name, imported_by, imported_at, people_created, people_updated, people_unchanged, faults,
    undone_by, undone_at, undone)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0);

-- name: GetImport :one
SELECT * FROM roster_import WHERE id = ?;

-- name: ListImports :many
SELECT * FROM roster_import WHERE community_id = ? AND id < sqlc.arg('before') ORDER BY id DESC LIMIT ?;

-- name: MarkImportUndone :execrows
UPDATE roster_import SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_at = 0;

-- name: CountUndone :exec
UPDATE roster_import SET undone = ? WHERE id = ?;

-- name: ChangesOfImport :many
SELECT * FROM roster_change WHERE import_id = ? ORDER BY file_row;

-- name: HouseholdChangesOfImport :many
SELECT * FROM roster_household_change WHERE import_id = ? ORDER BY household_id;

-- name: LeftOfImport :many
SELECT roster_change.file_row, roster_change.person_id, roster_change.left_reason, CAST(COALESCE(person.name, '') AS CHAR) AS name
FROM roster_change
JOIN roster_import ON roster_import.id = roster_change.import_id
LEFT JOIN person ON person.id = roster_change.person_id AND person.home_community_id = roster_import.community_id
WHERE roster_change.import_id = ? AND roster_change.left_reason <> '' ORDER BY roster_change.file_row;

-- name: LeftHouseholdsOfImport :many
SELECT household.id, household.number, roster_household_change.left_reason FROM roster_household_change
JOIN household ON household.id = roster_household_change.household_id
WHERE roster_household_change.import_id = ? AND roster_household_change.left_reason <> '' ORDER BY household.number_key, household.id;

-- name: MarkChangesLeft :exec
UPDATE roster_change SET left_reason = ? WHERE import_id = ? AND person_id IN (sqlc.slice('person_ids'));

-- name: MarkHouseholdChangesLeft :exec
UPDATE roster_household_change SET left_reason = ? WHERE import_id = ? AND household_id IN (sqlc.slice('household_ids'));

-- name: BlankChangesOfImport :exec
UPDATE roster_change SET before_json = '', after_json = '' WHERE import_id = ?;

-- name: BlankOldChanges :exec
UPDATE roster_change SET before_json = '', after_json = '' WHERE after_json <> ''
    AND import_id IN (SELECT id FROM roster_import WHERE imported_at < ?);

-- name: ChangesOfPerson :many
SELECT roster_change.import_id, roster_change.file_row, roster_change.before_json, roster_change.after_json, roster_import.imported_at, roster_import.imported_by
FROM roster_change JOIN roster_import ON roster_import.id = roster_change.import_id
WHERE roster_change.person_id = ? ORDER BY roster_change.import_id;

-- name: DeleteChangesOfPerson :exec
DELETE FROM roster_change WHERE person_id = ?;

-- name: HouseholdOfPerson :many
SELECT household.number, household_member.relation, household_member.added_at
FROM household_member JOIN household ON household.id = household_member.household_id WHERE household_member.person_id = ?;

-- name: ContactsOfPerson :many
SELECT household.number, household_contact.from_at, household_contact.until_at
FROM household_contact JOIN household ON household.id = household_contact.household_id
WHERE household_contact.person_id = ? ORDER BY household_contact.id;

-- name: DeleteMembershipOf :exec
DELETE FROM household_member WHERE person_id = ?;

-- name: DeleteContactsOf :exec
DELETE FROM household_contact WHERE person_id = ?;
