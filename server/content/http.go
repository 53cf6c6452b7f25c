package content

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"fivestar/server/web"
	"fivestar/server/wechat"
)

// CallbackPath is where WeChat pushes its verdicts, below the contract's base path.
const CallbackPath = "/wechat/callback"

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "listContentChecks", Method: http.MethodGet, Path: "/regions/{id}/content-checks", Summary: "等待人工审核的内容"}, s.handleForReview)
	web.HandleEmpty(server, web.Route{ID: "decideContentCheck", Method: http.MethodPost, Path: "/content-checks/{id}/decision", Summary: "人工审核内容"}, s.handleDecide)
	server.MountSigned(CallbackPath, s.handleCallback)
}

func (s *Service) handleForReview(ctx context.Context, caller web.Caller, in *struct {
	web.PageQuery
	ID string `path:"id" maxLength:"26"`
}) (web.Page[Check], error) {
	return s.ForReview(ctx, caller, in.ID, in.PageQuery)
}

func (s *Service) handleDecide(ctx context.Context, caller web.Caller, in *struct {
	ID   string `path:"id" maxLength:"26"`
	Body struct {
		Verdict string `json:"verdict" enum:"pass,refuse"`
		Reason  string `json:"reason,omitempty"`
	}
}) error {
	return s.Decide(ctx, caller, in.ID, in.Body.Verdict == "pass", in.Body.Reason)
}

// handleCallback answers WeChat, which proves itself by its signature. A verdict is answered with success
// once it is stored. One that nobody waits for is not: it may have come before the trace id was stored, and
// WeChat pushes it again, three times at most.
func (s *Service) handleCallback(c echo.Context) error {
	ctx := c.Request().Context()
	if c.Request().Method == http.MethodGet {
		echoed, err := s.WeChat.VerifyCallback(c.Request())
		if err != nil {
			return err
		}
		return c.String(http.StatusOK, echoed)
	}
	traceID, verdict, err := s.WeChat.ParseMediaVerdict(c.Request())
	if errors.Is(err, wechat.ErrOtherEvent) {
		return c.String(http.StatusOK, "success")
	}
	if err != nil {
		return err
	}
	if err := s.VerdictOnPicture(ctx, traceID, verdict); err != nil && !errors.Is(err, errDecided) {
		return err
	}
	return c.String(http.StatusOK, "success")
}
