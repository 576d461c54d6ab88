package chart

import (
	"errors"
	"slices"
	"testing"

	"maqta/sector"
	"maqta/sector/facts"
)

func book(t testing.TB) *facts.Book {
	t.Helper()
	b, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// plain words everything without a language.
func plain() Words {
	return Words{
		Title: "Title", Unit: "unit", Source: "Source: x", Gap: "no data",
		Period: func(p sector.Period) string { return p.String() },
		Name:   func(f *facts.Fact) string { return string(f.Branch) + " " + f.Period.String() },
		Value: func(f *facts.Fact) string {
			if f.Qualifier == sector.Exact {
				return f.Value.String()
			}
			return string(f.Qualifier) + " " + f.Value.String()
		},
		Tick: commaTick,
	}
}

// years keeps the whole years of a series.
func years(series []*facts.Fact) []*facts.Fact {
	return slices.DeleteFunc(slices.Clone(series), func(f *facts.Fact) bool { return f.Period.Kind != sector.AYear })
}

func fact(t testing.TB, b *facts.Book, key facts.Key) *facts.Fact {
	t.Helper()
	f, ok := b.Fact(key)
	if !ok {
		t.Fatalf("the book has no %s", key)
	}
	return f
}

func TestTrendOfLeavesGaps(t *testing.T) {
	b := book(t)
	series := years(b.Series(sector.OutputValue, sector.LightIndustry, sector.Kazakhstan, sector.Nominal))
	w := plain()
	w.Strong = series[len(series)-1].Key
	tr, err := TrendOf(series, w)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]*facts.Fact{}
	for _, f := range series {
		known[f.Period.String()] = f
	}
	first, last := series[0].Period.Year, series[len(series)-1].Period.Year
	if len(tr.Points) != last-first+1 {
		t.Fatalf("%d points for %d to %d", len(tr.Points), first, last)
	}
	gaps := 0
	for _, p := range tr.Points {
		f, ok := known[p.Label]
		if p.Missing == ok {
			t.Errorf("%s: missing is %v, the book has a figure: %v", p.Label, p.Missing, ok)
		}
		if p.Missing {
			gaps++
		} else if p.ValueLabel != f.Value.String() {
			t.Errorf("%s: %q, want %s", p.Label, p.ValueLabel, f.Value)
		}
		if p.Strong != (p.Label == series[len(series)-1].Period.String()) {
			t.Errorf("%s: strong is %v", p.Label, p.Strong)
		}
	}
	if gaps == 0 {
		t.Error("the series of output has years without a figure; none became a gap")
	}
	checkGeometry(t, lay(t, tr))
}

// TestEverySeriesCanBeDrawn lays out each series of the book that has two years.
func TestEverySeriesCanBeDrawn(t *testing.T) {
	b, drawn := book(t), 0
	for _, f := range b.Facts() {
		series := years(b.Series(f.Indicator, f.Branch, f.Region, f.Basis))
		if len(series) < 2 || series[0] != f {
			continue
		}
		drawn++
		t.Run(string(f.Key), func(t *testing.T) {
			tr, err := TrendOf(series, plain())
			if err != nil {
				t.Fatal(err)
			}
			checkGeometry(t, lay(t, tr))
		})
	}
	if drawn < 5 {
		t.Errorf("only %d series have two years", drawn)
	}
}

func TestStructureKeepsMoreThan(t *testing.T) {
	b := book(t)
	var shares []*facts.Fact
	for _, f := range b.Facts() {
		if f.Indicator == sector.StructureShare && f.Period.String() == "2026-03" {
			shares = append(shares, f)
		}
	}
	bars, err := StructureOf(shares, plain())
	if err != nil {
		t.Fatal(err)
	}
	if len(bars.Bars) != 3 || bars.Whole != 100 {
		t.Fatalf("%d bars of a whole of %v, want 3 of 100", len(bars.Bars), bars.Whole)
	}
	for i, bar := range bars.Bars {
		if want := shares[i].Qualifier == sector.Over; (bar.Bound == AtLeast) != want {
			t.Errorf("%s: bound %d", bar.Label, bar.Bound)
		}
	}
	if !slices.ContainsFunc(bars.Bars, func(b Bar) bool { return b.Bound == AtLeast }) {
		t.Error("the structure has a share of more than 60 per cent; no bar is open")
	}
	checkGeometry(t, lay(t, bars))
}

func TestFactsThatMustNotBeJoined(t *testing.T) {
	b := book(t)
	output := fact(t, b, "output_value/2025/KZ/light_industry/nominal")
	earlier := fact(t, b, "output_value/2019/KZ/light_industry/nominal")
	months := fact(t, b, "output_value/2019-01..2019-10/KZ/light_industry/nominal")
	harvest := fact(t, b, "cotton_harvest/2025/KZ/cotton_growing/physical")
	share := fact(t, b, "structure_share/2026-03/KZ/14/share")
	older := fact(t, b, "structure_share/2019-01..2019-10/KZ/14/share")
	growth := fact(t, b, "output_growth/2025/KZ/light_industry/unstated")
	manufacturing := fact(t, b, "share_in_gdp/2020/KZ/light_industry/share")
	for name, draw := range map[string]func() error{
		"two series in a trend":   func() error { _, err := TrendOf([]*facts.Fact{output, harvest}, plain()); return err },
		"months among years":      func() error { _, err := TrendOf([]*facts.Fact{months, output}, plain()); return err },
		"newest first":            func() error { _, err := TrendOf([]*facts.Fact{output, earlier}, plain()); return err },
		"a year twice":            func() error { _, err := TrendOf([]*facts.Fact{output, output}, plain()); return err },
		"no facts":                func() error { _, err := TrendOf(nil, plain()); return err },
		"tonnes beside tenge":     func() error { _, err := ComparisonOf([]*facts.Fact{output, harvest}, plain()); return err },
		"shares of two periods":   func() error { _, err := StructureOf([]*facts.Fact{share, older}, plain()); return err },
		"a growth beside a share": func() error { _, err := ComparisonOf([]*facts.Fact{growth, manufacturing}, plain()); return err },
		"months beside a year":    func() error { _, err := ComparisonOf([]*facts.Fact{months, earlier}, plain()); return err },
		"a figure beside itself":  func() error { _, err := ComparisonOf([]*facts.Fact{share, share}, plain()); return err },
		"amounts as a structure":  func() error { _, err := StructureOf([]*facts.Fact{output, earlier}, plain()); return err },
	} {
		if err := draw(); !errors.Is(err, ErrInput) {
			t.Errorf("%s: %v, want ErrInput", name, err)
		}
	}
}

func TestComparisonConvertsUnits(t *testing.T) {
	a := &facts.Fact{Key: "a", Value: sector.MustDecimal("1.5"), Unit: sector.BillionTenge, Qualifier: sector.Exact}
	b := &facts.Fact{Key: "b", Value: sector.MustDecimal("750"), Unit: sector.MillionTenge, Qualifier: sector.UpTo}
	bars, err := ComparisonOf([]*facts.Fact{a, b}, plain())
	if err != nil {
		t.Fatal(err)
	}
	if bars.Bars[1].Value != 0.75 || bars.Bars[1].Bound != AtMost {
		t.Errorf("750 million up to: %+v, want 0.75 of a billion and an upper bound", bars.Bars[1])
	}
}
