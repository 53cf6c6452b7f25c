package db

import "errors"

// EachDue does what is due to every row of due, which reads them again and again, at most batch at a time, those that
// wait longest first. A row that fails keeps no other waiting: it stays due, and its error is the answer in the end.
// A batch in which every row fails is the last one, as the next would be the same.
func EachDue[T any](batch int, due func() ([]T, error), do func(row T) error) error {
	for {
		rows, err := due()
		if err != nil {
			return err
		}
		var failed []error
		for _, row := range rows {
			if err := do(row); err != nil {
				failed = append(failed, err)
			}
		}
		if len(rows) < batch || len(failed) == len(rows) {
			return errors.Join(failed...)
		}
	}
}
