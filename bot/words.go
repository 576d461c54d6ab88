package bot

import (
	"strings"
	"unicode/utf8"
)

// words is a text taken apart by its entities.
type words struct {
	text      string // without our @name, trimmed
	mentioned bool   // our @name stands in it
	command   string // lower case; "" when the text does not begin with one
	ours      bool   // the command is addressed to us by name
	unnamed   bool   // the command is addressed to nobody by name
	args      string
}

// read takes a text apart. Entity offsets count UTF-16 units, so they are
// turned into byte offsets first: a Cyrillic letter is one unit and two bytes.
// Entities that do not fit the text are left out.
func read(text string, entities []wireEntity, self Self) words {
	var w words
	var rest strings.Builder // the text without our name
	done := 0                // bytes of text already in rest
	for _, e := range entities {
		start, end, ok := span(text, e.Offset, e.Length)
		if !ok || start < done {
			continue
		}
		part := text[start:end]
		switch e.Type {
		case "mention", "text_mention":
			us := e.Type == "mention" && strings.EqualFold(strings.TrimPrefix(part, "@"), self.Name) ||
				e.User != nil && e.User.ID == int64(self.ID)
			if !us || self.Name == "" {
				continue
			}
			w.mentioned = true
			rest.WriteString(text[done:start])
			done = end
		case "bot_command":
			// A command counts only where nothing but our name stands before it.
			if w.command != "" || strings.TrimSpace(rest.String()+text[done:start]) != "" {
				continue
			}
			name, to, named := strings.Cut(strings.TrimPrefix(part, "/"), "@")
			w.command, w.args = strings.ToLower(name), strings.TrimSpace(text[end:])
			w.unnamed, w.ours = !named, named && strings.EqualFold(to, self.Name)
		}
	}
	rest.WriteString(text[done:])
	w.text = strings.TrimSpace(rest.String())
	return w
}

// span turns a range of UTF-16 units into one of bytes. It reports false when
// the range is empty, leaves the text, or cuts a character in two.
func span(text string, offset, length int) (start, end int, ok bool) {
	if offset < 0 || length <= 0 || length > len(text) || offset > len(text) {
		return 0, 0, false
	}
	start, ok = byteAt(text, offset)
	if !ok {
		return 0, 0, false
	}
	n, ok := byteAt(text[start:], length)
	return start, start + n, ok
}

// byteAt is the byte offset of the given number of UTF-16 units.
func byteAt(text string, units int) (int, bool) {
	i := 0
	for units > 0 {
		if i >= len(text) {
			return 0, false
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		units--
		if r >= 0x10000 { // two units
			units--
		}
	}
	return i, units == 0
}
