package sheet

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"maqta/sector"
)

// writer writes cells and keeps the first error.
type writer struct {
	file  *excelize.File
	sheet string // the sheet that is written to
	err   error
}

// textFormat is the built-in format @: what is typed stays a text.
const textFormat = 49

// newWriter begins a file with one sheet. Author and dates are set: those of the
// library's template name somebody else.
func newWriter(sheet string) writer {
	w := writer{file: excelize.NewFile(), sheet: sheet}
	w.keep(w.file.SetSheetName("Sheet1", sheet))
	w.keep(w.file.SetDocProps(&excelize.DocProperties{Creator: "Maqta", LastModifiedBy: "Maqta"}))
	w.keep(w.file.SetAppProps(&excelize.AppProperties{Application: "Maqta"}))
	return w
}

func (w *writer) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

// close lets go of the file; nothing of ours is ever on disk, so it cannot fail.
func (w *writer) close() { _ = w.file.Close() }

func (w *writer) style(s *excelize.Style) int {
	id, err := w.file.NewStyle(s)
	w.keep(err)
	return id
}

// looks makes a number format for a rule of conditional formatting.
func (w *writer) looks(code string) int {
	id, err := w.file.NewConditionalStyle(&excelize.Style{CustomNumFmt: &code})
	w.keep(err)
	return id
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func (w *writer) addSheet(name string) {
	_, err := w.file.NewSheet(name)
	w.keep(err)
	w.sheet = name
}

// text writes a cell that is a text whatever it looks like: a program shows =1+1
// and does not calculate it.
func (w *writer) text(column, row int, s string, style int) {
	cell := w.cell(column, row, style)
	if s != "" {
		w.keep(w.file.SetCellStr(w.sheet, cell, escape(strings.ToValidUTF8(s, string(utf8.RuneError)))))
	}
}

// number writes a number, digit for digit. One with more digits than a spreadsheet
// keeps is written as a text, so that none is lost.
func (w *writer) number(column, row int, n sector.Decimal, style int) {
	cell := w.cell(column, row, style)
	if n != n.RoundTo(significant) {
		w.keep(w.file.SetCellStr(w.sheet, cell, n.String()))
		return
	}
	w.keep(w.file.SetCellDefault(w.sheet, cell, n.String()))
}

func (w *writer) cell(column, row, style int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	w.keep(err)
	if style != 0 {
		w.keep(w.file.SetCellStyle(w.sheet, cell, cell, style))
	}
	return cell
}

func (w *writer) width(column int, width float64) {
	name := columnName(column)
	w.keep(w.file.SetColWidth(w.sheet, name, name, width))
}

// printWide fits the columns on one page, lying.
func (w *writer) printWide() {
	lying, one, any := "landscape", 1, 0
	fit := true
	w.keep(w.file.SetPageLayout(w.sheet, &excelize.PageLayoutOptions{Orientation: &lying, FitToWidth: &one, FitToHeight: &any}))
	w.keep(w.file.SetSheetProps(w.sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// SheetName makes a name that a sheet may have: at most 31 characters, without
// : \ / ? * [ ] and control characters, no apostrophe at an end. It returns
// "Sheet" where nothing is left.
func SheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	for units(s) > longestSheetName {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	if s = strings.Trim(s, "' "); s == "" || strings.EqualFold(s, secretSheet) || strings.EqualFold(s, "History") {
		return "Sheet"
	}
	return s
}
