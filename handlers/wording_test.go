package handlers

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

func wordingMind(t testing.TB) *Mind {
	t.Helper()
	m, err := NewMind(time.FixedZone("Asia/Almaty", 5*60*60))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// answerOf is the answer that a fact alone would give.
func answerOf(f *facts.Fact) ask.Answer {
	return ask.Answer{
		Kind: ask.KindFigure, Parts: []ask.Part{ask.Figure{Topic: ask.Harvest, Fact: f, Value: f.Value, Unit: f.Unit}},
		Sources: []*facts.Source{f.Source}, Caution: f.Cautions,
	}
}

func plain(t testing.TB, m *Mind, lang chat.Lang, text chat.Text) string {
	t.Helper()
	s, err := m.Words.RenderPlain(lang, text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Words.Render(lang, text); err != nil {
		t.Fatal(err)
	}
	return s
}

// sentences counts the sentences of a text; the full stop of an abbreviation, as
// in "2026 г.", ends none unless a capital follows.
var sentenceEnd = regexp.MustCompile(`[.!?](\s+[\p{Lu}\d]|$)`)

func sentences(s string) int {
	return len(sentenceEnd.FindAllString(strings.ReplaceAll(s, "\n", " "), -1))
}

func TestEveryFactIsWorded(t *testing.T) {
	m := wordingMind(t)
	for _, f := range m.Book.Facts() {
		for _, lang := range chat.Langs() {
			said := plain(t, m, lang, m.wordAnswer(answerOf(f)))
			if n := sentences(said); n > 4 {
				t.Errorf("%s in %s: %d sentences:\n%s", f.Key, lang, n, said)
			}
			if n := utf8.RuneCountInString(said); n > 350 {
				t.Errorf("%s in %s: %d characters:\n%s", f.Key, lang, n, said)
			}
			if f.Unit == sector.UnitRank {
				continue // said in words
			}
			figure := plain(t, m, lang, figureNumber(f))
			if at := strings.Index(said, figure); at < 0 || utf8.RuneCountInString(said[:at+len(figure)]) > 60 {
				t.Errorf("%s in %s: figure %q is not within the first 60 characters:\n%s", f.Key, lang, figure, said)
			}
			if first, _ := utf8.DecodeRuneInString(said); unicode.IsLower(first) {
				t.Errorf("%s in %s begins with a small letter:\n%s", f.Key, lang, said)
			}
		}
	}
}

// figureNumber is the bare figure as the sentence of the fact shows it.
func figureNumber(f *facts.Fact) chat.Text {
	shown := writtenOut(f.Unit)
	value, _ := sector.Convert(f.Value, f.Unit, shown)
	return locales.LabelNumber(proved(f, value, shown))
}

// The three languages say the same numbers.
func TestNumbersAgreeAcrossLanguages(t *testing.T) {
	m := wordingMind(t)
	for _, f := range m.Book.Facts() {
		var first []string
		for _, lang := range chat.Langs() {
			numbers := numbersIn(lang, plain(t, m, lang, m.wordAnswer(answerOf(f))))
			if first == nil {
				first = numbers
			} else if !slices.Equal(first, numbers) {
				t.Errorf("%s: %v in Kazakh, %v in %s", f.Key, first, numbers, lang)
			}
		}
	}
}

var numeral = regexp.MustCompile(`\d[\d\x{00a0}]*(?:[.,]\d+)*`)

func numbersIn(lang chat.Lang, s string) []string {
	var found []string
	for _, n := range numeral.FindAllString(s, -1) {
		n = strings.ReplaceAll(strings.TrimRight(n, "\u00a0"), "\u00a0", "")
		if lang == chat.English {
			n = strings.ReplaceAll(n, ",", "")
		} else {
			n = strings.ReplaceAll(n, ",", ".")
		}
		found = append(found, n)
	}
	slices.Sort(found)
	return found
}

// Whatever the data can hold has its words.
func TestEveryKeyHasWords(t *testing.T) {
	m := wordingMind(t)
	tests := map[string]struct {
		known func(string) bool
		keys  []string
	}{
		"topic":     {locales.SubjectKnown, texts(ask.Topics())},
		"caution":   {locales.CautionKnown, texts(facts.Cautions())},
		"ban":       {locales.BanKnown, texts(facts.Bans())},
		"missing":   {locales.MissingKnown, texts(ask.Missings())},
		"meaning":   {locales.MeaningKnown, texts(ask.Terms())},
		"statement": {locales.StatementKnown, texts(facts.StatementIDs())},
		"branch":    {locales.BranchKnown, texts(sector.Branches())},
		"region":    {locales.RegionKnown, append(texts(sector.Regions()), string(sector.Kazakhstan))},
	}
	for name, test := range tests {
		for _, key := range test.keys {
			if !test.known(key) {
				t.Errorf("%s %q has no words", name, key)
			}
		}
	}
	for _, s := range m.Book.Sources() {
		if !locales.SourceKnown(string(s.ID)) {
			t.Errorf("source %q has no words", s.ID)
		}
	}
	for _, f := range m.Book.Facts() {
		if !locales.FactKnown(sentenceKey(f)) {
			t.Errorf("fact %q has no sentence", f.Key)
		}
		if !locales.UnitKnown(unitWord(f.Unit, f.Indicator)) {
			t.Errorf("unit %q has no words", f.Unit)
		}
	}
	for _, about := range ask.MetaTopics() {
		if about != ask.MetaFresh && !locales.MetaKnown(string(about)) {
			t.Errorf("question %q about the bot has no answer", about)
		}
	}
}

func texts[T ~string](keys []T) []string {
	words := make([]string, len(keys))
	for i, k := range keys {
		words[i] = string(k)
	}
	return words
}

func TestEverySourceIsWorded(t *testing.T) {
	m := wordingMind(t)
	for _, s := range m.Book.Sources() {
		for _, lang := range chat.Langs() {
			said := plain(t, m, lang, wordSource(s, true))
			if !strings.Contains(said, s.Link) {
				t.Errorf("%s in %s: no link in\n%s", s.ID, lang, said)
			}
		}
	}
	for _, lang := range chat.Langs() {
		if n := len(strings.Split(plain(t, m, lang, m.wordSources()), "\n")); n != len(m.Book.Sources())+1 {
			t.Errorf("list of sources in %s has %d lines", lang, n)
		}
	}
}

func TestRefusalsSayThatThereIsNoData(t *testing.T) {
	m := wordingMind(t)
	no := map[chat.Lang]*regexp.Regexp{
		chat.Kazakh:  regexp.MustCompile(`дерегім жоқ|дерегі жоқ|жауап беремін|дерек.* жоқ|жарияланбаған|есептемеймін|белгісіз|көрінбейді`),
		chat.Russian: regexp.MustCompile(`данных|нет|отвечаю|не опубликована|неизвестна|не считаю|не перевожу`),
		chat.English: regexp.MustCompile(`no data|only answer|no value|not published|not known|not work out|no question|no count`),
	}
	check := func(p ask.Refusal) {
		for _, lang := range chat.Langs() {
			said := plain(t, m, lang, m.wordAnswer(ask.Answer{Kind: ask.KindRefusal, Parts: []ask.Part{p}}))
			t.Logf("%+v\n    %s", p, said)
			if !no[lang].MatchString(said) {
				t.Errorf("%s, %s, %s in %s: no refusal in %q", p.Reason, p.Missing, p.Ban, lang, said)
			}
		}
	}
	for _, missing := range ask.Missings() {
		check(ask.Refusal{Reason: ask.NoTopic, Topic: ask.Harvest, Missing: missing})
	}
	for _, ban := range facts.Bans() {
		check(ask.Refusal{Reason: ask.Forbidden, Ban: ban})
	}
	for _, reason := range []ask.Reason{ask.OutOfScope, ask.NotRead, ask.NoQuestion} {
		check(ask.Refusal{Reason: reason})
	}
	check(ask.Refusal{Reason: ask.NoRegion, Topic: ask.Harvest, Region: sector.Turkistan})
	years := []sector.Period{sector.YearOf(2019), sector.YearOf(2022), sector.MonthsOf(2023, time.January, time.March), sector.YearOf(2025)}
	for n := range years {
		check(ask.Refusal{Reason: ask.NoPeriod, Topic: ask.Output, Period: sector.YearOf(2018), Known: years[:n+1]})
	}
	check(ask.Refusal{Reason: ask.NoPeriod, Period: sector.MonthsOf(2018, time.January, time.October), Known: append(years, sector.YearsOf(2020, 2025))})
	check(ask.Refusal{Reason: ask.NoPeriod, Period: sector.YearsOf(1990, 1999)})
	check(ask.Refusal{Reason: ask.NoPeriod, Period: sector.Period{Kind: sector.ADay, Year: 2019, Month: time.May, Day: 9}})
	check(ask.Refusal{Reason: ask.NoPeriod, Period: sector.MonthsOf(2019, time.May, time.May), Known: []sector.Period{{Kind: sector.AMonth, Year: 2026, Month: time.March}}})
}

// Words cost little beside understanding the question.
func BenchmarkWording(b *testing.B) {
	m := wordingMind(b)
	var answers []ask.Answer
	for _, f := range m.Book.Facts() {
		answers = append(answers, answerOf(f))
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := m.Words.Render(chat.Langs()[i%3], m.wordAnswer(answers[i%len(answers)])); err != nil {
			b.Fatal(err)
		}
		i++
	}
}
