package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// wordShares says the structure of the sector: a share for each branch. A lower
// bound keeps its word.
func wordShares(p ask.Shares) chat.Text {
	items := make([]chat.Text, 0, len(p.Facts))
	bound := false
	for _, f := range p.Facts {
		items = append(items, locales.StructureItem(locales.BranchName(string(f.Branch)), figureText(f)))
		bound = bound || f.Qualifier != sector.Exact
	}
	text := locales.StructureText(joined(", ", items), whenOf(p.Facts[0]))
	if bound {
		text = chat.Sentences(text, locales.StructureBound())
	}
	return text
}

// wordCourse says how a series went: all of it where it was asked for, else its
// ends, the change and the extremes.
func wordCourse(p ask.Course, unit sector.Unit) chat.Text {
	first, last := p.Facts[0], p.Facts[len(p.Facts)-1]
	if p.Listed {
		return wordList(locales.SubjectLabel(string(p.Topic)), p.Facts, unit)
	}
	said := []chat.Text{wordEnds(p, first, last, unit)}
	ends := func(f *facts.Fact) bool { return f == first || f == last }
	if p.Lowest != nil && p.Highest != nil && (!ends(p.Lowest) || !ends(p.Highest)) {
		said = append(said, locales.CourseExtremes(
			inUnit(p.Highest, unit), periodLabelOf(p.Highest), inUnit(p.Lowest, unit), periodLabelOf(p.Lowest),
		))
	}
	return chat.Sentences(said...)
}

// wordEnds says where a course began and ended, and the change where there is one.
func wordEnds(p ask.Course, first, last *facts.Fact, unit sector.Unit) chat.Text {
	label := locales.SubjectLabel(string(p.Topic))
	from, to := inUnit(first, unit), inUnit(last, unit)
	began, ended := periodInOf(first), periodInOf(last)
	switch {
	case p.Change == nil || p.Change.Value.IsZero():
		return locales.CourseEnds(from, began, label, to, ended)
	case p.Change.Value.Sign() > 0:
		return locales.CourseEndsRose(changeBy(*p.Change), from, began, label, to, ended)
	}
	return locales.CourseEndsFell(changeBy(*p.Change), from, began, label, to, ended)
}

// changeBy says by how much something changed; the words around it say which way.
func changeBy(c facts.Calc) chat.Text {
	return locales.ByPct(string(c.Qualifier), worked(c, c.Value.Abs(), c.Unit))
}

// wordList says a series line by line, the unit once.
func wordList(label chat.Text, series []*facts.Fact, unit sector.Unit) chat.Text {
	shown := shownUnit(series[0], unit)
	lines := []chat.Text{locales.CourseHead(label, locales.UnitLabel(unitWord(shown, series[0].Indicator)))}
	for _, f := range series {
		value, ok := sector.Convert(f.Value, f.Unit, shown)
		text := inUnit(f, unit)
		if ok && f.Qualifier == sector.Exact && shown != sector.Pct {
			text = locales.LabelNumber(proved(f, value, shown))
		}
		lines = append(lines, locales.CourseItem(text, periodLabelOf(f)))
	}
	return chat.Lines(lines...)
}

// shownUnit is the unit to show a fact in: the one asked for where it fits.
func shownUnit(f *facts.Fact, unit sector.Unit) sector.Unit {
	if unit != "" && unit.Measure() == f.Unit.Measure() {
		return unit
	}
	return writtenOut(f.Unit)
}

// inUnit is the figure of a fact in the unit asked for, where it fits.
func inUnit(f *facts.Fact, unit sector.Unit) chat.Text {
	value, ok := sector.Convert(f.Value, f.Unit, shownUnit(f, unit))
	if !ok {
		return figureText(f)
	}
	return amountOf(f, value, shownUnit(f, unit), true)
}

// wordChange says a change in per cent.
func wordChange(c facts.Calc) chat.Text {
	switch {
	case c.Value.Sign() > 0:
		return locales.CourseRose(changeBy(c))
	case c.Value.Sign() < 0:
		return locales.CourseFell(changeBy(c))
	}
	return locales.CourseSame()
}

func wordExtreme(p ask.Extreme, unit sector.Unit) chat.Text {
	label, when := locales.SubjectLabel(string(p.Topic)), periodLabelOf(p.Fact)
	if p.Highest {
		return locales.ExtremeHighest(chat.Year(p.From), label, chat.Year(p.To), inUnit(p.Fact, unit), when)
	}
	return locales.ExtremeLowest(chat.Year(p.From), label, chat.Year(p.To), inUnit(p.Fact, unit), when)
}

// wordComparison sets figures side by side and says what may be said of them.
func wordComparison(p ask.Comparison, q ask.Query) chat.Text {
	if len(p.Figures) == 2 {
		if text, ok := wordBothBases(p.Figures[0], p.Figures[1]); ok {
			return text
		}
		if text, ok := wordGrowthAndOutput(p.Figures[0], p.Figures[1]); ok {
			return text
		}
	}
	said := []chat.Text{wordSideBySide(p, q)}
	if p.Ban != "" {
		return chat.Sentences(said[0], locales.BanText(string(p.Ban)))
	}
	if p.Greatest != nil {
		said = append(said, wordGreatest(p, q.Unit))
	} else if equal(p.Figures) {
		said = append(said, locales.CompareEqual())
	}
	if p.Change == nil && p.Ratio != nil && p.Ratio.Qualifier == sector.Exact && sector.FromInt(1).Less(p.Ratio.Value) {
		said = append(said, locales.CompareTimes(wordResult(*p.Ratio, "")))
	}
	return chat.Sentences(said...)
}

// wordGreatest says which is the greater, by how much, and how that changed
// where the two are one thing at two times.
func wordGreatest(p ask.Comparison, unit sector.Unit) chat.Text {
	name := nameBeside(p)(p.Greatest)
	switch {
	case p.Difference == nil:
		return locales.CompareGreatest(name)
	case p.Change == nil || p.Change.Value.IsZero():
		return locales.CompareGreatestBy(name, wordResult(*p.Difference, unit))
	case p.Change.Value.Sign() > 0:
		return locales.CompareGreatestRose(changeBy(*p.Change), name, wordResult(*p.Difference, unit))
	}
	return locales.CompareGreatestFell(changeBy(*p.Change), name, wordResult(*p.Difference, unit))
}

func equal(figures []ask.Figure) bool {
	for _, f := range figures[1:] {
		value, ok := sector.Convert(f.Fact.Value, f.Fact.Unit, figures[0].Fact.Unit)
		if !ok || value != figures[0].Fact.Value || f.Fact.Qualifier != figures[0].Fact.Qualifier {
			return false
		}
	}
	return true
}

// wordSideBySide says the figures in one sentence, headed by what they share:
// the topic, or else the period.
func wordSideBySide(p ask.Comparison, q ask.Query) chat.Text {
	first := p.Figures[0]
	sameTopic, samePeriod, sameRegion := true, true, true
	for _, f := range p.Figures {
		sameTopic = sameTopic && f.Topic == first.Topic
		samePeriod = samePeriod && f.Fact.Period == first.Fact.Period
		sameRegion = sameRegion && f.Fact.Region == first.Fact.Region
	}
	name := nameBeside(p)
	items := make([]chat.Text, 0, len(p.Figures))
	for _, f := range p.Figures {
		value := amountOf(f.Fact, f.Value, f.Unit, asked(q, f))
		if samePeriod || sameTopic && sameRegion {
			items = append(items, locales.CompareItem(name(f.Fact), value))
			continue
		}
		items = append(items, locales.CompareItemWhen(name(f.Fact), value, periodLabelOf(f.Fact)))
	}
	list := joined(", ", items)
	switch {
	case sameTopic && samePeriod:
		return locales.CompareDatedHead(locales.SubjectLabel(string(first.Topic)), list, periodInOf(first.Fact))
	case sameTopic:
		return locales.CompareHeaded(locales.SubjectLabel(string(first.Topic)), list)
	case samePeriod:
		return locales.CompareDated(list, periodInOf(first.Fact))
	}
	return locales.CompareBare(list)
}

// nameBeside tells figures apart by what differs between them: the topic, the
// region or the period.
func nameBeside(p ask.Comparison) func(*facts.Fact) chat.Text {
	first := p.Figures[0]
	topics, regions := map[facts.Key]ask.Topic{}, false
	same := true
	for _, f := range p.Figures {
		topics[f.Fact.Key] = f.Topic
		same = same && f.Topic == first.Topic
		regions = regions || f.Fact.Region != first.Fact.Region
	}
	return func(f *facts.Fact) chat.Text {
		switch {
		case !same:
			return locales.SubjectLabel(string(topics[f.Key]))
		case regions:
			return locales.RegionName(string(f.Region))
		}
		return periodLabelOf(f)
	}
}
