package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/bot/transcript"
	"maqta/sector"
	"maqta/storage"
)

// month is an enterprise that has reported for two months, and its owner in
// front of the bot, some days into April.
func month(t *testing.T) *routerWorld {
	t.Helper()
	w := newRouterWorld(t, filepath.Join(t.TempDir(), "maqta.db"))
	err := w.db.Update(t.Context(), plantReporting)
	if err != nil {
		t.Fatal(err)
	}
	w.now = time.Date(2026, time.April, 7, 10, 0, 0, 0, transcript.Almaty())
	return w
}

// play plays a chat as an English speaker and returns how many actions it took.
func (w *routerWorld) play(t *testing.T, chat string) int {
	t.Helper()
	s, err := transcript.Parse("actions.en.txtar", []byte("-- chat --\nat 2026-04-07 10:00\n"+chat+"-- stored --\n"))
	if err != nil {
		t.Fatal(err)
	}
	played, err := transcript.Play(s, w, transcript.Person{Name: "person", Lang: "en", ID: owner})
	if err != nil {
		t.Fatal(err)
	}
	return len(played.Did)
}

func (w *routerWorld) march(t *testing.T) (s sector.Submission) {
	t.Helper()
	err := w.db.View(t.Context(), func(v *storage.View) (err error) {
		s, _, err = v.Submission(1, sector.Month{Year: 2026, Month: time.March})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestActionsOfAReport counts taps and messages: a month with seven lines, one
// product and nothing queried.
func TestActionsOfAReport(t *testing.T) {
	for _, c := range []struct {
		name string
		most int
		chat string
	}{
		{"guided", 9, "> /submit\n> 12.5 million\n> 11 million\n> 2300\n> 48\n> 45\n> 0\n> [Skip]\n> [Send]\n"},
		{"one message", 3, "> March: output 12.5 million, sales 11 million, garments 2300, 48 workers, local 45, new jobs 0\n> [Send]\n"},
		{"same as last month", 9, "> /submit\n> [All as in February]\n> [Zero]\n> [Skip]\n> [Send]\n"},
		{"nothing produced", 9, "> /submit\n> [Nothing produced]\n> [Same as February]\n> [Same as February]\n> [Zero]\n> [Skip]\n> [Send]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := month(t)
			if n := w.play(t, c.chat); n > c.most {
				t.Errorf("%d actions, at most %d are allowed", n, c.most)
			} else {
				t.Logf("%d actions", n)
			}
			if s := w.march(t); s.State != sector.StateSent {
				t.Errorf("the report is %q", s.State)
			}
		})
	}
}

// TestActionsOfACorrection counts what it takes to change one line on the card.
func TestActionsOfACorrection(t *testing.T) {
	const full = "> output 12.5 million, sales 11 million, garments 2300, 48 workers, local 45, new jobs 0\n"
	for _, c := range []struct {
		name, chat string
		most       int
	}{
		{"from the card", "> [Sales]\n> 10.4 million\n", 2},
		{"by a reply", "> reply 1: sales 10.4 million\n", 1},
		{"by a message", "> sales 10.4 million\n", 1},
		{"by editing", "> edit 1: output 12.5 million, sales 10.4 million, garments 2300, 48 workers, local 45, new jobs 0\n", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := month(t)
			if n := w.play(t, full+c.chat+"> [Send]\n") - 2; n > c.most {
				t.Errorf("%d actions, at most %d are allowed", n, c.most)
			}
			latest, _ := w.march(t).Latest()
			if got := latest.Figures.Sales.String(); got != "10400000" {
				t.Errorf("sales are %s", got)
			}
		})
	}
}

// TestFormMayGainAQuestion takes a draft of an older form: what was answered
// stays, and the new question is announced as one.
func TestFormMayGainAQuestion(t *testing.T) {
	w := month(t)
	w.play(t, "> /submit\n> 12.5 million\n> 11 million\n> 2300\n> 48\n")
	march := sector.Month{Year: 2026, Month: time.March}
	err := w.db.Update(t.Context(), func(tx *storage.Tx) error {
		d, _, err := tx.Draft(1, march)
		if err != nil {
			return err
		}
		d.State.Known = slices.DeleteFunc(d.State.Known, func(key string) bool { return key == "jobs" })
		return tx.SaveDraft(1, march, d)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.play(t, "> 45\n")
	if last := w.said[len(w.said)-1]; !strings.Contains(last, "one new question") || !strings.Contains(last, "jobs") {
		t.Errorf("the new question is asked so: %s", last)
	}
	w.play(t, "> 0\n> note\n> [Send]\n")
	if latest, _ := w.march(t).Latest(); latest.Figures.Output.String() != "12500000" {
		t.Errorf("what was answered before is gone: %+v", latest.Figures)
	}
}

// TestFormSurvivesAnything throws texts, edits and presses at a form: nothing may
// break a handler, be said unproved, or make a second report.
func TestFormSurvivesAnything(t *testing.T) {
	texts := strings.Split("12,5 млн|11|48|45|0|12500|жоқ|нет|не знаю|сату 10,4|продажи 11 млн|өндіріс 12 млн, 48 адам|в апреле|наурыз|-5|10%|12-15|?|"+
		"сколько хлопка?|қанша мақта жиналды?|1e6|12 5OO|локал 52|note: x|/cancel|/submit|/start|/mine|/log|/language|<b>&|٣|", "|")
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := month(t)
			w.router.Limit = false
			w.router.Broken = func(quarantined, unproved int) {
				t.Errorf("%d updates quarantined, %d replies unproved", quarantined, unproved)
			}
			random := rand.New(rand.NewPCG(seed, 7))
			if n := w.wander(t, random, texts, 120); n == 0 {
				t.Error("no button was ever shown")
			}
			var dump map[string][]string
			err := w.db.View(t.Context(), func(v *storage.View) (err error) {
				dump, err = v.Dump()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, broken := range dump["quarantine"] {
				t.Errorf("quarantined: %s", broken)
			}
			if n := len(dump["submissions"]); n > 4 {
				t.Errorf("%d reports for four months", n)
			}
		})
	}
}

// wander does random things and returns how many buttons were seen.
func (w *routerWorld) wander(t *testing.T, random *rand.Rand, texts []string, steps int) int {
	t.Helper()
	me := transcript.Person{Name: "person", Lang: "en", ID: owner}
	var buttons []transcript.Action
	for range steps {
		var a transcript.Action
		switch n := random.IntN(10); {
		case n < 5 && len(buttons) > 0:
			recent := buttons[max(0, len(buttons)-12):]
			a = recent[random.IntN(len(recent))]
		case n < 6 && len(buttons) > 0:
			a = buttons[random.IntN(len(buttons))]
		case n < 7:
			a = transcript.Action{Kind: transcript.Edit, Text: texts[random.IntN(len(texts))], Message: 1 + random.Int64N(w.ids+1)}
		default:
			a = transcript.Action{Kind: transcript.Say, Text: texts[random.IntN(len(texts))]}
		}
		w.now = w.now.Add(time.Duration(1+random.IntN(40)) * time.Minute)
		if _, err := w.Do(me, a); err != nil {
			t.Fatal(err)
		}
		seen, err := w.Seen(me)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range seen {
			for _, row := range s.Rows {
				for _, b := range row {
					if b.Data != "" {
						buttons = append(buttons, transcript.Action{Kind: transcript.Tap, Data: b.Data, Message: s.ID})
					}
				}
			}
		}
	}
	return len(buttons)
}

// TestReportScriptsEndWell keeps the scripts honest: what people were told was
// sent is stored.
func TestReportScriptsEndWell(t *testing.T) {
	paths, err := filepath.Glob("testdata/submit*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		script, stored, _ := strings.Cut(string(data), "-- stored --")
		told := strings.Contains(script, "2026-03-0001")
		if kept := strings.Contains(stored, `"receipt":"2026-03-0001"`); told != kept {
			t.Errorf("%s: a receipt was given: %t; stored: %t", path, told, kept)
		}
	}
}
