package sheet

import (
	"bytes"
	"errors"
	"path"
	"slices"
	"strings"

	"maqta/sector"
)

// Expect says what a file may be.
type Expect struct {
	// Enterprise is whose report is handed in. A form made for another one is
	// refused; 0 takes every form.
	Enterprise sector.EnterpriseID

	// Forms are the forms that may come back, one a language: their headers,
	// months and words are known also in a file without the hidden sheet, which a
	// .csv never has.
	Forms []Form

	// Month reads a month that no form lists, as a person may write it; nil reads
	// only months in digits: 2026-03, 03.2026, 01.03.2026.
	Month func(text string) (m sector.Month, ok bool)

	// Limits bound the work; the zero value stands for [DefaultLimits].
	Limits Limits
}

// Format is the kind of a file.
type Format string

// The kinds that are read.
const (
	FormatXLSX Format = "xlsx"
	FormatCSV  Format = "csv"
)

// Upload is what a file says, line by line. Nothing of it is stored before the
// person has seen it in words.
type Upload struct {
	Format Format

	// Enterprise and Lang are those of the form, or zero where the file has no
	// hidden sheet: then nothing says whose figures these are.
	Enterprise sector.EnterpriseID
	Lang       string

	Columns []Column  // found, in the order of the file; Hint is empty
	Rows    []Row     // with a month and at least one filled cell, in the order of the file
	Strays  []Stray   // with something in a known column, and left out
	Unknown []Unknown // columns with something in them that are none of ours, left out
}

// Row is one month as it stands in the file.
type Row struct {
	Sheet  string // its name; "" of a .csv
	Number int    // as the program shows it; in a .csv the line
	Month  sector.Month
	Label  string // the month as written
	Cells  []Cell // one for each of the known columns, empty ones included
}

// Cell returns the cell of a line of the report; the zero value where the file
// has no such column.
func (r Row) Cell(f sector.Field) Cell {
	i := slices.IndexFunc(r.Cells, func(c Cell) bool { return c.Field == f })
	if i < 0 {
		return Cell{}
	}
	return r.Cells[i]
}

// Why says why a row was left out.
type Why string

// The reasons.
const (
	NoMonth    Why = "no_month"    // its month is missing or cannot be read
	MonthTwice Why = "month_twice" // another row has the same month; both are left out
)

// Stray is a row that was left out.
type Stray struct {
	Row
	Why Why
}

// Unknown is a column that was left out.
type Unknown struct {
	Sheet  string
	Column string // its letters: "D"
	Header string // "" where there is none
	Filled int    // cells with something in them
}

// Read reads a report that was filled in with a spreadsheet program: an .xlsx that
// began as a [Form], whatever its columns' order, its sheets' names and the program
// that saved it, or a .csv with the same headers. The kind of file is told from its
// content; the name only helps to say what a file is that cannot be read.
//
// The error is always a [*Error]. Read never panics and gives the same answer for
// the same bytes.
func Read(name string, data []byte, want Expect) (Upload, error) {
	want.Limits = want.Limits.orDefault()
	if len(data) > want.Limits.Bytes {
		return Upload{}, &Error{Problem: ProblemTooLarge, Got: int64(len(data)), Limit: int64(want.Limits.Bytes)}
	}
	ext := strings.ToLower(path.Ext(name))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return Upload{}, &Error{Problem: ProblemEmpty}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return readXLSX(data, want, ext)
	case bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return Upload{}, &Error{Problem: ProblemNoSheet} // an archive with nothing in it
	case bytes.HasPrefix(data, []byte(compound)):
		return Upload{}, compoundProblem(data, ext)
	}
	return readCSVFile(data, want, ext)
}

// compound begins the files of Microsoft's older kind, a small file system in one
// file. Excel puts a workbook that has a password into one, so the first bytes
// tell a locked file from a damaged one.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// compoundProblem looks at the names in the directory of a compound file, which
// stand there in UTF-16.
func compoundProblem(data []byte, ext string) error {
	names := func(name string) bool {
		var wide []byte
		for _, c := range []byte(name) {
			wide = append(wide, c, 0)
		}
		return bytes.Contains(data, append(wide, 0, 0))
	}
	switch {
	case names("EncryptedPackage"), names("EncryptionInfo"):
		return &Error{Problem: ProblemPassword}
	case names("Workbook"), names("Book"):
		return &Error{Problem: ProblemOldExcel}
	case names("WordDocument"), names("PowerPoint Document"):
		return &Error{Problem: ProblemNoSheet}
	case strings.HasPrefix(ext, ".xls") && len(ext) > len(".xls"): // cut off, but only a locked .xlsx begins so
		return &Error{Problem: ProblemPassword}
	case ext == ".xls":
		return &Error{Problem: ProblemOldExcel}
	}
	return &Error{Problem: ProblemNoSheet}
}

func readXLSX(data []byte, want Expect, ext string) (Upload, error) {
	if ext == ".xlsm" || ext == ".xltm" || ext == ".xlam" {
		return Upload{}, &Error{Problem: ProblemMacros}
	}
	book, err := openWorkbook(data, want.Limits)
	if err != nil {
		return Upload{}, err
	}
	var grids []grid
	known := knownOf(want)
	up := Upload{Format: FormatXLSX}
	for _, ref := range book.sheets {
		secret := strings.EqualFold(ref.name, secretSheet) // also when somebody has made it visible
		if ref.hidden && !secret {
			continue
		}
		g, err := book.readGrid(ref)
		if err != nil {
			return Upload{}, err
		}
		if !secret {
			grids = append(grids, g)
			continue
		}
		s, ok := readSecret(g)
		if !ok {
			continue
		}
		switch {
		case s.version != FormVersion:
			return Upload{}, &Error{Problem: ProblemVersion, Got: int64(s.version), Limit: FormVersion}
		case want.Enterprise != 0 && s.enterprise != want.Enterprise:
			return Upload{}, &Error{Problem: ProblemOtherFirm, Got: int64(s.enterprise)}
		}
		up.Enterprise, up.Lang = s.enterprise, s.lang
		known.addSecret(s)
	}
	r := &reader{known: known, want: want, from1904: book.from1904}
	found := false
	for _, g := range grids {
		head, ok := known.findHead(g)
		if !ok {
			continue
		}
		found = true
		if err := r.table(&up, g, head); err != nil {
			return Upload{}, err
		}
	}
	if !found {
		return Upload{}, &Error{Problem: ProblemNoColumns}
	}
	up.sortOut()
	return up, nil
}

func readCSVFile(data []byte, want Expect, ext string) (Upload, error) {
	grids, sure, err := tables(data, want.Limits)
	known := knownOf(want)
	var best grid
	var bestHead head
	for _, g := range grids {
		if h, ok := known.findHead(g); ok && len(h.fields) > len(bestHead.fields) {
			best, bestHead = g, h
		}
	}
	if len(bestHead.fields) == 0 {
		return Upload{}, textProblem(data, sure, err, ext)
	}
	up := Upload{Format: FormatCSV}
	r := &reader{known: known, want: want, csv: true}
	if err := r.table(&up, best, bestHead); err != nil {
		return Upload{}, err
	}
	up.sortOut()
	return up, nil
}

// textProblem says why nothing was found in a file that is not packed.
func textProblem(data []byte, sure bool, err error, ext string) error {
	text := ext == ".csv" || ext == ".tsv" || ext == ".txt"
	var e *Error
	isError := errors.As(err, &e)
	start := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 512)], "\ufeff \t\r\n"))
	switch {
	case strings.HasPrefix(ext, ".xls") && bytes.HasPrefix(data, []byte("PK")):
		return damaged("", nil)
	case !text, bytes.HasPrefix(start, []byte("<")), bytes.HasPrefix(start, []byte("%pdf")), bytes.HasPrefix(start, []byte(`{\rtf`)):
		return &Error{Problem: ProblemNoSheet}
	case isError:
		return e
	case !sure:
		return &Error{Problem: ProblemEncoding}
	}
	return &Error{Problem: ProblemNoColumns}
}

// sortOut leaves out the rows of a month that stands in the file more than once:
// nobody can say which of them is meant.
func (u *Upload) sortOut() {
	count := map[sector.Month]int{}
	for _, r := range u.Rows {
		count[r.Month]++
	}
	u.Rows = slices.DeleteFunc(u.Rows, func(r Row) bool {
		if count[r.Month] > 1 {
			u.Strays = append(u.Strays, Stray{Row: r, Why: MonthTwice})
			return true
		}
		return false
	})
}
