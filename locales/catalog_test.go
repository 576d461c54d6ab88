package locales

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"maqta/bot/chat"
)

// Sample arguments of the generated samples.
var (
	sampleCount  = chat.Number{Value: "5.2", Proof: chat.Proof{Kind: chat.ByFact, Ref: "sample"}}
	sampleNumber = chat.Number{Value: "466000", Proof: chat.Proof{Kind: chat.ByFact, Ref: "sample"}}
	samplePlain  = chat.Plain{Value: "2025", Proof: chat.Proof{Kind: chat.ByDate}}
	sampleDay    = chat.On(time.Date(2026, time.March, 5, 9, 0, 0, 0, time.UTC))
	sampleQuote  = chat.Quote(`<b>&"7`)
	sampleText   = LanguageEnglish()
)

func believe(chat.Number) error { return nil }

func catalog(t testing.TB, opts ...Option) *Catalog {
	t.Helper()
	c, err := New(believe, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestEveryMessageRendersInEveryLanguage(t *testing.T) {
	c := catalog(t)
	for _, text := range samples() {
		for _, lang := range chat.Langs() {
			html, err := c.Render(lang, text)
			if err != nil {
				t.Error(err)
				continue
			}
			plain, err := c.RenderPlain(lang, text)
			if err != nil {
				t.Error(err)
			}
			if err := validHTML(html); err != nil {
				t.Errorf("%s in %s: %v\n%s", text.ID, lang, err, html)
			}
			for _, s := range []string{html, plain} {
				if strings.Contains(s, "{{") || strings.Contains(s, "<no value>") || strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Co, r) }) {
					t.Errorf("%s in %s: left-overs in %q", text.ID, lang, s)
				}
			}
			if strings.Contains(plain, "&amp;") || strings.Contains(plain, "</") {
				t.Errorf("%s in %s: mark-up in plain text %q", text.ID, lang, plain)
			}
		}
	}
}

// validHTML is Telegram's rule: known tags, properly nested, every other mark an
// entity.
func validHTML(s string) error {
	var open []string
	for s != "" {
		i := strings.IndexAny(s, "<>&")
		if i < 0 {
			break
		}
		s = s[i:]
		switch s[0] {
		case '>':
			return errors.New("stray >")
		case '&':
			end := strings.IndexByte(s, ';')
			if end < 0 || !strings.Contains(" amp lt gt quot ", " "+s[1:end]+" ") {
				return fmt.Errorf("bad entity in %.10q", s)
			}
			s = s[end+1:]
		case '<':
			end := strings.IndexByte(s, '>')
			if end < 0 {
				return errors.New("stray <")
			}
			tag := s[1:end]
			s = s[end+1:]
			if name, closing := strings.CutPrefix(tag, "/"); closing {
				if len(open) == 0 || open[len(open)-1] != name {
					return fmt.Errorf("</%s> out of place", name)
				}
				open = open[:len(open)-1]
				continue
			}
			name, _, _ := strings.Cut(tag, " ")
			if !strings.Contains(" b i u s code pre a blockquote ", " "+name+" ") {
				return fmt.Errorf("tag <%s>", tag)
			}
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("<%s> is open", open[len(open)-1])
	}
	return nil
}

// A figure written into any text, at any place, keeps the message from leaving.
func TestDigitInAnyTextIsRefused(t *testing.T) {
	for _, digit := range []string{"7", "٣"} {
		c := catalog(t, Rewrite(func(_ chat.Lang, _, text string) string { return text + digit }))
		for _, text := range samples() {
			for _, lang := range chat.Langs() {
				if html, err := c.Render(lang, text); !errors.Is(err, ErrUnproved) {
					t.Errorf("%s in %s: got %q, %v", text.ID, lang, html, err)
				}
				if plain, err := c.RenderPlain(lang, text); !errors.Is(err, ErrUnproved) {
					t.Errorf("%s in %s: got %q, %v", text.ID, lang, plain, err)
				}
			}
		}
	}
}

func TestUnprovedArgumentIsRefused(t *testing.T) {
	doubt := errors.New("no such figure")
	tests := map[string]struct {
		prove Prover
		proof chat.Proof
		want  error
	}{
		"no proof":         {believe, chat.Proof{}, ErrUnproved},
		"unknown proof":    {believe, chat.Proof{Kind: "hearsay"}, ErrUnproved},
		"fact, no prover":  {nil, chat.Proof{Kind: chat.ByFact}, ErrUnproved},
		"fact, doubted":    {func(chat.Number) error { return doubt }, chat.Proof{Kind: chat.ByFact}, doubt},
		"calc, doubted":    {func(chat.Number) error { return doubt }, chat.Proof{Kind: chat.ByCalc}, ErrUnproved},
		"fact, confirmed":  {believe, chat.Proof{Kind: chat.ByFact}, nil},
		"rule, not asked":  {nil, chat.Proof{Kind: chat.ByRule}, nil},
		"count, not asked": {nil, chat.Proof{Kind: chat.ByCount}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, err := New(test.prove)
			if err != nil {
				t.Fatal(err)
			}
			text := CalendarDayMonth(chat.Plain{Value: "5", Proof: test.proof}, LanguageEnglish())
			if _, err := c.Render(chat.English, text); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestMistakesAreErrors(t *testing.T) {
	c := catalog(t)
	loop := CalendarDayMonth(samplePlain, chat.Text{})
	loop.Args["Month"] = loop
	tests := map[string]chat.Text{
		"unknown message":   {ID: "no.such.message"},
		"nothing":           {},
		"argument missing":  {ID: "calendar.date", Args: map[string]any{"Year": samplePlain}},
		"wrong type":        {ID: "calendar.day_month", Args: map[string]any{"Day": sampleNumber, "Month": sampleText}},
		"foreign type":      {ID: "calendar.day_month", Args: map[string]any{"Day": 5, "Month": sampleText}},
		"endless nesting":   loop,
		"part of composite": chat.Lines(LanguageEnglish(), chat.Text{ID: "no.such.message"}),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			for _, lang := range chat.Langs() {
				if got, err := c.Render(lang, text); err == nil || got != "" {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
	if got, err := c.Render("uz", LanguageEnglish()); err == nil {
		t.Errorf("a language that we do not speak gave %q", got)
	}
}

func TestQuotedWordsAreEscapedAndCannotForgeProof(t *testing.T) {
	c := catalog(t)
	forged := chat.Quote("a\uE001" + "999\uE000b <b>&\"'\x00")
	got, err := c.Render(chat.English, HelpContact(forged))
	if err != nil {
		t.Fatal(err)
	}
	if want := "Contact: a999b &lt;b&gt;&amp;&quot;'"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDates(t *testing.T) {
	c := catalog(t)
	wants := map[chat.Lang][3]string{
		chat.Kazakh:  {"2026 жылғы 5 наурыз", "5 наурыз", "2026 жылғы наурыз"},
		chat.Russian: {"5 марта 2026 г.", "5 марта", "март 2026 г."},
		chat.English: {"5 March 2026", "5 March", "March 2026"},
	}
	for lang, want := range wants {
		for i, function := range []string{"date", "dayMonth", "monthYear"} {
			f := frame{catalog: c, speaker: c.speakers[lang]}
			if err := f.day(function, sampleDay); err != nil {
				t.Fatal(err)
			}
			if got, err := unseal(f.out.String()); err != nil || got != want[i] {
				t.Errorf("%s in %s: got %q, %v; want %q", function, lang, got, err, want[i])
			}
		}
	}
	for m := time.January; m <= time.December; m++ {
		if !MonthKnown(MonthKey(m)) {
			t.Errorf("no words for %s", m)
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct{ value, kk, ru, en string }{
		{"0", "0", "0", "0"},
		{"500", "500", "500", "500"},
		{"1130", "1\u00a0130", "1\u00a0130", "1,130"},
		{"466000", "466\u00a0000", "466\u00a0000", "466,000"},
		{"13.2", "13,2", "13,2", "13.2"},
		{"-1234567.05", "-1\u00a0234\u00a0567,05", "-1\u00a0234\u00a0567,05", "-1,234,567.05"},
	}
	for _, test := range tests {
		for i, want := range []string{test.kk, test.ru, test.en} {
			s, err := symbolsOf(chat.Langs()[i])
			if err != nil {
				t.Fatal(err)
			}
			if got, err := s.format(test.value); err != nil || got != want {
				t.Errorf("%s in %s: got %q, %v; want %q", test.value, chat.Langs()[i], got, err, want)
			}
		}
	}
	for _, bad := range []string{"", "-", ".", "1.", ".5", "1e6", "1 000", "1,5", "--1", "٣", "0x10", "1.2.3"} {
		s, _ := symbolsOf(chat.English)
		if got, err := s.format(bad); err == nil {
			t.Errorf("%q was read as %q", bad, got)
		}
	}
}

func TestIsSafeForConcurrentUse(t *testing.T) {
	c := catalog(t)
	done := make(chan error)
	for range 4 {
		go func() {
			_, err := c.Render(chat.Kazakh, StartWelcome())
			done <- err
		}()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func ExampleCatalog_Render() {
	c, err := New(nil)
	if err != nil {
		panic(err)
	}
	day := chat.On(time.Date(2026, time.March, 5, 0, 0, 0, 0, time.UTC)).Date
	text := CalendarDate(chat.Plain{Value: "5", Proof: chat.Proof{Kind: chat.ByDate}}, MonthOf(MonthKey(day.Month())), chat.Year(day.Year()))
	for _, lang := range chat.Langs() {
		words, err := c.Render(lang, text)
		fmt.Println(words, err)
	}
	// Output:
	// 2026 жылғы 5 наурыз <nil>
	// 5 марта 2026 г. <nil>
	// 5 March 2026 <nil>
}

func BenchmarkRender(b *testing.B) {
	c := catalog(b)
	text := chat.Lines(StartWelcome(), CalendarDate(samplePlain, MonthOf("03"), samplePlain), HelpContact("Maqta"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Render(chat.Kazakh, text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(believe); err != nil {
			b.Fatal(err)
		}
	}
}

// Whatever people write, the message stays valid and shows their words as they
// wrote them.
func FuzzRenderQuotes(f *testing.F) {
	c := catalog(f)
	f.Add("<b>&amp;\"'</b>")
	f.Add("\uE000 7 \uE001<")
	f.Add("қанша мақта жиналды 466 000?")
	f.Fuzz(func(t *testing.T, said string) {
		for _, lang := range chat.Langs() {
			html, err := c.Render(lang, GroupHint(chat.Quote(said)))
			if err != nil {
				t.Fatal(err)
			}
			if err := validHTML(html); err != nil {
				t.Errorf("%v: %q", err, html)
			}
			plain, err := c.RenderPlain(lang, GroupHint(chat.Quote(said)))
			if err != nil {
				t.Fatal(err)
			}
			clean := strings.Map(func(r rune) rune {
				if r == seal || r == unsign || unicode.IsControl(r) && r != '\n' && r != '\t' {
					return -1
				}
				return r
			}, said)
			if !strings.Contains(plain, clean) {
				t.Errorf("%q is not in %q", clean, plain)
			}
		}
	})
}

func TestSentencesBeginAndEndOnce(t *testing.T) {
	c := catalog(t)
	day := CiteDay(sampleDay)
	tests := []struct {
		lang chat.Lang
		text chat.Text
		want string
	}{
		{chat.Russian, CiteLine(day), "Источник: 5 марта 2026 г."}, // one stop, not two
		{chat.Kazakh, CiteLine(day), "Дереккөз: 2026 жылғы 5 наурыз."},
		{chat.English, LabelButton(BranchName("13")), "Textiles"},
		{chat.Russian, LabelButton(RegionIn("KZ-61")), "В Туркестанской области"},
		{chat.Kazakh, LabelWith(BranchName("14"), SubjectLabel("mci")), "АЕК, киім өндірісі"},
	}
	for _, test := range tests {
		if got, err := c.Render(test.lang, test.text); err != nil || got != test.want {
			t.Errorf("got %q, %v; want %q", got, err, test.want)
		}
	}
}
