package transcript

import (
	"fmt"
	"slices"
	"strings"
)

// Diff compares what a script expects with what was seen and stored when it was
// played, and returns a report with file and line, or "" when they agree. Lines
// that were expected begin with a minus, lines that came with a plus.
func Diff(want, got Script) string {
	var b strings.Builder
	for i, t := range want.Turns {
		if i >= len(got.Turns) {
			fmt.Fprintf(&b, "%s:%d: was not played\n", want.Name, t.Line)
			break
		}
		if seen := got.Turns[i].Seen; !slices.Equal(t.Seen, seen) {
			fmt.Fprintf(&b, "%s:%d: after %s\n", want.Name, t.Line, t.Written[0])
			report(&b, want.Name, t.Line+len(t.Written), t.Seen, seen)
		}
	}
	if !slices.Equal(want.Stored, got.Stored) {
		fmt.Fprintf(&b, "%s:%d: stored\n", want.Name, max(want.storedAt, 1))
		report(&b, want.Name, max(want.storedAt, 1), want.Stored, got.Stored)
	}
	return b.String()
}

func report(b *strings.Builder, name string, first int, want, got []string) {
	line := first
	for _, e := range edits(want, got) {
		switch e.sign {
		case '-':
			fmt.Fprintf(b, "\t%s:%d\t- %s\n", name, line, e.text)
			line++
		case '+':
			fmt.Fprintf(b, "\t%s:%d\t+ %s\n", name, line, e.text)
		default:
			line++
		}
	}
}

type edit struct {
	sign byte
	text string
}

// edits returns a shortest way from a to b, by the table of common subsequences:
// turns are a few lines long.
func edits(a, b []string) []edit {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i, x := range slices.Backward(a) {
		for j, y := range slices.Backward(b) {
			if x == y {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var out []edit
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, edit{' ', a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || common[i+1][j] >= common[i][j+1]):
			out = append(out, edit{'-', a[i]})
			i++
		default:
			out = append(out, edit{'+', b[j]})
			j++
		}
	}
	return out
}
