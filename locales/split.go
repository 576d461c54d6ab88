package locales

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Units counts a text as Telegram does: in UTF-16 units.
func Units(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r)) // what is no character counts as the replacement for it
	}
	return n
}

// Split cuts a rendered text into pieces of at most limit UTF-16 units, mark-up
// included. It cuts between paragraphs where it can, else between lines,
// sentences, words, and only then within a word; never inside a tag or an
// entity. Tags that are open at a cut are closed there and opened again in the
// next piece. Blanks at a cut are dropped; an empty text has no pieces.
func Split(html string, limit int) []string {
	var pieces []string
	var open []tag // tags that the rest of the text begins inside of
	for rest := strings.TrimSpace(html); rest != ""; {
		piece, left, still := cut(rest, open, limit)
		if hasWords(piece) {
			pieces = append(pieces, piece)
		}
		rest, open = left, still
	}
	return pieces
}

// tag is an open element: how it was opened and its name.
type tag struct{ opening, name string }

func opened(tags []tag) string {
	var b strings.Builder
	for _, t := range tags {
		b.WriteString(t.opening)
	}
	return b.String()
}

func closed(tags []tag) string {
	var b strings.Builder
	for i := len(tags) - 1; i >= 0; i-- {
		b.WriteString("</" + tags[i].name + ">")
	}
	return b.String()
}

// place is where a text may be cut: what stands before it fits.
type place struct {
	at   int
	open []tag
}

// cut takes the first piece off s, which begins inside the open tags. At least
// one character is taken, also where the limit is too small for it.
func cut(s string, open []tag, limit int) (piece, rest string, still []tag) {
	prefix := opened(open)
	used := Units(prefix)
	var best [5]place // paragraph, line, sentence, word, character
	tags := open
	for i := 0; i < len(s); {
		atom := atomAt(s[i:])
		tags = after(tags, atom)
		i += len(atom)
		used += Units(atom)
		if used+Units(closed(tags)) > limit && best[4].at > 0 {
			break
		}
		if i == len(s) {
			return prefix + s + closed(tags), "", nil
		}
		best[4] = place{i, tags}
		if rank := boundary(s[:i], s[i:]); rank < 4 {
			best[rank] = place{i, tags}
		}
	}
	p := best[4]
	for _, better := range best[:4] {
		if better.at > best[4].at/3 { // a far earlier paragraph would leave a stub
			p = better
			break
		}
	}
	return prefix + strings.TrimRight(s[:p.at], " \n") + closed(p.open), strings.TrimLeft(s[p.at:], " \n"), p.open
}

// atomAt returns what must not be cut: a tag, an entity or one character.
func atomAt(s string) string {
	end := -1
	switch s[0] {
	case '<':
		end = strings.IndexByte(s, '>')
	case '&':
		if end = strings.IndexByte(s, ';'); end > len("&quot;") {
			end = -1
		}
	}
	if end >= 0 {
		return s[:end+1]
	}
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// after returns the open tags behind the atom.
func after(tags []tag, atom string) []tag {
	if len(atom) < 3 || atom[0] != '<' {
		return tags
	}
	if atom[1] == '/' {
		return tags[:max(0, len(tags)-1)]
	}
	name, _, _ := strings.Cut(strings.Trim(atom, "<>"), " ")
	return append(tags[:len(tags):len(tags)], tag{atom, name})
}

// boundary ranks a place between two parts of a text: 0 between paragraphs, 1
// lines, 2 sentences, 3 words, 4 elsewhere.
func boundary(before, behind string) int {
	switch {
	case strings.HasPrefix(behind, "\n\n") || strings.HasSuffix(before, "\n\n"):
		return 0
	case behind[0] == '\n' || strings.HasSuffix(before, "\n"):
		return 1
	case behind[0] != ' ':
		return 4
	case strings.HasSuffix(before, ".") || strings.HasSuffix(before, "!") || strings.HasSuffix(before, "?"):
		return 2
	}
	return 3
}

func hasWords(s string) bool { return strings.TrimSpace(tagPattern.ReplaceAllString(s, "")) != "" }
