package sector

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func calendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := WorkingDays()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Worked out by hand from a wall calendar and the rules in data/holidays.csv.
func TestDeadlines(t *testing.T) {
	c := calendar(t)
	for _, row := range strings.Split(strings.TrimSpace(`
2025-12 2026-01-12 2026-01-20 2026-01-15 2026-01-06 2026-01-09
2026-01 2026-02-10 2026-02-20 2026-02-13 2026-02-05 2026-02-09
2026-02 2026-03-10 2026-03-20 2026-03-13 2026-03-04 2026-03-06
2026-03 2026-04-10 2026-04-20 2026-04-15 2026-04-07 2026-04-09
2026-04 2026-05-12 2026-05-20 2026-05-15 2026-05-05 2026-05-08
2026-05 2026-06-10 2026-06-22 2026-06-15 2026-06-05 2026-06-09
2026-06 2026-07-10 2026-07-20 2026-07-15 2026-07-07 2026-07-09
2026-07 2026-08-10 2026-08-20 2026-08-13 2026-08-05 2026-08-07
2026-08 2026-09-10 2026-09-21 2026-09-15 2026-09-07 2026-09-09
2026-09 2026-10-12 2026-10-20 2026-10-15 2026-10-07 2026-10-09
2026-10 2026-11-10 2026-11-20 2026-11-13 2026-11-05 2026-11-09
2026-11 2026-12-10 2026-12-21 2026-12-15 2026-12-07 2026-12-09
2026-12 2027-01-11 2027-01-20 2027-01-14 2027-01-05 2027-01-08
2027-01 2027-02-10 2027-02-22 2027-02-15 2027-02-05 2027-02-09
2027-02 2027-03-10 2027-03-25 2027-03-16 2027-03-04 2027-03-09
2027-03 2027-04-12 2027-04-20 2027-04-15 2027-04-07 2027-04-09
2027-04 2027-05-11 2027-05-20 2027-05-14 2027-05-04 2027-05-06
2027-05 2027-06-10 2027-06-21 2027-06-15 2027-06-07 2027-06-09
2027-06 2027-07-12 2027-07-20 2027-07-15 2027-07-07 2027-07-09
2027-09 2027-10-11 2027-10-20 2027-10-14 2027-10-06 2027-10-08
2027-11 2027-12-10 2027-12-20 2027-12-15 2027-12-07 2027-12-09
2027-12 2028-01-10 2028-01-20 2028-01-13 2027-12-31 2028-01-06
2028-02 2028-03-10 2028-03-20 2028-03-16 2028-03-06 2028-03-09
2028-04 2028-05-10 2028-05-22 2028-05-15 2028-05-02 2028-05-04
2028-11 2028-12-11 2028-12-20 2028-12-14 2028-12-06 2028-12-08
`), "\n") {
		w := strings.Fields(row)
		m, err := ParseMonth(w[0])
		if err != nil {
			t.Fatal(err)
		}
		d := c.Deadlines(m)
		got := fmt.Sprint(m, " ", d.Due, " ", d.Late, " ", d.Review, " ", d.Reminders[0], " ", d.Reminders[1])
		if got != row || d.Reminders[2] != d.Due {
			t.Errorf("got  %s\nwant %s", got, row)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	c := calendar(t)
	// The Mondays off in 2027, as worked out by the Ministry's rules.
	var mondays []string
	for d := date(t, "2027-01-04"); d.Year == 2027; d = d.AddDays(7) {
		if !c.Working(d) {
			mondays = append(mondays, d.String())
		}
	}
	if got, want := strings.Join(mondays, " "), "2027-01-04 2027-03-08 2027-03-15 2027-03-22 2027-05-03 2027-05-10 2027-10-25"; got != want {
		t.Errorf("Mondays off in 2027: %s, want %s", got, want)
	}
	for day, want := range map[string]string{
		"2025-08-30": "constitution_day", // the last time
		"2025-09-01": "constitution_day", // 30 August 2025 was a Saturday
		"2026-08-30": "",                 // a plain Sunday
		"2026-08-31": "-",
		"2026-03-15": "", // not yet
		"2026-03-16": "-",
		"2027-03-15": "constitution_day",
		"2028-03-15": "constitution_day",
		"2026-01-07": "christmas",
		"2028-01-03": "new_year", // Saturday and Sunday move to Monday
		"2028-01-04": "new_year", // and Tuesday
		"2028-01-05": "-",
		"2027-03-24": "nauryz", // Sunday 21 March moves behind the 22nd and 23rd
		"2027-03-25": "-",
		"2026-03-21": "nauryz",
		"2026-03-24": "nauryz",
		"2026-03-25": "nauryz",
		"2026-03-26": "-",
		"2026-05-27": "kurban_ait",
		"2027-05-16": "kurban_ait",
		"2027-05-17": "-", // and does not move
		"2026-05-11": "victory_day",
		"2026-10-26": "republic_day",
		"2026-12-16": "independence_day",
		"2026-06-13": "",
	} {
		d := date(t, day)
		if working := want == "-"; c.Working(d) != working {
			t.Errorf("%s works: %v", day, !working)
		}
		if want != "-" && c.Holiday(d) != want {
			t.Errorf("%s is off for %q, want %q", day, c.Holiday(d), want)
		}
	}
	for year := 2025; year <= 2028; year++ {
		if !c.Covers(year) {
			t.Errorf("%d is not covered", year)
		}
	}
	if c.Covers(2031) {
		t.Error("2031 is covered")
	}
}

func TestPhase(t *testing.T) {
	almaty := time.FixedZone("UTC+5", 5*60*60)
	d := calendar(t).Deadlines(Month{2026, time.March})
	for at, want := range map[string]Phase{
		"2026-03-31T23:59:59+05:00": PhaseEarly,
		"2026-03-31T19:00:00Z":      PhaseOpen, // midnight in Almaty
		"2026-04-10T23:59:59+05:00": PhaseOpen,
		"2026-04-10T18:59:59Z":      PhaseOpen,
		"2026-04-10T19:00:00Z":      PhaseLate,
		"2026-04-20T18:59:59Z":      PhaseLate,
		"2026-04-20T19:00:00Z":      PhaseClosed,
	} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Phase(moment, almaty); got != want {
			t.Errorf("%s is %s, want %s", at, got, want)
		}
	}
}

func TestAnswerBy(t *testing.T) {
	c := calendar(t)
	d := c.Deadlines(Month{2026, time.March})
	for came, want := range map[string]string{
		"2026-04-02": "2026-04-15", "2026-04-10": "2026-04-15", "2026-04-16": "2026-04-21", "2026-05-06": "2026-05-13",
	} {
		if got := c.AnswerBy(d, date(t, came)); got.String() != want {
			t.Errorf("came on %s: answer by %s, want %s", came, got, want)
		}
	}
}

// Whatever the table, a due date is a working day, never before the 10th, and the
// reminders are in order and on working days.
func TestDeadlinesHold(t *testing.T) {
	c := calendar(t)
	for m := (Month{2025, time.January}); m.Before(Month{2029, time.January}); m = m.Add(1) {
		d := c.Deadlines(m)
		tenth := Date{m.Add(1).Year, m.Add(1).Month, 10}
		days := []Date{d.Reminders[0], d.Reminders[1], d.Due, d.Review}
		for i, day := range days {
			if !c.Working(day) || i > 0 && !days[i-1].Before(day) {
				t.Errorf("%s: %v", m, days)
			}
		}
		if d.Due.Before(tenth) || d.Due.Before(d.Reminders[2]) || d.Late.Before(d.Due) || c.AddWorking(d.Review, -3) != d.Due {
			t.Errorf("%s: %+v", m, d)
		}
		for day := tenth; day.Before(d.Due); day = day.AddDays(1) {
			if c.Working(day) {
				t.Errorf("%s: due %s although %s works", m, d.Due, day)
			}
		}
	}
}

func TestParseCalendar(t *testing.T) {
	c, err := ParseCalendar("date,name,moves\n2026-07-04,bridge,works\n2026-07-07,bridge,no\n")
	if err != nil || !c.Working(date(t, "2026-07-04")) || c.Working(date(t, "2026-07-07")) || c.Working(date(t, "2026-07-05")) {
		t.Errorf("a swapped Saturday: %v", err)
	}
	for name, bad := range map[string]string{
		"no such date":  "2026-02-30,x,yes",
		"no such move":  "2026-02-03,x,maybe",
		"twice":         "2026-02-03,x,yes\n2026-02-03,y,no",
		"works anyway":  "2026-02-03,x,works",
		"a cell less":   "2026-02-03,x",
		"a broken cell": "2026-02-03,\"x,yes",
	} {
		if _, err := ParseCalendar(bad); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestWeeks(t *testing.T) {
	for day, want := range map[string]string{
		"2026-03-23": "2026-W13", "2026-03-29": "2026-W13", "2026-03-30": "2026-W14",
		"2025-12-29": "2026-W01", "2026-01-01": "2026-W01", "2026-12-31": "2026-W53", "2027-01-03": "2026-W53", "2027-01-04": "2027-W01",
		"2028-01-02": "2027-W52", "2028-12-31": "2028-W52",
	} {
		w := WeekOf(date(t, day))
		if w.String() != want {
			t.Errorf("%s is in %s, want %s", day, w, want)
		}
		if back, err := ParseWeek(w.String()); err != nil || back != w {
			t.Errorf("%s is read as %s, %v", w, back, err)
		}
		if d := date(t, day); d.Before(w.Monday()) || w.Sunday().Before(d) || w.Monday().Weekday() != time.Monday {
			t.Errorf("%s runs from %s to %s", w, w.Monday(), w.Sunday())
		}
	}
	if got := (Week{2026, 53}).Add(1); got != (Week{2027, 1}) {
		t.Errorf("after 2026-W53 comes %s", got)
	}
	for _, bad := range []string{"", "2026-13", "2026-W54", "2027-W53", "2026-W00", "2026-W1", "2026-W130", "x"} {
		if w, err := ParseWeek(bad); err == nil {
			t.Errorf("%q is read as %s", bad, w)
		}
	}
}

func TestDatesAndMonths(t *testing.T) {
	if got := (Month{2026, time.December}).Add(1); got != (Month{2027, time.January}) {
		t.Errorf("after December comes %s", got)
	}
	if got := (Month{2028, time.February}).Last(); got != (Date{2028, time.February, 29}) {
		t.Errorf("February 2028 ends on %s", got)
	}
	if got := (Month{2026, time.March}).Add(-3); got.String() != "2025-12" {
		t.Errorf("three months before March: %s", got)
	}
	// Kazakhstan left +06 for +05 on 1 March 2024: the date follows the zone given.
	moment := time.Date(2026, time.March, 31, 19, 30, 0, 0, time.UTC)
	if got := DateOf(moment, time.FixedZone("", 5*3600)); got.String() != "2026-04-01" {
		t.Errorf("half past midnight in Almaty is %s", got)
	}
	in := struct {
		D Date
		M Month
		W Week
		Z Date
	}{D: date(t, "2026-04-10"), M: Month{2026, time.March}, W: Week{2026, 13}}
	text, err := json.Marshal(in)
	if err != nil || string(text) != `{"D":"2026-04-10","M":"2026-03","W":"2026-W13","Z":""}` {
		t.Fatalf("%s, %v", text, err)
	}
	out := in
	out.D, out.M, out.W = Date{}, Month{}, Week{}
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("%+v, %v", out, err)
	}
	for _, bad := range []string{"2026-13", "2026-3", "26-03", "2026-03-01"} {
		if m, err := ParseMonth(bad); err == nil {
			t.Errorf("month %q is read as %s", bad, m)
		}
	}
}

func ExampleCalendar_Deadlines() {
	days, err := WorkingDays()
	if err != nil {
		fmt.Println(err)
		return
	}
	d := days.Deadlines(Month{2026, time.September}) // 10 October 2026 is a Saturday
	fmt.Println("due", d.Due, "late until", d.Late, "answer by", d.Review)
	// Output: due 2026-10-12 late until 2026-10-20 answer by 2026-10-15
}
