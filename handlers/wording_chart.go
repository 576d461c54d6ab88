package handlers

import (
	"fmt"
	"slices"
	"strconv"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/chart"
	"maqta/sector/facts"
)

// wordCaption goes under a picture: the figures that it shows, all of them, and
// their source. Nobody has to read them off the bars.
func (m *Mind) wordCaption(a ask.Answer) chat.Text {
	series := m.drawn(a)
	if len(series) == 0 || a.Chart.Kind != ask.ChartTrend {
		return chat.Lines(m.wordParts(a), wordCited(a))
	}
	return chat.Lines(wordList(chartLabel(a), series, a.Query.Unit), chartCited(series))
}

// drawn returns the facts of the answer's picture.
func (m *Mind) drawn(a ask.Answer) []*facts.Fact {
	if a.Chart == nil {
		return nil
	}
	series := make([]*facts.Fact, 0, len(a.Chart.Facts))
	for _, key := range a.Chart.Facts {
		if f, ok := m.Book.Fact(key); ok {
			series = append(series, f)
		}
	}
	return series
}

// chartCited names every source of the drawn figures, the newest figure's first:
// an answer about one of them cites fewer.
func chartCited(series []*facts.Fact) chat.Text {
	sources := make([]*facts.Source, 0, len(series))
	for _, f := range slices.Backward(series) {
		sources = append(sources, f.Source)
	}
	return cited(sources, len(sources))
}

// chartLabel names what a picture shows: one topic, or those that it compares.
func chartLabel(a ask.Answer) chat.Text {
	var labels []chat.Text
	seen := map[ask.Topic]bool{}
	for _, t := range a.Query.Topics {
		if !seen[t] {
			seen[t] = true
			labels = append(labels, locales.SubjectLabel(string(t)))
		}
		if a.Chart.Kind != ask.ChartCompare {
			break
		}
	}
	if len(labels) == 0 || a.Chart.Kind == ask.ChartStructure {
		return locales.SubjectLabel(string(ask.Structure))
	}
	return joined(" – ", labels)
}

// wordsInFull is how many value labels a picture has room for as they are; more
// are rounded to roundedTo digits. The caption has them in full.
const (
	wordsInFull = 8
	roundedTo   = 4
)

// chartWords words a picture in one language. Every word is rendered here, so
// that what cannot be proved is an error before anything is drawn.
func (m *Mind) chartWords(lang chat.Lang, a ask.Answer, series []*facts.Fact) (chart.Words, error) {
	var fault error
	say := func(t chat.Text) string {
		if t.IsZero() {
			return ""
		}
		s, err := m.Words.RenderPlain(lang, t)
		if err != nil && fault == nil {
			fault = err
		}
		return s
	}
	first := series[0]
	bare := a.Chart.Kind == ask.ChartTrend || first.Unit != sector.Pct
	values, names := map[facts.Key]string{}, map[facts.Key]string{}
	name := chartName(a, series)
	for _, f := range series {
		names[f.Key] = say(name(f))
		values[f.Key] = say(chartValue(f, first.Unit, bare, len(series) > wordsInFull))
	}
	w := chart.Words{
		Title:  say(locales.ChartTitle(chartLabel(a), locales.RegionName(string(place(series))))),
		Unit:   say(chartUnit(series, a.Chart.Kind == ask.ChartTrend)),
		Note:   say(chartNote(a, series)),
		Source: say(chartCited(series)),
		Gap:    say(locales.ChartGap()),
		Period: func(p sector.Period) string { return p.String() },
		Name:   func(f *facts.Fact) string { return names[f.Key] },
		Value:  func(f *facts.Fact) string { return values[f.Key] },
		Strong: strong(a, series),
	}
	if fault != nil {
		return chart.Words{}, fmt.Errorf("word the picture of %s: %w", a.Query.Key(), fault)
	}
	w.Tick = func(v float64) string {
		n := chat.Rule(strconv.FormatFloat(v, 'f', -1, 64)) // a round number of the scale, no figure
		s, err := m.Words.RenderPlain(lang, locales.LabelNumber(n))
		if err != nil {
			return ""
		}
		return s
	}
	return w, nil
}

// chartValue is a figure at its bar: the bare number where the unit stands under
// the title, unless a qualifier needs its words.
func chartValue(f *facts.Fact, unit sector.Unit, bare, rounded bool) chat.Text {
	value, ok := sector.Convert(f.Value, f.Unit, unit)
	if !ok {
		return figureText(f)
	}
	if rounded {
		value = value.RoundTo(roundedTo)
	}
	if bare && f.Qualifier == sector.Exact {
		return locales.LabelNumber(proved(f, value, unit))
	}
	return amountOf(f, value, unit, true)
}

// chartUnit says in what and, for figures of one period, when.
func chartUnit(series []*facts.Fact, trend bool) chat.Text {
	first := series[0]
	unit := locales.UnitLabel(unitWord(first.Unit, first.Indicator))
	if trend {
		return unit
	}
	for _, f := range series {
		if f.Period != first.Period {
			return unit
		}
	}
	return locales.ChartUnitWhen(unit, periodInOf(first))
}

// chartNote says what a reader of the picture must know: a lower bound, a year
// without a figure, a caution. A picture is forwarded without its caption.
func chartNote(a ask.Answer, series []*facts.Fact) chat.Text {
	var notes []chat.Text
	if a.Chart.Kind == ask.ChartStructure {
		for _, f := range series {
			if f.Qualifier == sector.Over {
				notes = append(notes, locales.StructureBound())
				break
			}
		}
	}
	if a.Chart.Kind == ask.ChartTrend && gaps(series) {
		notes = append(notes, locales.ChartGapNote())
	}
	if unstatedGrowth(a) {
		notes = append(notes, locales.BasisUnstated())
	}
	return chat.Sentences(append(notes, chartCautions(a, series)...)...)
}

// chartCautions are the cautions of the drawn figures, each once. One that does
// not hold for all of them says for which: harvested, sown and allocated land
// stand in one row of columns.
func chartCautions(a ask.Answer, series []*facts.Fact) []chat.Text {
	var order []facts.Caution
	of := map[facts.Caution][]*facts.Fact{}
	for _, f := range series {
		for _, c := range f.Cautions {
			if of[c] == nil {
				order = append(order, c)
			}
			of[c] = append(of[c], f)
		}
	}
	name := chartName(a, series)
	var said []chat.Text
	for _, c := range order {
		// A trend has no sentence that would say these two.
		if saidAlready(c, ask.KindTrend) && c != facts.RawCotton && c != facts.YearAverage {
			continue
		}
		text := locales.CautionText(string(c))
		switch few := of[c]; {
		case len(few) == len(series):
		case a.Chart.Kind == ask.ChartTrend && len(few) == few[len(few)-1].Period.Year-few[0].Period.Year+1 && len(few) > 1:
			run := sector.YearsOf(few[0].Period.Year, few[len(few)-1].Period.Year)
			text = joined(": ", []chat.Text{periodLabel(run, false), text})
		default:
			names := make([]chat.Text, len(few))
			for i, f := range few {
				names[i] = name(f)
			}
			text = joined(": ", []chat.Text{joined(", ", names), text})
		}
		said = append(said, text)
	}
	return said
}

// gaps reports whether a year between the first and the last has no figure.
func gaps(series []*facts.Fact) bool {
	first, last := series[0].Period.Year, series[len(series)-1].Period.EndYear()
	return last-first+1 > len(series)
}

// place is the region of all the facts, or the country.
func place(series []*facts.Fact) sector.Region {
	for _, f := range series {
		if f.Region != series[0].Region {
			return sector.Kazakhstan
		}
	}
	return series[0].Region
}

// strong is the figure that was asked for, or the newest of a series.
func strong(a ask.Answer, series []*facts.Fact) facts.Key {
	for _, f := range series {
		for _, p := range a.Query.Periods {
			if len(a.Query.Periods) == 1 && f.Period == p {
				return f.Key
			}
		}
	}
	if a.Chart.Kind == ask.ChartTrend {
		return series[len(series)-1].Key
	}
	return ""
}

// chartName names a bar by what its figures differ in: topics first, then
// branches, regions and periods.
func chartName(a ask.Answer, series []*facts.Fact) func(*facts.Fact) chat.Text {
	first := series[0]
	var branches, regions, periods bool
	for _, f := range series {
		branches = branches || f.Branch != first.Branch
		regions = regions || f.Region != first.Region
		periods = periods || f.Period != first.Period
	}
	topics := chartTopics(a)
	return func(f *facts.Fact) chat.Text {
		when := periodLabelOf(f)
		var name chat.Text
		switch t, ok := topics[f.Key]; {
		case ok:
			name = locales.LabelButton(locales.SubjectLabel(string(t)))
		case branches && f.Branch != sector.NoBranch:
			name = locales.LabelButton(locales.BranchName(string(f.Branch)))
		case regions:
			name = locales.RegionName(string(f.Region))
		default:
			return when
		}
		if periods {
			return joined(", ", []chat.Text{name, when})
		}
		return name
	}
}

// chartTopics says what each figure of a comparison is about, when they differ.
func chartTopics(a ask.Answer) map[facts.Key]ask.Topic {
	topics := map[facts.Key]ask.Topic{}
	for _, p := range a.Parts {
		c, ok := p.(ask.Comparison)
		if !ok || a.Chart.Kind != ask.ChartCompare {
			continue
		}
		if !slices.ContainsFunc(c.Figures, func(f ask.Figure) bool { return f.Topic != c.Figures[0].Topic }) {
			continue
		}
		for _, f := range c.Figures {
			topics[f.Fact.Key] = f.Topic
		}
	}
	return topics
}
