package ask

import (
	"slices"

	"maqta/sector"
	"maqta/sector/facts"
)

// sideBySide compares two figures of one series, the earlier first.
func (b *builder) sideBySide(t Topic, earlier, later *facts.Fact) {
	c := Comparison{Figures: []Figure{b.shown(t, earlier), b.shown(t, later)}}
	b.compare(&c, later, earlier)
	if change, err := b.a.book.Calculate(facts.Change, earlier.Key, later.Key); err == nil {
		c.Change = &change
	}
	b.kind(KindComparison)
	b.say(c)
	b.cite(later, earlier)
}

func (b *builder) shown(t Topic, f *facts.Fact) Figure {
	fig := Figure{Topic: t, Fact: f, Value: f.Value, Unit: f.Unit}
	if v, ok := sector.Convert(f.Value, f.Unit, b.q.Unit); ok {
		fig.Value, fig.Unit = v, b.q.Unit
	}
	return fig
}

// compare fills in which of x and y is greater, and by how much, or why not.
func (b *builder) compare(c *Comparison, x, y *facts.Fact) {
	difference, err := b.a.book.Calculate(facts.Difference, x.Key, y.Key)
	if banOf(err) == facts.BanLowerBound {
		difference, err = b.a.book.Calculate(facts.Difference, y.Key, x.Key)
		x, y = y, x
	}
	if err != nil {
		c.Ban = banOf(err)
		return
	}
	switch difference.Value.Sign() {
	case 1:
		c.Greatest = x
	case -1:
		if x.Qualifier == sector.Over { // more than 30 against 32 decides nothing
			c.Ban = facts.BanLowerBound
			return
		}
		c.Greatest = y
	}
	c.Difference = &difference
	if x.Unit != sector.Pct {
		if c.Greatest == y {
			x, y = y, x
		}
		if ratio, err := b.a.book.Calculate(facts.Ratio, x.Key, y.Key); err == nil && ratio.Value.Cmp(sector.MustDecimal("1.5")) >= 0 {
			c.Ratio = &ratio
		}
	}
}

// compareTopics sets different topics side by side. It reports false where one
// of them is no figure or not known, so that each is answered by itself.
func (b *builder) compareTopics() bool {
	if len(b.q.Periods) > 1 {
		return false
	}
	var c Comparison
	var fs []*facts.Fact
	for _, t := range b.q.Topics {
		known := b.a.factsOf(t, b.q)
		if len(known) == 0 {
			return false
		}
		newest := known[0]
		if slices.ContainsFunc(fs, func(f *facts.Fact) bool { return f == newest }) {
			continue
		}
		fs = append(fs, newest)
		c.Figures = append(c.Figures, b.shown(t, newest))
	}
	if len(fs) < 2 {
		return false
	}
	if len(fs) == 2 {
		b.compare(&c, fs[0], fs[1])
	} else {
		c.Greatest, c.Ban = greatest(fs)
	}
	b.kind(KindComparison)
	b.say(c)
	b.cite(fs...)
	return true
}

// greatest returns the greatest of several figures of one unit and period.
func greatest(fs []*facts.Fact) (*facts.Fact, facts.Ban) {
	best := fs[0]
	for _, f := range fs[1:] {
		if f.Unit != best.Unit || f.Period != best.Period || f.Basis != best.Basis {
			return nil, facts.BanMeasure
		}
		if best.Value.Less(f.Value) {
			best = f
		}
	}
	return best, ""
}

// compareYears sets years of one topic side by side. It reports false where there
// are not two known figures to compare.
func (b *builder) compareYears(e *entry) bool {
	periods := slices.Clone(b.q.Periods)
	if len(periods) == 0 || len(periods) > 3 {
		return false
	}
	if len(periods) == 1 {
		if periods[0].Kind != sector.AYear {
			return false
		}
		newest := b.a.headline(e, b.q.Region)
		if len(newest) == 0 || newest[0].Period == periods[0] {
			return false
		}
		periods = append(periods, newest[0].Period)
	}
	var fs []*facts.Fact
	for _, p := range periods {
		known := b.a.at(e, b.q.Region, p)
		if len(known) != 1 {
			return false
		}
		fs = append(fs, known[0])
	}
	slices.SortFunc(fs, func(x, y *facts.Fact) int {
		if x.Period.Before(y.Period) {
			return -1
		}
		return 1
	})
	if len(fs) == 2 {
		b.sideBySide(e.topic, fs[0], fs[1])
		return true
	}
	var c Comparison
	for _, f := range fs {
		c.Figures = append(c.Figures, b.shown(e.topic, f))
	}
	c.Greatest, c.Ban = greatest(fs)
	b.kind(KindComparison)
	b.say(c)
	b.cite(fs...)
	return true
}

// span returns the figures of whole years within the run of the query.
func (b *builder) span(e *entry) []*facts.Fact {
	years := b.a.yearly(e, b.q.Region)
	if len(b.q.Periods) != 1 || b.q.Periods[0].Kind != sector.YearRun {
		if len(b.q.Periods) > 0 {
			return nil
		}
		return years
	}
	p := b.q.Periods[0]
	return slices.DeleteFunc(slices.Clone(years), func(f *facts.Fact) bool {
		return f.Period.Year < p.Year || f.Period.Year > p.LastYear
	})
}

// extreme names the year with least or most. It reports false where the topic
// has too few years for that to mean anything.
func (b *builder) extreme(e *entry) bool {
	years := b.span(e)
	if len(years) < 3 {
		return false
	}
	best := years[0]
	for _, f := range years[1:] {
		if b.q.Op == Highest && best.Value.Less(f.Value) || b.q.Op == Lowest && f.Value.Less(best.Value) {
			best = f
		}
	}
	b.kind(KindFigure)
	b.say(Extreme{
		Topic: e.topic, Fact: best, Highest: b.q.Op == Highest,
		From: years[0].Period.Year, To: years[len(years)-1].Period.Year,
	})
	b.cite(best)
	return true
}

// course gives a series over years. It reports false where there are fewer than
// two figures.
func (b *builder) course(e *entry) bool {
	if e.topic == HarvestGrowth {
		e = byTopic[Harvest]
	}
	years := b.span(e)
	if len(years) < 2 {
		return false
	}
	c := Course{Topic: e.topic, Facts: years, Lowest: years[0], Highest: years[0], Listed: b.q.Op == List}
	for _, f := range years {
		if f.Value.Less(c.Lowest.Value) {
			c.Lowest = f
		}
		if c.Highest.Value.Less(f.Value) {
			c.Highest = f
		}
	}
	first, last := years[0], years[len(years)-1]
	if change, err := b.a.book.Calculate(facts.Change, first.Key, last.Key); err == nil {
		c.Change = &change
	}
	if len(b.q.Periods) == 1 && !b.openRun(b.q.Periods[0], years) {
		b.refuse(Refusal{Reason: NoPeriod, Topic: e.topic, Period: b.q.Periods[0]})
	}
	b.kind(KindTrend)
	b.say(c)
	b.cite(first, last)
	if e.topic == Harvest && len(b.q.Periods) == 1 {
		// what the statistics say of this very run of years
		for _, f := range b.a.at(byTopic[HarvestFloor], b.q.Region, b.q.Periods[0]) {
			b.figure(HarvestFloor, f)
		}
	}
	return true
}

// openRun reports whether the years known reach both ends of the run, as far as
// the question set them.
func (b *builder) openRun(p sector.Period, years []*facts.Fact) bool {
	newest := b.a.book.Newest().Year
	first, last := years[0].Period.Year, years[len(years)-1].Period.Year
	return (first <= p.Year || p.Year <= earliest) && (last >= p.LastYear || p.LastYear >= newest-1)
}

// regions gives the figures of every region that has one, the largest first.
func (b *builder) regions(e *entry) bool {
	var fs []*facts.Fact
	for _, r := range sector.Regions() {
		for _, basis := range bases {
			for _, f := range b.a.book.Series(e.indicator, e.branch, r, basis) {
				if len(b.q.Periods) == 0 || covers(f, b.q.Periods[0]) {
					fs = append(fs, f)
				}
			}
		}
	}
	if len(fs) < 2 {
		return false
	}
	slices.SortStableFunc(fs, func(x, y *facts.Fact) int { return y.Value.Cmp(x.Value) })
	b.kind(KindFigures)
	for _, f := range fs {
		b.figure(e.topic, f)
	}
	return true
}

// chart describes the picture that could be drawn of the answer.
func (b *builder) chart() *Chart {
	for _, p := range b.answer.Parts {
		switch p := p.(type) {
		case Shares:
			return &Chart{ChartStructure, keysOf(p.Facts)}
		case Course:
			return &Chart{ChartTrend, keysOf(p.Facts)}
		case Comparison:
			var fs []*facts.Fact
			for _, f := range p.Figures {
				fs = append(fs, f.Fact)
			}
			if !drawable(fs, p.Ban) {
				return nil
			}
			return &Chart{ChartCompare, keysOf(fs)}
		case Figure:
			return b.chartOf(p.Topic)
		case Extreme:
			return b.chartOf(p.Topic)
		}
	}
	return nil
}

// drawable reports whether figures may stand side by side as bars, whose lengths
// get compared. What must not be compared in words must not be drawn either; only
// "more than 60 against 32" may, within one indicator.
func drawable(fs []*facts.Fact, ban facts.Ban) bool {
	for i, f := range fs {
		if f.Unit.Measure() != fs[0].Unit.Measure() || slices.Contains(fs[:i], f) ||
			ban == facts.BanLowerBound && f.Indicator != fs[0].Indicator {
			return false
		}
	}
	return ban == "" || ban == facts.BanLowerBound
}

// chartOf describes the picture behind a single figure: its series, or the
// structure of which it is a share.
func (b *builder) chartOf(t Topic) *Chart {
	switch t {
	case TextileShare, ClothingShare, FootwearShare:
		var fs []*facts.Fact
		for _, s := range [...]Topic{TextileShare, ClothingShare, FootwearShare} {
			fs = append(fs, b.a.headline(byTopic[s], "")...)
		}
		return &Chart{ChartStructure, keysOf(fs)}
	}
	if years := b.a.yearly(byTopic[t], b.q.Region); len(years) >= 3 {
		return &Chart{ChartTrend, keysOf(years)}
	}
	return nil
}

func keysOf(fs []*facts.Fact) []facts.Key {
	keys := make([]facts.Key, len(fs))
	for i, f := range fs {
		keys[i] = f.Key
	}
	return keys
}
