package sheet

import (
	"strings"
	"unicode"
)

// longestFolded is the longest text, in bytes, that may be a word of ours.
const longestFolded = 1024

// fold takes out of a header, a month or a word what programs and people change
// without meaning it: case, blanks, marks, the dots of ё, й in two parts. What is
// left is compared for equality and never shown.
//
// A question mark between letters stays. It is what Excel writes for ә ғ қ ң ө ұ
// ү һ into a .csv of windows-1251, which lacks them; see [same].
func fold(s string) string {
	if len(s) > longestFolded {
		return ""
	}
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		switch r = unicode.ToLower(r); {
		case r == 'ё':
			r = 'е'
		case r == '\u0306' || r == '\u0308': // й and ё in two parts, as macOS writes them
			continue
		case r == 'и' && i+1 < len(runes) && runes[i+1] == '\u0306':
			r = 'й'
		case r == '²':
			r = '2'
		case r == '?' && lostLetter(runes, i):
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lostLetter reports whether the question mark at i may stand for a letter: it
// touches one, or another lost one.
func lostLetter(runes []rune, i int) bool {
	touches := func(j int) bool {
		return j >= 0 && j < len(runes) && (unicode.IsLetter(runes[j]) || runes[j] == '?')
	}
	return touches(i-1) || touches(i+1)
}

// same reports whether a folded text from a file is a folded text of ours, where
// a question mark in the file's stands for a letter that can be lost.
func same(file, ours string) bool {
	if file == ours {
		return file != ""
	}
	if !strings.Contains(file, "?") {
		return false
	}
	a, b := []rune(file), []rune(ours)
	if len(a) != len(b) {
		return false
	}
	lost := 0
	for i := range a {
		switch {
		case a[i] == b[i]:
		case a[i] == '?' && strings.ContainsRune("әғқңөұүһ2", b[i]): // 2 is that of m²
			lost++
		default:
			return false
		}
	}
	return lost*2 <= len(a) // a word of question marks is no word
}
