package sector

import (
	"cmp"
	"slices"
)

// Evidence is what is known about an enterprise when an amount is inspected.
type Evidence struct {
	History []Decimal // the same line in earlier months, newest first; zeros and gaps left out
	Workers Decimal   // headcount now or, failing that, last month; zero when unknown

	// Hint is the power of ten that the person meant by the last bare number, when
	// HasHint. It changes the order of the readings and nothing else, except that
	// a person who has confirmed plain tenge is not asked again about the same size.
	Hint    int
	HasHint bool
}

// Verdict is what [Inspect] thinks of an amount: exactly one of [Usual],
// [WhichUnit] and [Unusual].
type Verdict interface{ verdict() }

// Usual is an amount that fits what is known.
type Usual struct{}

// WhichUnit says that tenge, thousands and millions must be told apart: the
// readings are shown in words, the likeliest first, and the person picks one.
// Nothing is stored before that.
type WhichUnit struct{ Readings []Read }

// Unusual is an amount far from the enterprise's own. It is taken, after one
// question and a reason that the reviewer sees.
type Unusual struct {
	Ratio  Decimal // how many times the median, or the median this amount; at least 3, one place
	Above  bool    // the amount is the greater of the two
	Median Decimal
	Last   Decimal // the newest of the history
}

func (Usual) verdict()     {}
func (WhichUnit) verdict() {}
func (Unusual) verdict()   {}

// The bounds of the usual. Three times the median is the product's rule. Output
// per worker is set around a million tenge a month: the sector made 260 billion
// with some 22 thousand people, 0.98 million each. A tenth and ten times of that
// is taken without a history; a hundredth and a hundred times are doubted in
// spite of one, because a history may have slipped as well.
const (
	farTimes          = 3
	perWorkerCentre   = 1_000_000
	perWorkerLikely   = 10
	perWorkerPossible = 100
	surelyTenge       = 1_000_000 // nobody types millions or thousands with so many digits
	smallShop         = 10_000_000
)

// Inspect looks for the commonest slip with money in Kazakhstan, thousands or
// millions typed where tenge are asked, and for amounts far from the usual. It
// tests a bare number (see [Read.Bare]) times 1, 10³ and 10⁶, and divided by 10³,
// against the enterprise's own history and against tenge per worker. It never
// changes an amount: a reading other than the typed one is only offered.
//
// A number with its size said ("12,5 млн", "3 200 000 тг") is tested for being
// unusual only. After the person has picked a reading, inspect that reading.
func Inspect(r Read, e Evidence) Verdict {
	if r.Value.IsZero() {
		return Usual{}
	}
	if r.Bare() && e.doubts(r.Value) {
		return WhichUnit{Readings: e.readings(r)}
	}
	return InspectUsual(r.Value, e.History)
}

// InspectUsual compares an amount of any line with the enterprise's own history.
func InspectUsual(value Decimal, history []Decimal) Verdict {
	median := Median(history)
	if median.IsZero() || value.IsZero() {
		return Usual{}
	}
	ratio, above := apart(value, median)
	if ratio.Less(FromInt(farTimes)) {
		return Usual{}
	}
	return Unusual{Ratio: ratio.Round(1), Above: above, Median: median, Last: history[0]}
}

// InspectPeople is InspectUsual for headcounts, where two people become six
// without anything unusual: a difference of fewer than five is never far.
func InspectPeople(value Decimal, history []Decimal) Verdict {
	if value.Sub(Median(history)).Abs().Less(FromInt(5)) {
		return Usual{}
	}
	return InspectUsual(value, history)
}

// doubts reports whether a bare number may be in another unit than tenge.
func (e Evidence) doubts(v Decimal) bool {
	median := Median(e.History)
	perWorker, known := e.perWorker(v)
	switch {
	case !median.IsZero():
		ratio, _ := apart(v, median)
		settled := e.HasHint && e.Hint == 0 && ratio.Less(FromInt(farTimes))
		if known && !settled && !nearCentre(perWorker, perWorkerPossible) {
			return true
		}
		if ratio.Less(FromInt(farTimes)) {
			return false
		}
		return e.powers(v)[0] != 0
	case known:
		return !nearCentre(perWorker, perWorkerLikely)
	}
	return v.Less(FromInt(surelyTenge))
}

func (e Evidence) perWorker(v Decimal) (Decimal, bool) {
	return v.Quo(e.Workers, 6)
}

// apart returns how many times the greater is the smaller.
func apart(a, b Decimal) (ratio Decimal, above bool) {
	if above = b.Less(a); !above {
		a, b = b, a
	}
	ratio, _ = a.Quo(b, 12)
	return ratio, above
}

// nearCentre reports whether output per worker is within so many times of the
// sector's.
func nearCentre(perWorker Decimal, times int64) bool {
	if perWorker.IsZero() {
		return false
	}
	ratio, _ := apart(perWorker, FromInt(perWorkerCentre))
	return ratio.Cmp(FromInt(times)) <= 0
}

// powers orders the powers of ten by how well the number times each fits.
func (e Evidence) powers(v Decimal) []int {
	powers := []int{0, 3, 6}
	if v.Cmp(FromInt(1000)) >= 0 {
		powers = append(powers, -3)
	}
	slices.SortStableFunc(powers, func(p, q int) int {
		return e.misfit(v.Shift10(p)).Cmp(e.misfit(v.Shift10(q)))
	})
	return powers
}

// misfit is how far, in times, a value lies from what is usual here: from the
// history, or from the sector's output per worker where there is no history, or
// where the history itself cannot be in tenge.
func (e Evidence) misfit(v Decimal) Decimal {
	usual := Median(e.History)
	perWorker, known := e.perWorker(usual)
	if known && (usual.IsZero() || !nearCentre(perWorker, perWorkerPossible)) {
		usual = e.Workers.Mul(FromInt(perWorkerCentre))
	}
	if usual.IsZero() {
		usual = FromInt(smallShop)
	}
	ratio, _ := apart(v, usual)
	return ratio
}

// readings offers the likeliest reading first and always the number as typed.
// Dividing by a thousand is offered only where it fits best.
func (e Evidence) readings(r Read) []Read {
	powers := e.powers(r.Value)
	if e.HasHint && slices.Contains(powers, e.Hint) {
		slices.SortStableFunc(powers, func(p, q int) int {
			return -cmp.Compare(b2i(p == e.Hint), b2i(q == e.Hint))
		})
	}
	var readings []Read
	for i, p := range powers {
		value := r.Value.Shift10(p)
		if p < 0 && i > 0 || value.Cmp(AmountMoney.limit()) > 0 {
			continue
		}
		reading := r
		reading.Value, reading.Power = value, max(p, 0)
		reading.Money = true // the choice says the unit
		readings = append(readings, reading)
	}
	return readings
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Median returns the middle value, or the mean of the two middle ones; 0 for none.
func Median(values []Decimal) Decimal {
	if len(values) == 0 {
		return Decimal{}
	}
	sorted := slices.SortedFunc(slices.Values(values), Decimal.Cmp)
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	mean, _ := sorted[middle-1].Add(sorted[middle]).Quo(FromInt(2), 6)
	return mean
}

// RepeatedMonths returns for how many months in a row, this one included, the
// same amount has been reported. From three on a gentle question is due, because
// figures get copied; headcounts are left alone, because they do stay the same.
func RepeatedMonths(value Decimal, history []Decimal) int {
	n := 1
	for _, h := range history {
		if h != value {
			break
		}
		n++
	}
	return n
}

// SameMonthLastYear is context for a line, never its answer: what was reported a
// year ago, and what that becomes with the enterprise's usual growth.
type SameMonthLastYear struct {
	LastYear Decimal
	Growth   Decimal // the median of this year's months over last year's; zero when too few are known
	Expected Decimal // LastYear times Growth, to three significant digits; zero without Growth
}

// leastRatios is how many pairs of months make a growth usual.
const leastRatios = 3

// RecallSameMonth looks a year back from a month. ok is false when nothing, or
// zero, was reported then.
func RecallSameMonth(m Month, history map[Month]Decimal) (s SameMonthLastYear, ok bool) {
	s.LastYear = history[m.Add(-12)]
	if s.LastYear.IsZero() {
		return SameMonthLastYear{}, false
	}
	var ratios []Decimal
	for back := 1; back <= 12; back++ {
		now, had := history[m.Add(-back)]
		ratio, can := now.Quo(history[m.Add(-back-12)], 6)
		if had && can && !now.IsZero() {
			ratios = append(ratios, ratio)
		}
	}
	if len(ratios) >= leastRatios {
		s.Growth = Median(ratios)
		s.Expected = s.LastYear.Mul(s.Growth).RoundTo(3)
	}
	return s, true
}
