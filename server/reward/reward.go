// Package reward holds what points are spent on: goods, and the services of merchants and neighbours; and the
// redemptions of people, from the code on their phone to what the community owes for it.
package reward

import (
	"fmt"
	"time"

	"fivestar/server/fault"
	"fivestar/server/file"
	"fivestar/server/region"
	"fivestar/server/web"
)

// State is how far a reward has come.
type State string

const (
	Draft     State = "draft"
	Published State = "published"
	Closed    State = "closed"
)

// Kind tells something to carry home from something that is done for a person.
type Kind string

const (
	Goods     Kind = "goods"
	ServiceOf Kind = "service"
)

// Reward is what a community gives for points. It is fulfilled by the people of its organisation, by the
// neighbour who provides it, or by the community's desk.
type Reward struct {
	ID               string `json:"id"`
	RegionID         string `json:"region_id"`
	OrganisationID   string `json:"organisation_id,omitempty"`
	OrganisationName string `json:"organisation_name,omitempty"`
	ProviderID       string `json:"provider_id,omitempty" doc:"The neighbour who does the service"`
	ProviderName     string `json:"provider_name,omitempty"`
	State            State  `json:"state" enum:"draft,published,closed"`
	Kind             Kind   `json:"kind" enum:"goods,service"`
	Title            string `json:"title"`
	Description      string `json:"description"`
	Place            string `json:"place" doc:"Where it is fetched or done"`
	Price            int64  `json:"price" doc:"In points"`
	Stock            int64  `json:"stock"`
	StockLeft        int64  `json:"stock_left"`
	PerPersonLimit   int64  `json:"per_person_limit"`
	// RedeemFrom and RedeemUntil are the window for redeeming.
	RedeemFrom  time.Time   `json:"redeem_from,omitzero"`
	RedeemUntil time.Time   `json:"redeem_until"`
	FetchDays   int64       `json:"fetch_days" doc:"How many days there are to fetch it after redeeming"`
	OwedFen     int64       `json:"owed_fen" doc:"What the community owes the organisation for one, in fen; 0: nothing agreed"`
	CreatedAt   time.Time   `json:"created_at"`
	PublishedAt time.Time   `json:"published_at,omitzero"`
	ClosedAt    time.Time   `json:"closed_at,omitzero"`
	Photos      []file.Link `json:"photos,omitempty"`
	// MyRedemptions is how many the caller has that count towards the limit a person.
	MyRedemptions int64 `json:"my_redemptions"`

	createdBy string
	version   int64
}

var (
	errNotOpen    = fault.New(fault.Conflict, "reward.not_open", "现在不能兑换，请看看兑换时间")
	errOutOfStock = fault.New(fault.Conflict, "reward.out_of_stock", "已经兑完了，看看别的吧")
	errLimit      = fault.New(fault.Conflict, "reward.limit", "每人能兑的份数有限，您已经兑满了")
	errShort      = fault.New(fault.Conflict, "points.short", "您的积分还不够，再攒一攒吧")
	errMoved      = fault.New(fault.Conflict, "reward.wrong_state", "兑换项目现在的状态不能这样操作，请刷新后再看")
	errChanged    = fault.New(fault.Conflict, "reward.changed", "别人刚刚改过这个兑换项目，请重新打开后再改")
	errPromised   = fault.New(fault.Conflict, "reward.published", "已经发布，只能修改文字、照片、份数和截止时间；价格等要改，请结束后另建一个")
)

// admits is nil when somebody may redeem a piece at now, else reward.not_open or reward.out_of_stock.
func (r Reward) admits(now time.Time) error {
	if r.State != Published || now.Before(r.RedeemFrom) || !now.Before(r.RedeemUntil) {
		return errNotOpen
	}
	if r.StockLeft <= 0 {
		return errOutOfStock
	}
	return nil
}

// isPublic tells whether everybody who is logged in may see the reward.
func (r Reward) isPublic() bool { return r.State != Draft }

// scope is where a redemption of the reward is fulfilled, and its redemptions are seen.
func (r Reward) scope(community region.Region) region.Scope {
	return region.Scope{Region: community, OrganisationID: r.OrganisationID}
}

// NewReward is what a reward is made from. What is left out: goods, one piece a person, a week to fetch it, handed
// out by the community's desk, published at once.
type NewReward struct {
	RegionID       string    `json:"region_id" maxLength:"26"`
	OrganisationID string    `json:"organisation_id,omitempty" maxLength:"26" doc:"Whose people fulfil it"`
	ProviderID     string    `json:"provider_id,omitempty" maxLength:"26" doc:"The neighbour who does the service, instead of an organisation"`
	Kind           Kind      `json:"kind,omitempty" enum:"goods,service" default:"goods"`
	Title          string    `json:"title"`
	Description    string    `json:"description,omitempty"`
	Place          string    `json:"place,omitempty"`
	Price          int64     `json:"price"`
	Stock          int64     `json:"stock"`
	PerPersonLimit int64     `json:"per_person_limit,omitempty" default:"1"`
	RedeemFrom     time.Time `json:"redeem_from,omitempty"`
	RedeemUntil    time.Time `json:"redeem_until"`
	FetchDays      int64     `json:"fetch_days,omitempty" default:"7"`
	OwedFen        int64     `json:"owed_fen,omitempty"`
	PhotoIDs       []string  `json:"photo_ids,omitempty" maxItems:"9"`
	Draft          bool      `json:"draft,omitempty" doc:"Keep it from residents until it is published"`
}

// Change is what a PATCH may hold; what is left out stays. PhotoIDs are added to the photos there are.
type Change struct {
	OrganisationID *string    `json:"organisation_id,omitempty" maxLength:"26"`
	ProviderID     *string    `json:"provider_id,omitempty" maxLength:"26"`
	Kind           *Kind      `json:"kind,omitempty" enum:"goods,service"`
	Title          *string    `json:"title,omitempty"`
	Description    *string    `json:"description,omitempty"`
	Place          *string    `json:"place,omitempty"`
	Price          *int64     `json:"price,omitempty"`
	Stock          *int64     `json:"stock,omitempty"`
	PerPersonLimit *int64     `json:"per_person_limit,omitempty"`
	RedeemFrom     *time.Time `json:"redeem_from,omitempty"`
	RedeemUntil    *time.Time `json:"redeem_until,omitempty"`
	FetchDays      *int64     `json:"fetch_days,omitempty"`
	OwedFen        *int64     `json:"owed_fen,omitempty"`
	PhotoIDs       []string   `json:"photo_ids,omitempty" maxItems:"9"`
}

// changed gives the reward as change makes it. A published reward keeps its promise: texts, photos, the end of the
// window and the stock may change, the stock never below what is taken; the rest stays (409 reward.published). A
// closed reward does not change (409 reward.wrong_state).
func (r Reward) changed(change Change) (Reward, error) {
	if r.State == Closed {
		return r, errMoved
	}
	taken := r.Stock - r.StockLeft
	web.Set(&r.Title, change.Title)
	web.Set(&r.Description, change.Description)
	web.Set(&r.Place, change.Place)
	web.Set(&r.Stock, change.Stock)
	web.SetTime(&r.RedeemUntil, change.RedeemUntil)
	r.StockLeft = r.Stock - taken

	promise := web.Set(&r.Kind, change.Kind)
	promise = web.Set(&r.OrganisationID, change.OrganisationID) || promise
	promise = web.Set(&r.ProviderID, change.ProviderID) || promise
	promise = web.Set(&r.Price, change.Price) || promise
	promise = web.Set(&r.PerPersonLimit, change.PerPersonLimit) || promise
	promise = web.Set(&r.FetchDays, change.FetchDays) || promise
	promise = web.Set(&r.OwedFen, change.OwedFen) || promise
	promise = web.SetTime(&r.RedeemFrom, change.RedeemFrom) || promise
	if promise && r.State == Published {
		return r, errPromised
	}
	return r, nil
}

const (
	maxPrice     = 100_000
	maxStock     = 100_000
	maxPerPerson = 100
	maxFetchDays = 365
	maxOwedFen   = 10_000_000
	// maxAhead bounds how far ahead a window may end: a slip of the year is caught, a year's plan is not.
	maxAhead = 2 * 366 * 24 * time.Hour
)

// check trims the texts and checks all that a reward must hold, as 422 input.invalid.
func (r *Reward) check(now time.Time) error {
	var check fault.Check
	check.Text("title", "名称", &r.Title, 2, 60)
	check.Text("description", "说明", &r.Description, 0, 2000)
	check.Text("place", "领取地点", &r.Place, 0, 100)
	fault.OneOf(&check, "kind", "种类", r.Kind, Goods, ServiceOf)
	check.Range("price", "所需积分", r.Price, 1, maxPrice)
	check.Range("stock", "份数", r.Stock, 1, maxStock)
	check.That(r.StockLeft >= 0, "stock", fmt.Sprintf("已经兑出%d份，份数不能更少", r.Stock-r.StockLeft))
	check.Range("per_person_limit", "每人限兑", r.PerPersonLimit, 1, maxPerPerson)
	check.Range("fetch_days", "领取天数", r.FetchDays, 1, maxFetchDays)
	check.Range("owed_fen", "社区应付", r.OwedFen, 0, maxOwedFen)
	check.That(r.RedeemUntil.After(now), "redeem_until", "兑换截止时间要晚于现在")
	check.That(r.RedeemUntil.After(r.RedeemFrom), "redeem_until", "兑换截止时间要晚于开始时间")
	check.That(r.RedeemUntil.Before(now.Add(maxAhead)), "redeem_until", "兑换截止时间不能超过两年")
	check.That(r.OrganisationID == "" || r.ProviderID == "", "provider_id", "商户和邻居只能选一个来兑付")
	check.That(r.OwedFen == 0 || r.OrganisationID != "", "owed_fen", "只有商户或单位兑付的，才填社区应付")
	return check.Err()
}
