package eval

import (
	"regexp"
	"strconv"
	"strings"
)

type tokenKind string

const (
	textToken    tokenKind = "text"     // the text itself
	numberToken  tokenKind = "number"   // 466000, also as 466 thousand
	yearToken    tokenKind = "year"     // 2019, also inside a date
	perCentToken tokenKind = "per cent" // 60%
	amountToken  tokenKind = "amount"   // 344364 t
	bothToken    tokenKind = "both"     // A&B
	noData       tokenKind = "NODATA"   // a plain statement that this is not known
	noFigure     tokenKind = "NOFIGURE" // any figure offered as the answer
)

// Token is one thing that a reply must hold, or must not.
type Token struct {
	Text   string // as in the cell
	kind   tokenKind
	number float64
	in     unit
	bound  byte // '>' said as a lower bound, '~' as approximate, 0
	parts  []Token
	plain  string
}

var (
	tokenYear    = regexp.MustCompile(`^(?:19|20)\d\d$`)
	tokenNumber  = regexp.MustCompile(`^\d+(?:\.\d+)?$`)
	tokenPerCent = regexp.MustCompile(`^(\d+(?:\.\d+)?)%$`)
	tokenAmount  = regexp.MustCompile(`^(\d+(?:\.\d+)?) (t|ha|c/ha|m2|kzt|usd|count)$`)
)

// parseCell reads the tokens of a cell, parted by "|".
func parseCell(cell string) []Token {
	var tokens []Token
	for _, text := range strings.Split(cell, "|") {
		if text = strings.TrimSpace(text); text != "" {
			tokens = append(tokens, ParseToken(text))
		}
	}
	return tokens
}

// ParseToken reads one token. Whatever is none of the special kinds is a text.
func ParseToken(text string) Token {
	t := Token{Text: text}
	switch {
	case text == string(noData) || text == string(noFigure):
		t.kind = tokenKind(text)
		return t
	case strings.Contains(text, "&"):
		t.kind = bothToken
		for _, part := range strings.Split(text, "&") {
			t.parts = append(t.parts, ParseToken(strings.TrimSpace(part)))
		}
		return t
	case text[0] == '>' || text[0] == '~':
		t = ParseToken(text[1:])
		t.Text, t.bound = text, text[0]
		return t
	}
	t.plain = Plain(text)
	number := func(s string) {
		t.number, _ = strconv.ParseFloat(s, 64) // the patterns admit nothing else
	}
	switch {
	case tokenYear.MatchString(t.plain):
		t.kind = yearToken
		number(t.plain)
	case tokenNumber.MatchString(t.plain):
		t.kind = numberToken
		number(t.plain)
	case tokenPerCent.MatchString(t.plain):
		t.kind, t.in = perCentToken, perCent
		number(t.plain[:len(t.plain)-1])
	case tokenAmount.MatchString(t.plain):
		t.kind = amountToken
		m := tokenAmount.FindStringSubmatch(t.plain)
		number(m[1])
		t.in = unit(m[2])
	default:
		t.kind = textToken
	}
	return t
}

// heldBy reports whether the text holds the token. NOFIGURE is judged elsewhere,
// by the rules for figures, and is held by nothing here.
func (t Token) heldBy(r *reading) bool {
	switch t.kind {
	case noFigure:
		return false
	case noData:
		return r.refuses()
	case bothToken:
		for _, part := range t.parts {
			if !part.heldBy(r) {
				return false
			}
		}
		return true
	case yearToken:
		return r.names(int(t.number))
	case textToken:
		return holdsText(r.text, t.plain)
	}
	for i := range r.figures {
		if f := &r.figures[i]; t.isFigure(r, f) && t.bounds(f) {
			return true
		}
	}
	return false
}

func (t Token) isFigure(r *reading, f *figure) bool {
	if t.kind == numberToken {
		return equal(f.raw, t.number) || equal(f.scaled, t.number)
	}
	if f.role != amountRole {
		return false
	}
	for _, a := range r.amounts(f) {
		if t.kind == perCentToken && a.in == perCent && equal(a.value, t.number) {
			return true
		}
		if t.kind == amountToken && t.unitFits(a.in) && f.rounds(t.number, a) {
			return true
		}
	}
	return false
}

func (t Token) unitFits(u unit) bool {
	if t.in == counted {
		return u.counts()
	}
	return u == t.in
}

func (t Token) bounds(f *figure) bool {
	switch t.bound {
	case '>':
		return f.lower
	case '~':
		return f.approx
	}
	return true
}

// holdsText looks for the text with free edges where it begins or ends in a digit.
func holdsText(in, text string) bool {
	for from := 0; ; {
		i := strings.Index(in[from:], text)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(text)
		free := true
		if digit(text[0]) && i > 0 && (digit(in[i-1]) || in[i-1] == '.' && i > 1 && digit(in[i-2])) {
			free = false
		}
		if digit(text[len(text)-1]) && end < len(in) && (digit(in[end]) || in[end] == '.' && end+1 < len(in) && digit(in[end+1])) {
			free = false
		}
		if free {
			return true
		}
		from = i + 1
	}
}

// amount is a value in a base unit.
type amount struct {
	value float64
	in    unit
}

// amounts lists what a figure may stand for: itself, and where it is bare also
// the units that the text says once for several figures.
func (r *reading) amounts(f *figure) []amount {
	all := []amount{{f.value, f.in}}
	if f.in != bare || f.role != amountRole {
		return all
	}
	add := func(m measure) {
		if m.in.counts() && m.in != pairs && m.in != people && m.in != pieces {
			return
		}
		all = append(all, amount{f.scaled, m.in})
		if f.scaled == f.raw {
			all = append(all, amount{f.scaled * m.by, m.in})
		}
	}
	for i := range r.figures {
		if other := &r.figures[i]; other.role == amountRole && other.in != bare && other.raw > 0 {
			add(measure{other.value / other.raw, other.in})
		}
	}
	for _, m := range r.headers {
		add(m)
	}
	return all
}
