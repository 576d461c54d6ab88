package ask_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/sector/ask"
	"maqta/sector/facts"
)

// today is the day on which the development questions are asked.
var today = time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)

func newAsker(t testing.TB) (*ask.Asker, *facts.Book) {
	t.Helper()
	book, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, err := ask.New(book)
	if err != nil {
		t.Fatal(err)
	}
	return a, book
}

// shortNames are what the notes of the question sets call the headline facts and
// statements.
var shortNames = map[string]string{
	"harvest": "cotton_harvest/2025", "fibre": "cotton_fibre_output/2025", "yarn": "yarn_output/2025", "fabric": "fabric_output/2025",
	"finished": "finished_textiles_output/2025", "growth": "output_growth/2025", "kzt": "output_value/2025", "usd": "output_value_usd/2025",
	"rate": "exchange_rate/2026-03-05", "share_mfg": "share_in_manufacturing/2026-03", "textile": "structure_share/2026-03/13",
	"clothing": "structure_share/2026-03/14", "footwear": "structure_share/2026-03/15", "small": "small_business_share/2026-03",
	"structure": "structure_share/2026-03/13,structure_share/2026-03/14,structure_share/2026-03/15",
	"turkestan": "said:turkistan_most_enterprises", "who": "said:who_spoke", "five": "said:steady_growth", "drafter": "said:programme_drafter",
	"record": "said:record_harvest", "employ": "said:employment_importance", "plans": "said:plans", "companies": "said:programme_return",
	"content": "said:programme_content", "programme": "said:programme_decision", "reason": "said:programme_reason",
	"source": "meta:source", "about": "meta:about", "rate_src": "meta:rate", "fresh": "meta:fresh", "help": "meta:help",
}

// gist is an answer as the notes write it: what was shown, in short keys.
func gist(a ask.Answer) (shown []string, refused bool) {
	put := func(s string) {
		if !slices.Contains(shown, s) {
			shown = append(shown, s)
		}
	}
	fact := func(f *facts.Fact) { put(string(f.Key)) }
	for _, p := range a.Parts {
		switch p := p.(type) {
		case ask.Figure:
			fact(p.Fact)
		case ask.Told:
			put("said:" + string(p.Statement.ID))
		case ask.Shares:
			for _, f := range p.Facts {
				fact(f)
			}
		case ask.Course:
			for _, f := range p.Facts {
				fact(f)
			}
		case ask.Extreme:
			fact(p.Fact)
		case ask.Comparison:
			for _, f := range p.Figures {
				fact(f.Fact)
			}
		case ask.Worked:
			put("calc:" + p.Calc.Ref())
		case ask.WorkedRange:
			put("range")
		case ask.Choice:
			put("choice:" + string(p.About))
		case ask.Refusal:
			refused = true
			put("no:" + string(p.Reason) + ":" + string(p.Missing) + string(p.Ban))
		case ask.Correction:
			put("not:" + string(p.Claim))
		case ask.Definition:
			put("term:" + string(p.Term))
		case ask.Provenance:
			put("from:" + string(p.Fact.Key))
		case ask.Meta:
			put("meta:" + string(p.About))
		}
	}
	return shown, refused
}

// holds reports whether the shown keys hold the wanted one, whose indicator,
// period and whatever more it names must all be there.
func holds(shown []string, want string) bool {
	return slices.ContainsFunc(shown, func(s string) bool {
		if s == want {
			return true
		}
		parts := strings.Split(s, "/")
		wanted := strings.Split(want, "/")
		if len(parts) < 2 || len(wanted) < 2 || parts[0] != wanted[0] || parts[1] != wanted[1] {
			return false
		}
		for _, w := range wanted[2:] {
			if !slices.Contains(parts[2:], w) {
				return false
			}
		}
		return true
	})
}

type devQuestion struct{ id, lang, kind, text, note string }

// readAny returns language and text of the questions of either file.
func readAny(t testing.TB, file string) [][2]string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		switch c := strings.Split(line, "\t"); {
		case i == 0:
		case len(c) == 4:
			out = append(out, [2]string{c[0], c[2]})
		default:
			out = append(out, [2]string{c[1], c[3]})
		}
	}
	return out
}

func readQuestions(t testing.TB, file string) []devQuestion {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var qs []devQuestion
	for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		c := strings.Split(line, "\t")
		if i == 0 {
			continue
		}
		qs = append(qs, devQuestion{c[0], c[1], c[2], c[3], c[7]})
	}
	return qs
}

// judge says what is wrong with an answer to a question of the development set,
// "" where nothing is.
func judge(a *ask.Asker, q devQuestion) string {
	answer := a.Ask(ask.Question{Text: q.text, Lang: ask.Lang(q.lang), Today: today})
	shown, refused := gist(answer)
	fail := func(format string, args ...any) string {
		return fmt.Sprintf("%s %s %s %q: %s; query %+v, answer %v in %s", q.id, q.lang, q.kind, q.text, fmt.Sprintf(format, args...), answer.Query, shown, answer.Lang)
	}
	if string(answer.Lang) != q.lang && !strings.Contains(q.note, "ANYLANG") {
		return fail("language")
	}
	wanted, named := strings.CutPrefix(strings.SplitN(q.note, ";", 2)[0], "fact=")
	if !named {
		if !refused {
			return fail("should be refused")
		}
		if len(answer.Related) < 2 {
			return fail("fewer than two related questions")
		}
		return ""
	}
	if refused && !strings.Contains(q.note, "or NODATA") {
		return fail("refused")
	}
	for name := range strings.SplitSeq(wanted, ",") {
		long := name
		if s, ok := shortNames[name]; ok {
			long = s
		}
		for w := range strings.SplitSeq(long, ",") {
			if !holds(shown, w) {
				return fail("lacks %s", w)
			}
		}
	}
	if len(shown) > len(strings.Split(wanted, ","))+3 && q.kind != "structure" && q.kind != "trend" {
		return fail("says too much")
	}
	return ""
}

func TestDevelopmentQuestions(t *testing.T) {
	a, _ := newAsker(t)
	right := map[string][2]int{}
	for _, q := range readQuestions(t, "testdata/questions-dev.tsv") {
		count := right[q.lang]
		count[1]++
		if problem := judge(a, q); problem != "" {
			t.Error(problem)
		} else {
			count[0]++
		}
		right[q.lang] = count
	}
	t.Logf("right by language: %v", right)
}

// TestOwnQuestions asks questions written for this package, in every kind of the
// development set. Expected is a list of facts, NO for a refusal, choice for a
// question back; alternatives are parted by a bar.
func TestOwnQuestions(t *testing.T) {
	a, _ := newAsker(t)
	content, err := os.ReadFile("testdata/questions-own.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")[1:]
	right, all := map[string]int{}, map[string]int{}
	for _, line := range lines {
		c := strings.Split(line, "\t")
		if len(c) != 4 {
			t.Fatalf("line %q has %d cells", line, len(c))
		}
		answer := a.Ask(ask.Question{Text: c[2], Lang: ask.Lang(c[0]), Today: today})
		shown, refused := gist(answer)
		all[c[0]]++
		ok := false
		for want := range strings.SplitSeq(c[3], "|") {
			ok = ok || matchesExpectation(answer, shown, refused, want)
		}
		if ok && string(answer.Lang) != c[0] && c[1] != "mixed" && c[1] != "injection" {
			ok = false
		}
		if !ok {
			t.Errorf("%s %s %q: want %s; query %+v, answer %v in %s", c[0], c[1], c[2], c[3], answer.Query, shown, answer.Lang)
			continue
		}
		right[c[0]]++
	}
	t.Logf("right %v of %v", right, all)
}

func matchesExpectation(answer ask.Answer, shown []string, refused bool, want string) bool {
	switch want {
	case "NO":
		return refused && len(answer.Related) >= 2
	case "choice":
		return answer.Kind == ask.KindChoice
	}
	if refused {
		return false
	}
	for name := range strings.SplitSeq(want, ",") {
		long := name
		if s, ok := shortNames[name]; ok {
			long = s
		}
		for w := range strings.SplitSeq(long, ",") {
			if !holds(shown, w) {
				return false
			}
		}
	}
	return true
}

// TestNothingIsInvented asks for what the facts do not hold but come near to:
// exports of clothing, cotton oil, a district's crop of another year. None gets a
// figure as its answer.
func TestNothingIsInvented(t *testing.T) {
	a, _ := newAsker(t)
	content, err := os.ReadFile("testdata/questions-none.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")[1:]
	for _, line := range lines {
		lang, text, _ := strings.Cut(line, "\t")
		answer := a.Ask(ask.Question{Text: text, Lang: ask.Lang(lang), Today: today})
		if shown, refused := gist(answer); !refused || len(answer.Related) < 2 {
			t.Errorf("%s %q: %v of %+v", lang, text, shown, answer.Query)
		}
	}
	if len(lines) < 200 {
		t.Errorf("only %d questions", len(lines))
	}
}
