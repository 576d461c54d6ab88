package ask

import "unicode/utf8"

// A skeleton is a word reduced to what survives the ways in which Kazakh and
// Russian are typed: without ә ғ қ ң ө ұ ү һ і, in Latin letters of any
// spelling, without soft signs, with a letter doubled by mistake. It is written
// in lower-case ASCII, one letter a sound: w is ш and щ, q is ч, j is ж, c is ц,
// i is и, й, ы and і. Words are looked up by their skeleton, which is built for
// the lexicon and for the message by the same function.

// skeletonOf appends the skeleton of a lower-case word to dst. In a Latin word
// the letter j is ж as in Kazakh, unless soft is set: then it is й as in
// Russian transliteration.
func skeletonOf(dst []byte, word string, s script, soft bool) []byte {
	if s == latin {
		return latinSkeleton(dst, word, soft)
	}
	start := len(dst)
	for _, r := range word {
		switch {
		case r >= 'а' && r <= 'я':
			dst = add(dst, start, cyrillicSkeleton[r-'а'])
		case r == 'ә':
			dst = add(dst, start, "a")
		case r == 'ғ':
			dst = add(dst, start, "g")
		case r == 'қ':
			dst = add(dst, start, "k")
		case r == 'ң':
			dst = add(dst, start, "n")
		case r == 'ө':
			dst = add(dst, start, "o")
		case r == 'ұ' || r == 'ү' || r == 'ў':
			dst = add(dst, start, "u")
		case r == 'һ':
			dst = add(dst, start, "h")
		case r == 'і' || r == 'ї':
			dst = add(dst, start, "i")
		case r == 'є':
			dst = add(dst, start, "e")
		}
	}
	return dst
}

var cyrillicSkeleton = [...]string{
	"a", "b", "v", "g", "d", "e", "j", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "c", "q", "w", "w",
	"", "i", "", "e", "iu", "ia",
}

// add appends letters, leaving out one that only doubles the letter before. Of i
// there may be two: киім is not кім.
func add(dst []byte, start int, letters string) []byte {
	for i := range len(letters) {
		n := len(dst)
		if n > start && dst[n-1] == letters[i] && (letters[i] != 'i' || n-1 > start && dst[n-2] == 'i') {
			continue
		}
		dst = append(dst, letters[i])
	}
	return dst
}

func latinSkeleton(dst []byte, word string, soft bool) []byte {
	start := len(dst)
	for i := 0; i < len(word); {
		c := word[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(word[i:])
			dst = add(dst, start, accented(r))
			i += size
			continue
		}
		two := byte(0)
		if i+1 < len(word) {
			two = word[i+1]
		}
		letters, size := "", 1
		switch {
		case c == 's' && two == 'h' && i+3 < len(word) && word[i+2:i+4] == "ch":
			letters, size = "w", 4
		case c == 's' && two == 'c' && i+2 < len(word) && word[i+2] == 'h':
			letters, size = "w", 3
		case c == 's' && (two == 'h' || two == '\''):
			letters, size = "w", 2
		case c == 'c' && (two == 'h' || two == '\''):
			letters, size = "q", 2
		case c == 'z' && two == 'h':
			letters, size = "j", 2
		case c == 'k' && two == 'h':
			letters, size = "h", 2
		case c == 'g' && two == 'h':
			letters, size = "g", 2
		case c == 't' && two == 's':
			letters, size = "c", 2
		case c == 'q':
			letters = "k"
		case c == 'x':
			letters = "h"
		case c == 'w':
			letters = "w"
		case c == 'y':
			letters = "i"
		case c == 'j' && soft:
			letters = "i"
		case c >= 'a' && c <= 'z':
			letters = word[i : i+1]
		}
		dst = add(dst, start, letters)
		i += size
	}
	return dst
}

// accented returns the skeleton of a letter of the Kazakh Latin alphabets of
// 2018 and after, and of Turkish-like spellings.
func accented(r rune) string {
	switch r {
	case 'á', 'ä', 'â', 'ə':
		return "a"
	case 'ǵ', 'ğ', 'ġ':
		return "g"
	case 'ı', 'í', 'ì', 'î', 'ï', 'ĭ':
		return "i"
	case 'ń', 'ñ', 'ŋ':
		return "n"
	case 'ó', 'ö', 'ô':
		return "o"
	case 'ú', 'ü', 'ū', 'û', 'ý':
		return "u"
	case 'ş', 'š', 'ś':
		return "w"
	case 'ç', 'č', 'ć':
		return "q"
	case 'ž', 'ź':
		return "j"
	case 'é', 'è', 'ê', 'ë', 'ē':
		return "e"
	}
	return ""
}

// russianOf spells a Latin word in Cyrillic as Russian transliterations mean it,
// so that the Russian stemmer can take its endings off. dst is reused.
func russianOf(dst []byte, word string) []byte {
	dst = dst[:0]
	for i := 0; i < len(word); {
		c := word[i]
		rest := word[i:]
		letters, size := "", 1
		for _, m := range transliteration {
			if len(rest) >= len(m.latin) && rest[:len(m.latin)] == m.latin {
				letters, size = m.cyrillic, len(m.latin)
				break
			}
		}
		if letters == "" && (c == 'y' || c == 'j') {
			// after a vowel or before one it is й, else ы (and j is the soft sign)
			switch {
			case i > 0 && isLatinVowel(word[i-1]):
				letters = "й"
			case c == 'j':
				letters = "ь"
			default:
				letters = "ы"
			}
		}
		dst = append(dst, letters...)
		i += size
	}
	return dst
}

func isLatinVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

var transliteration = [...]struct{ latin, cyrillic string }{
	{"shch", "щ"},
	{"sch", "щ"},
	{"sh", "ш"},
	{"ch", "ч"},
	{"zh", "ж"},
	{"kh", "х"},
	{"ts", "ц"},
	{"ya", "я"},
	{"ja", "я"},
	{"yu", "ю"},
	{"ju", "ю"},
	{"yo", "е"},
	{"jo", "е"},
	{"ye", "е"},
	{"je", "е"},
	{"iy", "ий"},
	{"yj", "ый"},
	{"yy", "ый"},
	{"ij", "ий"},
	{"a", "а"},
	{"b", "б"},
	{"c", "ц"},
	{"d", "д"},
	{"e", "е"},
	{"f", "ф"},
	{"g", "г"},
	{"h", "х"},
	{"i", "и"},
	{"k", "к"},
	{"l", "л"},
	{"m", "м"},
	{"n", "н"},
	{"o", "о"},
	{"p", "п"},
	{"q", "к"},
	{"r", "р"},
	{"s", "с"},
	{"t", "т"},
	{"u", "у"},
	{"v", "в"},
	{"w", "в"},
	{"x", "х"},
	{"z", "з"},
	{"'", "ь"},
}
