package seed

import (
	"bytes"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"fivestar/server/oversight"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/reward"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/ticket"
	"fivestar/server/web"
)

// data is configs/demo, file by file; the comments at the head of each file tell what its fields mean. Things
// refer to each other by their keys. Times count from the moment of loading: days and hours ago, or ahead.
type data struct {
	Regions       []regionData       `yaml:"regions"`
	Organisations []organisationData `yaml:"organisations"`
	Services      []serviceData      `yaml:"services"`
	People        []personData       `yaml:"people"`
	Teams         []teamData         `yaml:"teams"`
	Stations      []stationData      `yaml:"stations"`
	Tasks         []taskData         `yaml:"tasks"`
	Activities    []activityData     `yaml:"activities"`
	Whistles      []whistleData      `yaml:"whistles"`
	Categories    []categoryData     `yaml:"categories"`
	Tickets       []ticketData       `yaml:"tickets"`
	Unmaskings    []unmaskingData    `yaml:"unmaskings"`
	Appeals       []appealData       `yaml:"appeals"`
	Disputes      []disputeData      `yaml:"disputes"`
	Adjustments   []adjustmentData   `yaml:"adjustments"`
	Readings      []readingData      `yaml:"readings"`
	Refusals      []refusalData      `yaml:"refusals"`
	Rewards       []rewardData       `yaml:"rewards"`
	Certificates  []certificateData  `yaml:"certificates"`
	Settings      []settingsData     `yaml:"settings"`
	SpotChecks    []spotCheckData    `yaml:"spot_checks"`
}

type settingsData struct {
	Region  string         `yaml:"region"`
	By      string         `yaml:"by"`
	Set     map[string]any `yaml:"set"`
	Reason  string         `yaml:"reason"`
	DaysAgo float64        `yaml:"days_ago"`
}

type spotCheckData struct {
	By      string               `yaml:"by"`
	Number  int                  `yaml:"number"`
	Outcome oversight.CheckState `yaml:"outcome"`
	Note    string               `yaml:"note"`
	DaysAgo float64              `yaml:"days_ago"`
}

type regionData struct {
	Key           string               `yaml:"key"`
	Parent        string               `yaml:"parent"`
	Kind          region.Kind          `yaml:"kind"`
	CommunityKind region.CommunityKind `yaml:"community_kind"`
	Name          string               `yaml:"name"`
}

type organisationData struct {
	Key    string                  `yaml:"key"`
	Region string                  `yaml:"region"`
	Name   string                  `yaml:"name"`
	Kind   region.OrganisationKind `yaml:"kind"`
}

type serviceData struct {
	Key          string      `yaml:"key"`
	Title        string      `yaml:"title"`
	Organisation string      `yaml:"organisation"`
	Star         region.Star `yaml:"star"`
	Text         string      `yaml:"text"`
	Rhythm       string      `yaml:"rhythm"`
}

type personData struct {
	Key          string     `yaml:"key"`
	Name         string     `yaml:"name"`
	Sim          string     `yaml:"sim"`
	Phone        string     `yaml:"phone"`
	Home         string     `yaml:"home"`
	HomeVerified bool       `yaml:"home_verified"`
	PartyMember  bool       `yaml:"party_member"`
	Household    string     `yaml:"household"`
	Relation     string     `yaml:"relation"`
	Contact      string     `yaml:"contact"`
	Roles        []roleData `yaml:"roles"`
	Cards        []cardData `yaml:"cards"`
}

type roleData struct {
	Role         web.Role `yaml:"role"`
	Region       string   `yaml:"region"`
	Organisation string   `yaml:"organisation"`
	Team         string   `yaml:"team"`
}

type cardData struct {
	Key            string   `yaml:"key"`
	IssuedBy       string   `yaml:"issued_by"`
	DaysAgo        float64  `yaml:"days_ago"`
	RevokedDaysAgo *float64 `yaml:"revoked_days_ago"`
}

type teamData struct {
	Key     string    `yaml:"key"`
	Region  string    `yaml:"region"`
	Name    string    `yaml:"name"`
	Kind    team.Kind `yaml:"kind"`
	Leader  string    `yaml:"leader"`
	Members []string  `yaml:"members"`
	Pending []string  `yaml:"pending"`
}

type stationData struct {
	Key    string `yaml:"key"`
	Region string `yaml:"region"`
	Name   string `yaml:"name"`
	Place  string `yaml:"place"`
}

type taskData struct {
	Key              string      `yaml:"key"`
	Region           string      `yaml:"region"`
	Star             region.Star `yaml:"star"`
	Title            string      `yaml:"title"`
	Description      string      `yaml:"description"`
	Place            string      `yaml:"place"`
	Points           int64       `yaml:"points"`
	Capacity         int64       `yaml:"capacity"`
	PublishedDaysAgo *float64    `yaml:"published_days_ago"`
	ClaimDays        float64     `yaml:"claim_days"`
	DueDays          float64     `yaml:"due_days"`
	Repeat           task.Repeat `yaml:"repeat"`
	Evidence         struct {
		Text         bool `yaml:"text"`
		PhotosBefore bool `yaml:"photos_before"`
		PhotosAfter  bool `yaml:"photos_after"`
	} `yaml:"evidence"`
	Verify     task.Verify `yaml:"verify"`
	Station    string      `yaml:"station"`
	DrawWeight int64       `yaml:"draw_weight"`
	State      task.State  `yaml:"state"`
	Claims     []claimData `yaml:"claims"`
}

type claimData struct {
	Person   string          `yaml:"person"`
	Helper   string          `yaml:"helper"`
	State    task.ClaimState `yaml:"state"`
	DaysAgo  float64         `yaml:"days_ago"`
	Text     string          `yaml:"text"`
	Reviewer string          `yaml:"reviewer"`
	Reason   string          `yaml:"reason"`
}

type placeData struct {
	Name string   `yaml:"name"`
	Lat  *float64 `yaml:"lat"`
	Lng  *float64 `yaml:"lng"`
}

type activityData struct {
	Key             string           `yaml:"key"`
	Team            string           `yaml:"team"`
	Title           string           `yaml:"title"`
	Star            region.Star      `yaml:"star"`
	Place           placeData        `yaml:"place"`
	FenceMetres     int64            `yaml:"fence_metres"`
	StartsInHours   float64          `yaml:"starts_in_hours"`
	DurationMinutes int64            `yaml:"duration_minutes"`
	Capacity        int64            `yaml:"capacity"`
	WalkIn          bool             `yaml:"walk_in"`
	PointsPerHour   int64            `yaml:"points_per_hour"`
	State           string           `yaml:"state"`
	CancelReason    string           `yaml:"cancel_reason"`
	Signups         []string         `yaml:"signups"`
	Attendance      []attendanceData `yaml:"attendance"`
	ClosedBy        string           `yaml:"closed_by"`
	ConfirmedBy     string           `yaml:"confirmed_by"`
}

type attendanceData struct {
	Person    string      `yaml:"person"`
	Method    team.Method `yaml:"method"`
	ScannedBy string      `yaml:"scanned_by"`
	Minutes   int64       `yaml:"minutes"`
	Phone     string      `yaml:"phone"`
}

type whistleData struct {
	Key           string       `yaml:"key"`
	Region        string       `yaml:"region"`
	CalledBy      string       `yaml:"called_by"`
	Title         string       `yaml:"title"`
	Star          region.Star  `yaml:"star"`
	Place         placeData    `yaml:"place"`
	Needed        int64        `yaml:"needed"`
	StartsInHours float64      `yaml:"starts_in_hours"`
	UntilInHours  float64      `yaml:"until_in_hours"`
	PointsPerHour int64        `yaml:"points_per_hour"`
	Musters       []musterData `yaml:"musters"`
}

type musterData struct {
	Person    string `yaml:"person"`
	CheckedIn bool   `yaml:"checked_in"`
}

type categoryData struct {
	Code ticket.Category `yaml:"code"`
	Name string          `yaml:"name"`
}

type ticketData struct {
	Key       string          `yaml:"key"`
	Region    string          `yaml:"region"`
	Raiser    string          `yaml:"raiser"`
	Helper    string          `yaml:"helper"`
	Category  ticket.Category `yaml:"category"`
	Text      string          `yaml:"text"`
	Place     string          `yaml:"place"`
	ShowName  bool            `yaml:"show_name"`
	DaysAgo   float64         `yaml:"days_ago"`
	Votes     []string        `yaml:"votes"`
	CardVotes []cardVoteData  `yaml:"card_votes"`
	Stage     ticket.Stage    `yaml:"stage"`
	Whistled  *actData        `yaml:"whistled"`
	Rounds    []roundData     `yaml:"rounds"`
	Rejected  *actData        `yaml:"rejected"`
	Merged    *actData        `yaml:"merged"`
	Withdrawn *actData        `yaml:"withdrawn"`
}

type cardVoteData struct {
	Person string `yaml:"person"`
	Helper string `yaml:"helper"`
}

// actData is one act on a ticket; each kind of act fills the fields that it has.
type actData struct {
	By      string  `yaml:"by"`
	DaysAgo float64 `yaml:"days_ago"`
	Note    string  `yaml:"note"`
	Reason  string  `yaml:"reason"`
	Text    string  `yaml:"text"`
	Into    string  `yaml:"into"`
}

type roundData struct {
	Dispatch      dispatchData   `yaml:"dispatch"`
	Declined      *actData       `yaml:"declined"`
	Accepted      *actData       `yaml:"accepted"`
	Progress      []progressData `yaml:"progress"`
	Completed     *actData       `yaml:"completed"`
	Review        *reviewData    `yaml:"review"`
	BackerReviews []reviewData   `yaml:"backer_reviews"`
	Unrated       *actData       `yaml:"unrated"`
}

type dispatchData struct {
	Organisation string   `yaml:"organisation"`
	Person       string   `yaml:"person"`
	OfferTo      []string `yaml:"offer_to"`
	By           string   `yaml:"by"`
	DueDays      float64  `yaml:"due_days"`
	Note         string   `yaml:"note"`
	DaysAgo      float64  `yaml:"days_ago"`
}

type progressData struct {
	By      string       `yaml:"by"`
	Phase   ticket.Phase `yaml:"phase"`
	Text    string       `yaml:"text"`
	DaysAgo float64      `yaml:"days_ago"`
}

type reviewData struct {
	Person  string         `yaml:"person"`
	Helper  string         `yaml:"helper"`
	Score   int64          `yaml:"score"`
	Outcome ticket.Outcome `yaml:"outcome"`
	Text    string         `yaml:"text"`
	DaysAgo float64        `yaml:"days_ago"`
}

type unmaskingData struct {
	By      string  `yaml:"by"`
	Person  string  `yaml:"person"`
	Reason  string  `yaml:"reason"`
	DaysAgo float64 `yaml:"days_ago"`
}

type appealData struct {
	Task    string  `yaml:"task"`
	Person  string  `yaml:"person"`
	Text    string  `yaml:"text"`
	DaysAgo float64 `yaml:"days_ago"`
}

type readingData struct {
	People  []string `yaml:"people"`
	DaysAgo float64  `yaml:"days_ago"`
}

type refusalData struct {
	Person        string  `yaml:"person"`
	Template      string  `yaml:"template"`
	AgreedDaysAgo float64 `yaml:"agreed_days_ago"`
	DaysAgo       float64 `yaml:"days_ago"`
}

type disputeData struct {
	Person   string      `yaml:"person"`
	Task     string      `yaml:"task"`
	Region   string      `yaml:"region"`
	Text     string      `yaml:"text"`
	DaysAgo  float64     `yaml:"days_ago"`
	Answered *rulingData `yaml:"answered"`
	Appealed *wordsData  `yaml:"appealed"`
	Decided  *rulingData `yaml:"decided"`
}

type rulingData struct {
	By      string                `yaml:"by"`
	Verdict points.DisputeVerdict `yaml:"verdict"`
	Text    string                `yaml:"text"`
	DaysAgo float64               `yaml:"days_ago"`
}

type wordsData struct {
	Text    string  `yaml:"text"`
	DaysAgo float64 `yaml:"days_ago"`
}

type certificateData struct {
	Person   string `yaml:"person"`
	FullName bool   `yaml:"full_name"`
}

type adjustmentData struct {
	Region   string   `yaml:"region"`
	Person   string   `yaml:"person"`
	Amount   int64    `yaml:"amount"`
	Reason   string   `yaml:"reason"`
	By       string   `yaml:"by"`
	DaysAgo  float64  `yaml:"days_ago"`
	Approved *actData `yaml:"approved"`
}

type rewardData struct {
	Key          string           `yaml:"key"`
	Region       string           `yaml:"region"`
	Organisation string           `yaml:"organisation"`
	Provider     string           `yaml:"provider"`
	Kind         reward.Kind      `yaml:"kind"`
	Title        string           `yaml:"title"`
	Description  string           `yaml:"description"`
	Place        string           `yaml:"place"`
	Price        int64            `yaml:"price"`
	Stock        int64            `yaml:"stock"`
	Limit        int64            `yaml:"limit"`
	OwedFen      int64            `yaml:"owed_fen"`
	DaysAgo      float64          `yaml:"days_ago"`
	UntilDays    float64          `yaml:"until_days"`
	FetchDays    int64            `yaml:"fetch_days"`
	State        reward.State     `yaml:"state"`
	Redemptions  []redemptionData `yaml:"redemptions"`
}

type redemptionData struct {
	Person    string                 `yaml:"person"`
	Helper    string                 `yaml:"helper"`
	DaysAgo   float64                `yaml:"days_ago"`
	Fulfilled *actData               `yaml:"fulfilled"`
	Cancelled *actData               `yaml:"cancelled"`
	State     reward.RedemptionState `yaml:"state"`
}

// read reads demo/*.yaml; a field that data does not know is an error.
func read(files fs.FS) (data, error) {
	var all data
	names, err := fs.Glob(files, "demo/*.yaml")
	if err != nil || len(names) == 0 {
		return data{}, fmt.Errorf("no demo data: %w", fs.ErrNotExist)
	}
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return data{}, err
		}
		decoder := yaml.NewDecoder(bytes.NewReader(text))
		decoder.KnownFields(true)
		if err := decoder.Decode(&all); err != nil {
			return data{}, fmt.Errorf("%s: %w", name, err)
		}
	}
	return all, nil
}
