package web

import "time"

// Set puts what the body of a PATCH gives into a field, nil being what stays as it is, and tells whether that
// changed it.
func Set[T comparable](field, given *T) bool {
	if given == nil || *field == *given {
		return false
	}
	*field = *given
	return true
}

// SetTime is Set for a moment, which is kept in UTC to the millisecond.
func SetTime(field, given *time.Time) bool {
	if given == nil || field.Equal(*given) {
		return false
	}
	*field = given.UTC().Truncate(time.Millisecond)
	return true
}
