-- name: CountNumber :execrows
UPDATE ticket_number SET last = last + 1 WHERE region_id = ? AND day = ?;

-- name: StartNumbers :exec
INSERT INTO ticket_number (region_id, day, last) VALUES (?, ?, 1);

-- name: LastNumber :one
SELECT last FROM ticket_number WHERE region_id = ? AND day = ?;

-- name: InsertTicket :exec
INSERT INTO ticket (id, region_id, number, category, text, place, show_name, raiser_id, helper_id, raiser_left, raised_at, stage, content_state, votes, rework, whistled, round, organisation_id, assignee_id, dispatched_at, due_at, accepted_by, completed_by, completed_at, closed_as, score, outcome, merged_into, timeout_at, overdue_at, escalate_at, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?, ?, ?, 0, 0, FALSE, 0, '', '', 0, 0, '', '', 0, '', 0, '', '', ?, ?, ?, 1);

-- name: GetTicket :one
SELECT * FROM ticket WHERE id = ?;

-- name: LockTicket :execrows
UPDATE ticket SET version = version + 1 WHERE id = ?;

-- name: LockTicketAsSeen :execrows
UPDATE ticket SET version = version + 1 WHERE id = ? AND version = ?;

-- name: MoveTicket :execrows
UPDATE ticket SET stage = sqlc.arg('stage'), rework = sqlc.arg('rework'), whistled = sqlc.arg('whistled'), round = sqlc.arg('round'),
    organisation_id = sqlc.arg('organisation_id'), assignee_id = sqlc.arg('assignee_id'), dispatched_at = sqlc.arg('dispatched_at'), due_at = sqlc.arg('due_at'),
    accepted_by = sqlc.arg('accepted_by'), completed_by = sqlc.arg('completed_by'), completed_at = sqlc.arg('completed_at'),
    closed_as = sqlc.arg('closed_as'), score = sqlc.arg('score'), outcome = sqlc.arg('outcome'), merged_into = sqlc.arg('merged_into'),
    timeout_at = sqlc.arg('timeout_at'), overdue_at = sqlc.arg('overdue_at'), escalate_at = sqlc.arg('escalate_at')
WHERE id = sqlc.arg('id') AND stage = sqlc.arg('from_stage') AND version = sqlc.arg('version');

-- name: DecideTicketContent :execrows
UPDATE ticket SET content_state = ? WHERE id = ?;

-- name: DecideEventContent :execrows
UPDATE ticket_event SET content_state = ? WHERE id = ?;

-- name: InsertEvent :exec
INSERT INTO ticket_event (id, ticket_id, version, round, part, act, person_id, helper_id, organisation_id, text, content_state, details, at, region_id, overdue_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ListEvents :many
SELECT * FROM ticket_event WHERE ticket_id = ? ORDER BY version, id;

-- name: ListTicketsByVotes :many
SELECT * FROM ticket
WHERE region_id IN (sqlc.slice('region_ids')) AND stage IN (sqlc.slice('stages')) AND whistled >= sqlc.arg('only_whistled')
  AND (content_state IN (sqlc.slice('content_states')) OR raiser_id = sqlc.arg('viewer') OR helper_id = sqlc.arg('viewer'))
  AND (votes < sqlc.arg('after') OR (votes = sqlc.arg('after') AND id < sqlc.arg('after_id')))
ORDER BY votes DESC, id DESC LIMIT ?;

-- name: ListTicketsByAge :many
SELECT * FROM ticket
WHERE region_id IN (sqlc.slice('region_ids')) AND stage IN (sqlc.slice('stages')) AND whistled >= sqlc.arg('only_whistled')
  AND (content_state IN (sqlc.slice('content_states')) OR raiser_id = sqlc.arg('viewer') OR helper_id = sqlc.arg('viewer'))
  AND (raised_at > sqlc.arg('after') OR (raised_at = sqlc.arg('after') AND id > sqlc.arg('after_id')))
ORDER BY raised_at, id LIMIT ?;

-- name: ListNewestTickets :many
SELECT * FROM ticket
WHERE region_id IN (sqlc.slice('region_ids')) AND stage IN (sqlc.slice('stages')) AND whistled >= sqlc.arg('only_whistled')
  AND (content_state IN (sqlc.slice('content_states')) OR raiser_id = sqlc.arg('viewer') OR helper_id = sqlc.arg('viewer'))
  AND (raised_at < sqlc.arg('after') OR (raised_at = sqlc.arg('after') AND id < sqlc.arg('after_id')))
ORDER BY raised_at DESC, id DESC LIMIT ?;

-- name: ListOverdueTickets :many
SELECT * FROM ticket
WHERE region_id IN (sqlc.slice('region_ids')) AND stage IN (sqlc.slice('stages')) AND whistled >= sqlc.arg('only_whistled')
  AND (content_state IN (sqlc.slice('content_states')) OR raiser_id = sqlc.arg('viewer') OR helper_id = sqlc.arg('viewer'))
  AND overdue_at > 0 AND overdue_at <= sqlc.arg('now') AND escalate_at <= sqlc.arg('escalated_by')
  AND (overdue_at > sqlc.arg('after') OR (overdue_at = sqlc.arg('after') AND id > sqlc.arg('after_id')))
ORDER BY overdue_at, id LIMIT ?;

-- name: CommunitiesBelow :many
SELECT id FROM region WHERE kind = 'community' AND path >= sqlc.arg('from_path') AND path < sqlc.arg('to_path');

-- name: ListRaisedBy :many
SELECT * FROM ticket WHERE raiser_id = ? AND id < ? ORDER BY id DESC LIMIT ?;

-- name: ListAssigned :many
SELECT t.* FROM ticket t
WHERE t.id < sqlc.arg('before_id') AND t.stage IN (sqlc.slice('stages')) AND (
    (t.stage <> 'dispatched' AND (t.assignee_id = sqlc.arg('person_id') OR t.organisation_id IN (sqlc.slice('organisation_ids'))))
    OR (t.stage = 'dispatched' AND t.id IN (
        SELECT o.ticket_id FROM ticket_offer o WHERE o.round = t.round AND o.declined_at = 0
            AND (o.person_id = sqlc.arg('person_id') OR o.organisation_id IN (sqlc.slice('organisation_ids'))))))
ORDER BY t.id DESC LIMIT ?;

-- name: ListOpenTexts :many
SELECT * FROM ticket
WHERE region_id = sqlc.arg('region_id') AND stage IN (sqlc.slice('stages'))
  AND (content_state IN (sqlc.slice('content_states')) OR raiser_id = sqlc.arg('viewer') OR helper_id = sqlc.arg('viewer'))
ORDER BY raised_at DESC, id DESC LIMIT ?;

-- name: InsertVote :exec
INSERT INTO ticket_vote (ticket_id, person_id, helper_id, voted_at) VALUES (?, ?, ?, ?);

-- name: DeleteVote :execrows
DELETE FROM ticket_vote WHERE ticket_id = ? AND person_id = ?;

-- name: HasVote :one
SELECT COUNT(*) FROM ticket_vote WHERE ticket_id = ? AND person_id = ?;

-- name: VotesOfPeople :many
SELECT person.id, (SELECT COUNT(*) FROM ticket_vote WHERE ticket_vote.ticket_id = sqlc.arg('ticket_id') AND ticket_vote.person_id = person.id) AS votes
FROM person WHERE person.id IN (sqlc.slice('people')) AND person.erased_at = 0;

-- name: VotedAmong :many
SELECT ticket_id FROM ticket_vote WHERE person_id = ? AND ticket_id IN (sqlc.slice('ticket_ids'));

-- name: ListVotes :many
SELECT * FROM ticket_vote WHERE ticket_id = ? ORDER BY voted_at, person_id;

-- name: DeleteVotes :exec
DELETE FROM ticket_vote WHERE ticket_id = ?;

-- name: CountVotesAgain :exec
UPDATE ticket SET votes = (SELECT COUNT(*) FROM ticket_vote v WHERE v.ticket_id = ticket.id) WHERE id = ?;

-- name: GetVotes :one
SELECT votes FROM ticket WHERE id = ?;

-- name: PointMerged :exec
UPDATE ticket SET merged_into = sqlc.arg('into') WHERE merged_into = sqlc.arg('merged');

-- name: InsertOffer :exec
INSERT INTO ticket_offer (ticket_id, round, organisation_id, person_id, declined_at) VALUES (?, ?, ?, ?, 0);

-- name: ListOffers :many
SELECT * FROM ticket_offer WHERE ticket_id = ? AND round = ? ORDER BY organisation_id, person_id;

-- name: DeclineOffer :execrows
UPDATE ticket_offer SET declined_at = ? WHERE ticket_id = ? AND round = ? AND organisation_id = ? AND person_id = ? AND declined_at = 0;

-- name: InsertAcceptance :exec
INSERT INTO ticket_acceptance (ticket_id, round, organisation_id, person_id, helper_id, accepted_at) VALUES (?, ?, ?, ?, ?, ?);

-- name: InsertReview :exec
INSERT INTO ticket_review (ticket_id, round, person_id, helper_id, score, outcome, decides, reviewed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?);

-- name: GetReview :one
SELECT * FROM ticket_review WHERE ticket_id = ? AND round = ? AND person_id = ?;

-- name: OrganisationNames :many
SELECT id, name FROM organisation WHERE id IN (sqlc.slice('ids'));

-- name: DueTickets :many
SELECT id FROM ticket WHERE stage = ? AND timeout_at > 0 AND timeout_at <= ? ORDER BY timeout_at, id LIMIT ?;

-- name: CountStages :many
SELECT stage, COUNT(*) AS tickets, CAST(SUM(CASE WHEN overdue_at > 0 AND overdue_at <= sqlc.arg('now') AND escalate_at <= sqlc.arg('escalated_by') THEN 1 ELSE 0 END) AS SIGNED) AS overdue
FROM ticket WHERE region_id IN (sqlc.slice('region_ids')) GROUP BY stage;

-- name: CountClosings :many
SELECT closed_as, COUNT(*) AS tickets, CAST(SUM(CASE WHEN score >= 4 THEN 1 ELSE 0 END) AS SIGNED) AS satisfied
FROM ticket WHERE region_id IN (sqlc.slice('region_ids')) AND stage = 'closed' GROUP BY closed_as;

-- name: TicketsOfPerson :many
SELECT * FROM ticket WHERE raiser_id = sqlc.arg('person_id') OR helper_id = sqlc.arg('person_id') ORDER BY id;

-- name: EventsOfPerson :many
SELECT * FROM ticket_event WHERE person_id = sqlc.arg('person_id') OR helper_id = sqlc.arg('person_id') ORDER BY id;

-- name: VotesOfPerson :many
SELECT * FROM ticket_vote WHERE person_id = sqlc.arg('person_id') OR helper_id = sqlc.arg('person_id') ORDER BY voted_at, ticket_id;

-- name: ReviewsOfPerson :many
SELECT * FROM ticket_review WHERE person_id = ? ORDER BY reviewed_at, ticket_id;

-- name: MarkRaiserLeft :exec
UPDATE ticket SET raiser_left = TRUE, show_name = FALSE WHERE raiser_id = ?;

-- name: BlankTicket :exec
UPDATE ticket SET text = '', place = '' WHERE id = ?;

-- name: BlankWords :exec
UPDATE ticket_event SET text = '' WHERE person_id = ? AND part IN (1, 4);

-- name: UncheckedWords :many
SELECT id FROM ticket_event WHERE person_id = ? AND part IN (1, 4) AND content_state = 'pending';

-- name: LivingTicketsBackedBy :many
SELECT ticket.id FROM ticket_vote JOIN ticket ON ticket.id = ticket_vote.ticket_id
WHERE ticket_vote.person_id = ? AND ticket.stage IN ('raised', 'dispatched', 'accepted', 'completed') ORDER BY ticket.id;

-- name: IDsRaisedBy :many
SELECT id FROM ticket WHERE raiser_id = ? ORDER BY id;

-- name: TicketsToBack :many
SELECT id, text, votes FROM ticket
WHERE ticket.region_id = ? AND ticket.stage = 'raised' AND ticket.content_state = 'passed' AND ticket.raiser_id <> sqlc.arg('person_id')
    AND NOT EXISTS (SELECT 1 FROM ticket_vote WHERE ticket_vote.ticket_id = ticket.id AND ticket_vote.person_id = sqlc.arg('person_id'))
ORDER BY votes DESC, id DESC LIMIT ?;

-- name: PeopleWithHistory :many
SELECT person.id FROM person WHERE person.id IN (sqlc.slice('ids')) AND (EXISTS (SELECT 1 FROM ticket WHERE ticket.raiser_id = person.id)
    OR EXISTS (SELECT 1 FROM ticket WHERE ticket.helper_id = person.id)
    OR EXISTS (SELECT 1 FROM ticket_event WHERE ticket_event.person_id = person.id)
    OR EXISTS (SELECT 1 FROM ticket_event WHERE ticket_event.helper_id = person.id)
    OR EXISTS (SELECT 1 FROM ticket_vote WHERE ticket_vote.person_id = person.id)
    OR EXISTS (SELECT 1 FROM ticket_vote WHERE ticket_vote.helper_id = person.id)
    OR EXISTS (SELECT 1 FROM ticket_offer WHERE ticket_offer.person_id = person.id));

-- name: VotersOf :many
SELECT person_id FROM ticket_vote WHERE ticket_id = ?;

-- name: OverdueForSecretaries :many
SELECT ticket.id, ticket.region_id, ticket.number, ticket.category, ticket.overdue_at AS since, role_grant.person_id FROM ticket
JOIN role_grant ON role_grant.region_id = ticket.region_id AND role_grant.role = 'secretary' AND role_grant.revoked_at = 0
WHERE ticket.stage IN ('raised', 'dispatched', 'accepted') AND ticket.overdue_at > sqlc.arg('since') AND ticket.overdue_at <= sqlc.arg('now')
    AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.subject_id = ticket.id AND notice.kind = 'ticket_overdue'
        AND notice.occasion = ticket.overdue_at AND notice.person_id = role_grant.person_id)
LIMIT ?;

-- name: OverdueForStreets :many
SELECT ticket.id, ticket.region_id, ticket.number, ticket.category, ticket.escalate_at AS since, role_grant.person_id FROM ticket
JOIN region ON region.id = ticket.region_id
JOIN role_grant ON role_grant.region_id = region.parent_id AND role_grant.role = 'street_officer' AND role_grant.revoked_at = 0
WHERE ticket.stage IN ('raised', 'dispatched', 'accepted') AND ticket.escalate_at > sqlc.arg('since') AND ticket.escalate_at <= sqlc.arg('now')
    AND NOT EXISTS (SELECT 1 FROM notice WHERE notice.subject_id = ticket.id AND notice.kind = 'ticket_overdue_long'
        AND notice.occasion = ticket.escalate_at AND notice.person_id = role_grant.person_id)
LIMIT ?;
