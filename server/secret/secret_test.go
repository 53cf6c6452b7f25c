package secret

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

var key = Key("a key for tests that is long enough to be one")

func TestRotatingCodeHoldsThisStepAndTheOneBefore(t *testing.T) {
	start := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	code, until := key.Rotating("checkin", "activity", start)
	if !until.Equal(start.Add(Step)) {
		t.Errorf("valid until %v, want %v", until, start.Add(Step))
	}
	for after, want := range map[time.Duration]bool{
		0: true, Step - time.Millisecond: true, Step: true, 2*Step - time.Millisecond: true,
		2 * Step: false, 24 * time.Hour: false, -time.Millisecond: false,
	} {
		if got := key.VerifyRotating(code, "checkin", "activity", start.Add(after)); got != want {
			t.Errorf("after %v: %v, want %v", after, got, want)
		}
	}
}

func TestRotatingCodeIsOfOneThingOnly(t *testing.T) {
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	code, _ := key.Rotating("checkin", "activity", at)
	if key.VerifyRotating(code, "checkin", "another", at) || key.VerifyRotating(code, "person", "activity", at) {
		t.Error("a code serves for another thing")
	}
	if Key("another key for tests that is also long enough").VerifyRotating(code, "checkin", "activity", at) {
		t.Error("a code serves under another key")
	}
}

func TestMACKnowsWhereAPartEnds(t *testing.T) {
	if key.Signature("file", "ab", "c") == key.Signature("file", "a", "bc") {
		t.Error("parts run together")
	}
	if !key.Verify(key.Signature("file", "a"), "file", "a") || key.Verify("", "file", "a") {
		t.Error("a signature is not what it says")
	}
}

func TestKeyInFolderIsMadeOnceForTheOwnerOnly(t *testing.T) {
	folder := t.TempDir()
	first, err := KeyInFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	again, err := KeyInFolder(folder)
	if err != nil || string(again) != string(first) {
		t.Fatalf("another key the second time (%v)", err)
	}
	info, err := os.Stat(filepath.Join(folder, KeyFileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v (%v), want 0600", info.Mode(), err)
	}
	if _, err := ParseKey("short"); err == nil {
		t.Error("a short key is taken")
	}
}

func TestTokensDiffer(t *testing.T) {
	one, other := NewToken(), NewToken()
	if one == other || len(one) != 43 || Hash(one) == Hash(other) || Hash(one) == one {
		t.Errorf("%q and %q", one, other)
	}
}

func TestWhatIsEncryptedIsReadWithTheKeyAndPurposeOnly(t *testing.T) {
	plain := []byte(`{"token": "of a card"}`)
	text := key.Encrypt("answer", plain)
	if got, err := key.Decrypt("answer", text); err != nil || string(got) != string(plain) {
		t.Errorf("%q (%v)", got, err)
	}
	if text == key.Encrypt("answer", plain) {
		t.Error("the same text twice")
	}
	refused := map[string]func() ([]byte, error){
		"another purpose": func() ([]byte, error) { return key.Decrypt("card", text) },
		"another key": func() ([]byte, error) {
			return Key("another key for tests that is also long enough").Decrypt("answer", text)
		},
		"changed":   func() ([]byte, error) { return key.Decrypt("answer", "AAAA"+text[4:]) },
		"too short": func() ([]byte, error) { return key.Decrypt("answer", "AAAA") },
		"no base64": func() ([]byte, error) { return key.Decrypt("answer", "{}") },
	}
	for what, decrypt := range refused {
		if got, err := decrypt(); err == nil {
			t.Errorf("%s: %q", what, got)
		}
	}
}
