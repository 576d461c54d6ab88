package ask

import (
	"slices"
	"strings"
	"unicode"
)

// bestReading reads the text as typed; where that leaves much unknown, also as
// if another keyboard layout had been meant, and keeps the best.
func (a *Asker) bestReading(text string) reading {
	var w workspace
	best := a.words.read(&w, text)
	slipped := strangeTyping(text)
	if best.unknown == 0 && !slipped || len(text) > tooLong || best.meant > 2*best.unknown && !slipped {
		return best
	}
	for _, l := range a.slips {
		typed := l.retype(text)
		if sameLetters(typed, text) {
			continue
		}
		r := a.words.read(&w, typed)
		better := r.unknown <= best.unknown && r.meant >= best.meant && slipped && r.digitsInWords() < best.digitsInWords() ||
			r.unknown < best.unknown && r.meant >= best.meant || slipped && r.unknown == 0 && r.names(subjects) && !best.names(solid)
		if l.inside {
			better = r.unknown <= best.unknown
		}
		if r.meant > 0 && better {
			best = r
		}
	}
	return best
}

// solid are the things that are hardly ever read by accident.
var solid = setOf(cCotton, cRaw, cFibre, cYarn, cFabric, cFinished, cTextile, cClothing, cFootwear, cIndustry, cProgramme)

// names reports whether the reading names one of the concepts.
func (r *reading) names(any set) bool {
	return slices.ContainsFunc(r.items, func(it item) bool { return any.has(it.concept) })
}

// digitsInWords counts the numbers that touch a word: on the right layout they
// are letters.
func (r *reading) digitsInWords() int {
	n := 0
	for i, it := range r.items {
		if it.number && (it.glued || i+1 < len(r.items) && r.items[i+1].mark == "" && len(it.text) == 1 && it.suffix == "") {
			n++
		}
	}
	return n
}

// strangeTyping reports whether a word holds digits or the marks that are letters
// on another layout: "vf0nf", "[kjgrf", "0анша".
func strangeTyping(text string) bool {
	for i := range len(text) {
		c := text[i]
		mark := c == ';' || c == '[' || c == ']' || c == '`' || c == '\''
		if !mark && (c < '0' || c > '9') {
			continue
		}
		before := i > 0 && letterByte(text[i-1])
		after := i+1 < len(text) && letterByte(text[i+1])
		if c == '\'' && before {
			continue // "what's"
		}
		if after && (before || mark || c != text[i]) || mark && before && i+1 < len(text) && text[i+1] != ' ' {
			return true
		}
		if after && c >= '0' && c <= '9' && (i == 0 || text[i-1] == ' ') && text[i+1] >= 0x80 {
			return true
		}
	}
	return false
}

// sameLetters reports whether two texts differ only in digits and marks, which
// says nothing of the layout.
func sameLetters(a, b string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, s)
	}
	return letters(a) == letters(b)
}

// letterByte reports whether c is a Latin letter or part of one of another script.
func letterByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }
