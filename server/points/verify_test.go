package points_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fivestar/server/points"
)

// wantFinding ends the test unless the verification says problem, or the beginning of it, of the record.
func (l *ledger) wantFinding(recordID, problem string) {
	l.t.Helper()
	findings := l.verify().Findings
	for _, finding := range findings {
		if finding.RecordID == recordID && strings.Contains(finding.Problem, problem) {
			return
		}
	}
	l.t.Fatalf("no finding on record %q that says %q, only: %v", recordID, problem, findings)
}

// sealedLedger has six sealed entries of three people, the last of them a reversal, and one service record.
func sealedLedger(t *testing.T) (l *ledger, entries []points.Entry) {
	t.Helper()
	l = newLedger(t)
	for i, personID := range []string{"anna", "bela", "carl", "anna"} {
		entries = append(entries, l.credit(l.work(personID, fmt.Sprintf("claim-%d", i), int64(10+i))))
	}
	spent, err := l.Debit(t.Context(), l.spend("bela", "r-1", 4))
	must(t, err)
	reversal, err := l.Reverse(t.Context(), entries[3].ID, "登记错了", []string{"secretary"})
	must(t, err)
	must(t, l.RecordService(t.Context(), points.ServiceRecord{PersonID: "carl", CommunityID: l.community.ID, Minutes: 60, SourceID: "a-1",
		At: l.now, Hands: []string{"carl"}, Witness: "secretary"}))
	l.wantSound()
	return l, append(entries, spent, reversal)
}

func TestVerifyFindsAnAlteredEntry(t *testing.T) {
	for column, value := range map[string]any{
		"amount": 500, "memo": "别的事", "person_id": "dora", "kind": "ticket", "source_id": "claim-x", "star": "", "hands": "[]",
		"witness_id": "mayor", "at": 1, "counted_at": 1, "reverses_id": "x", "community_id": "elsewhere", "from_account": "a", "to_account": "b", "mac": "00",
	} {
		t.Run(column, func(t *testing.T) {
			l, entries := sealedLedger(t)
			if l.exec("UPDATE points_entry SET "+column+" = ? WHERE id = ?", value, entries[0].ID) != 1 {
				t.Fatal("nothing was altered")
			}
			l.wantFinding(entries[0].ID, "altered, or written without the key")
			if column != "mac" && column != "community_id" {
				l.wantFinding(entries[0].ID, "does not fit the record")
			}
		})
	}
}

// Whoever alters an entry and everything that follows from it, but has no key, is found by the mac alone.
func TestVerifyFindsAnAlteredEntryWhoseBalancesFit(t *testing.T) {
	l, entries := sealedLedger(t)
	entry := entries[0]
	l.exec("UPDATE points_entry SET amount = amount + 100 WHERE id = ?", entry.ID)
	l.exec("UPDATE points_account SET balance = balance + 100 WHERE person_id = 'anna'")
	l.exec("UPDATE points_account SET balance = balance - 100 WHERE id = (SELECT from_account FROM points_entry WHERE id = ?)", entry.ID)
	l.exec("UPDATE points_total SET earned = earned + 100 WHERE person_id = 'anna' AND star IN ('', 'harmony')")
	l.exec("UPDATE points_community_total SET earned = earned + 100 WHERE star IN ('', 'harmony')")
	l.exec("UPDATE points_area_total SET earned = earned + 100 WHERE star IN ('', 'harmony')")
	l.wantFinding(entry.ID, "altered, or written without the key")
	l.wantFinding(entry.ID, "does not fit the record")
	if findings := l.verify().Findings; len(findings) != 2 {
		t.Errorf("findings %v, want these two only", findings)
	}
}

func TestVerifyFindsADeletedEntry(t *testing.T) {
	l, entries := sealedLedger(t)
	l.exec("DELETE FROM points_entry WHERE id = ?", entries[1].ID)
	l.wantFinding(entries[1].ID, "but the record is missing")
	l.wantFinding("", "account "+l.community.ID+":bela has 7, but its entries make -4")
}

func TestVerifyFindsADeletedEntryWithItsSeal(t *testing.T) {
	l, entries := sealedLedger(t)
	l.exec("DELETE FROM points_entry WHERE id = ?", entries[1].ID)
	l.exec("DELETE FROM points_seal WHERE record_id = ?", entries[1].ID)
	l.wantFinding(entries[2].ID, "seal 3 follows seal 1: those between are missing")
}

func TestVerifyFindsADeletedEntryWhoseSealsWereNumberedAnew(t *testing.T) {
	l, entries := sealedLedger(t)
	l.exec("DELETE FROM points_entry WHERE id = ?", entries[1].ID)
	l.exec("DELETE FROM points_seal WHERE record_id = ?", entries[1].ID)
	for number := 3; number <= 7; number++ {
		l.exec("UPDATE points_seal SET number = ? WHERE number = ?", number-1, number)
	}
	l.wantFinding(entries[2].ID, "seal 2 does not continue the seal before it")
}

// insertForged adds an entry as somebody would who can write to the database but has no key.
func (l *ledger) insertForged(id string) {
	l.t.Helper()
	const columns = "id, community_id, from_account, to_account, amount, kind, source_id, star, person_id, hands, witness_id, memo, reverses_id, at, counted_at, mac"
	l.exec("INSERT INTO points_entry ("+columns+") SELECT ?, community_id, from_account, to_account, amount, kind, 'claim-forged', star, person_id, hands, witness_id, memo, reverses_id, at, counted_at, mac "+
		"FROM points_entry WHERE source_id = 'claim-0'", id)
}

func TestVerifyFindsAnInsertedEntry(t *testing.T) {
	l, _ := sealedLedger(t)
	l.insertForged("FORGED")
	l.wantFinding("FORGED", "altered, or written without the key")
	l.wantFinding("", "account "+l.community.ID+":anna has 10, but its entries make 20")
	l.now = l.now.Add(time.Minute)
	l.wantFinding("FORGED", "not sealed")
}

func TestVerifyFindsAnInsertedEntryWhoseBalancesFit(t *testing.T) {
	l, entries := sealedLedger(t)
	l.insertForged("FORGED")
	l.exec("INSERT INTO points_unsealed (community_id, record_id) VALUES (?, 'FORGED')", l.community.ID)
	l.exec("UPDATE points_account SET balance = balance + 10 WHERE person_id = 'anna'")
	l.exec("UPDATE points_account SET balance = balance - 10 WHERE id = (SELECT from_account FROM points_entry WHERE id = ?)", entries[0].ID)
	l.exec("UPDATE points_total SET earned = earned + 10, entries = entries + 1 WHERE person_id = 'anna' AND star IN ('', 'harmony')")
	l.seal()
	findings := l.verify().Findings
	if len(findings) != 1 || findings[0].RecordID != "FORGED" || !strings.Contains(findings[0].Problem, "written without the key") {
		t.Errorf("findings %v, want the one that it was written without the key", findings)
	}
	l.now = l.now.Add(time.Minute)
	l.wantFinding("FORGED", "not sealed")
}

func TestVerifyFindsACutTail(t *testing.T) {
	l, _ := sealedLedger(t)
	last := l.credit(l.work("dora", "claim-9", 5))
	l.wantSound()
	for _, statement := range []string{
		"DELETE FROM points_entry WHERE id = ?", "DELETE FROM points_seal WHERE record_id = ?",
	} {
		l.exec(statement, last.ID)
	}
	l.exec("DELETE FROM points_total WHERE person_id = 'dora'")
	l.exec("DELETE FROM points_account WHERE person_id = 'dora'")
	findings := l.verify().Findings
	if !strings.Contains(fmt.Sprint(findings), "the chain ends at seal 8, but the seals after 7 are missing") {
		t.Errorf("findings %v", findings)
	}
	var hash string
	must(t, l.DB.Querier(t.Context()).QueryRowContext(t.Context(), "SELECT hash FROM points_seal WHERE number = 7").Scan(&hash))
	l.exec("UPDATE points_chain SET number = 7, hash = ? WHERE community_id = ?", hash, l.community.ID)
	if findings := l.verify().Findings; !strings.Contains(fmt.Sprint(findings), "the end of the chain was altered") {
		t.Errorf("with the end moved back: findings %v", findings)
	}
}

func TestVerifyFindsAWholeChainRemoved(t *testing.T) {
	l, _ := sealedLedger(t)
	village := l.work("dora", "claim-9", 5)
	village.CommunityID, village.Star = l.village.ID, ""
	l.credit(village)
	l.wantSound()
	for _, table := range []string{"points_entry", "points_seal", "points_chain", "points_account", "points_total", "points_community_total"} {
		l.exec("DELETE FROM "+table+" WHERE community_id = ?", l.village.ID)
	}
	l.exec("DELETE FROM points_area_total") // and made to fit what is left
	l.exec(statementOf(t, "00100_points_area_total.sql", "INSERT INTO"))
	findings := l.verify().Findings
	if len(findings) != 1 || !strings.Contains(findings[0].Problem, "there are the ends of 1 chains where 2 were begun") {
		t.Errorf("findings %v", findings)
	}
}

func TestVerifyFindsSwappedSeals(t *testing.T) {
	l, entries := sealedLedger(t)
	l.exec("UPDATE points_seal SET record_id = 'aside' WHERE record_id = ?", entries[0].ID)
	l.exec("UPDATE points_seal SET record_id = ? WHERE record_id = ?", entries[0].ID, entries[1].ID)
	l.exec("UPDATE points_seal SET record_id = ? WHERE record_id = 'aside'", entries[1].ID)
	l.wantFinding(entries[0].ID, "seal 2 does not fit the record")
	l.wantFinding(entries[1].ID, "seal 1 does not fit the record")
}

func TestVerifyFindsSealsInAnotherOrder(t *testing.T) {
	l, entries := sealedLedger(t)
	l.exec("UPDATE points_seal SET number = 99 WHERE number = 2")
	l.exec("UPDATE points_seal SET number = 2 WHERE number = 3")
	l.exec("UPDATE points_seal SET number = 3 WHERE number = 99")
	l.wantFinding(entries[2].ID, "seal 2 does not continue the seal before it")
}

func TestVerifyFindsWrongBalancesAndTotals(t *testing.T) {
	for name, test := range map[string]struct{ statement, problem string }{
		"a balance":                {"UPDATE points_account SET balance = balance + 1 WHERE person_id = 'carl'", "has 13, but its entries make 12"},
		"a sum that is not zero":   {"UPDATE points_account SET balance = balance + 1 WHERE person_id = 'carl'", "the sum over all accounts is 1"},
		"a balance below zero":     {"UPDATE points_account SET balance = -1 WHERE person_id = 'carl'", "is below zero"},
		"an account removed":       {"DELETE FROM points_account WHERE person_id = 'carl'", "carl is missing"},
		"an account inserted":      {"INSERT INTO points_account (id, community_id, person_id, balance) VALUES ('c:zoe', 'c', 'zoe', 5)", "c:zoe has 5, but its entries make 0"},
		"an issuing account":       {"UPDATE points_account SET balance = balance - 1 WHERE person_id = ''", "but its entries make"},
		"an issuing account added": {"INSERT INTO points_account (id, community_id, person_id, balance) VALUES ('c#0', 'c', '', -5)", "account c#0 has -5, but no entries"},
		"a total":                  {"UPDATE points_total SET earned = 99 WHERE person_id = 'carl' AND period = '2026-11' AND star = ''", "totals of 2026-11 for all stars are 99 points"},
		"a total removed":          {"DELETE FROM points_total WHERE person_id = 'carl' AND period = '2026' AND star = 'harmony'", "totals of 2026 for harmony are 0 points"},
		"a total inserted":         {"INSERT INTO points_total (person_id, community_id, period, star, earned, entries, minutes) VALUES ('zoe', 'c', '2026', '', 5, 1, 0)", "totals of 2026 for all stars are 5 points"},
		"service minutes":          {"UPDATE points_total SET minutes = 6000 WHERE person_id = 'carl' AND period = 'all' AND star = ''", "6000 minutes"},
		"a service record":         {"UPDATE points_service SET minutes = 6000", "altered, or written without the key"},
		"a service record removed": {"DELETE FROM points_service", "but the record is missing"},
		"a community's total":      {"UPDATE points_community_total SET earned = 99 WHERE period = '2026-11' AND star = ''", "totals of 2026-11 for all stars are 99 points"},
		"a community's total gone": {"DELETE FROM points_community_total WHERE period = '2026' AND star = ''", "totals of 2026 for all stars are 0 points"},
		"a street's total":         {"UPDATE points_area_total SET minutes = 99 WHERE period = '2026-11' AND star = ''", "99 minutes, but the records make"},
		"a street's total gone":    {"DELETE FROM points_area_total WHERE period = '2026' AND star = ''", "totals of 2026 for all stars are 0 points"},
		"the count of the chains":  {"DELETE FROM points_chain WHERE community_id = ''", "the count of the chains is missing"},
		"the end of a chain":       {"DELETE FROM points_chain WHERE community_id <> ''", "the end of the chain is missing"},
		"a reversal's entry":       {"DELETE FROM points_entry WHERE source_id = 'claim-3'", "which is missing"},
		"a reversal's amount":      {"UPDATE points_entry SET amount = 1 WHERE kind = 'reversal'", "is not the opposite of entry"},
		"accounts of others":       {"UPDATE points_entry SET to_account = 'c:zoe' WHERE source_id = 'claim-2'", "which are not the accounts of its person and community"},
		"nothing moved":            {"UPDATE points_entry SET amount = 0 WHERE source_id = 'claim-2'", "must move one or more"},
		"no second person":         {"UPDATE points_entry SET witness_id = 'carl' WHERE source_id = 'claim-2'", "was not confirmed by a second person"},
		"no second person there":   {"UPDATE points_service SET witness_id = 'carl'", "was not confirmed by a second person"},
		"when it was recorded":     {"UPDATE points_service SET recorded_at = recorded_at + 1", "altered, or written without the key"},
		"nothing taken back":       {"UPDATE points_service SET source_id = 'reversal:nothing'", "is not the opposite of service record nothing"},
		"another community":        {"UPDATE points_entry SET community_id = 'elsewhere' WHERE source_id = 'claim-2'", "but the record is of community elsewhere"},
		"the number of the chains": {"UPDATE points_chain SET number = 2 WHERE community_id = ''", "the count of the chains was altered"},
		"another last seal":        {"UPDATE points_seal SET hash = '00' WHERE number = 7", "seal 7 is not the one that the chain ends with"},
		"a seal behind the last": {"INSERT INTO points_seal (community_id, number, record_id, previous_hash, hash) SELECT community_id, 8, 'x', hash, '00' FROM points_seal WHERE number = 7",
			"the chain ends at seal 7, but there are seals up to 8"},
	} {
		t.Run(name, func(t *testing.T) {
			l, _ := sealedLedger(t)
			if l.exec(test.statement) == 0 {
				t.Fatal("nothing was changed")
			}
			if findings := fmt.Sprint(l.verify().Findings); !strings.Contains(findings, test.problem) {
				t.Errorf("findings %s, want %q", findings, test.problem)
			}
		})
	}
}

func TestVerifyTellsHowFarItIs(t *testing.T) {
	l, _ := sealedLedger(t)
	var last, all int64
	report, err := l.Verify(t.Context(), func(done, total int64) {
		if done < last {
			t.Errorf("progress went back from %d to %d", last, done)
		}
		last, all = done, total
	})
	must(t, err)
	if last != all || all != 14 {
		t.Errorf("ended at %d of %d, want 14 of 14: 6 entries, 1 service record, 7 seals", last, all)
	}
	if report.Entries != 6 || report.Services != 1 {
		t.Errorf("report %+v", report)
	}
}

// The verification sees one moment, however much is posted meanwhile.
func TestVerifyWhilePeoplePost(t *testing.T) {
	l := newLedger(t)
	ctx, stop := context.WithCancel(context.Background())
	finished := make(chan error)
	go func() {
		for i := 0; ctx.Err() == nil; i++ {
			if _, err := l.Credit(context.Background(), l.work(fmt.Sprintf("person-%d", i%7), fmt.Sprintf("claim-%d", i), 2)); err != nil {
				finished <- err
				return
			}
			if err := l.Seal(context.Background()); err != nil {
				finished <- err
				return
			}
		}
		finished <- nil
	}()
	for range 20 {
		if findings := l.verify().Findings; len(findings) > 0 {
			t.Errorf("findings %v", findings)
		}
	}
	stop()
	must(t, <-finished)
}
