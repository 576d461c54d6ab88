package sector

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// State is where a report stands.
type State string

// The states. Totals use accepted versions only.
const (
	StateDraft     State = "draft"
	StateSent      State = "sent"
	StateReturned  State = "returned" // with fields marked; the owner mends these
	StateAccepted  State = "accepted"
	StateWithdrawn State = "withdrawn"
)

// Act is what can be done to a report.
type Act string

// The acts. The owner sends and withdraws; an official does the rest.
const (
	ActSend     Act = "send"     // a draft, a mended report, or a withdrawn one again
	ActAccept   Act = "accept"   //
	ActReturn   Act = "return"   // a report waiting for review
	ActReopen   Act = "reopen"   // an accepted report, so that the owner can correct it
	ActUndo     Act = "undo"     // an acceptance, within UndoTime
	ActWithdraw Act = "withdraw" // by the owner, while nothing is accepted
)

// UndoTime is how long an acceptance can be undone.
const UndoTime = 10 * time.Minute

// After returns the state to which an act leads; ok is false when a report in
// state s does not allow it.
func (s State) After(a Act) (next State, ok bool) {
	switch {
	case a == ActSend && (s == StateDraft || s == StateReturned || s == StateWithdrawn):
		return StateSent, true
	case a == ActAccept && s == StateSent:
		return StateAccepted, true
	case a == ActReturn && s == StateSent, a == ActReopen && s == StateAccepted:
		return StateReturned, true
	case a == ActUndo && s == StateAccepted:
		return StateSent, true
	case a == ActWithdraw && (s == StateSent || s == StateReturned):
		return StateWithdrawn, true
	}
	return s, false
}

// Errors of the acts.
var (
	ErrNotAllowed   = errors.New("the report's state does not allow it")
	ErrFrozenField  = errors.New("a line that was not returned has changed")
	ErrImpossible   = errors.New("the figures contradict each other")
	ErrIncomplete   = errors.New("a line has no answer")
	ErrTooLate      = errors.New("the time to undo is over")
	ErrNoFields     = errors.New("no line is marked")
	ErrStaleVersion = errors.New("the report has changed meanwhile")
)

// PersonKey is the random key under which records name a person; one bucket maps
// it to a Telegram id, and forgetting a person deletes that line.
type PersonKey string

// Version is one hand-in of a report. Versions are never changed.
type Version struct {
	Number  int              `json:"number"` // from 1
	Figures Figures          `json:"figures"`
	By      PersonKey        `json:"by"`
	At      time.Time        `json:"at"`
	Stands  map[Field]string `json:"stands,omitempty"` // of lines returned and left as they were: why they are right
}

// ReturnMark is a line that an official asks to look at again.
type ReturnMark struct {
	Field  Field  `json:"field"`
	Reason string `json:"reason"` // the key of a ready reason, or the official's own words
	Typed  bool   `json:"typed,omitempty"`
}

// Submission is one enterprise's report for one month, with its history. It is a
// value: acts return a changed copy and leave the receiver alone.
type Submission struct {
	Receipt    Receipt      `json:"receipt"`
	Enterprise EnterpriseID `json:"enterprise"`
	Month      Month        `json:"month"`
	State      State        `json:"state"`
	Versions   []Version    `json:"versions,omitempty"`

	Accepted   int          `json:"accepted,omitempty"` // the number of the version that counts in totals, 0 for none
	Before     int          `json:"before,omitempty"`   // the version that counted before it, for undoing
	DecidedBy  PersonKey    `json:"decided_by,omitempty"`
	DecidedAt  time.Time    `json:"decided_at,omitzero"`
	Marks      []ReturnMark `json:"marks,omitempty"` // of a returned report
	SinceState time.Time    `json:"since,omitzero"`  // when the state began
}

// Latest returns the newest version; ok is false for a draft never sent.
func (s Submission) Latest() (v Version, ok bool) {
	if len(s.Versions) == 0 {
		return Version{}, false
	}
	return s.Versions[len(s.Versions)-1], true
}

// Counting returns the figures that count in totals: those of the accepted
// version, which stay in force while a correction is on its way.
func (s Submission) Counting() (f Figures, ok bool) {
	if s.Accepted < 1 || s.Accepted > len(s.Versions) || s.State == StateWithdrawn {
		return Figures{}, false
	}
	return s.Versions[s.Accepted-1].Figures, true
}

func (s Submission) act(a Act, at time.Time) (Submission, error) {
	next, ok := s.State.After(a)
	if !ok {
		return s, fmt.Errorf("%s a report that is %s: %w", a, s.State, ErrNotAllowed)
	}
	s.State, s.SinceState = next, at
	s.Versions = slices.Clone(s.Versions)
	return s, nil
}

// Send hands in a version. Every line of the products must be answered and
// nothing may contradict itself. Of a returned report only the marked lines may
// differ from the version before; stands says why lines left as they were are right.
func (s Submission) Send(f Figures, products []Product, by PersonKey, at time.Time, stands map[Field]string) (Submission, error) {
	if missing := f.Missing(products); len(missing) > 0 {
		return s, fmt.Errorf("sending %s without %s: %w", s.Month, missing[0], ErrIncomplete)
	}
	if len(f.Check()) > 0 {
		return s, fmt.Errorf("sending %s: %w", s.Month, ErrImpossible)
	}
	if last, ok := s.Latest(); ok && s.State == StateReturned {
		for _, field := range f.Changed(last.Figures) {
			if !s.Marked(field) {
				return s, fmt.Errorf("sending %s with another %s: %w", s.Month, field, ErrFrozenField)
			}
		}
	}
	next, err := s.act(ActSend, at)
	if err != nil {
		return s, err
	}
	next.Versions = append(next.Versions, Version{
		Number: len(s.Versions) + 1, Figures: f.Clone(), By: by, At: at, Stands: maps.Clone(stands),
	})
	next.Marks = nil
	return next, nil
}

// Marked reports whether a line of a returned report may be changed.
func (s Submission) Marked(field Field) bool {
	return slices.ContainsFunc(s.Marks, func(m ReturnMark) bool { return m.Field == field })
}

// Accept makes a version count. It names the version that the official has seen:
// a newer one is [ErrStaleVersion].
func (s Submission) Accept(version int, by PersonKey, at time.Time) (Submission, error) {
	if version != len(s.Versions) {
		return s, fmt.Errorf("accepting version %d of %s: %w", version, s.Receipt, ErrStaleVersion)
	}
	next, err := s.act(ActAccept, at)
	if err != nil {
		return s, err
	}
	next.Before, next.Accepted = s.Accepted, version
	next.DecidedBy, next.DecidedAt = by, at
	return next, nil
}

// Undo takes back an acceptance within [UndoTime]; what counted before counts again.
func (s Submission) Undo(by PersonKey, at time.Time) (Submission, error) {
	if s.State == StateAccepted && at.Sub(s.DecidedAt) > UndoTime {
		return s, fmt.Errorf("undoing the acceptance of %s: %w", s.Receipt, ErrTooLate)
	}
	next, err := s.act(ActUndo, at)
	if err != nil {
		return s, err
	}
	next.Accepted, next.Before = s.Before, 0
	next.DecidedBy, next.DecidedAt = by, at
	return next, nil
}

// Return sends a report back with marked lines. Like Accept it names the version
// that the official has seen.
func (s Submission) Return(version int, marks []ReturnMark, by PersonKey, at time.Time) (Submission, error) {
	if version != len(s.Versions) {
		return s, fmt.Errorf("returning version %d of %s: %w", version, s.Receipt, ErrStaleVersion)
	}
	return s.giveBack(ActReturn, marks, by, at)
}

// Reopen lets the owner correct lines of an accepted report. The accepted version
// goes on counting until another is accepted.
func (s Submission) Reopen(marks []ReturnMark, by PersonKey, at time.Time) (Submission, error) {
	return s.giveBack(ActReopen, marks, by, at)
}

func (s Submission) giveBack(a Act, marks []ReturnMark, by PersonKey, at time.Time) (Submission, error) {
	if len(marks) == 0 {
		return s, fmt.Errorf("%s %s: %w", a, s.Receipt, ErrNoFields)
	}
	next, err := s.act(a, at)
	if err != nil {
		return s, err
	}
	next.Marks, next.DecidedBy, next.DecidedAt = slices.Clone(marks), by, at
	return next, nil
}

// Withdraw takes a report back before anything of it is accepted.
func (s Submission) Withdraw(at time.Time) (Submission, error) {
	if s.Accepted > 0 {
		return s, fmt.Errorf("withdrawing %s: %w", s.Receipt, ErrNotAllowed)
	}
	next, err := s.act(ActWithdraw, at)
	if err != nil {
		return s, err
	}
	next.Marks = nil
	return next, nil
}

// Receipt is the number of a report that people read aloud: 2026-03-0147 is the
// 147th report for March 2026. It stays through all versions.
type Receipt string

// ErrNotReceipt is returned for a text that is no receipt number.
var ErrNotReceipt = errors.New("not a receipt number")

// NewReceipt returns the number of the nth report of a month, n from 1.
func NewReceipt(m Month, n int) Receipt { return Receipt(fmt.Sprintf("%s-%04d", m, n)) }

// ParseReceipt reads a receipt number as people type it, with blanks around and
// with or without № or No. The error wraps [ErrNotReceipt].
func ParseReceipt(s string) (Receipt, error) {
	typed := strings.TrimSpace(s)
	for _, mark := range []string{"№", "No", "N", "#"} {
		typed = strings.TrimSpace(strings.TrimPrefix(typed, mark))
	}
	bad := fmt.Errorf("reading receipt %q: %w", s, ErrNotReceipt)
	if len(typed) < len("2026-03-0001") || typed[7] != '-' {
		return "", bad
	}
	m, err := ParseMonth(typed[:7])
	if err != nil || !allDigits(typed[8:]) {
		return "", bad
	}
	n, err := strconv.Atoi(typed[8:])
	if r := NewReceipt(m, n); err == nil && n > 0 && string(r) == typed {
		return r, nil
	}
	return "", bad
}

// Month returns the month of the report, or the zero value for no receipt.
func (r Receipt) Month() Month {
	if len(r) < 7 {
		return Month{}
	}
	m, err := ParseMonth(string(r[:7]))
	if err != nil {
		return Month{}
	}
	return m
}
