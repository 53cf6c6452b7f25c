package task

import (
	"context"
	"net/http"

	"fivestar/server/region"
	"fivestar/server/web"
)

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "createTask", Method: http.MethodPost, Path: "/tasks", Summary: "新建微任务", Status: http.StatusCreated}, s.handleCreate)
	web.Handle(server, web.Route{ID: "listTasks", Method: http.MethodGet, Path: "/tasks", Summary: "微任务列表"}, s.handleList)
	web.Handle(server, web.Route{ID: "getTask", Method: http.MethodGet, Path: "/tasks/{id}", Summary: "一项微任务"}, s.handleGet)
	web.Handle(server, web.Route{ID: "changeTask", Method: http.MethodPatch, Path: "/tasks/{id}", Summary: "修改微任务"}, s.handleChange)
	web.Handle(server, web.Route{ID: "publishTask", Method: http.MethodPost, Path: "/tasks/{id}/publish", Summary: "发布微任务"}, s.handlePublish)
	web.Handle(server, web.Route{ID: "closeTask", Method: http.MethodPost, Path: "/tasks/{id}/close", Summary: "结束认领"}, s.handleClose)
	web.Handle(server, web.Route{ID: "withdrawTask", Method: http.MethodPost, Path: "/tasks/{id}/withdraw", Summary: "撤回微任务"}, s.handleWithdraw)
	web.HandleStatus(server, web.Route{ID: "takeTask", Method: http.MethodPost, Path: "/tasks/{id}/claims", Summary: "认领", Status: http.StatusCreated}, s.handleTake)
	web.Handle(server, web.Route{ID: "listTaskClaims", Method: http.MethodGet, Path: "/tasks/{id}/claims", Summary: "一项微任务的认领"}, s.handleTaskClaims)
	web.Handle(server, web.Route{ID: "scanForTask", Method: http.MethodPost, Path: "/tasks/{id}/scans", Summary: "现场扫码确认"}, s.handleScan)
	web.Handle(server, web.Route{ID: "listMyClaims", Method: http.MethodGet, Path: "/me/claims", Summary: "我的认领"}, s.handleMyClaims)
	web.Handle(server, web.Route{ID: "listRegionClaims", Method: http.MethodGet, Path: "/regions/{id}/claims", Summary: "待审核的认领，等得最久的在前"}, s.handleQueue)
	web.Handle(server, web.Route{ID: "getClaim", Method: http.MethodGet, Path: "/claims/{id}", Summary: "一次认领"}, s.handleClaim)
	web.HandleEmpty(server, web.Route{ID: "abandonClaim", Method: http.MethodDelete, Path: "/claims/{id}", Summary: "放弃认领"}, s.handleAbandon)
	web.HandleEmpty(server, web.Route{ID: "putBackCard", Method: http.MethodPost, Path: "/claims/{id}/put-back", Summary: "放回抽到的任务卡"}, s.handlePutBack)
	web.Handle(server, web.Route{ID: "submitClaim", Method: http.MethodPut, Path: "/claims/{id}/submission", Summary: "提交完成情况"}, s.handleSubmit)
	web.Handle(server, web.Route{ID: "reviewClaim", Method: http.MethodPost, Path: "/claims/{id}/review", Summary: "审核"}, s.handleReview)
	web.Handle(server, web.Route{ID: "appealClaim", Method: http.MethodPost, Path: "/claims/{id}/appeal", Summary: "申诉"}, s.handleAppeal)
	web.Handle(server, web.Route{ID: "decideAppeal", Method: http.MethodPost, Path: "/claims/{id}/appeal/decision", Summary: "裁决申诉"}, s.handleDecideAppeal)
	web.Handle(server, web.Route{ID: "createStation", Method: http.MethodPost, Path: "/stations", Summary: "新建微任务认领区", Status: http.StatusCreated}, s.handleCreateStation)
	web.Handle(server, web.Route{ID: "listStations", Method: http.MethodGet, Path: "/stations", Summary: "微任务认领区列表"}, s.handleStations)
	web.Handle(server, web.Route{ID: "getStation", Method: http.MethodGet, Path: "/stations/{id}", Summary: "一个微任务认领区"}, s.handleStation)
	web.Handle(server, web.Route{ID: "changeStation", Method: http.MethodPatch, Path: "/stations/{id}", Summary: "修改微任务认领区"}, s.handleChangeStation)
	web.HandleRaw(server, web.Route{ID: "getStationCode", Method: http.MethodGet, Path: "/stations/{id}/code.png", Summary: "认领区的小程序码，用于张贴"}, s.handleStationCode)
	web.HandleStatus(server, web.Route{ID: "drawCard", Method: http.MethodPost, Path: "/stations/{id}/draws", Summary: "抽一张任务卡", Status: http.StatusCreated}, s.handleDraw)
}

type onePath struct {
	ID string `path:"id" maxLength:"26"`
}

func (s *Service) handleCreate(ctx context.Context, caller web.Caller, in *struct{ Body NewTask }) (Task, error) {
	return s.Create(ctx, caller, in.Body)
}

func (s *Service) handleList(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID  string      `query:"region_id" maxLength:"26" doc:"Empty: the station's community, or the caller's home"`
	Star      region.Star `query:"star" maxLength:"20"`
	State     State       `query:"state" enum:"draft,published,closed,withdrawn" doc:"Empty: published"`
	StationID string      `query:"station_id" maxLength:"26"`
}) (web.Page[Task], error) {
	return s.List(ctx, caller, in.RegionID, Filter{State: in.State, Star: in.Star, StationID: in.StationID}, in.PageQuery)
}

func (s *Service) handleGet(ctx context.Context, caller web.Caller, in *onePath) (Task, error) {
	return s.Get(ctx, caller, in.ID)
}

func (s *Service) handleChange(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body Change
}) (Task, error) {
	return s.Change(ctx, caller, in.ID, in.Body)
}

func (s *Service) handlePublish(ctx context.Context, caller web.Caller, in *onePath) (Task, error) {
	return s.Publish(ctx, caller, in.ID)
}

func (s *Service) handleClose(ctx context.Context, caller web.Caller, in *onePath) (Task, error) {
	return s.Close(ctx, caller, in.ID)
}

func (s *Service) handleWithdraw(ctx context.Context, caller web.Caller, in *onePath) (Task, error) {
	return s.Withdraw(ctx, caller, in.ID)
}

// createdOr200 is the status of a call that makes something unless it is there already.
func createdOr200(isNew bool) int {
	if isNew {
		return http.StatusCreated
	}
	return http.StatusOK
}

func (s *Service) handleTake(ctx context.Context, caller web.Caller, in *onePath) (Claim, int, error) {
	claim, isNew, err := s.Take(ctx, caller, in.ID)
	return claim, createdOr200(isNew), err
}

func (s *Service) handleTaskClaims(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID    string     `path:"id" maxLength:"26"`
	State ClaimState `query:"state" enum:"claimed,submitted,approved,returned,rejected,abandoned,expired"`
}) (web.Page[Claim], error) {
	return s.ClaimsAt(ctx, caller, in.ID, in.State, in.PageQuery)
}

func (s *Service) handleScan(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Token string `json:"token" maxLength:"200" doc:"A card's token or the text of a personal code"`
	}
}) (Claim, error) {
	return s.Scan(ctx, caller, in.ID, in.Body.Token)
}

func (s *Service) handleMyClaims(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	State ClaimState `query:"state" enum:"claimed,submitted,approved,returned,rejected,abandoned,expired"`
}) (web.Page[Claim], error) {
	return s.ClaimsOf(ctx, caller, in.State, in.PageQuery)
}

func (s *Service) handleQueue(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID     string     `path:"id" maxLength:"26"`
	State  ClaimState `query:"state" enum:"claimed,submitted,approved,returned,rejected,abandoned,expired" default:"submitted"`
	Appeal Appeal     `query:"appeal" enum:"pending,upheld,overturned" doc:"With state=rejected: how the appeal stands"`
}) (web.Page[Claim], error) {
	return s.Queue(ctx, caller, in.ID, in.State, in.Appeal, in.PageQuery)
}

func (s *Service) handleClaim(ctx context.Context, caller web.Caller, in *onePath) (Claim, error) {
	return s.Claim(ctx, caller, in.ID)
}

func (s *Service) handleAbandon(ctx context.Context, caller web.Caller, in *onePath) error {
	return s.Abandon(ctx, caller, in.ID)
}

func (s *Service) handlePutBack(ctx context.Context, caller web.Caller, in *onePath) error {
	return s.PutBack(ctx, caller, in.ID)
}

func (s *Service) handleSubmit(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body *Submission
}) (Claim, error) {
	if in.Body == nil {
		in.Body = &Submission{}
	}
	return s.Submit(ctx, caller, in.ID, *in.Body)
}

func (s *Service) handleReview(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Verdict Verdict `json:"verdict" enum:"approve,return,reject"`
		Reason  string  `json:"reason,omitempty" doc:"Demanded for return and reject"`
	}
}) (Claim, error) {
	return s.Review(ctx, caller, in.ID, in.Body.Verdict, in.Body.Reason)
}

func (s *Service) handleAppeal(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Text string `json:"text"`
	}
}) (Claim, error) {
	return s.Appeal(ctx, caller, in.ID, in.Body.Text)
}

func (s *Service) handleDecideAppeal(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Verdict Ruling `json:"verdict" enum:"uphold,overturn"`
		Reason  string `json:"reason"`
	}
}) (Claim, error) {
	return s.DecideAppeal(ctx, caller, in.ID, in.Body.Verdict, in.Body.Reason)
}

func (s *Service) handleCreateStation(ctx context.Context, caller web.Caller, in *struct{ Body NewStation }) (Station, error) {
	return s.CreateStation(ctx, caller, in.Body)
}

func (s *Service) handleStations(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	RegionID string `query:"region_id" required:"true" maxLength:"26"`
}) (web.Page[Station], error) {
	return s.Stations(ctx, in.RegionID, in.PageQuery)
}

func (s *Service) handleStation(ctx context.Context, caller web.Caller, in *onePath) (Station, error) {
	return s.Station(ctx, in.ID)
}

func (s *Service) handleChangeStation(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body StationChange
}) (Station, error) {
	return s.ChangeStation(ctx, caller, in.ID, in.Body)
}

type picture struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (s *Service) handleStationCode(ctx context.Context, caller web.Caller, in *onePath) (*picture, error) {
	code, err := s.StationCode(ctx, caller, in.ID)
	if err != nil {
		return nil, err
	}
	return &picture{ContentType: "image/png", CacheControl: "private, max-age=86400", Body: code}, nil
}

func (s *Service) handleDraw(ctx context.Context, caller web.Caller, in *onePath) (Claim, int, error) {
	claim, isNew, err := s.Draw(ctx, caller, in.ID)
	return claim, createdOr200(isNew), err
}
