package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoals counts the actions of the scripts that the bot is tested with.
func TestGoals(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "..", "..", "handlers", "testdata", "actions.*.txtar"))
	if err != nil || len(paths) != 3 {
		t.Fatalf("the scripts are %s: %v", paths, err)
	}
	var out bytes.Buffer
	if err := run(paths, &out); err != nil {
		t.Errorf("%v:\n%s", err, out.String())
	}
	if got := strings.Count(out.String(), ": ok\n"); got != len(paths)*len(goals()) {
		t.Errorf("%d lines are well:\n%s", got, out.String())
	}
}

func TestCount(t *testing.T) {
	for name, c := range map[string]struct {
		chat, line string
		missed     bool
		wrong      string
	}{
		"only people's acts": {
			chat: "# count: one message\nat 2026-04-07 10:00\n> a\n< b\nrestart\n> [c]\n# end\n> d\n",
			line: "one message                2 of at most 3 actions: ok", missed: true, // the others are not counted
		},
		"an edit":      {chat: "# count: correction by editing\n> edit 1: a\n# end\n", line: "correction by editing      1 of at most 1 actions: ok", missed: true},
		"too many":     {chat: "# count: correction by editing\n> a\n> b\n# end\n", line: "correction by editing      2 of at most 1 actions: MISSED", missed: true},
		"nothing done": {chat: "# count: register\n# end\n> a\n", line: "register                   0 of at most 6 actions: MISSED", missed: true},
		"no end":       {chat: "# count: register\n> a\n", wrong: "has no end"},
		"no beginning": {chat: "> a\n# end\n", wrong: "without a beginning"},
		"within":       {chat: "# count: register\n> a\n# count: guided\n> b\n# end\n", wrong: "begins before the end"},
		"twice":        {chat: "# count: register\n> a\n# end\n# count: register\n> a\n# end\n", wrong: "twice"},
		"no goal":      {chat: "# count: sleeping\n> a\n# end\n", wrong: "no goal"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.en.txtar")
			if err := os.WriteFile(path, []byte("-- chat --\n"+c.chat), 0o600); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			err := run([]string{path}, &out)
			if got := errors.Is(err, errMissed); got != c.missed {
				t.Errorf("goals are missed: %t (%v)", got, err)
			}
			if !strings.Contains(out.String(), c.line) {
				t.Errorf("no %q in\n%s", c.line, out.String())
			}
			if c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
				t.Errorf("the error is %v, want one about %q", err, c.wrong)
			}
		})
	}
}
