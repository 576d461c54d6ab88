package sector

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Decimal is an exact decimal number of any size: money, tonnes, shares, rates.
// No binary fraction ever touches a figure, so 0.1 is 0.1 and 260 billion tenge
// times a rate loses nothing.
//
// The zero value is 0. Two Decimals are equal by == exactly when they are equal
// as numbers (1.50 and 1.5 are the same value), so a Decimal may be compared,
// be a map key, and stand in a comparable struct. Values are immutable.
//
// In JSON and in CSV a Decimal is its own [Decimal.String] ("-13.2"), never a
// JSON number, because readers of JSON turn those into floats.
type Decimal struct {
	// text is the canonical form: "" for zero, else an optional minus, digits
	// without leading zeros, and a fraction without trailing zeros. Keeping the
	// text, and not a coefficient with a scale, is what makes == mean equality.
	text string
}

// maxDecimalText is the longest text that ParseDecimal reads. No figure of a
// country needs more; the limit keeps hostile input from costing time.
const maxDecimalText = 80

// ErrNotDecimal is returned for a text that is no plain decimal.
var ErrNotDecimal = errors.New("not a plain decimal")

// ParseDecimal reads a plain decimal as programs write it: an optional minus,
// digits, and optionally a point with digits behind it ("-13.2", "0042",
// "1.50"). It knows no group marks, exponents or decimal commas; what people
// type is read by [ReadAmount]. The error wraps [ErrNotDecimal].
func ParseDecimal(s string) (Decimal, error) {
	if len(s) > maxDecimalText {
		return Decimal{}, fmt.Errorf("reading a decimal of %d characters: %w", len(s), ErrNotDecimal)
	}
	digits, neg := strings.CutPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(digits, ".")
	if !allDigits(whole) || pointed && !allDigits(fraction) {
		return Decimal{}, fmt.Errorf("reading decimal %q: %w", s, ErrNotDecimal)
	}
	return canonical(neg, whole, fraction), nil
}

// MustDecimal is ParseDecimal for constants of the program and for tests.
// It panics where ParseDecimal returns an error.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// FromInt returns the whole number n.
func FromInt(n int64) Decimal {
	if n == 0 {
		return Decimal{}
	}
	return Decimal{strconv.FormatInt(n, 10)}
}

// canonical joins digit runs, which may be empty or padded, to a Decimal.
func canonical(neg bool, whole, fraction string) Decimal {
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if whole == "" && fraction == "" {
		return Decimal{}
	}
	if whole == "" {
		whole = "0"
	}
	if neg {
		whole = "-" + whole
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return Decimal{whole}
}

// fromParts returns coefficient / 10^places.
func fromParts(coefficient *big.Int, places int) Decimal {
	digits := new(big.Int).Abs(coefficient).String()
	if places < 0 {
		digits += strings.Repeat("0", -places)
		places = 0
	}
	if pad := places - len(digits) + 1; pad > 0 {
		digits = strings.Repeat("0", pad) + digits
	}
	cut := len(digits) - places
	return canonical(coefficient.Sign() < 0, digits[:cut], digits[cut:])
}

// parts returns the coefficient and the number of digits behind the point.
func (d Decimal) parts() (coefficient *big.Int, places int) {
	whole, fraction, _ := strings.Cut(d.String(), ".")
	coefficient, _ = new(big.Int).SetString(whole+fraction, 10) // canonical text is always digits
	return coefficient, len(fraction)
}

// aligned returns the coefficients of d and e over the same power of ten.
func (d Decimal) aligned(e Decimal) (a, b *big.Int, places int) {
	a, pa := d.parts()
	b, pb := e.parts()
	if pa < pb {
		a.Mul(a, pow10(pb-pa))
	} else {
		b.Mul(b, pow10(pa-pb))
	}
	return a, b, max(pa, pb)
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// String returns the plain decimal: no exponent, no group marks, a point
// before the fraction, no trailing zeros ("466000", "13.2", "-0.5", "0").
func (d Decimal) String() string {
	if d.text == "" {
		return "0"
	}
	return d.text
}

// IsZero reports whether d is 0.
func (d Decimal) IsZero() bool { return d.text == "" }

// Sign returns -1, 0 or 1.
func (d Decimal) Sign() int {
	switch {
	case d.text == "":
		return 0
	case d.text[0] == '-':
		return -1
	}
	return 1
}

// Places returns the number of digits behind the point.
func (d Decimal) Places() int {
	_, fraction, _ := strings.Cut(d.text, ".")
	return len(fraction)
}

// IsWhole reports whether d has no fraction.
func (d Decimal) IsWhole() bool { return !strings.Contains(d.text, ".") }

// Int64 returns d as an integer; ok is false when d has a fraction or does not fit.
func (d Decimal) Int64() (n int64, ok bool) {
	n, err := strconv.ParseInt(d.String(), 10, 64)
	return n, err == nil
}

// Neg returns -d.
func (d Decimal) Neg() Decimal {
	switch d.Sign() {
	case 0:
		return d
	case -1:
		return Decimal{d.text[1:]}
	}
	return Decimal{"-" + d.text}
}

// Abs returns d without its sign.
func (d Decimal) Abs() Decimal {
	if d.Sign() < 0 {
		return d.Neg()
	}
	return d
}

// Cmp returns -1, 0 or 1 as d is less than, equal to or greater than e.
func (d Decimal) Cmp(e Decimal) int {
	if d == e {
		return 0
	}
	a, b, _ := d.aligned(e)
	return a.Cmp(b)
}

// Less reports whether d < e.
func (d Decimal) Less(e Decimal) bool { return d.Cmp(e) < 0 }

// Add returns d + e.
func (d Decimal) Add(e Decimal) Decimal {
	a, b, places := d.aligned(e)
	return fromParts(a.Add(a, b), places)
}

// Sub returns d - e.
func (d Decimal) Sub(e Decimal) Decimal { return d.Add(e.Neg()) }

// Mul returns d * e, exactly.
func (d Decimal) Mul(e Decimal) Decimal {
	a, pa := d.parts()
	b, pb := e.parts()
	return fromParts(a.Mul(a, b), pa+pb)
}

// Quo returns d / e with the given number of places behind the point, the last
// one rounded half away from zero. ok is false when e is zero. Negative places
// round to tens, hundreds and so on, as in [Decimal.Round].
func (d Decimal) Quo(e Decimal, places int) (q Decimal, ok bool) {
	if e.IsZero() {
		return Decimal{}, false
	}
	a, b, _ := d.aligned(e) // the quotient of the coefficients is the quotient
	if places >= 0 {
		a.Mul(a, pow10(places))
	} else {
		b.Mul(b, pow10(-places))
	}
	return fromParts(quoHalfUp(a, b), places), true
}

// Round rounds to a number of places behind the point, half away from zero:
// 2.345 to two places is 2.35. Negative places round to tens (-1), hundreds
// (-2) and so on.
func (d Decimal) Round(places int) Decimal {
	a, have := d.parts()
	if have <= places {
		return d
	}
	return fromParts(quoHalfUp(a, pow10(have-places)), places)
}

// RoundTo rounds to a number of significant digits (at least one), half away
// from zero: 344364 to three is 344000, 0.012345 to three is 0.0123.
func (d Decimal) RoundTo(significant int) Decimal {
	significant = max(significant, 1)
	return d.Round(significant - d.magnitude())
}

// Trunc cuts off what stands behind the given place, towards zero.
func (d Decimal) Trunc(places int) Decimal {
	a, have := d.parts()
	if have <= places {
		return d
	}
	return fromParts(a.Quo(a, pow10(have-places)), places)
}

// magnitude returns the number of digits before the point, or minus the number
// of zeros that follow the point: 466 has 3, 4.66 has 1, 0.466 has 0, 0.0466 has -1.
func (d Decimal) magnitude() int {
	whole, fraction, _ := strings.Cut(d.Abs().String(), ".")
	if whole != "0" {
		return len(whole)
	}
	return len(strings.TrimLeft(fraction, "0")) - len(fraction)
}

// Shift10 returns d times 10^n; n may be negative. It turns 12.5 million into
// tenge (n = 6) and tenge into thousands (n = -3), exactly.
func (d Decimal) Shift10(n int) Decimal {
	a, places := d.parts()
	return fromParts(a, places-n)
}

// quoHalfUp divides and rounds half away from zero; b is not zero.
func quoHalfUp(a, b *big.Int) *big.Int {
	negative := a.Sign()*b.Sign() < 0
	q, r := new(big.Int).QuoRem(new(big.Int).Abs(a), new(big.Int).Abs(b), new(big.Int))
	if r.Lsh(r, 1).CmpAbs(b) >= 0 {
		q.Add(q, big.NewInt(1))
	}
	if negative {
		q.Neg(q)
	}
	return q
}

// MarshalText implements encoding.TextMarshaler, so JSON holds a string.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Decimal) UnmarshalText(text []byte) error {
	read, err := ParseDecimal(string(text))
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// Sum adds up; the sum of nothing is 0.
func Sum(values ...Decimal) Decimal {
	var total Decimal
	for _, v := range values {
		total = total.Add(v)
	}
	return total
}

// allDigits reports whether s is one ASCII digit or more, and nothing else.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
