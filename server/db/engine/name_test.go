package engine

import (
	"regexp"
	"strings"
	"testing"
)

func TestDatabaseName(t *testing.T) {
	tests := map[string]struct{ name, begins string }{
		"a test":          {"TestClaim", "t_testclaim_"},
		"a subtest":       {"TestClaim/second_taker#01", "t_testclaim_second_taker_01_"},
		"quotes":          {"x`; DROP DATABASE y; --", "t_x_drop_database_y_"},
		"Chinese":         {"认领", "t__"},
		"nothing":         {"", "t__"},
		"begins with 1":   {"1", "t_1_"},
		"longer than all": {strings.Repeat("a", 200), "t_" + strings.Repeat("a", 35) + "_"},
	}
	plain := regexp.MustCompile(`^[a-z0-9_]{1,64}$`)
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			got := databaseName(test.name)
			if !strings.HasPrefix(got, test.begins) || !plain.MatchString(got) {
				t.Errorf("databaseName(%q) = %q, want one that begins with %q and needs no quoting", test.name, got, test.begins)
			}
			if again := databaseName(test.name); again == got {
				t.Errorf("databaseName(%q) gave %q twice", test.name, got)
			}
		})
	}
}
