package ask_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// everyQuestion returns the texts of all the question sets here, with their language.
func everyQuestion(t testing.TB) []ask.Question {
	var out []ask.Question
	for _, file := range []string{"testdata/questions-dev.tsv", "testdata/questions-own.tsv"} {
		for _, q := range readAny(t, file) {
			out = append(out, ask.Question{Text: q[1], Lang: ask.Lang(q[0]), Today: today})
		}
	}
	return out
}

var keyForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,48}$`)

// TestEveryQueryComesBack writes the query of every question as a key and as
// JSON, reads both back, and expects the same query and the same answer.
func TestEveryQueryComesBack(t *testing.T) {
	a, _ := newAsker(t)
	keys := 0
	for _, q := range everyQuestion(t) {
		answer := a.Ask(q)
		encoded, err := json.Marshal(answer.Query)
		if err != nil {
			t.Fatal(err)
		}
		var decoded ask.Query
		if err := json.Unmarshal(encoded, &decoded); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(decoded, answer.Query) {
			t.Errorf("%q: %+v becomes %+v by way of %s", q.Text, answer.Query, decoded, encoded)
		}
		key := answer.Query.Key()
		if key == "" {
			continue
		}
		keys++
		if !keyForm.MatchString(key) {
			t.Errorf("%q has the key %q", q.Text, key)
		}
		back, err := ask.ParseKey(key)
		if err != nil {
			t.Errorf("%q: %v", q.Text, err)
			continue
		}
		again := a.Answer(back, answer.Lang)
		if !reflect.DeepEqual(again.Parts, answer.Parts) {
			t.Errorf("%q: the key %s gets another answer", q.Text, key)
		}
	}
	if keys < 400 {
		t.Errorf("only %d questions had a key", keys)
	}
}

// TestDeepLinks keeps the keys that ministry pages link to.
func TestDeepLinks(t *testing.T) {
	a, _ := newAsker(t)
	for key, want := range map[string]string{
		"harvest": "cotton_harvest/2025", "fibre": "cotton_fibre_output/2025", "yarn": "yarn_output/2025", "fabric": "fabric_output/2025",
		"harvest-2019": "cotton_harvest/2019", "output": "output_value/2025", "usd": "output_value_usd/2025", "growth": "output_growth/2025",
		"growth-2020m01m06": "output_growth/2020-01..2020-06", "textile": "structure_share/2026-03", "structure": "structure_share/2026-03",
		"region_share-2023m01m03-kz79": "regional_share_of_output/2023-01..2023-03/KZ-79", "rate": "exchange_rate/2026-03-05",
		"harvest-2004to2016-trend": "cotton_harvest/2004", "programme": "said:programme_decision", "source": "meta:source",
		"fibre--yarn-compare": "yarn_output/2025", "harvest-lowest": "cotton_harvest/2010",
	} {
		q, err := ask.ParseKey(key)
		if err != nil {
			t.Error(err)
			continue
		}
		shown, refused := gist(a.Answer(q, ask.Kazakh))
		if refused || !holds(shown, want) {
			t.Errorf("%s shows %v, want %s", key, shown, want)
		}
	}
	for _, key := range []string{
		"", "-", "harvest-", "-harvest", "harvest--", "Harvest", "harvest-20190", "harvest-2019-2019x", "harvest-kz99", "harvest-in_stones",
		"harvest-trend-2019", "nothing", "harvest yarn", strings.Repeat("harvest--", 9), "harvest-2019m13", "a--b--c--d",
	} {
		if q, err := ask.ParseKey(key); !errors.Is(err, ask.ErrNotKey) {
			t.Errorf("ParseKey(%q) = %+v, %v", key, q, err)
		}
	}
}

// TestEveryFactCanBeAsked finds every embedded fact by a query of its own topic,
// period and region.
func TestEveryFactCanBeAsked(t *testing.T) {
	a, book := newAsker(t)
	for _, f := range book.Facts() {
		if f.Indicator == "rank_by_number_of_enterprises" {
			continue // said in words: the topic turkistan
		}
		found := false
		for _, topic := range ask.Topics() {
			region := f.Region
			if region == sector.Kazakhstan {
				region = ""
			}
			shown, refused := gist(a.Answer(ask.Query{Topics: []ask.Topic{topic}, Periods: []sector.Period{f.Period}, Region: region}, ask.English))
			if !refused && slices.Contains(shown, string(f.Key)) {
				found = true
				break
			}
		}
		if !found {
			t.Errorf("no query shows %s", f.Key)
		}
	}
}

// TestNoDeadEnds looks at every answer to every question and every topic: a
// refusal offers at least two questions, and all that is offered has an answer.
func TestNoDeadEnds(t *testing.T) {
	a, _ := newAsker(t)
	var answers []ask.Answer
	for _, q := range everyQuestion(t) {
		answers = append(answers, a.Ask(q))
	}
	for _, topic := range ask.Topics() {
		for _, missing := range append(ask.Missings(), "") {
			answers = append(answers, a.Answer(ask.Query{Topics: []ask.Topic{topic}, Missing: missing}, ask.Russian))
		}
		answers = append(answers, a.Answer(ask.Query{Topics: []ask.Topic{topic}, Periods: []sector.Period{sector.YearOf(2033)}}, ask.Russian))
		answers = append(answers, a.Answer(ask.Query{Topics: []ask.Topic{topic}, Region: sector.Ulytau}, ask.Russian))
	}
	for _, answer := range answers {
		_, refused := gist(answer)
		if len(answer.Parts) == 0 || answer.Kind == "" || answer.Lang == "" {
			t.Errorf("%+v has an empty answer: %+v", answer.Query, answer)
		}
		if refused && len(answer.Related) < 2 {
			t.Errorf("%+v is refused with %d related questions", answer.Query, len(answer.Related))
		}
		for _, related := range answer.Related {
			assertAnswered(t, a, related)
		}
		for _, p := range answer.Parts {
			if c, ok := p.(ask.Choice); ok {
				for _, option := range c.Options {
					assertAnswered(t, a, option)
				}
			}
		}
	}
}

func assertAnswered(t *testing.T, a *ask.Asker, q ask.Query) {
	t.Helper()
	answer := a.Answer(q, ask.English)
	if shown, refused := gist(answer); refused || answer.Kind == ask.KindChoice || q.Key() == "" {
		t.Errorf("%s is offered, and gets %v", q.Key(), shown)
	}
}

// TestFollowUps asks twice and looks at the second answer and at what it says it
// took over.
func TestFollowUps(t *testing.T) {
	a, _ := newAsker(t)
	for _, c := range []struct{ first, second, want, carried string }{
		{"Сколько хлопка собрали?", "а волокна?", "cotton_fibre_output/2025", ""},
		{"Сколько хлопка собрали?", "а в 2019?", "cotton_harvest/2019", "harvest"},
		{"Сколько хлопка собрали?", "в килограммах?", "cotton_harvest/2025", "harvest"},
		{"Урожай хлопка 2019", "а площадь?", "cotton_area/2019", "2019"},
		{"Сколько волокна произвели?", "сколько это в долларах, вся отрасль?", "output_value_usd/2025", ""},
		{"Рост одежды в 2022", "а текстиль?", "output_growth/2022/13", "clothing_growth 2022"},
		{"Доля текстиля", "а одежда?", "structure_share/2026-03/14", ""},
		{"сколько в долларах вся отрасль?", "рақмет, киім ше?", "structure_share/2026-03/14", ""},
		{"Қанша мақта жиналды?", "2010 жылы ше?", "cotton_harvest/2010", "harvest"},
		{"Қанша мақта жиналды?", "дереккөзі?", "from:cotton_harvest/2025/KZ/cotton_growing/physical", "harvest"},
		{"How much yarn?", "and fabric?", "fabric_output/2025", ""},
		{"Light industry output in 2019?", "in dollars?", "output_value/2019", "output 2019"},
		{"Доля Шымкента в выпуске легпрома за первый квартал 2023", "а Алматы?", "regional_share_of_output/2023-01..2023-03/KZ-75", "region_share 2023-01..2023-03"},
	} {
		first := a.Ask(ask.Question{Text: c.first, Today: today})
		second := a.Ask(ask.Question{Text: c.second, Today: today, Last: &first.Query})
		shown, refused := gist(second)
		if refused || !holds(shown, c.want) {
			t.Errorf("%q then %q: %v of %+v, want %s", c.first, c.second, shown, second.Query, c.want)
		}
		carried := ""
		if second.Carried != nil {
			carried = strings.TrimSpace(string(second.Carried.Topic) + " " + second.Carried.Period.String())
		}
		if carried != c.carried {
			t.Errorf("%q then %q: carried %q, want %q", c.first, c.second, carried, c.carried)
		}
		// Without the first question the second stands alone or is refused, and
		// names nothing as carried over.
		if alone := a.Ask(ask.Question{Text: c.second, Today: today}); alone.Carried != nil {
			t.Errorf("%q alone carries %+v", c.second, alone.Carried)
		}
	}
}

// TestForbidden asks for what must not be worked out, in three languages.
func TestForbidden(t *testing.T) {
	a, _ := newAsker(t)
	for _, c := range []struct {
		ban       facts.Ban
		questions [3]string
	}{
		{facts.BanGrowthBack, [3]string{"2024 жылы жеңіл өнеркәсіп көлемі қанша теңге болды?", "Каков был выпуск легпрома в 2024 году?", "What was light industry output in 2024?"}},
		{facts.BanFibreYield, [3]string{"Мақтаның қанша пайызы талшыққа айналады?", "Какой процент хлопка превращается в волокно?", "What percentage of cotton becomes fibre?"}},
		{facts.BanPerEnterprise, [3]string{"Бір кәсіпорынға шаққанда қанша теңге?", "Сколько тенге приходится на одно предприятие?", "Output per enterprise?"}},
		{facts.BanManufacturing, [3]string{"Өңдеу өнеркәсібінің көлемі қанша?", "Сколько вся обрабатывающая промышленность?", "How big is all manufacturing?"}},
	} {
		for _, text := range c.questions {
			answer := a.Ask(ask.Question{Text: text, Today: today})
			r, ok := answer.Parts[0].(ask.Refusal)
			if !ok || r.Ban != c.ban {
				t.Errorf("%q: %+v, want the ban %s", text, answer.Parts[0], c.ban)
			}
		}
	}
}

// TestOnlyFactsLeave looks at every figure of every answer: each proves itself.
func TestOnlyFactsLeave(t *testing.T) {
	a, book := newAsker(t)
	proved := 0
	prove := func(value sector.Decimal, ref string, unit sector.Unit) {
		proved++
		if err := book.Prove(value.String(), ref+"@"+string(unit)); err != nil {
			t.Error(err)
		}
	}
	for _, q := range everyQuestion(t) {
		for _, p := range a.Ask(q).Parts {
			switch p := p.(type) {
			case ask.Figure:
				prove(p.Value, string(p.Fact.Key), p.Unit)
			case ask.Comparison:
				for _, f := range p.Figures {
					prove(f.Value, string(f.Fact.Key), f.Unit)
				}
				for _, c := range []*facts.Calc{p.Difference, p.Ratio, p.Change} {
					if c != nil {
						prove(c.Value, c.Ref(), c.Unit)
					}
				}
			case ask.Worked:
				prove(p.Calc.Value, p.Calc.Ref(), p.Calc.Unit)
			case ask.Course:
				if p.Change != nil {
					prove(p.Change.Value, p.Change.Ref(), p.Change.Unit)
				}
			}
		}
	}
	if proved < 500 {
		t.Errorf("only %d figures were proved", proved)
	}
}

// TestThreeLanguagesOneMeaning asks the same in the three languages.
func TestThreeLanguagesOneMeaning(t *testing.T) {
	a, _ := newAsker(t)
	for _, q := range [][3]string{
		{"2019 жылы қанша мақта жиналды?", "Сколько хлопка собрали в 2019 году?", "How much cotton was harvested in 2019?"},
		{"Тоқыманың үлесі қандай?", "Какова доля текстиля?", "What is the share of textiles?"},
		{"Талшық пен иірімжіпті салыстыр", "Сравни волокно и пряжу", "Compare fibre and yarn"},
		{"2012 жылдан 2016 жылға дейін мақта жинау қалай өзгерді?", "Как менялся сбор хлопка с 2012 по 2016 год?", "How did the cotton harvest change from 2012 to 2016?"},
		{"Мақтаның бағасы қанша?", "Какова цена хлопка?", "What is the price of cotton?"},
		{"2023 жылғы бірінші тоқсанда Шымкенттің үлесі қандай болды?", "Какой была доля Шымкента в первом квартале 2023 года?", "What was the share of Shymkent in the first quarter of 2023?"},
		{"Өндіріс көлемі млн теңгемен қанша?", "Объём производства в млн тенге?", "Output in million tenge?"},
		{"Сала неше жылдан бері өсіп келеді?", "Сколько лет подряд растёт отрасль?", "How many years in a row has the sector grown?"},
	} {
		keys := make([]string, 0, len(q))
		for i, text := range q {
			answer := a.Ask(ask.Question{Text: text, Today: today})
			keys = append(keys, answer.Query.Key())
			if answer.Lang != ask.Langs()[i] {
				t.Errorf("%q is answered in %s", text, answer.Lang)
			}
		}
		if keys[0] == "" || keys[0] != keys[1] || keys[1] != keys[2] {
			t.Errorf("%v ask %q", q, keys)
		}
	}
}

// TestHostileTexts never yields a figure, and never takes long.
func TestHostileTexts(t *testing.T) {
	a, _ := newAsker(t)
	for name, text := range map[string]string{
		"empty": "", "blanks": " \t\n ", "emoji": "🐑🐑🐑", "digits": "42", "many digits": strings.Repeat("9", 4096), "tags": strings.Repeat("<b>", 1300),
		"long": strings.Repeat("мақта қанша жиналды ", 220), "one long word": strings.Repeat("хлопок", 700), "zero bytes": "\x00\x00", "bad bytes": "\xff\xfe\xf0\x28",
		"marks": strings.Repeat("\u0301", 2000), "right to left": "\u202eتقطن", "quotes": `'; DROP TABLE facts; --`, "template": "{{.}} ${7*7} %s %d",
		"punctuation": strings.Repeat("?!.,", 1000),
	} {
		answer := a.Ask(ask.Question{Text: text, Lang: ask.Kazakh, Today: today})
		shown, refused := gist(answer)
		if !refused || len(shown) != 1 || len(answer.Related) < 2 {
			t.Errorf("%s: %v, related %d", name, shown, len(answer.Related))
		}
	}
}

// TestRelativeYears reads "last year" by the day of the question.
func TestRelativeYears(t *testing.T) {
	a, _ := newAsker(t)
	for year, want := range map[int]string{2026: "cotton_harvest/2025", 2025: "cotton_harvest/2024", 2013: "cotton_harvest/2012"} {
		for _, text := range []string{"Былтыр қанша мақта жиналды?", "Сколько хлопка собрали в прошлом году?", "How much cotton was picked last year?"} {
			answer := a.Ask(ask.Question{Text: text, Today: time.Date(year, time.May, 3, 0, 0, 0, 0, time.UTC)})
			if shown, refused := gist(answer); refused || !holds(shown, want) {
				t.Errorf("%q in %d: %v, want %s", text, year, shown, want)
			}
		}
	}
}

func FuzzAsk(f *testing.F) {
	a, book := newAsker(f)
	for _, q := range everyQuestion(f)[:200] {
		f.Add(q.Text, string(q.Lang), "harvest-2019")
	}
	f.Fuzz(func(t *testing.T, text, lang, last string) {
		q := ask.Question{Text: text, Lang: ask.Lang(lang), Today: today}
		if l, err := ask.ParseKey(last); err == nil {
			q.Last = &l
		}
		answer := a.Ask(q)
		if len(answer.Parts) == 0 || answer.Kind == "" {
			t.Fatalf("%q has no answer", text)
		}
		if again := a.Ask(q); !reflect.DeepEqual(answer, again) {
			t.Fatalf("%q is answered in two ways", text)
		}
		if _, refused := gist(answer); refused && len(answer.Related) < 2 {
			t.Fatalf("%q is a dead end", text)
		}
		if key := answer.Query.Key(); key != "" {
			if _, err := ask.ParseKey(key); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
		}
		for _, p := range answer.Parts {
			if fig, ok := p.(ask.Figure); ok {
				if err := book.Prove(fig.Value.String(), string(fig.Fact.Key)+"@"+string(fig.Unit)); err != nil {
					t.Fatalf("%q: %v", text, err)
				}
			}
		}
	})
}

func FuzzParseKey(f *testing.F) {
	for _, key := range []string{"harvest", "harvest-2019", "textile--clothing-compare", "growth-2020m01m06-kz61-in_kg-no_price-not_fell", "rate-20260305"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		q, err := ask.ParseKey(key)
		if err != nil {
			if !errors.Is(err, ask.ErrNotKey) {
				t.Fatalf("ParseKey(%q): %v", key, err)
			}
			return
		}
		if q.Key() != key || !keyForm.MatchString(key) || !utf8.ValidString(key) {
			t.Fatalf("ParseKey(%q) is written %q", key, q.Key())
		}
	})
}

func ExampleAsker_Ask() {
	book, err := facts.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	asker, err := ask.New(book)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"Былтыр қанша мақта жиналды?", "skolko pryazhi vypustili", "How much coal was mined?"} {
		answer := asker.Ask(ask.Question{Text: text, Today: time.Date(2026, time.May, 3, 0, 0, 0, 0, time.UTC)})
		switch part := answer.Parts[0].(type) {
		case ask.Figure:
			fmt.Println(answer.Lang, answer.Query.Key(), part.Value, part.Unit)
		case ask.Refusal:
			fmt.Println(answer.Lang, part.Reason, answer.Related[0].Key())
		}
	}
	// Output:
	// kk harvest-2025 466 thousand_tonnes
	// ru yarn 500 tonnes
	// en out_of_scope harvest
}

func ExampleParseKey() {
	q, err := ask.ParseKey("harvest-2004to2016-trend")
	fmt.Println(q.Topics, q.Op, q.Periods[0], err)
	_, err = ask.ParseKey("sheep")
	fmt.Println(err)
	// Output:
	// [harvest] trend 2004..2016 <nil>
	// reading "sheep": not a query key
}
