package app_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"

	"fivestar/server/app/apptest"
)

// picture is a small photo.
func (s *stage) picture() upload {
	s.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 32, 32)), nil); err != nil {
		s.Fatal(err)
	}
	return upload{name: "照片.jpg", content: file.Bytes()}
}

// photosKept are the names of the files that photos are kept in.
func (s *stage) photosKept() []string {
	s.Helper()
	entries, err := os.ReadDir(filepath.Join(s.App.Config.Data, "files"))
	if err != nil && !os.IsNotExist(err) {
		s.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func aPhoto(s *stage, _ *place) subject { return subject{body: s.picture()} }

func (s *stage) photo(by *apptest.Client) string {
	s.Helper()
	photo := s.picture()
	return by.Upload("/files", photo.name, photo.content).Want(http.StatusCreated).Get("id").String()
}

// checkOf is the id of the check of a text or a photo that waits for a person's decision.
func (s *stage) checkOf(at *place, subjectID string) string {
	s.Helper()
	s.texts()
	waiting := at.secretary.Get("/regions/" + at.ID + "/content-checks?limit=100").Want(http.StatusOK)
	return waiting.Get(`items.#(subject_id=="` + subjectID + `").id`).String()
}

// pass lets a photo through.
func (s *stage) pass(at *place, photoID string) {
	s.Helper()
	path := "/content-checks/" + s.checkOf(at, photoID) + "/decision"
	at.second.Post(path, fields{"verdict": "pass"}).Want(http.StatusNoContent)
}

func aPhotoOfAClaim(s *stage, at *place) subject {
	s.Helper()
	claim := aClaim(s, at)
	id := s.photo(claim.owner)
	claim.owner.Put("/claims/"+claim.ids[0]+"/submission", fields{"photo_ids": []string{id}}).Want(http.StatusOK)
	s.pass(at, id)
	return subject{ids: []string{id}, owner: claim.owner}
}

func aPhotoOfATask(s *stage, at *place) subject {
	s.Helper()
	id := s.photo(at.secretary)
	s.task(at, fields{"photo_ids": []string{id}})
	s.pass(at, id)
	return subject{ids: []string{id}}
}

// aTextOfASecretary waits for a person's decision. The simulated WeChat leaves texts with this word to people.
func aTextOfASecretary(s *stage, at *place) subject {
	s.Helper()
	author := s.newSecretary(at)
	ticket := create(author, "/tickets", fields{"region_id": at.ID, "category": "other", "text": "这段话待复核，请看一看"})
	return subject{ids: []string{s.checkOf(at, ticket)}, owner: author, body: fields{"verdict": "pass"}}
}
