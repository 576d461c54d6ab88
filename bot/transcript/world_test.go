package transcript_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"maqta/bot/transcript"
)

// parrot is a small bot: it repeats what it hears, counts presses, tells
// everybody about /tell, and remembers the texts. It stands in for the worlds
// that the package is for, which have tests of their own.
type parrot struct {
	now      time.Time
	next     int64
	prompt   map[int64]int64 // a person's live prompt
	texts    map[int64]string
	seen     map[int64][]transcript.Shown
	stored   []string
	restarts int
}

func newParrot() *parrot {
	return &parrot{prompt: map[int64]int64{}, texts: map[int64]string{}, seen: map[int64][]transcript.Shown{}}
}

func (w *parrot) show(id int64, s transcript.Shown) { w.seen[id] = append(w.seen[id], s) }

func (w *parrot) Do(p transcript.Person, a transcript.Action) (int64, error) {
	if _, ok := w.seen[p.ID]; !ok {
		w.seen[p.ID] = nil
	}
	w.next++
	mine := w.next
	switch a.Kind {
	case transcript.Tap:
		if a.Message == 0 || w.prompt[p.ID] != a.Message || !strings.HasSuffix(a.Data, fmt.Sprint(":", len(w.stored))) {
			w.show(p.ID, transcript.Shown{Kind: transcript.Notice, Text: "old"})
			return 0, nil
		}
		w.stored = append(w.stored, "pressed "+a.Data)
		w.show(p.ID, transcript.Shown{Kind: transcript.Notice})
		w.show(p.ID, transcript.Shown{Kind: transcript.Edited, ID: a.Message, Text: "pressed", Rows: w.rows()})
		return 0, nil
	case transcript.Edit:
		w.stored = append(w.stored, fmt.Sprintf("%q became %q", w.texts[a.Message], a.Text))
		w.show(p.ID, transcript.Shown{Kind: transcript.Alert, Text: "edited"})
		return 0, nil
	case transcript.Block, transcript.Unblock:
		w.stored = append(w.stored, string(a.Kind))
		return 0, nil
	case transcript.Inline:
		w.show(p.ID, transcript.Shown{Kind: transcript.Card, Text: "title\n" + a.Text})
		return 0, nil
	case transcript.Upload:
		w.stored = append(w.stored, fmt.Sprintf("file %s of %d bytes", a.Text, len(a.Bytes)))
		w.show(p.ID, transcript.Shown{Kind: transcript.New, ID: w.id(), Media: "file back.csv", Text: "thanks"})
		return mine, nil
	case transcript.Other:
		w.show(p.ID, transcript.Shown{Kind: transcript.New, ID: w.id(), Text: "(a " + a.Text + ")"})
		return mine, nil
	}
	w.texts[mine] = a.Text
	if a.Text == "/tell" {
		for id := range w.seen {
			if id != p.ID {
				w.show(id, transcript.Shown{Kind: transcript.New, ID: w.id(), Text: p.Name + " tells you\n\nsomething"})
			}
		}
	}
	if old := w.prompt[p.ID]; old != 0 {
		w.show(p.ID, transcript.Shown{Kind: transcript.Closed, ID: old})
	}
	w.stored = append(w.stored, fmt.Sprintf("%s said %q at %s", p.Name, a.Text, w.now.Format(time.TimeOnly)))
	w.prompt[p.ID] = w.id()
	w.show(p.ID, transcript.Shown{Kind: transcript.New, ID: w.prompt[p.ID], Text: a.Text, Rows: w.rows()})
	return mine, nil
}

func (w *parrot) id() int64 { w.next++; return w.next }

func (w *parrot) rows() [][]transcript.Button {
	return [][]transcript.Button{
		{{Label: "Yes", Data: fmt.Sprint("y:", len(w.stored))}, {Label: "N]o\\", Data: fmt.Sprint("n:", len(w.stored))}},
		{{Label: "Page", Does: "https://example.org"}},
	}
}

func (w *parrot) Seen(p transcript.Person) ([]transcript.Shown, error) {
	out := w.seen[p.ID]
	w.seen[p.ID] = nil
	return out, nil
}

func (w *parrot) Stored() ([]string, error) { return append(slices.Clone(w.stored), ""), nil }

func (w *parrot) Set(at time.Time) error { w.now = at; return nil }

func (w *parrot) Restart() error { w.restarts++; return nil }
