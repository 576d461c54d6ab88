package sector

// ValueKind is one of the four kinds of answer to a line of the report. They stay
// apart in storage, sums and exports.
type ValueKind string

// The kinds.
const (
	Given         ValueKind = "value"
	Zero          ValueKind = "zero"
	NotApplicable ValueKind = "not_applicable"
	NotKnown      ValueKind = "not_known"
)
