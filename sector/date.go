package sector

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day of the calendar, without an hour or a time zone. Deadlines are
// dates; which date it is now depends on the zone, see [DateOf]. The zero value
// is no date. Dates are compared with == and [Date.Before].
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ErrNotDate is returned for a text that is no date of the form 2026-04-10.
var ErrNotDate = errors.New("not a date")

// DateOf returns the date at a moment in a time zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// ParseDate reads 2026-04-10. The error wraps [ErrNotDate].
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("reading date %q: %w", s, ErrNotDate)
	}
	return DateOf(t, time.UTC), nil
}

// String returns 2026-04-10, or "" for the zero value.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// utc is midnight UTC of the date, for arithmetic, which knows no zones.
func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// In returns the first moment of the date in a zone.
func (d Date) In(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return DateOf(d.utc().AddDate(0, 0, n), time.UTC) }

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.utc().Before(e.utc()) }

// DaysUntil returns the number of days from d to e, negative when e is earlier.
func (d Date) DaysUntil(e Date) int { return int(e.utc().Sub(d.utc()) / (24 * time.Hour)) }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an empty text is the zero value.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = Date{}
	if len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}

// Month is a month of a year, the period of a report. The zero value is no month.
// Months are compared with == and [Month.Before].
type Month struct {
	Year  int
	Month time.Month
}

// ErrNotMonth is returned for a text that is no month of the form 2026-03.
var ErrNotMonth = errors.New("not a month")

const monthLayout = "2006-01"

// MonthOf returns the month of a date.
func MonthOf(d Date) Month { return Month{d.Year, d.Month} }

// ParseMonth reads 2026-03. The error wraps [ErrNotMonth].
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse(monthLayout, s)
	if err != nil {
		return Month{}, fmt.Errorf("reading month %q: %w", s, ErrNotMonth)
	}
	return Month{t.Year(), t.Month()}, nil
}

// String returns 2026-03, or "" for the zero value. It sorts by time and so
// serves as a key.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return m.First().utc().Format(monthLayout)
}

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m == Month{} }

// Add returns the month n months later; n may be negative.
func (m Month) Add(n int) Month { return MonthOf(DateOf(m.First().utc().AddDate(0, n, 0), time.UTC)) }

// Before reports whether m is earlier than n.
func (m Month) Before(n Month) bool { return m.First().Before(n.First()) }

// First returns the first day of the month.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// Last returns the last day of the month.
func (m Month) Last() Date { return m.Add(1).First().AddDays(-1) }

// Period returns the month as a period of the facts.
func (m Month) Period() Period { return MonthsOf(m.Year, m.Month, m.Month) }

// MarshalText implements encoding.TextMarshaler.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler; an empty text is the zero value.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m = Month{}
	if len(text) > 0 {
		*m, err = ParseMonth(string(text))
	}
	return err
}

// Week is a week by ISO 8601: it begins on Monday, and the first week of a year is
// the one with its first Thursday. The zero value is no week.
type Week struct {
	Year int // of the week's Thursday; around the new year not always the date's
	Week int
}

// ErrNotWeek is returned for a text that is no week of the form 2026-W13.
var ErrNotWeek = errors.New("not a week")

// WeekOf returns the week of a date.
func WeekOf(d Date) Week {
	y, w := d.utc().ISOWeek()
	return Week{y, w}
}

// ParseWeek reads 2026-W13. The error wraps [ErrNotWeek].
func ParseWeek(s string) (Week, error) {
	var w Week
	n, err := fmt.Sscanf(s, "%4d-W%2d", &w.Year, &w.Week)
	if err != nil || n != 2 || w.String() != s || WeekOf(w.Monday()) != w {
		return Week{}, fmt.Errorf("reading week %q: %w", s, ErrNotWeek)
	}
	return w, nil
}

// String returns 2026-W13. It sorts by time and so serves as a key.
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Week) }

// Monday returns the first day of the week.
func (w Week) Monday() Date {
	fourth := Date{w.Year, time.January, 4} // always in the first week
	back := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDays(7*(w.Week-1) - back)
}

// Sunday returns the last day of the week.
func (w Week) Sunday() Date { return w.Monday().AddDays(6) }

// Add returns the week n weeks later; n may be negative.
func (w Week) Add(n int) Week { return WeekOf(w.Monday().AddDays(7 * n)) }

// MarshalText implements encoding.TextMarshaler.
func (w Week) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (w *Week) UnmarshalText(text []byte) (err error) {
	*w, err = ParseWeek(string(text))
	return err
}
