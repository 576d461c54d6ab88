package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"maqta/sector"
)

// known is every word by which the parts of a form are known again. It is small,
// and looked through from end to end.
type known struct {
	fields []knownWord[sector.Field]
	heads  []string // folded headers of the months
	months []knownWord[sector.Month]
	words  []knownWord[sector.ValueKind]
}

type knownWord[T any] struct {
	folded string
	means  T
}

func knownOf(want Expect) *known {
	k := &known{}
	for _, f := range want.Forms {
		k.add(f.Words.Month, f.Columns, f.Months)
		for _, w := range f.Words.noValues() {
			k.words = append(k.words, knownWord[sector.ValueKind]{fold(w.word), w.kind})
		}
	}
	return k
}

// addSecret puts the words of the file itself before those of the forms.
func (k *known) addSecret(s secret) {
	own := &known{}
	own.add(s.monthHead, s.columns, s.months)
	for _, kind := range []sector.ValueKind{sector.Zero, sector.NotApplicable, sector.NotKnown} {
		if word := s.words[kind]; word != "" {
			own.words = append(own.words, knownWord[sector.ValueKind]{fold(word), kind})
		}
	}
	k.fields = append(own.fields, k.fields...)
	k.heads = append(own.heads, k.heads...)
	k.months = append(own.months, k.months...)
	k.words = append(own.words, k.words...)
}

func (k *known) add(monthHead string, columns []Column, months []FormMonth) {
	if monthHead != "" {
		k.heads = append(k.heads, fold(monthHead))
	}
	for _, c := range columns {
		k.fields = append(k.fields, knownWord[sector.Field]{fold(c.Header), c.Field})
	}
	for _, m := range months {
		k.months = append(k.months, knownWord[sector.Month]{fold(m.Label), m.Month})
	}
}

// lookUp returns what a text from the file means. A text with lost letters must
// mean one thing only.
func lookUp[T comparable](text string, words []knownWord[T]) (means T, ok bool) {
	file := fold(text)
	for _, w := range words {
		if w.folded == file && file != "" {
			return w.means, true
		}
	}
	for _, w := range words {
		if !same(file, w.folded) {
			continue
		}
		if ok && means != w.means {
			var none T
			return none, false
		}
		means, ok = w.means, true
	}
	return means, ok
}

// head is the row of headers of a table.
type head struct {
	row    int // its index in the grid
	month  int // the column of the months, 0 for none
	fields []headField
}

type headField struct {
	column int
	field  sector.Field
	header string
}

// searchedRows is how far down the headers are looked for.
const searchedRows = 40

// findHead finds the row with the most headers that are known. A table may begin
// anywhere; a single known word in a sentence above it does not begin one.
func (k *known) findHead(g grid) (head, bool) {
	var best head
	for i := range min(len(g.rows), searchedRows) {
		h := k.headAt(g, i)
		if len(h.fields) > len(best.fields) {
			best = h
		}
	}
	if len(best.fields) == 0 {
		return head{}, false
	}
	if best.month == 0 {
		best.findMonths(k, g)
	}
	return best, true
}

func (k *known) headAt(g grid, i int) head {
	h := head{row: i}
	for _, c := range g.rows[i].cells {
		field, ok := lookUp(c.text, k.fields)
		switch {
		case ok:
			h.fields = append(h.fields, headField{c.column, field, strings.TrimSpace(c.text)})
		case h.month == 0 && slices.ContainsFunc(k.heads, func(ours string) bool { return same(fold(c.text), ours) }):
			h.month = c.column
		}
	}
	return h
}

// findMonths takes for the months the only column without a header of ours in
// which every filled cell is a month: the header was changed or taken out.
func (h *head) findMonths(k *known, g grid) {
	bad := map[int]bool{}
	for _, f := range h.fields {
		bad[f.column] = true
	}
	good := map[int]bool{}
	for _, row := range g.rows[h.row+1:] {
		for _, c := range row.cells {
			if _, ok := k.month(c, false); ok && !bad[c.column] {
				good[c.column] = true
			} else {
				bad[c.column] = true
			}
		}
	}
	for column := range good {
		if bad[column] {
			continue
		}
		if h.month != 0 {
			h.month = 0
			return
		}
		h.month = column
	}
}

// columns returns the columns with something in them from the headers down, in order.
func (h head) columns(g grid) []int {
	seen := map[int]bool{}
	for _, row := range g.rows[h.row:] {
		for _, c := range row.cells {
			seen[c.column] = true
		}
	}
	columns := make([]int, 0, len(seen))
	for c := range seen {
		columns = append(columns, c)
	}
	slices.SortFunc(columns, cmp.Compare[int])
	return columns
}

// month reads the month of a row: a label of ours, digits, or a date that a
// program has made of them. from1904 is how the file counts days.
func (k *known) month(c gridCell, from1904 bool) (sector.Month, bool) {
	if c.formula {
		return sector.Month{}, false
	}
	switch c.kind {
	case kindNumber:
		return monthOfSerial(c, from1904)
	case kindISODate:
		if len(c.text) >= len(time.DateOnly) {
			if d, err := sector.ParseDate(c.text[:len(time.DateOnly)]); err == nil {
				return sector.MonthOf(d), true
			}
		}
		return sector.Month{}, false
	case kindText:
	default:
		return sector.Month{}, false
	}
	if m, ok := lookUp(c.text, k.months); ok {
		return m, true
	}
	return monthOfDigits(c.text)
}

// monthOfDigits reads 2026-03, 03.2026, 2026/3, 2026-03-01 and 01.03.2026. Of two
// numbers before the year it reads only points, which part day from month; with
// strokes the Americans write the month first.
func monthOfDigits(text string) (sector.Month, bool) {
	text = strings.TrimSpace(text)
	text, _, _ = strings.Cut(text, "T") // 2026-03-01T00:00:00
	text, _, _ = strings.Cut(text, " ")
	parts := strings.Split(strings.NewReplacer(".", "-", "/", "-").Replace(text), "-")
	numbers := make([]int, len(parts))
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || len(p) > 4 {
			return sector.Month{}, false
		}
		numbers[i] = n
	}
	var year, month int
	switch {
	case len(parts) == 2 && len(parts[0]) == 4:
		year, month = numbers[0], numbers[1]
	case len(parts) == 2 && len(parts[1]) == 4:
		year, month = numbers[1], numbers[0]
	case len(parts) == 3 && len(parts[0]) == 4:
		year, month = numbers[0], numbers[1]
	case len(parts) == 3 && len(parts[2]) == 4 && !strings.Contains(text, "/"):
		year, month = numbers[2], numbers[1]
	}
	return plausibleMonth(year, month)
}

func plausibleMonth(year, month int) (sector.Month, bool) {
	if year < 2000 || year > 2099 || month < 1 || month > 12 {
		return sector.Month{}, false
	}
	return sector.Month{Year: year, Month: time.Month(month)}, true
}

// monthOfSerial reads a date, which is the number of days since the last day of
// 1899, with a 29 February 1900 that never was.
func monthOfSerial(c gridCell, from1904 bool) (sector.Month, bool) {
	d, ok := dateOfSerial(c.text, from1904)
	if !ok || c.format != numDate {
		return sector.Month{}, false
	}
	return plausibleMonth(d.Year, int(d.Month))
}

func dateOfSerial(digits string, from1904 bool) (sector.Date, bool) {
	number, ok := plainNumber(digits)
	if !ok {
		return sector.Date{}, false
	}
	days, err := strconv.Atoi(number.Trunc(0).String())
	if err != nil || days < 61 || days > 80_000 { // 1900-03-01 to 2119
		return sector.Date{}, false
	}
	if from1904 {
		days += 1462
	}
	return sector.Date{Year: 1899, Month: time.December, Day: 30}.AddDays(days), true
}
