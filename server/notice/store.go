package notice

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fivestar/server/db"
	"fivestar/server/notice/internal/noticedb"
	"fivestar/server/region"
)

type store struct {
	db *db.DB
}

func (s store) queries(ctx context.Context) *noticedb.Queries {
	return noticedb.New(s.db.Querier(ctx))
}

// askedAtOnce people are looked up in one statement.
const askedAtOnce = 1000

// reachable tells, of the people who have not left, whether each has WeChat.
func (s store) reachable(ctx context.Context, people []string) (map[string]bool, error) {
	hasWeChat := make(map[string]bool, len(people))
	for some := range slices.Chunk(people, askedAtOnce) {
		rows, err := s.queries(ctx).Reachable(ctx, some)
		if err != nil {
			return nil, fmt.Errorf("who is to be told: %w", err)
		}
		for _, row := range rows {
			hasWeChat[row.ID] = row.IdentityKind != ""
		}
	}
	return hasWeChat, nil
}

const noticeColumns = "notice (id, person_id, kind, subject_kind, subject_id, occasion, region_id, what, text, place, at, created_at, read_at)"

// insert stores notices and gives those that were not there before.
func (s store) insert(ctx context.Context, notices []Notice) ([]Notice, error) {
	err := s.insertRows(ctx, notices)
	if !db.IsUnique(err) {
		return notices, err
	}
	var stored []Notice
	for _, one := range notices { // some were told before
		err := s.insertRows(ctx, []Notice{one})
		if db.IsUnique(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		stored = append(stored, one)
	}
	return stored, nil
}

func (s store) insertRows(ctx context.Context, notices []Notice) error {
	return db.InsertRows(ctx, s.db, noticeColumns, notices, func(n Notice) []any {
		return []any{n.ID, n.personID, string(n.Kind), n.Subject.Kind, n.Subject.ID, n.Occasion, n.RegionID, n.What, n.Text, n.Place,
			db.Millis(n.At), db.Millis(n.CreatedAt), 0}
	})
}

const messageColumns = "notice_message (notice_id, person_id, region_id, state, priority, tries, due_at, expires_at, has_consent, reason, changed_at)"

// insertMessages puts the messages that tell notices into the outbox.
func (s store) insertMessages(ctx context.Context, notices []Notice) error {
	return db.InsertRows(ctx, s.db, messageColumns, notices, func(n Notice) []any {
		priority, now := 1, db.Millis(n.CreatedAt)
		if rules[n.Kind].isUrgent {
			priority = 0
		}
		return []any{n.ID, n.personID, n.RegionID, string(waiting), priority, 0, now, db.Millis(n.Until), false, "", now}
	})
}

func noticeOf(row noticedb.Notice) Notice {
	return Notice{
		ID: row.ID, Kind: Kind(row.Kind), Subject: Subject{Kind: row.SubjectKind, ID: row.SubjectID}, Occasion: row.Occasion,
		RegionID: row.RegionID, What: row.What, Text: row.Text, Place: row.Place, At: db.Time(row.At), CreatedAt: db.Time(row.CreatedAt),
		ReadAt: db.Time(row.ReadAt), personID: row.PersonID,
	}.dressed()
}

func noticesOf(rows []noticedb.Notice, err error) ([]Notice, error) {
	if err != nil {
		return nil, fmt.Errorf("list notices: %w", err)
	}
	notices := make([]Notice, len(rows))
	for i, row := range rows {
		notices[i] = noticeOf(row)
	}
	return notices, nil
}

// inbox gives a person's notices before an id, newest first.
func (s store) inbox(ctx context.Context, personID string, which Which, before string, limit int) ([]Notice, error) {
	switch which {
	case Unread:
		return noticesOf(s.queries(ctx).InboxUnread(ctx, noticedb.InboxUnreadParams{PersonID: personID, ID: before, Limit: int32(limit)}))
	case Read:
		return noticesOf(s.queries(ctx).InboxRead(ctx, noticedb.InboxReadParams{PersonID: personID, ID: before, Limit: int32(limit)}))
	}
	return noticesOf(s.queries(ctx).Inbox(ctx, noticedb.InboxParams{PersonID: personID, ID: before, Limit: int32(limit)}))
}

func (s store) countUnread(ctx context.Context, personID string, most int) (int64, error) {
	count, err := s.queries(ctx).CountUnread(ctx, noticedb.CountUnreadParams{PersonID: personID, Limit: int32(most)})
	if err != nil {
		return 0, fmt.Errorf("count unread notices: %w", err)
	}
	return count, nil
}

func (s store) notice(ctx context.Context, id string) (Notice, error) {
	row, err := s.queries(ctx).GetNotice(ctx, id)
	if err != nil {
		return Notice{}, fmt.Errorf("notice %q: %w", id, db.Found(err))
	}
	return noticeOf(row), nil
}

func (s store) markRead(ctx context.Context, id string, now time.Time) error {
	return s.queries(ctx).ReadNotice(ctx, noticedb.ReadNoticeParams{ReadAt: db.Millis(now), ID: id})
}

func (s store) markReadUpTo(ctx context.Context, personID, lastID string, now time.Time) error {
	return s.queries(ctx).ReadNoticesUpTo(ctx, noticedb.ReadNoticesUpToParams{ReadAt: db.Millis(now), PersonID: personID, LastID: lastID})
}

// consentKey names a person's consents to a template.
type consentKey struct {
	personID, templateID string
}

// consents gives how many of each are left to people.
func (s store) consents(ctx context.Context, people []string) (map[consentKey]int64, error) {
	rows, err := s.queries(ctx).ConsentsOf(ctx, people)
	if err != nil {
		return nil, fmt.Errorf("consents: %w", err)
	}
	left := make(map[consentKey]int64, len(rows))
	for _, row := range rows {
		left[consentKey{row.PersonID, row.TemplateID}] = row.Remaining
	}
	return left, nil
}

// giveConsent adds one.
func (s store) giveConsent(ctx context.Context, personID, templateID string, now time.Time) error {
	for range 2 { // between finding no row and adding it, somebody may have added it
		affected, err := s.queries(ctx).GiveConsent(ctx, noticedb.GiveConsentParams{
			Most: mostConsents, ChangedAt: db.Millis(now), PersonID: personID, TemplateID: templateID})
		if err != nil || affected == 1 {
			return err
		}
		err = s.queries(ctx).InsertConsent(ctx, noticedb.InsertConsentParams{PersonID: personID, TemplateID: templateID, ChangedAt: db.Millis(now)})
		if !db.IsUnique(err) {
			return err
		}
	}
	return db.ErrBusy
}

// takeConsent sets one aside; errRaced when there is none any more.
func (s store) takeConsent(ctx context.Context, key consentKey) error {
	affected, err := s.queries(ctx).TakeConsent(ctx, noticedb.TakeConsentParams{PersonID: key.personID, TemplateID: key.templateID})
	return db.One(affected, err, errRaced)
}

func (s store) giveBackConsent(ctx context.Context, key consentKey) error {
	return s.queries(ctx).GiveBackConsent(ctx, noticedb.GiveBackConsentParams{PersonID: key.personID, TemplateID: key.templateID})
}

// endConsent notes that none is left, as WeChat says.
func (s store) endConsent(ctx context.Context, key consentKey, now time.Time) error {
	return s.queries(ctx).EndConsent(ctx, noticedb.EndConsentParams{ChangedAt: db.Millis(now), PersonID: key.personID, TemplateID: key.templateID})
}

// due gives the next messages to be sent.
func (s store) due(ctx context.Context, now time.Time, limit int) ([]message, error) {
	rows, err := s.queries(ctx).DueMessages(ctx, noticedb.DueMessagesParams{DueAt: db.Millis(now), Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list due messages: %w", err)
	}
	messages := make([]message, len(rows))
	for i, row := range rows {
		messages[i] = message{notice: noticeOf(row.Notice), openID: row.Openid, tries: row.NoticeMessage.Tries, hasConsent: row.NoticeMessage.HasConsent}
		messages[i].notice.Until = db.Time(row.NoticeMessage.ExpiresAt)
	}
	return messages, nil
}

// beginSending makes a message the caller's until it has said what came of it; errRaced when it waits no more.
func (s store) beginSending(ctx context.Context, one message, now time.Time) error {
	affected, err := s.queries(ctx).BeginSending(ctx, noticedb.BeginSendingParams{
		Until: db.Millis(now.Add(wordWithin)), Now: db.Millis(now), NoticeID: one.notice.ID})
	return db.One(affected, err, errRaced)
}

func (s store) postpone(ctx context.Context, one message, until time.Time) error {
	affected, err := s.queries(ctx).PostponeMessage(ctx, noticedb.PostponeMessageParams{DueAt: db.Millis(until), NoticeID: one.notice.ID})
	return db.One(affected, err, errRaced)
}

func (s store) drop(ctx context.Context, one message, reason string, now time.Time) error {
	affected, err := s.queries(ctx).DropMessage(ctx, noticedb.DropMessageParams{Reason: reason, ChangedAt: db.Millis(now), NoticeID: one.notice.ID})
	return db.One(affected, err, errRaced)
}

const maxReason = 200

// endSending stores what came of a message; false when somebody has given up on it meanwhile.
func (s store) endSending(ctx context.Context, one message, end ended, now time.Time) (stored bool, err error) {
	affected, err := s.queries(ctx).EndSending(ctx, noticedb.EndSendingParams{
		State: string(end.state), DueAt: db.Millis(end.dueAt), HasConsent: end.state == waiting, Reason: cut(end.reason, maxReason),
		ChangedAt: db.Millis(now), NoticeID: one.notice.ID, Tries: one.tries,
	})
	return affected == 1, err
}

// loseSight gives how many messages nobody has said anything of in time.
func (s store) loseSight(ctx context.Context, now time.Time) (int64, error) {
	return s.queries(ctx).LoseSight(ctx, noticedb.LoseSightParams{Reason: lost, Now: db.Millis(now)})
}

func (s store) dead(ctx context.Context, top region.Region, before string, limit int) ([]DeadLetter, error) {
	from, to := region.PathRange(top.Path)
	rows, err := s.queries(ctx).DeadMessages(ctx, noticedb.DeadMessagesParams{FromPath: from, ToPath: to, BeforeID: before, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list dead letters: %w", err)
	}
	letters := make([]DeadLetter, len(rows))
	for i, row := range rows {
		letters[i] = DeadLetter{
			ID: row.NoticeID, Kind: Kind(row.Kind), Title: rules[Kind(row.Kind)].title, Subject: Subject{Kind: row.SubjectKind, ID: row.SubjectID},
			RegionID: row.RegionID, RegionName: row.RegionName, Tries: row.Tries, Reason: row.Reason,
			CreatedAt: db.Time(row.CreatedAt), DiedAt: db.Time(row.ChangedAt),
		}
	}
	return letters, nil
}

func (s store) regionOfMessage(ctx context.Context, id string) (string, error) {
	row, err := s.queries(ctx).GetMessage(ctx, id)
	if err != nil {
		return "", fmt.Errorf("message %q: %w", id, db.Found(err))
	}
	return row.RegionID, nil
}

func (s store) resend(ctx context.Context, id string, now time.Time) error {
	affected, err := s.queries(ctx).ResendMessage(ctx, noticedb.ResendMessageParams{Now: db.Millis(now), NoticeID: id})
	return db.One(affected, err, errNotDead)
}

func (s store) ofPerson(ctx context.Context, personID, after string, limit int) ([]KeptNotice, error) {
	rows, err := s.queries(ctx).NoticesOfPerson(ctx, noticedb.NoticesOfPersonParams{PersonID: personID, ID: after, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("notices of a person: %w", err)
	}
	kept := make([]KeptNotice, len(rows))
	for i, row := range rows {
		kept[i] = KeptNotice{Notice: noticeOf(row.Notice), Message: row.MessageState, MessageAt: db.Time(row.MessageChangedAt)}
	}
	return kept, nil
}

func (s store) old(ctx context.Context, before time.Time, limit int) ([]string, error) {
	ids, err := s.queries(ctx).OldNotices(ctx, noticedb.OldNoticesParams{ReadAt: db.Millis(before), Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list old notices: %w", err)
	}
	return ids, nil
}

func (s store) delete(ctx context.Context, ids []string) error {
	if err := s.queries(ctx).DeleteMessages(ctx, ids); err != nil {
		return err
	}
	return s.queries(ctx).DeleteNotices(ctx, ids)
}
