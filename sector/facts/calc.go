package facts

import (
	"errors"
	"fmt"
	"strings"

	"maqta/sector"
)

// CalcName names a registered calculation. Nothing else is ever worked out.
type CalcName string

// The registered calculations and their operands, in order.
const (
	InDollars    CalcName = "in_dollars"     // amount in tenge, rate: the amount at that rate
	InTenge      CalcName = "in_tenge"       // amount in dollars, rate: the amount at that rate
	ShareOf      CalcName = "share_of"       // share, amount: that part of the amount
	WholeAtLeast CalcName = "whole_at_least" // rounded share, part: the least whole that the rounding allows
	WholeAtMost  CalcName = "whole_at_most"  // rounded share, part: the largest whole that the rounding allows
	Difference   CalcName = "difference"     // a, b: a - b; of shares in percentage points
	Ratio        CalcName = "ratio"          // a, b: how many times b goes into a
	Change       CalcName = "change"         // from, to: per cent, within one series and basis
)

// CalcNames returns every registered calculation.
func CalcNames() []CalcName {
	return []CalcName{InDollars, InTenge, ShareOf, WholeAtLeast, WholeAtMost, Difference, Ratio, Change}
}

// Calc is a result with its working.
type Calc struct {
	Name      CalcName
	Operands  []*Fact
	Value     sector.Decimal // rounded for showing, to three significant digits or more
	Unit      sector.Unit
	Qualifier sector.Qualifier // a lower bound stays one
	Exact     bool             // Value was not rounded
}

// Ref returns the reference with which [Book.Prove] recomputes the result.
func (c Calc) Ref() string {
	keys := make([]string, len(c.Operands))
	for i, f := range c.Operands {
		keys[i] = string(f.Key)
	}
	return string(c.Name) + "(" + strings.Join(keys, ",") + ")"
}

// Ban is the reason why two figures must not be joined. It is an error, and an
// answer: the catalogue of texts explains each.
type Ban string

// The bans.
const (
	BanGrowthBack    Ban = "growth_back"    // last year's output from this year's growth: its basis is not stated
	BanRemainder     Ban = "remainder"      // a share as what the others leave: "more than" is a bound, the sum is not 100
	BanFibreYield    Ban = "fibre_yield"    // fibre over crop: ginning runs across the new year
	BanYieldFromArea Ban = "yield"          // crop over area: harvested, sown and allocated land are mixed
	BanManufacturing Ban = "manufacturing"  // all manufacturing as one number from a rounded share: only a range
	BanPerEnterprise Ban = "per_enterprise" // output per enterprise or worker of different years
	BanBasis         Ban = "basis"          // figures of different bases, or of an unstated one
	BanArea          Ban = "area"           // harvested, sown or allocated areas side by side
	BanPeriod        Ban = "period"         // months of a year beside a year
	BanMeasure       Ban = "measure"        // things counted in different units
	BanSeries        Ban = "series"         // two series of different definition
	BanRate          Ban = "rate"           // an amount at the rate of another year
	BanNumberShare   Ban = "number_share"   // a share of the number of enterprises, taken of output
	BanLowerBound    Ban = "lower_bound"    // exact arithmetic with "more than": only a bound comes of it
)

// Bans returns every ban, for completeness tests of the texts.
func Bans() []Ban {
	return []Ban{
		BanGrowthBack, BanRemainder, BanFibreYield, BanYieldFromArea, BanManufacturing, BanPerEnterprise, BanBasis,
		BanArea, BanPeriod, BanMeasure, BanSeries, BanRate, BanNumberShare, BanLowerBound,
	}
}

// Error says which ban it is.
func (b Ban) Error() string { return "figures must not be joined: " + string(b) }

// ErrCalculation is returned for a calculation that is not registered or has
// the wrong operands.
var ErrCalculation = errors.New("no such calculation")

// Calculate works out a registered calculation. The error is a [Ban] where the
// operands must not be joined, or wraps [ErrCalculation].
func (b *Book) Calculate(name CalcName, operands ...Key) (Calc, error) {
	c, exact, err := b.calculate(name, operands)
	if err != nil {
		return Calc{}, err
	}
	c.Value = exact
	if shown := exact.RoundTo(c.digits()); shown != exact {
		c.Value = shown
	}
	c.Exact = c.Value == exact
	return c, nil
}

// digits is how many significant digits of a result are shown.
func (c Calc) digits() int {
	switch c.Name {
	case InDollars, InTenge:
		return 4
	case Difference, ShareOf: // exact by nature
		return 12
	case WholeAtLeast, WholeAtMost, Ratio, Change:
	}
	return 3
}

// quotientPlaces is how far divisions are carried before anything is rounded.
const quotientPlaces = 24

// calculate returns the result before rounding, to quotientPlaces.
func (b *Book) calculate(name CalcName, keys []Key) (Calc, sector.Decimal, error) {
	var none sector.Decimal
	fault := func(why string) (Calc, sector.Decimal, error) {
		return Calc{}, none, fmt.Errorf("calculating %s of %d figures, %s: %w", name, len(keys), why, ErrCalculation)
	}
	if len(keys) != 2 {
		return fault("two are needed")
	}
	x, okX := b.facts[keys[0]]
	y, okY := b.facts[keys[1]]
	if !okX || !okY {
		return fault("one is unknown")
	}
	c := Calc{Name: name, Operands: []*Fact{x, y}, Qualifier: sector.Exact}
	var exact sector.Decimal
	var err error
	switch name {
	case InDollars, InTenge:
		exact, err = c.convert(x, y)
	case ShareOf:
		exact, err = c.part(x, y)
	case WholeAtLeast, WholeAtMost:
		exact, err = c.whole(x, y)
	case Difference, Ratio, Change:
		exact, err = c.compare(x, y)
	default:
		return fault("it is not registered")
	}
	if err != nil {
		return Calc{}, none, err
	}
	return c, exact, nil
}

// convert changes an amount into the other currency at a named rate.
func (c *Calc) convert(amount, rate *Fact) (sector.Decimal, error) {
	want, unit := sector.Tenge, sector.MillionDollars
	if c.Name == InTenge {
		want, unit = sector.Dollars, sector.BillionTenge
	}
	if amount.Unit.Measure() != want || rate.Unit != sector.KztPerUsd {
		return sector.Decimal{}, BanMeasure
	}
	// The only rate that may serve another year is that of one day by which the
	// source itself converted the year before.
	sameYear := rate.Period.Kind == sector.AYear && rate.Period.Year == amount.Period.EndYear()
	sourceDay := rate.Period.Kind == sector.ADay && rate.Period.Year == amount.Period.EndYear()+1
	if !sameYear && !sourceDay {
		return sector.Decimal{}, BanRate
	}
	c.Unit, c.Qualifier = unit, amount.Qualifier
	if c.Qualifier == sector.Exact && rate.Qualifier == sector.About {
		c.Qualifier = sector.About
	}
	power := amount.Unit.Power() - unit.Power()
	if c.Name == InTenge {
		return amount.Value.Mul(rate.Value).Shift10(power), nil
	}
	usd, ok := amount.Value.Quo(rate.Value, quotientPlaces)
	if !ok {
		return sector.Decimal{}, ErrCalculation
	}
	return usd.Shift10(power), nil
}

// part takes a share of an amount.
func (c *Calc) part(share, whole *Fact) (sector.Decimal, error) {
	switch {
	case share.Indicator == sector.SmallBusinessShare:
		return sector.Decimal{}, BanNumberShare
	case share.Unit != sector.Pct || share.Basis != sector.Share || whole.Unit.Measure() != sector.Tenge:
		return sector.Decimal{}, BanMeasure
	case share.Indicator != sector.StructureShare && share.Indicator != sector.RegionalShareOfOutput,
		whole.Indicator != sector.OutputValue, whole.Branch != sector.LightIndustry, whole.Region != sector.Kazakhstan:
		return sector.Decimal{}, BanSeries
	}
	// A share told in March without a year follows the result of the year before.
	follows := share.Is(AsStated) && share.Period.Year == whole.Period.Year+1 && whole.Period.Kind == sector.AYear
	if share.Period != whole.Period && !follows {
		return sector.Decimal{}, BanPeriod
	}
	c.Unit, c.Qualifier = whole.Unit, share.Qualifier
	return whole.Value.Mul(share.Value).Shift10(-2), nil
}

// whole bounds the amount of which part is a rounded share.
func (c *Calc) whole(share, part *Fact) (sector.Decimal, error) {
	switch {
	case share.Indicator != sector.ShareInManufacturing || part.Indicator != sector.OutputValue || part.Branch != sector.LightIndustry:
		return sector.Decimal{}, BanSeries
	case !share.Is(AsStated) || share.Period.Year != part.Period.Year+1 || part.Period.Kind != sector.AYear:
		return sector.Decimal{}, BanPeriod
	}
	half := sector.MustDecimal("5").Shift10(-share.Value.Places() - 1)
	divisor := share.Value.Add(half)
	if c.Name == WholeAtMost {
		divisor = share.Value.Sub(half)
	}
	whole, ok := part.Value.Quo(divisor.Shift10(-2), quotientPlaces)
	if !ok {
		return sector.Decimal{}, ErrCalculation
	}
	c.Unit, c.Qualifier = sector.TrillionTenge, sector.About
	return whole.Shift10(part.Unit.Power() - c.Unit.Power()), nil
}

// compare works out difference, ratio and change.
func (c *Calc) compare(x, y *Fact) (sector.Decimal, error) {
	if err := comparable(x, y); err != nil {
		return sector.Decimal{}, err
	}
	if c.Name == Change && !sameSeries(x, y) {
		return sector.Decimal{}, BanSeries
	}
	a, b := x.Value, y.Value.Shift10(y.Unit.Power()-x.Unit.Power())
	c.Unit = sector.UnitTimes
	qualifier, err := bound(c.Name, x, y)
	if err != nil {
		return sector.Decimal{}, err
	}
	c.Qualifier = qualifier
	switch c.Name {
	case Difference:
		c.Unit = x.Unit
		if x.Unit == sector.Pct {
			c.Unit = sector.UnitPoints
		}
		return a.Sub(b), nil
	case Change:
		if x.Unit == sector.Pct {
			return sector.Decimal{}, BanMeasure // a per cent of a per cent says nothing to anyone
		}
		c.Unit = sector.Pct
		change, ok := b.Sub(a).Shift10(2).Quo(a, quotientPlaces)
		if !ok {
			return sector.Decimal{}, ErrCalculation
		}
		return change, nil
	}
	ratio, ok := a.Quo(b, quotientPlaces)
	if !ok {
		return sector.Decimal{}, ErrCalculation
	}
	return ratio, nil
}

// bound says how exact a comparison is. A lower bound survives only on the
// larger side: more than 60 is more than 28 above 32, but 32 is not "less than
// 28 below" anything that can be said simply.
func bound(name CalcName, x, y *Fact) (sector.Qualifier, error) {
	loose := func(q sector.Qualifier) bool { return q == sector.Over || q == sector.UpTo || q == sector.Under }
	switch {
	case loose(y.Qualifier), loose(x.Qualifier) && name == Change:
		return "", BanLowerBound
	case loose(x.Qualifier):
		return x.Qualifier, nil
	case x.Qualifier == sector.About || y.Qualifier == sector.About:
		return sector.About, nil
	}
	return sector.Exact, nil
}

func sameSeries(x, y *Fact) bool {
	return x.Indicator == y.Indicator && x.Branch == y.Branch && x.Region == y.Region && x.Basis == y.Basis
}

// comparable returns the [Ban] that keeps x and y apart, or nil.
func comparable(x, y *Fact) error {
	both := func(a, b sector.Indicator) bool {
		return x.Indicator == a && y.Indicator == b || x.Indicator == b && y.Indicator == a
	}
	switch {
	case both(sector.CottonHarvest, sector.CottonFibreOutput):
		return BanFibreYield
	case both(sector.CottonHarvest, sector.CottonArea):
		return BanYieldFromArea
	case both(sector.OutputValue, sector.Enterprises), both(sector.OutputValue, sector.Employment):
		return BanPerEnterprise
	case x.Unit.Measure() != y.Unit.Measure():
		return BanMeasure
	case x.Basis != y.Basis, x.Basis == sector.Unstated && !sameSeries(x, y):
		return BanBasis
	case x.Indicator == sector.CottonArea && areaKind(x) != areaKind(y):
		return BanArea
	case x.Period.Kind != y.Period.Kind,
		x.Period.Kind == sector.MonthRun && (x.Period.Month != y.Period.Month || x.Period.LastMonth != y.Period.LastMonth):
		return BanPeriod
	case sameSeries(x, y):
		return nil
	case x.Period != y.Period: // different things of different times
		return BanPeriod
	case x.Is(NotFibreSeries) != y.Is(NotFibreSeries) && x.Unit.Measure() == sector.Tonnes:
		return BanSeries
	case x.Unit == sector.Pct && x.Indicator != y.Indicator: // shares of different wholes
		return BanSeries
	}
	return nil
}

func areaKind(f *Fact) Caution {
	for _, kind := range [...]Caution{Harvested, Sown, Allocated} {
		if f.Is(kind) {
			return kind
		}
	}
	return ""
}
