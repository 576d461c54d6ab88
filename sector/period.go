package sector

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PeriodKind says how long a period is. Months of a year are never that year.
type PeriodKind string

// The kinds of period.
const (
	AYear    PeriodKind = "year"   // 2025; of a crop, the season that ends in it
	AMonth   PeriodKind = "month"  // 2026-03
	MonthRun PeriodKind = "months" // 2023-01..2023-03: one year's months
	YearRun  PeriodKind = "years"  // 2008..2024
	ADay     PeriodKind = "day"    // 2026-03-05
)

// Period is the time that a figure is about. The zero value is no period.
// Periods are compared with ==.
type Period struct {
	Kind      PeriodKind `json:"kind,omitempty"`
	Year      int        `json:"year,omitempty"`
	Month     time.Month `json:"month,omitempty"`
	Day       int        `json:"day,omitempty"`
	LastYear  int        `json:"last_year,omitempty"`  // of a YearRun
	LastMonth time.Month `json:"last_month,omitempty"` // of a MonthRun
}

// ErrNotPeriod is returned for a text that is no period of the facts file.
var ErrNotPeriod = errors.New("not a period")

// Years that a period may name: the statistics of the sector, with room.
const firstYear, lastYear = 1900, 2100

// YearOf returns the period of one year.
func YearOf(year int) Period { return Period{Kind: AYear, Year: year} }

// MonthsOf returns the period of the months from first to last of one year:
// a MonthRun, or an AMonth where the two are the same.
func MonthsOf(year int, first, last time.Month) Period {
	if first == last {
		return Period{Kind: AMonth, Year: year, Month: first}
	}
	return Period{Kind: MonthRun, Year: year, Month: first, LastMonth: last}
}

// YearsOf returns the run of years from first to last.
func YearsOf(first, last int) Period { return Period{Kind: YearRun, Year: first, LastYear: last} }

// ParsePeriod reads a period as the facts file writes it: "2025", "2026-03",
// "2023-01..2023-03", "2008..2024" or "2026-03-05". The error wraps [ErrNotPeriod].
func ParsePeriod(s string) (Period, error) {
	bad := func() (Period, error) { return Period{}, fmt.Errorf("reading period %q: %w", s, ErrNotPeriod) }
	from, to, run := strings.Cut(s, "..")
	p, ok := parsePoint(from)
	if !ok {
		return bad()
	}
	if !run {
		return p, nil
	}
	q, ok := parsePoint(to)
	if !ok || p.Kind != q.Kind {
		return bad()
	}
	switch {
	case p.Kind == AYear && p.Year < q.Year:
		return YearsOf(p.Year, q.Year), nil
	case p.Kind == AMonth && p.Year == q.Year && p.Month < q.Month:
		return MonthsOf(p.Year, p.Month, q.Month), nil
	}
	return bad()
}

func parsePoint(s string) (Period, bool) {
	var n [3]int
	parts := strings.Split(s, "-")
	if len(parts) > len(n) {
		return Period{}, false
	}
	for i, part := range parts {
		width := 2
		if i == 0 {
			width = 4
		}
		if len(part) != width || !allDigits(part) {
			return Period{}, false
		}
		n[i], _ = strconv.Atoi(part) // four digits at most
	}
	if n[0] < firstYear || n[0] > lastYear {
		return Period{}, false
	}
	switch len(parts) {
	case 1:
		return YearOf(n[0]), true
	case 2:
		return Period{Kind: AMonth, Year: n[0], Month: time.Month(n[1])}, n[1] >= 1 && n[1] <= 12
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC)
	return Period{Kind: ADay, Year: n[0], Month: time.Month(n[1]), Day: n[2]},
		day.Month() == time.Month(n[1]) && day.Day() == n[2]
}

// String writes the period as the facts file does; the zero period is "".
func (p Period) String() string {
	switch p.Kind {
	case AYear:
		return strconv.Itoa(p.Year)
	case AMonth:
		return fmt.Sprintf("%04d-%02d", p.Year, int(p.Month))
	case MonthRun:
		return fmt.Sprintf("%04d-%02d..%04d-%02d", p.Year, int(p.Month), p.Year, int(p.LastMonth))
	case YearRun:
		return fmt.Sprintf("%04d..%04d", p.Year, p.LastYear)
	case ADay:
		return fmt.Sprintf("%04d-%02d-%02d", p.Year, int(p.Month), p.Day)
	}
	return ""
}

// IsZero reports whether p is no period.
func (p Period) IsZero() bool { return p == Period{} }

// EndYear returns the last year that the period touches.
func (p Period) EndYear() int {
	if p.Kind == YearRun {
		return p.LastYear
	}
	return p.Year
}

// Touches reports whether the period has to do with the year.
func (p Period) Touches(year int) bool { return p.Year <= year && year <= p.EndYear() }

// Before orders periods by their end, the shorter first where they end together.
func (p Period) Before(q Period) bool {
	if a, b := p.endMonth(), q.endMonth(); a != b {
		return a < b
	}
	return p.span() < q.span()
}

// endMonth counts months since year zero to the end of the period.
func (p Period) endMonth() int {
	last := p.Month
	switch p.Kind {
	case AYear, YearRun:
		last = time.December
	case MonthRun:
		last = p.LastMonth
	case AMonth, ADay:
	}
	return p.EndYear()*12 + int(last)
}

// span is the length of the period in days, roughly: enough to order by.
func (p Period) span() int {
	switch p.Kind {
	case ADay:
		return 1
	case AMonth:
		return 30
	case MonthRun:
		return 30 * (int(p.LastMonth-p.Month) + 1)
	case AYear:
		return 366
	case YearRun:
		return 366 * (p.LastYear - p.Year + 1)
	}
	return 0
}
