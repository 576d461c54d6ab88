package chart

import (
	"iter"
	"math"
)

// The values that a scale is made for. Beyond huge a float no longer tells whole
// numbers apart; a chart of values below tiny has no marks but zero.
const (
	huge = 1e15
	tiny = 1e-9
)

// marks yields the round numbers for the scale of a chart whose values lie
// between low and high, each with its number of steps from zero: about four
// steps, zero among them, none beyond the values. low <= 0 <= high.
func marks(low, high float64) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		span := high - low
		if span < tiny {
			yield(0, 0)
			return
		}
		// Whole multiples of a whole mantissa, divided at the end, so that a mark
		// is the float nearest to its decimal: 0.3, never 0.30000000000000004.
		exp := int(math.Floor(math.Log10(span))) - 2
		mantissa := 1000
		for _, m := range []int{20, 25, 50, 100, 200, 250, 500} {
			if span/scaled(m, exp) <= 5 {
				mantissa = m
				break
			}
		}
		for k := int(math.Ceil(low / scaled(mantissa, exp))); ; k++ {
			v := scaled(k*mantissa, exp)
			if v > high || v >= low && !yield(k, v) {
				return
			}
		}
	}
}

func scaled(m, exp int) float64 {
	if exp < 0 {
		return float64(m) / math.Pow10(-exp)
	}
	return float64(m) * math.Pow10(exp)
}
