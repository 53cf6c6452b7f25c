package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/figures"
	"fivestar/server/file"
	"fivestar/server/home"
	"fivestar/server/notice"
	"fivestar/server/oversight"
	"fivestar/server/person"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/reward"
	"fivestar/server/roster"
	"fivestar/server/secret"
	"fivestar/server/task"
	"fivestar/server/team"
	"fivestar/server/ticket"
	"fivestar/server/web"
	"fivestar/server/wechat"
)

// openWeChat makes the client, and the simulated WeChat behind it when no account is configured. The two
// speak HTTP, as the client and the real one do.
func (a *App) openWeChat() (err error) {
	config := wechat.Config{
		AppID: a.Config.WeChat.AppID, AppSecret: a.Config.WeChat.AppSecret,
		CallbackToken: a.Config.WeChat.CallbackToken, CallbackAESKey: a.Config.WeChat.CallbackAESKey,
		CloudRun: a.Config.WeChat.CloudRun, Metrics: a.metrics,
	}
	if a.Config.SimulatedWeChat() {
		if a.Simulator, err = wechat.StartSimulator("127.0.0.1:0"); err != nil {
			return fmt.Errorf("simulated WeChat: %w", err)
		}
		// The simulated one serves any account; the key of its signature is made anew at every start.
		config.AppID, config.AppSecret, config.CallbackToken = "simulated", "simulated", secret.NewToken()[:32]
		config.BaseURL = a.Simulator.URL()
		a.callback = wechat.Callback{URL: a.Config.PublicURL + web.BasePath + content.CallbackPath, Token: config.CallbackToken}
		a.Simulator.SetCallback(a.callback)
	}
	a.WeChat, err = wechat.New(config, a.Redis.Client, a.log)
	return err
}

// templates are those of the settings. The simulated WeChat knows every template; those without an id are called
// after their names there.
func (a *App) templates() (notice.Templates, error) {
	settings := maps.Clone(a.Config.WeChat.Templates)
	if a.Config.SimulatedWeChat() {
		for name, setting := range settings {
			setting.ID = cmp.Or(setting.ID, "simulated-"+name)
			settings[name] = setting
		}
	}
	return notice.ParseTemplates(settings)
}

// keptAnswers is what the answers to POSTs with an Idempotency-Key are encrypted for.
const keptAnswers = "kept answers"

// wire builds the rooms, lowest floor first, tells them what they may ask of each other, and mounts them.
func (a *App) wire() error {
	proxies, err := a.Config.proxies()
	if err != nil {
		return err
	}
	templates, err := a.templates()
	if err != nil {
		return err
	}
	a.Audit = &audit.Service{DB: a.DB}
	a.Regions = &region.Service{DB: a.DB, Audit: a.Audit}
	a.Regions.Open()
	a.People = &person.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, WeChat: a.WeChat, Key: a.Key}
	a.People.Open()
	a.Roster = &roster.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People}
	a.Content = &content.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, WeChat: a.WeChat, Log: a.log}
	a.Notices = &notice.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, WeChat: a.WeChat, Templates: templates, Log: a.log}
	a.Points = &points.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, Content: a.Content, Notices: a.Notices, Key: a.Key, Log: a.log}
	a.Files = &file.Service{DB: a.DB, Regions: a.Regions, People: a.People, Content: a.Content, Key: a.Key, PublicURL: a.Config.PublicURL, Log: a.log}
	a.Tasks = &task.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, Points: a.Points, Files: a.Files, Content: a.Content, Notices: a.Notices, WeChat: a.WeChat}
	a.Tasks.Open()
	a.Teams = &team.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, Points: a.Points, Content: a.Content, Notices: a.Notices, Key: a.Key}
	a.Teams.Open()
	a.Tickets = &ticket.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, Points: a.Points, Files: a.Files, Content: a.Content, Notices: a.Notices, PublicURL: a.Config.PublicURL}
	a.Tickets.Open()
	a.Rewards = &reward.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, Points: a.Points, Files: a.Files, Notices: a.Notices, Key: a.Key}
	a.Rewards.Open()
	a.Oversight = &oversight.Service{DB: a.DB, Audit: a.Audit, Regions: a.Regions, People: a.People, Key: a.Key}
	a.Home = &home.Service{DB: a.DB, Tasks: a.Tasks, Teams: a.Teams, Tickets: a.Tickets}
	a.Figures = &figures.Service{DB: a.DB, Regions: a.Regions, People: a.People, Key: a.Key, PublicURL: a.Config.PublicURL}

	a.Web = web.New(web.Config{
		DB: a.DB, Redis: a.Redis.Shared(), Log: a.log, Metrics: a.metrics, Limits: a.Config.Limits, TrustedProxies: proxies,
		Encrypt:      func(plain []byte) string { return a.Key.Encrypt(keptAnswers, plain) },
		Decrypt:      func(kept string) ([]byte, error) { return a.Key.Decrypt(keptAnswers, kept) },
		Authenticate: a.People.Authenticate, ActByCard: a.People.ActByCard,
	})
	a.connect()
	a.mount()
	return nil
}

// filesURL is where photos are kept, in gocloud.dev's form.
func (a *App) filesURL() string {
	if a.Config.Files.URL != "" {
		return a.Config.Files.URL
	}
	folder, err := filepath.Abs(filepath.Join(a.Config.Data, "files"))
	if err != nil {
		folder = filepath.Join(a.Config.Data, "files")
	}
	return "file://" + filepath.ToSlash(folder) + "?create_dir=true&no_tmp_dir=true"
}

// connect sets what rooms need to know of rooms above or beside them.
func (a *App) connect() {
	a.Regions.TeamRegion = a.Teams.RegionOf
	a.Regions.HoldPerson = a.People.Hold
	a.Regions.PersonNames = a.People.Names
	a.Points.TeamMembers = a.Teams.MembersOf
	a.Teams.Guess, a.Tasks.Guess, a.Rewards.Guess = a.Web.Guess, a.Web.Guess, a.Web.Guess
	a.Content.PictureURL = a.Files.PictureURL

	a.Files.MaySee = map[string]func(ctx context.Context, caller web.Caller, subjectID string) error{
		"claim": a.Tasks.MaySee, "task": a.Tasks.MaySeeTask, "ticket": a.Tickets.MaySee, "activity": a.Teams.MaySee,
		"reward": a.Rewards.MaySee,
	}
	a.Content.Decided = map[string]func(ctx context.Context, subjectID string, state content.State) error{
		"ticket": a.Tickets.ContentDecided, "claim": a.Tasks.ContentDecided, "activity": a.Teams.ContentDecided,
		"file": a.Files.ContentDecided, "dispute": a.Points.ContentDecided,
	}
	// What a household or a Party member's link holds is the roster's own, and no history of a person's.
	a.People.HistoryAmong = []func(ctx context.Context, ids []string) ([]string, error){
		a.Points.HistoryAmong, a.Tasks.HistoryAmong, a.Teams.HistoryAmong, a.Tickets.HistoryAmong, a.Rewards.HistoryAmong,
		a.Figures.HistoryAmong, a.Oversight.HistoryAmong,
	}
	a.People.Exporters = map[string]func(ctx context.Context, personID string) (any, error){
		"points": a.Points.Export, "tasks": a.Tasks.Export, "teams": a.Teams.Export, "tickets": a.Tickets.Export, "rewards": a.Rewards.Export,
		"files": a.Files.Export, "content_checks": a.Content.Export, "roster": a.Roster.Export,
		"certificates": a.Figures.Export, "oversight": a.Oversight.Export, "notices": a.Notices.Export,
	}
	a.People.Erasers = []func(ctx context.Context, personID string) error{
		a.Points.Erase, a.Tasks.Erase, a.Teams.Erase, a.Tickets.Erase, a.Rewards.Erase, a.Files.Erase, a.Content.Erase, a.Roster.Erase,
		a.Figures.Erase, a.Oversight.Erase, a.Notices.Erase, a.Audit.Erase,
	}
}

func (a *App) mount() {
	a.Regions.Mount(a.Web)
	a.People.Mount(a.Web)
	a.Roster.Mount(a.Web)
	a.Notices.Mount(a.Web)
	a.Points.Mount(a.Web)
	a.Files.Mount(a.Web)
	a.Content.Mount(a.Web)
	a.Tasks.Mount(a.Web)
	a.Teams.Mount(a.Web)
	a.Tickets.Mount(a.Web)
	a.Rewards.Mount(a.Web)
	a.Oversight.Mount(a.Web)
	a.Home.Mount(a.Web)
	a.Figures.Mount(a.Web)
	a.Web.MountDocs()
	a.mountOperations()
	a.mountPreview()
}
