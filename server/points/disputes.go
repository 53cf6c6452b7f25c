package points

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"fivestar/server/audit"
	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/region"
	"fivestar/server/web"
)

// disputeSubject is the kind of subject that a dispute's texts are to the content check.
const disputeSubject = "dispute"

// auditedDispute is the kind of a dispute in the audit log.
const auditedDispute = "points_dispute"

// DisputeEntry disputes an entry of the caller's own history. There is one dispute of an entry: asked again,
// it gives that one, and isNew is false. 403 for somebody else's entry.
func (s *Service) DisputeEntry(ctx context.Context, caller web.Caller, entryID, text string) (dispute Dispute, isNew bool, err error) {
	entry, err := s.store().entry(ctx, entryID)
	if err != nil {
		return Dispute{}, false, err
	}
	if entry.PersonID != caller.PersonID {
		return Dispute{}, false, fault.ErrForbidden
	}
	return s.disputeRecord(ctx, caller, Dispute{Kind: DisputedEntry, RegionID: entry.RegionID, RecordID: entry.ID}, text)
}

// DisputeMinutes is DisputeEntry for the service minutes that were counted for one presence.
func (s *Service) DisputeMinutes(ctx context.Context, caller web.Caller, sourceID, text string) (dispute Dispute, isNew bool, err error) {
	row, err := s.store().serviceOfSource(ctx, sourceID)
	if err != nil {
		return Dispute{}, false, err
	}
	if row.PersonID != caller.PersonID {
		return Dispute{}, false, fault.ErrForbidden
	}
	return s.disputeRecord(ctx, caller, Dispute{Kind: DisputedMinutes, RegionID: row.CommunityID, RecordID: row.SourceID}, text)
}

func (s *Service) disputeRecord(ctx context.Context, caller web.Caller, dispute Dispute, text string) (Dispute, bool, error) {
	if err := checkDisputeText(&text); err != nil {
		return Dispute{}, false, err
	}
	dispute.subjectKey = recordKey(dispute.Kind, dispute.RecordID)
	raised, err := s.raise(ctx, caller, dispute, text)
	isNew := !errors.Is(err, errDisputed)
	if !isNew {
		raised, err = s.store().disputeOf(ctx, dispute.subjectKey)
	}
	if err != nil {
		return Dispute{}, false, err
	}
	shown, err := s.shownDispute(ctx, caller, raised)
	return shown, isNew, err
}

// MissingEntry is what a person misses in their history.
type MissingEntry struct {
	RegionID string `json:"region_id" maxLength:"26" doc:"The community where it was done"`
	Text     string `json:"text"`
}

// DisputeMissing says that something done in a community was never credited. It may be any community, as work
// may be done in any. 403 dispute.no_home; 409 dispute.limit while too many wait for an answer there.
func (s *Service) DisputeMissing(ctx context.Context, caller web.Caller, input MissingEntry) (Dispute, error) {
	community, err := s.Regions.GetCommunity(ctx, input.RegionID)
	if err != nil {
		return Dispute{}, err
	}
	if caller.HomePath == "" {
		return Dispute{}, errDisputeNoHome
	}
	if err := checkDisputeText(&input.Text); err != nil {
		return Dispute{}, err
	}
	for place := range maxMissing {
		dispute := Dispute{Kind: DisputedMissing, RegionID: community.ID,
			subjectKey: missingKey(community.ID, caller.PersonID, strconv.Itoa(place))}
		raised, err := s.raise(ctx, caller, dispute, input.Text)
		if errors.Is(err, errDisputed) {
			continue
		}
		if err != nil {
			return Dispute{}, err
		}
		return s.shownDispute(ctx, caller, raised)
	}
	return Dispute{}, errManyMissing
}

func checkDisputeText(text *string) error {
	var check fault.Check
	check.Text("text", "疑问", text, 2, maxDisputeText)
	return check.Err()
}

// raise stores a new dispute of the caller's; errDisputed, with nothing stored, when its subject has one.
func (s *Service) raise(ctx context.Context, caller web.Caller, dispute Dispute, text string) (Dispute, error) {
	dispute.ID, dispute.State, dispute.PersonID, dispute.RaisedAt = db.NewID(), DisputeOpen, caller.PersonID, s.DB.Now()
	err := s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().insertDispute(ctx, dispute); err != nil {
			return err
		}
		return s.tellChecked(ctx, caller, dispute, ActRaised, text)
	})
	return dispute, err
}

// tellChecked adds what a resident says to the timeline, and has it checked.
func (s *Service) tellChecked(ctx context.Context, caller web.Caller, dispute Dispute, act DisputeAct, text string) error {
	event := DisputeEvent{ID: db.NewID(), Act: act, PersonID: caller.PersonID, HelperID: caller.HelperID, Text: text,
		ContentState: content.Pending, At: s.DB.Now(), disputeID: dispute.ID}
	if err := s.store().insertDisputeEvent(ctx, event); err != nil {
		return err
	}
	return s.Content.CheckText(ctx, caller, content.Subject{Kind: disputeSubject, ID: event.ID, RegionID: dispute.RegionID}, text)
}

// ContentDecided keeps WeChat's verdict on a resident's text. Officers see the text whatever the verdict.
func (s *Service) ContentDecided(ctx context.Context, eventID string, state content.State) error {
	return s.store().setDisputeContent(ctx, eventID, state)
}

// AnswerDispute is the community's word on a dispute.
//
// Errors: 403 review.own_work for whoever the record went through, and for one's own; 409 dispute.wrong_state;
// 422 for a correction that is not of that person and community.
func (s *Service) AnswerDispute(ctx context.Context, caller web.Caller, id string, ruling Ruling) (Dispute, error) {
	return s.rule(ctx, caller, id, ActAnswered, region.AnswerDisputes, ruling)
}

// DecideDispute is the street's word on an appeal, and the last. Errors as of AnswerDispute, and 403
// review.own_decision for whoever answered.
func (s *Service) DecideDispute(ctx context.Context, caller web.Caller, id string, ruling Ruling) (Dispute, error) {
	return s.rule(ctx, caller, id, ActDecided, region.DecideAppeal, ruling)
}

func (s *Service) rule(ctx context.Context, caller web.Caller, id string, act DisputeAct, permission region.Permission, ruling Ruling) (Dispute, error) {
	dispute, err := s.store().dispute(ctx, id)
	if err != nil {
		return Dispute{}, err
	}
	if _, err := s.Regions.Require(ctx, caller, permission, dispute.RegionID); err != nil {
		return Dispute{}, err
	}
	if err := ruling.check(); err != nil {
		return Dispute{}, err
	}
	if dispute, err = s.told(ctx, dispute); err != nil {
		return Dispute{}, err
	}
	if err := dispute.mayRule(caller.PersonID, act); err != nil {
		return Dispute{}, err
	}
	ruled, err := dispute.after(act)
	if err != nil {
		return Dispute{}, err
	}
	corrections, err := s.corrections(ctx, dispute, ruling.CorrectionIDs)
	if err != nil {
		return Dispute{}, err
	}
	event := DisputeEvent{ID: db.NewID(), Act: act, Verdict: ruling.Verdict, PersonID: caller.PersonID, Text: ruling.Text,
		Corrections: corrections, At: s.DB.Now(), disputeID: dispute.ID}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().moveDispute(ctx, dispute.State, ruled); err != nil {
			return err
		}
		if err := s.store().insertDisputeEvent(ctx, event); err != nil {
			return err
		}
		if err := s.tellRuling(ctx, dispute, event); err != nil {
			return err
		}
		return s.Audit.Record(ctx, caller, audit.Act{Name: "points.dispute_" + string(act), SubjectKind: auditedDispute,
			SubjectID: dispute.ID, RegionID: dispute.RegionID, Reason: ruling.Text, Before: dispute.State, After: event})
	})
	if err != nil {
		return Dispute{}, err
	}
	return s.shownDispute(ctx, caller, ruled)
}

// corrections gives the entries that a ruling names; 422 for one that cannot have put the dispute right.
func (s *Service) corrections(ctx context.Context, dispute Dispute, ids []string) ([]Correction, error) {
	entries, err := s.store().entries(ctx, ids)
	if err != nil {
		return nil, err
	}
	corrections := make([]Correction, len(ids))
	for i, id := range ids {
		entry, known := entries[id]
		if !known || !entry.corrects(dispute) || slices.Contains(ids[:i], id) {
			return nil, fault.InvalidField("correction_ids", "只能写明给这个人、在本社区的撤销或者手工调整，每笔一次")
		}
		corrections[i] = correctionOf(entry)
	}
	return corrections, nil
}

// AppealDispute asks the street to look at the answer, once.
func (s *Service) AppealDispute(ctx context.Context, caller web.Caller, id, text string) (Dispute, error) {
	dispute, err := s.store().dispute(ctx, id)
	if err != nil {
		return Dispute{}, err
	}
	if dispute.PersonID != caller.PersonID {
		return Dispute{}, fault.ErrForbidden
	}
	var check fault.Check
	check.Text("text", "申诉理由", &text, 2, maxDisputeText)
	if err := check.Err(); err != nil {
		return Dispute{}, err
	}
	appealed, err := dispute.after(ActAppealed)
	if err != nil {
		return Dispute{}, err
	}
	err = s.DB.InTx(ctx, func(ctx context.Context) error {
		if err := s.store().moveDispute(ctx, dispute.State, appealed); err != nil {
			return err
		}
		return s.tellChecked(ctx, caller, dispute, ActAppealed, text)
	})
	if err != nil {
		return Dispute{}, err
	}
	return s.shownDispute(ctx, caller, appealed)
}

const (
	oldestDisputes = "points disputes"
	ownDisputes    = "my points disputes"
)

// Disputes lists those of the communities at or below a region that are in a state, oldest first.
func (s *Service) Disputes(ctx context.Context, caller web.Caller, regionID string, state DisputeState, query web.PageQuery) (web.Page[Dispute], error) {
	top, err := s.Regions.Require(ctx, caller, region.AnswerDisputes, regionID)
	if err != nil {
		return web.Page[Dispute]{}, err
	}
	after, err := query.AfterID(oldestDisputes)
	if err != nil {
		return web.Page[Dispute]{}, err
	}
	found, err := s.store().disputesBelow(ctx, top, state, after, query.Limit+1)
	if err != nil {
		return web.Page[Dispute]{}, err
	}
	page := web.NewPage(oldestDisputes, found, query.Limit, keyOfDispute)
	return page, s.showDisputes(ctx, caller, page.Items)
}

// MyDisputes lists the caller's own, newest first.
func (s *Service) MyDisputes(ctx context.Context, caller web.Caller, query web.PageQuery) (web.Page[Dispute], error) {
	before, err := query.BeforeID(ownDisputes)
	if err != nil {
		return web.Page[Dispute]{}, err
	}
	found, err := s.store().disputesOfPerson(ctx, caller.PersonID, before, query.Limit+1)
	if err != nil {
		return web.Page[Dispute]{}, err
	}
	page := web.NewPage(ownDisputes, found, query.Limit, keyOfDispute)
	return page, s.showDisputes(ctx, caller, page.Items)
}

func keyOfDispute(dispute Dispute) []string { return []string{dispute.ID} }

func (s *Service) shownDispute(ctx context.Context, caller web.Caller, dispute Dispute) (Dispute, error) {
	one := []Dispute{dispute}
	err := s.showDisputes(ctx, caller, one)
	return one[0], err
}

// showDisputes is tellDisputes, with what the caller may do now.
func (s *Service) showDisputes(ctx context.Context, caller web.Caller, disputes []Dispute) error {
	err := s.tellDisputes(ctx, disputes)
	for i := range disputes {
		d := &disputes[i]
		d.MayAnswer = d.State == DisputeOpen && region.May(caller, region.AnswerDisputes, region.In(d.community)) &&
			d.mayRule(caller.PersonID, ActAnswered) == nil
		d.MayDecide = d.State == DisputeAppealed && region.May(caller, region.DecideAppeal, region.In(d.community)) &&
			d.mayRule(caller.PersonID, ActDecided) == nil
	}
	return err
}

func (s *Service) told(ctx context.Context, dispute Dispute) (Dispute, error) {
	one := []Dispute{dispute}
	err := s.tellDisputes(ctx, one)
	return one[0], err
}

// tellDisputes adds to disputes what does not stand in their rows: where they are, what they are about, through
// whose hands that went, what was said, and everybody's names.
func (s *Service) tellDisputes(ctx context.Context, disputes []Dispute) error {
	if len(disputes) == 0 {
		return nil
	}
	if err := s.addCommunities(ctx, disputes); err != nil {
		return err
	}
	if err := s.store().addRecords(ctx, disputes); err != nil {
		return err
	}
	if err := s.store().addTimelines(ctx, disputes); err != nil {
		return err
	}
	return s.addNames(ctx, disputes)
}

func (s *Service) addCommunities(ctx context.Context, disputes []Dispute) error {
	ids := make([]string, len(disputes))
	for i, dispute := range disputes {
		ids[i] = dispute.RegionID
	}
	slices.Sort(ids)
	communities, err := s.Regions.GetMany(ctx, slices.Compact(ids))
	for i := range disputes {
		at := slices.IndexFunc(communities, func(one region.Region) bool { return one.ID == disputes[i].RegionID })
		if at >= 0 {
			disputes[i].community, disputes[i].RegionName = communities[at], communities[at].Name
		}
	}
	return err
}

func (s *Service) addNames(ctx context.Context, disputes []Dispute) error {
	var ids []string
	for _, dispute := range disputes {
		ids = append(ids, dispute.PersonID)
		for _, event := range dispute.Timeline {
			ids = append(ids, event.PersonID, event.HelperID)
		}
	}
	slices.Sort(ids)
	names, err := s.People.Names(ctx, slices.Compact(ids))
	for i := range disputes {
		disputes[i].PersonName = names[disputes[i].PersonID]
		for at := range disputes[i].Timeline {
			event := &disputes[i].Timeline[at]
			event.PersonName, event.HelperName = names[event.PersonID], names[event.HelperID]
		}
	}
	return err
}

// addDisputes adds to entries the disputes that their person has raised.
func (s *Service) addDisputes(ctx context.Context, entries []Entry) error {
	keys := make([]string, len(entries))
	for i, entry := range entries {
		keys[i] = recordKey(DisputedEntry, entry.ID)
	}
	disputes, err := s.store().disputesOf(ctx, keys)
	if err != nil {
		return err
	}
	if err := s.tellDisputes(ctx, disputes); err != nil {
		return err
	}
	for i := range entries {
		at := slices.IndexFunc(disputes, func(d Dispute) bool { return d.RecordID == entries[i].ID })
		if at >= 0 {
			entries[i].Dispute = &disputes[at]
		}
	}
	return nil
}
