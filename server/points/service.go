package points

import (
	"context"
	"log/slog"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/notice"
	"fivestar/server/person"
	"fivestar/server/region"
	"fivestar/server/secret"
)

// Service is the points room.
type Service struct {
	DB      *db.DB
	Audit   *audit.Service
	Regions *region.Service
	People  *person.Service
	Content *content.Service
	Notices *notice.Service
	Key     secret.Key
	Log     *slog.Logger
	// TeamMembers tells who is in a team, and in which community it works; fault.ErrNotFound for an unknown team.
	TeamMembers func(ctx context.Context, teamID string) (communityID string, personIDs []string, err error)

	rankings rankings
}

func (s *Service) store() store { return store{s.DB} }
