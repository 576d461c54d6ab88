package sector

import (
	"strings"
	"time"
	"unicode"
)

// BIN is the twelve-digit number under which an enterprise reports: the business
// identification number (BIN, БИН, БСН) of a legal entity, branch or joint
// entrepreneurship, or the individual one (IIN, ИИН, ЖСН) of a person who is an
// entrepreneur alone. Both are assigned under Law No. 223 of 12 January 2007 and
// share the check digit, so one input field is enough.
//
// A BIN made by [ParseBIN] is twelve ASCII digits, kept as text because leading
// zeros count. A valid check digit does not prove that the enterprise exists or
// that the sender speaks for it. An IIN holds a birth date and a sex: show and
// log it through [BIN.Mask] only.
type BIN string

// BINProblem says what is wrong with a number typed for a BIN.
type BINProblem string

// The problems, in the order in which they are looked for.
const (
	BINEmpty   BINProblem = "empty"   // no digit at all
	BINLetters BINProblem = "letters" // something that is neither digit nor mark
	BINLength  BINProblem = "length"  // not twelve digits
	BINMonth   BINProblem = "month"   // digits 3 and 4 are no month
	BINType    BINProblem = "type"    // digit 5 or 6 is none that is assigned
	BINDay     BINProblem = "day"     // of an IIN: no such day of birth
	BINCentury BINProblem = "century" // of an IIN: digit 7 is none that is assigned
	BINCheck   BINProblem = "check"   // the last digit does not fit the others
)

// BINError is the error of [ParseBIN]. Its text names the problem and never the
// number, because the number may be a person's.
type BINError struct {
	Problem BINProblem
	Read    string // the digits that were read, marks taken away; with BINLetters what was typed, trimmed
	IIN     bool   // the number has the shape of an IIN, so Read is personal data
}

// Error implements error.
func (e *BINError) Error() string {
	return "reading an identification number: bad " + string(e.Problem)
}

const binLength = 12

// ParseBIN reads a BIN or an IIN as people type it: blanks of any kind, hyphens
// and points between the digits are dropped, the letter O (Latin or Cyrillic)
// is taken for a zero, full-width digits for plain ones, and a leading BIN, ИИН
// or the like is ignored. What was read is the result itself, or Read of the
// error, which is always a *[BINError].
func ParseBIN(text string) (BIN, error) {
	digits, clean := binDigits(text)
	if !clean {
		return "", &BINError{Problem: BINLetters, Read: strings.TrimSpace(text), IIN: looksLikeIIN(digits)}
	}
	if problem := binProblem(digits); problem != "" {
		return "", &BINError{Problem: problem, Read: digits, IIN: looksLikeIIN(digits)}
	}
	return BIN(digits), nil
}

// binDigits keeps the digits; clean is false when something else was typed.
func binDigits(text string) (digits string, clean bool) {
	text = strings.TrimSpace(text)
	upper := strings.ToUpper(text)
	for _, label := range []string{"BIN", "IIN", "БИН", "ИИН", "БСН", "ЖСН"} {
		if rest, ok := strings.CutPrefix(upper, label); ok {
			text = strings.TrimLeft(rest, " \u00a0:№#=-–—")
			break
		}
	}
	var b strings.Builder
	clean = true
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune(r - '０' + '0')
		case strings.ContainsRune("OoОо", r):
			b.WriteByte('0')
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Cf, r), r == '.', r == '−':
		default:
			clean = false
		}
	}
	return b.String(), clean
}

// looksLikeIIN tells the two apart: digit 5 is the first digit of the birthday
// in an IIN, and the type, from 4 on, in a BIN. A shorter run may be either, so
// it is treated as the more delicate one.
func looksLikeIIN(digits string) bool { return len(digits) > 4 && digits[4] <= '3' }

func binProblem(digits string) BINProblem {
	switch {
	case digits == "":
		return BINEmpty
	case len(digits) != binLength:
		return BINLength
	}
	if month := digits[2:4]; month < "01" || month > "12" {
		return BINMonth
	}
	if looksLikeIIN(digits) {
		if digits[6] < '1' || digits[6] > '6' {
			return BINCentury
		}
		century := 1800 + int(digits[6]-'1')/2*100
		if !realDay(century+twoDigits(digits[:2]), twoDigits(digits[2:4]), twoDigits(digits[4:6])) {
			return BINDay
		}
	} else if digits[4] > '6' || digits[5] > '3' {
		return BINType
	}
	if check, issued := binCheckDigit(digits[:binLength-1]); !issued || check != digits[binLength-1] {
		return BINCheck
	}
	return ""
}

func twoDigits(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

func realDay(year, month, day int) bool {
	d := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return d.Day() == day && int(d.Month()) == month
}

// binCheckDigit works out digit 12 from the first eleven. When both passes leave
// ten, such a number is not issued; libraries that answer 0 there are wrong. The
// eleventh weight is a multiple of the modulus, so a slip in digit 11 goes
// unnoticed whenever the first pass decides: always show the number read.
func binCheckDigit(eleven string) (digit byte, issued bool) {
	for _, first := range []int{1, 3} {
		sum := 0
		for i := range len(eleven) {
			weight := (first+i-1)%11 + 1 // 1..11, then 3..11, 1, 2
			sum += int(eleven[i]-'0') * weight
		}
		if rest := sum % 11; rest < 10 {
			return byte('0' + rest), true
		}
	}
	return 0, false
}

// BINKind says whom a number identifies.
type BINKind string

// The kinds.
const (
	BINResident    BINKind = "resident"     // a legal entity of Kazakhstan
	BINNonResident BINKind = "non_resident" // a foreign legal entity
	BINJoint       BINKind = "joint"        // individual entrepreneurs together
	BINPerson      BINKind = "person"       // a person: the number is an IIN
)

// Kind returns whom the number identifies, or "" when b did not come from ParseBIN.
func (b BIN) Kind() BINKind {
	if len(b) != binLength {
		return ""
	}
	switch b[4] {
	case '4':
		return BINResident
	case '5':
		return BINNonResident
	case '6':
		return BINJoint
	case '0', '1', '2', '3':
		return BINPerson
	}
	return ""
}

// IsIIN reports whether the number is a person's, and so personal data.
func (b BIN) IsIIN() bool { return b.Kind() == BINPerson }

// BINUnit says which part of a legal entity a number identifies.
type BINUnit string

// The parts. A branch reports under its own number, which is not its parent's.
const (
	BINHead           BINUnit = "head"
	BINBranch         BINUnit = "branch"
	BINRepresentative BINUnit = "representative"
	BINFarm           BINUnit = "farm" // a peasant household in joint entrepreneurship
)

// Unit returns the part of the entity, or "" for an IIN.
func (b BIN) Unit() BINUnit {
	if len(b) != binLength || b.IsIIN() {
		return ""
	}
	switch b[5] {
	case '0':
		return BINHead
	case '1':
		return BINBranch
	case '2':
		return BINRepresentative
	case '3':
		return BINFarm
	}
	return ""
}

// Mask returns what may be shown and logged: a BIN as it is, an IIN with only
// its last four digits, which hold neither the birthday nor the sex.
func (b BIN) Mask() string {
	if b.Kind() != BINPerson {
		return string(b)
	}
	return strings.Repeat("•", binLength-4) + string(b[binLength-4:])
}
