package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abbreviation reports whether a point after the word need not end a sentence.
func abbreviation(word string) bool {
	return among(lower(word), "тыс", "млн", "млрд", "трлн", "г", "гг", "ж", "жж", "кв", "м", "т", "шт", "обл", "см", "им",
		"др", "долл", "руб", "тг", "ш", "га", "ц", "кг", "мес", "sq", "no", "vs", "approx", "e", "g", "п", "ст", "rev", "т.е", "т.д")
}

// sentenceSpans splits a text, still with its capitals, at lines and at the ends
// of sentences. Empty stretches are left out, but there is always one span.
func sentenceSpans(text string) []span {
	var spans []span
	from := 0
	cut := func(to int) {
		if strings.IndexFunc(text[from:to], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			spans = append(spans, span{from, to})
			from = to
		}
	}
	for i := range len(text) {
		switch text[i] {
		case '\n':
			cut(i + 1)
		case '!', '?':
			if i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '"' {
				cut(i + 1)
			}
		case '.':
			if endsSentence(text, i) {
				cut(i + 1)
			}
		}
	}
	cut(len(text))
	if len(spans) == 0 {
		return []span{{0, len(text)}}
	}
	spans[len(spans)-1].to = len(text)
	return spans
}

// endsSentence judges the point at i.
func endsSentence(text string, i int) bool {
	rest := strings.TrimLeft(text[i+1:], `")`)
	if rest == "" || rest[0] == '\n' {
		return true
	}
	if rest[0] != ' ' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \"(-"))
	if unicode.IsLower(next) {
		return false
	}
	begin := strings.LastIndexFunc(text[:i], func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
	word := text[begin+1 : i]
	if unicode.IsDigit(next) && abbreviation(word) {
		return false
	}
	first, size := utf8.DecodeRuneInString(word)
	return !(size == len(word) && unicode.IsUpper(first)) // initials: С. Жұманғарин
}

// clauseSpans splits sentences at commas, semicolons and parentheses.
func clauseSpans(text string, sentences []span) []span {
	var spans []span
	for _, s := range sentences {
		from := s.from
		for i := s.from; i < s.to; i++ {
			if strings.IndexByte(",;()", text[i]) >= 0 {
				if i > from {
					spans = append(spans, span{from, i + 1})
				}
				from = i + 1
			}
		}
		if s.to > from {
			spans = append(spans, span{from, s.to})
		}
	}
	if len(spans) == 0 {
		return []span{{0, len(text)}}
	}
	return spans
}
