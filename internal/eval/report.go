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

// Misses lists the goals that the set misses; none means it passes.
func (r *Report) Misses(goal Goal) []string {
	var misses []string
	all, _ := r.count(func(*Result) string { return "" })
	if t := all[""]; t.share() < goal.All {
		misses = append(misses, fmt.Sprintf("%s: %.1f%% right, the goal is %.0f%%", r.Name, 100*t.share(), 100*goal.All))
	}
	byLang, langs := r.count(func(r *Result) string { return r.Question.Lang })
	for _, lang := range langs {
		if t := byLang[lang]; t.share() < goal.PerLang {
			misses = append(misses, fmt.Sprintf("%s: %s %.1f%% right, the goal is %.0f%%", r.Name, lang, 100*t.share(), 100*goal.PerLang))
		}
	}
	if n := all[""].wrong; n > 0 {
		misses = append(misses, fmt.Sprintf("%s: %d wrong, the goal is none", r.Name, n))
	}
	if n := r.deadEnds(); n > 0 {
		misses = append(misses, fmt.Sprintf("%s: %d dead ends, the goal is none", r.Name, n))
	}
	return misses
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
	all, _ := r.count(func(*Result) string { return "" })
	fmt.Fprintf(&b, "%s: %d questions\n", r.Name, all[""].asked)
	line := func(name string, t tally) {
		fmt.Fprintf(&b, "  %-18s %4d asked  %4d right %6.1f%%  %3d unanswered  %3d wrong\n", name, t.asked, t.right, 100*t.share(), t.unanswered, t.wrong)
	}
	line("all", all[""])
	for _, by := range []func(*Result) string{
		func(r *Result) string { return r.Question.Lang },
		func(r *Result) string { return r.Question.Kind },
	} {
		tallies, names := r.count(by)
		for _, name := range names {
			line(name, tallies[name])
		}
	}
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
	fmt.Fprintf(&b, "  dead ends %d; refusals that tell no suggestions %d; replies over the limits %d\n", r.deadEnds(), untold, breaches)
	if !held {
		r.writeDetails(&b)
	}
	if _, err := io.WriteString(to, b.String()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
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
