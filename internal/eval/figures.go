package eval

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ground is why a figure may stand in a reply.
type ground struct {
	fig  *figure
	fact *Fact // nil when the ground is no fact
}

// proof is the state of proving the figures of one reply.
type proof struct {
	judge    *Judge
	q        *Question
	asked    *reading // the question
	reply    *reading
	years    []int // the years that the question names
	grounds  []ground
	unproved []*figure
}

// prove finds a ground for every figure of the reply, or says which has none.
func (j *Judge) prove(q *Question, asked, reply *reading) (*proof, error) {
	p := &proof{judge: j, q: q, asked: asked, reply: reply, years: q.years(asked)}
	var why []error
	for i := range reply.figures {
		f := &reply.figures[i]
		fact, err := p.byFact(f)
		switch {
		case fact != nil:
			p.grounds = append(p.grounds, ground{f, fact})
		case p.byQuestion(f):
			p.grounds = append(p.grounds, ground{f, nil})
		default:
			p.unproved = append(p.unproved, f)
			why = append(why, err)
		}
	}
	for n, f := range p.unproved {
		switch {
		case f.role == yearsRole && p.byYears(f), f.role == monthsRole && p.byMonths(f):
		case f.in == perCent && equal(f.value, 61.5):
			return nil, fmt.Errorf("%s: the share of textiles is never given as 61.5%%", f.written)
		case f.role == amountRole && (!p.spoilt(f) && p.byNote(f) || p.byCalculation(f) || p.byRange(f)):
		case why[n] != nil:
			return nil, why[n]
		default:
			return nil, fmt.Errorf("%s is no figure of the book, its notes or the question, nor follows from what stands in the reply", f.written)
		}
	}
	return p, nil
}

// byFact finds a fact that the figure may be, all rules kept. Where there is only
// a fact that breaks a rule, the error says which.
func (p *proof) byFact(f *figure) (*Fact, error) {
	if f.role != amountRole {
		return nil, nil
	}
	var why error
	for _, fact := range p.judge.matches(p.reply, f) {
		err := p.fits(f, fact)
		if err == nil {
			return fact, nil
		}
		if why == nil || fact.is("harvest") {
			why = err
		}
	}
	return nil, why
}

// spoilt reports whether the figure is a fact of what was asked with a rule broken:
// no note mends that.
func (p *proof) spoilt(f *figure) bool {
	for _, fact := range p.judge.matches(p.reply, f) {
		if p.judge.related(fact, p.q.Facts) {
			return true
		}
	}
	return false
}

// matches lists the facts whose amount the figure is, whatever its year.
func (j *Judge) matches(r *reading, f *figure) []*Fact {
	var found []*Fact
	for i := range j.facts {
		if fact := &j.facts[i]; fact.amounts(r, f) {
			found = append(found, fact)
		}
	}
	return found
}

// amounts reports whether the figure is the fact's amount in the fact's unit.
func (f *Fact) amounts(r *reading, fig *figure) bool {
	if f.rate && fig.in == bare && fig.rounds(f.value, amount{fig.scaled, bare}) {
		return true
	}
	for _, a := range r.amounts(fig) {
		if a.in.fits(f.in) && fig.rounds(f.value, a) {
			return true
		}
	}
	return false
}

// fits applies the rules of year, months, qualifier and basis.
func (p *proof) fits(f *figure, fact *Fact) error {
	if err := p.ownYear(f, fact); err != nil {
		return err
	}
	if fact.part > 0 && !p.saysMonths(f, fact) {
		return fmt.Errorf("%s is %s: some months, given as a year", f.written, fact.key())
	}
	if fact.twin && !p.saysBasis(f, fact) {
		return fmt.Errorf("%s is %s: the basis is not said with it", f.written, fact.key())
	}
	if fact.rises() && p.saysFall(f) {
		return fmt.Errorf("%s is %s: it is said to have fallen", f.written, fact.key())
	}
	return p.qualified(f, fact)
}

var (
	fallWords = regexp.MustCompile(`төменде|азай|құлдыра|кемі|қысқар|упал|упас|сниз|сниж|сократ|сокращ|падени|уменьш|\b(?:fell|fall|falls|declin|decreas|dropp|drop|shrank|shrunk|contract)`)
	riseWords = regexp.MustCompile(`өс(?:і|у|т|к|е)|арт(?:т|у)|ұлғай|вырос|рост|увелич|прирост|\b(?:grew|grow|rose|rise|increas|expan|up)`)
)

// rises reports whether the fact is a growth, always of what is above zero here.
func (f *Fact) rises() bool {
	return strings.Contains(f.Indicator, "growth") && f.in == perCent && !f.index
}

// saysFall reports whether the words of the figure's clause turn a growth round.
func (p *proof) saysFall(f *figure) bool {
	clause := p.reply.clauses[f.clause]
	text := p.reply.text[clause.from:clause.to]
	return fallWords.MatchString(text) && !riseWords.MatchString(text)
}

func (p *proof) qualified(f *figure, fact *Fact) error {
	switch {
	case fact.Qualifier == "over" && (!f.lower || f.upper):
		return fmt.Errorf("%s is %s: only a lower bound is known", f.written, fact.key())
	case fact.Qualifier == "approx" && !f.approx && !p.converted(fact):
		return fmt.Errorf("%s is %s: only an approximate value is known", f.written, fact.key())
	case fact.Qualifier != "over" && f.lower && f.claims:
		return fmt.Errorf("%s is %s: it is no lower bound", f.written, fact.key())
	case f.upper && f.claims && fact.Qualifier != "up_to" && fact.Qualifier != "under":
		return fmt.Errorf("%s is %s: it is no upper bound", f.written, fact.key())
	}
	return nil
}

// converted reports whether the dollar value stands beside the rate that made it.
func (p *proof) converted(fact *Fact) bool {
	if fact.in != dollars {
		return false
	}
	for i := range p.reply.figures {
		for _, other := range p.judge.matches(p.reply, &p.reply.figures[i]) {
			if other.rate && other.to >= fact.from {
				return true
			}
		}
	}
	return false
}

// ownYear applies the rule that a figure stands with its own year.
func (p *proof) ownYear(f *figure, fact *Fact) error {
	wrong := func(years []int) error {
		return fmt.Errorf("%s is %s but stands beside %v", f.written, fact.key(), years)
	}
	r := p.reply
	ok := func(years []int) bool {
		if fact.from != fact.to && len(years) > 1 {
			return slices.Contains(years, fact.from) && slices.Contains(years, fact.to)
		}
		for _, y := range years {
			if fact.covers(y) || p.nearby(fact, y) {
				return true
			}
		}
		return false
	}
	if year, paired := p.pairedYear(f); paired {
		if !ok([]int{year}) {
			return wrong([]int{year})
		}
		return nil
	}
	for _, stretch := range []span{r.clauses[f.clause], r.sentences[f.sentence]} {
		years, dated := r.yearsIn(stretch)
		if ok(years) || ok(dated) {
			return nil
		}
		if len(years) > 0 {
			return wrong(years)
		}
	}
	// No year stands with it: the reply or the question must name its year.
	for y := fact.from; y <= fact.to; y++ {
		if r.names(y) {
			return nil
		}
		for _, asked := range p.years {
			if asked == y {
				return nil
			}
		}
	}
	if len(p.years) > 0 {
		return fmt.Errorf("%s is %s under a question about %v, and its year is not named", f.written, fact.key(), p.years)
	}
	if fact.to >= 2025 {
		return nil
	}
	return fmt.Errorf("%s is %s and its year is not named", f.written, fact.key())
}

// nearby reports whether another year may stand with the fact: the one before, of
// a change, and those of its note. Its own year must then stand in the reply, too.
func (p *proof) nearby(fact *Fact, year int) bool {
	named := false
	for y := fact.from; y <= fact.to; y++ {
		named = named || p.reply.names(y)
	}
	if !named {
		return false
	}
	if fact.change() {
		return year == fact.from-1
	}
	for _, y := range fact.noted {
		if y == year && fact.Indicator != "cotton_harvest" {
			return true
		}
	}
	return false
}

// pairedYear gives the year that goes with the figure where a clause has as many
// years as figures of the book: "435,400 t in 2006 and 286,700 t in 2016".
func (p *proof) pairedYear(f *figure) (year int, ok bool) {
	years, _ := p.reply.yearsIn(p.reply.clauses[f.clause])
	if len(years) < 2 {
		return 0, false
	}
	place, n := -1, 0
	for i := range p.reply.figures {
		other := &p.reply.figures[i]
		if other.clause != f.clause || other.role != amountRole || len(p.judge.matches(p.reply, other)) == 0 {
			continue
		}
		if other == f {
			place = n
		}
		n++
	}
	if n != len(years) || place < 0 {
		return 0, false
	}
	return years[place], true
}

// byQuestion accepts what the question itself says.
func (p *proof) byQuestion(f *figure) bool {
	for _, a := range p.asked.figures {
		if equal(a.raw, f.raw) && a.role == f.role && (a.in == f.in || a.in == bare || f.in == bare) || equal(a.value, f.value) && a.in == f.in {
			return true
		}
	}
	return false
}

// byYears accepts a number of years: five of steady growth, the span between two
// years that are named, and what a note says.
func (p *proof) byYears(f *figure) bool {
	if f.raw == 5 {
		return true
	}
	years := append([]int{}, p.years...)
	for _, y := range p.reply.years {
		years = append(years, y.year)
	}
	for _, a := range years {
		for _, b := range years {
			if n := float64(a - b); n == f.raw || n+1 == f.raw {
				return true
			}
		}
	}
	return p.byNote(f)
}

// byMonths accepts the length of a period that the reply is about.
func (p *proof) byMonths(f *figure) bool {
	for _, g := range p.grounds {
		if g.fact != nil && float64(g.fact.part) == f.raw {
			return true
		}
	}
	return false
}

// byNote accepts a number from the note of a fact that stands in the reply or is asked for.
func (p *proof) byNote(f *figure) bool {
	for _, fact := range p.present() {
		for i := range fact.notes {
			if n := &fact.notes[i]; n.role == f.role && fact.noteFits(p.reply, n, f) && p.noteYear(f, fact) {
				return true
			}
		}
	}
	return false
}

// present lists the facts that stand in the reply or are asked for.
func (p *proof) present() []*Fact {
	var facts []*Fact
	for _, g := range p.grounds {
		if g.fact != nil {
			facts = append(facts, g.fact)
		}
	}
	for i := range p.judge.facts {
		for _, name := range p.q.Facts {
			if fact := &p.judge.facts[i]; fact.is(name) {
				facts = append(facts, fact)
			}
		}
	}
	return facts
}

// noteFits compares a figure with a number of the note; one that is bare there is
// in the fact's unit, or a mere count.
func (f *Fact) noteFits(r *reading, n, fig *figure) bool {
	if fig.role != amountRole {
		return n.raw == fig.raw
	}
	for _, a := range r.amounts(fig) {
		switch {
		case n.in != bare && a.in.fits(n.in) && equal(n.value, a.value):
			return true
		case n.in == bare && a.in == f.in && equal(n.scaled*f.by, a.value):
			return true
		case n.in == bare && a.in.counts() && equal(n.scaled, a.value):
			return true
		}
	}
	return false
}

func (p *proof) noteYear(f *figure, fact *Fact) bool {
	years, _ := p.reply.yearsIn(p.reply.clauses[f.clause])
	for _, y := range years {
		if fact.covers(y) || y == fact.from-1 && f.in == perCent && p.reply.names(fact.from) {
			return true
		}
		for _, noted := range fact.noted {
			if noted == y {
				return true
			}
		}
	}
	return len(years) == 0
}

// byRange accepts all manufacturing as a range, from 30.6 to 34.7 trillion tenge.
func (p *proof) byRange(f *figure) bool {
	const least, most = 30.6e12, 34.7e12
	if f.in != tenge && f.in != bare {
		return false
	}
	var low, high, own bool
	for i := range p.reply.figures {
		for _, a := range p.reply.amounts(&p.reply.figures[i]) {
			isLow, isHigh := a.in == tenge && equal(a.value, least), a.in == tenge && equal(a.value, most)
			low, high = low || isLow, high || isHigh
			own = own || (isLow || isHigh) && &p.reply.figures[i] == f
		}
	}
	return low && high && own
}

// monthWords are the ways to say how long a run of months is.
var monthWords = map[int]*regexp.Regexp{
	3: regexp.MustCompile(`үш ай|три месяц|трех месяц|three months|` + edge + `тоқсан|квартал|quarter|` + edge + `q[1-4](?:[^\d]|$)`),
	4: regexp.MustCompile(`төрт ай|четыре месяц|четырех месяц|four months`),
	6: regexp.MustCompile(`алты ай|шесть месяц|шести месяц|six months|жартыжыл|жарты жыл|полугод|half`),
	8: regexp.MustCompile(`сегіз ай|восемь месяц|восьми месяц|eight months`), 9: regexp.MustCompile(`тоғыз ай|девять месяц|девяти месяц|nine months`),
	10: regexp.MustCompile(edge + `он ай|десять месяц|десяти месяц|ten months`),
	11: regexp.MustCompile(`он бір ай|одиннадцать месяц|одиннадцати месяц|eleven months`),
}

// saysMonths reports whether the period's months are said with the figure: its
// last month, or its length. Where no year stands in the figure's sentence the
// words may stand elsewhere in the reply.
func (p *proof) saysMonths(f *figure, fact *Fact) bool {
	s := p.reply.sentences[f.sentence]
	text := p.reply.text[s.from:s.to]
	if years, _ := p.reply.yearsIn(s); len(years) == 0 {
		text = p.reply.text
	}
	for _, months := range []string{kkMonths, ruMonths, enMonths} {
		names := strings.Split(months, "|")
		at := fact.ends - 1
		if len(names) == 13 && at >= 5 { // Russian lists May twice
			at++
		}
		if strings.Contains(text, names[at]) {
			return true
		}
	}
	if words, ok := monthWords[fact.part]; ok && words.MatchString(text) {
		return true
	}
	for i := range p.reply.figures {
		if m := &p.reply.figures[i]; m.role == monthsRole && int(m.raw) == fact.part {
			return true
		}
	}
	return false
}
