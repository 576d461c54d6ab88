package sheet

import "strconv"

// Problem says why a file could not be read at all. What is wrong with a single
// cell or row is said there: see [Cell] and [Stray].
type Problem string

// The problems.
const (
	ProblemEmpty       Problem = "empty"        // nothing in it
	ProblemTooLarge    Problem = "too_large"    // Got of Limit bytes
	ProblemNoSheet     Problem = "no_sheet"     // not a spreadsheet: a picture, a PDF, a text document
	ProblemDamaged     Problem = "damaged"      // cut off or changed on its way
	ProblemPassword    Problem = "password"     // can only be opened with a password
	ProblemMacros      Problem = "macros"       // holds a program (.xlsm)
	ProblemBomb        Problem = "bomb"         // would grow beyond Limit when unpacked, or is built to
	ProblemOldExcel    Problem = "old_excel"    // .xls of Excel 2003 and before
	ProblemOtherFormat Problem = "other_format" // a spreadsheet of another kind: Where is .ods or .xlsb
	ProblemEncoding    Problem = "encoding"     // a .csv whose letters cannot be told
	ProblemNoColumns   Problem = "no_columns"   // no row of headers that are known
	ProblemColumnTwice Problem = "column_twice" // two columns with one header, at Where, both filled
	ProblemVersion     Problem = "version"      // made from version Got of the form; this program knows Limit
	ProblemOtherFirm   Problem = "other_firm"   // made for another enterprise, Got
	ProblemRows        Problem = "rows"         // more than Limit rows
	ProblemColumns     Problem = "columns"      // more than Limit columns
)

// Error is the error of [Read]. Its text holds nothing that a person wrote.
type Error struct {
	Problem Problem
	Got     int64
	Limit   int64
	Where   string // a part, a line or a column of the file, where that helps
	Cause   error  // what the unpacking or the XML said, or nil
}

// Error implements error.
func (e *Error) Error() string {
	text := "reading a spreadsheet: " + string(e.Problem)
	if e.Where != "" {
		text += " at " + e.Where
	}
	if e.Limit != 0 || e.Got != 0 {
		text += " (" + strconv.FormatInt(e.Got, 10) + ", limit " + strconv.FormatInt(e.Limit, 10) + ")"
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

func damaged(where string, cause error) error {
	return &Error{Problem: ProblemDamaged, Where: where, Cause: cause}
}

// Limits bound the work that one file can cause. A field that is 0 stands for
// the value of [DefaultLimits].
type Limits struct {
	Bytes     int // of the file
	Parts     int // files packed in an .xlsx
	PartBytes int // of one part that is read, unpacked
	Unpacked  int // bytes of all parts together, as declared
	Ratio     int // of a part's size to its packed size, for parts above 256 KB
	Rows      int // under the headers, with something in them
	Columns   int // the last that may have something in it
	CellRunes int // characters in one cell; what is longer is cut and marked
}

// DefaultLimits are those of the product: a year of reports of the largest
// enterprise takes a hundredth of them.
func DefaultLimits() Limits {
	return Limits{
		Bytes: 2 << 20, Parts: 200, PartBytes: 4 << 20, Unpacked: 32 << 20, Ratio: 100,
		Rows: 500, Columns: 50, CellRunes: 500,
	}
}

func (l Limits) orDefault() Limits {
	d := DefaultLimits()
	for _, f := range []struct{ given, def *int }{
		{&l.Bytes, &d.Bytes},
		{&l.Parts, &d.Parts},
		{&l.PartBytes, &d.PartBytes},
		{&l.Unpacked, &d.Unpacked},
		{&l.Ratio, &d.Ratio},
		{&l.Rows, &d.Rows},
		{&l.Columns, &d.Columns},
		{&l.CellRunes, &d.CellRunes},
	} {
		if *f.given == 0 {
			*f.given = *f.def
		}
	}
	return l
}
