package team

import (
	"context"
	"net/http"
	"time"

	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "listTeams", Method: http.MethodGet, Path: "/teams", Summary: "社区的志愿服务队"}, s.handleTeams)
	web.Handle(server, web.Route{ID: "createTeam", Method: http.MethodPost, Path: "/teams", Summary: "新建志愿服务队", Status: http.StatusCreated}, s.handleCreateTeam)
	web.Handle(server, web.Route{ID: "getTeam", Method: http.MethodGet, Path: "/teams/{id}", Summary: "一支志愿服务队"}, s.handleTeam)
	web.Handle(server, web.Route{ID: "listMembers", Method: http.MethodGet, Path: "/teams/{id}/members", Summary: "队员名单"}, s.handleMembers)
	web.HandleStatus(server, web.Route{ID: "joinTeam", Method: http.MethodPost, Path: "/teams/{id}/members", Summary: "申请入队", Status: http.StatusCreated}, s.handleJoin)
	web.Handle(server, web.Route{ID: "decideMember", Method: http.MethodPost, Path: "/teams/{id}/members/{person_id}/decision", Summary: "审批入队申请"}, s.handleDecide)
	web.HandleEmpty(server, web.Route{ID: "leaveTeam", Method: http.MethodDelete, Path: "/teams/{id}/members/mine", Summary: "退出队伍"}, s.handleLeave)

	web.Handle(server, web.Route{ID: "listActivities", Method: http.MethodGet, Path: "/activities", Summary: "活动列表"}, s.handleActivities)
	web.Handle(server, web.Route{ID: "listMyActivities", Method: http.MethodGet, Path: "/me/activities", Summary: "我的活动"}, s.handleMyActivities)
	web.Handle(server, web.Route{ID: "createActivity", Method: http.MethodPost, Path: "/activities", Summary: "发起活动", Status: http.StatusCreated}, s.handleCreateActivity)
	web.Handle(server, web.Route{ID: "blowWhistle", Method: http.MethodPost, Path: "/whistles", Summary: "吹哨", Status: http.StatusCreated}, s.handleWhistle)
	web.Handle(server, web.Route{ID: "getActivity", Method: http.MethodGet, Path: "/activities/{id}", Summary: "一个活动"}, s.handleActivity)
	web.Handle(server, web.Route{ID: "publishActivity", Method: http.MethodPost, Path: "/activities/{id}/publish", Summary: "发布活动"}, s.handlePublish)
	web.Handle(server, web.Route{ID: "cancelActivity", Method: http.MethodPost, Path: "/activities/{id}/cancel", Summary: "取消活动"}, s.handleCancel)
	web.Handle(server, web.Route{ID: "closeActivity", Method: http.MethodPost, Path: "/activities/{id}/close", Summary: "结束活动"}, s.handleClose)
	web.Handle(server, web.Route{ID: "reopenActivity", Method: http.MethodPost, Path: "/activities/{id}/reopen", Summary: "退回给队长"}, s.handleReopen)
	web.Handle(server, web.Route{ID: "confirmActivity", Method: http.MethodPost, Path: "/activities/{id}/confirm", Summary: "确认活动，发放积分"}, s.handleConfirm)

	web.Handle(server, web.Route{ID: "listSignups", Method: http.MethodGet, Path: "/activities/{id}/signups", Summary: "报名名单"}, s.handleSignups)
	web.HandleStatus(server, web.Route{ID: "signUp", Method: http.MethodPost, Path: "/activities/{id}/signups", Summary: "报名", Status: http.StatusCreated}, s.handleSignUp)
	web.HandleEmpty(server, web.Route{ID: "withdrawSignup", Method: http.MethodDelete, Path: "/activities/{id}/signups/mine", Summary: "取消报名"}, s.handleWithdraw)

	web.Handle(server, web.Route{ID: "getCheckInCode", Method: http.MethodGet, Path: "/activities/{id}/checkin-code", Summary: "现场签到码"}, s.handleCode)
	web.HandleStatus(server, web.Route{ID: "checkIn", Method: http.MethodPost, Path: "/activities/{id}/checkins", Summary: "签到", Status: http.StatusCreated}, s.handleCheckIn)
	web.Handle(server, web.Route{ID: "checkOut", Method: http.MethodPost, Path: "/activities/{id}/checkouts", Summary: "签退"}, s.handleCheckOut)
	web.Handle(server, web.Route{ID: "uploadScans", Method: http.MethodPost, Path: "/activities/{id}/scans", Summary: "上传扫码"}, s.handleScans)
	web.Handle(server, web.Route{ID: "listScans", Method: http.MethodGet, Path: "/activities/{id}/scans", Summary: "扫码记录"}, s.handleListScans)
	web.Handle(server, web.Route{ID: "listAttendance", Method: http.MethodGet, Path: "/activities/{id}/attendance", Summary: "签到名单"}, s.handleAttendance)
	web.HandleStatus(server, web.Route{ID: "giveWord", Method: http.MethodPost, Path: "/activities/{id}/attendance", Summary: "队长补登", Status: http.StatusCreated}, s.handleWord)
}

type one struct {
	ID string `path:"id" maxLength:"26"`
}

type pageOfOne struct {
	web.PageQuery
	ID string `path:"id" maxLength:"26"`
}

type reason struct {
	Reason string `json:"reason"`
}

type withReason struct {
	ID   string `path:"id" maxLength:"26"`
	Body reason
}

// statusOf is 201 for something new and 200 for what was there.
func statusOf(made bool) int {
	if made {
		return http.StatusCreated
	}
	return http.StatusOK
}

func (s *Service) handleTeams(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
}) (web.Page[Team], error) {
	return s.List(ctx, caller, in.RegionID, in.PageQuery)
}

func (s *Service) handleCreateTeam(ctx context.Context, caller web.Caller, in *struct{ Body NewTeam }) (Team, error) {
	return s.Create(ctx, caller, in.Body)
}

func (s *Service) handleTeam(ctx context.Context, caller web.Caller, in *one) (Team, error) {
	return s.Get(ctx, caller, in.ID)
}

func (s *Service) handleMembers(ctx context.Context, caller web.Caller, in *pageOfOne) (web.Page[Member], error) {
	return s.Members(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleJoin(ctx context.Context, caller web.Caller, in *one) (Member, int, error) {
	member, made, err := s.Join(ctx, caller, in.ID)
	return member, statusOf(made), err
}

func (s *Service) handleDecide(ctx context.Context, caller web.Caller, in *struct {
	ID       string `path:"id" maxLength:"26"`
	PersonID string `path:"person_id" maxLength:"26"`
	Body     struct {
		Verdict Verdict `json:"verdict" enum:"admit,refuse"`
	}
}) (Member, error) {
	return s.DecideMember(ctx, caller, in.ID, in.PersonID, in.Body.Verdict)
}

func (s *Service) handleLeave(ctx context.Context, caller web.Caller, in *one) error {
	return s.LeaveTeam(ctx, caller, in.ID)
}

func (s *Service) handleActivities(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string    `query:"region_id" maxLength:"26" doc:"The community; may be left out with a team"`
	TeamID   string    `query:"team_id" maxLength:"26"`
	State    State     `query:"state" enum:"draft,published,closed,confirmed,cancelled"`
	From     time.Time `query:"from" doc:"Those that end at or after it, the next to start first; without it the newest first"`
}) (web.Page[Activity], error) {
	which := ActivityQuery{RegionID: in.RegionID, TeamID: in.TeamID, State: in.State, From: in.From}
	return s.Activities(ctx, caller, which, in.PageQuery)
}

func (s *Service) handleMyActivities(ctx context.Context, caller web.Caller, in *web.PageQuery) (web.Page[Activity], error) {
	return s.MyActivities(ctx, caller, *in)
}

func (s *Service) handleCreateActivity(ctx context.Context, caller web.Caller, in *struct{ Body NewActivity }) (Activity, error) {
	return s.CreateActivity(ctx, caller, in.Body)
}

func (s *Service) handleWhistle(ctx context.Context, caller web.Caller, in *struct{ Body NewWhistle }) (Activity, error) {
	return s.BlowWhistle(ctx, caller, in.Body)
}

func (s *Service) handleActivity(ctx context.Context, caller web.Caller, in *one) (Activity, error) {
	return s.Activity(ctx, caller, in.ID)
}

func (s *Service) handlePublish(ctx context.Context, caller web.Caller, in *one) (Activity, error) {
	return s.Publish(ctx, caller, in.ID)
}

func (s *Service) handleCancel(ctx context.Context, caller web.Caller, in *withReason) (Activity, error) {
	return s.Cancel(ctx, caller, in.ID, in.Body.Reason)
}

func (s *Service) handleClose(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body *struct {
		Minutes []NewCorrection `json:"minutes,omitempty" maxItems:"2000"`
	}
}) (Activity, error) {
	if in.Body == nil {
		return s.Close(ctx, caller, in.ID, nil)
	}
	return s.Close(ctx, caller, in.ID, in.Body.Minutes)
}

func (s *Service) handleReopen(ctx context.Context, caller web.Caller, in *withReason) (Activity, error) {
	return s.Reopen(ctx, caller, in.ID, in.Body.Reason)
}

func (s *Service) handleConfirm(ctx context.Context, caller web.Caller, in *one) (Activity, error) {
	return s.Confirm(ctx, caller, in.ID)
}

func (s *Service) handleSignups(ctx context.Context, caller web.Caller, in *pageOfOne) (web.Page[Signup], error) {
	return s.Signups(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleSignUp(ctx context.Context, caller web.Caller, in *one) (Signup, int, error) {
	signup, made, err := s.SignUp(ctx, caller, in.ID)
	return signup, statusOf(made), err
}

func (s *Service) handleWithdraw(ctx context.Context, caller web.Caller, in *one) error {
	return s.Withdraw(ctx, caller, in.ID)
}

func (s *Service) handleCode(ctx context.Context, caller web.Caller, in *one) (RotatingCode, error) {
	return s.CheckInCode(ctx, caller, in.ID)
}

func (s *Service) handleCheckIn(ctx context.Context, caller web.Caller, in *struct {
	ID     string `path:"id" maxLength:"26"`
	Device string `header:"X-Device" maxLength:"64" doc:"The phone's own id, opaque; may be left out"`
	Body   NewCheckIn
}) (Attendance, int, error) {
	in.Body.Device = in.Device
	presence, made, err := s.CheckIn(ctx, caller, in.ID, in.Body)
	return presence, statusOf(made), err
}

func (s *Service) handleCheckOut(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Code string `json:"code" doc:"What the QR holds, or the code alone"`
	}
}) (Attendance, error) {
	return s.CheckOut(ctx, caller, in.ID, in.Body.Code)
}

func (s *Service) handleScans(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Scans []NewScan `json:"scans" maxItems:"500"`
	}
}) (ScanResults, error) {
	results, err := s.Scans(ctx, caller, in.ID, in.Body.Scans)
	return ScanResults{results}, err
}

// ScanResults are the results of an upload, in the order of its scans.
type ScanResults struct {
	Results []ScanResult `json:"results" nullable:"false"`
}

func (s *Service) handleListScans(ctx context.Context, caller web.Caller, in *pageOfOne) (web.Page[Scan], error) {
	return s.ListScans(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleAttendance(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID      string `path:"id" maxLength:"26"`
	Flagged bool   `query:"flagged" doc:"Only the odd cases"`
}) (web.Page[Attendance], error) {
	return s.Attendance(ctx, caller, in.ID, in.Flagged, in.PageQuery)
}

func (s *Service) handleWord(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body LeaderWord
}) (Attendance, int, error) {
	presence, made, err := s.GiveWord(ctx, caller, in.ID, in.Body)
	return presence, statusOf(made), err
}
