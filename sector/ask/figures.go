package ask

import (
	"errors"
	"slices"

	"maqta/sector"
	"maqta/sector/facts"
)

// factsOf returns the figures that answer the topic for the periods and region
// of the query: several where a growth is known on two bases, or where the
// newest year and newer months of the next are both known; none where not known.
func (a *Asker) factsOf(t Topic, q Query) []*facts.Fact {
	e := byTopic[t]
	if e.indicator == "" {
		return nil
	}
	if len(q.Periods) == 0 {
		return a.headline(e, q.Region)
	}
	var out []*facts.Fact
	for _, p := range q.Periods {
		out = append(out, a.at(e, q.Region, p)...)
	}
	return out
}

// region returns the region under which the topic's figures are filed.
func (e *entry) in(asked sector.Region) sector.Region {
	switch {
	case asked != "":
		return asked
	case e.region != "":
		return e.region
	}
	return sector.Kazakhstan
}

// at returns the figures of exactly the period, one for each basis.
func (a *Asker) at(e *entry, region sector.Region, p sector.Period) []*facts.Fact {
	var out []*facts.Fact
	for _, basis := range bases {
		series := a.book.Series(e.indicator, e.branch, e.in(region), basis)
		for i := len(series) - 1; i >= 0; i-- {
			f := series[i]
			asked := p
			if p.Kind != sector.AYear && p.Year == 0 { // months without a year: the newest
				asked.Year = f.Period.Year
			}
			if covers(f, asked) {
				out = append(out, f)
				if p.Year == 0 {
					break
				}
			}
		}
	}
	return out
}

// bases are the bases of figures in the order in which they are said.
var bases = [...]sector.Basis{
	sector.Nominal, sector.RealIndex, sector.Unstated, sector.Share, sector.Counted, sector.Physical, sector.RateBasis,
}

// covers reports whether the fact is the figure of the period asked for. Months
// are never a year, nor a year months, unless the fact says so.
func covers(f *facts.Fact, asked sector.Period) bool {
	switch {
	case f.Period == asked:
		return true
	case asked.Kind == sector.YearRun && f.Period.Kind == sector.YearRun:
		// "since 2020": a count over the run that ends where it was counted
		return f.Is(facts.FiveYears) && asked.Year == f.Period.Year && asked.LastYear >= f.Period.LastYear
	case f.Is(facts.AsStated) && asked.Kind == sector.AYear:
		// told in March 2026 after the result of 2025
		return asked.Year == f.Period.Year || asked.Year == f.Period.Year-1
	case f.Is(facts.AsStated) || f.Period.Kind == sector.ADay:
		return asked.Year == f.Period.Year && (asked.Kind == sector.AYear || asked.Kind == sector.AMonth && asked.Month == f.Period.Month)
	case asked.Year != f.Period.Year || f.Period.Kind != sector.AYear:
		return false
	case asked.Kind == sector.MonthRun:
		return f.Is(facts.AtFirstQuarter) && asked.Month == 1 && asked.LastMonth == 3 ||
			f.Is(facts.FirstHalf) && asked.Month == 1 && asked.LastMonth == 6
	case asked.Kind == sector.AMonth:
		return f.Is(facts.AtJuly) && asked.Month == 7
	}
	return false
}

// headline returns the figures to give where no period was named: the newest
// year, and the newest months where they are newer.
func (a *Asker) headline(e *entry, region sector.Region) []*facts.Fact {
	var year, months []*facts.Fact
	newest := func(have []*facts.Fact, f *facts.Fact) []*facts.Fact {
		switch {
		case len(have) == 0 || have[0].Period.Before(f.Period):
			return []*facts.Fact{f}
		case have[0].Period == f.Period:
			return append(have, f)
		}
		return have
	}
	for _, basis := range bases {
		for _, f := range a.book.Series(e.indicator, e.branch, e.in(region), basis) {
			if f.Period.Kind == sector.MonthRun {
				months = newest(months, f)
			} else {
				year = newest(year, f)
			}
		}
	}
	if len(year) == 0 || len(months) > 0 && year[0].Period.Before(months[0].Period) {
		year = append(year, months...)
	}
	if e.topic == Area && len(year) == 1 && year[0].Is(facts.Allocated) {
		// What was set aside is not yet what was sown: give the newest sown area too.
		for _, f := range slices.Backward(a.book.Series(e.indicator, e.branch, e.in(region), sector.Physical)) {
			if !f.Is(facts.Allocated) {
				return append(year, f)
			}
		}
	}
	return year
}

// yearly returns the figures of whole years, oldest first.
func (a *Asker) yearly(e *entry, region sector.Region) []*facts.Fact {
	var longest []*facts.Fact
	for _, basis := range bases {
		var years []*facts.Fact
		for _, f := range a.book.Series(e.indicator, e.branch, e.in(region), basis) {
			if f.Period.Kind == sector.AYear {
				years = append(years, f)
			}
		}
		if len(years) > len(longest) {
			longest = years
		}
	}
	return longest
}

// figureTopic answers a topic of figures.
func (b *builder) figureTopic(e *entry) {
	q := b.q
	switch q.Op {
	case Whence:
		b.whence(e)
		return
	case Lowest, Highest:
		if b.extreme(e) {
			return
		}
	case Trend, List:
		if b.course(e) {
			return
		}
	case Grow:
		b.grow(e)
		return
	case Regions:
		if b.regions(e) {
			return
		}
	case Compare:
		if b.compareYears(e) {
			return
		}
	}
	if e.topic == Structure {
		b.structure(e)
		return
	}
	if e.topic == HarvestGrowth {
		b.harvestGrowth(e)
		return
	}
	if len(q.Periods) == 1 && q.Periods[0].Kind == sector.YearRun && len(b.a.factsOf(e.topic, q)) == 0 && b.course(e) {
		return
	}
	b.values(e)
}

// values gives the figures of the periods asked for, and says which are not known.
func (b *builder) values(e *entry) {
	periods := b.q.Periods
	if len(periods) == 0 {
		known := b.a.headline(e, b.q.Region)
		if len(known) == 0 {
			b.noRegion(e)
			return
		}
		b.give(e, known)
		return
	}
	given := false
	var unknown []sector.Period
	for _, p := range periods {
		known := b.a.at(e, b.q.Region, p)
		if len(known) == 0 && e.instead != "" {
			known = b.a.at(byTopic[e.instead], b.q.Region, p)
			if e.topic == USD && b.q.Unit == "" {
				b.q.Unit = sector.UnitDollars
			}
		}
		if len(known) == 0 && b.q.Region == "" && e.branch == sector.CottonGrowing {
			known = b.a.at(e, sector.Turkistan, p) // the region that grows the country's cotton
		}
		if len(known) > 0 {
			b.give(e, known)
			given = true
		} else {
			unknown = append(unknown, p)
		}
	}
	for _, p := range unknown {
		b.noPeriod(e, p, !given)
	}
}

// give says figures of one topic and period.
func (b *builder) give(e *entry, known []*facts.Fact) {
	if b.impossibleUnit(known[0]) {
		b.refuse(Refusal{Reason: Forbidden, Topic: e.topic, Ban: facts.BanMeasure})
	}
	if len(known) > 1 && known[0].Period == known[1].Period && known[0].Basis != known[1].Basis {
		b.kind(KindBases)
	}
	if len(known) > 1 {
		b.kind(KindFigures)
	}
	for _, f := range known {
		b.figure(e.topic, f)
	}
}

// impossibleUnit reports whether the figure was asked for in a unit of another
// kind, so that the number wanted does not exist: fabric in tonnes.
func (b *builder) impossibleUnit(f *facts.Fact) bool {
	goods := func(m sector.Measure) bool {
		return m == sector.Tonnes || m == sector.SquareMetres || m == sector.Pieces || m == sector.Pairs || m == sector.Hectares
	}
	want, have := b.q.Unit.Measure(), f.Unit.Measure()
	switch {
	case want == "" || want == have:
		return false
	case goods(want) && goods(have):
		return !(want == sector.Pieces && have == sector.Pairs) && !(want == sector.Tonnes && have == sector.Hectares)
	case (want == sector.Tenge || want == sector.Dollars) && goods(have):
		return true
	case goods(want) && (have == sector.Tenge || have == sector.PerCent):
		return true
	}
	return false
}

// noPeriod says that the topic is not known for the period, and, with nearest,
// what is known nearest to it.
func (b *builder) noPeriod(e *entry, p sector.Period, nearest bool) {
	if b.q.Region != "" && len(b.a.headline(e, b.q.Region)) == 0 {
		b.noRegion(e)
		return
	}
	r := Refusal{Reason: NoPeriod, Topic: e.topic, Period: p, Region: b.q.Region}
	var all []*facts.Fact
	for _, basis := range bases {
		all = append(all, b.a.book.Series(e.indicator, e.branch, e.in(b.q.Region), basis)...)
	}
	for _, f := range all {
		if !slices.Contains(r.Known, f.Period) {
			r.Known = append(r.Known, f.Period)
		}
	}
	if e.topic == Output && p.Kind == sector.AYear {
		next := b.a.at(byTopic[Growth], "", sector.YearOf(p.Year+1))
		if len(next) > 0 {
			r.Reason, r.Ban = Forbidden, facts.BanGrowthBack
		}
	}
	b.refuse(r)
	if nearest {
		for _, f := range nearestTo(p, all) {
			b.figure(e.topic, f)
		}
	}
}

// nearestTo returns the figure whose period is nearest to p, on every basis: of
// the same year before any other, the newer of two equally near.
func nearestTo(p sector.Period, all []*facts.Fact) []*facts.Fact {
	var best []*facts.Fact
	far := func(f *facts.Fact) int {
		d := f.Period.EndYear() - p.EndYear()
		if d < 0 {
			return -2*d + 1
		}
		return 2 * d
	}
	for _, f := range all {
		switch {
		case len(best) == 0 || far(f) < far(best[0]):
			best = []*facts.Fact{f}
		case far(f) == far(best[0]) && f.Period == best[0].Period:
			best = append(best, f)
		}
	}
	return best
}

// noRegion says that the topic is not known for the region.
func (b *builder) noRegion(e *entry) {
	r := Refusal{Reason: NoRegion, Topic: e.topic, Region: b.q.Region}
	if len(b.q.Periods) > 0 {
		r.Period = b.q.Periods[0]
	}
	b.refuse(r)
	switch {
	case e.topic == EnterpriseCount && b.q.Region == sector.Turkistan:
		b.statement(byTopic[Turkistan])
	case e.topic == Output || e.topic == USD:
		for _, f := range b.a.headline(byTopic[RegionShare], b.q.Region) {
			b.figure(RegionShare, f)
		}
	}
}

// structure gives the shares of the three divisions.
func (b *builder) structure(e *entry) {
	period := sector.Period{}
	if len(b.q.Periods) > 0 {
		period = b.q.Periods[0]
	}
	var shares []*facts.Fact
	for _, t := range [...]Topic{TextileShare, ClothingShare, FootwearShare} {
		known := b.a.headline(byTopic[t], b.q.Region)
		if !period.IsZero() {
			known = b.a.at(byTopic[t], b.q.Region, period)
		}
		shares = append(shares, known...)
	}
	switch {
	case len(shares) == 3:
		b.kind(KindStructure)
		b.say(Shares{shares})
		b.cite(shares...)
	case b.q.Region != "":
		b.noRegion(e)
	default:
		b.refuse(Refusal{Reason: NoPeriod, Topic: e.topic, Period: period})
		for _, f := range shares {
			b.figure(shareTopic(f), f)
		}
		if len(shares) == 0 {
			b.nearestShares(period)
		}
	}
}

// nearestShares gives the shares told nearest to a period without any.
func (b *builder) nearestShares(p sector.Period) {
	var shares []*facts.Fact
	for _, t := range [...]Topic{TextileShare, ClothingShare, FootwearShare} {
		e := byTopic[t]
		shares = append(shares, nearestTo(p, b.a.book.Series(e.indicator, e.branch, sector.Kazakhstan, sector.Share))...)
	}
	for _, f := range shares {
		if f.Period != shares[0].Period {
			return
		}
	}
	b.say(Shares{shares})
	b.cite(shares...)
}

func shareTopic(f *facts.Fact) Topic {
	switch f.Branch {
	case sector.Textiles:
		return TextileShare
	case sector.Clothing:
		return ClothingShare
	}
	return FootwearShare
}

// harvestGrowth gives the growth as told, with the two crops behind it.
func (b *builder) harvestGrowth(e *entry) {
	year := b.q.year()
	if len(b.q.Periods) == 2 {
		later := max(b.q.Periods[0].EndYear(), b.q.Periods[1].EndYear())
		for _, f := range b.a.at(e, "", sector.YearOf(later)) {
			if min(b.q.Periods[0].Year, b.q.Periods[1].Year) == later-1 {
				b.figure(e.topic, f) // as told, beside what the two crops give
			}
		}
		if b.compareYears(byTopic[Harvest]) {
			return
		}
	}
	if year == 0 && len(b.q.Periods) == 0 {
		year = 2025
	}
	if year == 0 || b.q.Region != "" {
		b.figureTopic(byTopic[Harvest])
		return
	}
	for _, f := range b.a.at(e, "", sector.YearOf(year)) {
		b.figure(e.topic, f)
	}
	before := b.a.at(byTopic[Harvest], "", sector.YearOf(year-1))
	after := b.a.at(byTopic[Harvest], "", sector.YearOf(year))
	if len(before) == 0 || len(after) == 0 {
		b.noPeriod(byTopic[Harvest], sector.YearOf(year), true)
		return
	}
	b.sideBySide(Harvest, before[0], after[0])
}

// grow gives the change on the year before, worked out within one series.
func (b *builder) grow(e *entry) {
	years := b.a.yearly(e, b.q.Region)
	if len(b.q.Periods) >= 2 && b.compareYears(e) {
		return
	}
	if len(b.q.Periods) == 1 && b.q.Periods[0].Kind == sector.YearRun && b.course(e) {
		return
	}
	year := b.q.year()
	if year == 0 && len(years) > 0 && len(b.q.Periods) == 0 {
		year = years[len(years)-1].Period.Year
	}
	var before, after *facts.Fact
	for _, f := range years {
		switch f.Period.Year {
		case year - 1:
			before = f
		case year:
			after = f
		}
	}
	if before == nil || after == nil {
		b.refuse(Refusal{Reason: NoPeriod, Topic: e.topic, Missing: MissPart, Period: sector.YearOf(year - 1)})
		if after != nil {
			b.figure(e.topic, after)
		}
		return
	}
	b.sideBySide(e.topic, before, after)
}

// whence says where the figures of a topic come from.
func (b *builder) whence(e *entry) {
	known := b.a.factsOf(e.topic, b.q)
	if e.topic == Structure {
		known = b.a.headline(byTopic[TextileShare], "")
	}
	if len(known) == 0 {
		b.values(e)
		return
	}
	b.kind(KindSource)
	for _, f := range known {
		b.say(Provenance{f})
		b.cite(f)
	}
}

// banOf returns the ban in an error, or "".
func banOf(err error) facts.Ban {
	var ban facts.Ban
	if errors.As(err, &ban) {
		return ban
	}
	return ""
}
