package points

import (
	"context"
	"fmt"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
	"fivestar/server/region"
)

func disputeOf(row pointsdb.PointsDispute) Dispute {
	return Dispute{
		ID: row.ID, State: DisputeState(row.State), Kind: DisputeKind(row.Kind), PersonID: row.PersonID, RegionID: row.CommunityID,
		RecordID: row.RecordID, RaisedAt: db.Time(row.RaisedAt), Timeline: []DisputeEvent{}, subjectKey: row.SubjectKey,
	}
}

func disputesOfRows(rows []pointsdb.PointsDispute) []Dispute {
	disputes := make([]Dispute, len(rows))
	for i, row := range rows {
		disputes[i] = disputeOf(row)
	}
	return disputes
}

func disputeEventOf(row pointsdb.PointsDisputeEvent) DisputeEvent {
	return DisputeEvent{
		ID: row.ID, Act: DisputeAct(row.Act), Verdict: DisputeVerdict(row.Verdict), PersonID: row.PersonID, HelperID: row.HelperID,
		Text: row.Text, ContentState: content.State(row.ContentState), At: db.Time(row.At), disputeID: row.DisputeID,
	}
}

func correctionOf(entry Entry) Correction {
	return Correction{EntryID: entry.ID, Kind: entry.Kind, Amount: entry.Amount, At: entry.At}
}

// insertDispute is errDisputed when there is a dispute of the same subject.
func (s store) insertDispute(ctx context.Context, d Dispute) error {
	err := s.queries(ctx).InsertDispute(ctx, pointsdb.InsertDisputeParams{
		ID: d.ID, CommunityID: d.RegionID, PersonID: d.PersonID, Kind: string(d.Kind), RecordID: d.RecordID,
		SubjectKey: d.subjectKey, State: string(d.State), RaisedAt: db.Millis(d.RaisedAt),
	})
	if db.IsUnique(err) {
		return errDisputed
	}
	if err != nil {
		return fmt.Errorf("insert dispute: %w", err)
	}
	return nil
}

func (s store) insertDisputeEvent(ctx context.Context, event DisputeEvent) error {
	ids := make([]string, len(event.Corrections))
	for i, correction := range event.Corrections {
		ids[i] = correction.EntryID
	}
	err := s.queries(ctx).InsertDisputeEvent(ctx, pointsdb.InsertDisputeEventParams{
		ID: event.ID, DisputeID: event.disputeID, Act: string(event.Act), Verdict: string(event.Verdict), PersonID: event.PersonID,
		HelperID: event.HelperID, Text: event.Text, Corrections: listOfIDs(ids), ContentState: string(event.ContentState), At: db.Millis(event.At),
	})
	if err != nil {
		return fmt.Errorf("record %s: %w", event.Act, err)
	}
	return nil
}

func (s store) setDisputeContent(ctx context.Context, eventID string, state content.State) error {
	return s.queries(ctx).SetDisputeEventContent(ctx, pointsdb.SetDisputeEventContentParams{ContentState: string(state), ID: eventID})
}

// moveDispute stores a dispute over the state it was moved from; errDisputeMoved when somebody else was faster.
func (s store) moveDispute(ctx context.Context, from DisputeState, to Dispute) error {
	affected, err := s.queries(ctx).MoveDispute(ctx, pointsdb.MoveDisputeParams{
		State: string(to.State), SubjectKey: to.subjectKey, ID: to.ID, FromState: string(from)})
	return db.One(affected, err, errDisputeMoved)
}

func (s store) dispute(ctx context.Context, id string) (Dispute, error) {
	row, err := s.queries(ctx).GetDispute(ctx, id)
	if err != nil {
		return Dispute{}, fmt.Errorf("dispute %q: %w", id, db.Found(err))
	}
	return disputeOf(row), nil
}

// disputeOf gives the dispute of a subject that has one.
func (s store) disputeOf(ctx context.Context, subjectKey string) (Dispute, error) {
	disputes, err := s.disputesOf(ctx, []string{subjectKey})
	if err != nil {
		return Dispute{}, err
	}
	if len(disputes) == 0 {
		return Dispute{}, fmt.Errorf("the dispute of %q was not found", subjectKey)
	}
	return disputes[0], nil
}

func (s store) disputesOf(ctx context.Context, subjectKeys []string) ([]Dispute, error) {
	rows, err := s.queries(ctx).DisputesOfSubjects(ctx, subjectKeys)
	if err != nil {
		return nil, fmt.Errorf("disputes of records: %w", err)
	}
	return disputesOfRows(rows), nil
}

func (s store) disputesBelow(ctx context.Context, top region.Region, state DisputeState, after string, limit int) ([]Dispute, error) {
	from, to := region.PathRange(top.Path)
	rows, err := s.queries(ctx).ListDisputes(ctx, pointsdb.ListDisputesParams{
		FromPath: from, ToPath: to, State: string(state), AfterID: after, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("list disputes: %w", err)
	}
	return disputesOfRows(rows), nil
}

func (s store) disputesOfPerson(ctx context.Context, personID, before string, limit int) ([]Dispute, error) {
	rows, err := s.queries(ctx).ListDisputesOfPerson(ctx, pointsdb.ListDisputesOfPersonParams{PersonID: personID, ID: before, Limit: int32(limit)})
	if err != nil {
		return nil, fmt.Errorf("disputes of a person: %w", err)
	}
	return disputesOfRows(rows), nil
}

// entries gives those of the entries that are there, by id.
func (s store) entries(ctx context.Context, ids []string) (map[string]Entry, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := s.queries(ctx).GetEntries(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("ledger entries: %w", err)
	}
	entries := make(map[string]Entry, len(rows))
	for _, row := range rows {
		entries[row.ID] = entryOf(row)
	}
	return entries, nil
}

func (s store) servicesOfSources(ctx context.Context, sourceIDs []string) (map[string]ServiceRecord, error) {
	if len(sourceIDs) == 0 {
		return nil, nil
	}
	rows, err := s.queries(ctx).GetServicesOfSources(ctx, sourceIDs)
	if err != nil {
		return nil, fmt.Errorf("service records: %w", err)
	}
	services := make(map[string]ServiceRecord, len(rows))
	for _, row := range rows {
		services[row.SourceID] = serviceOf(row)
	}
	return services, nil
}

// addRecords adds what disputes are about, and through whose hands it went.
func (s store) addRecords(ctx context.Context, disputes []Dispute) error {
	records := map[DisputeKind][]string{}
	for _, d := range disputes {
		records[d.Kind] = append(records[d.Kind], d.RecordID)
	}
	entries, err := s.entries(ctx, records[DisputedEntry])
	if err != nil {
		return err
	}
	services, err := s.servicesOfSources(ctx, records[DisputedMinutes])
	if err != nil {
		return err
	}
	for i := range disputes {
		d := &disputes[i]
		switch d.Kind {
		case DisputedEntry:
			entry := entries[d.RecordID]
			d.About = DisputedRecord{Kind: entry.Kind, Amount: entry.Amount, Memo: entry.Memo, At: entry.At}
			d.hands = append(entry.Hands, entry.WitnessID)
		case DisputedMinutes:
			service := services[d.RecordID]
			d.About = DisputedRecord{Minutes: service.Minutes, At: service.At}
			d.hands = append(service.Hands, service.Witness)
		}
	}
	return nil
}

// addTimelines adds what was said in disputes, oldest first.
func (s store) addTimelines(ctx context.Context, disputes []Dispute) error {
	ids, index := make([]string, len(disputes)), make(map[string]*Dispute, len(disputes))
	for i := range disputes {
		ids[i], index[disputes[i].ID] = disputes[i].ID, &disputes[i]
		disputes[i].Timeline = []DisputeEvent{}
	}
	rows, err := s.queries(ctx).ListDisputeEvents(ctx, ids)
	if err != nil {
		return fmt.Errorf("timelines of disputes: %w", err)
	}
	events, err := s.withCorrections(ctx, rows)
	for _, event := range events {
		d := index[event.disputeID]
		d.Timeline = append(d.Timeline, event)
	}
	return err
}

func (s store) withCorrections(ctx context.Context, rows []pointsdb.PointsDisputeEvent) ([]DisputeEvent, error) {
	var ids []string
	for _, row := range rows {
		ids = append(ids, idsOf(row.Corrections)...)
	}
	entries, err := s.entries(ctx, ids)
	if err != nil {
		return nil, err
	}
	events := make([]DisputeEvent, len(rows))
	for i, row := range rows {
		events[i] = disputeEventOf(row)
		for _, id := range idsOf(row.Corrections) {
			events[i].Corrections = append(events[i].Corrections, correctionOf(entries[id]))
		}
	}
	return events, nil
}
