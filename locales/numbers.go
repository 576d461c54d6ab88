package locales

import (
	"fmt"
	"strings"
	"time"

	"maqta/bot/chat"
)

// symbols are the marks of a language's numbers.
type symbols struct{ decimal, group string }

const noBreakSpace = "\u00a0"

// symbolsOf gives the marks of CLDR 48.2 (latn numbering system, standard
// pattern): Kazakh and Russian write 466 000 and 13,2 with a no-break space and
// a comma, English 466,000 and 13.2. All three group from four digits on.
func symbolsOf(lang chat.Lang) (symbols, error) {
	switch lang {
	case chat.Kazakh, chat.Russian:
		return symbols{decimal: ",", group: noBreakSpace}, nil
	case chat.English:
		return symbols{decimal: ".", group: ","}, nil
	}
	return symbols{}, fmt.Errorf("no number marks for language %q", lang)
}

// format writes a plain decimal with the marks of the language.
func (s symbols) format(value string) (string, error) {
	if !isDecimal(value) {
		return "", fmt.Errorf("number %q is no plain decimal", value)
	}
	var b strings.Builder
	if value[0] == '-' {
		b.WriteByte('-')
		value = value[1:]
	}
	whole, fraction, _ := strings.Cut(value, ".")
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(s.group)
		}
		b.WriteByte(whole[i])
	}
	if fraction != "" {
		b.WriteString(s.decimal)
		b.WriteString(fraction)
	}
	return b.String(), nil
}

// isDecimal reports whether s is a plain decimal: digits, perhaps a sign before
// them and a point within.
func isDecimal(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, fraction, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(fraction))
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// MonthKey is the key of a month in the month table: "01" to "12".
func MonthKey(m time.Month) string { return fmt.Sprintf("%02d", int(m)) }
