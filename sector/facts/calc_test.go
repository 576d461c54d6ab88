package facts_test

import (
	"errors"
	"fmt"
	"testing"

	"maqta/sector/facts"
)

const (
	output25  = "output_value/2025/KZ/light_industry/nominal"
	output22  = "output_value/2022/KZ/light_industry/nominal"
	output19  = "output_value/2019/KZ/light_industry/nominal"
	tenMonths = "output_value/2019-01..2019-10/KZ/light_industry/nominal"
	rateDay   = "exchange_rate/2026-03-05/KZ//rate"
	rate19    = "exchange_rate/2019/KZ//rate"
	growth25  = "output_growth/2025/KZ/light_industry/unstated"
	nominal22 = "output_growth/2022/KZ/light_industry/nominal"
	real22    = "output_growth/2022/KZ/light_industry/real_index"
	harvest24 = "cotton_harvest/2024/KZ/cotton_growing/physical"
	harvest25 = "cotton_harvest/2025/KZ/cotton_growing/physical"
	fibre25   = "cotton_fibre_output/2025/KZ/cotton_ginning/physical"
	yarn25    = "yarn_output/2025/KZ/13.1/physical"
	fabric25  = "fabric_output/2025/KZ/13.2/physical"
	area25    = "cotton_area/2025/KZ/cotton_growing/physical"
	area24    = "cotton_area/2024/KZ/cotton_growing/physical"
	area16    = "cotton_area/2016/KZ/cotton_growing/physical"
	area06    = "cotton_area/2006/KZ/cotton_growing/physical"
	textiles  = "structure_share/2026-03/KZ/13/share"
	clothing  = "structure_share/2026-03/KZ/14/share"
	small     = "small_business_share/2026-03/KZ/light_industry/share"
	shareMfg  = "share_in_manufacturing/2026-03/KZ/light_industry/share"
	firms     = "enterprises/2023/KZ/light_industry/count"
	workers   = "employment/2023/KZ/light_industry/count"
	imports19 = "imports_value/2019-01..2019-11/KZ/14/nominal"
)

func TestCalculate(t *testing.T) {
	b := load(t)
	for _, c := range []struct {
		name     facts.CalcName
		operands []facts.Key
		want     string
	}{
		{facts.InDollars, []facts.Key{output25, rateDay}, "520.2 mln_usd exact rounded"},
		{facts.InDollars, []facts.Key{output19, rate19}, "295.3 mln_usd exact rounded"},
		{facts.InTenge, []facts.Key{imports19, rate19}, "220.4 bn_kzt exact rounded"},
		{facts.ShareOf, []facts.Key{clothing, output25}, "83.2 bn_kzt exact"},
		{facts.ShareOf, []facts.Key{textiles, output25}, "156 bn_kzt over"},
		{facts.WholeAtLeast, []facts.Key{shareMfg, output25}, "30.6 trn_kzt approx rounded"},
		{facts.WholeAtMost, []facts.Key{shareMfg, output25}, "34.7 trn_kzt approx rounded"},
		{facts.Difference, []facts.Key{harvest25, harvest24}, "164.3 thousand_tonnes exact"},
		{facts.Change, []facts.Key{harvest24, harvest25}, "54.5 pct exact rounded"},
		{facts.Change, []facts.Key{area06, area16}, "-44.2 pct exact rounded"},
		{facts.Change, []facts.Key{output19, output22}, "57.5 pct exact rounded"},
		{facts.Difference, []facts.Key{textiles, clothing}, "28 points over"},
		{facts.Ratio, []facts.Key{fibre25, yarn25}, "232 times exact rounded"},
		{facts.Difference, []facts.Key{fibre25, yarn25}, "115.6 thousand_tonnes exact"},
	} {
		got, err := b.Calculate(c.name, c.operands...)
		if err != nil {
			t.Errorf("%s(%v): %v", c.name, c.operands, err)
			continue
		}
		text := fmt.Sprintf("%s %s %s", got.Value, got.Unit, got.Qualifier)
		if !got.Exact {
			text += " rounded"
		}
		if text != c.want {
			t.Errorf("%s(%v) = %s, want %s", c.name, c.operands, text, c.want)
		}
		if err := b.Prove(got.Value.String(), got.Ref()); err != nil {
			t.Errorf("%s does not prove itself: %v", got.Ref(), err)
		}
	}
}

func TestBans(t *testing.T) {
	b := load(t)
	for _, c := range []struct {
		name     facts.CalcName
		operands []facts.Key
		want     facts.Ban
	}{
		{facts.Ratio, []facts.Key{fibre25, harvest25}, facts.BanFibreYield},
		{facts.Difference, []facts.Key{harvest25, fibre25}, facts.BanFibreYield},
		{facts.Ratio, []facts.Key{harvest25, area25}, facts.BanYieldFromArea},
		{facts.Ratio, []facts.Key{output25, firms}, facts.BanPerEnterprise},
		{facts.Ratio, []facts.Key{output25, workers}, facts.BanPerEnterprise},
		{facts.Change, []facts.Key{area24, area25}, facts.BanArea},
		{facts.Difference, []facts.Key{output19, tenMonths}, facts.BanPeriod},
		{facts.Difference, []facts.Key{nominal22, real22}, facts.BanBasis},
		{facts.Difference, []facts.Key{growth25, nominal22}, facts.BanBasis},
		{facts.Change, []facts.Key{yarn25, fibre25}, facts.BanSeries},
		{facts.Difference, []facts.Key{fabric25, yarn25}, facts.BanMeasure},
		{facts.InDollars, []facts.Key{output22, rate19}, facts.BanRate},
		{facts.InDollars, []facts.Key{output19, rateDay}, facts.BanRate},
		{facts.InDollars, []facts.Key{harvest25, rateDay}, facts.BanMeasure},
		{facts.ShareOf, []facts.Key{small, output25}, facts.BanNumberShare},
		{facts.ShareOf, []facts.Key{clothing, output19}, facts.BanPeriod},
		{facts.ShareOf, []facts.Key{growth25, output25}, facts.BanMeasure},
		{facts.WholeAtLeast, []facts.Key{clothing, output25}, facts.BanSeries},
		{facts.Difference, []facts.Key{clothing, textiles}, facts.BanLowerBound},
		{facts.Ratio, []facts.Key{clothing, shareMfg}, facts.BanSeries},
	} {
		_, err := b.Calculate(c.name, c.operands...)
		var ban facts.Ban
		if !errors.As(err, &ban) || ban != c.want {
			t.Errorf("%s(%v): error %v, want %v", c.name, c.operands, err, c.want)
		}
	}
	for _, bad := range [][]facts.Key{{}, {output25}, {output25, "nothing"}, {output25, output22, output19}} {
		if _, err := b.Calculate(facts.Difference, bad...); !errors.Is(err, facts.ErrCalculation) {
			t.Errorf("difference(%v): error %v", bad, err)
		}
	}
	if _, err := b.Calculate("average", output25, output22); !errors.Is(err, facts.ErrCalculation) {
		t.Errorf("an unregistered calculation: error %v", err)
	}
}

func TestProve(t *testing.T) {
	b := load(t)
	h19 := "cotton_harvest/2019/KZ/cotton_growing/physical"
	for _, c := range []struct {
		value, ref string
		ok         bool
	}{
		{"466", harvest25, true},
		{"466000", harvest25 + "@tonnes", true},
		{"466000000", harvest25 + "@kg", true},
		{"0.466", harvest25 + "@mln_tonnes", true},
		{"344.364", h19, true},
		{"344.4", h19, true},
		{"344", h19, true},
		{"340", h19, false},
		{"344.5", h19, false},
		{"465", harvest25, false},
		{"466000", harvest25, false},
		{"466", harvest25 + "@tonnes", false},
		{"466", harvest25 + "@bn_kzt", false},
		{"466", "cotton_harvest/2030/KZ/cotton_growing/physical", false},
		{"466", "", false},
		{"", harvest25, false},
		{"466,0", harvest25, false},
		{"520.2", "in_dollars(" + output25 + "," + rateDay + ")", true},
		{"520", "in_dollars(" + output25 + "," + rateDay + ")", true},
		{"520176860", "in_dollars(" + output25 + "," + rateDay + ")@usd", true},
		{"521", "in_dollars(" + output25 + "," + rateDay + ")", false},
		{"54.5", "change(" + harvest24 + "," + harvest25 + ")", true},
		{"55", "change(" + harvest24 + "," + harvest25 + ")", false},
		{"44.2", "change(" + area06 + "," + area16 + ")", true},
		{"24.9", "ratio(" + fibre25 + "," + harvest25 + ")", false},
		{"1", "ratio(" + fibre25, false},
		{"1", "sum(" + fibre25 + "," + yarn25 + ")", false},
	} {
		err := b.Prove(c.value, c.ref)
		if (err == nil) != c.ok {
			t.Errorf("Prove(%q, %q) = %v, want ok = %v", c.value, c.ref, err, c.ok)
		}
		if err != nil && !errors.Is(err, facts.ErrUnproved) {
			t.Errorf("Prove(%q, %q) = %v, which is not ErrUnproved", c.value, c.ref, err)
		}
	}
}

// TestNoOtherDigitIsProved changes each digit of each figure: none may pass but
// what is the figure rounded.
func TestNoOtherDigitIsProved(t *testing.T) {
	b := load(t)
	for _, f := range b.Facts() {
		text := f.Value.String()
		for i := range len(text) {
			if text[i] < '0' || text[i] > '9' {
				continue
			}
			for d := byte('0'); d <= '9'; d++ {
				if d == text[i] {
					continue
				}
				changed := text[:i] + string(d) + text[i+1:]
				rounded := f.Value.RoundTo(3).String() == changed // 3930 is 3932, rounded
				if b.Prove(changed, string(f.Key)) == nil && !rounded {
					t.Errorf("%s is %s, and %s is proved by it", f.Key, text, changed)
				}
			}
		}
	}
}

func FuzzProve(f *testing.F) {
	b := load(f)
	f.Add("466", harvest25)
	f.Add("520.2", "in_dollars("+output25+","+rateDay+")@mln_usd")
	f.Add("1", "ratio(,)@")
	f.Fuzz(func(t *testing.T, value, ref string) {
		if err := b.Prove(value, ref); err != nil && !errors.Is(err, facts.ErrUnproved) {
			t.Errorf("Prove(%q, %q) = %v", value, ref, err)
		}
	})
}

func ExampleBook_Calculate() {
	book, err := facts.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	c, _ := book.Calculate(facts.InDollars, output25, rateDay)
	fmt.Println(c.Value, c.Unit)
	_, err = book.Calculate(facts.Ratio, fibre25, harvest25)
	fmt.Println(err)
	// Output:
	// 520.2 mln_usd
	// figures must not be joined: fibre_yield
}

func ExampleBook_Prove() {
	book, err := facts.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(book.Prove("466000", harvest25+"@tonnes"))
	fmt.Println(book.Prove("999", harvest25+"@tonnes") != nil)
	// Output:
	// <nil>
	// true
}
