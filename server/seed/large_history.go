package seed

import (
	"context"
	"time"

	"fivestar/server/db"
	"fivestar/server/points"
	"fivestar/server/region"
)

// entriesAtOnce of the ledger are written in one transaction.
const entriesAtOnce = 20_000

var (
	taskTitles     = []string{"夜里巡一圈院子", "清一个单元的楼道小广告", "看望一位独居老人", "服务大厅值半天班", "给院里的花浇一回水", "垃圾桶边站一小时", "陪孩子写一小时作业", "讲一小时防诈骗"}
	activityTitles = []string{"义剪日", "红马甲扫院子", "小河清漂", "防火演练", "邻里饺子宴"}
	taskPoints     = []int64{5, 8, 10, 12, 15, 20, 25, 30}
)

// writeHistory writes all of a community's entries but those that the last weeks will bring. How much a person did
// differs much from one to another.
func (l *large) writeHistory(ctx context.Context, c *community, entries int) error {
	c.weeks = weeksOf(len(c.residents), entries)
	var batch []points.Past
	for i, count := range l.spread(entries-c.weeks.entries(), len(c.residents)) {
		batch = append(batch, l.pastOf(c, c.residents[i], count)...)
		if len(batch) < entriesAtOnce && i < len(c.residents)-1 {
			continue
		}
		if err := l.app.Points.Import(ctx, c.region.ID, batch); err != nil {
			return err
		}
		l.progress("", len(batch))
		batch = batch[:0]
	}
	return nil
}

// spread divides total among parts by chance: some get several times what others do, and all together get total.
func (l *large) spread(total, parts int) []int {
	weights, sum := make([]float64, parts), 0.0
	for i := range weights {
		weights[i] = 0.25 + l.random.ExpFloat64()
		sum += weights[i]
	}
	counts, before, given := make([]int, parts), 0.0, 0
	for i, weight := range weights {
		before += weight
		counts[i] = int(before/sum*float64(total)+0.5) - given
		given += counts[i]
	}
	return counts
}

// pastOf is what one person did: on a day of service they came to an activity, and did something else besides.
func (l *large) pastOf(c *community, personID string, count int) []points.Past {
	past := make([]points.Past, count)
	var at time.Time
	var star region.Star
	for i := range past {
		if i%2 == 0 {
			at, star = l.someTime(), c.star(l)
			past[i] = l.presence(c, personID, star, at)
			continue
		}
		if l.random.IntN(2) == 0 {
			star = c.star(l)
		}
		past[i] = l.deed(c, personID, star, at.Add(3*time.Hour))
	}
	return past
}

// someTime is in the daytime of some day before the last weeks.
func (l *large) someTime() time.Time {
	const oclock = 2 * time.Hour // in UTC: it is ten in Shanghai
	days := liveDays + 1 + l.random.IntN(historyDays-liveDays)
	return l.now.Truncate(day).Add(-time.Duration(days) * day).Add(oclock + time.Duration(l.random.IntN(6*60))*time.Minute)
}

// presence is coming to an activity, confirmed by a secretary.
func (l *large) presence(c *community, personID string, star region.Star, at time.Time) points.Past {
	const pointsPerHour = 20
	minutes := 30 + 15*l.random.Int64N(11)
	return points.Past{At: at, Minutes: minutes, Posting: points.Posting{
		PersonID: personID, CommunityID: c.region.ID, Amount: minutes * pointsPerHour / 60, Kind: points.KindCheckin, SourceID: db.NewID(), Star: star,
		Memo: "参加活动:" + pick(l, activityTitles), Hands: []string{personID, pick(l, c.leaders).PersonID}, Witness: pick(l, c.secretaries[:]).PersonID}}
}

// deed is a task that a secretary approved, one in five by card, or a ticket whose work was confirmed by who did it.
func (l *large) deed(c *community, personID string, star region.Star, at time.Time) points.Past {
	posting := points.Posting{
		PersonID: personID, CommunityID: c.region.ID, Amount: pick(l, taskPoints), Kind: points.KindClaim, SourceID: db.NewID(), Star: star,
		Memo: pick(l, taskTitles), Hands: []string{personID}, Witness: pick(l, c.secretaries[:]).PersonID}
	if l.random.IntN(5) == 0 {
		posting.Hands = append(posting.Hands, pick(l, c.gridWorkers).PersonID)
	}
	if l.random.IntN(7) == 0 {
		posting.Amount, posting.Kind, posting.Star, posting.Memo = 2, points.KindTicket, "", "四联单已办理，感谢点单"
		posting.SourceID += ":raise"
		posting.Witness = c.assignee.PersonID
	}
	return points.Past{At: at, Posting: posting}
}
