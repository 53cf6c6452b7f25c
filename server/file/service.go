package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // a folder
	_ "gocloud.dev/blob/s3blob"   // storage that speaks S3, such as Tencent's COS
	"gocloud.dev/gcerrors"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/file/internal/filedb"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/secret"
	"fivestar/server/web"
)

// subjectKind is what content checks call a file.
const subjectKind = "file"

const (
	mostPhotos      = 9
	uploadsPerDay   = 100
	unattachedKept  = 24 * time.Hour
	longestRemoval  = 10 * time.Second
	linkStep        = time.Hour
	linkPurpose     = "file"
	checkPurpose    = "file check"
	checkLinkServes = 10 * time.Minute
)

var (
	errTooManyUploads = &fault.Error{Kind: fault.TooMany, Code: "too_many", Detail: "今天上传的照片太多了，请明天再传", RetryAfter: time.Hour}
	errNotYours       = fault.InvalidField("photo_ids", "有的照片找不到或已经用过，请重新上传")
	errTooManyPhotos  = fault.InvalidField("photo_ids", "最多9张照片")
)

// Subject is the thing that photos belong to. Kind is a key of Service.MaySee; RegionID is where its desk is.
type Subject struct {
	Kind     string
	ID       string
	RegionID string
}

// Link is where one viewer finds a photo for a while: WeChat's <image> can send no header, so the link
// itself says who looks.
type Link struct {
	ID       string `json:"id"`
	URL      string `json:"url"`
	ThumbURL string `json:"thumb_url"`
	Label    string `json:"label,omitempty"`
}

// Service is the file room.
type Service struct {
	DB        *db.DB
	Regions   *region.Service
	People    *person.Service
	Content   *content.Service
	Key       secret.Key
	PublicURL string
	Log       *slog.Logger
	// MaySee tells, by subject kind, whether the caller may see a subject; an error refuses.
	MaySee map[string]func(ctx context.Context, caller web.Caller, subjectID string) error

	bucket *blob.Bucket
}

// Open opens where photos are kept, in gocloud.dev's form: file:///folder, s3://bucket?region=...
func (s *Service) Open(ctx context.Context, bucketURL string) (err error) {
	if s.bucket, err = blob.OpenBucket(ctx, bucketURL); err != nil {
		return fmt.Errorf("open the place for photos (files.url): %w", err)
	}
	return nil
}

// Close gives the place back.
func (s *Service) Close() error {
	if s.bucket == nil {
		return nil
	}
	return s.bucket.Close()
}

// Store keeps a clean copy of an upload for the caller. Errors of ReadPicture; 429 after a day's worth.
func (s *Service) Store(ctx context.Context, caller web.Caller, upload io.Reader) (Link, error) {
	dayAgo := db.Millis(s.DB.Now().Add(-24 * time.Hour))
	today, err := s.queries(ctx).CountUploadsSince(ctx, filedb.CountUploadsSinceParams{OwnerID: caller.PersonID, CreatedAt: dayAgo})
	if err != nil {
		return Link{}, fmt.Errorf("count uploads: %w", err)
	}
	if today >= uploadsPerDay {
		return Link{}, errTooManyUploads
	}
	picture, err := ReadPicture(ctx, upload)
	if err != nil {
		return Link{}, err
	}
	id := db.NewID()
	if err := s.write(ctx, photoKey(id), picture.JPEG); err != nil {
		return Link{}, err
	}
	if err := s.write(ctx, thumbKey(id), picture.Thumbnail); err != nil {
		return Link{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		err := s.queries(ctx).InsertFile(ctx, filedb.InsertFileParams{
			ID: id, OwnerID: caller.PersonID, HelperID: caller.HelperID, Sha256: picture.SHA256,
			Width: int64(picture.Width), Height: int64(picture.Height), CreatedAt: db.Millis(s.DB.Now()),
		})
		if err != nil || picture.Hash == 0 {
			return err
		}
		return s.insertHash(ctx, id, picture.Hash)
	})
	if err != nil {
		return Link{}, fmt.Errorf("keep a photo: %w", err)
	}
	return s.linkFor(caller, id, ""), nil
}

func (s *Service) insertHash(ctx context.Context, id string, hash uint64) error {
	bands := Bands(hash)
	return s.queries(ctx).InsertHash(ctx, filedb.InsertHashParams{FileID: id, Hash: int64(hash),
		Band1: bands[0], Band2: bands[1], Band3: bands[2], Band4: bands[3]})
}

func photoKey(id string) string { return id + ".jpg" }
func thumbKey(id string) string { return id + "-thumb.jpg" }

func (s *Service) write(ctx context.Context, key string, jpeg []byte) error {
	if err := s.bucket.WriteAll(ctx, key, jpeg, &blob.WriterOptions{ContentType: "image/jpeg"}); err != nil {
		return fmt.Errorf("write a photo: %w", err)
	}
	return nil
}

// Attach makes uploads of the caller, which belong to nothing yet, photos of a subject, in the transaction
// of ctx; each is then checked before others see it. At most nine a subject and label. 422 on photo_ids.
func (s *Service) Attach(ctx context.Context, caller web.Caller, subject Subject, label string, fileIDs []string) error {
	if len(fileIDs) == 0 {
		return nil
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		have, err := s.queries(ctx).CountFilesOf(ctx, filedb.CountFilesOfParams{SubjectKind: subject.Kind, SubjectID: subject.ID, Label: label})
		if err != nil {
			return fmt.Errorf("count photos: %w", err)
		}
		if int(have)+len(fileIDs) > mostPhotos {
			return errTooManyPhotos
		}
		for i, id := range fileIDs {
			if err := s.attachOne(ctx, caller, subject, label, int(have)+i, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) attachOne(ctx context.Context, caller web.Caller, subject Subject, label string, position int, id string) error {
	// Whoever holds the phone may have uploaded for the card's person or for themself: both are theirs.
	affected, err := s.queries(ctx).AttachFile(ctx, filedb.AttachFileParams{
		SubjectKind: subject.Kind, SubjectID: subject.ID, RegionID: subject.RegionID, Label: label,
		Position: int64(position), ID: id, OwnerID: caller.PersonID, HelperID: caller.Session(),
	})
	if err := db.One(affected, err, errNotYours); err != nil {
		return err
	}
	return s.Content.CheckPicture(ctx, caller, content.Subject{Kind: subjectKind, ID: id, RegionID: subject.RegionID})
}

// Of gives the photos of subjects, by subject id, as links for this viewer. The caller of Of has checked
// that the subjects may be seen. A photo that has not passed its check is there for whoever sent it and for
// the desk only.
func (s *Service) Of(ctx context.Context, viewer web.Caller, kind string, subjectIDs []string) (map[string][]Link, error) {
	if len(subjectIDs) == 0 {
		return nil, nil
	}
	rows, err := s.queries(ctx).ListFilesOf(ctx, filedb.ListFilesOfParams{SubjectKind: kind, SubjectIds: subjectIDs})
	if err != nil {
		return nil, fmt.Errorf("list photos: %w", err)
	}
	desks, err := s.desksOf(ctx, viewer, rows)
	if err != nil {
		return nil, err
	}
	links := map[string][]Link{}
	for _, row := range rows {
		if passed(row) || isSender(viewer, row) || desks[row.RegionID] {
			links[row.SubjectID] = append(links[row.SubjectID], s.linkFor(viewer, row.ID, row.Label))
		}
	}
	return links, nil
}

// desksOf tells in which of the photos' regions the viewer decides about content.
func (s *Service) desksOf(ctx context.Context, viewer web.Caller, rows []filedb.File) (map[string]bool, error) {
	desks := map[string]bool{}
	if len(viewer.Grants) == 0 {
		return desks, nil
	}
	var ids []string
	for _, row := range rows {
		if _, known := desks[row.RegionID]; !known && row.RegionID != "" {
			desks[row.RegionID] = false
			ids = append(ids, row.RegionID)
		}
	}
	regions, err := s.Regions.GetMany(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("regions of photos: %w", err)
	}
	for _, place := range regions {
		desks[place.ID] = region.May(viewer, region.CheckContent, region.In(place))
	}
	return desks, nil
}

func passed(row filedb.File) bool { return row.ContentState == string(content.Passed) }

func isSender(viewer web.Caller, row filedb.File) bool {
	return viewer.PersonID == row.OwnerID || (row.HelperID != "" && viewer.PersonID == row.HelperID)
}

// linkFor makes links that serve this viewer for one to two hours. They change once an hour, not at every
// look, so that the phone's cache works.
func (s *Service) linkFor(viewer web.Caller, id, label string) Link {
	until := strconv.FormatInt(s.DB.Now().Truncate(linkStep).Add(2*linkStep).Unix(), 10)
	query := url.Values{
		"viewer": {viewer.PersonID}, "until": {until},
		"signature": {s.Key.Signature(linkPurpose, id, viewer.PersonID, until)},
	}.Encode()
	base := s.PublicURL + web.BasePath + "/files/" + id
	return Link{ID: id, URL: base + "?" + query, ThumbURL: base + "/thumb?" + query, Label: label}
}

// PictureURL is a link for WeChat's check alone, for a few minutes.
func (s *Service) PictureURL(id string) string {
	until := strconv.FormatInt(s.DB.Now().Add(checkLinkServes).Unix(), 10)
	query := url.Values{"until": {until}, "signature": {s.Key.Signature(checkPurpose, id, until)}}
	return s.PublicURL + web.BasePath + "/files/" + id + "?" + query.Encode()
}

// Ticket is what a link carries besides the file's id.
type Ticket struct {
	Viewer    string `query:"viewer" maxLength:"26"`
	Until     int64  `query:"until"`
	Signature string `query:"signature" maxLength:"30"`
}

// Read gives a photo to whoever may see it: by a link, or by their own session. Every refusal is the same
// fault.ErrNotFound, so that nothing is learnt from it.
func (s *Service) Read(ctx context.Context, caller web.Caller, id string, ticket Ticket, thumb bool) ([]byte, error) {
	row, err := s.queries(ctx).GetFile(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("photo: %w", db.Found(err))
	}
	if err := s.admit(ctx, caller, row, ticket); err != nil {
		return nil, err
	}
	key := photoKey(id)
	if thumb {
		key = thumbKey(id)
	}
	jpeg, err := s.bucket.ReadAll(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("read a photo: %w", err)
	}
	return jpeg, nil
}

func (s *Service) admit(ctx context.Context, caller web.Caller, row filedb.File, ticket Ticket) error {
	if ticket.Signature != "" {
		until := strconv.FormatInt(ticket.Until, 10)
		if s.DB.Now().After(time.Unix(ticket.Until, 0)) {
			return fault.ErrNotFound
		}
		if ticket.Viewer == "" && s.Key.Verify(ticket.Signature, checkPurpose, row.ID, until) {
			return nil
		}
		if !s.Key.Verify(ticket.Signature, linkPurpose, row.ID, ticket.Viewer, until) {
			return fault.ErrNotFound
		}
		viewer, err := s.People.CallerFor(ctx, ticket.Viewer)
		if err != nil {
			return fault.ErrNotFound
		}
		caller = viewer
	}
	return s.mayRead(ctx, caller, row)
}

// mayRead asks again at every look, so that a link is worth nothing once its viewer may no longer see.
func (s *Service) mayRead(ctx context.Context, caller web.Caller, row filedb.File) error {
	if caller.PersonID == "" {
		return fault.ErrNotFound
	}
	if isSender(caller, row) {
		return nil
	}
	maySee, known := s.MaySee[row.SubjectKind]
	if !known {
		return fault.ErrNotFound
	}
	if err := maySee(ctx, caller, row.SubjectID); err != nil {
		return fault.ErrNotFound
	}
	if passed(row) {
		return nil
	}
	desks, err := s.desksOf(ctx, caller, []filedb.File{row})
	if err != nil {
		return err
	}
	if !desks[row.RegionID] {
		return fault.ErrNotFound
	}
	return nil
}

// ContentDecided keeps the verdict on a photo, in the transaction of ctx.
func (s *Service) ContentDecided(ctx context.Context, id string, state content.State) error {
	_, err := s.queries(ctx).SetContentState(ctx, filedb.SetContentStateParams{ContentState: string(state), ID: id})
	return err
}

// Tick removes uploads that belong to nothing after a day, and what the storage did not let go of before.
func (s *Service) Tick(ctx context.Context) error {
	const batch = 100
	before := db.Millis(s.DB.Now().Add(-unattachedKept))
	return db.EachDue(batch,
		func() ([]string, error) {
			ids, err := s.queries(ctx).ListUnattachedBefore(ctx, filedb.ListUnattachedBeforeParams{CreatedAt: before, Limit: batch})
			if err != nil {
				return nil, fmt.Errorf("list unattached photos: %w", err)
			}
			return ids, nil
		},
		func(id string) error { return s.removeUnattached(ctx, id) })
}

// errAttached leaves a photo alone that somebody has just put to use.
var errAttached = errors.New("the photo belongs to something")

func (s *Service) removeUnattached(ctx context.Context, id string) error {
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		affected, err := s.queries(ctx).DisownUnattached(ctx, id)
		if err := db.One(affected, err, errAttached); err != nil {
			return err
		}
		return s.queries(ctx).DeleteHash(ctx, id)
	})
	if errors.Is(err, errAttached) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("disown an unattached photo: %w", err)
	}
	return s.removeDisowned(ctx, id)
}

// removeDisowned takes away what is left of a photo that is nobody's any more. Its row goes last: until then it leads
// Tick to what the storage has not let go of.
func (s *Service) removeDisowned(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, longestRemoval)
	defer cancel()
	for _, key := range []string{photoKey(id), thumbKey(id)} {
		if err := s.bucket.Delete(ctx, key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return fmt.Errorf("remove photo %s: %w", key, err)
		}
	}
	return s.DB.InTx(ctx, func(ctx context.Context) error { return s.queries(ctx).DeleteDisowned(ctx, id) })
}

// removeAtOnce removes photos that are nobody's any more. What cannot be removed now is left to Tick.
func (s *Service) removeAtOnce(ids []string) {
	ctx, cancel := context.WithTimeout(context.Background(), longestRemoval)
	defer cancel()
	for _, id := range ids {
		if err := s.removeDisowned(ctx, id); err != nil {
			s.Log.WarnContext(ctx, "photo not removed yet", "cause", err)
		}
	}
}

type exported struct {
	ID          string    `json:"id"`
	SubjectKind string    `json:"subject_kind,omitempty"`
	SubjectID   string    `json:"subject_id,omitempty"`
	Width       int64     `json:"width"`
	Height      int64     `json:"height"`
	CreatedAt   time.Time `json:"created_at"`
}

// Export gives what is kept about a person's photos.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	rows, err := s.queries(ctx).ListFilesOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("photos of a person: %w", err)
	}
	photos := make([]exported, len(rows))
	for i, row := range rows {
		photos[i] = exported{ID: row.ID, SubjectKind: row.SubjectKind, SubjectID: row.SubjectID,
			Width: row.Width, Height: row.Height, CreatedAt: db.Time(row.CreatedAt)}
	}
	return photos, nil
}

// Erase disowns a person's photos, in the transaction of ctx: from its commit on nobody sees them, and nothing tells
// whose they were. They are removed from the storage then, or by Tick as soon as it lets go of them.
func (s *Service) Erase(ctx context.Context, personID string) error {
	rows, err := s.queries(ctx).ListFilesOfPerson(ctx, personID)
	if err != nil {
		return fmt.Errorf("photos of a person: %w", err)
	}
	if err := s.queries(ctx).DeleteHashesOfPerson(ctx, personID); err != nil {
		return fmt.Errorf("remove hashes of a person's photos: %w", err)
	}
	if err := s.queries(ctx).DisownFilesOfPerson(ctx, personID); err != nil {
		return fmt.Errorf("disown photos of a person: %w", err)
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	s.DB.AfterCommit(ctx, func() { s.removeAtOnce(ids) })
	return nil
}

func (s *Service) queries(ctx context.Context) *filedb.Queries { return filedb.New(s.DB.Querier(ctx)) }
