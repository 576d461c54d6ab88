package eval

import "math"

// byCalculation accepts what follows from two facts that stand in the reply:
// difference, sum, ratio, change in per cent within one series, share of an
// amount, conversion at a rate; and the change that a volume index means.
func (p *proof) byCalculation(f *figure) bool {
	for _, x := range p.reply.amounts(f) {
		for i, a := range p.grounds {
			if a.fact == nil {
				continue
			}
			if a.fact.index && x.in == perCent && rounds(math.Abs(a.fact.value-100), x.value, 2) {
				return true
			}
			for k, b := range p.grounds {
				if b.fact != nil && k != i && follows(x, f, a.fact, b.fact) {
					return true
				}
			}
		}
		if p.isTotal(x) {
			return true
		}
	}
	return false
}

// follows reports whether x is an allowed calculation from a and b.
func follows(x amount, f *figure, a, b *Fact) bool {
	is := func(value float64, in unit, least int) bool {
		return x.in.fits(in) && rounds(math.Abs(value), x.value, least)
	}
	over := a.Qualifier == "over" || b.Qualifier == "over"
	bounded := !over || f.lower // "more than 60" less 32 is "more than 28"
	if a.in == b.in && a.rate == b.rate {
		difference := b.Qualifier != "over" && bounded && a.value >= b.value && is(a.value-b.value, a.in, 3)
		sum := bounded && is(a.value+b.value, a.in, 3)
		if difference || sum {
			return true
		}
		if yield(a, b) || yield(b, a) {
			return false
		}
		if b.Qualifier != "over" && bounded && b.value > 0 {
			ratio := a.value / b.value
			if (x.in == bare || x.in == counted) && rounds(ratio, x.value, 2) || a.in != perCent && is(100*ratio, perCent, 2) {
				return true
			}
		}
		if sameSeries(a, b) && a.from > b.from && a.in != perCent && is(100*(a.value-b.value)/b.value, perCent, 2) {
			return true
		}
	}
	if shareOf(a, b) && bounded && is(a.value*b.value/100, b.in, 3) {
		return true
	}
	if a.rate && a.to >= b.from {
		if b.in == tenge && !b.rate && is(b.value/a.value, dollars, 3) {
			return true
		}
		if b.in == dollars && is(b.value*a.value, tenge, 3) {
			return true
		}
	}
	return false
}

// yield is the pair that must not be divided: fibre by the crop of the year.
func yield(a, b *Fact) bool {
	return a.family() == "fibre" && b.family() == "harvest"
}

func sameSeries(a, b *Fact) bool {
	return a.Indicator == b.Indicator && a.Region == b.Region && a.Branch == b.Branch && a.Basis == b.Basis && (a.part == b.part)
}

// shareOf reports whether a is a share of the amount b, stated for the same time.
// The shares as of March 2026 follow the result of 2025.
func shareOf(a, b *Fact) bool {
	if a.in != perCent || a.Basis != "share" {
		return false
	}
	sameTime := a.Period == b.Period || a.from == b.from && a.part == 0 && b.part == 0 || a.from == 2026 && b.from == 2025 && b.part == 0
	if !sameTime || b.Region != "KZ" && b.Region != a.Region {
		return false
	}
	switch a.Indicator {
	case "structure_share", "regional_share_of_output":
		return (b.Indicator == "output_value" || b.Indicator == "output_value_usd") && b.Branch == "light_industry"
	case "small_business_share":
		return b.Indicator == "enterprises"
	case "cotton_harvest_share_peasant_farms":
		return b.Indicator == "cotton_harvest"
	}
	return false
}

// isTotal accepts the sum of all figures of one series and period that stand in the reply.
func (p *proof) isTotal(x amount) bool {
	for _, first := range p.grounds {
		if first.fact == nil {
			continue
		}
		sum, n := 0.0, 0
		for _, g := range p.grounds {
			if g.fact != nil && g.fact.Indicator == first.fact.Indicator && g.fact.Period == first.fact.Period && g.fact.Qualifier == "exact" {
				sum += g.fact.value
				n++
			}
		}
		if n > 2 && x.in.fits(first.fact.in) && rounds(sum, x.value, 3) {
			return true
		}
	}
	return false
}
