package sector

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write testdata/oneliners.tsv anew")

// The words of the generator are what an owner would type. They were written for
// this test and are not taken from the reader's tables.
var said = map[Field]map[string][]string{
	FieldOutput: {
		"kk": {"өндіріс", "өндіріс көлемі", "өндірдік", "шығарылым"},
		"ru": {"производство", "выпуск", "произвели на", "объём производства"},
		"en": {"output", "production", "produced"},
	},
	FieldSales: {
		"kk": {"сату", "сату көлемі", "сатылым", "сатылды"},
		"ru": {"продажи", "продали на", "реализация", "объём продаж"},
		"en": {"sales", "sold", "revenue"},
	},
	FieldWorkers: {
		"kk": {"жұмысшы", "жұмыскерлер", "қызметкер", "жұмыскерлер саны"},
		"ru": {"работников", "рабочих", "сотрудников", "персонал"},
		"en": {"workers", "staff", "employees", "headcount"},
	},
	FieldLocals: {
		"kk": {"жергілікті", "жергілікті тұрғындар", "оның ішінде жергілікті"},
		"ru": {"местных", "местные жители", "из них местных", "в т.ч. местных"},
		"en": {"local", "local residents", "of them local"},
	},
	FieldJobs: {
		"kk": {"жаңа жұмыс орны", "жаңа жұмыс орындары", "ашылған жұмыс орындары"},
		"ru": {"новых рабочих мест", "создано рабочих мест", "новые рабочие места"},
		"en": {"new jobs", "jobs created"},
	},
	"product:yarn":     {"kk": {"иірімжіп", "иірілген жіп"}, "ru": {"пряжа", "пряжи"}, "en": {"yarn"}},
	"product:fabric":   {"kk": {"мата"}, "ru": {"ткань", "ткани"}, "en": {"fabric"}},
	"product:garments": {"kk": {"киім"}, "ru": {"швейные изделия", "одежда"}, "en": {"garments"}},
	"product:footwear": {"kk": {"аяқ киім"}, "ru": {"обувь"}, "en": {"footwear", "shoes"}},
}

var monthsSaid = map[string][]string{
	"kk": {"қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"},
	"ru": {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// decoys hold amounts that must never be filed.
var decoys = []string{
	"план продаж 15 млн", "кредит 7 млн тенге", "өткен айдағы сату 9 млн", "салық 3 млн", "last year sales 8m", "экспорт 120 тонн",
	"продали 310 пар обуви", "сату жоспары 14 млн", "target output 20m", "налоги 2,5 млн", "уволили 3 человек", "жаңа қызметкер 4",
	"hired 5 people", "өнім 300", "остаток 40 тонн", "цена 1500", "телефон 87011234567", "цех №2", "2 смены", "электр 450 мың",
	"за прошлый месяц продажи 9 млн", "в прошлом году выпуск 100 млн", "аренда 800 тыс", "ауысым 2", "өсім 12%", "рост 5%", "+12%",
	"бюджет салық 1,2 млн төледік", "sold 200 shoes", "выплатили зарплату 9 млн", "жоспар бойынша 13 млн болуы керек еді",
}

// oneLiner is a generated message with what it says.
type oneLiner struct {
	text   string
	month  time.Month
	fields map[Field]Decimal
	typos  bool // at most two slips
}

// generate makes a message: two to seven lines in any order, in one language or
// mixed, with one style of separators, words before or behind the numbers.
func generate(rng *rand.Rand, typos bool) oneLiner {
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	languages := []string{"kk", "ru", "en"}
	home := languages[rng.IntN(3)]
	mixed := rng.IntN(4) == 0
	lang := func() string {
		if mixed {
			return pick(languages)
		}
		return home
	}
	line := oneLiner{fields: map[Field]Decimal{}, typos: typos}
	fields := slices.Sorted(maps.Keys(said))
	rng.Shuffle(len(fields), func(i, j int) { fields[i], fields[j] = fields[j], fields[i] })
	fields = fields[:2+rng.IntN(6)]

	separator := pick([]string{", ", "; ", "\n", " ", ". ", " / "})
	behind := separator != " " && rng.IntN(3) == 0
	binder := pick([]string{" ", " ", ": ", " - ", " = ", ":"})
	var parts []string
	workers := rng.IntN(300) + 10
	slips := 0
	for _, f := range fields {
		l := lang()
		word := pick(said[f][l])
		if typos && slips < 2 && rng.IntN(3) == 0 {
			word, slips = slip(rng, word), slips+1
		}
		number, value := amountFor(rng, f, l, workers, separator == " ")
		if typos && slips < 2 && rng.IntN(8) == 0 {
			number, slips = slipUnit(rng, number), slips+1
		}
		line.fields[f] = value
		switch {
		case behind && !strings.HasSuffix(word, " на"):
			parts = append(parts, number+" "+word)
		case binder == " - " && separator == " ":
			parts = append(parts, word+" "+number)
		default:
			parts = append(parts, word+binder+number)
		}
	}
	if rng.IntN(4) == 0 { // something that is no line of the report, or not of this month
		at := rng.IntN(len(parts) + 1)
		parts = slices.Insert(parts, at, pick(decoys))
	}
	if rng.IntN(4) > 0 {
		line.month = time.Month(rng.IntN(12) + 1)
		name := monthsSaid[home][line.month-1]
		if typos && slips < 2 && len([]rune(name)) > 4 && rng.IntN(6) == 0 { // a slip makes июнь of июль
			name = slip(rng, name)
			line.month = -line.month // may be missed, may not be mistaken
		}
		parts[0] = name + pick([]string{": ", ", ", " "}) + parts[0]
	}
	line.text = strings.Join(parts, separator)
	if rng.IntN(5) == 0 {
		line.text = strings.ToUpper(line.text)
	}
	if rng.IntN(4) == 0 {
		line.text = strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "і", "и",
			"Ә", "А", "Ғ", "Г", "Қ", "К", "Ң", "Н", "Ө", "О", "Ұ", "У", "Ү", "У", "І", "И").Replace(line.text)
	}
	return line
}

// slip makes a slip of the finger in one word of a phrase: two letters swapped,
// one lost, doubled or replaced.
func slip(rng *rand.Rand, phrase string) string {
	words := strings.Fields(phrase)
	i := rng.IntN(len(words))
	r := []rune(words[i])
	if len(r) < 4 {
		return phrase
	}
	k := 1 + rng.IntN(len(r)-2)
	switch rng.IntN(4) {
	case 0:
		r[k], r[k+1] = r[k+1], r[k]
	case 1:
		r = slices.Delete(r, k, k+1)
	case 2:
		r = slices.Insert(r, k, r[k])
	case 3:
		r[k] = []rune("аеиоукнтaeiotn")[rng.IntN(14)]
	}
	words[i] = string(r)
	return strings.Join(words, " ")
}

// slipUnit makes a slip in the words behind a number. Slips in its digits make
// another number, which nobody can notice.
func slipUnit(rng *rand.Rand, amount string) string {
	i := strings.LastIndexAny(amount, "0123456789") + 1
	if strings.TrimSpace(amount[i:]) == "" {
		return amount
	}
	return amount[:i] + " " + slip(rng, amount[i:])
}

// amountFor writes an amount of a line. Without separators between the lines no
// comma or blank is used inside the number: nobody could tell them apart.
func amountFor(rng *rand.Rand, f Field, lang string, workers int, crowded bool) (typed string, value Decimal) {
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	switch f.Amount() {
	case AmountPeople:
		n := workers
		switch f {
		case FieldLocals:
			n = workers - rng.IntN(workers/2)
		case FieldJobs:
			n = rng.IntN(9)
		}
		typed = strconv.Itoa(n)
		if f != FieldJobs && rng.IntN(4) == 0 && !crowded {
			typed += map[string]string{"kk": " адам", "ru": " человек", "en": " people"}[lang]
		}
		return typed, FromInt(int64(n))
	case AmountMoney:
		n := rng.IntN(900) + 11
		tenths := FromInt(int64(n)).Shift10(-1)
		switch rng.IntN(4) {
		case 0:
			whole := tenths.Shift10(6)
			if crowded {
				return whole.String(), whole
			}
			return grouped(whole.String(), pick(" ", "\u00a0", "'")), whole
		case 1:
			thousands := tenths.Shift10(3)
			return thousands.String() + map[string]string{"kk": " мың теңге", "ru": " тыс. тг", "en": "k"}[lang], tenths.Shift10(6)
		}
		mark := pick(",", ".")
		text := strings.ReplaceAll(tenths.String(), ".", mark)
		return text + map[string]string{"kk": pick(" млн", " миллион", " млн теңге"), "ru": pick(" млн", "млн", " млн тг"), "en": pick("m", " million", " mln")}[lang], tenths.Shift10(6)
	}
	n := FromInt(int64(rng.IntN(900) + 2))
	if rng.IntN(2) == 0 {
		return n.String(), n
	}
	p, _ := f.Product()
	unit := map[Unit]map[string]string{
		UnitTonnes: {"kk": " т", "ru": " тонн", "en": " t"}, UnitM2: {"kk": " м²", "ru": " кв.м", "en": " m2"},
		UnitPieces: {"kk": " дана", "ru": " шт", "en": " pcs"}, UnitPairs: {"kk": " жұп", "ru": " пар", "en": " pairs"},
	}[p.Unit()][lang]
	return n.String() + unit, n
}

func grouped(digits, mark string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

// score compares what was read with what was said. A line is right, asked about
// (not sure, or not found at all), or wrong.
func (l oneLiner) score(t *testing.T) (right, asked, wrong int) {
	t.Helper()
	got := ReadReport(l.text)
	sure := got.Sure()
	for f, v := range sure {
		amount, _ := v.Amount()
		want, ok := l.fields[f]
		if !ok || amount != want {
			wrong++
			t.Errorf("%q: %s is read as %s, was %s", l.text, f, v, want)
		}
	}
	for f := range l.fields {
		if _, ok := sure[f]; ok {
			right++
		} else {
			asked++
		}
	}
	month := max(l.month, -l.month)
	if len(got.Months) > 1 || len(got.Months) == 1 && got.Months[0].Month != month || l.month > 0 && len(got.Months) == 0 {
		t.Errorf("%q: the month is read as %v", l.text, got.Months)
		wrong++
	}
	return right - wrong, asked, wrong
}

// TestReadReportSet reads the stored set of generated messages.
func TestReadReportSet(t *testing.T) {
	if *update {
		writeOneLiners(t)
	}
	rows := table(t, "oneliners.tsv")
	if len(rows) < 300 {
		t.Fatalf("only %d messages", len(rows))
	}
	var right, asked, wrong int
	for _, row := range rows {
		l := oneLiner{fields: map[Field]Decimal{}}
		var err error
		if l.text, err = strconv.Unquote(row[0]); err != nil {
			t.Fatal(err)
		}
		for pair := range strings.SplitSeq(row[1], " ") {
			name, value, _ := strings.Cut(pair, "=")
			if name == "month" {
				n, _ := strconv.Atoi(value)
				l.month = time.Month(n)
				continue
			}
			l.fields[Field(name)] = MustDecimal(value)
		}
		r, a, w := l.score(t)
		right, asked, wrong = right+r, asked+a, wrong+w
	}
	t.Logf("%d messages: %d lines right, %d asked about, %d wrong", len(rows), right, asked, wrong)
	if wrong > 0 || right*100 < (right+asked)*85 {
		t.Errorf("%d right, %d asked about, %d wrong", right, asked, wrong)
	}
}

func writeOneLiners(t *testing.T) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 8))
	var b strings.Builder
	b.WriteString("# Made by the generator of oneline_test.go (go test -run Set -update).\ntext\tsays\n")
	for i := range 400 {
		l := generate(rng, i%2 == 1)
		fmt.Fprintf(&b, "%s\t", strconv.Quote(l.text))
		if l.month != 0 {
			fmt.Fprintf(&b, "month=%d ", l.month)
		}
		var pairs []string
		for _, f := range slices.Sorted(maps.Keys(l.fields)) {
			pairs = append(pairs, fmt.Sprintf("%s=%s", f, l.fields[f]))
		}
		b.WriteString(strings.Join(pairs, " ") + "\n")
	}
	if err := os.WriteFile("testdata/oneliners.tsv", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestReadReportGenerated reads messages that are stored nowhere.
func TestReadReportGenerated(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, typos := range []bool{false, true} {
		var right, asked, wrong int
		for range 5000 {
			r, a, w := generate(rng, typos).score(t)
			right, asked, wrong = right+r, asked+a, wrong+w
		}
		t.Logf("typos %v: %d lines right, %d asked about, %d wrong", typos, right, asked, wrong)
		least := 95 // one message in four holds something that must spoil what stands beside it
		if typos {
			least = 83
		}
		if wrong > 0 || right*100 < (right+asked)*least {
			t.Errorf("typos %v: %d right, %d asked about, %d wrong", typos, right, asked, wrong)
		}
	}
}

func TestReadReport(t *testing.T) {
	for typed, want := range map[string]string{
		"наурыз: өндіріс 12,5 млн, сату 11 млн, 48 адам, жергілікті 45":             "3: output=12500000 sales=11000000 workers=48 locals=45",
		"наурыз өндіріс 12,5 млн сату 11 млн 48 адам жергілікті 45":                 "3: output=12500000 sales=11000000 workers=48 locals=45",
		"за март произвели на 12,5 млн, продали на 11 млн, 48 человек (45 местных)": "3: output=12500000 sales=11000000 workers=48 locals=45",
		"March: output 12.5m, sales 11m, 48 people, local 45, 3 new jobs":           "3: output=12500000 sales=11000000 workers=48 locals=45 jobs=3",
		"12,5 млн өндіріс 11 млн сату 48 жұмысшы 45 жергілікті":                     "output=12500000 sales=11000000 workers=48 locals=45",
		"output:12.5m; sales:11m; workers:48; local:45":                             "output=12500000 sales=11000000 workers=48 locals=45",
		"zhumysshy 48 zhergilikti 45 satu 11 mln ondiris 12,5 mln":                  "workers=48 locals=45 sales=11000000 output=12500000",
		"caту 11 млн, жұмысшы 48":                                                   "sales=11000000 workers=48", // Latin c and a
		"өндіріс он екі миллион, сату он бір жарым миллион, қырық сегіз адам":       "output=12000000 sales=11500000 workers=48",
		"адам: 48, өндріс 10 млн":                                                   "workers=48 output=10000000",
		"наурыз 2026: сату 11 млн\n- 48 адам\n- жергілікті 45\nескертпе: 3 станок":  "2026-3: sales=11000000 workers=48 locals=45 note=3 станок",
		"2026-03: сату 11 млн":                    "2026-3: sales=11000000",
		"03.2026 сату 11 млн":                     "2026-3: sales=11000000",
		"5 наурыз күні: 48 адам":                  "3: loose",
		"пряжа 500 кг, мата 1 200 м²":             "product:yarn=0.5 product:fabric=1200",
		"мата 1200 метр":                          "loose",
		"произвели 300 пар обуви":                 "product:footwear=300",
		"продали 300 пар обуви":                   "product:footwear=300|",
		"сату 12,500, жұмысшы 48":                 "sales=12.5|12500 workers=48",
		"өндіріс 12-15 млн, сату 10%":             "output=!range sales=!percent",
		"сату 11 млн, сату 12 млн":                "sales=!two_numbers",
		"сату 11 млн, сату 11 000 000":            "sales=11000000",
		"мың теңгемен: өндіріс 12500, сату 11000": "output=12500000|12500 sales=11000000|11000",
		"сату белгісіз, жаңа жұмыс орны жоқ, өндіріс болмады": "sales==not_known jobs==zero,not_applicable,not_known",
		"план продаж 15 млн":                       "sales=15000000|",
		"сату жоспары 15 млн, сату 11 млн":         "sales=11000000 loose",
		"өткен айда сату 9 млн":                    "sales=9000000|",
		"11 млн":                                   "loose",
		"48 адам жергілікті 45 адам":               "loose loose",
		"сәуірде сату 11 млн, мамырда сату 12 млн": "4 5: sales=!two_numbers",
		"lcoal: 108 people":                        "loose",
		"ТОО Нұр: өндіріс 12 млн":                  "output=12000000",
		"сату 4о,7 млн":                            "sales=!letters_for_digits",
		"":                                         "",
		"сәлем":                                    "",
	} {
		o := ReadReport(typed)
		var got []string
		var months []string
		for _, m := range o.Months {
			if m.Year > 0 {
				months = append(months, fmt.Sprintf("%d-%d", m.Year, m.Month))
			} else {
				months = append(months, fmt.Sprint(int(m.Month)))
			}
		}
		for _, f := range o.Fields {
			got = append(got, fmt.Sprintf("%s=%s", f.Field, show(f.Reading)))
		}
		for range o.Loose {
			got = append(got, "loose")
		}
		if o.Note != "" {
			got = append(got, "note="+o.Note)
		}
		text := strings.Join(got, " ")
		if len(months) > 0 {
			text = strings.Join(months, " ") + ": " + text
		}
		if text != want {
			t.Errorf("%q\n got %s\nwant %s", typed, text, want)
		}
	}
}

func TestReadFieldUnits(t *testing.T) {
	yarn, fabric, shoes := ProductField(ProductYarn), ProductField(ProductFabric), ProductField(ProductFootwear)
	for _, c := range []struct {
		typed string
		field Field
		want  string
	}{
		{"500 кг", yarn, "0.5"},
		{"4,5 т", yarn, "4.5"},
		{"4,5", yarn, "4.5"},
		{"12 млн", yarn, "!impossible"},
		{"1,250 т", yarn, "1.25|1250"},
		{"1200 м2", fabric, "1200"},
		{"1200 метр", fabric, "!other_unit"},
		{"300 т", fabric, "!other_unit"},
		{"300 пар", shoes, "300"},
		{"300 шт", shoes, "!other_unit"},
		{"48 адам", FieldWorkers, "48"},
		{"12 500", FieldOutput, "12500"},
		{"12", FieldNote, "!none"},
		{"5,2 млн", fabric, "5200000"},
		{"қатысы жоқ", yarn, "=not_applicable"},
	} {
		if got := show(ReadField(c.typed, c.field)); got != c.want {
			t.Errorf("%q for %s is %s, want %s", c.typed, c.field, got, c.want)
		}
	}
}

func ExampleReadReport() {
	report := ReadReport("наурыз: өндіріс 12,5 млн, сату 11 млн, 48 адам, жергілікті 45")
	fmt.Println(report.Months[0].Month)
	for _, f := range report.Fields {
		if r, ok := f.Reading.(Read); ok {
			fmt.Printf("%s: %s (%s)\n", f.Field, r.Value, f.Text)
		}
	}
	// Output:
	// March
	// output: 12500000 (өндіріс 12,5 млн)
	// sales: 11000000 (сату 11 млн)
	// workers: 48 (48 адам)
	// locals: 45 (жергілікті 45)
}

func FuzzReadReport(f *testing.F) {
	for _, row := range table(f, "oneliners.tsv")[:60] {
		if text, err := strconv.Unquote(row[0]); err == nil {
			f.Add(text)
		}
	}
	f.Add("өндіріс 12 млн (сату 11 млн; 48 адам) ескертпе: 3")
	f.Fuzz(func(t *testing.T, typed string) {
		o := ReadReport(typed)
		seen := map[Field]bool{}
		for _, l := range o.Fields {
			if !l.Field.Known() || l.Field == FieldNote || seen[l.Field] || l.Reading == nil {
				t.Fatalf("%q: %+v", typed, l)
			}
			seen[l.Field] = true
			if r, ok := l.Reading.(Read); ok {
				if r.Value.Sign() < 0 || r.Value.Cmp(l.Field.Amount().limit()) > 0 || l.Field.Amount() == AmountPeople && !r.Value.IsWhole() {
					t.Fatalf("%q: %+v", typed, l)
				}
			}
		}
		for _, m := range o.Months {
			if m.Month < time.January || m.Month > time.December {
				t.Fatalf("%q: month %d", typed, m.Month)
			}
		}
		if len(o.Sure()) > len(o.Fields) {
			t.Fatalf("%q: more is sure than was found", typed)
		}
	})
}

func BenchmarkReadReport(b *testing.B) {
	for b.Loop() {
		ReadReport("наурыз: өндіріс 12,5 млн, сату 11 млн, 48 адам, жергілікті 45")
	}
}
