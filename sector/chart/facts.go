package chart

import (
	"fmt"
	"slices"
	"strconv"

	"maqta/sector"
	"maqta/sector/facts"
)

// Words puts a chart of facts into the reader's language. The functions must
// give the same words for the same argument.
type Words struct {
	Title  string
	Unit   string // of the first fact: the others are converted to it
	Note   string
	Source string
	Gap    string // what to call a year without a figure: "no data"

	Period func(sector.Period) string // a place on the time axis
	Name   func(*facts.Fact) string   // a bar: its branch, region or period
	Value  func(*facts.Fact) string   // the figure with its qualifier: "60%-дан астам"
	Tick   func(v float64) string     // a round number of the scale

	Strong facts.Key // the figure that was asked for, "" for none
}

// TrendOf makes a trend of the years of one series, oldest first. The years
// between that have no figure become gaps. Prices of one thing in another and
// yields, when there are many, become a line: they have no quantity that a
// column could stand for.
//
// It refuses, with [ErrInput], figures of different series (a growth in money
// beside one in volume), and anything but whole years: months drawn beside a year
// would look like a fall.
func TrendOf(series []*facts.Fact, w Words) (Trend, error) {
	if len(series) == 0 {
		return Trend{}, fmt.Errorf("%w: no facts", ErrInput)
	}
	t := Trend{Title: w.Title, Unit: w.Unit, Note: w.Note, Source: w.Source, Tick: w.Tick}
	first := series[0]
	for i, f := range series {
		if f.Indicator != first.Indicator || f.Branch != first.Branch || f.Region != first.Region || f.Basis != first.Basis {
			return Trend{}, fmt.Errorf("%w: %s and %s are different series", ErrInput, first.Key, f.Key)
		}
		if f.Period.Kind != sector.AYear {
			return Trend{}, fmt.Errorf("%w: %s is not about a year", ErrInput, f.Key)
		}
		v, err := valueIn(f, first.Unit)
		if err != nil {
			return Trend{}, err
		}
		if i > 0 {
			last := series[i-1].Period.Year
			if f.Period.Year <= last {
				return Trend{}, fmt.Errorf("%w: %s does not come after %d", ErrInput, f.Key, last)
			}
			if len(t.Points)+f.Period.Year-last > MaxPoints {
				return Trend{}, fmt.Errorf("%w: more than %d years", ErrInput, MaxPoints)
			}
			for year := last + 1; year < f.Period.Year; year++ {
				t.Points = append(t.Points, Point{Label: w.Period(sector.YearOf(year)), ValueLabel: w.Gap, Missing: true})
			}
		}
		t.Points = append(t.Points, Point{
			Label: w.Period(f.Period), Value: v, ValueLabel: w.Value(f), Bound: boundOf(f.Qualifier), Strong: f.Key == w.Strong,
		})
	}
	ratio := first.Unit.Measure() == sector.TengePerDollar || first.Unit.Measure() == sector.CentnersPerHa
	t.Line = ratio && len(t.Points) > few
	return t, nil
}

// StructureOf shows shares of one whole as bars against a hundred per cent. The
// shares must be of one indicator, region and period; they need not add up.
func StructureOf(shares []*facts.Fact, w Words) (Bars, error) {
	b, err := ComparisonOf(shares, w)
	if err != nil {
		return Bars{}, err
	}
	for _, f := range shares {
		switch first := shares[0]; {
		case f.Unit.Measure() != sector.PerCent:
			return Bars{}, fmt.Errorf("%w: %s is no share", ErrInput, f.Key)
		case f.Indicator != first.Indicator || f.Region != first.Region || f.Period != first.Period:
			return Bars{}, fmt.Errorf("%w: %s and %s are not shares of one whole", ErrInput, first.Key, f.Key)
		}
	}
	b.Whole = 100
	return b, nil
}

// ComparisonOf sets figures of one measure side by side, in the order given.
//
// Bars side by side say that their lengths may be compared. It refuses, with
// [ErrInput], figures of different bases (a growth beside a share), of periods of
// different length (eleven months beside a year), and a figure beside itself.
func ComparisonOf(figures []*facts.Fact, w Words) (Bars, error) {
	b := Bars{Title: w.Title, Unit: w.Unit, Note: w.Note, Source: w.Source}
	for i, f := range figures {
		first := figures[0]
		switch {
		case slices.Contains(figures[:i], f):
			return Bars{}, fmt.Errorf("%w: %s stands beside itself", ErrInput, f.Key)
		case f.Basis != first.Basis:
			return Bars{}, fmt.Errorf("%w: %s and %s are of different bases", ErrInput, first.Key, f.Key)
		case !equallyLong(f.Period, first.Period):
			return Bars{}, fmt.Errorf("%w: %s and %s are of periods of different length", ErrInput, first.Key, f.Key)
		}
		v, err := valueIn(f, first.Unit)
		if err != nil {
			return Bars{}, err
		}
		b.Bars = append(b.Bars, Bar{
			Label: w.Name(f), Value: v, ValueLabel: w.Value(f), Bound: boundOf(f.Qualifier), Strong: f.Key == w.Strong,
		})
	}
	return b, nil
}

func equallyLong(p, q sector.Period) bool {
	if p.Kind != q.Kind {
		return false
	}
	switch p.Kind {
	case sector.YearRun:
		return p.LastYear-p.Year == q.LastYear-q.Year
	case sector.MonthRun:
		return p.LastMonth-p.Month == q.LastMonth-q.Month
	case sector.AYear, sector.AMonth, sector.ADay:
	}
	return true
}

// valueIn returns the value for drawing: a float is exact enough for pixels, the
// figure itself stands in its label.
func valueIn(f *facts.Fact, unit sector.Unit) (float64, error) {
	d, ok := sector.Convert(f.Value, f.Unit, unit)
	if !ok {
		return 0, fmt.Errorf("%w: %s is in %s and cannot stand beside %s", ErrInput, f.Key, f.Unit, unit)
	}
	v, err := strconv.ParseFloat(d.String(), 64)
	if err != nil {
		return 0, fmt.Errorf("reading value of %s: %w", f.Key, err)
	}
	return v, nil
}

func boundOf(q sector.Qualifier) Bound {
	switch q {
	case sector.Over:
		return AtLeast
	case sector.UpTo, sector.Under:
		return AtMost
	case sector.About:
		return About
	case sector.Exact:
	}
	return Exact
}
