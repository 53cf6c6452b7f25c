package figures

import (
	"context"
	"fmt"

	"fivestar/server/figures/internal/figuresdb"
)

// tally are the figures of one community: by key, and by key and part.
type tally map[cell]int64

// cell is a figure, or a part of one. noPart stands for the whole.
type cell struct{ key, part string }

const noPart = "*"

// tallies are those of several communities.
type tallies map[string]tally

func (t tallies) add(community, key string, value int64) { t.addPart(community, key, noPart, value) }

func (t tallies) addPart(community, key, part string, value int64) {
	of, known := t[community]
	if !known {
		of = tally{}
		t[community] = of
	}
	of[cell{key, part}] += value
}

// addBoth adds to a part and to the whole.
func (t tallies) addBoth(community, key, part string, value int64) {
	t.add(community, key, value)
	t.addPart(community, key, part, value)
}

// sum is the figures of all communities together.
func (t tallies) sum() tally {
	sum := tally{}
	for _, of := range t {
		for cell, value := range of {
			sum[cell] += value
		}
	}
	return sum
}

// count counts every figure of some communities in a span, in a fixed number of statements, each of which reads
// the rows of the span alone.
func (s store) count(ctx context.Context, communities []string, in span) (tallies, error) {
	counted := tallies{}
	if len(communities) == 0 {
		return counted, nil
	}
	for _, part := range []func(context.Context, tallies, []string, span) error{
		s.countTasks, s.countActivities, s.countTickets, s.countReviews, s.countOverdue, s.countPoints, s.countEarners, s.countSpent,
	} {
		if err := part(ctx, counted, communities, in); err != nil {
			return nil, fmt.Errorf("count the figures of %s: %w", in.name, err)
		}
	}
	return counted, nil
}

func (s store) countTasks(ctx context.Context, into tallies, communities []string, in span) error {
	from, to := in.millis()
	published, err := s.queries(ctx).CountTasks(ctx, figuresdb.CountTasksParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return err
	}
	for _, row := range published {
		into.addBoth(row.RegionID, "tasks_published", row.Star, row.Tasks)
	}
	taken, err := s.queries(ctx).CountClaims(ctx, figuresdb.CountClaimsParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return err
	}
	for _, row := range taken {
		into.add(row.RegionID, "claims_taken", row.Claims)
	}
	approved, err := s.queries(ctx).CountApproved(ctx, figuresdb.CountApprovedParams{Communities: communities, FromAt: from, ToAt: to})
	for _, row := range approved {
		into.addBoth(row.RegionID, "claims_approved", row.Star, row.Claims)
	}
	return err
}

func (s store) countActivities(ctx context.Context, into tallies, communities []string, in span) error {
	from, to := in.millis()
	rows, err := s.queries(ctx).CountActivities(ctx, figuresdb.CountActivitiesParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return err
	}
	for _, row := range rows {
		switch row.State {
		case "published":
			into.add(row.RegionID, "activities_unclosed", row.Activities)
		case "cancelled":
			into.add(row.RegionID, "activities_cancelled", row.Activities)
		default:
			into.addBoth(row.RegionID, "activities_held", row.TeamID, row.Activities)
			into.addBoth(row.RegionID, "attendances", row.TeamID, row.Attended)
		}
	}
	teams, err := s.queries(ctx).SumTeamMinutes(ctx, figuresdb.SumTeamMinutesParams{Communities: communities, FromAt: from, ToAt: to})
	for _, row := range teams {
		into.addBoth(row.CommunityID, "team_minutes", row.TeamID, row.Minutes)
	}
	return err
}

// figureOfAct is where the acts on tickets are counted.
var figureOfAct = map[string]string{
	"dispatch": "tickets_dispatched", "accept": "tickets_accepted", "complete": "tickets_completed",
	"unrated": "tickets_unrated", "backer_review": "backer_reviews", "reject": "tickets_rejected",
}

func (s store) countTickets(ctx context.Context, into tallies, communities []string, in span) error {
	from, to := in.millis()
	raised, err := s.queries(ctx).CountRaised(ctx, figuresdb.CountRaisedParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return err
	}
	for _, row := range raised {
		into.addBoth(row.RegionID, "tickets_raised", row.Category, row.Tickets-row.Withdrawn)
		into.add(row.RegionID, "tickets_withdrawn", row.Withdrawn)
	}
	acts, err := s.queries(ctx).CountTicketActs(ctx, figuresdb.CountTicketActsParams{Communities: communities, FromAt: from, ToAt: to})
	for _, row := range acts {
		into.add(row.RegionID, figureOfAct[row.Act], row.Events)
		if row.Act == "complete" {
			into.add(row.RegionID, "tickets_in_time", row.Events-row.Late)
		}
	}
	return err
}

func (s store) countReviews(ctx context.Context, into tallies, communities []string, in span) error {
	from, to := in.millis()
	rows, err := s.queries(ctx).CountReviews(ctx, figuresdb.CountReviewsParams{Communities: communities, FromAt: from, ToAt: to})
	for _, row := range rows {
		into.add(row.RegionID, "tickets_reviewed", row.Reviews)
		into.add(row.RegionID, "tickets_satisfied", row.Satisfied)
		into.add(row.RegionID, "tickets_dissatisfied", row.Dissatisfied)
	}
	return err
}

func (s store) countOverdue(ctx context.Context, into tallies, communities []string, in span) error {
	from, to := in.before(s.db.Now()).millis()
	rows, err := s.queries(ctx).CountOverdue(ctx, figuresdb.CountOverdueParams{
		Communities: communities, SameCommunities: communities, FromAt: from, ToAt: to})
	for _, row := range rows {
		into.add(row.RegionID, "tickets_overdue", row.Runs)
	}
	return err
}

// countPoints takes points and minutes from the totals that the ledger keeps.
func (s store) countPoints(ctx context.Context, into tallies, communities []string, in span) error {
	rows, err := s.queries(ctx).PointsOfPeriods(ctx, figuresdb.PointsOfPeriodsParams{Communities: communities, Periods: in.kept()})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Star != "" {
			into.addPart(row.CommunityID, "points_given", row.Star, row.Earned)
			into.addPart(row.CommunityID, "service_minutes", row.Star, row.Minutes)
			// What the stars do not account for belongs to none of them.
			row.Earned, row.Minutes = -row.Earned, -row.Minutes
		} else {
			into.add(row.CommunityID, "points_given", row.Earned)
			into.add(row.CommunityID, "service_minutes", row.Minutes)
		}
		into.addPart(row.CommunityID, "points_given", "", row.Earned)
		into.addPart(row.CommunityID, "service_minutes", "", row.Minutes)
		if in.unit != Week {
			into.add(row.CommunityID, "people_earned", row.People)
		}
	}
	return nil
}

// countEarners counts people for a week; of a month and a quarter their number is kept.
func (s store) countEarners(ctx context.Context, into tallies, communities []string, in span) error {
	if in.unit != Week {
		return nil
	}
	rows, err := s.queries(ctx).CountEarners(ctx, figuresdb.CountEarnersParams{Communities: communities, Periods: in.kept()})
	for _, row := range rows {
		into.add(row.CommunityID, "people_earned", row.People)
	}
	return err
}

func (s store) countSpent(ctx context.Context, into tallies, communities []string, in span) error {
	from, to := in.millis()
	rows, err := s.queries(ctx).SumSpent(ctx, figuresdb.SumSpentParams{Communities: communities, FromAt: from, ToAt: to})
	if err != nil {
		return err
	}
	for _, row := range rows {
		figure := "points_spent"
		if row.Kind == "reversal" {
			figure = "points_returned"
		}
		into.add(row.CommunityID, figure, row.Points)
	}
	corrected, err := s.queries(ctx).CountCorrected(ctx, figuresdb.CountCorrectedParams{Communities: communities, FromAt: from, ToAt: to})
	for _, row := range corrected {
		into.add(row.CommunityID, "corrections_since", row.Entries)
	}
	return err
}
