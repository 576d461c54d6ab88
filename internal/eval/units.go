package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unit is what an amount is counted in, after scales and multiples are gone:
// kilograms are tonnes, thousand hectares are hectares.
type unit string

const (
	bare       unit = ""
	tonnes     unit = "t"
	hectares   unit = "ha"
	perHectare unit = "c/ha"
	squares    unit = "m2"
	tenge      unit = "kzt"
	dollars    unit = "usd"
	perCent    unit = "%"
	pieces     unit = "pieces"
	pairs      unit = "pairs"
	people     unit = "people"
	counted    unit = "count" // a number of things, whichever
)

// counts reports whether amounts of the unit are numbers of things.
func (u unit) counts() bool {
	return u == bare || u == counted || u == pieces || u == pairs || u == people
}

// fits reports whether an amount read in unit u may be one kept in unit of.
func (u unit) fits(of unit) bool {
	switch {
	case u == of:
		return true
	case of == counted:
		return u == bare || u == pieces
	case of.counts():
		return u == bare || u == counted
	}
	return false
}

// measure is a scale and a unit: "thousand tonnes" is {1000, t}.
type measure struct {
	by float64
	in unit
}

// nextWord splits the first word off s. A word is letters and digits that follow
// letters; one blank, or a hyphen, may stand before it.
func nextWord(s string) (word, rest string) {
	s = strings.TrimPrefix(s, " ")
	s = strings.TrimPrefix(s, "-")
	end := 0
	for i, r := range s {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return s[:end], s[end:]
}

func hasStem(word string, stems ...string) bool {
	for _, stem := range stems {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

func among(word string, words ...string) bool {
	for _, w := range words {
		if word == w {
			return true
		}
	}
	return false
}

// readScale reads scale words: thousand, мың, тыс., млн, also several in a row.
// attached says that nothing stands between the number and s, where a lone
// letter is a scale: 520.2m, 466k.
func readScale(s string, attached bool) (by float64, rest string) {
	by, rest = 1, s
	for {
		word, after := nextWord(rest)
		var f float64
		switch {
		case word == "":
			return by, rest
		case hasStem(word, "thousand", "тысяч", "мың"), among(word, "тыс", "ths", "k"):
			f = 1e3
		case hasStem(word, "million", "миллион"), among(word, "млн", "mln", "mn"):
			f = 1e6
		case hasStem(word, "billion", "миллиард"), among(word, "млрд", "bln", "bn"):
			f = 1e9
		case hasStem(word, "trillion", "триллион"), among(word, "трлн", "trln", "trn", "tn"):
			f = 1e12
		case attached && word == "m" && rest[0] == 'm':
			f = 1e6
		case attached && word == "b" && rest[0] == 'b':
			f = 1e9
		default:
			return by, rest
		}
		by *= f
		attached = false
		rest = strings.TrimPrefix(after, ".")
	}
}

// fillers may stand between a number and its unit without changing it.
func filler(word string) bool {
	return among(word, "of", "us", "metric", "ақш", "американских", "америкалық", "american", "жуық", "астам")
}

// readUnit reads the unit with which s begins: its multiple of the base unit and
// what follows it. ok is false, and rest is s, when there is none.
func readUnit(s string) (m measure, rest string, ok bool) {
	m, rest, ok = unitAt(s)
	if ok {
		return m, rest, true
	}
	if word, after := nextWord(s); filler(word) {
		if m, rest, ok = unitAt(after); ok {
			return m, rest, true
		}
	}
	return measure{1, bare}, s, false
}

func unitAt(s string) (measure, string, bool) {
	trimmed := strings.TrimPrefix(s, " ")
	for sign, u := range map[string]unit{"%": perCent, "$": dollars, "₸": tenge} {
		if after, found := strings.CutPrefix(trimmed, sign); found {
			return measure{1, u}, after, true
		}
	}
	word, rest := nextWord(s)
	dot := func() string { return strings.TrimPrefix(rest, ".") }
	give := func(by float64, u unit, rest string) (measure, string, bool) { return measure{by, u}, rest, true }
	switch {
	case word == "":
		return measure{1, bare}, s, false
	case among(word, "т", "t", "ton", "tons"), hasStem(word, "тонн", "tonne"):
		if after, found := cutPerHectare(rest); found {
			return give(10, perHectare, after)
		}
		return give(1, tonnes, rest)
	case word == "kt":
		return give(1000, tonnes, rest)
	case among(word, "кг", "kg", "kgs", "kilos"), hasStem(word, "килограм", "kilogram"):
		if after, found := cutPerHectare(rest); found {
			return give(0.01, perHectare, after)
		}
		return give(0.001, tonnes, rest)
	case among(word, "ц", "c"), hasStem(word, "центнер", "centner", "quintal"):
		if after, found := cutPerHectare(rest); found {
			return give(1, perHectare, after)
		}
		if among(word, "ц", "c") {
			break
		}
		return give(0.1, tonnes, rest) // the reader turns it into a yield where hectares stand before
	case among(word, "га", "ha"), hasStem(word, "гектар", "hectare"):
		return give(1, hectares, rest)
	case among(word, "м2", "m2", "sqm", "квм", "шм"), hasStem(word, "квадратов"):
		return give(1, squares, rest)
	case among(word, "кв", "sq", "ш", "square", "шаршы"), hasStem(word, "квадратн"):
		if metre, after := nextWord(dot()); among(metre, "м", "m") || hasStem(metre, "метр", "met") {
			return give(1, squares, after)
		}
	case among(word, "usd", "долл", "bucks"), hasStem(word, "dollar", "доллар", "бакс"):
		return give(1, dollars, rest)
	case among(word, "kzt", "тг", "тнг"), hasStem(word, "tenge", "тенге", "теңге"):
		return give(1, tenge, rest)
	case among(word, "percent", "pct", "pp", "пп"), hasStem(word, "percentage", "процент", "пайыз"):
		return give(1, perCent, rest)
	case word == "per":
		if cent, after := nextWord(rest); cent == "cent" {
			return give(1, perCent, after)
		}
	case word == "п" && (strings.HasPrefix(rest, ".п") || strings.HasPrefix(rest, ". п")):
		return give(1, perCent, rest)
	case hasStem(word, "адам", "человек", "people", "person", "worker", "employee", "работник", "сотрудник", "жұмыскер", "қызметкер", "занят"):
		return give(1, people, rest)
	case among(word, "пар", "пары", "пара", "pair", "pairs"), hasStem(word, "жұп", "жұб"):
		return give(1, pairs, rest)
	case hasStem(word, "кәсіпорын", "кәсіпорн", "предприят", "enterprise", "compan", "firm", "farm", "қожалы", "шаруа", "хозяйств", "завод", "зауыт",
		"plant", "проект", "жоба", "project"), among(word, "gin", "gins", "job", "jobs", "тері", "hides"):
		return give(1, counted, rest)
	case among(word, "рабочих", "рабочие", "жұмыс"):
		if place, after := nextWord(rest); hasStem(place, "мест", "орын", "орн") {
			return give(1, counted, after)
		}
	case hasStem(word, "дана", "штук", "piece", "item", "unit", "единиц"), among(word, "шт", "pcs"):
		return give(1, pieces, rest)
	}
	return measure{1, bare}, s, false
}

// cutPerHectare reads "/га", "per hectare", "с гектара", "с 1 га", "бір гектардан".
func cutPerHectare(s string) (rest string, ok bool) {
	if after, found := strings.CutPrefix(s, "/"); found {
		word, rest := nextWord(after)
		return rest, among(word, "га", "ha") || hasStem(word, "гектар", "hectare")
	}
	word, after := nextWord(s)
	if !among(word, "per", "с", "a", "from") {
		return s, false
	}
	after = strings.TrimPrefix(after, " 1")
	if one, more := nextWord(after); among(one, "одного", "each", "every", "one") {
		after = more
	}
	word, rest = nextWord(after)
	return rest, among(word, "га", "ha") || hasStem(word, "гектар", "hectare")
}

// unitBefore reads a currency sign that stands before a number.
func unitBefore(s string) (unit, bool) {
	s = strings.TrimSuffix(s, " ")
	switch {
	case strings.HasSuffix(s, "$"):
		return dollars, true
	case strings.HasSuffix(s, "₸"):
		return tenge, true
	case strings.HasSuffix(s, "usd"):
		return dollars, true
	case strings.HasSuffix(s, "kzt"):
		return tenge, true
	}
	return bare, false
}
