package app

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/labstack/echo/v4"
)

const previewPath = "/preview/"

// mountPreview serves the mini-program's browser preview, for as long as WeChat is simulated: whoever opens
// it chooses who to be. It also answers the links that stand in printed QR codes.
func (a *App) mountPreview() {
	a.Web.Echo.GET("/", func(c echo.Context) error { return c.Redirect(http.StatusFound, a.entrance()) })
	a.Web.Echo.GET("/tickets/:id", a.openTicket)
	if !a.Config.SimulatedWeChat() {
		return
	}
	a.Web.Echo.GET(previewPath+"*", func(c echo.Context) error {
		if !a.hasPreview() {
			return c.String(http.StatusNotFound, "预览还没有生成，请运行 make run。")
		}
		c.Response().Header().Set("Cache-Control", "no-cache") // it changes with every build
		http.StripPrefix(previewPath, http.FileServer(http.Dir(a.Config.Preview))).ServeHTTP(c.Response(), c.Request())
		return nil
	})
}

// entrance is where a visitor is led first.
func (a *App) entrance() string {
	if a.Config.SimulatedWeChat() && a.hasPreview() {
		return previewPath
	}
	return "/api/docs"
}

func (a *App) hasPreview() bool {
	_, err := os.Stat(filepath.Join(a.Config.Preview, "index.html"))
	return err == nil
}

// openTicket is where the QR code of a printed ticket leads. WeChat opens the mini-program at this address
// where the account has it registered as a link that does (扫普通链接二维码打开小程序); a browser comes here.
func (a *App) openTicket(c echo.Context) error {
	if a.Config.SimulatedWeChat() && a.hasPreview() {
		page := "#/pages/ticket/detail/index?id=" + url.QueryEscape(c.Param("id"))
		return c.Redirect(http.StatusFound, previewPath+page)
	}
	return c.String(http.StatusOK, "请用微信扫一扫，在小程序里查看这张四联单。")
}
