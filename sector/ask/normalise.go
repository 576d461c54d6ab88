package ask

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText is how much of a message is read, in bytes. What a person asks stands
// in the beginning; the rest of a pasted article must not cost time.
const maxText = 1200

// maxTokens bounds the work per message in the same way.
const maxTokens = 80

// script is the alphabet of a word.
type script uint8

const (
	digits script = iota
	cyrillic
	latin
	mark // punctuation that parts clauses
)

// token is a word, a number or a clause mark of the message.
type token struct {
	script script
	text   string // lower case; Cyrillic and Latin look-alikes put right; numbers as typed
	suffix string // of a number: what hung on it by a hyphen ("м" of "12-м"), lower case
	glued  bool   // joined to the token before by a hyphen or dash without blanks
	kazakh bool   // holds a letter that only Kazakh has
}

// Marks that part clauses, as the text of a mark token.
const (
	markComma = ","
	markEnd   = "."
	markDash  = "-"
	markPct   = "%"
	markUSD   = "$"
	markKZT   = "₸"
)

// clean puts the message into one form: valid UTF-8, composed letters, no tags,
// not longer than is read.
func clean(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
		for len(text) > 0 && !utf8.ValidString(text[len(text)-1:]) && !utf8.RuneStart(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, " ")
	}
	if hasMarks(text) {
		text = norm.NFC.String(text)
	}
	if strings.IndexByte(text, '&') >= 0 {
		text = html.UnescapeString(text)
	}
	if strings.IndexByte(text, '<') >= 0 {
		text = without(text, '<', '>')
	}
	if strings.IndexByte(text, '{') >= 0 {
		text = without(strings.ReplaceAll(text, "${", "{"), '{', '}')
	}
	return text
}

// hasMarks reports whether the text may hold combining marks, U+0300 to U+037F:
// letters that Kazakh, Russian and English are typed in are composed otherwise.
func hasMarks(text string) bool {
	return strings.IndexByte(text, 0xCC) >= 0 || strings.IndexByte(text, 0xCD) >= 0
}

// without replaces what stands between two brackets, tags and templates, by a
// blank. An open bracket without its fellow stays.
func without(text string, open, end byte) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(text, open)
		if i < 0 {
			break
		}
		j := strings.IndexByte(text[i:], end)
		if j < 0 {
			break
		}
		b.WriteString(text[:i])
		b.WriteByte(' ')
		text = text[i+j+1:]
	}
	b.WriteString(text)
	return b.String()
}

// tokens parts a cleaned message into words, numbers and clause marks. dst is
// reused.
func tokens(dst []token, text string) []token {
	dst = dst[:0]
	glue := false
	for i := 0; i < len(text) && len(dst) < maxTokens; {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r >= '0' && r <= '9':
			end := numberEnd(text, i)
			t := token{script: digits, text: text[i:end], glued: glue}
			glue = false
			i = end
			t.suffix, i = numberSuffix(text, i)
			dst = append(dst, t)
		case unicode.IsLetter(r):
			end := wordEnd(text, i)
			t := word(text[i:end])
			t.glued = glue
			glue = false
			i = end
			if t.text != "" {
				dst = append(dst, t)
			}
		default:
			glue = false
			if (r == '\'' || r == '’') && twoDigits(text[i+size:]) { // "in '19"
				dst = append(dst, token{script: digits, text: text[i+size : i+size+2], suffix: "'"})
				i += size + 2
				continue
			}
			if r == '/' && i > 0 && letterByte(text[i-1]) && i+1 < len(text) && letterByte(text[i+1]) {
				i += size // "х/б", "USD/KZT"
				continue
			}
			if m := markOf(r); m != "" {
				if m == markDash {
					if len(dst) > 0 && dst[len(dst)-1].text == markPct {
						// the ending of a per cent sign: "13%-ға"
						if end := wordEnd(text, i+size); isEnding(strings.ToLower(text[i+size : end])) {
							i = end
							continue
						}
					}
					glue = len(dst) > 0 && i > 0 && !blankBefore(text, i) && !blankAt(text, i+size)
					if glue && r == '-' && (dst[len(dst)-1].script != digits || letterByte(text[i+size])) {
						// a hyphen inside a word is no mark, only glue
						i += size
						continue
					}
				}
				dst = append(dst, token{script: mark, text: m})
			}
			i += size
		}
	}
	return dst
}

// twoDigits reports whether s begins with exactly two digits.
func twoDigits(s string) bool {
	digit := func(i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
	return digit(0) && digit(1) && !digit(2)
}

func blankBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsSpace(r)
}

func blankAt(text string, i int) bool {
	if i >= len(text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(r)
}

func markOf(r rune) string {
	switch r {
	case ',', ':', '(', ')', '/', '+', '&', '\t':
		return markComma
	case '.', '?', '!', ';', '\n', '…':
		return markEnd
	case '-', '–', '—', '‑', '−':
		return markDash
	case '%', '٪', '％':
		return markPct
	case '$':
		return markUSD
	case '₸':
		return markKZT
	}
	return ""
}

// numberEnd returns where the number that begins at i ends: digits with points,
// commas and group blanks between them.
func numberEnd(text string, i int) int {
	group := i
	for {
		j := i
		for j < len(text) && text[j] >= '0' && text[j] <= '9' {
			j++
		}
		if j >= len(text) {
			return j
		}
		first := i == group
		r, size := utf8.DecodeRuneInString(text[j:])
		next := j + size
		if next >= len(text) || text[next] < '0' || text[next] > '9' {
			return j
		}
		switch r {
		case '.', ',':
			i = next
		case ' ', '\u00a0', '\u202f', '\'', '’':
			// A group: three digits behind, and no year before ("2012 100").
			if !groupOfThree(text, next) || first && j-group > 3 {
				return j
			}
			i = next
		default:
			return j
		}
	}
}

func groupOfThree(text string, i int) bool {
	n := 0
	for i+n < len(text) && text[i+n] >= '0' && text[i+n] <= '9' {
		n++
	}
	return n == 3
}

// numberSuffix reads an ending hung on a number: "12-м", "2021-де", "10-month".
// Long words are not endings and stay for the next token.
func numberSuffix(text string, i int) (string, int) {
	r, size := utf8.DecodeRuneInString(text[i:])
	j := i
	switch r {
	case '-', '–', '‑', '\'', '’':
		j += size
	default:
		r, _ = utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) {
			return "", i
		}
	}
	end := j
	n := 0
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) {
			break
		}
		end += size
		n++
	}
	if n == 0 || n > 5 {
		return "", i
	}
	suffix := strings.ToLower(text[j:end])
	if j == i && !isEnding(suffix) { // "60млн" is a number and a word
		return "", i
	}
	if j > i && !isEnding(suffix) {
		return "", i
	}
	return suffix, end
}

// isEnding reports whether s is an ending that people hang on a number.
func isEnding(s string) bool {
	switch s {
	case "м", "й", "го", "ый", "ой", "ом", "му", "е", "я", "ая", "ю", "ему", "ого", "ых", "х", "ым", // ru
		"ші", "шы", "інші", "ншы", "де", "да", "те", "та", "ден", "дан", "тен", "тан", "нен", "нан", "ге", "ға", "ке", "қа",
		"дегі", "дағы", "тегі", "тағы", "нің", "ның", "дің", "дың", "тің", "тың", "пен", "мен", "бен", "ні", "ны", "ді", "ды", "ті", "ты",
		"ши", "ши́", "ден бері", "га", "ка", "ин", "нин",
		"th", "st", "nd", "rd", "s", "de", "da", "te", "ta", "den", "ten", "ge", "shi", "go", "m", "y", "om", "i":
		return true
	}
	return false
}

// wordEnd returns where the word that begins at i ends: letters and marks, with
// apostrophes between letters.
func wordEnd(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			i += size
		case r == '\'' || r == '’' || r == 'ʼ' || r == '`' || r == '´' || r == '\u00ad':
			next, _ := utf8.DecodeRuneInString(text[i+size:])
			if !unicode.IsLetter(next) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// word makes a token of a word: lower case, one script, ё as е.
func word(s string) token {
	var cyr, lat int
	t := token{}
	plain := true
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			lat++
		case r >= 'A' && r <= 'Z':
			lat++
			plain = false
		case r < 0x80:
			plain = false
		case unicode.Is(unicode.Cyrillic, r):
			cyr++
			plain = plain && (r >= 'а' && r <= 'я' || strings.ContainsRune(kazakhLetters, r))
		case unicode.Is(unicode.Latin, r):
			lat++
			plain = false
		default:
			plain = false
		}
	}
	t.script = latin
	if cyr >= lat && cyr > 0 {
		t.script = cyrillic
	}
	if plain && (cyr == 0 || lat == 0) {
		t.text = s
		t.kazakh = t.script == cyrillic && hasKazakhLetter(s)
		return t
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		switch {
		case r == 'ё':
			r = 'е'
		case t.script == cyrillic && r < 0x250:
			r = cyrillicTwin(r)
		case t.script == latin && unicode.Is(unicode.Cyrillic, r):
			r = latinTwin(r)
		case r == '’' || r == 'ʼ' || r == '`' || r == '´':
			r = '\''
		case unicode.IsMark(r) || r == '\u00ad':
			continue
		}
		if r != 0 {
			b.WriteRune(r)
		}
	}
	t.text = b.String()
	t.kazakh = t.script == cyrillic && hasKazakhLetter(t.text)
	return t
}

// kazakhLetters are the letters that Russian does not have.
const kazakhLetters = "әғқңөұүһі"

func hasKazakhLetter(s string) bool { return strings.ContainsAny(s, kazakhLetters) }

// cyrillicTwin returns the Cyrillic letter that looks like the Latin one, for a
// Latin letter that slipped into a Cyrillic word; 0 drops what has no twin.
func cyrillicTwin(r rune) rune {
	const from, to = "abcehikmoptxyu", "авсенікмортхуу"
	i := strings.IndexRune(from, r)
	if i < 0 {
		return 0
	}
	return []rune(to)[i]
}

// latinTwin returns the Latin letter that looks like the Cyrillic one.
func latinTwin(r rune) rune {
	i := 0
	for _, c := range "авсенікмортху" {
		if c == r {
			return rune("abcehikmoptxy"[i])
		}
		i++
	}
	return 0
}
