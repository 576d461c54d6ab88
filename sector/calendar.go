package sector

import (
	_ "embed" // the days off are data
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"
)

//go:embed data/holidays.csv
var holidaysCSV string

// Calendar knows the working days of Kazakhstan, and from them every deadline, so
// that prompt, reminder, card and digest cannot disagree. Days off are data
// (data/holidays.csv, or a table of the operator's in the same form). In years
// without rows only Saturdays and Sundays are off: see [Calendar.Covers].
//
// A Calendar is immutable and safe for use by many goroutines.
type Calendar struct {
	off   map[Date]string // the key of the holiday's name
	moved map[Date]Date   // a day off moved here: the holiday it belongs to
	works map[Date]bool   // weekend days made working days
	years map[int]bool
}

// WorkingDays returns the calendar of the embedded table.
func WorkingDays() (*Calendar, error) { return ParseCalendar(holidaysCSV) }

// ParseCalendar reads a table with the columns date, name and moves; lines that
// begin with # are comments. Moves is yes (a holiday on a weekend moves the day
// off to the next working day), no, or works (a weekend day that is worked).
// A date given twice, or a working day that is declared to work, is an error.
func ParseCalendar(table string) (*Calendar, error) {
	r := csv.NewReader(strings.NewReader(table))
	r.Comment = '#'
	r.FieldsPerRecord = 3
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the calendar: %w", err)
	}
	c := &Calendar{off: map[Date]string{}, moved: map[Date]Date{}, works: map[Date]bool{}, years: map[int]bool{}}
	var moving []Date
	for i, row := range rows {
		if i == 0 && row[0] == "date" {
			continue
		}
		d, err := ParseDate(row[0])
		if err != nil {
			return nil, fmt.Errorf("reading the calendar: %w", err)
		}
		if _, twice := c.off[d]; twice || c.works[d] {
			return nil, fmt.Errorf("reading the calendar: %s stands there twice", d)
		}
		c.years[d.Year] = true
		switch row[2] {
		case "yes":
			c.off[d] = row[1]
			moving = append(moving, d)
		case "no":
			c.off[d] = row[1]
		case "works":
			if !weekend(d) {
				return nil, fmt.Errorf("reading the calendar: %s works anyway", d)
			}
			c.works[d] = true
		default:
			return nil, fmt.Errorf("reading the calendar: %s moves %q, not yes, no or works", d, row[2])
		}
	}
	slices.SortFunc(moving, func(a, b Date) int { return b.DaysUntil(a) })
	for _, d := range moving { // in order, so that two holidays of one weekend take two days
		if weekend(d) {
			c.moved[c.OnOrAfter(d)] = d
		}
	}
	return c, nil
}

func weekend(d Date) bool { return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday }

// Covers reports whether the table has rows for a year.
func (c *Calendar) Covers(year int) bool { return c.years[year] }

// Working reports whether a date is a working day.
func (c *Calendar) Working(d Date) bool {
	if _, off := c.off[d]; off {
		return false
	}
	if _, off := c.moved[d]; off {
		return false
	}
	return !weekend(d) || c.works[d]
}

// Holiday returns the key of the name of the holiday for which a date is off: its
// own, or of the one whose day off has moved here. It is "" for a common weekend.
func (c *Calendar) Holiday(d Date) string {
	if from, ok := c.moved[d]; ok {
		return c.off[from]
	}
	return c.off[d]
}

// OnOrAfter returns the first working day that is not before d.
func (c *Calendar) OnOrAfter(d Date) Date {
	for !c.Working(d) {
		d = d.AddDays(1)
	}
	return d
}

// AddWorking returns the date n working days after d, or before it for a negative
// n; d itself is not counted.
func (c *Calendar) AddWorking(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if d = d.AddDays(step); c.Working(d) {
			n--
		}
	}
	return d
}

// The rule of the monthly report: days of the month after the reporting month,
// and working days.
const (
	dueDay         = 10
	lateDay        = 20
	reviewDays     = 3
	earlyReminder  = 3
	secondReminder = 1
)

// Deadlines are the dates of one month's report. Each date still counts in full,
// until midnight in the zone of the country.
type Deadlines struct {
	Month     Month
	Due       Date    // the 10th of the next month, or the next working day
	Late      Date    // the 20th, likewise: until then without a request
	Review    Date    // a reviewer answers by then: three working days after Due
	Reminders [3]Date // three working days before Due, one before, and Due itself
}

// Deadlines returns the dates of a month's report.
func (c *Calendar) Deadlines(m Month) Deadlines {
	next := m.Add(1)
	due := c.OnOrAfter(Date{next.Year, next.Month, dueDay})
	return Deadlines{
		Month:     m,
		Due:       due,
		Late:      c.OnOrAfter(Date{next.Year, next.Month, lateDay}),
		Review:    c.AddWorking(due, reviewDays),
		Reminders: [3]Date{c.AddWorking(due, -earlyReminder), c.AddWorking(due, -secondReminder), due},
	}
}

// Phase says how a day lies to the deadlines of a report.
type Phase string

// The phases.
const (
	PhaseEarly  Phase = "early"  // the month is not over
	PhaseOpen   Phase = "open"   // in time
	PhaseLate   Phase = "late"   // after Due, still without a request
	PhaseClosed Phase = "closed" // only by request
)

// Phase returns how a moment lies to the deadlines, in a zone.
func (d Deadlines) Phase(at time.Time, zone *time.Location) Phase {
	today := DateOf(at, zone)
	switch {
	case !d.Month.Last().Before(today):
		return PhaseEarly
	case !d.Due.Before(today):
		return PhaseOpen
	case !d.Late.Before(today):
		return PhaseLate
	}
	return PhaseClosed
}

// AnswerBy returns the date by which a reviewer answers a report that came in on
// a day: within three working days of the due date, or of the day it came in
// where that is later.
func (c *Calendar) AnswerBy(d Deadlines, came Date) Date {
	if d.Due.Before(came) {
		return c.AddWorking(came, reviewDays)
	}
	return d.Review
}
