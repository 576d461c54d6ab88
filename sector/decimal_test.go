package sector

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"testing/quick"
)

func TestParseDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "-0.000": "0", "0042": "42", "13.2": "13.2", "-13.20": "-13.2",
		"1.50": "1.5", "0.5": "0.5", "100": "100", "12500000000000000.25": "12500000000000000.25",
	} {
		got, err := ParseDecimal(in)
		if err != nil || got.String() != want {
			t.Errorf("ParseDecimal(%q) = %s, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", "-", ".", "1.", ".5", "1,5", "1 000", "+1", "--1", "1e6", "0x10", "1.2.3", "١", "４", " 1", "NaN",
		strings.Repeat("1", maxDecimalText+1),
	} {
		if got, err := ParseDecimal(in); !errors.Is(err, ErrNotDecimal) {
			t.Errorf("ParseDecimal(%q) = %s, %v; want ErrNotDecimal", in, got, err)
		}
	}
}

func TestDecimalArithmetic(t *testing.T) {
	d := MustDecimal
	quo := func(a, b string, places int) Decimal {
		q, ok := d(a).Quo(d(b), places)
		if !ok {
			t.Fatalf("%s / %s refused", a, b)
		}
		return q
	}
	for _, c := range []struct {
		name string
		got  Decimal
		want string
	}{
		{"0.1+0.2", d("0.1").Add(d("0.2")), "0.3"},
		{"1-1.0", d("1").Sub(d("1.0")), "0"},
		{"zero value", Decimal{}.Add(d("5")), "5"},
		{"big product", d("12500000000000000").Mul(d("499.83")), "6247875000000000000"},
		{"small product", d("-0.05").Mul(d("0.02")), "-0.001"},
		{"260 bn at 499.83, in millions", quo("260000", "499.83", 1), "520.2"},
		{"0.8 % lower", quo("260", "0.0085", 0), "30588"},
		{"half up", quo("1", "8", 2), "0.13"},
		{"half away from zero", quo("-1", "8", 2), "-0.13"},
		{"both negative", quo("-1", "-3", 3), "0.333"},
		{"to hundreds", quo("12345", "1", -2), "12300"},
		{"round up", d("2.345").Round(2), "2.35"},
		{"round carries", d("999.95").Round(1), "1000"},
		{"round nothing", d("2.3").Round(4), "2.3"},
		{"round to thousands", d("465900").Round(-3), "466000"},
		{"round away", d("499").Round(-3), "0"},
		{"three digits", d("344364").RoundTo(3), "344000"},
		{"three digits behind the point", d("0.012345").RoundTo(3), "0.0123"},
		{"nine digits of three", d("13.2").RoundTo(9), "13.2"},
		{"one digit carries", d("0.96").RoundTo(1), "1"},
		{"no digits is one", d("44").RoundTo(0), "40"},
		{"trunc", d("-2.39").Trunc(1), "-2.3"},
		{"shift up", d("12.5").Shift10(6), "12500000"},
		{"shift down", d("12500").Shift10(-6), "0.0125"},
		{"shift zero", Decimal{}.Shift10(6), "0"},
		{"neg", d("-4").Neg(), "4"},
		{"abs", d("-4").Abs(), "4"},
		{"from int", FromInt(-9223372036854775808), "-9223372036854775808"},
		{"sum", Sum(d("1"), d("2.5"), d("-0.5")), "3"},
		{"sum of nothing", Sum(), "0"},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s: got %s, want %s", c.name, c.got, c.want)
		}
	}
	if _, ok := d("1").Quo(Decimal{}, 2); ok {
		t.Error("division by zero was answered")
	}
}

func TestDecimalEqualityIsIdentity(t *testing.T) {
	if MustDecimal("1.50") != MustDecimal("1.5") || FromInt(0) != (Decimal{}) || MustDecimal("3").Sub(MustDecimal("3")) != (Decimal{}) {
		t.Error("equal numbers differ by ==")
	}
	seen := map[Decimal]bool{MustDecimal("1.0"): true}
	if !seen[FromInt(1)] {
		t.Error("1.0 and 1 are different map keys")
	}
}

func TestDecimalInt64(t *testing.T) {
	if n, ok := MustDecimal("48").Int64(); !ok || n != 48 {
		t.Errorf("48 became %d, %v", n, ok)
	}
	for _, s := range []string{"48.5", "9223372036854775808"} {
		if n, ok := MustDecimal(s).Int64(); ok {
			t.Errorf("%s became %d", s, n)
		}
	}
}

func TestDecimalJSON(t *testing.T) {
	type row struct {
		A Decimal
		B *Decimal
		M map[Decimal]int
	}
	in := row{A: MustDecimal("12.50"), M: map[Decimal]int{FromInt(3): 1}}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"A":"12.5","B":null,"M":{"3":1}}` {
		t.Fatalf("marshalled %s, %v", text, err)
	}
	var out row
	if err := json.Unmarshal(text, &out); err != nil || out.A != in.A || out.M[FromInt(3)] != 1 {
		t.Fatalf("read back %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"A":"1e6"}`), &out); !errors.Is(err, ErrNotDecimal) {
		t.Errorf("1e6 gave %v", err)
	}
}

// The reference is math/big's rational arithmetic, which shares no code with ours
// beyond integers.
func TestDecimalAgreesWithRationals(t *testing.T) {
	rat := func(d Decimal) *big.Rat {
		r, ok := new(big.Rat).SetString(d.String())
		if !ok {
			t.Fatalf("%q is not a number", d)
		}
		return r
	}
	check := func(a, b int64, pa, pb uint8) bool {
		x, y := FromInt(a).Shift10(-int(pa%9)), FromInt(b).Shift10(-int(pb%9))
		rx, ry := rat(x), rat(y)
		ok := rat(x.Add(y)).Cmp(new(big.Rat).Add(rx, ry)) == 0 &&
			rat(x.Sub(y)).Cmp(new(big.Rat).Sub(rx, ry)) == 0 &&
			rat(x.Mul(y)).Cmp(new(big.Rat).Mul(rx, ry)) == 0 &&
			x.Cmp(y) == rx.Cmp(ry) && x.Sign() == rx.Sign() &&
			x.Round(2).String() == trimZeros(rx.FloatString(2))
		if q, can := x.Quo(y, 4); can {
			ok = ok && q.String() == trimZeros(new(big.Rat).Quo(rx, ry).FloatString(4))
		}
		again, err := ParseDecimal(x.String())
		return ok && err == nil && again == x
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 3000}); err != nil {
		t.Error(err)
	}
}

// trimZeros makes big.Rat's fixed notation plain. FloatString rounds half away
// from zero, as we do.
func trimZeros(s string) string {
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

func ExampleDecimal() {
	output := MustDecimal("260").Shift10(9) // 260 billion tenge
	dollars, _ := output.Quo(MustDecimal("499.83"), 0)
	fmt.Println(dollars.RoundTo(4).Shift10(-6), "million dollars")
	// Output: 520.2 million dollars
}
