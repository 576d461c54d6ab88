package handlers

import (
	"fmt"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// worked is a result of a calculation, given in unit, as a number that can be
// worked out again.
func worked(c facts.Calc, value sector.Decimal, unit sector.Unit) chat.Number {
	ref := c.Ref()
	if unit != c.Unit {
		ref += "@" + string(unit)
	}
	return chat.Number{Value: value.String(), Proof: chat.Proof{Kind: chat.ByCalc, Ref: ref}}
}

// wordResult says the result of a calculation with its unit and qualifier.
func wordResult(c facts.Calc, unit sector.Unit) chat.Text {
	shown := writtenOut(c.Unit)
	if unit != "" && unit.Measure() == c.Unit.Measure() {
		shown = unit
	}
	value, ok := sector.Convert(c.Value.Abs(), c.Unit, shown)
	if !ok {
		value, shown = c.Value.Abs(), c.Unit
	}
	return amount(worked(c, value, shown), unitWord(shown, c.Operands[0].Indicator), c.Qualifier)
}

// wordWorked shows a calculation with its working, and says that the source does
// not have the result where it does not. With dated, the period of a converted
// amount is named.
func wordWorked(c facts.Calc, dated bool) chat.Text {
	x, y := c.Operands[0], c.Operands[1]
	amount := figureText(x)
	if dated {
		amount = locales.WorkedAmount(amount, periodLabelOf(x))
	}
	switch c.Name {
	case facts.InDollars:
		return locales.WorkedDollars(amount, rateName(y), proved(y, y.Value, y.Unit), wordResult(c, ""))
	case facts.InTenge:
		return locales.WorkedTenge(amount, rateName(y), proved(y, y.Value, y.Unit), wordResult(c, ""))
	case facts.ShareOf:
		name := locales.BranchName(string(x.Branch))
		if x.Indicator == sector.RegionalShareOfOutput {
			name = locales.RegionName(string(x.Region))
		}
		return chat.Sentences(locales.WorkedShare(name, wordResult(c, ""), figureText(x), figureText(y)), locales.WorkedCounted())
	case facts.Difference:
		return locales.WorkedDifference(figureText(x), wordResult(c, ""), figureText(y))
	case facts.Ratio:
		return locales.WorkedRatio(figureText(x), wordResult(c, ""), figureText(y))
	case facts.Change:
		return chat.Sentences(locales.WorkedChange(figureText(x), figureText(y)), wordChange(c))
	case facts.WholeAtLeast, facts.WholeAtMost: // said together, as a range
	}
	return locales.UnknownPlain()
}

// dated reports whether an answer must name the period of what it works with:
// wherever another could be understood.
func dated(c facts.Calc, a ask.Answer) bool {
	return refused(a) || len(a.Query.Periods) > 0 || c.Operands[0].Period.Kind != sector.AYear
}

// rateName says which rate was used: of one day, or the average of a year.
func rateName(rate *facts.Fact) chat.Text {
	p := rate.Period
	if p.Kind != sector.ADay {
		return locales.WorkedRateYear(chat.Year(p.Year))
	}
	day := chat.Plain{Value: fmt.Sprint(p.Day), Proof: chat.Proof{Kind: chat.ByDate}}
	return locales.WorkedRateDay(day, locales.MonthDated(locales.MonthKey(p.Month)), chat.Year(p.Year))
}

// wordRange says between which bounds a whole lies of which only a rounded share
// is known.
func wordRange(p ask.WorkedRange) chat.Text {
	share, part := p.Low.Operands[0], p.Low.Operands[1]
	return locales.WorkedRange(
		worked(p.High, p.High.Value, p.High.Unit), worked(p.Low, p.Low.Value, p.Low.Unit),
		figureText(part), figureText(share), periodLabelOf(share), periodLabelOf(part),
	)
}
