package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"maqta/bot/transcript"
	"maqta/sector"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// The model is what the records should say, kept in the simplest way: no versions
// of a file, no buttons, no conversations, only what the acts of people mean.
type model struct {
	firms    []*modelFirm
	issued   map[sector.Month]int // receipts
	queue    []sector.Receipt     // in the order of sending
	requests []*modelRequest      // the first has the number 1
	acts     map[string]int       // how often each act had an effect
}

type modelFirm struct {
	who       transcript.Person
	bin       sector.BIN
	confirmed bool
	since     sector.Month
	reports   map[sector.Month]*modelReport
	drafts    map[sector.Month]sector.Figures
}

type modelReport struct {
	receipt  sector.Receipt
	state    sector.State
	versions []sector.Figures
	accepted int
	marks    []sector.Field
}

// modelRequest is a registration, or with a report a wish to correct it.
type modelRequest struct {
	firm    *modelFirm
	report  *modelReport
	lines   []sector.Field
	decided bool
}

// begin is the draft of a month as the form opens it.
func (f *modelFirm) begin(m sector.Month) sector.Figures {
	if d, ok := f.drafts[m]; ok {
		return d
	}
	if r := f.reports[m]; r != nil {
		return r.versions[len(r.versions)-1]
	}
	return sector.Figures{}
}

func (m *model) send(f *modelFirm, month sector.Month) {
	r := f.reports[month]
	if r == nil {
		m.issued[month]++
		r = &modelReport{receipt: sector.NewReceipt(month, m.issued[month])}
		f.reports[month] = r
	}
	r.versions = append(r.versions, f.begin(month).Clone())
	r.state, r.marks = sector.StateSent, nil
	delete(f.drafts, month)
	m.queue = append(m.queue, r.receipt)
	m.acts["send"]++
}

func (m *model) dequeue(r *modelReport) {
	m.queue = slices.DeleteFunc(m.queue, func(q sector.Receipt) bool { return q == r.receipt })
}

func (m *model) accept(r *modelReport, version int) {
	if r.state != sector.StateSent || version != len(r.versions) {
		m.acts["accept in vain"]++
		return
	}
	r.state, r.accepted = sector.StateAccepted, version
	m.dequeue(r)
	m.acts["accept"]++
}

func (m *model) giveBack(r *modelReport, version int, lines []sector.Field) {
	if r.state != sector.StateSent || version != len(r.versions) {
		m.acts["return in vain"]++
		return
	}
	r.state, r.marks = sector.StateReturned, lines
	m.dequeue(r)
	m.forget(r)
	m.acts["return"]++
}

func (m *model) withdraw(r *modelReport) {
	if r.accepted > 0 || r.state != sector.StateSent && r.state != sector.StateReturned {
		m.acts["withdraw in vain"]++
		return
	}
	r.state, r.marks = sector.StateWithdrawn, nil
	m.dequeue(r)
	m.forget(r)
	m.acts["withdraw"]++
}

// forget drops the draft of a report.
func (m *model) forget(r *modelReport) {
	for _, f := range m.firms {
		if f.reports[r.receipt.Month()] == r {
			delete(f.drafts, r.receipt.Month())
		}
	}
}

func (m *model) decide(number int, allow bool) {
	q := m.requests[number-1]
	switch {
	case q.decided:
		m.acts["decide in vain"]++
	case q.report == nil:
		q.decided, q.firm.confirmed = true, true
		m.acts["confirm"]++
	case !allow:
		q.decided = true
		m.acts["refuse"]++
	case q.report.state == sector.StateAccepted:
		q.decided = true
		q.report.state, q.report.marks = sector.StateReturned, q.lines
		m.acts["reopen"]++
	default: // it was opened for another wish; this one waits until it is accepted again
		m.acts["reopen in vain"]++
	}
}

func (m *model) reports() (all []*modelReport) {
	for _, f := range m.firms {
		for month := (sector.Month{Year: 2026, Month: time.January}); month.Year == 2026; month = month.Add(1) {
			if r := f.reports[month]; r != nil {
				all = append(all, r)
			}
		}
	}
	return all
}

// verify compares the records with the model.
func (m *model) verify(t *testing.T, db *storage.DB, after string) {
	t.Helper()
	err := db.View(t.Context(), func(v *storage.View) error {
		numbers := map[sector.Month][]sector.Receipt{}
		for _, f := range m.firms {
			e, ok, err := v.EnterpriseByBIN(f.bin)
			if err != nil || !ok {
				return fmt.Errorf("no enterprise %s: %w", f.bin, err)
			}
			if got := e.Standing == sector.StandingConfirmed; got != f.confirmed {
				t.Errorf("%s is %s, confirmed in the model: %t", f.bin, e.Standing, f.confirmed)
			}
			stored, err := v.Submissions(e.ID)
			if err != nil {
				return err
			}
			if len(stored) != len(f.reports) {
				t.Errorf("%s has %d reports, want %d", f.bin, len(stored), len(f.reports))
			}
			for _, s := range stored {
				numbers[s.Month] = append(numbers[s.Month], s.Receipt)
				if r := f.reports[s.Month]; r == nil {
					t.Errorf("%s of %s is not in the model", s.Receipt, f.bin)
				} else if got, want := told(s), r.told(); got != want {
					t.Errorf("%s is\n%s\nwant\n%s", s.Receipt, got, want)
				}
			}
		}
		for month, receipts := range numbers {
			slices.Sort(receipts)
			for i, r := range receipts {
				if r != sector.NewReceipt(month, i+1) {
					t.Errorf("receipts of %s are %s", month, receipts)
				}
			}
		}
		waiting, err := v.Waiting(1000)
		if !slices.Equal(waiting, m.queue) {
			t.Errorf("the queue is %s, want %s", waiting, m.queue)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if t.Failed() {
		t.Fatalf("after: %s", after)
	}
}

// told and modelReport.told say the same of the same report.
func told(s sector.Submission) string {
	r := modelReport{receipt: s.Receipt, state: s.State, accepted: s.Accepted}
	for i, v := range s.Versions {
		if v.Number != i+1 {
			return fmt.Sprintf("%s: version %d stands in place %d", s.Receipt, v.Number, i+1)
		}
		r.versions = append(r.versions, v.Figures)
	}
	for _, mark := range s.Marks {
		r.marks = append(r.marks, mark.Field)
	}
	return r.told()
}

func (r *modelReport) told() string {
	text := fmt.Sprintf("%s %s, counts: %d, marked: %s", r.receipt, r.state, r.accepted, r.marks)
	for _, v := range r.versions {
		text += "\n"
		for _, line := range monthLines() {
			text += fmt.Sprintf(" %s=%s", line, v.Get(line))
		}
		text += fmt.Sprintf(" products=%s note=%q reasons=%s", v.ProductsOf(), v.Note, v.Reasons)
	}
	return text
}

// monthLines are the lines of a sewing shop, without the note.
func monthLines() []sector.Field {
	lines := sector.Lines([]sector.Product{sector.ProductGarments})
	return lines[:len(lines)-1]
}

// TestOwnersModel does what owners and officials do, at random and at the wrong
// time, through the router; the records must agree with the model after every act.
func TestOwnersModel(t *testing.T) {
	const seeds, acts = 40, 100
	total := map[string]int{}
	var mu sync.Mutex
	t.Run("seeds", func(t *testing.T) {
		for seed := range uint64(seeds) {
			t.Run(fmt.Sprint(seed), func(t *testing.T) {
				t.Parallel() // much of the time is spent waiting
				done := playModel(t, seed, acts)
				mu.Lock()
				defer mu.Unlock()
				for name, n := range done {
					total[name] += n
				}
			})
		}
	})
	for _, name := range []string{
		"send", "accept", "return", "withdraw", "reopen", "confirm", "refuse", "mend", "send twice", "stale",
		"accept in vain", "return in vain", "withdraw in vain", "reopen in vain", "decide in vain",
	} {
		if total[name] == 0 && !t.Failed() {
			t.Errorf("%q never happened in %d acts", name, seeds*acts)
		}
	}
	t.Log(total)
}

// playModel plays one seed and returns how often each act had an effect.
func playModel(t *testing.T, seed uint64, acts int) map[string]int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "maqta.db")
	p := newPlayer(t, newRouterWorld(t, path), rand.New(rand.NewPCG(seed, 4)))
	for range acts {
		name := p.act()
		p.model.verify(t, p.w.db, name)
	}
	for _, row := range dumpOf(t, p.w.db)["quarantine"] {
		t.Errorf("quarantined: %s", row)
	}
	storagetest.Close(t, p.w.db)
	checked, err := storage.CheckFile(path)
	if err != nil || len(checked.Faults) > 0 {
		t.Errorf("maqta check: %v, %s", err, checked.Faults)
	}
	return p.model.acts
}
