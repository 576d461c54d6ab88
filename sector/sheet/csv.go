package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
)

// separators are those that programs write between the cells of a .csv: Excel
// with Kazakh or Russian settings the semicolon, because the comma is in the
// numbers, others the comma, and "text with tabs" the tab.
const separators = ";,\t"

// errQuotes reports a quotation mark that opens and does not close, or a cell
// that would run over lines because of it.
var errQuotes = errors.New("quotation marks do not pair")

// readCSV splits a text into cells.
func readCSV(text string, separator rune, limits Limits) (grid, error) {
	g, err := splitCSV(text, separator, limits, false)
	if errors.Is(err, csv.ErrBareQuote) || errors.Is(err, csv.ErrQuote) {
		// Written by hand: ТОО "Мақта" without quotes around it.
		return splitCSV(text, separator, limits, true)
	}
	return g, err
}

// mostSeparators is how many a line may have. No sheet is wider, and a line of two
// million would be split into as many cells before anybody could count them.
const mostSeparators = 4096

func splitCSV(text string, separator rune, limits Limits, lazy bool) (grid, error) {
	line := 0
	for text := range strings.Lines(text) {
		line++
		if n := strings.Count(text, string(separator)); n > mostSeparators {
			return grid{}, &Error{Problem: ProblemColumns, Got: int64(n), Limit: int64(limits.Columns), Where: "line " + strconv.Itoa(line)}
		}
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes = separator, lazy
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	var g grid
	for {
		record, err := r.Read()
		if err == io.EOF {
			return g, nil
		}
		if err != nil {
			return g, damaged("", err)
		}
		line, _ := r.FieldPos(0)
		row := gridRow{number: line}
		for i, field := range record {
			if strings.TrimSpace(field) == "" {
				continue
			}
			if lazy && strings.Contains(field, "\n") {
				return g, damaged("line "+strconv.Itoa(line), errQuotes)
			}
			if i >= limits.Columns {
				return g, &Error{Problem: ProblemColumns, Got: int64(len(record)), Limit: int64(limits.Columns), Where: columnName(i+1) + strconv.Itoa(line)}
			}
			row.cells = append(row.cells, csvCell(i+1, field))
		}
		if len(row.cells) == 0 {
			continue
		}
		if len(g.rows) == limits.Rows+aboveHeaders {
			return g, &Error{Problem: ProblemRows, Got: int64(len(g.rows) + 1), Limit: int64(limits.Rows)}
		}
		g.rows = append(g.rows, row)
	}
}

// csvCell reads one cell. All of them are texts; one that begins with = is what a
// program would evaluate, and one with an apostrophe before such a sign is a text
// of ours, see [Table.CSV].
func csvCell(column int, field string) gridCell {
	if rest, ok := strings.CutPrefix(field, "'"); ok && dangerous(rest) {
		return gridCell{column: column, text: rest, kind: kindText}
	}
	return gridCell{column: column, text: field, kind: kindText, formula: strings.HasPrefix(field, "=")}
}

// tables returns the ways in which a .csv may be split into cells, the likeliest
// first. Which it is the headers tell. The error says that a table is too large in
// one of these ways, or damaged in all; sure is false where the letters were
// guessed at.
func tables(data []byte, limits Limits) (grids []grid, sure bool, err error) {
	text, sure, ok := decode(data)
	switch {
	case !ok:
		return nil, false, &Error{Problem: ProblemEncoding}
	case looksBinary(text):
		return nil, sure, &Error{Problem: ProblemNoSheet}
	}
	order := separators
	if first, rest, ok := strings.Cut(text, "\n"); ok { // Excel's own hint
		if sep, ok := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); ok && len(sep) == 1 && strings.Contains(separators, sep) {
			order, text = sep, "\n"+rest
		}
	}
	var damage error
	for _, separator := range order {
		g, bad := readCSV(text, separator, limits)
		var e *Error
		switch {
		case bad == nil:
			grids = append(grids, g)
		case errors.As(bad, &e) && e.Problem != ProblemDamaged:
			err = bad
		default:
			damage = bad
		}
	}
	if err == nil && len(grids) == 0 {
		err = damage
	}
	return grids, sure, err
}
