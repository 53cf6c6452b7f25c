package reward_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
	"fivestar/server/db"
	"fivestar/server/points"
)

const (
	created  = http.StatusCreated
	ok       = http.StatusOK
	empty    = http.StatusNoContent
	invalid  = http.StatusUnprocessableEntity
	conflict = http.StatusConflict
	refused  = http.StatusForbidden
	missing  = http.StatusNotFound
)

// scene is a running server and the people that these tests are about.
type scene struct {
	*apptest.Harness
	secretary, secretary2, leader, grid, street, outsider, merchant, assignee, resident *apptest.Client
}

func newScene(t testing.TB, options ...apptest.Option) scene {
	t.Helper()
	h := apptest.Start(t, options...)
	s := scene{
		Harness: h, secretary: h.Login("secretary"), secretary2: h.Login("secretary2"), leader: h.Login("leader"), grid: h.Login("grid"),
		street: h.Login("street"), outsider: h.Login("outsider"), merchant: h.Login("merchant"), assignee: h.Login("assignee"), resident: h.Login("resident"),
	}
	t.Cleanup(func() {
		if !t.Failed() {
			s.requireSound()
		}
	})
	return s
}

func ungrouped(config *app.Config) { config.Database.Grouped = false }

// bothWays are those through the room.
var bothWays = map[string][]apptest.Option{"together": nil, "one transaction each": {ungrouped}}

type fields = map[string]any

// newReward is a good body for POST /rewards, with changes: a haircut by the merchant.
func (s scene) newReward(changes fields) fields {
	body := fields{
		"region_id": s.World.Community.ID, "organisation_id": s.World.MerchantID, "kind": "service", "title": "理发一次",
		"place": "样板理发店", "price": 10, "stock": 5, "per_person_limit": 1, "redeem_until": s.Clock.Now().Add(30 * 24 * time.Hour),
		"fetch_days": 7, "owed_fen": 1500,
	}
	maps.Copy(body, changes)
	return body
}

// reward makes a published reward and gives its id.
func (s scene) reward(changes fields) string {
	s.Helper()
	return s.secretary.Post("/rewards", s.newReward(changes)).Want(created).Get("id").String()
}

// earn gives people points in the community, by the secretary's word.
func (s scene) earn(amount int64, people ...*apptest.Client) {
	s.Helper()
	s.earnIn(s.World.Community.ID, amount, people...)
}

func (s scene) earnIn(communityID string, amount int64, people ...*apptest.Client) {
	s.Helper()
	for _, person := range people {
		witness := s.secretary
		if person.PersonID == witness.PersonID {
			witness = s.secretary2
		}
		_, err := s.App.Points.Credit(context.Background(), points.Posting{PersonID: person.PersonID, CommunityID: communityID,
			Amount: amount, Kind: points.KindClaim, SourceID: db.NewID(), Memo: "扫楼道", Hands: []string{person.PersonID}, Witness: witness.PersonID})
		if err != nil {
			s.Fatal(err)
		}
	}
}

// redeem gives the redemption's id and code.
func (s scene) redeem(by *apptest.Client, rewardID string) (id, code string) {
	s.Helper()
	made := by.Post("/rewards/"+rewardID+"/redemptions", fields{}).Want(created)
	return made.Get("id").String(), made.Get("code").String()
}

func (s scene) fulfil(by *apptest.Client, code string) *apptest.Answer {
	s.Helper()
	return by.Post("/redemptions/fulfil", fields{"code": code})
}

func (s scene) balance(of *apptest.Client) int64 {
	s.Helper()
	return of.Get("/me/points").Want(ok).Get("balance").Int()
}

func (s scene) stockLeft(rewardID string) int64 {
	s.Helper()
	return s.secretary.Get("/rewards/" + rewardID).Want(ok).Get("stock_left").Int()
}

func (s scene) state(by *apptest.Client, redemptionID string) string {
	s.Helper()
	return by.Get("/redemptions/" + redemptionID).Want(ok).Get("state").String()
}

// wantAct fails the test unless the last thing in the community's audit log is the act.
func (s scene) wantAct(act, subjectID string) {
	s.Helper()
	last := s.secretary.Get("/regions/" + s.World.Community.ID + "/audit").Want(ok).Get("items.0")
	if last.Get("act").String() != act || last.Get("subject_id").String() != subjectID {
		s.Errorf("the last act is %s, want %s of %s", last, act, subjectID)
	}
}

// elder is a person with a card, through the leader's hands.
func (s scene) elder(name string) *apptest.Client {
	s.Helper()
	id, card := s.Elder(name)
	elder := s.leader.ByCard(card)
	elder.PersonID = id
	return elder
}

// residents are n people with a home in the community.
func (s scene) residents(n int) []*apptest.Client {
	s.Helper()
	people := make([]*apptest.Client, n)
	for i := range people {
		people[i] = s.Resident(fmt.Sprintf("neighbour%d", i))
	}
	return people
}

func (s scene) photo(by *apptest.Client) string {
	s.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 32, 32)), nil); err != nil {
		s.Fatal(err)
	}
	return by.Upload("/files", "photo.jpg", file.Bytes()).Want(created).Get("id").String()
}

// rows reads from the database as it stands, past all rules.
func (s scene) rows(query string, scan func(read func(into ...any))) {
	s.Helper()
	ctx := context.Background()
	rows, err := s.App.DB.Querier(ctx).QueryContext(ctx, query)
	if err != nil {
		s.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		scan(func(into ...any) {
			if err := rows.Scan(into...); err != nil {
				s.Fatal(err)
			}
		})
	}
	if err := rows.Err(); err != nil {
		s.Fatal(err)
	}
}

// requireSound fails the test unless what always holds, holds, and the ledger's own check finds nothing.
func (s scene) requireSound() {
	s.Helper()
	for _, wrong := range s.unsound() {
		s.Error(wrong)
	}
	ctx := context.Background()
	if err := s.App.Points.Seal(ctx); err != nil {
		s.Fatal(err)
	}
	report, err := s.App.Points.Verify(ctx, nil)
	if err != nil {
		s.Fatal(err)
	}
	for _, finding := range report.Findings {
		s.Error(finding)
	}
}

// unsound tells what is wrong: as many pieces are taken as redemptions hold, and no more than there are; every
// redemption took its price once, and gave it back once if it is cancelled or expired and never otherwise; nobody
// has more than the limit, nobody owes points, the sum of all is zero; and who fulfilled is none of those who
// redeemed. Only some rewards are looked at when any are named.
func (s scene) unsound(rewards ...string) (wrong []string) {
	s.Helper()
	some := ""
	if len(rewards) > 0 {
		some = " AND reward.id IN ('" + strings.Join(rewards, "', '") + "')"
	}
	s.rows(`SELECT reward.id, reward.stock, reward.stock_taken, (SELECT COUNT(*) FROM redemption WHERE redemption.reward_id = reward.id
		AND redemption.state IN ('redeemed', 'fulfilled')) FROM reward WHERE reward.id <> ''`+some, func(read func(...any)) {
		var id string
		var stock, taken, held int64
		read(&id, &stock, &taken, &held)
		if taken != held || taken > stock {
			wrong = append(wrong, fmt.Sprintf("reward %s: %d of %d pieces taken, %d redemptions hold one", id, taken, stock, held))
		}
	})
	s.rows(`SELECT redemption.id, redemption.state, redemption.price,
		(SELECT COUNT(*) FROM points_entry WHERE kind = 'redemption' AND source_id = redemption.id AND amount = redemption.price AND person_id = redemption.person_id),
		(SELECT COUNT(*) FROM points_entry taken JOIN points_entry reversal ON reversal.kind = 'reversal' AND reversal.source_id = taken.id
			WHERE taken.kind = 'redemption' AND taken.source_id = redemption.id)
		FROM redemption JOIN reward ON reward.id = redemption.reward_id WHERE reward.id <> ''`+some, func(read func(...any)) {
		var id, state string
		var price, taken, given int64
		read(&id, &state, &price, &taken, &given)
		isBack := state == "cancelled" || state == "expired"
		if taken != 1 || isBack && given != 1 || !isBack && given != 0 {
			wrong = append(wrong, fmt.Sprintf("redemption %s is %s: its points were taken %d times and given back %d times", id, state, taken, given))
		}
	})
	s.rows(`SELECT redemption.reward_id, redemption.person_id, reward.per_person_limit, COUNT(*) FROM redemption JOIN reward ON reward.id = redemption.reward_id
		WHERE redemption.state IN ('redeemed', 'fulfilled')`+some+` GROUP BY redemption.reward_id, redemption.person_id, reward.per_person_limit
		HAVING COUNT(*) > reward.per_person_limit`, func(read func(...any)) {
		var reward, person string
		var limit, held int64
		read(&reward, &person, &limit, &held)
		wrong = append(wrong, fmt.Sprintf("%s has %d of reward %s, %d are allowed", person, held, reward, limit))
	})
	s.rows(`SELECT id, balance FROM points_account WHERE person_id <> '' AND balance < 0`, func(read func(...any)) {
		var id string
		var balance int64
		read(&id, &balance)
		wrong = append(wrong, fmt.Sprintf("account %s stands at %d", id, balance))
	})
	s.rows(`SELECT COALESCE(SUM(balance), 0) FROM points_account`, func(read func(...any)) {
		var sum int64
		if read(&sum); sum != 0 {
			wrong = append(wrong, fmt.Sprintf("the sum of all accounts is %d", sum))
		}
	})
	s.rows(`SELECT id, ended_by FROM redemption WHERE state = 'fulfilled' AND (ended_by = person_id OR ended_by = helper_id OR ended_by = '')`, func(read func(...any)) {
		var id, by string
		read(&id, &by)
		wrong = append(wrong, fmt.Sprintf("redemption %s was fulfilled by %q, who redeemed it", id, by))
	})
	return wrong
}
