package eval

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var (
	tagPattern    = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)
	mdLinkPattern = regexp.MustCompile(`\[([^\[\]]*)\]\([^()\s]*\)`)
	linkPattern   = regexp.MustCompile(`(?i)(?:https?://|tg://|www\.)[^\s<>"»]+|(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>"»]*`)
	blanksPattern = regexp.MustCompile(`[ ]{2,}`)
	percentBlank  = regexp.MustCompile(`(\d) +%`)
	datePattern   = regexp.MustCompile(`^\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?:\D|$)`)
	latinScale    = regexp.MustCompile(`^(?:k|thousands?|ths|m|mn|mln|millions?|b|bn|bln|billions?|tn|trn|trln|trillions?)(?:[^a-z0-9]|$)`)
	cyrillicScale = regexp.MustCompile(`^(?:мың|тыс|млн|миллион|млрд|миллиард|трлн|триллион)`)
)

// Plain makes a text comparable: mark-up and links are removed, letters lower
// case with ё as е; there is one kind of blank, dash and apostrophe; numbers
// lose their group marks, and their decimal mark is a point.
func Plain(text string) string { return lower(tidy(text)) }

// tidy is Plain without the lower case, which the sentence splitter needs. The
// two results have the same length in bytes.
func tidy(text string) string {
	text = norm.NFC.String(text)
	text = mdLinkPattern.ReplaceAllString(text, "$1")
	text = tagPattern.ReplaceAllString(text, "")
	text = html.UnescapeString(text)
	text = linkPattern.ReplaceAllString(text, "")
	text = strings.Map(oneKind, text)
	text = blanksPattern.ReplaceAllString(text, " ")
	text = plainNumbers(text)
	text = percentBlank.ReplaceAllString(text, "$1%")
	return strings.TrimSpace(text)
}

// oneKind maps the look-alikes of blanks, dashes, apostrophes, quotation marks
// and digits to one of each, and drops what has no width.
func oneKind(r rune) rune {
	switch r {
	case '\n':
		return '\n'
	case '\r', '*', '`', '\u00ad', '\u2060', '\ufeff', '\ufe0e', '\ufe0f':
		return -1
	case '\u2011', '\u2043', '\u2212', '\ufe58', '\ufe63', '\uff0d':
		return '-'
	case '’', '‘', 'ʼ', 'ʹ', '´', '′', '‛':
		return '\''
	case '«', '»', '“', '”', '„':
		return '"'
	case '²':
		return '2'
	case 'ё':
		return 'е'
	case 'Ё':
		return 'Е'
	}
	switch {
	case r >= '\u200b' && r <= '\u200f':
		return -1
	case r >= '\u2010' && r <= '\u2015':
		return '-'
	case r >= '０' && r <= '９':
		return '0' + (r - '０')
	case r == '\t' || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Zs, r):
		return ' '
	}
	return r
}

// lower keeps the length of the text in bytes.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, text)
}

// plainNumbers rewrites every number: group marks go, the decimal mark is a point.
func plainNumbers(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if !digit(text[i]) {
			b.WriteByte(text[i])
			i++
			continue
		}
		end := i + numberLen(text[i:])
		b.WriteString(plainNumber(text[i:end], text[end:]))
		i = end
	}
	return b.String()
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && digit(s[n]) {
		n++
	}
	return n
}

// numberLen is the length of the number, or date, with which s begins.
func numberLen(s string) int {
	if date := datePattern.FindString(s); date != "" {
		return len(strings.TrimRightFunc(date, func(r rune) bool { return r < '0' || r > '9' }))
	}
	first := digits(s)
	n, blanks := first, true
	for n+1 < len(s) {
		group := digits(s[n+1:])
		switch {
		case group == 0:
			return n
		case s[n] == ' ' || s[n] == '\'':
			if group != 3 || first > 3 || !blanks {
				return n
			}
		case s[n] == ',' || s[n] == '.':
			blanks = false
		default:
			return n
		}
		n += 1 + group
	}
	return n
}

// plainNumber reads one written number; after is what follows it. One comma or
// point before exactly three digits can be either mark: it is decimal after a
// lone zero, before a per-cent sign and before a scale word of a language that
// writes it so ("344,364 мың", but "1,389 thousand").
func plainNumber(number, after string) string {
	if datePattern.MatchString(number) {
		return number
	}
	marks := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, number)
	joined := strings.NewReplacer(" ", "", "'", "", ",", "", ".", "").Replace(number)
	if marks == "" {
		return number
	}
	last := marks[len(marks)-1]
	if last == ' ' || last == '\'' {
		return joined
	}
	tail := number[strings.LastIndexByte(number, last)+1:]
	decimal := joined[:len(joined)-len(tail)] + "." + tail
	if strings.Count(marks, string(last)) > 1 {
		if len(tail) == 3 {
			return joined
		}
		return number // a version or a list, no number we know
	}
	if len(marks) > 1 || len(tail) != 3 {
		return decimal
	}
	after = lower(strings.TrimLeft(after, " "))
	whole := number[:len(number)-len(tail)-1]
	switch {
	case whole == "0", len(whole) > 3, strings.HasPrefix(after, "%"), cyrillicScale.MatchString(after):
		return decimal
	case latinScale.MatchString(after) && last == '.':
		return decimal
	}
	return joined
}
