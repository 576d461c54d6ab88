package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"maqta/sector"
)

// Form is the monthly report of one enterprise as a spreadsheet to be filled in:
// a row a month, a column a line of the report.
type Form struct {
	Enterprise sector.EnterpriseID // by which the file is known again
	Lang       string              // of the words: "kk", "ru" or "en"
	Months     []FormMonth
	Columns    []Column
	Words      Words
}

// FormMonth is a row of the form.
type FormMonth struct {
	Month sector.Month
	Label string         // the month in words
	Known sector.Figures // what is known already and is filled in; the zero value for nothing
}

// Column is a column of the form.
type Column struct {
	Field  sector.Field
	Header string // with the unit
	Hint   string // stands above the header, and beside a cell that is selected; may be empty
}

// Words are the form's words, finished and in one language.
type Words struct {
	Sheet        string   // the name of the sheet, at most 31 characters
	Title        string   // above the table
	Month        string   // the header of the months
	Instructions []string // below the table, a line each

	// What is typed instead of an amount.
	Zero, NotApplicable, NotKnown string

	Check CheckWords
}

// CheckWords are said by the spreadsheet program beside a cell that holds none of
// what is expected. It warns and lets the person go on, because [Read] understands
// more than a spreadsheet does ("12,5 млн").
type CheckWords struct {
	Title  string // at most 32 characters
	Amount string // a number from 0 on, or one of the three words; at most 255 characters
	People string // the same, and whole
	Note   string // a text of at most 500 characters
}

// ErrForm reports a form that would not work: without columns, with two headers
// that read alike, with words longer than a spreadsheet can hold.
var ErrForm = errors.New("not a form that can be filled in")

// Bounds of the file format (ECMA-376 part 1, 18.3.1.32 and 18.2.19), in UTF-16
// units, and of a note in a report.
const (
	longestSheetName  = 31
	longestCheckTitle = 32
	longestCheck      = 255
	longestNote       = 500
)

// The rows of the form, from 1. The months come after the headers.
const (
	rowTitle = iota + 1
	rowHints
	rowHeaders
)

type noValueWord struct {
	kind sector.ValueKind
	word string
}

func (w Words) noValues() []noValueWord {
	return []noValueWord{{sector.Zero, w.Zero}, {sector.NotApplicable, w.NotApplicable}, {sector.NotKnown, w.NotKnown}}
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// check finds what would make a form that comes back unreadable.
func (f Form) check() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("making a form: "+format+": %w", append(args, ErrForm)...)
	}
	limits := DefaultLimits()
	switch n, m := len(f.Columns), len(f.Months); {
	case f.Enterprise == 0:
		return bad("no enterprise")
	case n == 0 || n >= limits.Columns:
		return bad("%d columns", n)
	case m == 0 || m > limits.Rows:
		return bad("%d months", m)
	case f.Words.Sheet != SheetName(f.Words.Sheet):
		return bad("sheet name %q", f.Words.Sheet)
	}
	seen := map[string]bool{}
	fields := map[sector.Field]bool{}
	unique := func(what, word string) error {
		if folded := fold(word); folded == "" || seen[what+folded] {
			return bad("%s %q is empty or stands there twice", what, word)
		}
		seen[what+fold(word)] = true
		return nil
	}
	if err := unique("header", f.Words.Month); err != nil {
		return err
	}
	for _, c := range f.Columns {
		if !c.Field.Known() || fields[c.Field] {
			return bad("line %q", c.Field)
		}
		fields[c.Field] = true
		if err := unique("header", c.Header); err != nil {
			return err
		}
		if units(c.Hint) > longestCheck {
			return bad("the hint of %q is too long", c.Field)
		}
	}
	months := map[sector.Month]bool{}
	for _, m := range f.Months {
		if m.Month.IsZero() || months[m.Month] {
			return bad("month %q", m.Month)
		}
		months[m.Month] = true
		if err := unique("month", m.Label); err != nil {
			return err
		}
	}
	for _, w := range f.Words.noValues() {
		if err := unique("word", w.word); err != nil {
			return err
		}
	}
	for _, text := range []string{f.Words.Check.Amount, f.Words.Check.People, f.Words.Check.Note} {
		if text == "" || units(text) > longestCheck || units(f.Words.Check.Title) > longestCheckTitle {
			return bad("the words of a check are missing or too long")
		}
	}
	return nil
}

// XLSX writes the form. The same form gives the same bytes. The error wraps
// [ErrForm] where the form's words or columns cannot work.
func (f Form) XLSX() ([]byte, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	w := formWriter{form: f, writer: newWriter(f.Words.Sheet)}
	defer w.close()
	w.setStyles()
	w.writeTable()
	w.writeSecret()
	w.writeChecks()
	w.showGroups()
	w.layOut()
	w.protect()
	w.keep(w.file.SetSheetDimension(w.sheet, "A1:"+columnName(w.lastColumn())+strconv.Itoa(w.lastRow()+1+len(f.Words.Instructions))))
	return w.bytes("the form")
}

// formWriter writes one form. Like bufio.Writer it keeps the first error, which
// writer.bytes returns.
type formWriter struct {
	writer
	form  Form
	words string // the cells of the hidden sheet with the words for no value

	title, hint, header, month, amount, note, line int // styles
}

func (w *formWriter) lastRow() int    { return rowHeaders + len(w.form.Months) }
func (w *formWriter) lastColumn() int { return 1 + len(w.form.Columns) }

// cells returns the range of cells to fill in a column, the first of which is 2.
func (w *formWriter) cells(column int) string {
	name := columnName(column)
	return name + strconv.Itoa(rowHeaders+1) + ":" + name + strconv.Itoa(w.lastRow())
}

// setStyles makes the looks. Amounts have no number format, on purpose: under one,
// Excel keeps 46154 without a word when somebody types 12.5 and the settings read
// that as the 12th of May. Under none it shows the date, and [Read] finds it.
// Groups of digits are shown by showGroups.
func (w *formWriter) setStyles() {
	grey := []excelize.Border{{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1}, {Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1}}
	wrap := &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}
	open := &excelize.Protection{Locked: false}
	w.title = w.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	w.hint = w.style(&excelize.Style{Font: &excelize.Font{Italic: true, Size: 9, Color: "595959"}, Alignment: wrap})
	w.header = w.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: wrap, Border: grey, Fill: solid("DDEBF7")})
	w.month = w.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Border: grey, Fill: solid("F2F2F2"), NumFmt: textFormat})
	w.amount = w.style(&excelize.Style{Border: grey, Protection: open, Alignment: &excelize.Alignment{Horizontal: "right"}})
	w.note = w.style(&excelize.Style{Border: grey, Protection: open, NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true}})
	w.line = w.style(&excelize.Style{Font: &excelize.Font{Color: "404040"}})
}

func (w *formWriter) writeTable() {
	w.text(1, rowTitle, w.form.Words.Title, w.title)
	w.text(1, rowHeaders, w.form.Words.Month, w.header)
	for i, c := range w.form.Columns {
		w.text(i+2, rowHints, c.Hint, w.hint)
		w.text(i+2, rowHeaders, c.Header, w.header)
	}
	for i, m := range w.form.Months {
		row := rowHeaders + 1 + i
		w.text(1, row, m.Label, w.month)
		for j, c := range w.form.Columns {
			w.prefill(j+2, row, c.Field, m.Known)
		}
	}
	for i, line := range w.form.Words.Instructions {
		w.text(1, w.lastRow()+2+i, line, w.line)
	}
}

// prefill writes what is known, in the words that the person would use.
func (w *formWriter) prefill(column, row int, field sector.Field, known sector.Figures) {
	if field == sector.FieldNote {
		w.text(column, row, known.Note, w.note)
		return
	}
	v := known.Get(field)
	if v.Kind() == sector.Given {
		amount, _ := v.Amount()
		w.number(column, row, amount, w.amount)
		return
	}
	word := ""
	for _, no := range w.form.Words.noValues() {
		if no.kind == v.Kind() {
			word = no.word
		}
	}
	w.text(column, row, word, w.amount)
}

func (w *formWriter) writeSecret() {
	rows, first, last := w.form.secretRows()
	w.words = fmt.Sprintf("'%s'!$C$%d:$C$%d", secretSheet, first, last)
	w.addSheet(secretSheet)
	for i, row := range rows {
		for j, s := range row {
			w.text(j+1, i+1, s, 0)
		}
	}
	w.keep(w.file.ProtectSheet(secretSheet, &excelize.SheetProtectionOptions{}))
	w.sheet = w.form.Words.Sheet
	w.keep(w.file.SetSheetVisible(secretSheet, false, true))
}

// writeChecks makes the program warn about amounts below zero, parts of people
// and words that are none of the three.
func (w *formWriter) writeChecks() {
	say := w.form.Words.Check
	for i, c := range w.form.Columns {
		cell := columnName(i+2) + strconv.Itoa(rowHeaders+1)
		check := excelize.NewDataValidation(true)
		check.Sqref = w.cells(i + 2)
		text := say.Amount
		amount := cell + "&gt;=0" // the library writes the rule as it is
		switch c.Field.Amount() {
		case "":
			text = say.Note
			w.keep(check.SetRange(longestNote, "", excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorLessThanOrEqual))
		case sector.AmountPeople:
			text = say.People
			amount += fmt.Sprintf(",%[1]s=INT(%[1]s)", cell)
			fallthrough
		default:
			rule := fmt.Sprintf("IF(ISNUMBER(%s),AND(%s),ISNUMBER(MATCH(%s,%s,0)))", cell, amount, cell, w.words)
			w.keep(check.SetRange(rule, "", excelize.DataValidationTypeCustom, excelize.DataValidationOperatorBetween))
		}
		check.SetError(excelize.DataValidationErrorStyleWarning, say.Title, text)
		if c.Hint != "" {
			check.SetInput("", c.Hint)
		}
		w.keep(w.file.AddDataValidation(w.sheet, check))
	}
}

// showGroups shows large amounts in groups of three digits, whole ones without and
// others with their fraction, and leaves the format of the cells alone.
func (w *formWriter) showGroups() {
	whole, fraction := w.looks("#,##0"), w.looks("#,##0.0##")
	for i, c := range w.form.Columns {
		if c.Field.Amount() == "" {
			continue
		}
		cell := columnName(i+2) + strconv.Itoa(rowHeaders+1)
		rule := func(same string) string {
			return fmt.Sprintf("AND(ISNUMBER(%[1]s),%[1]s>=1000,%[1]s%[2]sINT(%[1]s))", cell, same)
		}
		w.keep(w.file.SetConditionalFormat(w.sheet, w.cells(i+2), []excelize.ConditionalFormatOptions{
			{Type: "formula", Criteria: rule("="), Format: &whole},
			{Type: "formula", Criteria: rule("<>"), Format: &fraction},
		}))
	}
}

func (w *formWriter) layOut() {
	months := units(w.form.Words.Month)
	for _, m := range w.form.Months {
		months = max(months, units(m.Label))
	}
	w.width(1, float64(min(months*5/4+4, 36)))
	amounts := 17 // 9 999 999 999 999 and its margins
	for _, no := range w.form.Words.noValues() {
		amounts = max(amounts, min(units(no.word)+4, 24))
	}
	hints, headers := 1, 1
	for i, c := range w.form.Columns {
		width := amounts
		if c.Field.Amount() == "" {
			width = 40
		}
		w.width(i+2, float64(width))
		hints = max(hints, wrapped(c.Hint, width))
		headers = max(headers, wrapped(c.Header, width*5/6)) // bold
	}
	w.keep(w.file.SetRowHeight(w.sheet, rowHints, float64(min(hints, 8))*12+4))
	w.keep(w.file.SetRowHeight(w.sheet, rowHeaders, float64(min(headers, 8))*15+4))
	corner := "B" + strconv.Itoa(rowHeaders+1)
	w.keep(w.file.SetPanes(w.sheet, &excelize.Panes{
		Freeze: true, XSplit: 1, YSplit: rowHeaders, TopLeftCell: corner, ActivePane: "bottomRight",
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: "bottomRight"}},
	}))
	w.printWide()
}

// wrapped returns how many lines a text takes when words are kept whole, roughly.
func wrapped(text string, width int) int {
	lines, used := 1, 0
	for _, word := range strings.Fields(text) {
		n := units(word)
		if used > 0 && used+1+n > width {
			lines, used = lines+1, 0
		}
		used += n + 1
	}
	return lines
}

// protect keeps headers, months and sheets as they are, against slips only, so
// there is no password. Formats may be changed: Excel must be free to show that it
// has made a date of a number.
func (w *formWriter) protect() {
	w.keep(w.file.ProtectSheet(w.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatCells: true, FormatColumns: true, FormatRows: true,
	}))
	w.keep(w.file.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
}

// bytes finishes the file; what names it in an error.
func (w *writer) bytes(what string) ([]byte, error) {
	var out bytes.Buffer
	if w.err == nil {
		_, w.err = w.file.WriteTo(&out)
	}
	if w.err != nil {
		return nil, fmt.Errorf("writing %s: %w", what, w.err)
	}
	return out.Bytes(), nil
}
