package eval

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

// Goal is what a question set must reach.
type Goal struct {
	All     float64 // share of right replies over the set
	PerLang float64 // and in each language
}

// The goals: questions that were at hand while the wording was made, and others.
var (
	SeenGoal   = Goal{All: 0.99, PerLang: 0.99}
	UnseenGoal = Goal{All: 0.95, PerLang: 0.95}
)

// tally counts verdicts.
type tally struct{ asked, right, unanswered, wrong int }

func (t *tally) add(o Outcome) {
	t.asked++
	switch o {
	case Right:
		t.right++
	case Unanswered:
		t.unanswered++
	case Wrong:
		t.wrong++
	}
}

func (t tally) share() float64 {
	if t.asked == 0 {
		return 1
	}
	return float64(t.right) / float64(t.asked)
}

// Report is a judged set.
type Report struct {
	Name    string
	Results []Result
}

// count tallies the results by a property of the question.
func (r *Report) count(by func(*Result) string) (map[string]tally, []string) {
	tallies := make(map[string]tally)
	for i := range r.Results {
		t := tallies[by(&r.Results[i])]
		t.add(r.Results[i].Verdict.Outcome)
		tallies[by(&r.Results[i])] = t
	}
	names := make([]string, 0, len(tallies))
	for name := range tallies {
		names = append(names, name)
	}
	sort.Strings(names)
	return tallies, names
}

// kazakhBehind is by how much Kazakh may be behind Russian.
const kazakhBehind = 0.02

// refusedGoal is the share of questions without an answer that must be refused.
const refusedGoal = 0.99

// Misses lists the goals that the set misses; none means it passes.
func (r *Report) Misses(goal Goal) []string {
	var misses []string
	miss := func(format string, args ...any) {
		misses = append(misses, r.Name+": "+fmt.Sprintf(format, args...))
	}
	all, _ := r.count(func(*Result) string { return "" })
	if t := all[""]; t.share() < goal.All {
		miss("%.1f%% right, the goal is %.0f%%", 100*t.share(), 100*goal.All)
	}
	byLang, langs := r.count(func(r *Result) string { return r.Question.Lang })
	for _, lang := range langs {
		if t := byLang[lang]; t.share() < goal.PerLang {
			miss("%s %.1f%% right, the goal is %.0f%%", lang, 100*t.share(), 100*goal.PerLang)
		}
	}
	if behind := byLang["ru"].share() - byLang["kk"].share(); behind > kazakhBehind {
		miss("kk is %.1f points behind ru, the goal is %.0f", 100*behind, 100*kazakhBehind)
	}
	if refused, asked := r.refused(); float64(refused) < refusedGoal*float64(asked) {
		miss("%d of %d questions without an answer are refused, the goal is %.0f%%", refused, asked, 100*refusedGoal)
	}
	if n := all[""].wrong; n > 0 {
		miss("%d wrong, the goal is none", n)
	}
	if n := r.deadEnds(); n > 0 {
		miss("%d dead ends, the goal is none", n)
	}
	return misses
}

// refused counts the questions without an answer, and those of them that were
// rightly refused.
func (r *Report) refused() (refused, asked int) {
	for i := range r.Results {
		res := &r.Results[i]
		if !res.Question.Unanswerable() {
			continue
		}
		asked++
		if res.Verdict.Outcome == Right {
			refused++
		}
	}
	return refused, asked
}

func (r *Report) deadEnds() int {
	n := 0
	for i := range r.Results {
		if r.Results[i].DeadEnd() {
			n++
		}
	}
	return n
}

// Write prints the report: accuracy by language and kind, then every reply that is
// not right, every dead end and every breach of the limits. Replies of a set that
// is held out are not printed: only their numbers are.
func (r *Report) Write(to io.Writer, held bool) error {
	var b strings.Builder
	r.writeTable(&b)
	breaches, untold := 0, 0
	for i := range r.Results {
		res := &r.Results[i]
		if len(res.Breaches) > 0 {
			breaches++
		}
		if res.Verdict.Refusal && res.Live < 0 {
			untold++
		}
	}
	refused, asked := r.refused()
	fmt.Fprintf(&b, "  no answer: %d of %d refused; dead ends %d; refusals that tell no suggestions %d; replies over the limits %d\n",
		refused, asked, r.deadEnds(), untold, breaches)
	if !held {
		r.writeDetails(&b)
	}
	if _, err := io.WriteString(to, b.String()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// writeTable writes a row for each kind and a column for each language, right of asked.
func (r *Report) writeTable(b *strings.Builder) {
	byLang, langs := r.count(func(r *Result) string { return r.Question.Lang })
	byKind, kinds := r.count(func(r *Result) string { return r.Question.Kind })
	both, _ := r.count(func(r *Result) string { return r.Question.Kind + " " + r.Question.Lang })
	all, _ := r.count(func(*Result) string { return "" })
	cell := func(t tally) string {
		if t.asked == 0 {
			return "-"
		}
		return fmt.Sprintf("%d/%d", t.right, t.asked)
	}
	row := func(name string, total tally, of func(lang string) tally) {
		fmt.Fprintf(b, "  %-18s", name)
		for _, lang := range langs {
			fmt.Fprintf(b, " %9s", cell(of(lang)))
		}
		fmt.Fprintf(b, " %9s %6.1f%%  %3d unanswered  %3d wrong\n", cell(total), 100*total.share(), total.unanswered, total.wrong)
	}
	fmt.Fprintf(b, "%s: %d questions\n  %-18s", r.Name, all[""].asked, "right of asked")
	for _, lang := range langs {
		fmt.Fprintf(b, " %9s", lang)
	}
	fmt.Fprintf(b, " %9s\n", "all")
	for _, kind := range kinds {
		row(kind, byKind[kind], func(lang string) tally { return both[kind+" "+lang] })
	}
	row("all", all[""], func(lang string) tally { return byLang[lang] })
	for _, lang := range langs {
		t := byLang[lang]
		fmt.Fprintf(b, "  %s %.1f%% right, %d unanswered, %d wrong\n", lang, 100*t.share(), t.unanswered, t.wrong)
	}
}

func (r *Report) writeDetails(b *strings.Builder) {
	for _, outcome := range []Outcome{Wrong, Unanswered} {
		for i := range r.Results {
			if res := &r.Results[i]; res.Verdict.Outcome == outcome {
				fmt.Fprintf(b, "  %s %s %s %s: %s\n    > %s\n    < %s\n", outcome, res.Question.ID, res.Question.Lang, res.Question.Kind,
					res.Verdict.Reason, res.Question.Text, strings.ReplaceAll(res.Reply, "\n", "\n      "))
			}
		}
	}
	for i := range r.Results {
		res := &r.Results[i]
		if res.DeadEnd() {
			fmt.Fprintf(b, "  dead end %s: %d live suggestions\n    > %s\n    < %s\n", res.Question.ID, res.Live, res.Question.Text, res.Reply)
		}
		if len(res.Breaches) > 0 {
			fmt.Fprintf(b, "  over the limits %s: %s\n", res.Question.ID, strings.Join(res.Breaches, ", "))
		}
	}
}
