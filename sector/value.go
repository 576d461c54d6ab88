package sector

import (
	"errors"
	"fmt"
)

// ValueKind is one of the four kinds of answer to a line of the report. They stay
// apart in storage, sums and exports: a zero is a figure, "not applicable" is no
// line of this enterprise, and "not known yet" is still owed.
type ValueKind string

// The kinds.
const (
	Unanswered    ValueKind = ""
	Given         ValueKind = "value"
	Zero          ValueKind = "zero"
	NotApplicable ValueKind = "not_applicable"
	NotKnown      ValueKind = "not_known"
)

// Value is the answer to one line of the report. The zero value is no answer yet.
// Values are compared with ==.
//
// As text, in JSON, in storage and in exports alike, a value is its amount
// ("12500000", "0"), "not_applicable", "not_known", or "" for no answer.
type Value struct {
	kind   ValueKind
	amount Decimal
}

// ErrNotValue is returned for a text that is no value.
var ErrNotValue = errors.New("not a value")

// ValueOf returns the value of an amount: given, or zero. Amounts of a report are
// never negative; [Figures.Check] and [ReadAmount] see to that.
func ValueOf(amount Decimal) Value {
	if amount.IsZero() {
		return Value{kind: Zero}
	}
	return Value{kind: Given, amount: amount}
}

// NoAmount returns the value of an answer without an amount. Of [Given], which
// needs one, it makes no answer.
func NoAmount(kind ValueKind) Value {
	if kind == Zero || kind == NotApplicable || kind == NotKnown {
		return Value{kind: kind}
	}
	return Value{}
}

// Kind returns which of the kinds v is.
func (v Value) Kind() ValueKind { return v.kind }

// Answered reports whether there is an answer of any kind.
func (v Value) Answered() bool { return v.kind != Unanswered }

// Amount returns the amount; ok is true for given ones and zeros, which may be
// added up, and false for the others, which may not.
func (v Value) Amount() (amount Decimal, ok bool) {
	return v.amount, v.kind == Given || v.kind == Zero
}

// Counts reports whether v has an amount that may be added up.
func (v Value) Counts() bool { return v.kind == Given || v.kind == Zero }

// String returns the text form.
func (v Value) String() string {
	if v.Counts() {
		return v.amount.String()
	}
	return string(v.kind)
}

// ParseValue reads the text form. The error wraps [ErrNotValue].
func ParseValue(s string) (Value, error) {
	if kind := ValueKind(s); kind == Unanswered || kind == NotApplicable || kind == NotKnown {
		return Value{kind: kind}, nil
	}
	amount, err := ParseDecimal(s)
	if err != nil || amount.Sign() < 0 {
		return Value{}, fmt.Errorf("reading value %q: %w", s, ErrNotValue)
	}
	return ValueOf(amount), nil
}

// MarshalText implements encoding.TextMarshaler.
func (v Value) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (v *Value) UnmarshalText(text []byte) (err error) {
	*v, err = ParseValue(string(text))
	return err
}

// IsZero reports whether there is no answer; encoding/json asks it for omitzero.
// A value of zero is an answer.
func (v Value) IsZero() bool { return v.kind == Unanswered }
