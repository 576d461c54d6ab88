package ask

import (
	"slices"

	"maqta/sector"
	"maqta/sector/facts"
)

// Answer answers a query in the given language. The same query always gets the
// same answer from the same edition of the facts.
func (a *Asker) Answer(q Query, lang Lang) Answer {
	b := builder{a: a, q: q}
	b.answer.Lang, b.answer.Query = lang, q
	b.build()
	b.finish()
	return b.answer
}

// builder puts an answer together.
type builder struct {
	a       *Asker
	q       Query
	answer  Answer
	refused bool
	figures int
}

func (b *builder) say(p Part) { b.answer.Parts = append(b.answer.Parts, p) }

func (b *builder) kind(k Kind) {
	if b.answer.Kind == "" {
		b.answer.Kind = k
	}
}

func (b *builder) build() {
	q := b.q
	if q.Missing != "" || len(q.Topics) == 0 {
		b.refuseMissing()
		return
	}
	if q.Claim != "" && b.contradicts() {
		b.say(Correction{q.Claim})
	}
	if q.Op == Compare && len(q.Topics) > 1 && b.compareTopics() {
		return
	}
	for _, t := range q.Topics {
		b.topic(byTopic[t])
	}
	if len(q.Topics) > 1 {
		if b.answer.Kind == KindFigure || b.answer.Kind == KindStatement || b.answer.Kind == KindBases {
			b.answer.Kind = KindFigures
		}
	}
}

// contradicts reports whether the facts really say otherwise than was claimed.
func (b *builder) contradicts() bool {
	if b.q.Claim != ClaimedFall {
		return true
	}
	for _, t := range b.q.Topics {
		for _, f := range b.a.factsOf(t, b.q) {
			if f.Unit == sector.Pct && f.Value.Sign() > 0 && f.Basis != sector.RealIndex {
				return true
			}
		}
	}
	return false
}

// topic answers one topic.
func (b *builder) topic(e *entry) {
	switch {
	case b.q.Op == Meaning && e.term != "":
		b.kind(KindMeaning)
		b.say(Definition{e.term})
	case e.statement != "":
		b.statement(e)
	case e.meta != "":
		b.metaTopic(e)
	case e.options != nil:
		b.choice(e)
	case e.topic == Manufacturing:
		b.manufacturing(e)
	case e.indicator == "":
		b.kind(KindMeaning)
		b.say(Definition{e.term})
	default:
		b.figureTopic(e)
	}
}

func (b *builder) statement(e *entry) {
	s, ok := b.a.book.Statement(e.statement)
	if !ok {
		b.refuse(Refusal{Reason: NoTopic, Topic: e.topic})
		return
	}
	if e.topic == Record && b.q.year() != 0 && b.q.year() != 2025 {
		b.figureTopic(byTopic[Harvest])
	}
	b.kind(KindStatement)
	b.say(Told{s})
	if e.topic == Record && (b.q.year() == 0 || b.q.year() == 2025) {
		for _, f := range b.a.factsOf(Harvest, Query{Periods: []sector.Period{sector.YearOf(2025)}}) {
			b.figure(Harvest, f)
		}
	}
}

func (b *builder) metaTopic(e *entry) {
	b.kind(KindMeta)
	m := Meta{About: e.meta}
	if e.meta == MetaFresh || e.meta == MetaSource {
		m.Newest = b.a.book.Newest()
	}
	if e.meta == MetaFresh {
		m.Edition = b.a.book.Edition()
	}
	b.say(m)
	if e.meta == MetaRate {
		for _, f := range b.a.factsOf(Rate, Query{}) {
			b.figure(Rate, f)
		}
	}
}

func (b *builder) choice(e *entry) {
	b.kind(KindChoice)
	c := Choice{About: e.topic}
	for _, t := range e.options {
		option := Query{Topics: []Topic{t}, Periods: b.q.Periods}
		if len(b.q.Periods) > 0 && !b.a.known(option) {
			option.Periods = nil
		}
		c.Options = append(c.Options, option)
	}
	b.say(c)
}

// manufacturing gives the bounds of the whole of which light industry is a
// rounded share.
func (b *builder) manufacturing(e *entry) {
	share := b.a.factsOf(ShareMfg, Query{})
	output := b.a.factsOf(Output, Query{Periods: []sector.Period{sector.YearOf(2025)}})
	asked := b.q.year()
	if len(share) == 0 || len(output) == 0 || asked != 0 && asked != output[0].Period.Year || b.q.Region != "" {
		b.refuse(Refusal{Reason: NoTopic, Topic: e.topic})
		return
	}
	low, errLow := b.a.book.Calculate(facts.WholeAtLeast, share[0].Key, output[0].Key)
	high, errHigh := b.a.book.Calculate(facts.WholeAtMost, share[0].Key, output[0].Key)
	b.kind(KindWorked)
	b.refuse(Refusal{Reason: Forbidden, Topic: e.topic, Ban: facts.BanManufacturing})
	if errLow == nil && errHigh == nil {
		b.say(WorkedRange{low, high})
		b.cite(share[0], output[0])
	}
}

// refuse says what is not known. The first refusal makes the answer one.
func (b *builder) refuse(r Refusal) {
	b.refused = true
	b.kind(KindRefusal)
	b.say(r)
}

// refuseMissing refuses a query for what the facts do not hold at all.
func (b *builder) refuseMissing() {
	r := Refusal{Missing: b.q.Missing}
	if len(b.q.Topics) > 0 {
		r.Topic = b.q.Topics[0]
	}
	if r.Missing == "" {
		r.Missing = MissWords
	}
	r.Reason = reasonOf(r.Missing)
	r.Region = b.q.Region
	if len(b.q.Periods) > 0 {
		r.Period = b.q.Periods[0]
	}
	switch r.Missing {
	case MissPerFirm:
		r.Ban = facts.BanPerEnterprise
	case MissYield:
		r.Ban = facts.BanFibreYield
	}
	b.refuse(r)
	switch {
	case r.Missing == MissKind && slices.Contains(wholes[:], r.Topic):
		// What the narrower thing is part of, under its own name and year.
		for _, f := range b.a.factsOf(r.Topic, Query{}) {
			b.figure(r.Topic, f)
		}
	case r.Missing == MissNames && (r.Topic == Programme || r.Topic == Content):
		b.statement(byTopic[Content])
	case (r.Missing == MissExport || r.Missing == MissImport) && r.Topic.IsFigure():
		for _, f := range b.a.factsOf(r.Topic, Query{}) {
			b.figure(r.Topic, f)
		}
	}
}

// wholes are the topics of which a narrower kind may be asked.
var wholes = [...]Topic{Fabric, CottonFabric, Yarn, Finished, Shoes}

func reasonOf(m Missing) Reason {
	switch m {
	case MissTopic, MissPopulation:
		return OutOfScope
	case MissWords:
		return NotRead
	case MissSense, MissRecipe:
		return NoQuestion
	case MissForecast:
		return NoPeriod
	case MissCity, MissDistrict, MissRegion:
		return NoRegion
	case MissPerFirm, MissYield:
		return Forbidden
	}
	return NoTopic
}

// figure says a fact, in the unit asked for where it can be said in it.
func (b *builder) figure(t Topic, f *facts.Fact) {
	fig := Figure{Topic: t, Fact: f, Value: f.Value, Unit: f.Unit}
	if b.q.Unit != "" {
		if v, ok := sector.Convert(f.Value, f.Unit, b.q.Unit); ok {
			fig.Value, fig.Unit = v, b.q.Unit
		}
	}
	b.kind(KindFigure)
	b.figures++
	b.say(fig)
	b.cite(f)
	b.worked(f)
}

// worked adds the conversion that was asked for where a change of unit is not
// enough: tenge to dollars, a share to tenge.
func (b *builder) worked(f *facts.Fact) {
	want := b.q.Unit.Measure()
	var c facts.Calc
	err := facts.ErrCalculation
	switch {
	case f.Indicator == sector.OutputValueUSD:
		if output, ok := b.a.book.At(sector.OutputValue, f.Period, f.Region, f.Branch, sector.Nominal); ok {
			for _, rate := range b.a.factsOf(Rate, Query{}) {
				c, err = b.a.book.Calculate(facts.InDollars, output.Key, rate.Key)
			}
		}
	case want == "" || want == f.Unit.Measure():
	case want == sector.Dollars && f.Unit.Measure() == sector.Tenge && f.Unit != sector.UnitTenge:
		c, err = b.exchanged(facts.InDollars, f)
	case want == sector.Tenge && f.Unit.Measure() == sector.Dollars:
		c, err = b.exchanged(facts.InTenge, f)
	case want == sector.Tenge && f.Basis == sector.Share:
		for _, whole := range b.a.book.Series(sector.OutputValue, sector.LightIndustry, sector.Kazakhstan, sector.Nominal) {
			if c, err = b.a.book.Calculate(facts.ShareOf, f.Key, whole.Key); err == nil {
				break
			}
		}
	}
	if err != nil {
		return
	}
	b.say(Worked{c})
	b.cite(c.Operands...)
}

// exchanged converts an amount at the average rate of its year, or at the rate
// of the day by which the source converts.
func (b *builder) exchanged(name facts.CalcName, f *facts.Fact) (facts.Calc, error) {
	err := facts.ErrCalculation
	for _, rate := range b.a.book.Series(sector.ExchangeRate, sector.NoBranch, sector.Kazakhstan, sector.RateBasis) {
		var c facts.Calc
		if c, err = b.a.book.Calculate(name, f.Key, rate.Key); err == nil {
			return c, nil
		}
	}
	return facts.Calc{}, err
}

// cite adds the sources and cautions of figures, each once.
func (b *builder) cite(fs ...*facts.Fact) {
	for _, f := range fs {
		if !slices.Contains(b.answer.Sources, f.Source) {
			b.answer.Sources = append(b.answer.Sources, f.Source)
		}
		for _, c := range f.Cautions {
			if !slices.Contains(b.answer.Caution, c) {
				b.answer.Caution = append(b.answer.Caution, c)
			}
		}
	}
}

// finish adds the sources of statements, what could be asked next and what could
// be drawn.
func (b *builder) finish() {
	if len(b.answer.Parts) == 0 {
		b.refuse(Refusal{Reason: NotRead, Missing: MissWords})
	}
	for _, p := range b.answer.Parts {
		if t, ok := p.(Told); ok && !slices.Contains(b.answer.Sources, t.Statement.Source) {
			b.answer.Sources = append(b.answer.Sources, t.Statement.Source)
		}
	}
	if b.answer.Kind == "" {
		b.answer.Kind = KindRefusal
	}
	b.relate()
	b.answer.Chart = b.chart()
}

// Related questions: at least two where the answer is a refusal, at most three.
const mostRelated = 3

// relate offers questions that have answers, the nearest first.
func (b *builder) relate() {
	var offered [mostRelated]Topic
	n := 0
	offer := func(t Topic) {
		if n == mostRelated || !b.a.answers[t] || !b.refused && slices.Contains(b.q.Topics, t) || slices.Contains(offered[:n], t) {
			return
		}
		if len(b.q.Topics) == 1 && b.q.Topics[0] == t && b.bare() {
			return // that is the very question
		}
		offered[n] = t
		n++
	}
	if b.refused {
		// the same topic without what made it unknown
		for _, t := range b.q.Topics {
			offer(t)
		}
	}
	for _, t := range b.q.Topics {
		for _, r := range byTopic[t].related {
			offer(r)
		}
	}
	if n < 2 || b.refused {
		for _, t := range [...]Topic{Harvest, Output, Structure, Fibre} {
			offer(t)
		}
	}
	related := make([]Query, n)
	topics := make([]Topic, n) // one array for all of them
	copy(topics, offered[:n])
	for i := range related {
		related[i].Topics = topics[i : i+1 : i+1]
	}
	b.answer.Related = related
}

// bare reports whether the query names nothing but its topics.
func (b *builder) bare() bool {
	q := b.q
	return len(q.Periods) == 0 && q.Region == "" && q.Unit == "" && q.Op == Value && q.Missing == "" && q.Claim == ""
}

// known reports whether the query has an answer: a figure or a statement, not a
// refusal and not a question back.
func (a *Asker) known(q Query) bool {
	b := builder{a: a, q: q}
	b.build()
	return !b.refused && len(b.answer.Parts) > 0 && b.answer.Kind != KindChoice
}
