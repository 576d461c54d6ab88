package ask

import (
	"slices"

	"maqta/sector"
)

// meaning is what was understood of a question.
type meaning struct {
	query   Query
	lang    Lang
	carried *Carried
}

// tooLong is the length, in bytes, beyond which a message is no question. A
// pasted article holds every word we know and asks nothing.
const tooLong = 900

// understand reads a question and finds its query.
func (a *Asker) understand(q Question) meaning {
	text := clean(q.Text)
	r := a.bestReading(text)
	m := meaning{lang: languageOf(&r, q.Lang)}
	if len(q.Text) > tooLong {
		m.query = Query{Missing: MissSense}
		return m
	}
	m.query, m.carried = a.queryOf(q, slices.Clone(r.items))
	if m.query.Missing != "" && len(r.items) > chatty {
		if query, ok := a.withoutPreamble(q, r.items); ok {
			m.query, m.carried = query, nil
		}
	}
	return m
}

// queryOf finds the query of a reading. It marks the items it uses.
func (a *Asker) queryOf(q Question, items []item) (Query, *Carried) {
	u := understanding{a: a, q: q, items: items}
	for _, it := range items {
		if it.unknown {
			u.unknown++
		}
	}
	return u.query()
}

// chatty is the number of words and marks from which a message may begin with a
// letter's courtesies: who writes, and what for.
const chatty = 16

// narrowing are the concepts that must not be left out with what introduces a
// question: a country, a price.
var narrowing = setOf(
	cPlace, cNoCountry, cNoCity, cNoDistrict, cNoKind, cNoPrice, cNoProfit, cNoWage, cNoTax, cNoInvestment, cNoSubsidy, cNoForecast,
	cNoNames, cNoPopulation, cNoSales, cNoRecipe, cAbroad, cPer, cHowMuch, cDated,
)

// withoutPreamble looks for a question at the end of a long message that is
// whole by itself, where what stands before it narrows nothing.
func (a *Asker) withoutPreamble(q Question, items []item) (Query, bool) {
	for i, it := range items {
		if it.mark == "" || i+3 > len(items) {
			continue
		}
		var before set
		for _, earlier := range items[:i] {
			before.add(earlier.concept)
			if earlier.place > 0 {
				before.add(cPlace)
			}
			if isYear(earlier) {
				before.add(cDated)
			}
		}
		if before.any(narrowing) || before.any(solid) {
			return Query{}, false
		}
		rest := slices.Clone(items[i+1:])
		named := slices.ContainsFunc(rest, func(it item) bool {
			return solid.has(it.concept) || it.concept == cHarvest && !before.has(cNoTopic)
		})
		query, _ := a.queryOf(Question{Lang: q.Lang, Today: q.Today}, rest)
		if named && query.Missing == "" && len(query.Topics) > 0 {
			return query, true
		}
	}
	return Query{}, false
}

// languageOf returns the language to answer in: that of the words where it
// decides, else the chosen one, else what the script suggests.
func languageOf(r *reading, chosen Lang) Lang {
	switch r.preferred() {
	case inKazakh:
		return Kazakh
	case inRussian:
		return Russian
	case inEnglish:
		return English
	}
	if chosen != "" {
		return chosen
	}
	if r.latin {
		return English
	}
	return Kazakh
}

// understanding is the work on one question.
type understanding struct {
	a       *Asker
	q       Question
	items   []item
	unknown int
	all     set // concepts of the whole question
	frames  [maxTokens]frame
}

func (u *understanding) query() (Query, *Carried) {
	u.dropCommands()
	periods, lastN := periodsOf(u.items, u.q.Today)
	fs := frames(u.items, u.frames[:0])
	for _, f := range fs {
		u.all = u.all.union(f.set)
	}
	periods = u.withoutGranted(fs, periods)
	founds := u.resolveFrames(joinFrames(fs))
	q := Query{Periods: periods}
	q.Region, q.Op, q.Missing = u.regions()
	for _, f := range founds {
		for _, t := range [...]Topic{f.topic, f.extra, f.third} {
			if t != "" && !slices.Contains(q.Topics, t) && len(q.Topics) < maxTopics {
				q.Topics = append(q.Topics, t)
			}
		}
		if f.missing != "" && q.Missing == "" {
			q.Missing = f.missing
		}
		if f.op != "" && q.Op == "" {
			q.Op = f.op
		}
	}
	if q.Region != "" {
		for i, t := range q.Topics {
			if t == WhichClothing { // by region only its value could be known
				q.Topics[i] = ClothingOutput
			}
		}
	}
	carried := u.followUp(&q)
	u.missing(&q)
	u.operation(&q, lastN)
	u.unit(&q)
	u.claims(&q)
	u.settle(&q)
	return q, carried
}

// dropCommands leaves out sentences that instruct us, where another one asks.
func (u *understanding) dropCommands() {
	var kept []item
	start, commands, meant := 0, false, false
	keep := func(end int) {
		bad, good := false, false
		for _, it := range u.items[start:end] {
			bad = bad || it.concept == cNoRecipe
			good = good || it.concept > cUnknown && it.concept < cNoPrice && subjects.has(it.concept)
		}
		if bad {
			commands = true
		} else {
			kept = append(kept, u.items[start:end]...)
			meant = meant || good
		}
		start = end
	}
	if !slices.ContainsFunc(u.items, func(it item) bool { return it.concept == cNoRecipe }) {
		return
	}
	for i, it := range u.items {
		if it.mark == markEnd {
			keep(i + 1)
		}
	}
	keep(len(u.items))
	if commands && meant {
		u.items = kept
		u.unknown = 0
		for _, it := range kept {
			if it.unknown {
				u.unknown++
			}
		}
	}
}

// withoutGranted leaves out the periods that stand only in an if-clause:
// "how much in 2024, if 2025 was a record".
func (u *understanding) withoutGranted(fs []frame, periods []sector.Period) []sector.Period {
	if len(periods) < 2 || !u.all.has(cIf) {
		return periods
	}
	var kept []sector.Period
	for _, p := range periods {
		asked := false
		for _, f := range fs {
			for _, it := range u.items[f.from:f.to] {
				asked = asked || !f.doubtful && it.used && it.number && it.value == p.Year
			}
		}
		if asked {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return periods
	}
	return kept
}

// regions finds the region asked about. Several regions ask for a comparison.
func (u *understanding) regions() (sector.Region, Op, Missing) {
	var region sector.Region
	var op Op
	for i, it := range u.items {
		r, ok := u.a.regionOf(it)
		if !ok {
			continue
		}
		if r == sector.Turkistan && u.cityBeside(i) {
			return "", "", MissCity
		}
		if r == sector.AlmatyCity && u.regionBeside(i) {
			r = sector.AlmatyRegion
		}
		if region != "" && region != r {
			op = Regions
		}
		region = r
	}
	if op == Regions {
		region = ""
	}
	return region, op, ""
}

func (u *understanding) cityBeside(i int) bool {
	return i+1 < len(u.items) && u.items[i+1].concept == cCityWord || i > 0 && u.items[i-1].concept == cCityWord
}

func (u *understanding) regionBeside(i int) bool {
	return i+1 < len(u.items) && u.items[i+1].concept == cRegionWord || i > 0 && u.items[i-1].concept == cRegionWord
}

// missingOf lists what a concept asks for that the facts do not hold.
var missingOf = [...]struct {
	concept concept
	missing Missing
}{
	{cNoRecipe, MissRecipe},
	{cNoTopic, MissTopic},
	{cNoSales, MissTopic},
	{cNoPopulation, MissPopulation},
	{cNoPrice, MissPrice},
	{cNoProfit, MissProfit},
	{cNoWage, MissWage},
	{cNoTax, MissTax},
	{cNoInvestment, MissInvestment},
	{cNoSubsidy, MissSubsidy},
	{cNoNames, MissNames},
	{cNoCountry, MissCountry},
	{cNoCity, MissCity},
	{cNoDistrict, MissDistrict},
	{cNoKind, MissKind},
	{cNoPart, MissPart},
	{cNoForecast, MissForecast},
}

// missing notes what the question asks for beside its topics.
func (u *understanding) missing(q *Query) {
	words := len(q.Topics) > 0
	for _, t := range q.Topics {
		words = words && !t.IsFigure() && byTopic[t].options == nil
	}
	for _, m := range missingOf {
		if !u.all.has(m.concept) {
			continue
		}
		switch {
		case words && (m.missing == MissForecast || m.missing == MissKind || m.missing == MissPart || m.missing == MissCountry || m.missing == MissPopulation):
			continue
		case m.missing == MissForecast && slices.Contains(q.Topics, ProjectsPlanned):
			continue
		case m.missing == MissInvestment && slices.Contains(q.Topics, Projects):
			continue
		case m.concept == cNoSales && u.all.has(cAbroad):
			continue
		case m.missing == MissPrice && slices.Contains(q.Topics, MCI):
			continue
		case m.concept == cNoSales && (slices.Contains(q.Topics, ShoesShare) || slices.Contains(q.Topics, MarketShare)):
			continue
		case m.missing == MissPrice && slices.Contains(q.Topics, Rate):
			continue
		case m.missing == MissRecipe && len(q.Topics) > 0:
			continue
		}
		q.Missing = m.missing
		return
	}
	if slices.Contains(q.Topics, Plans) && q.Missing == "" &&
		slices.ContainsFunc(q.Periods, func(p sector.Period) bool { return p.EndYear() >= u.q.Today.Year() }) {
		q.Missing = MissForecast
	}
	if u.all.has(cAbroad) && q.Missing == "" && !words && !u.all.hasAny(cExport, cImport, cNoSales) {
		q.Missing = MissCountry
	}
	if u.all.has(cPer) && q.Missing == "" && !slices.Contains(q.Topics, Yield) {
		q.Missing = MissPerFirm
	}
	if u.all.has(cWhy) && q.Missing == "" && len(q.Topics) > 0 && !words && !u.all.has(cFall) {
		q.Missing = MissCause
	}
	if u.unknown == 0 || words && u.unknown == 1 && len(q.Topics) > 0 && q.Topics[0] != AboutBot {
		return
	}
	if q.Missing == "" {
		q.Missing = MissWords
	}
}

// operation finds what is to be done with the topics.
func (u *understanding) operation(q *Query, lastN int) {
	has := u.all.has
	if q.Op != "" || len(q.Topics) == 0 {
		if q.Op == Grow && u.all.hasAny(cTrend) {
			q.Op = Trend
		}
		return
	}
	if growing(q) && has(cCompare) && q.year() != 0 && len(q.Topics) == 1 {
		u.since(q)
		return
	}
	if q.Topics[0] == Record && len(q.Periods) == 1 && q.Periods[0].Kind == sector.YearRun {
		q.Topics[0], q.Op = Harvest, Highest
		return
	}
	if len(q.Topics) == 1 && len(q.Periods) == 1 && q.Periods[0].Kind == sector.YearRun {
		// "grew from 2019 to 2025" asks for the way, not for the growth of one year
		for _, f := range families {
			if q.Topics[0] == f[1] {
				q.Topics[0], q.Op = f[2], Trend
				return
			}
		}
	}
	figure := q.Topics[0].IsFigure()
	if figure && lastN > 0 && len(u.a.yearly(byTopic[q.Topics[0]], q.Region)) < 3 {
		lastN = 0
	}
	if len(q.Periods) == 1 && len(u.a.factsOf(q.Topics[0], *q)) > 0 && q.Periods[0].Kind == sector.YearRun {
		return // the run itself is known: an average, a total
	}
	timed := len(q.Periods) > 0 && q.Periods[0].Kind == sector.YearRun
	several := len(q.Periods) > 1 || len(q.Topics) > 1
	whenAsked := has(cWhen) || has(cYear) && u.all.hasAny(cWhich) || timed || lastN > 0
	used := u.usedYear()
	switch {
	case has(cMeaning) && len(q.Periods) == 0 && !has(cHowMuch):
		q.Op = Meaning
	case has(cSource) && figure:
		q.Op = Whence
	case !figure:
	case u.all.hasAny(cLeast) && !several && (whenAsked || used || series(q.Topics[0])):
		q.Op = Lowest
	case u.all.hasAny(cMost, cBiggest) && !several && (whenAsked || used || series(q.Topics[0])):
		q.Op = Highest
	case several && u.all.hasAny(cCompare, cMore, cLess, cMost, cBiggest, cLeast, cOr, cChange, cGrowth, cFall), has(cCompare) && len(q.Periods) == 1:
		q.Op = Compare
	case timed, lastN > 1, has(cTrend), has(cChange), has(cEach) && used:
		q.Op = Trend
		if has(cTrend) && !has(cChange) {
			q.Op = List
		}
	}
	if lastN > 1 && len(q.Periods) == 0 && (q.Op == Trend || q.Op == List || q.Op == Lowest || q.Op == Highest) {
		last := u.q.Today.Year() - 1
		q.Periods = []sector.Period{sector.YearsOf(last-lastN+1, last)}
	}
	if q.Op == "" && has(cRegionWord) && u.all.hasAny(cWhich, cEach, cTrend, cStructure) && q.Region == "" && regional(q.Topics[0]) {
		q.Op = Regions
	}
	if q.Topics[0] == RegionShare && q.Region == "" {
		q.Op = Regions
	}
}

// since reads "grew compared with 2024": the year named is the one before.
func (u *understanding) since(q *Query) {
	next := sector.YearOf(q.year() + 1)
	if len(u.a.at(byTopic[q.Topics[0]], q.Region, next)) > 0 {
		q.Periods = []sector.Period{next}
	} else if q.Topics[0] == HarvestGrowth {
		q.Topics, q.Op = []Topic{Harvest}, Compare
	}
}

// usedYear reports whether the word "year" was said.
func (u *understanding) usedYear() bool {
	return slices.ContainsFunc(u.items, func(it item) bool { return it.concept == cYear })
}

// series reports whether a topic is known for so many years that "the most"
// means a year.
func series(t Topic) bool { return t == Harvest || t == Area || t == Rate }

func regional(t Topic) bool { return t == RegionShare || t == ClothingOutput }

// settle makes the query whole: a message without a topic gets the reason why.
func (u *understanding) settle(q *Query) {
	if len(q.Topics) > 0 || q.Missing != "" {
		return
	}
	q.Missing = MissWords
	meaningful := slices.ContainsFunc(u.items, func(it item) bool {
		return it.concept > cUnknown || it.place > 0 || it.concept == cNoise && !it.number && it.mark == ""
	})
	if !meaningful {
		q.Missing = MissSense
	}
}
