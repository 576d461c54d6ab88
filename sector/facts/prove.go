package facts

import (
	"errors"
	"fmt"
	"strings"

	"maqta/sector"
)

// ErrUnproved is returned for a number that is not what its reference says.
var ErrUnproved = errors.New("number is not proved")

// leastDigits is how many significant digits a rounded figure must keep.
const leastDigits = 3

// Prove checks that value, a plain decimal about to be shown, is the figure
// that ref names, in full or rounded to at least three significant digits.
//
// ref is the key of a fact ("cotton_harvest/2025/KZ/cotton_growing/physical"),
// or a registered calculation with its operands as [Calc.Ref] writes it. A unit
// behind an @ says in which unit the value is shown ("…@tonnes"); without one it
// is the unit of the fact or of the calculation. Calculations are worked out
// anew. The error wraps [ErrUnproved].
func (b *Book) Prove(value, ref string) error {
	shown, err := sector.ParseDecimal(value)
	if err != nil {
		return fmt.Errorf("proving %q by %q: %w: %w", value, ref, ErrUnproved, err)
	}
	if shown.String() != value { // "520.0" would claim a digit that rounding took away
		return fmt.Errorf("proving %q by %q: %w: it is written %s", value, ref, ErrUnproved, shown)
	}
	exact, unit, err := b.referred(ref)
	if err != nil {
		return fmt.Errorf("proving %q by %q: %w: %w", value, ref, ErrUnproved, err)
	}
	if _, wanted := splitRef(ref); wanted != "" {
		converted, ok := sector.Convert(exact, unit, wanted)
		if !ok {
			return fmt.Errorf("proving %q by %q: %w: unit %s cannot become %s", value, ref, ErrUnproved, unit, wanted)
		}
		exact = converted
	}
	if !shows(shown, exact) {
		return fmt.Errorf("proving %q by %q: %w: it is %s", value, ref, ErrUnproved, exact.RoundTo(12))
	}
	return nil
}

// shows reports whether shown is exact, or exact rounded to enough digits. The
// sign may be left off where a word says "fell".
func shows(shown, exact sector.Decimal) bool {
	if shown == exact || shown == exact.Abs() {
		return true
	}
	for digits := leastDigits; digits <= 12; digits++ {
		if r := exact.RoundTo(digits); shown == r || shown == r.Abs() {
			return true
		}
	}
	return false
}

// referred returns the unrounded value and the unit that ref names.
func (b *Book) referred(ref string) (sector.Decimal, sector.Unit, error) {
	name, _ := splitRef(ref)
	calc, operands, ok := strings.Cut(name, "(")
	if !ok {
		f, known := b.facts[Key(name)]
		if !known {
			return sector.Decimal{}, "", fmt.Errorf("no fact %q", name)
		}
		return f.Value, f.Unit, nil
	}
	operands, closed := strings.CutSuffix(operands, ")")
	if !closed {
		return sector.Decimal{}, "", fmt.Errorf("calculation %q is not closed", name)
	}
	var keys []Key
	for k := range strings.SplitSeq(operands, ",") {
		keys = append(keys, Key(k))
	}
	c, exact, err := b.calculate(CalcName(calc), keys)
	if err != nil {
		return sector.Decimal{}, "", err
	}
	return exact, c.Unit, nil
}
