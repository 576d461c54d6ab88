package sector

import "strings"

// AmountKind says what an amount is asked for; it settles which units may stand
// beside the number and what is impossible.
type AmountKind string

// The kinds of amount.
const (
	AmountMoney    AmountKind = "money"    // tenge
	AmountQuantity AmountKind = "quantity" // products, with decimals
	AmountPeople   AmountKind = "people"   // workers: whole numbers only
)

// limit is the greatest amount that is possible at all. Far below it an amount
// may still be unusual for an enterprise: that is for [Inspect].
func (k AmountKind) limit() Decimal {
	switch k {
	case AmountPeople:
		return FromInt(100_000) // the whole sector has some 22 thousand
	case AmountQuantity:
		return FromInt(1_000_000_000_000)
	case AmountMoney:
	}
	return FromInt(10_000_000_000_000) // ten trillion tenge: forty times the sector's year
}

// Reading is what [ReadAmount] made of a text: exactly one of [Read], [NoValue],
// [Ambiguous] and [Refused]. Only a Read and a certain NoValue may be stored,
// and also those only after the person has seen them in words.
type Reading interface{ reading() }

// Read is an amount that can be read in one way.
type Read struct {
	Value   Decimal `json:"value"`           // in tenge, whole people, or Unit
	Text    string  `json:"text"`            // the part of the text that was read, as typed
	Power   int     `json:"power,omitempty"` // 3, 6, 9 or 12 when a word said thousand and so on; of several the greatest
	Money   bool    `json:"money,omitempty"` // a word or sign for tenge stood beside it
	Unit    Unit    `json:"unit,omitempty"`  // the unit of things that stood beside it, or ""
	Spelled bool    `json:"spelled,omitempty"`
	About   bool    `json:"about,omitempty"` // "about", "шамамен", "около" stood beside it
}

// Bare reports whether nothing beside the number says how large it is: neither a
// word for a power of ten nor a word for tenge. Bare amounts of money go to
// [Inspect], because thousands and millions of tenge are easily left unsaid.
func (r Read) Bare() bool { return r.Power == 0 && !r.Money }

// NoValue is an answer without an amount. One kind is certain; several mean that
// the person must be asked which ("нет", "жоқ", "no").
type NoValue struct {
	Kinds []ValueKind
	Text  string
}

// Ambiguous is an amount that can be read in several ways, or in one way that is
// likely but not sure. The person is asked; nothing is stored.
type Ambiguous struct {
	Readings []Read // the most likely first; at least one
	Why      Doubt
	Text     string
}

// Doubt says why an amount was not simply read.
type Doubt string

// The doubts.
const (
	DoubtMark     Doubt = "mark"     // a point or comma that may part groups or the fraction: 1.250
	DoubtLetter   Doubt = "letter"   // one letter that may be a power of ten or a unit: 12 м
	DoubtRest     Doubt = "rest"     // a rest without its power of ten: миллион двести
	DoubtPlace    Doubt = "place"    // the power of ten stands before the number: тыс. тенге 12500
	DoubtSpelling Doubt = "spelling" // a word for a number is misspelt
	DoubtYear     Doubt = "year"     // may be a year: за март 2025
	DoubtContext  Doubt = "context"  // of a report: words beside it that were not understood
)

// Refused is a text without an amount that could be stored.
type Refused struct {
	Reason  Reason
	Text    string   // the part that was read, as typed; the whole text where there is none
	Suggest *Read    // with LettersForDigits: what was probably meant
	Numbers []string // with TwoNumbers and RangeOfNumbers: the numbers, as typed
}

// Reason says why an amount was refused.
type Reason string

// The reasons.
const (
	NoNumber         Reason = "none"               // no number in the text
	RangeOfNumbers   Reason = "range"              // 12-15, or only a bound: more than 12
	PercentAmount    Reason = "percent"            // 10%
	NegativeAmount   Reason = "negative"           // -5
	ScientificAmount Reason = "scientific"         // 1e6
	LettersForDigits Reason = "letters_for_digits" // 12 5OO
	ImpossibleAmount Reason = "impossible"         // beyond anything possible
	TwoNumbers       Reason = "two_numbers"        // 11 and 12
	OtherUnit        Reason = "other_unit"         // dollars or tonnes where tenge are asked
	FractionOfPeople Reason = "fraction"           // 48.5 people
	UnclearNumber    Reason = "unclear"            // a number is there, in a form nobody should guess at
)

func (Read) reading()      {}
func (NoValue) reading()   {}
func (Ambiguous) reading() {}
func (Refused) reading()   {}

// longestAmount bounds the work of one reading: Telegram's longest message.
const longestAmount = 4096 * 4

// ReadAmount reads the amount in a text: one number in digits or in words, in
// Kazakh, Russian or English, with or without a power of ten, a sign of money, a
// unit, and a sentence around it.
//
// What can be read in two ways is [Ambiguous] or [Refused], never guessed: a
// point or comma before three digits, a range, a percentage, two numbers, a
// negative or impossible amount, letters typed for digits. The answer does not
// depend on the chat's language, so a language taken for another misreads nothing.
func ReadAmount(text string, kind AmountKind) Reading {
	if len(text) > longestAmount {
		return Refused{Reason: NoNumber}
	}
	marks := lex(text)
	r := readMarks(text, marks, kind)
	if bad, ok := r.(Refused); ok && bad.Reason == LettersForDigits {
		meant := withDigits(text, marks)
		if read, ok := readMarks(meant, lex(meant), kind).(Read); ok {
			bad.Suggest = &read
		}
		return bad
	}
	return r
}

func readMarks(text string, marks []mark, kind AmountKind) Reading {
	scan := findAmounts(text, marks)
	amounts := scan.counted(marks)
	typed := strings.TrimSpace(text)
	switch {
	case len(amounts) == 0:
		if no, ok := onlyNoValue(text, marks); ok {
			return no
		}
		return Refused{Reason: NoNumber, Text: typed}
	case len(amounts) > 1 && !sameAmounts(amounts, kind):
		return refuseSeveral(text, marks, amounts)
	}
	amount := amounts[0]
	if r, ok := parenthesised(text, marks, amount); ok {
		return r
	}
	return settle(scan.placed(text, marks, amount), kind)
}

// parenthesised refuses (12 500) standing alone: accountants mean minus by it.
func parenthesised(text string, marks []mark, a amount) (Reading, bool) {
	first, last := marks[0], marks[len(marks)-1]
	if a.from != 1 || first.symbol != '(' || last.symbol != ')' {
		return nil, false
	}
	return Refused{Reason: NegativeAmount, Text: strings.TrimSpace(text)}, true
}

// sameAmounts reports whether all amounts say one value twice, as contracts do:
// 12 500 (twelve thousand five hundred).
func sameAmounts(amounts []amount, kind AmountKind) bool {
	var first Decimal
	for i, a := range amounts {
		r, ok := settle(a, kind).(Read)
		if !ok || i > 0 && r.Value != first {
			return false
		}
		first = r.Value
	}
	return true
}

// refuseSeveral says why several amounts are too many.
func refuseSeveral(text string, marks []mark, amounts []amount) Refused {
	r := Refused{Reason: TwoNumbers, Text: text[amounts[0].start:amounts[len(amounts)-1].end]}
	for i, a := range amounts {
		r.Numbers = append(r.Numbers, text[a.start:a.end])
		if a.problem != "" && a.problem != RangeOfNumbers {
			return Refused{Reason: a.problem, Text: r.Text}
		}
		if i > 0 && isRange(marks, amounts[i-1], a) {
			r.Reason = RangeOfNumbers
		}
	}
	return r
}

// settle turns a found amount into a reading for a kind of field.
func settle(a amount, kind AmountKind) Reading {
	if a.problem != "" {
		return Refused{Reason: a.problem, Text: a.text}
	}
	if !unitFits(a, kind) {
		return Refused{Reason: OtherUnit, Text: a.text}
	}
	candidates, why := a.candidates(kind)
	var readings []Read
	fraction := false
	for _, r := range candidates {
		if r.Value.Cmp(kind.limit()) > 0 {
			continue
		}
		if kind == AmountPeople && !r.Value.IsWhole() {
			fraction = true
			continue
		}
		readings = append(readings, r)
	}
	switch {
	case len(readings) == 0 && fraction:
		return Refused{Reason: FractionOfPeople, Text: a.text}
	case len(readings) == 0:
		return Refused{Reason: ImpossibleAmount, Text: a.text}
	case len(readings) == 1 && !why.sticks():
		return readings[0]
	}
	return Ambiguous{Readings: readings, Why: why, Text: a.text}
}

// sticks reports whether the doubt stays when one reading is left: that the
// other one was impossible settles a mark, but not a misspelt word.
func (d Doubt) sticks() bool { return d != "" && d != DoubtMark && d != DoubtLetter }

func unitFits(a amount, kind AmountKind) bool {
	switch kind {
	case AmountMoney:
		return !a.otherMoney && a.unit == ""
	case AmountPeople:
		return !a.otherMoney && !a.money && (a.unit == "" || a.unit == UnitPeople)
	case AmountQuantity:
	}
	return !a.otherMoney && !a.money && a.unit != UnitPeople
}

// candidates lists the readings that the words allow, and why there are several.
func (a amount) candidates(kind AmountKind) ([]Read, Doubt) {
	why := a.why
	powers, unit := []int{0}, a.unit
	if a.letter != "" {
		powers, unit = letterMeans(a.letter, kind, a.unit)
		if len(powers) > 1 {
			why = DoubtLetter
		}
	}
	var readings []Read
	seen := map[Decimal]bool{}
	for _, p := range powers {
		for _, v := range a.values {
			r := Read{
				Value: v.Shift10(p), Text: a.text, Power: max(a.power, p), Money: a.money, Unit: unit,
				Spelled: a.spelled, About: a.about,
			}
			if !seen[r.Value] {
				seen[r.Value] = true
				readings = append(readings, r)
			}
		}
	}
	return readings, why
}

// letterMeans returns the powers of ten that a single letter may stand for, the
// most likely first. Cyrillic м is the first letter of мың, миллион and метр.
func letterMeans(letter string, kind AmountKind, unit Unit) ([]int, Unit) {
	switch letter {
	case "k", "к":
		return []int{3}, unit
	case "b":
		return []int{9}, unit
	case "m":
		if kind == AmountQuantity {
			return []int{0, 6}, unit
		}
		return []int{6}, unit
	case "т", "t":
		if kind == AmountQuantity && unit == "" {
			return []int{0}, UnitTonnes
		}
		return []int{3, 0}, unit
	}
	if kind == AmountQuantity {
		return []int{0, 3, 6}, unit
	}
	return []int{6, 3}, unit
}
