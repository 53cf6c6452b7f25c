-- name: CommunitiesIn :many
SELECT id, name FROM region WHERE kind = 'community' AND path >= sqlc.arg('from_path') AND path < sqlc.arg('to_path') ORDER BY id;

-- name: CountTasks :many
SELECT region_id, star, COUNT(*) AS tasks FROM task
WHERE region_id IN (sqlc.slice('communities')) AND published_at >= sqlc.arg('from_at') AND published_at < sqlc.arg('to_at')
GROUP BY region_id, star;

-- name: CountClaims :many
SELECT region_id, COUNT(*) AS claims FROM claim
WHERE region_id IN (sqlc.slice('communities')) AND claimed_at >= sqlc.arg('from_at') AND claimed_at < sqlc.arg('to_at')
GROUP BY region_id;

-- name: CountApproved :many
SELECT claim.region_id, task.star, COUNT(*) AS claims FROM claim JOIN task ON task.id = claim.task_id
WHERE claim.region_id IN (sqlc.slice('communities')) AND claim.state = 'approved'
    AND claim.decided_at >= sqlc.arg('from_at') AND claim.decided_at < sqlc.arg('to_at')
GROUP BY claim.region_id, task.star;

-- name: CountActivities :many
SELECT region_id, team_id, state, COUNT(*) AS activities, CAST(SUM(attended) AS SIGNED) AS attended FROM activity
WHERE region_id IN (sqlc.slice('communities')) AND starts_at >= sqlc.arg('from_at') AND starts_at < sqlc.arg('to_at')
    AND state IN ('published', 'closed', 'confirmed', 'cancelled')
GROUP BY region_id, team_id, state;

-- name: CountRaised :many
SELECT ticket.region_id, ticket.category, COUNT(*) AS tickets, COUNT(withdrawal.id) AS withdrawn
FROM ticket LEFT JOIN ticket_event withdrawal ON withdrawal.ticket_id = ticket.id AND withdrawal.act = 'withdraw' AND withdrawal.at < sqlc.arg('to_at')
WHERE ticket.region_id IN (sqlc.slice('communities')) AND ticket.raised_at >= sqlc.arg('from_at') AND ticket.raised_at < sqlc.arg('to_at')
GROUP BY ticket.region_id, ticket.category;

-- name: CountTicketActs :many
SELECT region_id, act, COUNT(*) AS events, CAST(SUM(CASE WHEN overdue_at > 0 AND at >= overdue_at THEN 1 ELSE 0 END) AS SIGNED) AS late
FROM ticket_event
WHERE region_id IN (sqlc.slice('communities')) AND act IN ('dispatch', 'accept', 'complete', 'unrated', 'backer_review', 'reject')
    AND at >= sqlc.arg('from_at') AND at < sqlc.arg('to_at')
GROUP BY region_id, act;

-- name: CountReviews :many
SELECT event.region_id, COUNT(*) AS reviews, CAST(SUM(CASE WHEN review.score >= 4 THEN 1 ELSE 0 END) AS SIGNED) AS satisfied,
    CAST(SUM(CASE WHEN review.score <= 2 THEN 1 ELSE 0 END) AS SIGNED) AS dissatisfied
FROM ticket_event event
JOIN ticket_review review ON review.ticket_id = event.ticket_id AND review.round = event.round AND review.person_id = event.person_id AND review.decides = TRUE
WHERE event.region_id IN (sqlc.slice('communities')) AND event.act = 'review' AND event.at >= sqlc.arg('from_at') AND event.at < sqlc.arg('to_at')
GROUP BY event.region_id;

-- name: CountOverdue :many
SELECT run.region_id, COUNT(*) AS runs FROM (
    SELECT ticket.region_id AS region_id, ticket.id AS ticket_id, ticket.overdue_at AS since FROM ticket
    WHERE ticket.region_id IN (sqlc.slice('communities')) AND ticket.overdue_at >= sqlc.arg('from_at') AND ticket.overdue_at < sqlc.arg('to_at')
    UNION
    SELECT event.region_id AS region_id, event.ticket_id AS ticket_id, event.overdue_at AS since FROM ticket_event event
    WHERE event.region_id IN (sqlc.slice('same_communities')) AND event.overdue_at >= sqlc.arg('from_at') AND event.overdue_at < sqlc.arg('to_at')
        AND event.at >= event.overdue_at
) run GROUP BY run.region_id;

-- name: PointsOfPeriods :many
SELECT community_id, star, CAST(SUM(earned) AS SIGNED) AS earned, CAST(SUM(minutes) AS SIGNED) AS minutes, CAST(SUM(people) AS SIGNED) AS people
FROM points_community_total WHERE community_id IN (sqlc.slice('communities')) AND period IN (sqlc.slice('periods'))
GROUP BY community_id, star;

-- name: CountEarners :many
SELECT earner.community_id, COUNT(*) AS people FROM (
    SELECT total.community_id AS community_id, total.person_id AS person_id FROM points_total total
    WHERE total.community_id IN (sqlc.slice('communities')) AND total.period IN (sqlc.slice('periods')) AND total.star = ''
    GROUP BY total.community_id, total.person_id HAVING SUM(total.earned) > 0
) earner GROUP BY earner.community_id;

-- name: SumSpent :many
SELECT community_id, kind, CAST(SUM(amount) AS SIGNED) AS points FROM points_entry
WHERE community_id IN (sqlc.slice('communities')) AND kind IN ('redemption', 'reversal') AND counted_at = 0
    AND at >= sqlc.arg('from_at') AND at < sqlc.arg('to_at')
GROUP BY community_id, kind;

-- name: CountCorrected :many
SELECT community_id, COUNT(*) AS entries FROM points_entry
WHERE community_id IN (sqlc.slice('communities')) AND counted_at >= sqlc.arg('from_at') AND counted_at < sqlc.arg('to_at')
    AND kind = 'reversal' AND at >= sqlc.arg('to_at')
GROUP BY community_id;

-- name: SumTeamMinutes :many
SELECT service.community_id, activity.team_id, CAST(SUM(service.minutes) AS SIGNED) AS minutes
FROM points_service service
LEFT JOIN points_service taken ON service.source_id LIKE 'reversal:%' AND taken.id = SUBSTR(service.source_id, 10)
JOIN attendance ON attendance.id = COALESCE(taken.source_id, service.source_id)
JOIN activity ON activity.id = attendance.activity_id
WHERE service.community_id IN (sqlc.slice('communities')) AND service.at >= sqlc.arg('from_at') AND service.at < sqlc.arg('to_at')
    AND activity.team_id <> ''
GROUP BY service.community_id, activity.team_id;

-- name: TeamNames :many
SELECT id, name FROM team WHERE id IN (sqlc.slice('ids'));

-- name: ListTasks :many
SELECT id, region_id, title, published_at AS at FROM task
WHERE region_id IN (sqlc.slice('communities')) AND published_at >= sqlc.arg('from_at') AND published_at < sqlc.arg('to_at')
    AND (star = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (published_at > sqlc.arg('after_at') OR (published_at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY published_at, id LIMIT ?;

-- name: ListClaims :many
SELECT claim.id, claim.region_id, task.title, claim.claimed_at AS at, claim.person_id FROM claim JOIN task ON task.id = claim.task_id
WHERE claim.region_id IN (sqlc.slice('communities')) AND claim.claimed_at >= sqlc.arg('from_at') AND claim.claimed_at < sqlc.arg('to_at')
    AND (claim.claimed_at > sqlc.arg('after_at') OR (claim.claimed_at = sqlc.arg('after_at') AND claim.id > sqlc.arg('after_id')))
ORDER BY claim.claimed_at, claim.id LIMIT ?;

-- name: ListApproved :many
SELECT claim.id, claim.region_id, task.title, claim.decided_at AS at, claim.person_id FROM claim JOIN task ON task.id = claim.task_id
WHERE claim.region_id IN (sqlc.slice('communities')) AND claim.state = 'approved'
    AND claim.decided_at >= sqlc.arg('from_at') AND claim.decided_at < sqlc.arg('to_at')
    AND (task.star = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (claim.decided_at > sqlc.arg('after_at') OR (claim.decided_at = sqlc.arg('after_at') AND claim.id > sqlc.arg('after_id')))
ORDER BY claim.decided_at, claim.id LIMIT ?;

-- name: ListActivities :many
SELECT id, region_id, title, starts_at AS at, attended FROM activity
WHERE region_id IN (sqlc.slice('communities')) AND starts_at >= sqlc.arg('from_at') AND starts_at < sqlc.arg('to_at')
    AND state IN (sqlc.slice('states')) AND (team_id = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (starts_at > sqlc.arg('after_at') OR (starts_at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY starts_at, id LIMIT ?;

-- name: ListRaised :many
SELECT ticket.id, ticket.region_id, ticket.number, ticket.category, ticket.raised_at AS at
FROM ticket LEFT JOIN ticket_event withdrawal ON withdrawal.ticket_id = ticket.id AND withdrawal.act = 'withdraw' AND withdrawal.at < sqlc.arg('to_at')
WHERE ticket.region_id IN (sqlc.slice('communities')) AND ticket.raised_at >= sqlc.arg('from_at') AND ticket.raised_at < sqlc.arg('to_at')
    AND COALESCE(withdrawal.act, '') = sqlc.arg('withdrawal')
    AND (ticket.category = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (ticket.raised_at > sqlc.arg('after_at') OR (ticket.raised_at = sqlc.arg('after_at') AND ticket.id > sqlc.arg('after_id')))
ORDER BY ticket.raised_at, ticket.id LIMIT ?;

-- name: ListTicketActs :many
SELECT event.id, event.ticket_id, event.region_id, event.at, event.person_id, ticket.number, ticket.category FROM ticket_event event JOIN ticket ON ticket.id = event.ticket_id
WHERE event.region_id IN (sqlc.slice('communities')) AND event.act = sqlc.arg('act')
    AND event.at >= sqlc.arg('from_at') AND event.at < sqlc.arg('to_at')
    AND (CASE WHEN event.overdue_at > 0 AND event.at >= event.overdue_at THEN 1 ELSE 0 END = sqlc.arg('timing') OR sqlc.arg('timing') = 2)
    AND (event.at > sqlc.arg('after_at') OR (event.at = sqlc.arg('after_at') AND event.id > sqlc.arg('after_id')))
ORDER BY event.at, event.id LIMIT ?;

-- name: ListReviews :many
SELECT event.id, event.ticket_id, event.region_id, event.at, ticket.number, ticket.category, review.score
FROM ticket_event event JOIN ticket ON ticket.id = event.ticket_id
JOIN ticket_review review ON review.ticket_id = event.ticket_id AND review.round = event.round AND review.person_id = event.person_id AND review.decides = TRUE
WHERE event.region_id IN (sqlc.slice('communities')) AND event.act = 'review' AND event.at >= sqlc.arg('from_at') AND event.at < sqlc.arg('to_at')
    AND review.score >= sqlc.arg('least') AND review.score <= sqlc.arg('most')
    AND (event.at > sqlc.arg('after_at') OR (event.at = sqlc.arg('after_at') AND event.id > sqlc.arg('after_id')))
ORDER BY event.at, event.id LIMIT ?;

-- name: ListOverdue :many
SELECT late.region_id AS region_id, late.id AS ticket_id, late.overdue_at AS since, late.number AS number, late.category AS category FROM ticket late
WHERE late.region_id IN (sqlc.slice('communities')) AND late.overdue_at >= sqlc.arg('from_at') AND late.overdue_at < sqlc.arg('to_at')
    AND (late.overdue_at > sqlc.arg('after_at') OR (late.overdue_at = sqlc.arg('after_at') AND late.id > sqlc.arg('after_id')))
UNION
SELECT event.region_id AS region_id, event.ticket_id AS ticket_id, event.overdue_at AS since, ticket.number AS number, ticket.category AS category
FROM ticket_event event JOIN ticket ON ticket.id = event.ticket_id
WHERE event.region_id IN (sqlc.slice('same_communities')) AND event.overdue_at >= sqlc.arg('from_at') AND event.overdue_at < sqlc.arg('to_at')
    AND event.at >= event.overdue_at
    AND (event.overdue_at > sqlc.arg('after_at') OR (event.overdue_at = sqlc.arg('after_at') AND event.ticket_id > sqlc.arg('after_id')))
ORDER BY since, ticket_id LIMIT ?;

-- name: ListCounted :many
SELECT id, community_id, person_id, memo, counted_at AS at, CAST(CASE WHEN from_account LIKE '%#%' THEN amount ELSE -amount END AS SIGNED) AS points FROM points_entry
WHERE community_id IN (sqlc.slice('communities')) AND counted_at >= sqlc.arg('from_at') AND counted_at < sqlc.arg('to_at')
    AND (star = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (counted_at > sqlc.arg('after_at') OR (counted_at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY counted_at, id LIMIT ?;

-- name: ListSpent :many
SELECT id, community_id, person_id, memo, at, amount FROM points_entry
WHERE community_id IN (sqlc.slice('communities')) AND kind = sqlc.arg('kind') AND counted_at = 0
    AND at >= sqlc.arg('from_at') AND at < sqlc.arg('to_at')
    AND (at > sqlc.arg('after_at') OR (at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY at, id LIMIT ?;

-- name: ListCorrected :many
SELECT id, community_id, person_id, memo, at, amount FROM points_entry
WHERE community_id IN (sqlc.slice('communities')) AND counted_at >= sqlc.arg('from_at') AND counted_at < sqlc.arg('to_at')
    AND kind = 'reversal' AND at >= sqlc.arg('to_at')
    AND (at > sqlc.arg('after_at') OR (at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY at, id LIMIT ?;

-- name: ListServices :many
SELECT id, community_id, person_id, at, minutes FROM points_service
WHERE community_id IN (sqlc.slice('communities')) AND at >= sqlc.arg('from_at') AND at < sqlc.arg('to_at')
    AND (star = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (at > sqlc.arg('after_at') OR (at = sqlc.arg('after_at') AND id > sqlc.arg('after_id')))
ORDER BY at, id LIMIT ?;

-- name: ListTeamServices :many
SELECT service.id, service.community_id, service.person_id, service.at, service.minutes, activity.title
FROM points_service service
LEFT JOIN points_service taken ON service.source_id LIKE 'reversal:%' AND taken.id = SUBSTR(service.source_id, 10)
JOIN attendance ON attendance.id = COALESCE(taken.source_id, service.source_id)
JOIN activity ON activity.id = attendance.activity_id
WHERE service.community_id IN (sqlc.slice('communities')) AND service.at >= sqlc.arg('from_at') AND service.at < sqlc.arg('to_at')
    AND activity.team_id <> '' AND (activity.team_id = sqlc.arg('part') OR sqlc.arg('part') = '*')
    AND (service.at > sqlc.arg('after_at') OR (service.at = sqlc.arg('after_at') AND service.id > sqlc.arg('after_id')))
ORDER BY service.at, service.id LIMIT ?;

-- name: ListEarners :many
SELECT total.community_id, total.person_id, CAST(SUM(total.earned) AS SIGNED) AS points FROM points_total total
WHERE total.community_id IN (sqlc.slice('communities')) AND total.period IN (sqlc.slice('periods')) AND total.star = ''
    AND (total.community_id > sqlc.arg('after_community') OR (total.community_id = sqlc.arg('after_community') AND total.person_id > sqlc.arg('after_id')))
GROUP BY total.community_id, total.person_id HAVING SUM(total.earned) > 0
ORDER BY total.community_id, total.person_id LIMIT ?;

-- name: CalendarServices :many
SELECT service_item.id, service_item.title, service_item.rhythm, service_item.star, organisation.name FROM service_item JOIN organisation ON organisation.id = service_item.organisation_id
WHERE service_item.region_id = ? ORDER BY service_item.id LIMIT ?;

-- name: CalendarActivities :many
SELECT activity.id, activity.title, activity.starts_at, activity.place_name, activity.content_state, activity.desk_published,
    CAST(COALESCE(team.name, '') AS CHAR) AS team_name, CAST(COALESCE(team.kind, '') AS CHAR) AS team_kind
FROM activity LEFT JOIN team ON team.id = activity.team_id
WHERE activity.region_id = ? AND activity.starts_at >= sqlc.arg('from_at') AND activity.starts_at < sqlc.arg('to_at')
    AND activity.state IN ('published', 'closed', 'confirmed')
ORDER BY activity.starts_at, activity.id LIMIT ?;

-- name: CalendarTasks :many
SELECT id, title, claim_until, star FROM task
WHERE region_id = ? AND claim_until >= sqlc.arg('from_at') AND claim_until < sqlc.arg('to_at') AND state IN ('published', 'closed')
ORDER BY claim_until, id LIMIT ?;

-- name: CountPartnerWork :one
SELECT COUNT(*) FROM ticket_event event JOIN organisation ON organisation.id = event.organisation_id
WHERE event.region_id = ? AND event.act = 'complete' AND event.at >= sqlc.arg('from_at') AND event.at < sqlc.arg('to_at') AND organisation.kind = 'partner';

-- name: HoursOfTheYear :many
SELECT total.person_id, CAST(SUM(total.minutes) AS SIGNED) AS minutes,
    CAST(SUM(CASE WHEN total.period = sqlc.arg('year') THEN total.minutes ELSE 0 END) AS SIGNED) AS minutes_of_year
FROM points_total here
JOIN points_total total ON total.person_id = here.person_id AND total.community_id = here.community_id AND total.star = '' AND total.period IN (sqlc.slice('years'))
WHERE here.community_id = sqlc.arg('community_id') AND here.period = sqlc.arg('year') AND here.star = '' AND here.minutes > 0
GROUP BY total.person_id HAVING SUM(total.minutes) >= sqlc.arg('least');

-- name: CountCertificates :one
SELECT COUNT(*) FROM certificate WHERE community_id = ? AND issued_at >= sqlc.arg('from_at') AND issued_at < sqlc.arg('to_at') AND state = 'valid';

-- name: InsertCertificate :exec
INSERT INTO certificate (id, number, person_id, helper_id, community_id, name, period, minutes, grade, state, issued_at, revoked_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'valid', ?, 0);

-- name: GetCertificate :one
SELECT * FROM certificate WHERE id = ?;

-- name: GetCertificateByNumber :one
SELECT * FROM certificate WHERE number = ?;

-- name: ListCertificatesOf :many
SELECT * FROM certificate WHERE person_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: CertificatesThroughHands :many
SELECT * FROM certificate WHERE helper_id = ? ORDER BY id;

-- name: RevokeCertificate :execrows
UPDATE certificate SET state = 'revoked', revoked_at = ? WHERE id = ? AND state = 'valid';

-- name: EraseCertificates :exec
UPDATE certificate SET state = 'erased', name = '', minutes = 0, grade = 0 WHERE person_id = ?;

-- name: MinutesIn :one
SELECT CAST(COALESCE(SUM(minutes), 0) AS SIGNED) FROM points_total WHERE person_id = ? AND period = ? AND star = '';

-- name: MinutesTakenBack :one
SELECT CAST(COALESCE(SUM(-back.minutes), 0) AS SIGNED) FROM points_service back JOIN points_service original ON original.id = SUBSTR(back.source_id, 10)
WHERE back.person_id = ? AND back.source_id LIKE 'reversal:%' AND back.recorded_at > sqlc.arg('issued_at') AND original.recorded_at <= sqlc.arg('issued_at')
    AND original.at >= sqlc.arg('from_at') AND original.at < sqlc.arg('to_at');

-- name: OpenCommunities :many
SELECT community.id, community.name, community.community_kind, street.name AS street FROM region community JOIN region street ON street.id = community.parent_id
WHERE community.kind = 'community' AND community.id > ? ORDER BY community.id LIMIT ?;

-- name: OpenTicketsByCategory :many
SELECT region_id, category AS part, COUNT(*) AS counted FROM ticket
WHERE region_id IN (sqlc.slice('communities')) AND raised_at >= sqlc.arg('from_at') AND raised_at < sqlc.arg('to_at') AND stage <> 'withdrawn'
GROUP BY region_id, category;

-- name: OpenTicketsByStage :many
SELECT region_id, stage AS part, COUNT(*) AS counted FROM ticket
WHERE region_id IN (sqlc.slice('communities')) AND raised_at >= sqlc.arg('from_at') AND raised_at < sqlc.arg('to_at') AND stage <> 'withdrawn'
GROUP BY region_id, stage;

-- name: OpenEarned :many
SELECT total.community_id, total.star, COUNT(*) AS people, CAST(SUM(total.earned) AS SIGNED) AS earned FROM points_total total
WHERE total.community_id IN (sqlc.slice('communities')) AND total.period = sqlc.arg('period') AND total.earned > 0
GROUP BY total.community_id, total.star;

-- name: OpenHours :many
SELECT total.community_id, COUNT(*) AS people, CAST(SUM(total.minutes) AS SIGNED) AS minutes FROM points_total total
WHERE total.community_id IN (sqlc.slice('communities')) AND total.period = sqlc.arg('period') AND total.star = '' AND total.minutes > 0
GROUP BY total.community_id;

-- name: ReportTickets :many
SELECT ticket.id, ticket.region_id, ticket.category, ticket.stage, ticket.raised_at, ticket.due_at, ticket.completed_at, region.name FROM ticket JOIN region ON region.id = ticket.region_id
WHERE ticket.region_id = sqlc.arg('region_id') AND ticket.raised_at >= sqlc.arg('from_at') AND ticket.raised_at < sqlc.arg('to_at')
    AND ticket.content_state = 'passed' AND ticket.stage IN (sqlc.slice('stages')) AND ticket.category IN (sqlc.slice('categories'))
ORDER BY ticket.raised_at DESC, ticket.id DESC LIMIT ?;

-- name: ReportTicketsByID :many
SELECT ticket.id, ticket.region_id, ticket.category, ticket.stage, ticket.raised_at, ticket.due_at, ticket.completed_at, region.name FROM ticket JOIN region ON region.id = ticket.region_id
WHERE ticket.id IN (sqlc.slice('ids')) AND ticket.content_state = 'passed' AND ticket.stage <> 'withdrawn' ORDER BY ticket.raised_at DESC, ticket.id DESC;

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM certificate WHERE certificate.person_id = person.id)
    OR EXISTS (SELECT 1 FROM certificate WHERE certificate.helper_id = person.id));
