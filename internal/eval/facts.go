package eval

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// Fact is a figure that may be shown, as the judge needs it.
type Fact struct {
	Indicator string
	Period    string // as in the book: 2025, 2026-03, 2023-01..2023-03, 2004..2007, 2026-03-05
	Region    string
	Branch    string
	Qualifier string // exact, approx, over, up_to, under
	Basis     string
	Note      string

	value float64 // in the base unit
	by    float64 // base units in one unit of the book
	in    unit
	from  int // first and last year
	to    int
	part  int      // months, of a period that is a run of months within a year; else 0
	ends  int      // the last month of such a run
	notes []figure // numbers of the note
	noted []int    // years of the note
	rate  bool     // tenge for a dollar
	index bool     // a volume index, the year before being 100
	twin  bool     // another basis exists for the same thing and period
}

// key names the fact in reasons.
func (f *Fact) key() string {
	return strings.Join([]string{f.Indicator, f.Period, f.Region, f.Branch, f.Basis}, "/")
}

// bookUnits are the units of the facts file.
var bookUnits = map[string]measure{
	"bn_kzt": {1e9, tenge}, "mln_kzt": {1e6, tenge}, "kzt": {1, tenge},
	"mln_usd": {1e6, dollars}, "kzt_per_usd": {1, tenge}, "pct": {1, perCent}, "rank": {1, counted},
	"tonnes": {1, tonnes}, "thousand_tonnes": {1e3, tonnes}, "thousand_ha": {1e3, hectares}, "c_per_ha": {1, perHectare},
	"mln_m2": {1e6, squares}, "mln_units": {1e6, pieces}, "thousand_units": {1e3, pieces}, "count": {1, counted},
	"thousand_people": {1e3, people}, "thousand_pairs": {1e3, pairs},
}

// LoadFacts reads a facts file (CSV with a header) and keeps the rows that may be
// shown: preferred yes, status verified or unverified. Columns that are missing
// are taken to say yes; the branch may stand under "subsector" or "branch".
func LoadFacts(from io.Reader) ([]Fact, error) {
	rows, err := csv.NewReader(from).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("read facts: the file is empty")
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	var book []Fact
	for n, row := range rows[1:] {
		cell := func(name string) string {
			if i, ok := column[name]; ok && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		if cell("preferred") == "no" || cell("status") == "doubtful" || cell("status") == "wrong" {
			continue
		}
		f := Fact{
			Indicator: cell("indicator"), Period: cell("period"), Region: cell("region"), Branch: cell("subsector") + cell("branch"),
			Qualifier: cell("qualifier"), Basis: cell("basis"), Note: cell("note"),
		}
		if err := f.prepare(cell("value"), cell("unit")); err != nil {
			return nil, fmt.Errorf("read facts: line %d: %w", n+2, err)
		}
		book = append(book, f)
	}
	markTwins(book)
	return book, nil
}

// prepare works out what the rules compare.
func (f *Fact) prepare(value, in string) error {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("value %q of %s: %w", value, f.Indicator, err)
	}
	m, ok := bookUnits[in]
	if !ok {
		return fmt.Errorf("unit %q of %s is not known", in, f.Indicator)
	}
	f.value, f.by, f.in = v*m.by, m.by, m.in
	f.rate = in == "kzt_per_usd"
	f.index = strings.Contains(f.Indicator, "volume_index")
	first, last, isRange := strings.Cut(f.Period, "..")
	if !isRange {
		last = first
	}
	if f.from, err = yearOf(first); err != nil {
		return err
	}
	if f.to, err = yearOf(last); err != nil {
		return err
	}
	if isRange && len(first) == 7 && f.from == f.to {
		a, errA := strconv.Atoi(first[5:7])
		b, errB := strconv.Atoi(last[5:7])
		if errA != nil || errB != nil {
			return fmt.Errorf("period %q of %s cannot be read", f.Period, f.Indicator)
		}
		f.part, f.ends = b-a+1, b
	}
	note := read(f.Note)
	f.notes = note.figures
	for _, y := range note.years {
		f.noted = append(f.noted, y.year)
	}
	return nil
}

func yearOf(period string) (int, error) {
	if len(period) < 4 {
		return 0, fmt.Errorf("period %q cannot be read", period)
	}
	year, err := strconv.Atoi(period[:4])
	if err != nil {
		return 0, fmt.Errorf("period %q cannot be read: %w", period, err)
	}
	return year, nil
}

// markTwins finds growth that is known on two bases, which must be told apart.
func markTwins(book []Fact) {
	for i := range book {
		for j := range book {
			a, b := &book[i], &book[j]
			if a.Indicator == b.Indicator && a.Period == b.Period && a.Region == b.Region && a.Branch == b.Branch && a.Basis != b.Basis {
				a.twin = true
			}
		}
	}
}

// covers reports whether the year is the fact's own: of a range, its ends.
func (f *Fact) covers(year int) bool { return year == f.from || year == f.to }

// change reports whether the fact compares its year with the one before.
func (f *Fact) change() bool {
	return strings.Contains(f.Indicator, "growth") && f.in == perCent || f.index
}

// equal reports whether two amounts are the same but for the arithmetic of floats.
func equal(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

// rounds reports whether the figure, read as the amount, is the stored value in
// full or rounded to three or more significant digits. Digits that are written
// after a decimal mark are meant: 499.80 is not 499.83 rounded.
func (f *figure) rounds(stored float64, a amount) bool {
	if !rounds(stored, a.value, 3) {
		return false
	}
	if f.decimals == 0 || f.raw == 0 {
		return true
	}
	step := a.value / f.raw * math.Pow(10, -float64(f.decimals))
	return math.Abs(stored-a.value) <= step/2*(1+1e-6)
}

// rounds reports whether shown is stored, in full or rounded to at least that many
// significant digits; a half may go either way.
func rounds(stored, shown float64, least int) bool {
	if equal(stored, shown) {
		return true
	}
	if stored <= 0 || shown <= 0 {
		return false
	}
	for keep := least; keep < 10; keep++ {
		power := math.Pow(10, float64(keep-1)-math.Floor(math.Log10(stored)))
		up, down := math.Floor(stored*power+0.5+1e-9)/power, math.Ceil(stored*power-0.5-1e-9)/power
		if equal(up, shown) || equal(down, shown) {
			return true
		}
	}
	return false
}

//go:embed testdata/facts.csv
var ownFacts string

// OwnFacts gives the judge's own copy of the book. It is kept apart from the one
// that answers, so that a figure spoilt there is seen here.
func OwnFacts() ([]Fact, error) { return LoadFacts(strings.NewReader(ownFacts)) }
