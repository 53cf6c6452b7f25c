package region

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"fivestar/server/web"
)

const settingsChanged = "settings.changed"

// SettingsChange is one change of a community's settings, as the audit log keeps it.
type SettingsChange struct {
	ID        string         `json:"id"`
	At        time.Time      `json:"at"`
	ActorID   string         `json:"actor_id"`
	ActorName string         `json:"actor_name"`
	Reason    string         `json:"reason"`
	Values    []SettingMoved `json:"values" nullable:"false"`
}

// SettingMoved is what one setting was before and after a change.
type SettingMoved struct {
	Name   string `json:"name"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// DescribeSettings says what can be set, and what holds where nothing is.
func DescribeSettings() ([]Setting, error) {
	defaults, err := settingValues(DefaultSettings())
	if err != nil {
		return nil, err
	}
	described := make([]Setting, len(settingTable))
	for i, setting := range settingTable {
		described[i] = setting
		described[i].Default = defaults[setting.Name]
	}
	return described, nil
}

func settingValues(settings Settings) (values map[string]any, err error) {
	text, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(text, &values)
	return values, err
}

// SettingsChanges lists the changes of a community's settings, newest first, for those who may see its audit log.
func (s *Service) SettingsChanges(ctx context.Context, caller web.Caller, communityID string, query web.PageQuery) (web.Page[SettingsChange], error) {
	community, err := s.RequireIn(ctx, caller, SeeAudit, communityID)
	if err != nil {
		return web.Page[SettingsChange]{}, err
	}
	page, err := s.Audit.OfAct(ctx, settingsChanged, "region", community.ID, query)
	if err != nil {
		return web.Page[SettingsChange]{}, err
	}
	actors := make([]string, len(page.Items))
	for i, entry := range page.Items {
		actors[i] = entry.ActorID
	}
	names, err := s.PersonNames(ctx, actors)
	if err != nil {
		return web.Page[SettingsChange]{}, err
	}
	changes := make([]SettingsChange, len(page.Items))
	for i, entry := range page.Items {
		values, err := movedBetween(entry.Before, entry.After)
		if err != nil {
			return web.Page[SettingsChange]{}, fmt.Errorf("audit entry %s: %w", entry.ID, err)
		}
		changes[i] = SettingsChange{ID: entry.ID, At: entry.At, ActorID: entry.ActorID, ActorName: names[entry.ActorID],
			Reason: entry.Reason, Values: values}
	}
	return web.Page[SettingsChange]{Items: changes, NextCursor: page.NextCursor}, nil
}

// movedBetween compares two kept settings. One that did not exist yet had its default.
func movedBetween(beforeJSON, afterJSON json.RawMessage) ([]SettingMoved, error) {
	before, err := keptValues(beforeJSON)
	if err != nil {
		return nil, err
	}
	after, err := keptValues(afterJSON)
	if err != nil {
		return nil, err
	}
	moved := []SettingMoved{}
	for _, setting := range settingTable {
		if before[setting.Name] != after[setting.Name] {
			moved = append(moved, SettingMoved{Name: setting.Name, Before: before[setting.Name], After: after[setting.Name]})
		}
	}
	return moved, nil
}

func keptValues(kept json.RawMessage) (map[string]any, error) {
	values, err := settingValues(DefaultSettings())
	if err != nil || len(bytes.TrimSpace(kept)) == 0 {
		return values, err
	}
	err = json.Unmarshal(kept, &values)
	return values, err
}

func (s *Service) handleDescribeSettings(_ context.Context, _ web.Caller, _ *struct{}) (web.Page[Setting], error) {
	described, err := DescribeSettings()
	return web.Page[Setting]{Items: described}, err
}

func (s *Service) handleSettingsChanges(ctx context.Context, caller web.Caller, in *regionPage) (web.Page[SettingsChange], error) {
	return s.SettingsChanges(ctx, caller, in.ID, in.PageQuery)
}
