package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"maqta/sector"
)

// Book is a file of tables to take away, each on its own sheet, with a last sheet
// that says where the figures are from.
type Book struct {
	Title  string // of the file
	Tables []Table
	Notes  Notes
}

// Notes are sources and explanations. Without lines there is no sheet of them.
type Notes struct {
	Name  string // of the sheet
	Lines []string
}

// Table is a table with a row of headers.
type Table struct {
	Name    string // of its sheet; see [SheetName]
	Columns []Head
	Rows    [][]Datum // a shorter row ends in empty cells
}

// Head is the header of a column.
type Head struct {
	Title string // with the unit
	Plain bool   // numbers without groups of digits: years, receipts
}

// Datum is what stands in a cell: a text, a number, or nothing. The zero value is
// nothing.
type Datum struct {
	text     string
	number   sector.Decimal
	isNumber bool
}

// Text returns a text. It stays one, whatever sign it begins with.
func Text(s string) Datum { return Datum{text: s} }

// Number returns a number.
func Number(n sector.Decimal) Datum { return Datum{number: n, isNumber: true} }

// ErrTable reports a table that cannot be written: without columns, with a row
// longer than its headers, beyond the bounds of a spreadsheet.
var ErrTable = errors.New("not a table that can be written")

// Bounds of what is written. A year of every enterprise of the sector in every
// line is a hundred thousand cells.
const (
	mostCells   = 500_000
	longestCell = 32_767 // UTF-16 units, of the file format
)

func (t Table) check() error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("writing table %q: "+format+": %w", append(append([]any{t.Name}, args...), ErrTable)...)
	}
	if len(t.Columns) == 0 || len(t.Columns) > lastColumn || len(t.Rows) >= lastRow || len(t.Columns)*len(t.Rows) > mostCells {
		return bad("%d columns, %d rows", len(t.Columns), len(t.Rows))
	}
	for i, row := range t.Rows {
		if len(row) > len(t.Columns) {
			return bad("row %d has %d cells", i+1, len(row))
		}
		for _, d := range row {
			if len(d.text) > longestCell && units(d.text) > longestCell {
				return bad("row %d has a text too long", i+1)
			}
		}
	}
	return nil
}

// XLSX writes the book. The same book gives the same bytes. The error wraps
// [ErrTable] where a table is at fault.
func (b Book) XLSX() ([]byte, error) {
	if len(b.Tables) == 0 {
		return nil, fmt.Errorf("writing a book without tables: %w", ErrTable)
	}
	var names []string
	unique := func(name string) string {
		name = SheetName(name)
		base := []rune(name)
		for n := 2; slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, name) }); n++ {
			suffix := " " + strconv.Itoa(n)
			name = string(base[:min(len(base), longestSheetName-len(suffix))]) + suffix
		}
		names = append(names, name)
		return name
	}
	w := bookWriter{}
	for i, t := range b.Tables {
		if err := t.check(); err != nil {
			return nil, err
		}
		if name := unique(t.Name); i == 0 {
			w.writer = newWriter(name)
			defer w.close()
			w.keep(w.file.SetDocProps(&excelize.DocProperties{Title: b.Title, Creator: "Maqta", LastModifiedBy: "Maqta"}))
			w.setStyles()
		} else {
			w.addSheet(name)
		}
		w.table(t)
	}
	if len(b.Notes.Lines) > 0 {
		w.addSheet(unique(b.Notes.Name))
		w.width(1, 100)
		for i, line := range b.Notes.Lines {
			w.text(1, i+1, line, w.wrap)
		}
	}
	w.file.SetActiveSheet(0)
	return w.bytes("a book")
}

type bookWriter struct {
	writer
	header, wrap, cell, whole, fraction, plain int // styles
}

func (w *bookWriter) setStyles() {
	code := "#,##0.0##"
	w.header = w.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: solid("DDEBF7"), Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}})
	w.wrap = w.style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	w.cell = w.style(&excelize.Style{NumFmt: textFormat})
	w.whole = w.style(&excelize.Style{NumFmt: 3}) // #,##0
	w.fraction = w.style(&excelize.Style{CustomNumFmt: &code})
	w.plain = w.style(&excelize.Style{NumFmt: 0})
}

func (w *bookWriter) table(t Table) {
	widths := make([]int, len(t.Columns))
	for i, h := range t.Columns {
		widths[i] = units(h.Title)/2 + 4 // on two lines
		w.text(i+1, 1, h.Title, w.header)
	}
	for i, row := range t.Rows {
		for j, d := range row {
			column := j + 1
			switch {
			case !d.isNumber:
				w.text(column, i+2, d.text, w.cell)
				widths[j] = max(widths[j], units(d.text)+2)
				continue
			case t.Columns[j].Plain:
				w.number(column, i+2, d.number, w.plain)
			case d.number.IsWhole():
				w.number(column, i+2, d.number, w.whole)
			default:
				w.number(column, i+2, d.number, w.fraction)
			}
			widths[j] = max(widths[j], len(d.number.String())*4/3+2)
		}
	}
	for i, n := range widths {
		w.width(i+1, float64(max(8, min(n, 50))))
	}
	w.keep(w.file.SetPanes(w.sheet, &excelize.Panes{
		Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "A2", ActiveCell: "A2", Pane: "bottomLeft"}},
	}))
	w.printWide()
}

// Dialect says for whom a .csv is written.
type Dialect string

// The dialects. Both are UTF-8 with a mark at the beginning, without which Excel
// takes the letters for others.
const (
	// ForPrograms parts cells with commas and fractions with points, as RFC 4180
	// and every reader of .csv expects.
	ForPrograms Dialect = "programs"

	// ForExcel parts cells with semicolons and fractions with commas, as Excel does
	// with Kazakh or Russian settings. It would take a 12.5 of the other dialect for
	// the 12th of May.
	ForExcel Dialect = "excel"
)

// CSV writes the table. A text that begins with a sign by which a program takes it
// for a formula gets an apostrophe before it; numbers stay numbers. The error
// wraps [ErrTable].
func (t Table) CSV(d Dialect) ([]byte, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	if d == ForExcel {
		w.Comma = ';'
	}
	record := make([]string, len(t.Columns))
	for i, h := range t.Columns {
		record[i] = harmless(h.Title)
	}
	err := w.Write(record)
	for _, row := range t.Rows {
		clear(record)
		for i, datum := range row {
			switch {
			case !datum.isNumber:
				record[i] = harmless(datum.text)
			case d == ForExcel:
				record[i] = strings.Replace(datum.number.String(), ".", ",", 1)
			default:
				record[i] = datum.number.String()
			}
		}
		if err == nil {
			err = w.Write(record)
		}
	}
	w.Flush()
	if err = errors.Join(err, w.Error()); err != nil {
		return nil, fmt.Errorf("writing table %q: %w", t.Name, err)
	}
	return out.Bytes(), nil
}

// dangerous reports whether a program that opens a .csv may take the text for a
// formula. The full-width signs count in Excel with eastern settings.
func dangerous(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && text != ""
}

func harmless(text string) string {
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	if dangerous(text) {
		return "'" + text
	}
	return text
}
