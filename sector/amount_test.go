package sector

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// table reads the rows of a tab-separated file of testdata, without its header.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(file)) {
		if line = strings.TrimRight(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows[1:]
}

// TestReadAmountNumberTable is the table that the product is measured by.
func TestReadAmountNumberTable(t *testing.T) {
	rows := table(t, "numbers.tsv")
	if len(rows) < 41 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		typed, kind, want := row[0], row[2], row[3]
		got := ReadAmount(typed, AmountMoney)
		switch r := got.(type) {
		case Read:
			if r.Value.String() != want {
				t.Errorf("%q is read as %s, want %s", typed, r.Value, want)
			}
			if said := !r.Bare(); kind == "plain" && said || kind == "unit" && !said {
				t.Errorf("%q (%s): a unit was seen is %v", typed, kind, said)
			}
		case Ambiguous:
			if kind != "ambiguous" || len(r.Readings) != 2 {
				t.Errorf("%q (%s) is asked about: %+v", typed, kind, r)
			}
		case Refused:
			if kind != "refuse" || r.Text == "" {
				t.Errorf("%q (%s) is refused: %+v", typed, kind, r)
			}
		default:
			t.Errorf("%q gave %T", typed, got)
		}
	}
}

// show writes a reading the way amounts.tsv does.
func show(r Reading) string {
	switch r := r.(type) {
	case Read:
		return r.Value.String()
	case Ambiguous:
		var values []string
		for _, v := range r.Readings {
			values = append(values, v.Value.String())
		}
		if len(values) == 1 {
			values = append(values, "")
		}
		return strings.Join(values, "|")
	case Refused:
		return "!" + string(r.Reason)
	case NoValue:
		var kinds []string
		for _, k := range r.Kinds {
			kinds = append(kinds, string(k))
		}
		return "=" + strings.Join(kinds, ",")
	}
	return "nothing"
}

func TestReadAmountTable(t *testing.T) {
	rows := table(t, "amounts.tsv")
	if len(rows) < 250 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		typed, kind, want := row[0], AmountKind(row[1]), row[2]
		got := ReadAmount(typed, kind)
		if show(got) != want {
			t.Errorf("%q (%s) is %s, want %s: %+v", typed, kind, show(got), want, got)
		}
	}
}

// spell writes a whole number below 10^9 in words. The lists here are written
// for the test and share nothing with the reader's tables.
func spell(n int, lang string) string {
	if n == 0 {
		return map[string]string{"kk": "нөл", "ru": "ноль", "en": "zero"}[lang]
	}
	var words []string
	for _, scale := range []struct {
		size int
		name func(int) string
	}{
		{1_000_000, func(k int) string {
			return map[string]string{"kk": "миллион", "en": "million", "ru": russianPlural(k, "миллион", "миллиона", "миллионов")}[lang]
		}},
		{1000, func(k int) string {
			return map[string]string{"kk": "мың", "en": "thousand", "ru": russianPlural(k, "тысяча", "тысячи", "тысяч")}[lang]
		}},
		{1, func(int) string { return "" }},
	} {
		if k := n / scale.size; k > 0 {
			words = append(words, spellGroup(k, lang, scale.size == 1000), scale.name(k))
			n %= scale.size
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

func russianPlural(n int, one, few, many string) string {
	switch {
	case n%10 == 1 && n%100 != 11:
		return one
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return few
	}
	return many
}

func spellGroup(n int, lang string, feminine bool) string {
	list := func(s string) []string { return strings.Split(s, " ") }
	var w []string
	switch lang {
	case "kk":
		ones, tens := list("- бір екі үш төрт бес алты жеті сегіз тоғыз"), list("- он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан")
		if h := n / 100; h > 1 {
			w = append(w, ones[h], "жүз")
		} else if h == 1 {
			w = append(w, "жүз")
		}
		if t := n / 10 % 10; t > 0 {
			w = append(w, tens[t])
		}
		if o := n % 10; o > 0 {
			w = append(w, ones[o])
		}
	case "ru":
		ones := list("- один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать")
		tens := list("- - двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
		hundreds := list("- сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
		if feminine {
			ones[1], ones[2] = "одна", "две"
		}
		if h := n / 100; h > 0 {
			w = append(w, hundreds[h])
		}
		if rest := n % 100; rest >= 20 {
			w = append(w, tens[rest/10])
			if rest%10 > 0 {
				w = append(w, ones[rest%10])
			}
		} else if rest > 0 {
			w = append(w, ones[rest])
		}
	case "en":
		ones := list("- one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
		tens := list("- - twenty thirty forty fifty sixty seventy eighty ninety")
		if h := n / 100; h > 0 {
			w = append(w, ones[h], "hundred")
			if n%100 > 0 && n%2 == 0 {
				w = append(w, "and")
			}
		}
		if rest := n % 100; rest >= 20 {
			word := tens[rest/10]
			if rest%10 > 0 {
				word += "-" + ones[rest%10]
			}
			w = append(w, word)
		} else if rest > 0 {
			w = append(w, ones[rest])
		}
	}
	return strings.Join(w, " ")
}

// Any whole number, spelled in any of the languages, typed with or without
// Kazakh letters, is read as itself, or asked about where its rest is doubtful.
func TestReadAmountSpelled(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	fold := strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "і", "и")
	asked := 0
	for range 4000 {
		n := rng.IntN(1_000_000_000) / []int{1, 10, 1000, 100_000, 10_000_000}[rng.IntN(5)]
		if rng.IntN(3) == 0 {
			n -= n % 1000
		}
		if rng.IntN(50) == 0 {
			n = 1_000_000*(1+rng.IntN(900)) + 1 + rng.IntN(999)
		}
		for _, lang := range []string{"kk", "ru", "en"} {
			for _, typed := range []string{spell(n, lang), fold.Replace(spell(n, lang)), strings.ToUpper(spell(n, lang))} {
				switch r := ReadAmount(typed, AmountMoney).(type) {
				case Read:
					if r.Value != FromInt(int64(n)) {
						t.Fatalf("%q (%d) is read as %s", typed, n, r.Value)
					}
				case Ambiguous:
					asked++
					if r.Why != DoubtRest || r.Readings[1].Value != FromInt(int64(n)) || n < 1_000_000 || n%1_000_000 >= 1000 {
						t.Fatalf("%q (%d) is asked about: %+v", typed, n, r)
					}
				default:
					t.Fatalf("%q (%d) gave %+v", typed, n, r)
				}
			}
		}
	}
	if asked < 100 {
		t.Errorf("only %d doubtful rests were asked about", asked)
	}
}

// Any amount, in any usual grouping, with any unit, is read as itself or asked
// about, and what is asked about contains it.
func TestReadAmountDigits(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	group := func(n int, mark string) string {
		s := strconv.Itoa(n)
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + mark + s[i:]
		}
		return s
	}
	units := []struct {
		text  string
		power int
	}{
		{"", 0},
		{" тг", 0},
		{"₸", 0},
		{" тыс", 3},
		{" тыс.", 3},
		{"тыс. тг", 3},
		{" мың", 3},
		{" мың теңге", 3},
		{"k", 3},
		{" млн", 6},
		{"млн", 6},
		{" млн. тенге", 6},
		{" million", 6},
		{"m", 6},
		{" mln", 6},
		{" миллион теңгеге", 6},
		{" млрд", 9},
		{" bn", 9},
	}
	around := [][2]string{{"", ""}, {"наурызда ", " болды"}, {"за март ", ""}, {"it was ", " in March"}, {"болды: ", "."}, {"", "!"}, {"шамамен ", ""}}
	asked := 0
	for range 20000 {
		n := rng.IntN(10_000_000) / []int{1, 10, 1000, 100_000}[rng.IntN(4)]
		mark := []string{"", " ", "\u00a0", "\u202f", "'", ".", ","}[rng.IntN(7)]
		number, want := group(n, mark), FromInt(int64(n))
		if rng.IntN(2) == 0 && mark != "," {
			f := rng.IntN(99) + 1
			number += fmt.Sprintf(",%02d", f)
			want = want.Add(FromInt(int64(f)).Shift10(-2))
		}
		u := units[rng.IntN(len(units))]
		if want = want.Shift10(u.power); want.Cmp(AmountMoney.limit()) > 0 {
			continue
		}
		frame := around[rng.IntN(len(around))]
		typed := frame[0] + number + u.text + frame[1]
		switch r := ReadAmount(typed, AmountMoney).(type) {
		case Read:
			if r.Value != want || r.Power != u.power {
				t.Fatalf("%q is read as %s, want %s", typed, r.Value, want)
			}
		case Ambiguous:
			asked++
			found := false
			for _, v := range r.Readings {
				found = found || v.Value == want
			}
			if !found || mark != "." && mark != "," && !strings.Contains(frame[0], "март") {
				t.Fatalf("%q is asked about: %+v, want %s", typed, r, want)
			}
		default:
			t.Fatalf("%q gave %+v, want %s", typed, r, want)
		}
	}
	if asked < 1000 {
		t.Errorf("only %d doubtful marks were asked about", asked)
	}
}

// A number that came to pieces under the fingers is asked about, whatever its
// pieces would say.
func TestReadAmountBroken(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	letters := []rune("аоуиезбшщoqwertlx")
	for range 20000 {
		number := []string{"40,7", "12500", "12 500", "1 250 000", "86900000", "12.5", "1.250.000", "84'500'000"}[rng.IntN(8)]
		r := []rune(number)
		k := 1 + rng.IntN(len(r)-2)
		switch {
		case r[k] == ',' || r[k] == '.' || r[k] == '\'':
			r = append(r[:k+1], r[k:]...) // 40,,7
		case r[k] == ' ':
			continue
		default:
			r[k] = letters[rng.IntN(len(letters))]
		}
		typed := string(r) + []string{"", " млн", "млн", " тг", "k", " адам"}[rng.IntN(6)]
		switch got := ReadAmount(typed, AmountQuantity).(type) {
		case Read:
			t.Fatalf("%q is read as %s", typed, got.Value)
		case Ambiguous:
			t.Fatalf("%q is read as %s", typed, show(got))
		}
	}
}

func TestLexicon(t *testing.T) {
	if _, err := readLexicon(wordsTSV, reportWordsTSV); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{
		"a cell is missing": "ones\t1\tkk",
		"two meanings":      "ones\t1\tkk\tбір\nones\t2\tkk\tбир",
	} {
		if _, err := readLexicon(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWordKey(t *testing.T) {
	for _, same := range [][]string{
		{"мың", "Мың", "мын", "МЫҢ"},
		{"миллион", "милион", "МИЛЛИОН"},
		{"сату", "cату", "caту"}, // Latin look-alikes
		{"жергілікті", "жергиликти", "жергiлiктi"},
		{"maqta", "makta"},
		{"мақта", "макта"},
		{"qyryq", "kyryk", "qırıq"},
		{"zhumys", "jumys"},
		{"күй", "ку\u0438\u0306"},
		{"её", "ее"},
		{"пять", "пят"},
		{"ｍｌｎ", "mln"},
	} {
		first, _ := wordKey(same[0])
		for _, w := range same[1:] {
			if got, _ := wordKey(w); got != first {
				t.Errorf("%q and %q fold to %q and %q", same[0], w, first, got)
			}
		}
	}
}

func ExampleReadAmount() {
	for _, typed := range []string{"наурызда 12,5 млн теңге болды", "двенадцать тысяч", "1.250", "12-15", "әзірге белгісіз"} {
		switch r := ReadAmount(typed, AmountMoney).(type) {
		case Read:
			fmt.Printf("%s: %s tenge, from %q\n", typed, r.Value, r.Text)
		case NoValue:
			fmt.Printf("%s: %s\n", typed, r.Kinds[0])
		case Ambiguous:
			fmt.Printf("%s: ask, %s or %s\n", typed, r.Readings[0].Value, r.Readings[1].Value)
		case Refused:
			fmt.Printf("%s: ask, %s\n", typed, r.Reason)
		}
	}
	// Output:
	// наурызда 12,5 млн теңге болды: 12500000 tenge, from "12,5 млн теңге"
	// двенадцать тысяч: 12000 tenge, from "двенадцать тысяч"
	// 1.250: ask, 1.25 or 1250
	// 12-15: ask, range
	// әзірге белгісіз: not_known
}

func FuzzReadAmount(f *testing.F) {
	for _, name := range []string{"numbers.tsv", "amounts.tsv"} {
		for _, row := range table(f, name) {
			f.Add(row[0])
		}
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, kind := range []AmountKind{AmountMoney, AmountQuantity, AmountPeople} {
			got := ReadAmount(typed, kind)
			var readings []Read
			switch r := got.(type) {
			case Read:
				readings = []Read{r}
				if digits := digitsIn(r.Text); r.Power == 0 && !r.Spelled && digits != "" && !strings.ContainsAny(r.Text, "½¼¾") && !spelledBeside(r.Text) {
					if want := strings.Trim(strings.ReplaceAll(r.Value.String(), ".", ""), "0"); strings.Trim(digits, "0") != want {
						t.Fatalf("%q: the digits of %q became %s", typed, r.Text, r.Value)
					}
				}
			case Ambiguous:
				if readings = r.Readings; len(readings) == 0 || r.Why == "" {
					t.Fatalf("%q: %+v", typed, r)
				}
			case Refused:
				if r.Reason == "" || !strings.Contains(typed, r.Text) {
					t.Fatalf("%q: %+v", typed, r)
				}
			case NoValue:
				if len(r.Kinds) == 0 {
					t.Fatalf("%q: %+v", typed, r)
				}
			default:
				t.Fatalf("%q gave %T", typed, got)
			}
			for _, r := range readings {
				whole := kind != AmountPeople || r.Value.IsWhole()
				if r.Value.Sign() < 0 || r.Value.Cmp(kind.limit()) > 0 || !whole || utf8.ValidString(typed) && !strings.Contains(typed, r.Text) {
					t.Fatalf("%q (%s): %+v", typed, kind, r)
				}
			}
		}
	})
}

// digitsIn returns the digits of a text, full-width ones made plain. Those of m2
// belong to the unit.
func digitsIn(s string) string {
	var b strings.Builder
	var before rune
	for _, r := range s {
		if d := digitOf(r); d >= 0 && (d != 2 || !strings.ContainsRune("mMмМ^", before)) {
			b.WriteByte(byte('0' + d))
		}
		before = r
	}
	return b.String()
}

// spelledBeside reports whether numerals in words multiply the digits (5 жүз).
func spelledBeside(s string) bool {
	for _, m := range lex(s) {
		if m.is(hundred, halfWord, demiWord) {
			return true
		}
	}
	return false
}

func BenchmarkReadAmount(b *testing.B) {
	for b.Loop() {
		ReadAmount("наурызда 12,5 млн теңге болды", AmountMoney)
	}
}

func TestScaled(t *testing.T) {
	for amount, want := range map[string]string{
		"12500000": "12.5 e6", "12500": "12.5 e3", "1000": "1 e3", "999": "999 e0", "1250000000000": "1.25 e12",
		"12345678": "12345678 e0", "1234500": "1234500 e0", "1234000": "1.234 e6", "260000000000": "260 e9",
		"0": "0 e0", "-4700000": "-4.7 e6", "0.5": "0.5 e0", "12500000000000000": "12500 e12",
	} {
		lead, power := Scaled(MustDecimal(amount))
		if got := fmt.Sprintf("%s e%d", lead, power); got != want {
			t.Errorf("%s is said as %s, want %s", amount, got, want)
		}
		if lead.Shift10(power) != MustDecimal(amount) {
			t.Errorf("%s was changed to %s", amount, lead.Shift10(power))
		}
	}
}
