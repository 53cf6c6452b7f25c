package apptest

import (
	"context"
	"slices"
)

// WantHistory checks a room's answer to on whom something hangs: on those with a history, and not on those without.
func (h *Harness) WantHistory(among func(ctx context.Context, ids []string) ([]string, error), with, without []string) {
	h.Helper()
	got, err := among(h.Context(), slices.Concat(without, with))
	if err != nil {
		h.Fatal(err)
	}
	want := slices.Clone(with)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		h.Errorf("something hangs on %v, want %v", got, want)
	}
}
