package sector

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markKind says what a piece of a typed text is.
type markKind int

const (
	numberMark markKind = iota // digits with their group and decimal marks
	wordMark                   // one word, or several that mean one thing
	symbolMark                 // one character that is neither
	dateMark                   // a date in digits, a year, a day of the month
)

// mark is a piece of a typed text.
type mark struct {
	kind     markKind
	from, to int  // bytes of the text
	glued    bool // nothing stands between this mark and the one before
	line     bool // the first mark of a line

	number numeral // of a numberMark
	raw    string  // of a wordMark: what was typed, in lower case
	key    string  // of a wordMark: its folded spelling, the words parted by blanks
	latin  bool    // of a wordMark
	word   entry   // of a wordMark; unknownWord when nobody knows it
	symbol rune    // of a symbolMark
}

func (m mark) is(classes ...wordClass) bool {
	if m.kind != wordMark {
		return false
	}
	for _, c := range classes {
		if m.word.class == c {
			return true
		}
	}
	return false
}

func (m mark) isDash() bool {
	return m.kind == symbolMark && (unicode.Is(unicode.Pd, m.symbol) || m.symbol == '−')
}

// lexer cuts a text into marks.
type lexer struct {
	text  string
	at    int
	marks []mark
	end   int  // where the last mark ended
	line  bool // nothing has been seen on this line
}

// lex cuts a text into marks and finds the meanings of its words. It never
// fails: what it does not know is a symbol or an unknown word.
func lex(text string) []mark {
	l := &lexer{text: text, line: true, end: -1}
	for l.at < len(text) {
		r, size := utf8.DecodeRuneInString(text[l.at:])
		switch {
		case r == '\n':
			l.line = true
			l.at += size
		case unicode.IsSpace(r):
			l.at += size
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r): // zero-width marks, stray accents
			if l.end == l.at {
				l.end += size // they do not part what they stand between
			}
			l.at += size
		case digitOf(r) >= 0:
			l.number()
		case unicode.IsLetter(r):
			l.wordAt()
		default:
			l.push(mark{kind: symbolMark, symbol: r}, l.at+size)
		}
	}
	return joinWords(l.marks, words())
}

func (l *lexer) push(m mark, to int) {
	m.from, m.to = l.at, to
	m.glued = l.end == l.at
	m.line, l.line = l.line, false
	l.marks = append(l.marks, m)
	l.at, l.end = to, to
}

// digitOf returns the value of a plain or full-width digit, else -1.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// digitsAt returns the run of digits at a place, plain, and where it ends.
func (l *lexer) digitsAt(at int) (digits string, end int) {
	var b strings.Builder
	for at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[at:])
		if d := digitOf(r); d >= 0 {
			b.WriteByte(byte('0' + d))
		} else if r != '\u200b' && r != '\u2060' && r != '\ufeff' {
			break
		}
		at += size
	}
	return b.String(), at
}

// separator is what stands between two runs of digits of one number.
type separator int

const (
	noSeparator separator = iota
	blankSeparator
	pointSeparator
	commaSeparator
	quoteSeparator
)

// separatorAt returns the separator at a place and where the next digits begin.
func (l *lexer) separatorAt(at int) (sep separator, next int) {
	r, size := utf8.DecodeRuneInString(l.text[at:])
	switch r {
	case ' ', '\u00a0', '\u202f', '\u2009', '\u2007', '\u2008', '\u2005', '\u2006', '\u200a', '\u3000':
		sep = blankSeparator
	case '.', '．', '·', '٫':
		sep = pointSeparator
	case ',', '，', '٬':
		sep = commaSeparator
	case '\'', '’', 'ʼ', '‘', '`', '´', '′', '＇':
		sep = quoteSeparator
	default:
		return noSeparator, at
	}
	at += size
	if at >= len(l.text) {
		return noSeparator, at
	}
	if after, _ := utf8.DecodeRuneInString(l.text[at:]); digitOf(after) < 0 {
		return noSeparator, at
	}
	return sep, at
}

// number reads a number or a date. Blanks part groups only where exactly three
// digits follow one to three; other separators are judged afterwards.
func (l *lexer) number() {
	if end := l.date(); end > 0 {
		l.push(mark{kind: dateMark}, end)
		return
	}
	digits, end := l.digitsAt(l.at)
	runs := []string{digits}
	var seps []separator
	grouped := true // blanks may still part groups
	for end < len(l.text) {
		sep, next := l.separatorAt(end)
		if sep == noSeparator {
			break
		}
		run, after := l.digitsAt(next)
		if sep == blankSeparator {
			first := runs[0]
			if !grouped || len(run) != 3 || len(first) > 3 || first[0] == '0' {
				break
			}
			if len(seps) > 0 && seps[len(seps)-1] != blankSeparator {
				break
			}
		} else {
			grouped = false
		}
		runs, seps, end = append(runs, run), append(seps, sep), after
	}
	l.push(mark{kind: numberMark, number: numeralOf(runs, seps)}, end)
}

// date recognises 2026-03, 2026-03-05, 05.03.2026, 5.3.26, 03.2026 and 03/2026,
// which are no amounts, and returns where it ends, or 0.
func (l *lexer) date() int {
	type part struct{ value, width int }
	var parts [3]part
	var marks [2]byte
	at := l.at
	n := 0
	for n < 3 {
		digits, end := l.digitsAt(at)
		if digits == "" || len(digits) > 4 {
			break
		}
		value := 0
		for i := range len(digits) {
			value = value*10 + int(digits[i]-'0')
		}
		parts[n] = part{value, len(digits)}
		n++
		at = end
		if n == 3 || at+1 >= len(l.text) || strings.IndexByte(".-/", l.text[at]) < 0 {
			break
		}
		if r, _ := utf8.DecodeRuneInString(l.text[at+1:]); digitOf(r) < 0 {
			break
		}
		marks[n-1] = l.text[at]
		at++
	}
	if at < len(l.text) { // more digits or separators: a number, not a date
		if sep, _ := l.separatorAt(at); sep != noSeparator && sep != blankSeparator {
			return 0
		}
		if r, _ := utf8.DecodeRuneInString(l.text[at:]); digitOf(r) >= 0 {
			return 0
		}
	}
	year := func(p part) bool { return p.width == 4 && p.value >= 1990 && p.value <= 2100 }
	month := func(p part) bool { return p.width <= 2 && p.value >= 1 && p.value <= 12 }
	day := func(p part) bool { return p.width <= 2 && p.value >= 1 && p.value <= 31 }
	a, b, c := parts[0], parts[1], parts[2]
	switch {
	case n == 3 && marks[0] == marks[1] && year(a) && month(b) && day(c):
	case n == 3 && marks[0] == marks[1] && day(a) && month(b) && (year(c) || c.width == 2 && a.width == 2 && b.width == 2 && marks[0] != '-'):
	case n == 2 && marks[0] == '-' && year(a) && month(b) && b.width == 2:
	case n == 2 && marks[0] != '-' && month(a) && year(b):
	default:
		return 0
	}
	return at
}

// wordAt reads one run of letters. Marks of stress and apostrophes inside belong
// to it; so does the 2 of m2.
func (l *lexer) wordAt() {
	at := l.at
	for at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[at:])
		inside := unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r)
		if !inside && strings.ContainsRune("'’ʼ‘`´", r) {
			next, _ := utf8.DecodeRuneInString(l.text[at+size:])
			inside = unicode.IsLetter(next)
		}
		if !inside {
			break
		}
		at += size
	}
	raw := l.text[l.at:at]
	for _, square := range []string{"²", "2", "^2"} {
		if rest, ok := strings.CutPrefix(l.text[at:], square); ok && isMetre(raw) {
			if next, _ := utf8.DecodeRuneInString(rest); digitOf(next) < 0 {
				raw, at = raw+"2", at+len(square)
			}
			break
		}
	}
	key, in := wordKey(raw)
	l.push(mark{kind: wordMark, raw: strings.ToLower(raw), key: key, latin: in == latin}, at)
}

func isMetre(word string) bool {
	switch strings.ToLower(word) {
	case "m", "м", "sqm", "квм":
		return true
	}
	return false
}

// joinWords gives words their meanings and joins those that mean something
// together only ("кв. м", "новых рабочих мест").
func joinWords(marks []mark, l *lexicon) []mark {
	joined := marks[:0:0]
	for i := 0; i < len(marks); i++ {
		m := marks[i]
		if m.kind != wordMark {
			joined = append(joined, m)
			continue
		}
		if e, key, last := l.phraseAt(marks, i); last > i {
			m.to, m.word, m.key = marks[last].to, e, key
			joined = append(joined, m)
			i = last
			continue
		}
		m.word = l.find(m.key)
		if e, ok := l.exact[m.raw]; ok {
			m.word = e
		}
		if m.word.class == unknownWord {
			m.word = l.wrongLayout(m)
		}
		joined = append(joined, m)
	}
	return joined
}

// phraseAt returns the longest entry of several words that begins at a mark, and
// the mark at which it ends.
func (l *lexicon) phraseAt(marks []mark, i int) (e entry, key string, last int) {
	for _, p := range l.phrases[marks[i].key] {
		if end := matchKeys(marks, i, p.keys, l); end > 0 {
			return p.entry, strings.Join(p.keys, " "), end
		}
	}
	return entry{}, "", 0
}

// matchKeys compares words; between them may stand a blank, a hyphen, or the
// point of an abbreviation. The last word may bear a Kazakh ending.
func matchKeys(marks []mark, i int, keys []string, l *lexicon) (last int) {
	j := i
	for n, key := range keys {
		if n > 0 {
			j++
			for j < len(marks) && marks[j].kind == symbolMark && marks[j].glued && (marks[j].symbol == '.' || marks[j].isDash() || marks[j].symbol == '/') {
				j++
			}
		}
		if j >= len(marks) || marks[j].kind != wordMark || n > 0 && marks[j].line {
			return 0
		}
		if marks[j].key == key {
			continue
		}
		if n == 0 || n < len(keys)-1 || !l.bears(marks[j].key, key) {
			return 0
		}
	}
	return j
}

// bears reports whether key is stem with a Kazakh ending.
func (l *lexicon) bears(key, stem string) bool {
	rest, ok := strings.CutPrefix(key, stem)
	if !ok || utf8.RuneCountInString(stem) < 3 {
		return false
	}
	for _, tail := range l.caseTails {
		if rest == tail {
			return true
		}
	}
	return false
}

// wrongLayout looks a word up as typed on the other keyboard layout; only powers
// of ten are worth it beside digits, which are the same on both.
func (l *lexicon) wrongLayout(m mark) entry {
	if utf8.RuneCountInString(m.raw) < 3 {
		return entry{}
	}
	key, _ := wordKey(otherLayout(m.raw))
	if e := l.words[key]; e.class == scaleWord || e.class == shortScale {
		return e
	}
	return entry{}
}
