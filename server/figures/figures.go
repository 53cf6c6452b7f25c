// Package figures makes what offices take away from what was entered once: the bulletin of a week, a month or a
// quarter, the service calendar, certificates of service hours, and open data without persons. It counts what other
// rooms keep; of its own it has the certificates only.
package figures

import (
	"context"

	"fivestar/server/db"
	"fivestar/server/figures/internal/figuresdb"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/secret"
)

// Service is the room.
type Service struct {
	DB      *db.DB
	Regions *region.Service
	People  *person.Service
	// Key makes the numbers of certificates.
	Key secret.Key
	// PublicURL is where the QR codes on paper lead.
	PublicURL string

	// Limit counts a call that needs no session against its client's address; Guess is web.Server's
	// GuessFromOutside. Both are set by the one who mounts the room.
	Limit func(ctx context.Context) error
	Guess func(ctx context.Context, check func() error) error
}

type store struct {
	db *db.DB
}

func (s *Service) store() store { return store{s.DB} }

func (s store) queries(ctx context.Context) *figuresdb.Queries {
	return figuresdb.New(s.db.Querier(ctx))
}
