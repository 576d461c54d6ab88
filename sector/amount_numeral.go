package sector

import "strings"

// numeral is what a run of digits with separators can mean: one value, two, or
// none when the separators make no sense together.
type numeral struct {
	values []Decimal
	digits string // the first run, for years and days
	plain  bool   // no separator at all
}

// numeralOf judges digit runs and the separators between them.
//
// Groups are three digits behind one to three that do not begin with a zero.
// A single point or comma before exactly three digits may be either mark, so
// both values are returned: 1.250 is never guessed.
func numeralOf(runs []string, seps []separator) numeral {
	n := numeral{digits: runs[0], plain: len(seps) == 0}
	switch {
	case len(seps) == 0:
		n.values = []Decimal{canonical(false, runs[0], "")}
	case same(seps):
		n.values = oneMark(runs, seps[0])
	default:
		n.values = twoMarks(runs, seps)
	}
	return n
}

func same(seps []separator) bool {
	for _, s := range seps {
		if s != seps[0] {
			return false
		}
	}
	return true
}

// oneMark reads numbers with one kind of separator.
func oneMark(runs []string, sep separator) []Decimal {
	whole := canonical(false, strings.Join(runs, ""), "")
	groups := threes(runs)
	switch {
	case sep == blankSeparator || sep == quoteSeparator || len(runs) > 2:
		if groups {
			return []Decimal{whole}
		}
		return nil
	case len(runs[1]) != 3 || len(strings.TrimLeft(runs[0], "0")) == 0:
		return []Decimal{canonical(false, runs[0], runs[1])} // 12,5 and 0,250
	}
	// 1.250, and also 1250.000: a group mark may have been left out.
	return []Decimal{canonical(false, runs[0], runs[1]), whole}
}

// twoMarks reads numbers in which the last mark differs from those before it,
// so that it must part the fraction: 1 250,50 and 12.500,50.
func twoMarks(runs []string, seps []separator) []Decimal {
	last := len(seps) - 1
	if !same(seps[:last]) || seps[last] == blankSeparator || seps[last] == quoteSeparator || !threes(runs[:last+1]) {
		return nil
	}
	whole, fraction := strings.Join(runs[:last+1], ""), runs[last+1]
	exact := []Decimal{canonical(false, whole, fraction)}
	if len(fraction) == 3 && seps[0] != pointSeparator && seps[0] != commaSeparator {
		// 12 500,000 may be a carelessly parted 12 500 000.
		return append(exact, canonical(false, whole+fraction, ""))
	}
	return exact
}

// threes reports whether the runs are groups of a whole number.
func threes(runs []string) bool {
	if len(runs) == 1 {
		return true
	}
	if len(runs[0]) > 3 || runs[0][0] == '0' {
		return false
	}
	for _, r := range runs[1:] {
		if len(r) != 3 {
			return false
		}
	}
	return true
}
