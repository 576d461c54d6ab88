package sheet

import (
	"cmp"
	"encoding/xml"
	"errors"
	"path"
	"slices"
	"strconv"
	"strings"
)

// grid is a table as it stands in a file, whatever the kind of file: the rows and
// cells with something in them, in order.
type grid struct {
	sheet  string // "" of a .csv
	hidden bool
	rows   []gridRow
}

type gridRow struct {
	number int // from 1, as the program shows it; in a .csv the line
	cells  []gridCell
}

type gridCell struct {
	column  int    // from 1
	text    string // for a number the plain digits
	kind    cellKind
	format  numFormat
	formula bool
}

type cellKind string

const (
	kindText    cellKind = "text"
	kindNumber  cellKind = "number"
	kindBoolean cellKind = "boolean"
	kindFailure cellKind = "failure" // #N/A, #DIV/0! and the like
	kindISODate cellKind = "iso_date"
)

// at returns the cell of a column; the zero value is an empty cell.
func (r gridRow) at(column int) gridCell {
	i, ok := slices.BinarySearchFunc(r.cells, column, func(c gridCell, column int) int { return cmp.Compare(c.column, column) })
	if !ok {
		return gridCell{}
	}
	return r.cells[i]
}

// columnName returns the letters of a column: 1 is A, 27 is AA.
func columnName(n int) string {
	var letters []byte
	for ; n > 0; n = (n - 1) / 26 {
		letters = append(letters, byte('A'+(n-1)%26))
	}
	slices.Reverse(letters)
	return string(letters)
}

// The edges of a sheet.
const lastRow, lastColumn = 1 << 20, 1 << 14

// parseRef reads B12 as column 2 and row 12.
func parseRef(ref string) (column, row int, ok bool) {
	letters := strings.TrimRight(ref, "0123456789")
	row, err := strconv.Atoi(ref[len(letters):])
	if err != nil || row < 1 || row > lastRow || letters == "" || len(letters) > 3 {
		return 0, 0, false
	}
	for _, c := range []byte(letters) {
		if c < 'A' || c > 'Z' {
			return 0, 0, false
		}
		column = column*26 + int(c-'A') + 1
	}
	return column, row, column <= lastColumn
}

// aboveHeaders is how many rows with something in them may stand above the
// headers and below the table (a title, notes) beside the rows of the table.
const aboveHeaders = 100

var errOrder = errors.New("rows or cells stand out of order")

// readGrid reads a sheet. Formats and formulas of empty cells do not matter, so a
// sheet that was coloured to its last row is as good as any.
func (w *workbook) readGrid(ref sheetRef) (grid, error) {
	g := gridReader{book: w, part: path.Base(ref.part), grid: grid{sheet: ref.name, hidden: ref.hidden}}
	err := w.pack.walk(ref.part, g.open, g.text, g.closed)
	return g.grid, err
}

type gridReader struct {
	book *workbook
	part string
	grid grid

	row, column int // where we are, or were last
	cell        gridCell
	typ         string // the cell's t attribute
	value, rich strings.Builder
}

func (g *gridReader) open(at []string, attrs []xml.Attr) error {
	switch {
	case in(at, "worksheet", "sheetData", "row"):
		next := g.row + 1
		if r := attribute(attrs, "r"); r != "" {
			n, err := strconv.Atoi(r)
			if err != nil {
				return damaged(g.part, err)
			}
			next = n
		}
		if next <= g.row || next > lastRow {
			return damaged(g.part, errOrder)
		}
		g.row, g.column = next, 0
	case in(at, "worksheet", "sheetData", "row", "c"):
		next := g.column + 1
		if r := attribute(attrs, "r"); r != "" {
			column, row, ok := parseRef(r)
			if !ok || row != g.row || column <= g.column {
				return damaged(g.part, errOrder)
			}
			next = column
		}
		g.column = next
		g.cell, g.typ = gridCell{column: next}, attribute(attrs, "t")
		g.value.Reset()
		g.rich.Reset()
		if s, err := strconv.Atoi(attribute(attrs, "s")); err == nil && s >= 0 && s < len(g.book.formats) {
			g.cell.format = g.book.formats[s]
		}
	case len(at) == 5 && at[4] == "f" && at[3] == "c":
		g.cell.formula = true
	}
	return nil
}

func (g *gridReader) text(at []string, s []byte) {
	switch {
	case in(at, "worksheet", "sheetData", "row", "c", "v"):
		g.value.Write(s)
	case in(at, "worksheet", "sheetData", "row", "c", "is", "t"), in(at, "worksheet", "sheetData", "row", "c", "is", "r", "t"):
		g.rich.Write(s)
	}
}

func (g *gridReader) closed(at []string) error {
	if !in(at, "worksheet", "sheetData", "row", "c") {
		return nil
	}
	if err := g.settle(); err != nil {
		return err
	}
	if strings.TrimSpace(g.cell.text) == "" && !g.cell.formula {
		return nil
	}
	limits := g.book.pack.limits
	if g.column > limits.Columns && !g.grid.hidden {
		return &Error{Problem: ProblemColumns, Got: int64(g.column), Limit: int64(limits.Columns), Where: columnName(g.column) + strconv.Itoa(g.row)}
	}
	rows := &g.grid.rows
	if n := len(*rows); n == 0 || (*rows)[n-1].number != g.row {
		if n == limits.Rows+aboveHeaders {
			return &Error{Problem: ProblemRows, Got: int64(n + 1), Limit: int64(limits.Rows)}
		}
		*rows = append(*rows, gridRow{number: g.row})
	}
	last := &(*rows)[len(*rows)-1]
	last.cells = append(last.cells, g.cell)
	return nil
}

// settle gives the finished cell its text and kind.
func (g *gridReader) settle() error {
	value := g.value.String()
	g.cell.text, g.cell.kind = value, kindText
	switch g.typ {
	case "", "n":
		g.cell.text, g.cell.kind = strings.TrimSpace(value), kindNumber
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		if value == "" {
			g.cell.text = ""
		} else if err != nil || n < 0 || n >= len(g.book.strings) {
			return damaged(g.part, errors.New("a cell refers to a text that is missing"))
		} else {
			g.cell.text = g.book.strings[n]
		}
	case "inlineStr":
		g.cell.text = unescape(g.rich.String())
	case "str":
		g.cell.text = unescape(value)
	case "b":
		g.cell.kind = kindBoolean
		switch strings.TrimSpace(value) {
		case "0":
			g.cell.text = "FALSE"
		case "1":
			g.cell.text = "TRUE"
		}
	case "e":
		g.cell.kind = kindFailure
	case "d":
		g.cell.kind = kindISODate
	default:
		return damaged(g.part, errors.New("a cell of an unknown kind"))
	}
	return nil
}
