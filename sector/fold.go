package sector

import (
	"strings"
	"sync"
	"unicode"
)

// People write the same word with and without Kazakh letters, with a Latin i
// inside a Cyrillic word, with doubled letters lost, or in Latin altogether. A
// word is therefore compared by its key: a spelling from which everything that
// varies has been taken out. Keys are for comparing only and are never shown.

// script says which alphabet a key is written in.
type script int

const (
	cyrillic script = iota
	latin
)

// wordKey folds one word as it was typed.
func wordKey(word string) (key string, in script) {
	var cyr, lat int
	letters := make([]rune, 0, len(word))
	for _, r := range word {
		if unicode.Is(unicode.Mn, r) {
			if n := len(letters); r == '\u0306' && n > 0 && letters[n-1] == 'и' {
				letters[n-1] = 'й'
			}
			continue // the parts of й and ё typed apart, and Latin accents
		}
		r = plainLetter(r)
		switch {
		case r == 0:
			continue
		case unicode.Is(unicode.Cyrillic, r):
			cyr++
		case r >= 'a' && r <= 'z':
			lat++
		}
		letters = append(letters, r)
	}
	in = cyrillic
	if lat > cyr {
		in = latin
	}
	if cyr > 0 && lat > 0 {
		for i, r := range letters {
			letters[i] = lookAlike(r, in)
		}
	}
	if in == latin {
		return latinKey(string(letters)), latin
	}
	return cyrillicKey(letters), cyrillic
}

// plainLetter lowers one letter and takes off what varies; 0 drops the rune.
func plainLetter(r rune) rune {
	if r >= '！' && r <= '～' { // full width
		r -= '！' - '!'
	}
	r = unicode.ToLower(r)
	switch r {
	case 'ё', 'э':
		return 'е'
	case 'ә':
		return 'а'
	case 'ғ':
		return 'г'
	case 'қ':
		return 'к'
	case 'ң':
		return 'н'
	case 'ө':
		return 'о'
	case 'ұ', 'ү':
		return 'у'
	case 'һ':
		return 'х'
	case 'і', 'ї':
		return 'и'
	case 'á', 'à', 'ä', 'â', 'ǎ', 'ă', 'ā', 'ə':
		return 'a'
	case 'ǵ', 'ğ', 'ġ':
		return 'g'
	case 'ı', 'í', 'î', 'ï', 'ī':
		return 'i'
	case 'ń', 'ñ', 'ŋ':
		return 'n'
	case 'ó', 'ö', 'ô', 'ō':
		return 'o'
	case 'ú', 'ü', 'û', 'ū', 'ý':
		return 'u'
	case 'é', 'è', 'ê', 'ë':
		return 'e'
	case 'ş', 'š':
		return 'w' // becomes sh, as the chat spelling does
	case 'ç', 'č':
		return 'c'
	case 'ž':
		return 'j'
	case '\'', '’', 'ʼ', '‘', '`', '´', 'ь', 'ъ':
		return 0
	}
	return r
}

// lookAlike returns the letter of the wanted script that looks like r.
func lookAlike(r rune, want script) rune {
	const (
		asCyrillic = "аосрехунктмвиԁ"
		asLatin    = "aocpexyhktmbid"
	)
	from, to := asLatin, asCyrillic
	if want == latin {
		from, to = asCyrillic, asLatin
	}
	if i := runeIndex(from, r); i >= 0 {
		return []rune(to)[i]
	}
	return r
}

func runeIndex(s string, r rune) int {
	for i, x := range []rune(s) {
		if x == r {
			return i
		}
	}
	return -1
}

// cyrillicKey reads й as и and doubled letters as one: люди type милион.
func cyrillicKey(letters []rune) string {
	var b strings.Builder
	var last rune
	for _, r := range letters {
		if r == 'й' {
			r = 'и'
		}
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// latinKey brings the many Latin spellings of Kazakh and Russian to one. English
// words pass through the same mill, so only equality counts.
func latinKey(word string) string {
	word = latinSpellings().Replace(word)
	var b strings.Builder
	var last rune
	for _, r := range word {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

// latinSpellings is built once: it is asked for every Latin word.
var latinSpellings = sync.OnceValue(func() *strings.Replacer {
	return strings.NewReplacer(
		"sch", "sh", "tch", "ch", "ch", "ch", "ck", "k", "sh", "sh", "w", "sh", "zh", "j", "kh", "h", "gh", "g",
		"ang", "an", "eng", "en", "ing", "in", "ong", "on", "ung", "un", "yng", "in",
		"q", "k", "x", "h", "c", "ts", "y", "i",
	)
})

// transliterate writes a Cyrillic word in the plainest Latin spelling; its
// latinKey then equals that of the other spellings.
func transliterate(word string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(word) {
		b.WriteString(latinOf(plainLetter(r)))
	}
	return b.String()
}

func latinOf(r rune) string {
	switch r {
	case 0:
		return ""
	case 'ж':
		return "j"
	case 'х':
		return "h"
	case 'ц':
		return "ts"
	case 'ч':
		return "ch"
	case 'ш', 'щ':
		return "sh"
	case 'ю':
		return "iu"
	case 'я':
		return "ia"
	}
	const (
		from = "абвгдезийклмнопрстуфы"
		to   = "abvgdeziiklmnoprstufy"
	)
	if i := runeIndex(from, r); i >= 0 {
		return to[i : i+1]
	}
	return string(r)
}

// otherLayout returns what the same keys would have typed on the Russian layout,
// or on the English one, for a word typed without a look at the screen.
func otherLayout(word string) string {
	const (
		english = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
		russian = "йцукенгшщзхъфывапролджэячсмитьбю"
	)
	return strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if i := runeIndex(english, r); i >= 0 {
			return []rune(russian)[i]
		}
		if i := runeIndex(russian, r); i >= 0 {
			return []rune(english)[i]
		}
		return r
	}, word)
}

// longestSlipped is the longest key that is compared for slips of the finger.
const longestSlipped = 24

// slips counts the slips of the finger between two keys: letters missed, added,
// mistaken or swapped with their neighbour. It stops counting above limit.
func slips(x, y []rune, limit int) int {
	if len(x)-len(y) > limit || len(y)-len(x) > limit || len(x) > longestSlipped || len(y) > longestSlipped {
		return limit + 1
	}
	var rows [longestSlipped + 1][longestSlipped + 1]int8
	for i := range len(x) + 1 {
		rows[i][0] = int8(i)
	}
	for j := range len(y) + 1 {
		rows[0][j] = int8(j)
	}
	for i := 1; i <= len(x); i++ {
		best := limit + 1
		for j := 1; j <= len(y); j++ {
			cost := int8(1)
			if x[i-1] == y[j-1] {
				cost = 0
			}
			n := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				n = min(n, rows[i-2][j-2]+1)
			}
			rows[i][j] = n
			best = min(best, int(n))
		}
		if best > limit {
			return limit + 1
		}
	}
	return int(rows[len(x)][len(y)])
}
