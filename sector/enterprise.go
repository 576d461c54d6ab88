package sector

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// EnterpriseID is the number of an enterprise in our records.
type EnterpriseID uint64

// Standing says whether an enterprise takes part.
type Standing string

// The standings.
const (
	StandingPending   Standing = "pending"   // waits for an official; the first report may be filled in
	StandingConfirmed Standing = "confirmed" //
	StandingRefused   Standing = "refused"   //
	StandingClosed    Standing = "closed"    // has ended, or was merged into another
)

// Enterprise is a firm that reports, or a person who is an entrepreneur alone.
// People who act for it are kept elsewhere.
type Enterprise struct {
	ID         EnterpriseID `json:"id"`
	BIN        BIN          `json:"bin"`
	Name       string       `json:"name"`
	Region     Region       `json:"region"`
	Branch     Branch       `json:"branch"`             // one of [Divisions]
	Key        bool         `json:"key,omitempty"`      // a key enterprise of the programme; set by officials
	Products   []Product    `json:"products,omitempty"` // chosen in the first report
	Standing   Standing     `json:"standing"`
	Registered Date         `json:"registered"`      // owes reports from this date's month on
	Closed     Date         `json:"closed,omitzero"` // owes none for later months
}

// Errors of [Enterprise.Validate].
var (
	ErrBadBIN      = errors.New("the BIN is not valid")
	ErrBadRegion   = errors.New("no such region to register in")
	ErrBadBranch   = errors.New("no such branch to register under")
	ErrBadProduct  = errors.New("no such product, or one twice")
	ErrBadStanding = errors.New("no such standing")
	ErrBadDates    = errors.New("the dates do not follow each other")
)

// Validate checks a record before it is stored.
func (e Enterprise) Validate() error {
	if b, err := ParseBIN(string(e.BIN)); err != nil || b != e.BIN {
		return fmt.Errorf("enterprise %d: %w", e.ID, ErrBadBIN)
	}
	if name, problem := CheckName(e.Name); problem != "" || name != e.Name {
		return fmt.Errorf("enterprise %d: the name is %s", e.ID, problem)
	}
	if !slices.Contains(Regions(), e.Region) {
		return fmt.Errorf("enterprise %d: %w", e.ID, ErrBadRegion)
	}
	if !slices.Contains(Divisions(), e.Branch) {
		return fmt.Errorf("enterprise %d: %w", e.ID, ErrBadBranch)
	}
	for i, p := range e.Products {
		if !p.Known() || slices.Contains(e.Products[:i], p) {
			return fmt.Errorf("enterprise %d: %w", e.ID, ErrBadProduct)
		}
	}
	switch e.Standing {
	case StandingPending, StandingConfirmed, StandingRefused, StandingClosed:
	default:
		return fmt.Errorf("enterprise %d: %w", e.ID, ErrBadStanding)
	}
	if e.Registered.IsZero() || !e.Closed.IsZero() && e.Closed.Before(e.Registered) || (e.Standing == StandingClosed) == e.Closed.IsZero() {
		return fmt.Errorf("enterprise %d: %w", e.ID, ErrBadDates)
	}
	return nil
}

// Owes reports whether the enterprise owes a report for a month: from the month
// of its registration to that of its closing, while it is confirmed or was.
func (e Enterprise) Owes(m Month) bool {
	if e.Standing != StandingConfirmed && e.Standing != StandingClosed || m.Before(MonthOf(e.Registered)) {
		return false
	}
	return e.Closed.IsZero() || !MonthOf(e.Closed).Before(m)
}

// OwedMonths returns the months owed that are over by a moment, oldest first.
func (e Enterprise) OwedMonths(at time.Time, zone *time.Location) []Month {
	var owed []Month
	today := DateOf(at, zone)
	for m := MonthOf(e.Registered); m.Last().Before(today); m = m.Add(1) {
		if e.Owes(m) {
			owed = append(owed, m)
		}
	}
	return owed
}

// NameProblem says what is wrong with the name of an enterprise.
type NameProblem string

// The problems.
const (
	NameEmpty    NameProblem = "empty"
	NameShort    NameProblem = "short"    // fewer than two letters or digits
	NameLong     NameProblem = "long"     // more than 120 characters
	NameNumber   NameProblem = "number"   // no letter: probably a BIN
	NameControls NameProblem = "controls" // characters that cannot be shown
)

const longestName = 120

// CheckName makes a typed name tidy: blanks of all kinds become one, those at the
// ends go. problem is "" for a good name.
func CheckName(typed string) (name string, problem NameProblem) {
	name = strings.Join(strings.Fields(typed), " ")
	letters, digits := 0, 0
	for _, r := range name {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digits++
		case r == unicode.ReplacementChar, !unicode.IsGraphic(r):
			return name, NameControls
		}
	}
	switch {
	case name == "":
		return name, NameEmpty
	case len([]rune(name)) > longestName:
		return name, NameLong
	case letters == 0 && digits > 0:
		return name, NameNumber
	case letters+digits < 2:
		return name, NameShort
	}
	return name, ""
}

// SizeClass is the class of an enterprise by its headcount. For state statistics
// only the headcount counts (Entrepreneurial Code, article 24); the classes for
// state support also look at income, which is not collected here.
type SizeClass string

// The classes.
const (
	SizeMicro  SizeClass = "micro"  // up to 15
	SizeSmall  SizeClass = "small"  // up to 100
	SizeMedium SizeClass = "medium" // up to 250
	SizeLarge  SizeClass = "large"
)

// SizeByHeadcount returns the class for an average number of workers.
func SizeByHeadcount(workers Decimal) SizeClass {
	switch {
	case workers.Cmp(FromInt(15)) <= 0:
		return SizeMicro
	case workers.Cmp(FromInt(100)) <= 0:
		return SizeSmall
	case workers.Cmp(FromInt(250)) <= 0:
		return SizeMedium
	}
	return SizeLarge
}
