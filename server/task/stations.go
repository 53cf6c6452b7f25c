package task

import (
	"context"

	"fivestar/server/audit"
	"fivestar/server/db"
	"fivestar/server/region"
	"fivestar/server/web"
)

const byID = "id"

// CreateStation makes a station in a community.
func (s *Service) CreateStation(ctx context.Context, caller web.Caller, input NewStation) (Station, error) {
	community, err := s.Regions.RequireIn(ctx, caller, region.ManageTasks, input.RegionID)
	if err != nil {
		return Station{}, err
	}
	made := Station{ID: db.NewID(), RegionID: community.ID, Name: input.Name, Place: input.Place, PosterText: input.PosterText}
	if err := made.check(); err != nil {
		return Station{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertStation(ctx, made); err != nil {
			return err
		}
		return s.auditStation(ctx, caller, audit.Act{Name: "station.created", After: made}, made)
	})
	return made, err
}

func (s *Service) auditStation(ctx context.Context, caller web.Caller, act audit.Act, station Station) error {
	act.SubjectKind, act.SubjectID, act.RegionID = "station", station.ID, station.RegionID
	return s.Audit.Record(ctx, caller, act)
}

// managedStation gives a station that the caller may manage.
func (s *Service) managedStation(ctx context.Context, caller web.Caller, id string) (Station, error) {
	station, err := s.store().station(ctx, id)
	if err != nil {
		return Station{}, err
	}
	_, err = s.Regions.Require(ctx, caller, region.ManageTasks, station.RegionID)
	return station, err
}

// ChangeStation changes what a station is called, where it is, or what its poster says.
func (s *Service) ChangeStation(ctx context.Context, caller web.Caller, id string, change StationChange) (Station, error) {
	station, err := s.managedStation(ctx, caller, id)
	if err != nil {
		return Station{}, err
	}
	changed := station
	web.Set(&changed.Name, change.Name)
	web.Set(&changed.Place, change.Place)
	web.Set(&changed.PosterText, change.PosterText)
	if err := changed.check(); err != nil {
		return Station{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().updateStation(ctx, changed); err != nil {
			return err
		}
		return s.auditStation(ctx, caller, audit.Act{Name: "station.changed", Before: station, After: changed}, station)
	})
	return changed, err
}

// Station gives a station: its poster hangs in the street, so anybody may see it.
func (s *Service) Station(ctx context.Context, id string) (Station, error) {
	return s.store().station(ctx, id)
}

// Stations lists a region's stations.
func (s *Service) Stations(ctx context.Context, regionID string, query web.PageQuery) (web.Page[Station], error) {
	after, err := query.AfterID(byID)
	if err != nil {
		return web.Page[Station]{}, err
	}
	area, err := s.area(ctx, regionID)
	if err != nil {
		return web.Page[Station]{}, err
	}
	stations, err := s.store().stationsIn(ctx, area, after, query.Limit+1)
	if err != nil {
		return web.Page[Station]{}, err
	}
	return web.NewPage(byID, stations, query.Limit, func(s Station) []string { return []string{s.ID} }), nil
}

const (
	// stationPage is the mini-program's page that a station's code opens.
	stationPage = "pages/task/station/index"
	// codeWidth in pixels prints sharp at the 105 mm that it has on a poster.
	codeWidth = 1240
)

// StationCode gives the mini-program code of a station as a PNG, drawn by WeChat the first time and kept.
// Its scene is s=STATION. Errors beside the room's own: those of wechat.Client.MiniProgramCode.
func (s *Service) StationCode(ctx context.Context, caller web.Caller, id string) ([]byte, error) {
	station, err := s.managedStation(ctx, caller, id)
	if err != nil {
		return nil, err
	}
	kept, err := s.store().stationCode(ctx, station.ID)
	if err != nil || kept != nil {
		return kept, err
	}
	drawn, err := s.WeChat.MiniProgramCode(ctx, "s="+station.ID, stationPage, codeWidth)
	if err != nil {
		return nil, err
	}
	return drawn, s.DB.InTx(ctx, func(ctx context.Context) error {
		return s.store().keepStationCode(ctx, station.ID, drawn)
	})
}
