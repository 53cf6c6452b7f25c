-- name: InsertTeam :exec
INSERT INTO team (id, region_id, name, kind, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: GetTeam :one
SELECT * FROM team WHERE id = ?;

-- name: ListTeams :many
SELECT * FROM team WHERE region_id = ? AND id > ? ORDER BY id LIMIT ?;

-- name: LeadersOfTeams :many
SELECT team_id, person_id FROM role_grant
WHERE team_id IN (sqlc.slice('team_ids')) AND role = 'leader' AND revoked_at = 0 ORDER BY id;

-- name: AdmittedOfTeam :many
SELECT person_id FROM team_member WHERE team_id = ? AND state = 'admitted';

-- name: CountAdmitted :many
SELECT m.team_id, COUNT(*) AS members FROM team_member m
WHERE m.team_id IN (sqlc.slice('team_ids')) AND m.state = 'admitted' AND NOT EXISTS (
    SELECT 1 FROM role_grant g
    WHERE g.team_id = m.team_id AND g.person_id = m.person_id AND g.role = 'leader' AND g.revoked_at = 0)
GROUP BY m.team_id;

-- name: MembershipsOf :many
SELECT * FROM team_member WHERE person_id = ? ORDER BY team_id;

-- name: GetMember :one
SELECT * FROM team_member WHERE team_id = ? AND person_id = ?;

-- name: ListMembers :many
SELECT m.* FROM team_member m
WHERE m.team_id = sqlc.arg('team_id') AND m.state = sqlc.arg('state')
  AND m.asked_at >= sqlc.arg('after_asked_at') AND (m.asked_at > sqlc.arg('after_asked_at') OR m.person_id > sqlc.arg('after_person_id'))
  AND NOT EXISTS (
    SELECT 1 FROM role_grant g
    WHERE g.team_id = m.team_id AND g.person_id = m.person_id AND g.role = 'leader' AND g.revoked_at = 0)
ORDER BY m.asked_at, m.person_id LIMIT ?;

-- name: ListLeaders :many
SELECT person_id FROM role_grant
WHERE team_id = sqlc.arg('team_id') AND role = 'leader' AND revoked_at = 0 AND person_id > sqlc.arg('after_person_id')
ORDER BY person_id LIMIT ?;

-- name: InsertMember :exec
INSERT INTO team_member (team_id, person_id, helper_id, state, asked_at, decided_by, decided_at)
VALUES (?, ?, ?, 'pending', ?, '', 0);

-- name: ChangeMember :execrows
UPDATE team_member SET state = sqlc.arg('to_state'), helper_id = ?, asked_at = ?, decided_by = ?, decided_at = ?
WHERE team_id = ? AND person_id = ? AND state = sqlc.arg('from_state');

-- name: DeleteMember :exec
DELETE FROM team_member WHERE team_id = ? AND person_id = ?;

-- name: DeleteMembershipsOf :exec
DELETE FROM team_member WHERE person_id = ?;

-- name: InsertActivity :exec
INSERT INTO activity (id, kind, region_id, team_id, title, star, place_name, has_location, lat, lng, fence_metres,
    starts_at, ends_at, capacity, walk_in, points_per_hour, state, content_state, reason, taken, waiting, attended,
    created_by, created_at, published_by, desk_published, closed_by, closed_at, confirmed_by, confirmed_at, posted_at, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, 0, 0, ?, ?, ?, ?, '', 0, '', 0, 0, 0);

-- name: GetActivity :one
SELECT * FROM activity WHERE id = ?;

-- name: GetActivities :many
SELECT * FROM activity WHERE id IN (sqlc.slice('ids'));

-- name: HoldActivity :execrows
UPDATE activity SET version = version + 1 WHERE id = ?;

-- name: HoldOpenActivity :execrows
UPDATE activity SET version = version + 1 WHERE id = ? AND state = 'published';

-- name: MoveActivity :execrows
UPDATE activity SET state = sqlc.arg('to_state'), reason = ?, published_by = ?, desk_published = ?,
    closed_by = ?, closed_at = ?, confirmed_by = ?, confirmed_at = ?
WHERE id = ? AND state = sqlc.arg('from_state');

-- name: FinishPosting :execrows
UPDATE activity SET posted_at = ? WHERE id = ? AND state = 'confirmed' AND posted_at = 0;

-- name: DecideContent :execrows
UPDATE activity SET content_state = ? WHERE id = ? AND content_state = 'pending';

-- name: ListActivities :many
SELECT * FROM activity
WHERE region_id = sqlc.arg('region_id')
  AND (team_id = sqlc.arg('team_id') OR sqlc.arg('team_id') = '')
  AND (state = sqlc.arg('state') OR sqlc.arg('state') = '')
  AND (state <> sqlc.arg('hidden') OR team_id IN (sqlc.slice('led_teams')))
  AND id < sqlc.arg('before_id')
ORDER BY id DESC LIMIT ?;

-- name: ListActivitiesFrom :many
SELECT * FROM activity
WHERE region_id = sqlc.arg('region_id')
  AND (team_id = sqlc.arg('team_id') OR sqlc.arg('team_id') = '')
  AND (state = sqlc.arg('state') OR sqlc.arg('state') = '')
  AND (state <> sqlc.arg('hidden') OR team_id IN (sqlc.slice('led_teams')))
  AND ends_at >= sqlc.arg('from')
  AND (starts_at > sqlc.arg('after_start') OR (starts_at = sqlc.arg('after_start') AND id > sqlc.arg('after_id')))
ORDER BY starts_at, id LIMIT ?;

-- name: UnpostedActivities :many
SELECT id FROM activity WHERE state = 'confirmed' AND posted_at = 0 ORDER BY id LIMIT ?;

-- name: TakePlace :execrows
UPDATE activity SET taken = taken + 1 WHERE id = ? AND state = 'published' AND taken < capacity;

-- name: JoinQueue :execrows
UPDATE activity SET waiting = waiting + 1 WHERE id = ? AND state = 'published' AND taken >= capacity;

-- name: LeavePlace :execrows
UPDATE activity SET taken = taken - 1 WHERE id = ? AND taken > 0;

-- name: LeaveQueue :execrows
UPDATE activity SET waiting = waiting - 1 WHERE id = ? AND waiting > 0;

-- name: CountAttended :execrows
UPDATE activity SET attended = attended + 1
WHERE id = ? AND (state = 'published' OR state = sqlc.arg('or_state'));

-- name: CountWalkedIn :execrows
UPDATE activity SET attended = attended + 1, taken = taken + 1
WHERE id = ? AND (state = 'published' OR state = sqlc.arg('or_state')) AND taken < capacity;

-- name: CountWaitedIn :execrows
UPDATE activity SET attended = attended + 1, taken = taken + 1, waiting = waiting - 1
WHERE id = ? AND (state = 'published' OR state = sqlc.arg('or_state')) AND taken < capacity AND waiting > 0;

-- name: InsertSignup :exec
INSERT INTO activity_signup (id, activity_id, person_id, helper_id, state, walked_in, attended, signed_up_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetSignup :one
SELECT * FROM activity_signup WHERE activity_id = ? AND person_id = ?;

-- name: SignupsOfPeople :many
SELECT * FROM activity_signup WHERE activity_id = ? AND person_id IN (sqlc.slice('people'));

-- name: FirstWaiting :one
SELECT * FROM activity_signup WHERE activity_id = ? AND state = 'waiting' ORDER BY id LIMIT 1;

-- name: PlaceInQueue :one
SELECT COUNT(*) FROM activity_signup
WHERE activity_signup.activity_id = sqlc.arg('activity_id') AND activity_signup.state = 'waiting' AND activity_signup.id <=
    (SELECT own.id FROM activity_signup own WHERE own.activity_id = sqlc.arg('activity_id') AND own.person_id = sqlc.arg('person_id'));

-- name: MoveSignup :execrows
UPDATE activity_signup SET state = sqlc.arg('to_state'), attended = ?
WHERE id = ? AND state = sqlc.arg('from_state') AND attended = FALSE;

-- name: DeleteSignup :execrows
DELETE FROM activity_signup WHERE id = ? AND state = ? AND attended = FALSE;

-- name: ListSignups :many
SELECT * FROM activity_signup WHERE activity_id = ? AND id > ? ORDER BY id LIMIT ?;

-- name: SignupsOfPerson :many
SELECT * FROM activity_signup WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: SignupsInActivities :many
SELECT * FROM activity_signup WHERE person_id = ? AND activity_id IN (sqlc.slice('activities'));

-- name: OpenSignupsOf :many
SELECT s.activity_id FROM activity_signup s JOIN activity a ON a.id = s.activity_id
WHERE s.person_id = ? AND s.attended = FALSE AND a.state = 'published' ORDER BY s.id;

-- name: InsertAttendance :exec
INSERT INTO attendance (id, activity_id, person_id, method, helper_id, entered_by, reason, checked_in_at, checked_out_at,
    checked_out_by, recorded_at, offline, device_digest, inside_fence, distance_metres, traces_until,
    minutes_changed, changed_minutes, points, posted_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, 0, 0, 0);

-- name: GetAttendance :one
SELECT * FROM attendance WHERE activity_id = ? AND person_id = ?;

-- name: GetAttendanceByID :one
SELECT * FROM attendance WHERE id = ?;

-- name: AttendanceOfPeople :many
SELECT * FROM attendance WHERE activity_id = ? AND person_id IN (sqlc.slice('people'));

-- name: ListAttendance :many
SELECT * FROM attendance
WHERE activity_id = sqlc.arg('activity_id')
  AND checked_in_at >= sqlc.arg('after_checked_in_at') AND (checked_in_at > sqlc.arg('after_checked_in_at') OR id > sqlc.arg('after_id'))
ORDER BY checked_in_at, id LIMIT ?;

-- name: CheckInsBetween :many
SELECT checked_in_at FROM attendance
WHERE activity_id = ? AND checked_in_at > sqlc.arg('after') AND checked_in_at < sqlc.arg('before') AND method <> sqlc.arg('but_by')
ORDER BY checked_in_at;

-- name: SharedDevices :many
SELECT device_digest FROM attendance WHERE activity_id = ? AND device_digest IN (sqlc.slice('digests'))
GROUP BY device_digest HAVING COUNT(*) > 1;

-- name: HandsInActivity :many
SELECT person_id FROM attendance WHERE attendance.activity_id = sqlc.arg('activity_id')
UNION SELECT helper_id FROM attendance WHERE attendance.activity_id = sqlc.arg('activity_id')
UNION SELECT entered_by FROM attendance WHERE attendance.activity_id = sqlc.arg('activity_id')
UNION SELECT checked_out_by FROM attendance WHERE attendance.activity_id = sqlc.arg('activity_id')
UNION SELECT corrected_by FROM attendance_correction WHERE attendance_correction.activity_id = sqlc.arg('activity_id');

-- name: AttendanceInActivities :many
SELECT * FROM attendance WHERE person_id = ? AND activity_id IN (sqlc.slice('activities'));

-- name: AttendanceOfPerson :many
SELECT * FROM attendance WHERE person_id = ? ORDER BY id;

-- name: AttendanceElsewhere :many
SELECT o.person_id, o.checked_in_at, o.checked_out_at, x.starts_at, x.ends_at
FROM attendance o JOIN activity x ON x.id = o.activity_id
WHERE o.person_id IN (sqlc.slice('people')) AND o.activity_id <> sqlc.arg('activity_id')
  AND x.starts_at < sqlc.arg('ends_at') AND x.ends_at > sqlc.arg('starts_at');

-- name: CheckOut :execrows
UPDATE attendance SET checked_out_at = ?, checked_out_by = ?, offline = ?
WHERE id = ? AND checked_out_at = 0 AND posted_at = 0;

-- name: CorrectMinutes :execrows
UPDATE attendance SET minutes_changed = TRUE, changed_minutes = ? WHERE id = ? AND posted_at = 0;

-- name: InsertCorrection :exec
INSERT INTO attendance_correction (id, activity_id, attendance_id, old_minutes, new_minutes, reason, corrected_by, corrected_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListCorrections :many
SELECT * FROM attendance_correction WHERE attendance_id IN (sqlc.slice('attendances')) ORDER BY id;

-- name: UnpostedAttendance :many
SELECT id FROM attendance WHERE activity_id = ? AND posted_at = 0 AND id > ? ORDER BY id LIMIT ?;

-- name: MarkPosted :execrows
UPDATE attendance SET posted_at = ? WHERE id = ? AND posted_at = 0;

-- name: KeepPoints :execrows
UPDATE attendance SET points = ? WHERE id = ? AND posted_at > 0;

-- name: DueTraces :many
SELECT id FROM attendance WHERE traces_until > 0 AND traces_until <= ? ORDER BY traces_until LIMIT ?;

-- name: WipeTraces :exec
UPDATE attendance SET device_digest = '', inside_fence = FALSE, distance_metres = 0, traces_until = 0
WHERE id IN (sqlc.slice('ids'));

-- name: WipeTracesOf :exec
UPDATE attendance SET device_digest = '', inside_fence = FALSE, distance_metres = 0, traces_until = 0, reason = ''
WHERE person_id = ?;

-- name: WipeReasonsGivenBy :exec
UPDATE attendance SET reason = '' WHERE entered_by = ?;

-- name: WipeCorrectionsOf :exec
UPDATE attendance_correction SET reason = ''
WHERE attendance_id IN (SELECT id FROM attendance WHERE person_id = ?);

-- name: WipeCorrectionsBy :exec
UPDATE attendance_correction SET reason = '' WHERE corrected_by = ?;

-- name: GetScans :many
SELECT * FROM activity_scan WHERE activity_id = ? AND scan_id IN (sqlc.slice('scan_ids'));

-- name: InsertScan :exec
INSERT INTO activity_scan (activity_id, scan_id, kind, person_id, outcome, code, scanned_by, scanned_at, uploaded_at, offline)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListScans :many
SELECT * FROM activity_scan WHERE activity_id = ? AND scan_id > ? ORDER BY scan_id LIMIT ?;

-- name: ScansOfPerson :many
SELECT * FROM activity_scan WHERE person_id = ? ORDER BY uploaded_at, scan_id;

-- name: PeopleByID :many
SELECT id, name, home_path FROM person WHERE id IN (sqlc.slice('ids')) AND erased_at = 0;

-- name: NextActivityOf :many
SELECT sqlc.embed(activity), activity_signup.state AS signup, region.path AS region_path
FROM activity_signup JOIN activity ON activity.id = activity_signup.activity_id JOIN region ON region.id = activity.region_id
WHERE activity_signup.person_id = ? AND activity.state = 'published' AND activity.ends_at > sqlc.arg('now')
ORDER BY activity.starts_at, activity.id LIMIT 1;

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM team_member WHERE team_member.person_id = person.id)
    OR EXISTS (SELECT 1 FROM activity_signup WHERE activity_signup.person_id = person.id)
    OR EXISTS (SELECT 1 FROM attendance WHERE attendance.person_id = person.id));

-- name: PeopleSignedUp :many
SELECT person_id FROM activity_signup WHERE activity_id = ?;

-- name: HelpersIn :many
SELECT team_member.person_id FROM team_member JOIN team ON team.id = team_member.team_id
WHERE team.region_id = sqlc.arg('members_in') AND team_member.state = 'admitted'
UNION SELECT role_grant.person_id FROM role_grant JOIN team ON team.id = role_grant.team_id
WHERE team.region_id = sqlc.arg('leaders_in') AND role_grant.role = 'leader' AND role_grant.revoked_at = 0;

-- name: SignupsToRemind :many
SELECT sqlc.embed(activity), activity_signup.person_id FROM activity
JOIN activity_signup ON activity_signup.activity_id = activity.id AND activity_signup.state = 'confirmed'
JOIN person ON person.id = activity_signup.person_id AND person.erased_at = 0
WHERE activity.state = 'published' AND activity.starts_at > sqlc.arg('after') AND activity.starts_at <= sqlc.arg('until')
    AND activity_signup.signed_up_at <= activity.starts_at - sqlc.arg('ahead')
    AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.subject_id = activity.id AND notice.kind = sqlc.arg('kind')
        AND notice.occasion = activity.starts_at AND notice.person_id = activity_signup.person_id)
LIMIT ?;
