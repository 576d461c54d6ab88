package sheet

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"maqta/sector"
)

// Cell is what one cell says. It is empty (Raw is ""), has a Fault, or was read:
// then a line of amounts has a Reading, and the note its text in Raw.
type Cell struct {
	Field sector.Field
	Ref   string // where it stands: "C5"
	Raw   string // the text as it stands there; of a number its digits, of a date 2026-05-12

	// Reading is that of [sector.ReadAmount] for texts; of a cell with a number it
	// is the number, which can be read in one way, or a refusal of an impossible
	// one. What it means in the unit of the line is settled as for a typed answer.
	Reading sector.Reading

	Fault Fault
}

// Empty reports whether nothing stands in the cell. It is no zero.
func (c Cell) Empty() bool { return c.Raw == "" && c.Fault == "" }

// Fault says why a cell with something in it was not read.
type Fault string

// The faults.
const (
	FaultFormula Fault = "formula" // calculated; Raw is the result that the file remembers
	FaultDate    Fault = "date"    // Excel has made a date of what was typed: of 12.5 the 12th of May
	FaultLogical Fault = "logical" // true or false
	FaultError   Fault = "error"   // #N/A, #DIV/0!
	FaultLong    Fault = "long"    // a text too long, cut in Raw
)

// reader reads the tables of one file.
type reader struct {
	known    *known
	want     Expect
	csv      bool
	from1904 bool
	words    int // bytes of texts read as amounts so far
}

// table reads one table into the upload.
func (r *reader) table(up *Upload, g grid, h head) error {
	fields, err := r.columnsOf(up, g, h)
	if err != nil {
		return err
	}
	for _, gr := range g.rows[h.row+1:] {
		row := Row{Sheet: g.sheet, Number: gr.number}
		filled := false
		for _, f := range fields {
			c := r.cell(gr.at(f.column), f.field)
			c.Ref = columnName(f.column) + strconv.Itoa(gr.number)
			filled = filled || !c.Empty()
			row.Cells = append(row.Cells, c)
		}
		if r.words > mostWords {
			return &Error{Problem: ProblemTooLarge, Got: int64(r.words), Limit: mostWords, Where: "texts for amounts"}
		}
		if !filled {
			continue // a month nobody filled in, or a line of explanation
		}
		if n := len(up.Rows) + len(up.Strays); n >= r.want.Limits.Rows {
			return &Error{Problem: ProblemRows, Got: int64(n + 1), Limit: int64(r.want.Limits.Rows)}
		}
		at := gr.at(h.month)
		row.Label = clip(strings.TrimSpace(at.text), r.want.Limits.CellRunes)
		if row.Month, filled = r.month(at); !filled {
			up.Strays = append(up.Strays, Stray{Row: row, Why: NoMonth})
			continue
		}
		up.Rows = append(up.Rows, row)
	}
	return nil
}

func (r *reader) month(c gridCell) (sector.Month, bool) {
	if m, ok := r.known.month(c, r.from1904); ok {
		return m, true
	}
	if c.kind == kindText && !c.formula && c.text != "" && r.want.Month != nil {
		return r.want.Month(clip(c.text, r.want.Limits.CellRunes))
	}
	return sector.Month{}, false
}

// columnsOf settles which columns are read, and reports the others. Of a header
// that stands there twice the filled column counts; two filled ones are refused.
func (r *reader) columnsOf(up *Upload, g grid, h head) ([]headField, error) {
	filled := map[int]int{}
	for _, row := range g.rows[h.row+1:] {
		for _, c := range row.cells {
			filled[c.column]++
		}
	}
	taken := map[int]bool{h.month: true}
	var fields []headField
	for _, f := range h.fields {
		taken[f.column] = true
		twin := -1
		for i, other := range fields {
			if other.field == f.field {
				twin = i
			}
		}
		switch {
		case twin < 0:
			fields = append(fields, f)
		case filled[f.column] == 0:
		case filled[fields[twin].column] == 0:
			fields[twin] = f
		default:
			return nil, &Error{Problem: ProblemColumnTwice, Where: columnName(f.column)}
		}
	}
	for _, f := range fields {
		up.addColumn(Column{Field: f.field, Header: f.header})
	}
	for _, column := range h.columns(g) {
		if !taken[column] && filled[column] > 0 {
			header := clip(strings.TrimSpace(g.rows[h.row].at(column).text), r.want.Limits.CellRunes)
			up.Unknown = append(up.Unknown, Unknown{Sheet: g.sheet, Column: columnName(column), Header: header, Filled: filled[column]})
		}
	}
	return fields, nil
}

// addColumn adds a column that another sheet has not added already.
func (u *Upload) addColumn(c Column) {
	for _, other := range u.Columns {
		if other.Field == c.Field {
			return
		}
	}
	u.Columns = append(u.Columns, c)
}

// longestAmount is how many characters an amount may have, in words and twice over
// as in a contract. What is longer is no amount, and reading it takes time.
const longestAmount = 120

// mostWords bounds the texts that are read as amounts, in bytes: thirty for each
// amount of the most rows of every line there is.
const mostWords = 200_000

// cell reads one cell for a line of the report.
func (r *reader) cell(g gridCell, f sector.Field) Cell {
	c := Cell{Field: f, Raw: strings.TrimSpace(g.text)}
	kind := f.Amount()
	number, isNumber := sector.Decimal{}, false
	if g.kind == kindNumber && c.Raw != "" {
		if number, isNumber = plainNumber(c.Raw); isNumber {
			c.Raw = number.String()
		}
	}
	longest := r.want.Limits.CellRunes
	if kind != "" {
		longest = min(longest, longestAmount)
	}
	if short := clip(c.Raw, longest); short != c.Raw {
		c.Raw, c.Fault = short, FaultLong
		return c
	}
	switch {
	case g.formula && (kind != "" || !r.csv): // a note in a .csv may begin with =
		c.Fault = FaultFormula
		return c
	case c.Raw == "":
		return c
	case g.kind == kindBoolean:
		c.Fault = FaultLogical
	case g.kind == kindFailure:
		c.Fault = FaultError
	case g.kind == kindISODate, isNumber && g.format == numDate:
		if d, ok := dateOfSerial(c.Raw, r.from1904); ok {
			c.Raw = d.String()
		}
		c.Fault = FaultDate
	}
	if c.Fault != "" || kind == "" {
		return c
	}
	if means, ok := lookUp(c.Raw, r.known.words); ok {
		c.Reading = sector.NoValue{Kinds: []sector.ValueKind{means}, Text: c.Raw}
		return c
	}
	if g.kind != kindNumber {
		r.words += len(c.Raw)
		c.Reading = readText(c.Raw, kind)
		return c
	}
	c.Reading = readNumber(number, isNumber, c.Raw, g.format, kind)
	return c
}

// readText reads a text. A cell is no sentence: a word in it that is no part of the
// amount is asked about, because 12.май is what a .csv holds where somebody has
// typed 12.5. The amount may be said twice, in digits and in words.
func readText(text string, kind sector.AmountKind) sector.Reading {
	r := sector.ReadAmount(text, kind)
	read, ok := r.(sector.Read)
	if !ok || read.About {
		return r
	}
	rest := strings.Replace(text, read.Text, "", 1)
	rest = strings.Trim(rest, " \u00a0()") // alone in brackets it would be a minus
	if again, ok := sector.ReadAmount(rest, kind).(sector.Read); ok && again.Value == read.Value {
		rest = strings.Replace(rest, again.Text, "", 1)
	}
	if strings.ContainsFunc(rest, unicode.IsLetter) {
		return sector.Ambiguous{Readings: []sector.Read{read}, Why: sector.DoubtContext, Text: text}
	}
	return r
}

// readNumber reads a number that a program keeps as one: no marks, no words.
func readNumber(n sector.Decimal, ok bool, raw string, f numFormat, kind sector.AmountKind) sector.Reading {
	refuse := func(why sector.Reason) sector.Reading { return sector.Refused{Reason: why, Text: raw} }
	switch {
	case !ok:
		return refuse(sector.UnclearNumber)
	case f == numPercent:
		return refuse(sector.PercentAmount)
	case f == numForeign:
		return refuse(sector.OtherUnit)
	case n.Sign() < 0:
		return refuse(sector.NegativeAmount)
	case kind == sector.AmountPeople && !n.IsWhole():
		return refuse(sector.FractionOfPeople)
	}
	// The whole part alone holds no mark that could be doubted; what is beyond
	// anything possible the reader of amounts knows.
	if bad, refused := sector.ReadAmount(n.Trunc(0).String(), kind).(sector.Refused); refused {
		return refuse(bad.Reason)
	}
	return sector.Read{Value: n, Text: raw}
}

// significant is how many digits of a typed number a spreadsheet keeps. Files hold
// more, because programs write the binary fraction nearest to it: 4.35 is stored
// as 4.3499999999999996. Rounded to fifteen digits it is again what was typed.
const significant = 15

// plainNumber reads a number as programs write it into .xlsx: 12500000, -0.5 or
// 1.25E+7. It never passes through a float.
func plainNumber(s string) (sector.Decimal, bool) {
	mantissa, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil || n < -400 || n > 400 {
			return sector.Decimal{}, false
		}
		mantissa, exponent = s[:i], n
	}
	d, err := sector.ParseDecimal(strings.TrimPrefix(mantissa, "+"))
	if err != nil {
		return sector.Decimal{}, false
	}
	if d.IsZero() {
		return d, true
	}
	return d.RoundTo(significant).Shift10(exponent), true
}

// clip cuts a text to a number of characters.
func clip(s string, runes int) string {
	if len(s) <= runes || utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}
