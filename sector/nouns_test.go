package sector

import (
	"errors"
	"testing"
	"time"
)

func TestPeriodReadsWhatItWrites(t *testing.T) {
	for _, s := range []string{"2025", "1999", "2026-03", "2023-01..2023-03", "2008..2024", "2026-03-05", "2024-02-29"} {
		p, err := ParsePeriod(s)
		if err != nil {
			t.Errorf("ParsePeriod(%q): %v", s, err)
			continue
		}
		if p.String() != s {
			t.Errorf("ParsePeriod(%q).String() = %q", s, p.String())
		}
	}
	for _, s := range []string{
		"", "25", "20255", "2025-13", "2025-00", "2025-3", "2025-02-30", "2025-03-05-07", "2025..2024", "2025..2025",
		"2023-03..2023-01", "2023-01..2024-03", "2025..2026-01", "2025..", "..2025", "next year", "１２３４", "0025", "9999",
	} {
		if p, err := ParsePeriod(s); !errors.Is(err, ErrNotPeriod) {
			t.Errorf("ParsePeriod(%q) = %v, %v; want ErrNotPeriod", s, p, err)
		}
	}
	if !(Period{}).IsZero() || (Period{}).String() != "" {
		t.Error("the zero period is something")
	}
}

func TestPeriodOrder(t *testing.T) {
	in := []Period{
		YearOf(2018), MonthsOf(2019, time.January, time.October), YearOf(2019), MonthsOf(2020, time.January, time.April),
		MonthsOf(2020, time.January, time.June), YearOf(2020), YearsOf(2008, 2024),
		{Kind: ADay, Year: 2026, Month: time.March, Day: 5},
		MonthsOf(2026, time.March, time.March),
	}
	for i, p := range in {
		for j, q := range in {
			if p.Before(q) != (i < j) {
				t.Errorf("%s before %s: %v", p, q, p.Before(q))
			}
		}
	}
	run := YearsOf(2008, 2024)
	if run.EndYear() != 2024 || !run.Touches(2010) || run.Touches(2025) {
		t.Errorf("the run %s ends in %d", run, run.EndYear())
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		value    string
		from, to Unit
		want     string
	}{
		{"466", ThousandTonnes, UnitTonnes, "466000"},
		{"466", ThousandTonnes, Kilograms, "466000000"},
		{"500", UnitTonnes, ThousandTonnes, "0.5"},
		{"5.2", MillionM2, ThousandM2, "5200"},
		{"260", BillionTenge, MillionTenge, "260000"},
		{"28.3", CPerHa, TonnesPerHa, "2.83"},
		{"1700", ThousandPairs, MillionPairs, "1.7"},
		{"1", ThousandHa, SquareKm, "10"},
	} {
		got, ok := Convert(MustDecimal(c.value), c.from, c.to)
		if !ok || got.String() != c.want {
			t.Errorf("Convert(%s, %s, %s) = %s, %v; want %s", c.value, c.from, c.to, got, ok, c.want)
		}
	}
	for _, c := range [][2]Unit{{BillionTenge, UnitTonnes}, {UnitTenge, UnitDollars}, {Pct, UnitPoints}, {"stones", UnitTonnes}, {UnitTonnes, ""}} {
		if got, ok := Convert(FromInt(1), c[0], c[1]); ok {
			t.Errorf("Convert(1, %s, %s) = %s", c[0], c[1], got)
		}
	}
	if Kilograms.Power() != -3 || Kilograms.Measure() != Tonnes || Unit("stones").Known() {
		t.Error("kilograms are thousandths of a tonne, and stones are nothing")
	}
}

func TestRegions(t *testing.T) {
	if n := len(Regions()); n != 20 {
		t.Errorf("%d regions, want 17 oblasts and 3 cities", n)
	}
	cities := 0
	for _, r := range Regions() {
		if !r.Known() || len(r.KATO()) != 2 {
			t.Errorf("region %s: known %v, KATO %q", r, r.Known(), r.KATO())
		}
		if r.IsCity() {
			cities++
		}
	}
	if cities != 3 || Kazakhstan.KATO() != "" || !Kazakhstan.Known() || Region("KZ-99").Known() || Turkistan.KATO() != "61" {
		t.Errorf("%d cities; KATO of the country %q", cities, Kazakhstan.KATO())
	}
}

func TestBranches(t *testing.T) {
	for _, b := range Branches() {
		if !b.Known() {
			t.Errorf("branch %s is unknown", b)
		}
	}
	if Footwear.Division() != Leather || CottonGrowing.Division() != CottonGrowing || Branch("99").Known() || len(Divisions()) != 3 {
		t.Errorf("footwear belongs to %s", Footwear.Division())
	}
}
