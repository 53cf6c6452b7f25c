package reward

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fivestar/server/fault"
	"fivestar/server/web"
)

// RedemptionState is what has become of a redemption: redeemed, and then one of the others for good.
type RedemptionState string

const (
	Redeemed  RedemptionState = "redeemed"
	Fulfilled RedemptionState = "fulfilled"
	// Cancelled and Expired ones have given points and stock back.
	Cancelled RedemptionState = "cancelled"
	Expired   RedemptionState = "expired"
)

// Redemption is a person's taking of one piece of a reward for points.
type Redemption struct {
	ID             string          `json:"id"`
	RewardID       string          `json:"reward_id"`
	RegionID       string          `json:"region_id"`
	OrganisationID string          `json:"organisation_id,omitempty"`
	PersonID       string          `json:"person_id"`
	PersonName     string          `json:"person_name,omitempty"`
	HelperID       string          `json:"helper_id,omitempty" doc:"Who redeemed it for the person, by card"`
	HelperName     string          `json:"helper_name,omitempty"`
	State          RedemptionState `json:"state" enum:"redeemed,fulfilled,cancelled,expired"`
	Price          int64           `json:"price" doc:"The points it took"`
	OwedFen        int64           `json:"owed_fen" doc:"What the community owes the organisation for it, in fen"`
	// Code and QRText are told to the person only, as long as there is something to fetch.
	Code        string    `json:"code,omitempty" doc:"To be shown or said where it is fetched"`
	QRText      string    `json:"qr_text,omitempty" doc:"What the QR holds"`
	RedeemedAt  time.Time `json:"redeemed_at"`
	ExpiresAt   time.Time `json:"expires_at" doc:"Until when it is fetched; then points and stock go back"`
	EndedAt     time.Time `json:"ended_at,omitzero" doc:"When it was fulfilled, cancelled or expired"`
	EndedBy     string    `json:"ended_by,omitempty" doc:"Who fulfilled or cancelled it"`
	EndedByName string    `json:"ended_by_name,omitempty"`
	Reward      *Reward   `json:"reward,omitempty"`

	turnKey, requestKey string
}

var (
	errBadCode   = fault.New(fault.Forbidden, "redemption.bad_code", "没有这个兑换码，请核对后再输")
	errDone      = fault.New(fault.Conflict, "redemption.done", "这份已经领过了，不能再领一次")
	errCancelled = fault.New(fault.Conflict, "redemption.cancelled", "这次兑换已经取消，积分已经退回")
	errExpired   = fault.New(fault.Conflict, "redemption.expired", "已经过了领取期限，积分会退回本人账上")
	errOwnWork   = fault.New(fault.Forbidden, "review.own_work", "自己兑换或代办的，要由另一位同志来兑付")
)

// hands are the people who redeemed it: none of them fulfils it.
func (r Redemption) hands() []string {
	if r.HelperID == "" {
		return []string{r.PersonID}
	}
	return []string{r.PersonID, r.HelperID}
}

// requireWitness is 403 review.own_work when the redemption went through the caller's hands.
func (r Redemption) requireWitness(caller web.Caller) error {
	for _, hand := range caller.Hands() {
		if slices.Contains(r.hands(), hand) {
			return errOwnWork
		}
	}
	return nil
}

// ended is why a redemption cannot be fulfilled or cancelled any more, nil when it can be.
func (r Redemption) ended(now time.Time) error {
	switch {
	case r.State == Fulfilled:
		return errDone
	case r.State == Cancelled:
		return errCancelled
	case r.State == Expired || !now.Before(r.ExpiresAt):
		return errExpired
	}
	return nil
}

const day = 24 * time.Hour

// newRedemption is a redemption as it is made, of a turn that the person has left.
func newRedemption(id string, reward Reward, caller web.Caller, turn, requestKey string, now time.Time) Redemption {
	made := Redemption{
		ID: id, RewardID: reward.ID, RegionID: reward.RegionID, OrganisationID: reward.OrganisationID,
		PersonID: caller.PersonID, HelperID: caller.HelperID, State: Redeemed, Price: reward.Price, OwedFen: reward.OwedFen,
		RedeemedAt: now, ExpiresAt: now.Add(time.Duration(reward.FetchDays) * day), Reward: &reward,
		turnKey: turn, requestKey: requestKey,
	}
	if made.requestKey == "" {
		made.requestKey = id
	}
	return made
}

// freeTurn is the first of a person's turns that is not among used; errLimit. A redemption that was cancelled or
// expired gives its turn back.
func (r Reward) freeTurn(personID string, used map[string]bool) (string, error) {
	for number := range r.PerPersonLimit {
		turn := personID + ":" + strconv.FormatInt(number, 10)
		if !used[turn] {
			return turn, nil
		}
	}
	return "", errLimit
}

const (
	codePurpose     = "redemption code"
	codeHashPurpose = "redemption code hash"
	// codes is how many codes there are: ten digits are short enough to say and to type, and, with guesses
	// throttled, too many to try.
	codes = 10_000_000_000
	// codePrefix stands before the code in a QR, as other letters do on cards and check-in codes.
	codePrefix = "FS1:R:"
)

// code is what the person shows. It is made from the key and kept nowhere.
func (s *Service) code(redemptionID string) string {
	number := binary.BigEndian.Uint64(s.Key.MAC(codePurpose, redemptionID)) % codes
	return fmt.Sprintf("%010d", number)
}

// codeHash is what a redemption is found by: whoever reads the database, and lacks the key, learns no code.
func (s *Service) codeHash(code string) string {
	return hex.EncodeToString(s.Key.MAC(codeHashPurpose, code))
}

var codeShape = regexp.MustCompile(`^[0-9]{10}$`)

// parseCode takes the code out of what was scanned or typed, with or without spaces; errBadCode.
func parseCode(text string) (string, error) {
	code := strings.TrimPrefix(strings.TrimSpace(text), codePrefix)
	code = strings.NewReplacer(" ", "", "-", "").Replace(code)
	if !codeShape.MatchString(code) {
		return "", errBadCode
	}
	return code, nil
}
