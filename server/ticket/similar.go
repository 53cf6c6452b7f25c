package ticket

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

const (
	// mostSimilar is how many likely duplicates are offered.
	mostSimilar = 5
	// similarAmong bounds the open tickets that a text is compared with, newest first.
	similarAmong = 500
	// leastShared pairs of characters, and this share of the shorter text's pairs, make two texts alike.
	leastShared  = 2
	leastOverlap = 0.15
)

// bigrams are the pairs of neighbouring characters of a text, without its punctuation: Chinese has no
// spaces, and pairs come close to words.
func bigrams(text string) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	for _, run := range strings.FieldsFunc(normalise(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		characters := []rune(run)
		for i := 1; i < len(characters); i++ {
			pairs[[2]rune{characters[i-1], characters[i]}] = true
		}
	}
	return pairs
}

// normalise makes full-width and half-width forms, and capitals and small letters, the same.
func normalise(text string) string { return strings.ToLower(width.Fold.String(text)) }

// overlap is the share of the smaller set that is in both; 0 when less than leastShared is.
func overlap(a, b map[[2]rune]bool) float64 {
	if len(b) < len(a) {
		a, b = b, a
	}
	shared := 0
	for pair := range a {
		if b[pair] {
			shared++
		}
	}
	if shared < leastShared {
		return 0
	}
	return float64(shared) / float64(len(a))
}

// similar are the candidates most like text, the most alike first.
func similar(text string, candidates []Ticket) []Ticket {
	wanted := bigrams(text)
	likeness := map[string]float64{}
	var found []Ticket
	for _, candidate := range candidates {
		score := overlap(wanted, bigrams(candidate.Text))
		if score >= leastOverlap {
			likeness[candidate.ID] = score
			found = append(found, candidate)
		}
	}
	slices.SortStableFunc(found, func(a, b Ticket) int { return cmp.Compare(likeness[b.ID], likeness[a.ID]) })
	return found[:min(len(found), mostSimilar)]
}
