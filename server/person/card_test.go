package person

import (
	"errors"
	"slices"
	"testing"

	"fivestar/server/secret"
)

const (
	aToken = "abcdefghijklmnopqrstuvwxyz-_ABCDEFGHIJKLMNO"
	anID   = "01KAM0000000000000000000ZZ"
)

func TestParseScan(t *testing.T) {
	card := scan{cardToken: aToken}
	personal := scan{personID: anID, code: "ABCDEFG2"}
	for text, want := range map[string]scan{
		aToken:                         card,
		cardText(aToken):               card,
		personalText(anID, "ABCDEFG2"): personal,
	} {
		if got, ok := parseScan(text); !ok || got != want {
			t.Errorf("parseScan(%q) = %+v, %v", text, got, ok)
		}
	}
	for _, text := range []string{
		"", " ", "FS1:C:", "FS1:P:", "FS1:P:" + anID, "FS1:P:" + anID + ":", "FS1:P:" + anID + ":ABCDEFG",
		"FS1:P:" + anID + ":ABCDEFG1", "FS1:P:" + anID + ":abcdefg2", "FS1:P:" + anID + ":ABCDEFG2:", "FS1:P:" + anID + "\n:ABCDEFG2",
		"FS2:C:" + aToken, "FS1:C:FS1:C:" + aToken, aToken + "=", aToken[1:], aToken + "\n", "fs1:c:" + aToken, "https://example.com/" + aToken,
	} {
		if got, ok := parseScan(text); ok {
			t.Errorf("parseScan(%q) = %+v, want nothing", text, got)
		}
	}
}

// Whatever is scanned, it is a card or a person's code or nothing, and what is taken reads back the same.
func FuzzParseScan(f *testing.F) {
	for _, seed := range []string{"", aToken, cardText(aToken), personalText(anID, "ABCDEFG2"), "FS1:P::", "FS1:C:\x00", "FS1:P:" + anID + ":" + aToken} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := parseScan(text)
		if !ok {
			return
		}
		isCard, isPersonal := got.cardToken != "", got.personID != "" && got.code != ""
		if isCard == isPersonal {
			t.Fatalf("%q is both or neither: %+v", text, got)
		}
		if isCard && text != got.cardToken && text != cardText(got.cardToken) {
			t.Fatalf("%q was read as the card %q", text, got.cardToken)
		}
		if isPersonal && text != personalText(got.personID, got.code) {
			t.Fatalf("%q was read as %+v", text, got)
		}
	})
}

// Tokens and codes as they are made fit what the parser takes.
func TestMadeTextsAreTaken(t *testing.T) {
	if _, ok := parseScan(cardText(secret.NewToken())); !ok {
		t.Error("a new card's text is not taken")
	}
}

func TestFreeSlot(t *testing.T) {
	var taken []string
	for range livingCards {
		slot, err := freeSlot(taken)
		if err != nil || slices.Contains(taken, slot) {
			t.Fatalf("slot %q, %v with %v taken", slot, err, taken)
		}
		taken = append(taken, slot)
	}
	if _, err := freeSlot(taken); !errors.Is(err, errCardLimit) {
		t.Errorf("a card beyond the limit: %v", err)
	}
	if slot, err := freeSlot([]string{"1", "3"}); slot != "2" || err != nil {
		t.Errorf("the freed slot is not taken again: %q, %v", slot, err)
	}
}
