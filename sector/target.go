package sector

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Target is what an enterprise pledges for a year.
type Target struct {
	Output      Value  `json:"output,omitzero"` // tenge over the year
	Workers     Value  `json:"workers,omitzero"`
	Locals      Value  `json:"locals,omitzero"`
	Commitments string `json:"commitments,omitempty"` // in words, as the owner wrote them
}

// TargetFields lists the pledged lines in order.
func TargetFields() []Field { return []Field{FieldOutput, FieldWorkers, FieldLocals} }

// Get returns the pledge of a line.
func (t Target) Get(field Field) Value {
	switch field {
	case FieldOutput:
		return t.Output
	case FieldWorkers:
		return t.Workers
	case FieldLocals:
		return t.Locals
	default: // nothing else is pledged in figures
		return Value{}
	}
}

// Lowered returns the lines in which t pledges less than before; a pledge taken
// away is lowered too.
func (t Target) Lowered(before Target) []Field {
	var lowered []Field
	for _, field := range TargetFields() {
		was, had := before.Get(field).Amount()
		is, has := t.Get(field).Amount()
		if had && (!has || is.Less(was)) {
			lowered = append(lowered, field)
		}
	}
	return lowered
}

// TargetChange is a proposed pledge.
type TargetChange struct {
	Target Target    `json:"target"`
	Reason string    `json:"reason,omitempty"`
	By     PersonKey `json:"by"`
	At     time.Time `json:"at"`

	Decision  TargetDecision `json:"decision,omitempty"`
	DecidedBy PersonKey      `json:"decided_by,omitempty"`
	DecidedAt time.Time      `json:"decided_at,omitzero"`
}

// TargetDecision is what became of a proposed pledge.
type TargetDecision string

// The decisions; "" means that it waits.
const (
	TargetWaiting  TargetDecision = ""
	TargetAccepted TargetDecision = "accepted"
	TargetRefused  TargetDecision = "refused"
)

// Pledge is the pledge of one enterprise for one year with all its changes, oldest
// first. It is a value: the methods return a changed copy. A pledge in force can be
// changed only with a reason and an official's acceptance, so lowering one silently
// is impossible.
type Pledge struct {
	Enterprise EnterpriseID   `json:"enterprise"`
	Year       int            `json:"year"`
	Changes    []TargetChange `json:"changes,omitempty"`
}

// Errors of a pledge.
var (
	ErrReasonNeeded     = errors.New("a change of a pledge needs a reason")
	ErrNothingChanged   = errors.New("the pledge would stay as it is")
	ErrNothingWaits     = errors.New("no change waits for a decision")
	ErrImpossiblePledge = errors.New("more local residents than workers are pledged")
)

// InForce returns the accepted pledge; ok is false when none is.
func (p Pledge) InForce() (t Target, ok bool) {
	for _, c := range slices.Backward(p.Changes) {
		if c.Decision == TargetAccepted {
			return c.Target, true
		}
	}
	return Target{}, false
}

// Waiting returns the change that waits for a decision; ok is false when none does.
func (p Pledge) Waiting() (c TargetChange, ok bool) {
	if n := len(p.Changes); n > 0 && p.Changes[n-1].Decision == TargetWaiting {
		return p.Changes[n-1], true
	}
	return TargetChange{}, false
}

// Propose adds a pledge or a change of one. A reason is needed as soon as a pledge
// is in force. A change that still waits is replaced.
func (p Pledge) Propose(t Target, reason string, by PersonKey, at time.Time) (Pledge, error) {
	reason = strings.TrimSpace(reason)
	current, inForce := p.InForce()
	locals, okLocals := t.Locals.Amount()
	workers, okWorkers := t.Workers.Amount()
	switch {
	case okLocals && okWorkers && workers.Less(locals):
		return p, fmt.Errorf("pledging for %d: %w", p.Year, ErrImpossiblePledge)
	case inForce && t == current, !inForce && t == Target{}:
		return p, fmt.Errorf("pledging for %d: %w", p.Year, ErrNothingChanged)
	case inForce && reason == "":
		return p, fmt.Errorf("pledging for %d: %w", p.Year, ErrReasonNeeded)
	}
	changes := slices.Clone(p.Changes)
	if _, waits := p.Waiting(); waits {
		changes = changes[:len(changes)-1]
	}
	p.Changes = append(changes, TargetChange{Target: t, Reason: reason, By: by, At: at})
	return p, nil
}

// Decide accepts or refuses the change that waits.
func (p Pledge) Decide(accept bool, by PersonKey, at time.Time) (Pledge, error) {
	if _, waits := p.Waiting(); !waits {
		return p, fmt.Errorf("deciding on the pledge for %d: %w", p.Year, ErrNothingWaits)
	}
	p.Changes = slices.Clone(p.Changes)
	c := &p.Changes[len(p.Changes)-1]
	c.Decision, c.DecidedBy, c.DecidedAt = TargetRefused, by, at
	if accept {
		c.Decision = TargetAccepted
	}
	return p, nil
}

// Progress is how far one pledged line has come.
type Progress struct {
	Field     Field
	Pledged   Decimal
	ToDate    Decimal // output: the sum of the months that count; headcounts: the newest of them
	Months    int     // how many months of the year count, of twelve
	Share     Decimal // ToDate in per cent of Pledged, cut to a whole number: never 100 before it is reached
	Projected Decimal // at the year's end, if the months to come are like those that count
	Gap       Decimal // what Projected lacks of Pledged; negative when it is more
}

// Reached reports whether the pledge is kept already.
func (p Progress) Reached() bool { return p.ToDate.Cmp(p.Pledged) >= 0 }

// ProgressOf works out how far a pledge has come, from the figures that count
// (see [Submission.Counting]) by month. Months without an amount are left out and
// not taken for zero. Lines without a pledge, or with a pledge of zero, have none.
func ProgressOf(t Target, year int, counting map[Month]Figures) []Progress {
	var list []Progress
	for _, field := range TargetFields() {
		pledged, ok := t.Get(field).Amount()
		if !ok || pledged.IsZero() {
			continue
		}
		p := Progress{Field: field, Pledged: pledged}
		for month := time.January; month <= time.December; month++ {
			f, has := counting[Month{year, month}]
			amount, counts := f.Get(field).Amount()
			if !has || !counts {
				continue
			}
			p.Months++
			if field == FieldOutput {
				p.ToDate = p.ToDate.Add(amount)
			} else {
				p.ToDate = amount
			}
		}
		p.Projected = p.ToDate
		if field == FieldOutput && p.Months > 0 {
			p.Projected, _ = p.ToDate.Mul(FromInt(12)).Quo(FromInt(int64(p.Months)), 0)
		}
		share, _ := p.ToDate.Shift10(2).Quo(pledged, 6)
		p.Share = share.Trunc(0)
		p.Gap = pledged.Sub(p.Projected)
		list = append(list, p)
	}
	return list
}
