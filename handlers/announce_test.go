package handlers_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/handlers"
	"maqta/sector/facts"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// edition is the embedded edition with changed lines of facts.csv.
func edition(t *testing.T, change func(csv string) string) *handlers.Mind {
	t.Helper()
	embedded, err := facts.Files()
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range []string{"facts.csv", "sources.csv", "statements.csv", "regions.csv"} {
		data, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "facts.csv" {
			data = []byte(change(string(data)))
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	book, err := facts.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	m, err := handlers.NewMindOf(book, transcript.Almaty())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestAnnounce is C-3: who got a figure that is corrected, or asked for what is
// now known, is told exactly once, in their own language; nobody else is.
func TestAnnounce(t *testing.T) {
	db := storagetest.Open(t)
	serve := func(m *handlers.Mind) *handlers.Router {
		r := handlers.New(handlers.Config{Store: db, Mind: m, Log: quiet()})
		if err := r.Announce(t.Context(), morning.AddDate(0, 1, 0)); err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := serve(mind(t))
	people := []struct {
		id   int64
		lang chat.Lang
		ask  string
		then string // the data of a button that is pressed next
	}{
		{1, chat.Kazakh, "Иірілген жіп 2025 жылы қанша шығарылды?", ""},
		{2, chat.Russian, "сколько пряжи выпустили в 2019 году?", "w:yarn-2019"},
		{3, chat.English, "How much cotton fibre was produced in 2025?", ""},
		{4, chat.English, "How much yarn was produced in 2025?", "s:quiet"},
	}
	id := 0
	for _, p := range people {
		for _, in := range []chat.Input{chat.Said{Text: p.ask}, chat.Tapped{Query: "q", Data: p.then, Message: 9}} {
			id++
			u := asks(id, p.id, "")
			u.Lang, u.In = p.lang, in
			if tap, ok := in.(chat.Tapped); ok && tap.Data == "" {
				continue
			}
			if err := first.Apply(t.Context(), []chat.Update{u}); err != nil {
				t.Fatal(err)
			}
		}
	}
	drain(t, db)

	corrected := edition(t, func(csv string) string {
		lines := strings.Split(csv, "\n")
		i := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "yarn_output,2025,") })
		lines[i] = strings.Replace(lines[i], ",500,", ",510,", 1)
		old := strings.Replace(strings.Replace(lines[i], "2025", "2019", 1), ",510,", ",470,", 1)
		return strings.Join(append(lines[:i+1:i+1], append([]string{old}, lines[i+1:]...)...), "\n")
	})
	serve(corrected)
	got := said(t, db)
	// The second person was shown 500 as the nearest known figure, so it is
	// corrected for them too.
	want := []struct {
		to    chat.ChatID
		holds []string
	}{{1, []string{"500", "510", "түзетілді"}}, {2, []string{"500", "510", "исправлен"}}, {2, []string{"470", "2019", "Появились данные"}}}
	if len(got) != len(want) {
		for _, m := range got {
			t.Logf("to %d: %s", m.To, m.HTML)
		}
		t.Fatalf("%d notices, want %d", len(got), len(want))
	}
	for i, w := range want {
		for _, part := range w.holds {
			if !strings.Contains(got[i].HTML, part) || got[i].To != w.to || !got[i].Bulk {
				t.Errorf("notice %d to %d: %q, want %q in one to %d", i, got[i].To, got[i].HTML, part, w.to)
			}
		}
	}
	drain(t, db)
	serve(corrected)
	if again := said(t, db); len(again) != 0 {
		t.Errorf("told again: %+v", again)
	}
	err := db.View(t.Context(), func(v *storage.View) error {
		w, err := v.Watches("")
		if len(w) != 0 {
			t.Errorf("wishes left: %+v", w)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnnounceWithdrawn(t *testing.T) {
	db := storagetest.Open(t)
	r := handlers.New(handlers.Config{Store: db, Mind: mind(t), Log: quiet()})
	if err := r.Announce(t.Context(), morning); err != nil {
		t.Fatal(err)
	}
	if err := r.Apply(t.Context(), []chat.Update{asks(1, 1, "How much cotton fabric was made in 2021?")}); err != nil {
		t.Fatal(err)
	}
	drain(t, db)
	without := edition(t, func(csv string) string {
		lines := strings.Split(csv, "\n")
		return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, "cotton_fabric_output,2021,") }), "\n")
	})
	for range 2 {
		r := handlers.New(handlers.Config{Store: db, Mind: without, Log: quiet()})
		if err := r.Announce(t.Context(), morning.Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if got := said(t, db); len(got) != 1 || !strings.Contains(got[0].HTML, "withdrawn") || !strings.Contains(got[0].HTML, "20.5") {
		t.Errorf("notices: %+v, want one that says what was withdrawn", got)
	}
}
