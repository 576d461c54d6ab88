package transcript

import (
	"html"
	"slices"
	"strings"
)

// Shown is one thing that appears, or changes, before a person's eyes.
type Shown struct {
	Kind  ShownKind
	ID    int64  // the message: new, changed or closed
	Text  string // as a person reads it, without markup; see [Plain]
	Rows  [][]Button
	Media string // "picture chart structure", "file plan.xlsx"; Text is then the caption
}

// ShownKind is what a Shown is.
type ShownKind string

// The kinds.
const (
	New    ShownKind = "new"
	Edited ShownKind = "edited"
	Closed ShownKind = "closed" // the message has lost its buttons; no line is written for it
	Notice ShownKind = "notice" // a notice after a press; an empty one only stops the button's spinning
	Alert  ShownKind = "alert"
	Card   ShownKind = "card" // an inline result: its title, then its text
)

// Button is a button as a person finds it.
type Button struct {
	Label string
	Data  string
	Does  string // what a press does where it sends no Data: "https://…", "copy …", "inline …"
}

// Plain takes the markup off a text in Telegram's HTML. What is left is what a
// person reads; where links lead is not.
func Plain(marked string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(marked, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(marked[open:], '>')
		if end < 0 {
			break
		}
		b.WriteString(marked[:open])
		marked = marked[open+end+1:]
	}
	b.WriteString(marked)
	return html.UnescapeString(b.String())
}

// write returns the lines of what a person sees, begun by < and, where it is not
// the acting person, the name.
func (s Shown) write(name string) []string {
	if s.Kind == Closed || s.Kind == Notice && s.Text == "" {
		return nil
	}
	head := "<" + name + " "
	first, text := head, strings.ReplaceAll(s.Text, "\r", "")
	switch s.Kind {
	case Edited, Notice, Alert, Card:
		first += "(" + string(s.Kind) + ") "
	case New, Closed:
		if s.Media == "" && strings.HasPrefix(text, "[") || strings.HasPrefix(text, "(") || strings.HasPrefix(text, `\`) {
			text = `\` + text
		}
	}
	var out []string
	if s.Media != "" {
		out = []string{first + "(" + strings.ReplaceAll(s.Media, "\n", " ") + ")"}
		first = "| "
	}
	if text != "" || s.Media == "" {
		out = append(out, spread(first, text)...)
	}
	for _, row := range s.Rows {
		line := "<" + name
		for _, b := range row {
			line += " " + quoteLabel(b.Label)
			if b.Does != "" {
				line += "(" + strings.ReplaceAll(b.Does, "\n", " ") + ")"
			}
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// screen remembers the buttons that a person was ever shown, so that a script
// can press them by their labels.
type screen struct {
	buttons []onScreen // in the order of their appearance
	pressed *onScreen  // last
	sent    []int64    // the person's own messages
}

type onScreen struct {
	message int64
	button  Button
	gone    bool
}

func (s *screen) see(shown Shown) {
	switch shown.Kind {
	case Edited, Closed:
		for i := range s.buttons {
			if s.buttons[i].message == shown.ID {
				s.buttons[i].gone = true
			}
		}
	case New, Notice, Alert, Card:
	}
	for _, row := range shown.Rows {
		for _, b := range row {
			s.buttons = append(s.buttons, onScreen{message: shown.ID, button: b})
		}
	}
}

// find returns the nth newest button with a label; a gone one when old is set.
func (s *screen) find(label string, nth int, old bool) (onScreen, bool) {
	for _, b := range slices.Backward(s.buttons) {
		if b.button.Label == label && b.gone == old && b.button.Data != "" {
			if nth--; nth == 0 {
				return b, true
			}
		}
	}
	return onScreen{}, false
}

// labels lists what could be pressed, for messages.
func (s *screen) labels() string {
	var out []string
	for _, b := range s.buttons {
		if !b.gone {
			out = append(out, quoteLabel(b.button.Label))
		}
	}
	return strings.Join(out, " ")
}

// own returns the id of the person's nth message, counted from the latest when
// nth is negative.
func (s *screen) own(nth int) (int64, bool) {
	if nth < 0 {
		nth += len(s.sent) + 1
	}
	if nth < 1 || nth > len(s.sent) {
		return 0, false
	}
	return s.sent[nth-1], true
}
