// Command actions counts the taps and messages that reporting takes.
//
//	actions handlers/testdata/actions.*.txtar
//
// It counts what people do between marks of chat scripts, which the tests of
// package handlers play: what is counted works.
//
//	# count: guided
//	> /submit
//	…
//	# end
//
// It prints a line for each mark and language beside the goal and exits with 1
// when a goal is missed, or has nothing that is counted for it. It refuses marks
// without a goal.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"maqta/bot/transcript"
)

// goal is how many actions may be needed.
type goal struct {
	mark string
	most int
}

// goals of a month with seven lines, one product and nothing queried.
func goals() []goal {
	return []goal{
		{"register", 6},
		{"guided", 9},
		{"one message", 3},
		{"same as last month", 9},
		{"correction from the card", 2},
		{"correction by editing", 1},
	}
}

var errMissed = errors.New("goals are missed")

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "actions:", err)
		os.Exit(1)
	}
}

func run(paths []string, out io.Writer) error {
	if len(paths) == 0 {
		return errors.New("name at least one script")
	}
	missed := false
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read a script: %w", err)
		}
		script, err := transcript.Parse(path, data)
		if err != nil {
			return fmt.Errorf("read a script: %w", err)
		}
		counted, err := count(script)
		if err != nil {
			return fmt.Errorf("count %s: %w", path, err)
		}
		ok, err := report(out, strings.TrimSuffix(filepath.Base(path), ".txtar"), counted)
		if err != nil {
			return err
		}
		missed = missed || !ok
	}
	if missed {
		return errMissed
	}
	return nil
}

// count returns the actions between the marks of a script.
func count(s transcript.Script) (map[string]int, error) {
	counted := map[string]int{}
	open := ""
	mark := func(notes []string) error {
		for _, note := range notes {
			name, begins := strings.CutPrefix(note, "# count: ")
			switch {
			case begins && open != "":
				return fmt.Errorf("%q begins before the end of %q", name, open)
			case begins && !slices.ContainsFunc(goals(), func(g goal) bool { return g.mark == name }):
				return fmt.Errorf("there is no goal for %q", name)
			case begins:
				if _, twice := counted[name]; twice {
					return fmt.Errorf("%q is counted twice", name)
				}
				open, counted[name] = name, 0
			case note == "# end" && open == "":
				return errors.New("an end without a beginning")
			case note == "# end":
				open = ""
			}
		}
		return nil
	}
	for _, turn := range s.Turns {
		if err := mark(turn.Notes); err != nil {
			return nil, err
		}
		if open != "" && acts(turn.Input.Kind) {
			counted[open]++
		}
	}
	if err := mark(s.Tail); err != nil {
		return nil, err
	}
	if open != "" {
		return nil, fmt.Errorf("%q has no end", open)
	}
	return counted, nil
}

// acts reports whether an input is something that a person does in the chat.
func acts(kind transcript.Kind) bool {
	switch kind {
	case transcript.At, transcript.Wait, transcript.As, transcript.Restart:
		return false
	default:
		return true
	}
}

// report prints what was counted and says whether all goals are met.
func report(out io.Writer, name string, counted map[string]int) (ok bool, err error) {
	ok = true
	for _, g := range goals() {
		n, there := counted[g.mark]
		verdict := "ok"
		if n > g.most || n == 0 {
			ok, verdict = false, "MISSED"
		}
		if !there {
			verdict = "NOT COUNTED"
		}
		if _, err := fmt.Fprintf(out, "%-12s %-26s %d of at most %d actions: %s\n", name, g.mark, n, g.most, verdict); err != nil {
			return false, fmt.Errorf("print the counts: %w", err)
		}
	}
	return ok, nil
}
