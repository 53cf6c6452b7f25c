package file_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fivestar/server/app"
	"fivestar/server/app/apptest"
)

// storage speaks as much S3 as photos need, and can refuse to let go of what it holds.
type storage struct {
	url string

	mutex   sync.Mutex
	objects map[string][]byte
	keeps   func(key string) bool
}

func newStorage(t *testing.T) *storage {
	s := &storage{objects: map[string][]byte{}}
	s.keep(nothing)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = "s3://photos?region=test&anonymous=true&use_path_style=true&endpoint=" + server.URL
	return s
}

func nothing(string) bool    { return false }
func everything(string) bool { return true }

// keep sets which objects are refused to be removed from now on.
func (s *storage) keep(keeps func(key string) bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.keeps = keeps
}

// keys are those of all objects, in order.
func (s *storage) keys() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return slices.Sorted(maps.Keys(s.objects))
}

func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	key := path.Base(r.URL.Path)
	if r.Method == http.MethodPut {
		s.objects[key], _ = io.ReadAll(r.Body)
		return
	}
	object, found := s.objects[key]
	switch {
	case !found:
		w.WriteHeader(http.StatusNotFound)
	case r.Method != http.MethodDelete:
		http.ServeContent(w, r, key, time.Unix(0, 0), strings.NewReader(string(object)))
	case s.keeps(key):
		w.WriteHeader(http.StatusForbidden)
	default:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	}
}

// objectsOf are what the storage holds of photos, in order.
func objectsOf(photoIDs ...string) (keys []string) {
	for _, id := range photoIDs {
		keys = append(keys, id+".jpg", id+"-thumb.jpg")
	}
	slices.Sort(keys)
	return keys
}

// stored is a server whose photos are in a storage, and the storage.
type stored struct {
	*apptest.Harness
	storage *storage
}

func startStored(t *testing.T) stored {
	s := newStorage(t)
	return stored{apptest.Start(t, func(config *app.Config) { config.Files.URL = s.url }), s}
}

func (s stored) wantObjects(when string, want []string) {
	s.Helper()
	if got := s.storage.keys(); !slices.Equal(got, want) {
		s.Errorf("%s: the storage holds %v, want %v", when, got, want)
	}
}

// tick has the room do what is due, and checks whether it says that something is left to be done.
func (s stored) tick(when string, left bool) {
	s.Helper()
	if err := s.App.Files.Tick(s.Context()); (err != nil) != left {
		s.Errorf("%s: the job says %v", when, err)
	}
}

// count is what a statement that counts gives.
func (s stored) count(statement string) (count int) {
	s.Helper()
	if err := s.App.DB.Querier(s.Context()).QueryRowContext(s.Context(), statement).Scan(&count); err != nil {
		s.Fatal(err)
	}
	return count
}

func TestPhotosOfWhoLeftGoOnceTheStorageLetsThem(t *testing.T) {
	s := startStored(t)
	resident, neighbour := s.Login("resident"), s.Resident("neighbour")
	used, unused, stays := upload(s.Harness, t, resident), upload(s.Harness, t, resident), upload(s.Harness, t, neighbour)
	ticket := ticketWith(s.Harness, used).Want(http.StatusCreated).Get("id").String()
	link := photosOf(s.Harness, "secretary", ticket)[0]
	s.Anonymous().Get(link).Want(http.StatusOK)

	s.storage.keep(everything)
	resident.Delete("/me").Want(http.StatusNoContent)
	s.wantObjects("nothing can be removed", objectsOf(used, unused, stays))
	s.Anonymous().Get(link).WantCode(404, "not_found")
	s.Anonymous().Get(s.App.Files.PictureURL(used)).WantCode(404, "not_found")
	if got := s.count("SELECT COUNT(*) FROM file WHERE owner_id = '' AND helper_id = '' AND sha256 = '' AND subject_id = '' AND region_id = ''"); got != 2 {
		t.Errorf("%d photos are nobody's and of nothing, want 2", got)
	}
	if got := s.count("SELECT COUNT(*) FROM file_hash"); got != 1 {
		t.Errorf("%d hashes, want the neighbour's", got)
	}
	s.tick("nothing can be removed", true)
	s.wantObjects("the job could not either", objectsOf(used, unused, stays))

	stuck := min(used, unused) + "-thumb.jpg" // the first that the job comes to
	s.storage.keep(func(key string) bool { return key == stuck })
	s.tick("one cannot be removed", true)
	s.wantObjects("one cannot be removed", slices.Sorted(slices.Values(append(objectsOf(stays), stuck))))

	s.storage.keep(nothing)
	s.tick("all can be removed", false)
	s.wantObjects("all can be removed", objectsOf(stays))
	if got := s.count("SELECT COUNT(*) FROM file"); got != 1 {
		t.Errorf("%d rows, want the neighbour's", got)
	}
	neighbour.Get("/files/" + stays).Want(http.StatusOK)
}

func TestPhotosOfWhoLeavesGoAtOnce(t *testing.T) {
	s := startStored(t)
	resident := s.Login("resident")
	upload(s.Harness, t, resident)
	resident.Delete("/me").Want(http.StatusNoContent)
	s.wantObjects("after leaving", nil)
	if got := s.count("SELECT COUNT(*) FROM file"); got != 0 {
		t.Errorf("%d rows are left", got)
	}
}

func TestUploadsThatBelongToNothingGoOnceTheStorageLetsThem(t *testing.T) {
	s := startStored(t)
	resident := s.Login("resident")
	unused, used := upload(s.Harness, t, resident), upload(s.Harness, t, resident)
	ticketWith(s.Harness, used).Want(http.StatusCreated)
	s.Clock.Advance(25 * time.Hour)
	s.storage.keep(everything)
	s.tick("nothing can be removed", true)
	resident.Get("/files/"+unused).WantCode(404, "not_found")
	ticketWith(s.Harness, unused).WantCode(422, "input.invalid")
	s.wantObjects("nothing can be removed", objectsOf(unused, used))
	s.storage.keep(nothing)
	s.tick("all can be removed", false)
	s.wantObjects("all can be removed", objectsOf(used))
}

// A photo that is put to use while the job removes the one before it stays.
func TestAPhotoTakenUpWhileOthersAreRemovedStays(t *testing.T) {
	s := startStored(t)
	resident := s.Login("resident")
	one, other := upload(s.Harness, t, resident), upload(s.Harness, t, resident)
	first, second := min(one, other), max(one, other)
	s.Clock.Advance(25 * time.Hour)
	s.storage.keep(func(key string) bool {
		if key == first+".jpg" {
			ticketWith(s.Harness, second).Want(http.StatusCreated)
		}
		return false
	})
	s.tick("one was taken up", false)
	s.wantObjects("one was taken up", objectsOf(second))
	resident.Get("/files/" + second).Want(http.StatusOK)
}
