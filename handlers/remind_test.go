package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/sector"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// TestRemindersOverAYear lets the clock run for a year and more, with a restart
// every day and two looks at every half hour. Three reminders go out for each
// month, at nine on the days worked out by hand from the calendar.
func TestRemindersOverAYear(t *testing.T) {
	path := t.TempDir() + "/maqta.db"
	db := storagetest.OpenAt(t, path)
	update(t, db, func(tx *storage.Tx) error {
		_, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.February, 20))
		return err
	})
	var got []string
	for at := date(2026, time.March, 1).In(transcript.Almaty()); at.Year() < 2027 || at.Month() < time.March; at = at.Add(30 * time.Minute) {
		if day := sector.DateOf(at, transcript.Almaty()); at.Hour() == 8 && at.Minute() == 0 && (day.Day < 4 || day.Day > 13) {
			at = day.AddDays(1).In(transcript.Almaty()) // nothing is near
		}
		if at.Hour() == 0 && at.Minute() == 0 {
			storagetest.Close(t, db)
			db = storagetest.OpenAt(t, path)
		}
		r := newRouter(t, db, true)
		for range 2 {
			if err := r.Tick(t.Context(), at); err != nil {
				t.Fatal(err)
			}
		}
		for _, text := range delivered(t, db, at) {
			first, _, _ := strings.Cut(text, "\n")
			got = append(got, at.Format("2006-01-02 15:04 ")+first)
		}
	}
	storagetest.Close(t, db)
	const first, second, last = "тапсыратын кез келді", "әлі келген жоқ", "соңғы күн."
	want := [][3]string{ // the days of the three reminders
		{"2026-03-04", "2026-03-06", "2026-03-10"}, // 8 March is a Sunday: the 9th is off
		{"2026-04-07", "2026-04-09", "2026-04-10"},
		{"2026-05-05", "2026-05-08", "2026-05-12"}, // 7 and 9 May are holidays, the latter a Saturday: the 11th is off
		{"2026-06-05", "2026-06-09", "2026-06-10"},
		{"2026-07-07", "2026-07-09", "2026-07-10"},
		{"2026-08-05", "2026-08-07", "2026-08-10"},
		{"2026-09-07", "2026-09-09", "2026-09-10"},
		{"2026-10-07", "2026-10-09", "2026-10-12"}, // the 10th is a Saturday
		{"2026-11-05", "2026-11-09", "2026-11-10"},
		{"2026-12-07", "2026-12-09", "2026-12-10"},
		{"2027-01-05", "2027-01-08", "2027-01-11"}, // 7 January is off, the 10th a Sunday
		{"2027-02-05", "2027-02-09", "2027-02-10"},
	}
	var expected []string
	for _, days := range want {
		for i, words := range []string{first, second, last} {
			expected = append(expected, days[i]+" 09:00 "+words)
		}
	}
	for i := range max(len(got), len(expected)) {
		var g, e string
		if i < len(got) {
			g = got[i]
		}
		if i < len(expected) {
			e = expected[i]
		}
		when, words, _ := strings.Cut(e, "09:00 ")
		if e == "" || !strings.HasPrefix(g, when+"09:00 ") || !strings.Contains(g, words) {
			t.Errorf("reminder %d: got %q, want %q", i, g, e)
		}
	}
}

// TestReminderMadeUpFor shows that a reminder missed because nothing ran goes out
// on the next working day, once, and that one that is over is not.
func TestReminderMadeUpFor(t *testing.T) {
	db := storagetest.Open(t)
	update(t, db, func(tx *storage.Tx) error {
		_, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.March, 2))
		return err
	})
	r := newRouter(t, db, true)
	count := func(month time.Month, day, hour int) int {
		at := date(2026, month, day).In(transcript.Almaty()).Add(time.Duration(hour) * time.Hour)
		if err := r.Tick(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		return len(delivered(t, db, at))
	}
	for _, c := range []struct {
		month           time.Month
		day, hour, want int
	}{
		{time.April, 6, 10, 0},  // too early
		{time.April, 8, 8, 0},   // before nine
		{time.April, 8, 19, 1},  // the first, a day late
		{time.April, 8, 19, 0},  // not twice
		{time.April, 10, 20, 0}, // the second is missed, and it is evening
		{time.April, 11, 10, 0}, // after the due date nobody is reminded
		{time.May, 12, 12, 1},   // of April only the last one is left
	} {
		if got := count(c.month, c.day, c.hour); got != c.want {
			t.Errorf("%s %d at %d: %d reminders, want %d", c.month, c.day, c.hour, got, c.want)
		}
	}
}

// TestRemindersEndWithTheReport shows that a report on its way ends them, and that
// one sent back begins them again.
func TestRemindersEndWithTheReport(t *testing.T) {
	at := date(2026, time.April, 9).In(transcript.Almaty()).Add(10 * time.Hour)
	march := sector.Month{Year: 2026, Month: time.March}
	for _, c := range []struct {
		state sector.State
		want  int
	}{
		{sector.StateSent, 0}, {sector.StateAccepted, 0}, {sector.StateReturned, 1}, {sector.StateWithdrawn, 1},
	} {
		t.Run(string(c.state), func(t *testing.T) {
			db := storagetest.Open(t)
			update(t, db, func(tx *storage.Tx) error {
				e, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.March, 2))
				if err != nil {
					return err
				}
				s := sector.Submission{Receipt: sector.NewReceipt(march, 1), Enterprise: e.ID, Month: march, State: sector.StateDraft}
				if s, err = s.Send(figuresOf(2), e.Products, "person-1", at, nil); err != nil {
					return err
				}
				s.State = c.state
				return tx.SaveSubmission(s)
			})
			if err := newRouter(t, db, true).Tick(t.Context(), at); err != nil {
				t.Fatal(err)
			}
			if got := len(delivered(t, db, at)); got != c.want {
				t.Errorf("%d reminders, want %d", got, c.want)
			}
		})
	}
}

func update(t *testing.T, db *storage.DB, fn func(*storage.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// delivered delivers what is queued and returns the texts.
func delivered(t *testing.T, db *storage.DB, at time.Time) []string {
	t.Helper()
	due, err := db.Due(t.Context(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(due) == 0 {
		return nil
	}
	var texts []string
	var done []chat.Delivery
	for _, o := range due {
		texts = append(texts, transcript.Plain(o.Message.HTML))
		done = append(done, chat.Delivery{Seq: o.Seq, Chat: o.Message.To, Outcome: chat.Sent, Token: o.Message.Token, At: at})
	}
	if err := db.Settle(t.Context(), done); err != nil {
		t.Fatal(fmt.Errorf("settle: %w", err))
	}
	return slices.Clip(texts)
}
