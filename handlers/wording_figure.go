package handlers

import (
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// wordFigure says one figure in a sentence.
func wordFigure(f ask.Figure, asked bool) chat.Text {
	return figureSentence(f.Fact, f.Value, f.Unit, asked)
}

// figureSentence says a fact, shown as value in unit.
func figureSentence(f *facts.Fact, value sector.Decimal, unit sector.Unit, asked bool) chat.Text {
	return locales.FactSentence(sentenceKey(f), locales.RegionOf(string(f.Region)), valueIn(f, value, unit, asked), whenOf(f))
}

// figureText is the figure of a fact in words, with its qualifier and unit.
func figureText(f *facts.Fact) chat.Text { return amountOf(f, f.Value, f.Unit, false) }

// sentenceKey picks the sentence that fits the fact best.
func sentenceKey(f *facts.Fact) string {
	base := sentenceBase(f)
	for _, variant := range [...]struct {
		fits bool
		name string
	}{
		{f.Is(facts.BestSince2004), "/record"},
		{f.Is(facts.Harvested), "/harvested"},
		{f.Is(facts.Sown), "/sown"},
		{f.Is(facts.Allocated), "/allocated"},
		{f.Qualifier == sector.Over, "/over"},
		{f.Period.Kind == sector.ADay, "/day"},
		{f.Period.Kind == sector.AYear, "/year"},
	} {
		if variant.fits && locales.FactKnown(base+variant.name) {
			return base + variant.name
		}
	}
	return base
}

// sentenceBase is the indicator, with the branch where branches are worded apart.
func sentenceBase(f *facts.Fact) string {
	base := string(f.Indicator)
	if withBranch := base + "/" + string(f.Branch); locales.FactKnown(withBranch) {
		return withBranch
	}
	return base
}

// valueIn is the figure in the form that its sentence asks for.
func valueIn(f *facts.Fact, value sector.Decimal, unit sector.Unit, asked bool) chat.Text {
	switch f.Indicator {
	case sector.OutputGrowth:
		return onBasis(f)
	case sector.CottonHarvestGrowth:
		return growthBy(f)
	case sector.SmallBusinessShare:
		return locales.ByPart(string(f.Qualifier), proved(f, f.Value, f.Unit))
	}
	if shown := writtenOut(unit); !asked && f.Qualifier == sector.Exact && isObject(f.Indicator) && locales.AccusativeKnown(string(shown)) {
		if value, ok := sector.Convert(value, unit, shown); ok {
			return locales.AccusativeExact(string(shown), proved(f, value, shown))
		}
	}
	return amountOf(f, value, unit, asked)
}

// isObject reports whether the sentence of the indicator has the figure as the
// object of a verb ("собрали 330 491 тонну"); in the others it stands after a dash.
func isObject(i sector.Indicator) bool {
	return i != "cotton_harvest_min" && i != "cotton_harvest_max"
}

// growthBy says by how much something grew.
func growthBy(f *facts.Fact) chat.Text {
	return locales.ByPct(string(f.Qualifier), proved(f, f.Value, f.Unit))
}

// onBasis says by how much something grew, and on which basis where the source
// names it.
func onBasis(f *facts.Fact) chat.Text {
	switch f.Basis {
	case sector.Nominal:
		return locales.BasisWith(locales.BasisNominal(), growthBy(f))
	case sector.RealIndex:
		return locales.BasisWith(locales.BasisRealIndex(), growthBy(f))
	case sector.Unstated, sector.Share, sector.Counted, sector.Physical, sector.RateBasis:
	}
	return growthBy(f)
}

// wordBothBases says one growth that is known in money and in volume.
func wordBothBases(first, second ask.Figure) (chat.Text, bool) {
	a, b := first.Fact, second.Fact
	named := func(f *facts.Fact) bool { return f.Basis == sector.Nominal || f.Basis == sector.RealIndex }
	same := a.Indicator == b.Indicator && a.Period == b.Period && a.Branch == b.Branch && a.Region == b.Region
	if a.Indicator != sector.OutputGrowth || !same || a.Basis == b.Basis || !named(a) || !named(b) {
		return chat.Text{}, false
	}
	both := locales.BasisBoth(onBasis(a), onBasis(b))
	return locales.FactSentence(sentenceKey(a), locales.RegionOf(string(a.Region)), both, whenOf(a)), true
}

// wordGrowthAndOutput says in one sentence how much the sector grew and what
// its output came to.
func wordGrowthAndOutput(first, second ask.Figure) (chat.Text, bool) {
	growth, output := first.Fact, second.Fact
	if growth.Indicator == sector.OutputValue {
		growth, output = output, growth
	}
	whole := func(f *facts.Fact) bool {
		return f.Branch == sector.LightIndustry && f.Region == sector.Kazakhstan && f.Qualifier == sector.Exact
	}
	asIs := func(f ask.Figure) bool { return f.Unit == f.Fact.Unit || f.Unit.Power() == 0 }
	if growth.Indicator != sector.OutputGrowth || growth.Basis != sector.Unstated || output.Indicator != sector.OutputValue ||
		growth.Period != output.Period || !whole(growth) || !whole(output) || output.Unit != sector.BillionTenge ||
		!asIs(first) || !asIs(second) {
		return chat.Text{}, false
	}
	return locales.FactPairGrowthOutput(growthBy(growth), proved(output, output.Value, output.Unit), whenOf(growth)), true
}

// amountOf says value, a figure of the fact given in unit, with its qualifier.
func amountOf(f *facts.Fact, value sector.Decimal, unit sector.Unit, asked bool) chat.Text {
	shown := unit
	switch {
	case !asked:
		shown = writtenOut(unit)
	case unit.Power() == 0 && f.Unit.Power() > 3:
		shown = f.Unit // asked "in tenge": nobody wants twelve digits of it
	}
	if converted, ok := sector.Convert(value, unit, shown); ok {
		value = converted
	}
	return amount(proved(f, value, shown), unitWord(shown, f.Indicator), f.Qualifier)
}

// proved is a figure of the fact, given in unit, as a number that can be checked.
func proved(f *facts.Fact, value sector.Decimal, unit sector.Unit) chat.Number {
	ref := string(f.Key)
	if unit != f.Unit {
		ref += "@" + string(unit)
	}
	return chat.Number{Value: value.String(), Proof: chat.Proof{Kind: chat.ByFact, Ref: ref}}
}

// writtenOut is the unit in which figures of a unit are shown: thousands are
// written out (466,000 tonnes), millions and billions are not.
func writtenOut(u sector.Unit) sector.Unit {
	switch u {
	case sector.ThousandTonnes:
		return sector.UnitTonnes
	case sector.ThousandHa:
		return sector.UnitHa
	case sector.ThousandPeople:
		return sector.UnitPeople
	case sector.ThousandPairs:
		return sector.UnitPairs
	case sector.ThousandUnits:
		return sector.UnitPieces
	}
	return u
}

// unitWord is the key of the unit's words. What is merely counted is named: a
// bare number would leave Kazakh with nothing to hang its endings on.
func unitWord(u sector.Unit, i sector.Indicator) string {
	if u != sector.UnitCount {
		return string(u)
	}
	switch i {
	case "cotton_farms":
		return "farms"
	case "cotton_gins":
		return "plants"
	case sector.Enterprises:
		return "firms"
	case "jobs_created":
		return "jobs"
	case "projects_launched", "projects_planned":
		return "projects"
	}
	return string(u)
}

// amount says a number with its unit and qualifier.
func amount(n chat.Number, unit string, q sector.Qualifier) chat.Text {
	switch q {
	case sector.Over:
		return locales.UnitOver(unit, n)
	case sector.About:
		return locales.UnitApprox(unit, n)
	case sector.UpTo:
		return locales.UnitUpTo(unit, n)
	case sector.Under:
		return locales.UnitUnder(unit, n)
	case sector.Exact:
	}
	return locales.UnitExact(unit, n)
}

// formerFigure words a figure as [shownAs] kept it. The fact may be gone, so the
// record of having given it is the proof.
func formerFigure(kept string) chat.Text {
	parts := strings.Fields(kept)
	if len(parts) != 3 {
		return locales.LabelFormer()
	}
	q, unit := sector.Qualifier(parts[0]), sector.Unit(parts[2])
	value, err := sector.ParseDecimal(parts[1])
	if err != nil || !q.Known() || !unit.Known() {
		return locales.LabelFormer()
	}
	shown := writtenOut(unit)
	if converted, ok := sector.Convert(value, unit, shown); ok {
		value = converted
	}
	return amount(chat.Number{Value: value.String(), Proof: chat.Proof{Kind: chat.ByRecord, Ref: "given"}}, string(shown), q)
}
