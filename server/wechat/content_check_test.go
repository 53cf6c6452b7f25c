package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCheckText(t *testing.T) {
	long := strings.Repeat("好", textLimit)
	for _, test := range []struct {
		name, text string
		want       Verdict
		calls      int
	}{
		{"empty", "", Pass, 0},
		{"harmless", "楼道灯坏了", Pass, 1},
		{"for review", "这里待复核", Review, 1},
		{"risky", "这里违禁", Risky, 1},
		{"as long as one check takes", long, Pass, 1},
		{"one longer", long + "好", Pass, 2},
		{"risky at the very end", long + long + "违禁", Risky, 3},
		{"risky at once, the rest unasked", "违禁" + long + long, Risky, 1},
		{"risky across the cut", long[:len(long)-3] + "违禁", Risky, 2},
		{"the worst wins", "待复核" + long + "好", Review, 2},
		{"the worst wins, the other way round", "待复核" + long + "违禁", Risky, 2},
		{"many bytes, few characters", strings.Repeat("𠮷", textLimit), Pass, 1},
		{"not UTF-8", "\xff\xfe", Pass, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			simulator := startSimulator(t)
			verdict, err := connect(t, simulator).CheckText(t.Context(), testOpenID, test.text)
			if err != nil || verdict != test.want {
				t.Errorf("%v, %v, want %v", verdict, err, test.want)
			}
			if calls := simulator.Calls(PathCheckText); calls != test.calls {
				t.Errorf("%d calls, want %d", calls, test.calls)
			}
		})
	}
}

func TestPiecesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(0, 4*textLimit).Draw(t, "length")
		text := make([]rune, length)
		for i := range text {
			text[i] = rune(0x4e00 + i%20000)
		}
		joined := ""
		for i, piece := range pieces(string(text)) {
			if count := utf8.RuneCountInString(piece); count > textLimit {
				t.Fatalf("a piece of %d characters", count)
			}
			if i > 0 {
				runes := []rune(piece)
				if !strings.HasSuffix(joined, string(runes[:textOverlap])) {
					t.Fatalf("piece %d does not overlap the one before", i)
				}
				piece = string(runes[textOverlap:])
			}
			joined += piece
		}
		if joined != string(text) {
			t.Fatalf("the pieces of %d characters are not the text", length)
		}
	})
}

// A failure in a later piece must not be taken for the verdict on the first.
func TestCheckTextFailsHalfway(t *testing.T) {
	var asked atomic.Int32
	client := playing(t, func(w http.ResponseWriter, _ *http.Request) {
		if asked.Add(1) == 2 {
			_, _ = io.WriteString(w, `{"errcode":61010,"errmsg":"code is expired"}`)
			return
		}
		_, _ = io.WriteString(w, `{"errcode":0,"result":{"suggest":"review"}}`)
	})
	verdict, err := client.CheckText(t.Context(), testOpenID, strings.Repeat("好", textLimit+1))
	if verdict != 0 || !errors.Is(err, ErrCannotCheck) {
		t.Errorf("%v, %v, want no verdict and %v", verdict, err, ErrCannotCheck)
	}
}

func TestSuggestionsThatWeChatAnswers(t *testing.T) {
	for suggest, want := range map[string]Verdict{"pass": Pass, "review": Review, "risky": Risky, "": Review, "block": Review} {
		client := answering(t, "application/json", fmt.Sprintf(`{"errcode":0,"result":{"suggest":%q}}`, suggest))
		if verdict, err := client.CheckText(t.Context(), testOpenID, "你好"); err != nil || verdict != want {
			t.Errorf("%q: %v, %v, want %v", suggest, verdict, err, want)
		}
	}
}

func TestVerdictText(t *testing.T) {
	for _, verdict := range []Verdict{Pass, Review, Risky} {
		text, err := json.Marshal(verdict)
		if err != nil || string(text) != `"`+verdict.String()+`"` {
			t.Errorf("%s, %v", text, err)
		}
		var again Verdict
		if err := json.Unmarshal(text, &again); err != nil || again != verdict {
			t.Errorf("%s: %v, %v", text, again, err)
		}
	}
	var none Verdict
	if err := none.UnmarshalText([]byte("block")); err == nil || none != 0 {
		t.Errorf("an unknown verdict is read as %v", none)
	}
	if !slices.IsSorted([]Verdict{Pass, Review, Risky}) {
		t.Error("a worse verdict must be higher")
	}
}
