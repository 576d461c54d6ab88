package sector

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestInspectTable checks pairs of a history and an input. What was meant is part
// of each row, so the table does not depend on how the detective reasons.
func TestInspectTable(t *testing.T) {
	rows := table(t, "unit_slips.tsv")
	if len(rows) < 200 {
		t.Fatalf("only %d pairs", len(rows))
	}
	for _, row := range rows {
		e := Evidence{Workers: MustDecimal(row[1])}
		for h := range strings.SplitSeq(row[0], ";") {
			if h != "" {
				e.History = append(e.History, MustDecimal(h))
			}
		}
		read, ok := ReadAmount(row[2], AmountMoney).(Read)
		if !ok {
			t.Errorf("%q is not read", row[2])
			continue
		}
		switch v := Inspect(read, e).(type) {
		case Usual:
			if row[3] != "accept" {
				t.Errorf("%v is accepted", row)
			}
		case Unusual:
			if row[3] != "unusual" || v.Ratio.Less(FromInt(3)) || v.Last != e.History[0] {
				t.Errorf("%v is unusual: %+v", row, v)
			}
		case WhichUnit:
			if row[3] != "ask" {
				t.Errorf("%v is asked about: %v", row, v.Readings)
				continue
			}
			if row[4] != "" && v.Readings[0].Value.String() != row[4] {
				t.Errorf("%v: offered first is %s", row, v.Readings[0].Value)
			}
			if len(v.Readings) < 2 || !slices.ContainsFunc(v.Readings, func(r Read) bool { return r.Value == read.Value }) {
				t.Errorf("%v: the number as typed is not offered: %v", row, v.Readings)
			}
			for _, r := range v.Readings {
				if r.Bare() {
					t.Errorf("%v: the choice %s would be asked about again", row, r.Value)
				}
			}
		}
	}
}

// The product's own example: 12500 after 11.8 million.
func ExampleInspect() {
	read := ReadAmount("12500", AmountMoney).(Read)
	before := Evidence{History: []Decimal{FromInt(11_800_000)}, Workers: FromInt(48)}
	if v, ok := Inspect(read, before).(WhichUnit); ok {
		for _, r := range v.Readings {
			fmt.Println(r.Value)
		}
	}
	// Output:
	// 12500000
	// 12500
	// 12500000000
}

func TestInspectHintOnlyOrders(t *testing.T) {
	read := ReadAmount("12500", AmountMoney).(Read)
	e := Evidence{Workers: FromInt(48), Hint: 6, HasHint: true}
	v, ok := Inspect(read, e).(WhichUnit)
	if !ok || v.Readings[0].Value != FromInt(12_500_000_000) || len(v.Readings) != 3 {
		t.Errorf("with a hint at millions: %+v", v)
	}
	// A tiny enterprise that has confirmed plain tenge is not asked every month.
	small := Evidence{History: []Decimal{FromInt(12_000)}, Workers: FromInt(4), Hint: 0, HasHint: true}
	if got := Inspect(read, small); got != (Usual{}) {
		t.Errorf("confirmed tenge: %+v", got)
	}
	small.HasHint = false
	if _, ok := Inspect(read, small).(WhichUnit); !ok {
		t.Error("3000 tenge a worker was taken without a question")
	}
}

func TestInspectPeople(t *testing.T) {
	history := []Decimal{FromInt(48), FromInt(50), FromInt(47)}
	for typed, unusual := range map[int64]bool{48: false, 100: false, 150: true, 16: true, 17: false} {
		if _, got := InspectPeople(FromInt(typed), history).(Unusual); got != unusual {
			t.Errorf("%d workers: unusual is %v", typed, got)
		}
	}
	if got := InspectPeople(FromInt(5), []Decimal{FromInt(1)}); got != (Usual{}) {
		t.Errorf("from one worker to five: %+v", got)
	}
	if got := InspectUsual(FromInt(5), nil); got != (Usual{}) {
		t.Errorf("without a history: %+v", got)
	}
}

func TestMedian(t *testing.T) {
	d := func(s string) (list []Decimal) {
		for _, v := range strings.Fields(s) {
			list = append(list, MustDecimal(v))
		}
		return list
	}
	for in, want := range map[string]string{"": "0", "5": "5", "9 1 5": "5", "1 2": "1.5", "4 1 3 2": "2.5"} {
		values := d(in)
		kept := slices.Clone(values)
		if got := Median(values); got != MustDecimal(want) || !slices.Equal(values, kept) {
			t.Errorf("median of %s is %s", in, got)
		}
	}
	if n := RepeatedMonths(FromInt(5), d("5 5 4 5")); n != 3 {
		t.Errorf("repeated for %d months", n)
	}
}

func TestRecallSameMonth(t *testing.T) {
	march := Month{2026, time.March}
	history := map[Month]Decimal{
		march.Add(-12): FromInt(10_000_000),
		march.Add(-1):  FromInt(12), march.Add(-13): FromInt(10),
		march.Add(-2): FromInt(11), march.Add(-14): FromInt(10),
		march.Add(-3): FromInt(30), march.Add(-15): FromInt(10),
		march.Add(-4): FromInt(9), // no year before it
	}
	got, ok := RecallSameMonth(march, history)
	if !ok || got.LastYear != FromInt(10_000_000) || got.Growth != MustDecimal("1.2") || got.Expected != FromInt(12_000_000) {
		t.Errorf("%+v, %v", got, ok)
	}
	delete(history, march.Add(-3))
	if got, ok = RecallSameMonth(march, history); !ok || !got.Expected.IsZero() {
		t.Errorf("two pairs of months make a growth: %+v", got)
	}
	if _, ok = RecallSameMonth(march.Add(1), history); ok {
		t.Error("a month without a year before has a memory")
	}
}
