package eval

import (
	"errors"
	"fmt"
	"slices"
)

// Outcome is the verdict on a reply.
type Outcome string

// The outcomes. A refusal where there is an answer is unanswered, not wrong: who
// is not sure should refuse.
const (
	Right      Outcome = "right"
	Unanswered Outcome = "unanswered"
	Wrong      Outcome = "wrong"
)

// Verdict is an outcome with its reason; a right reply has none.
type Verdict struct {
	Outcome Outcome
	Reason  string
	// Refusal says that the reply refuses or asks back instead of answering.
	Refusal bool
}

// Judge judges replies by the facts that may be shown. It has no state: verdicts
// depend on nothing but the question and the reply.
type Judge struct{ facts []Fact }

// New makes a judge that knows these facts.
func New(facts []Fact) *Judge { return &Judge{facts: facts} }

// Judge gives the verdict on a reply.
func (j *Judge) Judge(q Question, reply string) Verdict {
	asked, r := read(q.Text), read(reply)
	v := Verdict{Refusal: r.refuses() && !j.answers(&q, r)}
	fail := func(o Outcome, format string, args ...any) Verdict {
		v.Outcome, v.Reason = o, fmt.Sprintf(format, args...)
		return v
	}
	if r.text == "" {
		return fail(Unanswered, "the reply is empty")
	}
	p, err := j.prove(&q, asked, r)
	if err != nil {
		return fail(Wrong, "%v", err)
	}
	for _, check := range []func() error{p.offered, p.namesYear, p.parrots} {
		if err := check(); err != nil {
			return fail(Wrong, "%v", err)
		}
	}
	for _, t := range q.Forbid {
		if t.heldBy(r) {
			return fail(Wrong, "it holds %s, which is forbidden", t.Text)
		}
	}
	if missing := missing(&q, r); missing != "" {
		switch {
		case r.refuses():
			v.Refusal = true
			return fail(Unanswered, "it refuses; %s is not held", missing)
		case len(r.figures) == 0 && r.asks():
			v.Refusal = true
			return fail(Unanswered, "it asks back; %s is not held", missing)
		case len(r.figures) == 0 && (q.numeric() || q.Unanswerable()):
			v.Refusal = true
			return fail(Unanswered, "it gives no figure; %s is not held", missing)
		}
		return fail(Wrong, "%s is not held", missing)
	}
	if lang := r.language(); !q.AnyLang && lang != "" && lang != q.Lang {
		return fail(Unanswered, "the reply is in %s, asked in %s", lang, q.Lang)
	}
	v.Outcome = Right
	v.Refusal = v.Refusal || q.noFigure() // to noise, too, a reply should lead somewhere
	return v
}

// answers reports whether the reply gives what was asked for, so that words such
// as "the exact share is not published" are no refusal.
func (j *Judge) answers(q *Question, r *reading) bool {
	return !q.Unanswerable() && missing(q, r) == ""
}

// missing names the first token that the reply should hold and does not.
func missing(q *Question, r *reading) string {
	for _, t := range q.All {
		if !t.heldBy(r) {
			return t.Text
		}
	}
	if len(q.Any) == 0 {
		return ""
	}
	for _, t := range q.Any {
		if t.heldBy(r) {
			return ""
		}
	}
	return "one of expect_any"
}

// offered applies the rule for questions without a figure: only the nearest known
// figures of the groups named, each with its year, after a plain refusal.
func (p *proof) offered() error {
	if !p.q.noFigure() {
		return nil
	}
	for _, g := range p.grounds {
		if g.fact == nil {
			continue
		}
		switch {
		case !p.judge.related(g.fact, p.q.Ctx):
			return fmt.Errorf("%s (%s) answers a question that has no figure", g.fig.written, g.fact.key())
		case !p.reply.refuses():
			return fmt.Errorf("%s (%s) stands without a plain refusal", g.fig.written, g.fact.key())
		}
		years, dated := p.reply.yearsIn(p.reply.sentences[g.fig.sentence])
		own := false
		for _, y := range append(years, dated...) {
			own = own || y >= g.fact.from && y <= g.fact.to
		}
		if !own {
			return fmt.Errorf("%s (%s) stands without its year", g.fig.written, g.fact.key())
		}
	}
	return nil
}

// namesYear applies the rule that a reply with a figure names the year asked for.
// Years that only bound the question ("after 2007", "between 2008 and 2024") need
// not be repeated where the reply names one between them.
func (p *proof) namesYear() error {
	asked := p.asked.exactYears()
	if len(p.grounds) == 0 || len(asked) == 0 {
		return nil
	}
	first, last := slices.Min(asked), slices.Max(asked)
	for _, y := range p.reply.years {
		if slices.Contains(asked, y.year) || y.year >= first && y.year <= last {
			return nil
		}
	}
	return fmt.Errorf("the question names %v, the reply does not", asked)
}

var errParrot = errors.New("more than ten figures where no list was asked for")

// parrots refuses replies that hold everything in the hope that something is right.
func (p *proof) parrots() error {
	distinct := make(map[amount]bool)
	unrelated := make(map[amount]bool)
	for _, g := range p.grounds {
		a := amount{g.fig.value, g.fig.in}
		distinct[a] = true
		if g.fact != nil && !p.judge.related(g.fact, append(append([]string{}, p.q.Facts...), p.q.Ctx...)) {
			unrelated[a] = true
		}
	}
	if len(unrelated) > 3 {
		return fmt.Errorf("%d figures have nothing to do with the question", len(unrelated))
	}
	if len(distinct) > 10 && p.q.Kind != "trend" {
		return errParrot
	}
	return nil
}
