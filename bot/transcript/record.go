package transcript

import (
	"strings"
	"time"
)

// Recorder writes down a chat while it happens, as a script that plays it again.
// It is not safe for concurrent use.
type Recorder struct {
	script  Script
	seen    []map[string][]string // what each person saw after each turn
	people  []string              // in the order in which they first did or saw something
	screens map[string]*screen
	current Person
	now     time.Time
}

// NewRecorder begins a script. The comment is its first lines, without #.
func NewRecorder(name, comment string) *Recorder {
	r := &Recorder{script: Script{Name: name}, screens: make(map[string]*screen)}
	for line := range strings.SplitSeq(strings.TrimSpace(comment), "\n") {
		r.script.Comment += strings.TrimRight("# "+line, " ") + "\n"
	}
	return r
}

// Did records what a person did at a time. Sent is the id of the message that
// it left in the chat, 0 when none. What only a script can do, moving the clock
// and restarting, is recorded by Moved and Restarted.
func (r *Recorder) Did(p Person, a Action, sent int64, at time.Time) {
	r.Moved(at)
	own := r.screen(p.Name)
	if p != r.current { // somebody else, or an app in another language
		r.add(Input{Kind: As, Person: p})
		r.current = p
	}
	in := Input{Kind: a.Kind, Text: a.Text}
	switch a.Kind {
	case Tap:
		in = own.tap(a)
	case Edit, Reply:
		in.Nth = own.nth(a.Message)
		if in.Nth == 0 { // not a message that this recorder saw: the closest is a new text
			in.Kind = Say
		}
	case Upload:
		r.attach(a)
	default:
	}
	r.add(in)
	if sent != 0 && a.Kind != Edit {
		own.sent = append(own.sent, sent)
	}
}

// Saw records what a person saw, after what was done last.
func (r *Recorder) Saw(p Person, shown ...Shown) {
	own := r.screen(p.Name)
	name := p.Name
	if name == r.current.Name {
		name = ""
	}
	for _, s := range shown {
		own.see(s)
		if last := len(r.seen) - 1; last >= 0 {
			r.seen[last][name] = append(r.seen[last][name], s.write(name)...)
		}
	}
}

// Moved records that the clock has gone on; scripts count minutes.
func (r *Recorder) Moved(at time.Time) {
	at = at.In(Almaty()).Truncate(time.Minute)
	if at.After(r.now) {
		r.now = at
		r.add(Input{Kind: At, Time: at})
	}
}

// Restarted records that the bot was stopped and started again.
func (r *Recorder) Restarted() { r.add(Input{Kind: Restart}) }

// Script returns the script so far. Stored are the records by now, as
// [World.Stored] gives them.
func (r *Recorder) Script(stored []string) Script {
	s := r.script
	s.Stored = guarded(stored)
	s.Turns = make([]Turn, 0, len(r.script.Turns))
	for i, t := range r.script.Turns {
		// The acting person first, as Play has it, in whatever order it came.
		for _, name := range append([]string{""}, r.people...) {
			t.Seen = append(t.Seen, r.seen[i][name]...)
		}
		s.Turns = append(s.Turns, t)
	}
	return s
}

func (r *Recorder) add(in Input) {
	r.script.Turns = append(r.script.Turns, Turn{Input: in, Written: in.write()})
	r.seen = append(r.seen, make(map[string][]string))
}

func (r *Recorder) screen(name string) *screen {
	if r.screens[name] == nil {
		r.screens[name] = &screen{}
		r.people = append(r.people, name)
	}
	return r.screens[name]
}

// attach keeps a document with the script when a text file can hold it.
func (r *Recorder) attach(a Action) {
	text := string(a.Bytes)
	if text == "" || r.script.file(a.Text) != nil || strings.ContainsAny(text, "\x00\r") ||
		strings.HasPrefix(text, "-- ") || strings.Contains(text, "\n-- ") || a.Text == chatSection || a.Text == storedSection {
		return
	}
	r.script.Files = append(r.script.Files, File{Name: a.Text, Data: a.Bytes})
}

// tap words a press by the label of its button.
func (s *screen) tap(a Action) Input {
	if s.pressed != nil && s.pressed.button.Data == a.Data && s.pressed.message == a.Message && !s.stands(a) {
		return Input{Kind: Again}
	}
	for _, b := range s.buttons {
		if b.message != a.Message || b.button.Data != a.Data {
			continue
		}
		for nth := 1; ; nth++ {
			found, ok := s.find(b.button.Label, nth, b.gone)
			if !ok {
				break
			}
			if found == b {
				s.pressed = &found
				return Input{Kind: Tap, Text: b.button.Label, Nth: nth, Old: b.gone}
			}
		}
	}
	return Input{Kind: Press, Text: a.Data}
}

// stands reports whether the button is still on the screen.
func (s *screen) stands(a Action) bool {
	for _, b := range s.buttons {
		if b.message == a.Message && b.button.Data == a.Data && !b.gone {
			return true
		}
	}
	return false
}

// nth returns which of the person's messages it is, 0 when none.
func (s *screen) nth(id int64) int {
	for i, own := range s.sent {
		if own == id {
			return i + 1
		}
	}
	return 0
}
