package figures

import (
	"context"
	"strconv"
	"time"

	"fivestar/server/db"
	"fivestar/server/figures/internal/figuresdb"
)

// Row is one of the things that a figure was counted from.
type Row struct {
	Kind       string    `json:"kind" enum:"task,claim,activity,ticket,entry,service,person"`
	ID         string    `json:"id" doc:"Of the thing: the ticket's, not that of the act on it"`
	RegionID   string    `json:"region_id"`
	RegionName string    `json:"region_name"`
	Title      string    `json:"title"`
	At         time.Time `json:"at,omitzero"`
	PersonID   string    `json:"person_id,omitempty"`
	PersonName string    `json:"person_name,omitempty"`
	Amount     int64     `json:"amount" doc:"What the row adds to the figure"`

	key string // what the list goes on after, together with the time or the community
}

// rowsQuery asks for rows in the order of their times.
type rowsQuery struct {
	communities []string
	in          span
	part        string // noPart for all
	after       position
	limit       int32
}

// position is where a list goes on: after a time, or for people, who have none, after a community; and after an id.
type position struct {
	at        int64
	community string
	id        string
}

// lister reads the rows of a figure.
type lister func(s store, ctx context.Context, asked rowsQuery) ([]Row, error)

func rowsOf[DB any](rows []DB, err error, shape func(DB) Row) ([]Row, error) {
	shaped := make([]Row, len(rows))
	for i, row := range rows {
		shaped[i] = shape(row)
	}
	return shaped, err
}

func (s store) tasks(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListTasks(ctx, figuresdb.ListTasksParams{Communities: q.communities, FromAt: from, ToAt: to, Part: q.part,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListTasksRow) Row {
		return Row{Kind: "task", ID: row.ID, RegionID: row.RegionID, Title: row.Title, At: db.Time(row.At), Amount: 1, key: row.ID}
	})
}

func (s store) claims(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListClaims(ctx, figuresdb.ListClaimsParams{Communities: q.communities, FromAt: from, ToAt: to,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListClaimsRow) Row {
		return Row{Kind: "claim", ID: row.ID, RegionID: row.RegionID, Title: row.Title, At: db.Time(row.At), PersonID: row.PersonID, Amount: 1, key: row.ID}
	})
}

func (s store) approved(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListApproved(ctx, figuresdb.ListApprovedParams{Communities: q.communities, FromAt: from, ToAt: to, Part: q.part,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListApprovedRow) Row {
		return Row{Kind: "claim", ID: row.ID, RegionID: row.RegionID, Title: row.Title, At: db.Time(row.At), PersonID: row.PersonID, Amount: 1, key: row.ID}
	})
}

// activities lists those in some states, each counting once.
func activities(states ...string) lister {
	return func(s store, ctx context.Context, q rowsQuery) ([]Row, error) {
		return s.activities(ctx, q, states, func(int64) int64 { return 1 })
	}
}

// attendances lists the activities that were held, each counting as many as came.
func attendances(s store, ctx context.Context, q rowsQuery) ([]Row, error) {
	return s.activities(ctx, q, []string{"closed", "confirmed"}, func(attended int64) int64 { return attended })
}

func (s store) activities(ctx context.Context, q rowsQuery, states []string, amount func(attended int64) int64) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListActivities(ctx, figuresdb.ListActivitiesParams{Communities: q.communities, FromAt: from, ToAt: to,
		States: states, Part: q.part, AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListActivitiesRow) Row {
		return Row{Kind: "activity", ID: row.ID, RegionID: row.RegionID, Title: row.Title, At: db.Time(row.At), Amount: amount(row.Attended), key: row.ID}
	})
}

// raised lists tickets that were withdrawn within the span ("withdraw"), or were not ("").
func raised(withdrawal string) lister {
	return func(s store, ctx context.Context, q rowsQuery) ([]Row, error) {
		from, to := q.in.millis()
		rows, err := s.queries(ctx).ListRaised(ctx, figuresdb.ListRaisedParams{Communities: q.communities, FromAt: from, ToAt: to,
			Withdrawal: withdrawal, Part: q.part, AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
		return rowsOf(rows, err, func(row figuresdb.ListRaisedRow) Row {
			return ticketRow(row.ID, row.RegionID, row.Number, row.Category, row.At, row.ID)
		})
	}
}

func ticketRow(id, regionID, number, category string, at int64, key string) Row {
	return Row{Kind: "ticket", ID: id, RegionID: regionID, Title: number + " " + categoryName(category), At: db.Time(at), Amount: 1, key: key}
}

// How an act stands to the clock that ran when it was done.
const (
	inTime  int64 = 0
	anyTime int64 = 2
)

// ticketActs lists the tickets that something was done to.
func ticketActs(act string, timing int64) lister {
	return func(s store, ctx context.Context, q rowsQuery) ([]Row, error) {
		from, to := q.in.millis()
		rows, err := s.queries(ctx).ListTicketActs(ctx, figuresdb.ListTicketActsParams{Communities: q.communities, Act: act, FromAt: from, ToAt: to,
			Timing: timing, AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
		return rowsOf(rows, err, func(row figuresdb.ListTicketActsRow) Row {
			return ticketRow(row.TicketID, row.RegionID, row.Number, row.Category, row.At, row.ID)
		})
	}
}

// reviews lists the tickets whose deciding review gave a score from least to most.
func reviews(least, most int64) lister {
	return func(s store, ctx context.Context, q rowsQuery) ([]Row, error) {
		from, to := q.in.millis()
		rows, err := s.queries(ctx).ListReviews(ctx, figuresdb.ListReviewsParams{Communities: q.communities, FromAt: from, ToAt: to,
			Least: least, Most: most, AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
		return rowsOf(rows, err, func(row figuresdb.ListReviewsRow) Row {
			made := ticketRow(row.TicketID, row.RegionID, row.Number, row.Category, row.At, row.ID)
			made.Title += " " + strconv.FormatInt(row.Score, 10) + "分"
			return made
		})
	}
}

func (s store) overdue(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.before(s.db.Now()).millis()
	rows, err := s.queries(ctx).ListOverdue(ctx, figuresdb.ListOverdueParams{Communities: q.communities, SameCommunities: q.communities,
		FromAt: from, ToAt: to, AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListOverdueRow) Row {
		return ticketRow(row.TicketID, row.RegionID, row.Number, row.Category, row.Since, row.TicketID)
	})
}

func (s store) counted(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListCounted(ctx, figuresdb.ListCountedParams{Communities: q.communities, FromAt: from, ToAt: to, Part: q.part,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListCountedRow) Row {
		return Row{Kind: "entry", ID: row.ID, RegionID: row.CommunityID, Title: row.Memo, At: db.Time(row.At), PersonID: row.PersonID, Amount: row.Points, key: row.ID}
	})
}

// spent lists what redemptions took ("redemption") or got back ("reversal").
func spent(kind string) lister {
	return func(s store, ctx context.Context, q rowsQuery) ([]Row, error) {
		from, to := q.in.millis()
		rows, err := s.queries(ctx).ListSpent(ctx, figuresdb.ListSpentParams{Communities: q.communities, Kind: kind, FromAt: from, ToAt: to,
			AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
		return rowsOf(rows, err, func(row figuresdb.ListSpentRow) Row {
			return Row{Kind: "entry", ID: row.ID, RegionID: row.CommunityID, Title: row.Memo, At: db.Time(row.At), PersonID: row.PersonID, Amount: row.Amount, key: row.ID}
		})
	}
}

func (s store) corrected(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListCorrected(ctx, figuresdb.ListCorrectedParams{Communities: q.communities, FromAt: from, ToAt: to,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListCorrectedRow) Row {
		return Row{Kind: "entry", ID: row.ID, RegionID: row.CommunityID, Title: row.Memo, At: db.Time(row.At), PersonID: row.PersonID, Amount: 1, key: row.ID}
	})
}

func (s store) services(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListServices(ctx, figuresdb.ListServicesParams{Communities: q.communities, FromAt: from, ToAt: to, Part: q.part,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListServicesRow) Row {
		return Row{Kind: "service", ID: row.ID, RegionID: row.CommunityID, Title: "服务时长", At: db.Time(row.At), PersonID: row.PersonID, Amount: row.Minutes, key: row.ID}
	})
}

func (s store) teamServices(ctx context.Context, q rowsQuery) ([]Row, error) {
	from, to := q.in.millis()
	rows, err := s.queries(ctx).ListTeamServices(ctx, figuresdb.ListTeamServicesParams{Communities: q.communities, FromAt: from, ToAt: to, Part: q.part,
		AfterAt: q.after.at, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListTeamServicesRow) Row {
		return Row{Kind: "service", ID: row.ID, RegionID: row.CommunityID, Title: row.Title, At: db.Time(row.At), PersonID: row.PersonID, Amount: row.Minutes, key: row.ID}
	})
}

func (s store) earners(ctx context.Context, q rowsQuery) ([]Row, error) {
	rows, err := s.queries(ctx).ListEarners(ctx, figuresdb.ListEarnersParams{Communities: q.communities, Periods: q.in.kept(),
		AfterCommunity: q.after.community, AfterID: q.after.id, Limit: q.limit})
	return rowsOf(rows, err, func(row figuresdb.ListEarnersRow) Row {
		return Row{Kind: "person", ID: row.PersonID, RegionID: row.CommunityID, Title: strconv.FormatInt(row.Points, 10) + "分", PersonID: row.PersonID, Amount: 1, key: row.PersonID}
	})
}
