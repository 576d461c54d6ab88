package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Question is one line of a question set.
type Question struct {
	ID     string
	Lang   string // the language that the asker chose: kk, ru or en
	Kind   string
	Text   string
	All    []Token  // the reply holds every one
	Any    []Token  // and one of these, where there are any
	Forbid []Token  // and none of these
	Facts  []string // the facts asked for: "harvest", "cotton_area/2017"
	Ctx    []string // what may be added: groups of facts
	// AnyLang says that a reply in any of the languages will do.
	AnyLang bool
	// AskedIn is the year in which "last year" and the like were meant, or 0.
	AskedIn int
	Note    string
}

// columns of a question set, in order.
const columns = "id\tlang\tkind\tquestion\texpect_all\texpect_any\tforbid\tnote"

// ReadQuestions reads a question set: tab-separated, with the header of the
// development set. Ids may not repeat.
func ReadQuestions(from io.Reader) ([]Question, error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	var set []Question
	seen := make(map[string]bool)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if n == 1 {
			if line != columns {
				return nil, fmt.Errorf("read questions: the header is %q", line)
			}
			continue
		}
		if line == "" {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 8 {
			return nil, fmt.Errorf("read questions: line %d has %d cells, not 8", n, len(cells))
		}
		q := Question{
			ID: cells[0], Lang: cells[1], Kind: cells[2], Text: cells[3],
			All: parseCell(cells[4]), Any: parseCell(cells[5]), Forbid: parseCell(cells[6]), Note: cells[7],
		}
		if seen[q.ID] {
			return nil, fmt.Errorf("read questions: line %d: id %s is there twice", n, q.ID)
		}
		seen[q.ID] = true
		if err := q.readNote(); err != nil {
			return nil, fmt.Errorf("read questions: line %d: %w", n, err)
		}
		set = append(set, q)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	return set, nil
}

func (q *Question) readNote() error {
	for _, part := range strings.Split(q.Note, ";") {
		part = strings.TrimSpace(part)
		switch {
		case strings.HasPrefix(part, "fact="):
			q.Facts = strings.Split(part[len("fact="):], ",")
		case strings.HasPrefix(part, "ctx="):
			q.Ctx = strings.Split(part[len("ctx="):], ",")
		case part == "ANYLANG":
			q.AnyLang = true
		case strings.HasPrefix(part, "asked="):
			if _, err := fmt.Sscanf(part, "asked=%d", &q.AskedIn); err != nil {
				return fmt.Errorf("note %q: %w", part, err)
			}
		}
	}
	return nil
}

// Unanswerable reports whether the only right reply is that this is not known.
func (q *Question) Unanswerable() bool {
	for _, t := range q.Any {
		if t.kind != noData {
			return hasToken(q.All, noData)
		}
	}
	return hasToken(q.All, noData) || len(q.Any) > 0
}

// noFigure reports whether no figure may be offered as the answer.
func (q *Question) noFigure() bool { return hasToken(q.Forbid, noFigure) }

func hasToken(tokens []Token, kind tokenKind) bool {
	for _, t := range tokens {
		if t.kind == kind {
			return true
		}
	}
	return false
}

// numeric reports whether a figure is asked for.
func (q *Question) numeric() bool {
	for _, t := range append(append([]Token{}, q.All...), q.Any...) {
		switch t.kind {
		case numberToken, amountToken, perCentToken, bothToken:
			return true
		}
	}
	return false
}

// years lists the years that the question names, also through the cells: "в 12-м"
// names 2012 to whoever wrote the cell.
func (q *Question) years(asked *reading) []int {
	var years []int
	for _, y := range asked.years {
		years = append(years, y.year)
	}
	for _, t := range q.All {
		if t.kind == yearToken {
			years = append(years, int(t.number))
		}
	}
	return years
}
