package ask

import (
	"strings"
	"unicode"
)

// Keyboard layouts, key by key, so that a message typed on the wrong one can be
// read as if it had been typed on the right one. The Kazakh layout has letters
// on the digit row.
const (
	keysEnglish = "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./"
	keysRussian = "ё1234567890-=йцукенгшщзхъфывапролджэячсмитьбю."
	keysKazakh  = "(\"әіңғ,.үұқөһйцукенгшщзхъфывапролджэячсмитьбю№"
	shiftsEN    = "~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"
	shiftsRU    = "Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
	shiftsKK    = ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"
)

// layout turns the characters of one keyboard layout into those of another.
type layout struct {
	byRune map[rune]rune
	digits bool // digits are letters on the layout meant
	inside bool // only what stands beside a Cyrillic letter is changed
}

func newLayout(from, to, fromShift, toShift string, digits bool) layout {
	l := layout{byRune: map[rune]rune{}, digits: digits}
	pair := func(a, b string) {
		target := []rune(b)
		for i, r := range []rune(a) {
			if _, taken := l.byRune[r]; !taken {
				l.byRune[r] = target[i]
			}
		}
	}
	pair(from, to)
	pair(fromShift, toShift)
	return l
}

// layouts returns the slips that are tried, the likeliest first.
func layouts() []layout {
	return []layout{
		newLayout(keysEnglish, keysRussian, shiftsEN, shiftsRU, false),
		newLayout(keysEnglish, keysKazakh, shiftsEN, shiftsKK, true),
		newLayout(keysRussian, keysEnglish, shiftsRU, shiftsEN, false),
		newLayout(keysKazakh, keysEnglish, shiftsKK, shiftsEN, false),
		// the Kazakh layout meant, the Russian one on: only the digit row differs
		{byRune: newLayout("`1234567890-=", "(\"әіңғ,.үұқөһ", "", "", true).byRune, digits: true, inside: true},
	}
}

// retype returns the text as typed on the other layout. Words made of digits
// alone stay numbers. Characters of a third layout stay as they are.
func (l layout) retype(text string) string {
	var b strings.Builder
	b.Grow(len(text) * 2)
	for i, field := range strings.Split(text, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		number := strings.Trim(field, "0123456789.,%?!-") == "" || l.inside && !strings.ContainsFunc(field, isCyrillic)
		for _, r := range field {
			if number || !l.digits && r >= '0' && r <= '9' {
				b.WriteRune(r)
				continue
			}
			if to, ok := l.byRune[r]; ok {
				r = to
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }
