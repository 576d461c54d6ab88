package chat

import (
	"strconv"
	"time"
)

// Text is a message of the catalogue with its arguments. It becomes words only
// when it is rendered in somebody's language. Texts are made by the generated
// constructors of package locales, or joined by [Lines] and [Sentences].
type Text struct {
	ID    string         `json:"id,omitempty"`
	Args  map[string]any `json:"args,omitempty"`  // Number, Plain, Day, Quote or Text
	Count string         `json:"count,omitempty"` // the plural operand as a plain decimal; "" when the message has none

	Parts []Text `json:"parts,omitempty"` // a composite: the parts, rendered one by one
	Glue  string `json:"glue,omitempty"`  // what stands between the parts
}

// IsZero reports whether there is nothing to say.
func (t Text) IsZero() bool { return t.ID == "" && len(t.Parts) == 0 }

// Lines joins texts, one a line; empty ones are left out.
func Lines(texts ...Text) Text { return join("\n", texts) }

// Paragraphs joins texts with an empty line between them; empty ones are left out.
func Paragraphs(texts ...Text) Text { return join("\n\n", texts) }

// Sentences joins texts with a blank; empty ones are left out.
func Sentences(texts ...Text) Text { return join(" ", texts) }

func join(glue string, texts []Text) Text {
	parts := make([]Text, 0, len(texts))
	for _, t := range texts {
		if !t.IsZero() {
			parts = append(parts, t)
		}
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return Text{Parts: parts, Glue: glue}
}

// Number is an amount that may be shown, with the proof of it. The renderer
// groups its digits and sets the decimal mark as the language asks.
type Number struct {
	Value string `json:"value"` // a plain decimal: "466000", "13.2", "-5"
	Proof Proof  `json:"proof"`
}

// Plain is a run of characters with digits that are printed as they are: a year,
// a receipt number, a week.
type Plain struct {
	Value string `json:"value"`
	Proof Proof  `json:"proof"`
}

// Day is a date, worded by the language.
type Day struct {
	Date  time.Time `json:"date"`
	Proof Proof     `json:"proof"`
}

// Quote is what a person wrote, or a name that a person gave: their own digits
// may stand in it.
type Quote string

// Proof says why digits may leave. Nothing unproved is sent: the renderer
// refuses a message with digits outside a proved argument, and asks its prover
// about every proof that refers to a stored figure.
type Proof struct {
	Kind ProofKind `json:"kind"`
	Ref  string    `json:"ref,omitempty"` // the fact, the calculation with its operands, or the record
}

// ProofKind is the ground on which digits may be shown.
type ProofKind string

// The grounds.
const (
	ByFact    ProofKind = "fact"    // a stored fact: Ref is its key
	ByCalc    ProofKind = "calc"    // a registered calculation: Ref is its name and operands
	ByDate    ProofKind = "date"    // a date or period of the calendar
	ByCount   ProofKind = "count"   // something that we counted
	ByRecord  ProofKind = "record"  // a stored record of a person or enterprise: a receipt, a report
	ByRule    ProofKind = "rule"    // a constant of a rule or an example of a format, named in code
	BySpeaker ProofKind = "speaker" // the person's own words
)

// Count is a counted number.
func Count(n int) Number { return Number{Value: strconv.Itoa(n), Proof: Proof{Kind: ByCount}} }

// Rule is a constant of a rule: twelve digits, three firms.
func Rule(value string) Number { return Number{Value: value, Proof: Proof{Kind: ByRule}} }

// Year is a year of the calendar.
func Year(y int) Plain { return Plain{Value: strconv.Itoa(y), Proof: Proof{Kind: ByDate}} }

// On is a date of the calendar.
func On(t time.Time) Day { return Day{Date: t, Proof: Proof{Kind: ByDate}} }
