package sector

import (
	"strings"
	"unicode"
)

// WordKey folds a text word by word to the spelling by which it is compared:
// Kazakh letters, look-alikes of another script, case and marks no longer count.
// Keys are for comparing only and are never shown.
func WordKey(text string) string {
	var keys []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	}) {
		if key, _ := wordKey(word); key != "" {
			keys = append(keys, key)
		}
	}
	return strings.Join(keys, " ")
}
