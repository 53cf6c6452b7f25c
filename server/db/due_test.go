package db

import (
	"errors"
	"slices"
	"testing"
)

func TestEachDue(t *testing.T) {
	bad := errors.New("bad row")
	for _, test := range []struct {
		name          string
		waiting, left []int // below 0: fails
	}{
		{"nothing", nil, nil},
		{"more than a batch", []int{1, 2, 3, 4, 5, 6, 7}, nil},
		{"bad ones in front", []int{-1, -2, 3, 4, 5, 6, 7}, []int{-1, -2}},
		{"whole batches", []int{-1, 2, 3, 4, 5}, []int{-1}},
		{"a batch of bad ones", []int{-1, -2, -3, 4}, []int{-1, -2, -3, 4}},
	} {
		waiting := slices.Clone(test.waiting)
		err := EachDue(3,
			func() ([]int, error) { return slices.Clone(waiting[:min(3, len(waiting))]), nil },
			func(row int) error {
				if row < 0 {
					return bad
				}
				waiting = slices.DeleteFunc(waiting, func(one int) bool { return one == row })
				return nil
			})
		if !slices.Equal(waiting, test.left) || errors.Is(err, bad) != (len(test.left) > 0) {
			t.Errorf("%s: %v is left: %v", test.name, waiting, err)
		}
	}
	if err := EachDue(3, func() ([]int, error) { return nil, bad }, nil); !errors.Is(err, bad) {
		t.Errorf("what cannot be read: %v", err)
	}
}
