package file

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"fivestar/server/web"
)

// uploadForm bounds a whole upload: the largest photo and the form around it.
const uploadForm = 10<<20 + 64<<10

// Mount adds the room's calls.
func (s *Service) Mount(server *web.Server) {
	web.Handle(server, web.Route{ID: "uploadFile", Method: http.MethodPost, Path: "/files", Summary: "上传照片", Status: http.StatusCreated, MaxBody: uploadForm}, s.handleUpload)
	web.HandleRaw(server, web.Route{ID: "getFile", Method: http.MethodGet, Path: "/files/{id}", Summary: "照片", Public: true}, s.handleGet)
	web.HandleRaw(server, web.Route{ID: "getThumb", Method: http.MethodGet, Path: "/files/{id}/thumb", Summary: "缩略图", Public: true}, s.handleThumb)
}

func (s *Service) handleUpload(ctx context.Context, caller web.Caller, in *struct {
	RawBody huma.MultipartFormFiles[struct {
		File huma.FormFile `form:"file" required:"true"`
	}]
}) (Link, error) {
	upload := in.RawBody.Data().File
	defer upload.Close()
	return s.Store(ctx, caller, upload)
}

type linkedFile struct {
	Ticket
	ID string `path:"id" maxLength:"26"`
}

type jpegAnswer struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Policy       string `header:"Content-Security-Policy"`
	NoSniff      string `header:"X-Content-Type-Options"`
	Body         []byte
}

func (s *Service) handleGet(ctx context.Context, caller web.Caller, in *linkedFile) (*jpegAnswer, error) {
	return s.answer(ctx, caller, in, false)
}

func (s *Service) handleThumb(ctx context.Context, caller web.Caller, in *linkedFile) (*jpegAnswer, error) {
	return s.answer(ctx, caller, in, true)
}

func (s *Service) answer(ctx context.Context, caller web.Caller, in *linkedFile, thumb bool) (*jpegAnswer, error) {
	jpeg, err := s.Read(ctx, caller, in.ID, in.Ticket, thumb)
	if err != nil {
		return nil, err
	}
	return &jpegAnswer{ContentType: "image/jpeg", CacheControl: "private, max-age=3600",
		Policy: "default-src 'none'", NoSniff: "nosniff", Body: jpeg}, nil
}
