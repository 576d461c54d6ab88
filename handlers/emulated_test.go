package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
	"maqta/bot/transcript"
	"maqta/handlers"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// emulatedWorld plays a script through the emulator and the real client, on the
// fake clock of synctest.
type emulatedWorld struct {
	t       *testing.T
	path    string
	db      *storage.DB
	router  *handlers.Router
	bot     *bot.Bot
	server  *emulator.Server
	base    time.Duration // from the bubble's clock to the script's
	stop    context.CancelFunc
	done    chan error
	people  map[int64]*emulator.Person
	chats   map[int64][]emulator.Message // as last seen
	notices map[int64]int
	queries []string
}

func playEmulated(t *testing.T, s transcript.Script) (played transcript.Script) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "maqta.db")
	mind(t) // outside the bubble: it is shared with other tests
	synctest.Test(t, func(t *testing.T) {
		w := &emulatedWorld{
			t: t, path: path, people: map[int64]*emulator.Person{}, chats: map[int64][]emulator.Message{}, notices: map[int64]int{},
		}
		w.server = emulator.New(emulator.Options{Now: w.now})
		w.start()
		p, err := transcript.Play(s, w, firstPerson(s))
		w.halt()
		if err != nil {
			t.Fatal(err)
		}
		for _, warning := range w.server.Warnings() {
			t.Errorf("the emulator warns: %s", warning)
		}
		for _, c := range w.server.Log() {
			// Buttons that are taken off twice are no fault: the sender takes it for done.
			if c.Status >= http.StatusBadRequest && !strings.Contains(string(c.Answer), "message is not modified") {
				t.Errorf("Telegram would refuse %s %v: %s", c.Method, c.Params, c.Answer)
			}
		}
		played = p.Script
	})
	return played
}

func (w *emulatedWorld) now() time.Time { return time.Now().Add(w.base) }

func (w *emulatedWorld) start() {
	w.db = storagetest.OpenAt(w.t, w.path)
	w.router = newRouter(w.t, w.db, true)
	b, err := bot.New(bot.Config{
		Token: emulator.Token, Transport: w.server.Client().Transport, Pace: bot.PaceOff, Now: w.now,
		Rand: func() float64 { return 0.5 }, Log: quiet(),
	}, sink{w.router, w.now}, w.db, drawer{mind(w.t)})
	if err != nil {
		w.t.Fatal(err)
	}
	w.bot = b
	ctx, stop := context.WithCancel(context.Background())
	w.stop, w.done = stop, make(chan error, 1)
	go func() { w.done <- b.Run(ctx) }()
	w.settle()
}

func (w *emulatedWorld) halt() {
	w.stop()
	if err := <-w.done; err != nil {
		w.t.Errorf("the bot stopped: %v", err)
	}
	storagetest.Close(w.t, w.db)
}

// settle lets the bot do what it will do.
func (w *emulatedWorld) settle() {
	time.Sleep(settled) // on the bubble's clock: takes no time
	synctest.Wait()
}

func (w *emulatedWorld) Restart() error {
	w.halt()
	w.start()
	return nil
}

func (w *emulatedWorld) Set(at time.Time) error {
	if ahead := at.Sub(w.now()); w.base == 0 {
		w.base = ahead
	} else if ahead > longPause {
		// Days of empty polls show nothing: the bot sleeps through them.
		w.halt()
		w.base += ahead
		w.start()
	} else if ahead > 0 {
		time.Sleep(ahead)
	}
	synctest.Wait()
	if ticking(w.t) {
		if err := w.router.Tick(w.t.Context(), w.now()); err != nil {
			return err
		}
		w.bot.Wake()
		w.settle()
	}
	return nil
}

// longPause is how long a script may wait with the bot running.
const longPause = time.Hour

func (w *emulatedWorld) person(p transcript.Person) *emulator.Person {
	e, ok := w.people[p.ID]
	if !ok {
		e = w.server.Person(emulator.Profile{ID: p.ID, FirstName: p.Name, LanguageCode: p.Lang})
		w.people[p.ID] = e
	}
	return e
}

func (w *emulatedWorld) Do(p transcript.Person, a transcript.Action) (int64, error) {
	e := w.person(p)
	if p.Chat != 0 {
		return 0, fmt.Errorf("groups are not played through the emulator")
	}
	var mine int64
	switch a.Kind {
	case transcript.Say:
		mine = e.Say(a.Text)
	case transcript.Reply:
		mine = e.Reply(a.Message, a.Text)
	case transcript.Edit:
		if err := e.Edit(a.Message, a.Text); err != nil {
			return 0, err
		}
	case transcript.Tap:
		e.TapData(a.Message, a.Data)
	case transcript.Upload:
		mine = e.Upload(a.Text, "application/octet-stream", a.Bytes)
	case transcript.Other:
		mine = e.Wordless(a.Text)
	case transcript.Block:
		e.Block()
	case transcript.Unblock:
		e.Unblock()
	case transcript.Inline:
		w.queries = append(w.queries, e.InlineQuery(a.Text))
	case transcript.At, transcript.Wait, transcript.As, transcript.Restart:
	}
	w.settle()
	return mine, nil
}

func (w *emulatedWorld) Seen(p transcript.Person) ([]transcript.Shown, error) {
	e := w.person(p)
	var shown []transcript.Shown
	notices := e.Notices()
	for _, n := range notices[w.notices[p.ID]:] {
		s := transcript.Shown{Kind: transcript.Notice, Text: n.Text}
		if n.Alert {
			s.Kind = transcript.Alert
		}
		shown = append(shown, s)
	}
	w.notices[p.ID] = len(notices)
	for _, id := range w.queries {
		answer, ok := e.Results(id)
		if !ok {
			continue
		}
		for _, r := range answer.Results {
			shown = append(shown, transcript.Shown{Kind: transcript.Card, Text: r.Title + "\n" + r.Description})
		}
	}
	w.queries = nil
	before := w.chats[p.ID]
	w.chats[p.ID] = slices.Clone(e.Chat())
	for _, m := range w.chats[p.ID] {
		if !m.FromBot {
			continue
		}
		old := slices.IndexFunc(before, func(o emulator.Message) bool { return o.ID == m.ID })
		switch {
		case old < 0:
			shown = append(shown, shownOf(m, transcript.New))
		case before[old].HTML != m.HTML:
			shown = append(shown, shownOf(m, transcript.Edited))
		case len(before[old].Rows) > 0 && len(m.Rows) == 0:
			shown = append(shown, transcript.Shown{Kind: transcript.Closed, ID: m.ID})
		case !m.Edited.Equal(before[old].Edited):
			shown = append(shown, shownOf(m, transcript.Edited))
		}
	}
	return shown, nil
}

func shownOf(m emulator.Message, kind transcript.ShownKind) transcript.Shown {
	s := transcript.Shown{Kind: kind, ID: m.ID, Text: m.Text}
	switch {
	case m.Photo != nil:
		s.Media = "picture"
	case m.Document != nil:
		s.Media = "file " + m.Document.Name
	}
	for _, row := range m.Rows {
		var buttons []transcript.Button
		for _, b := range row {
			t := transcript.Button{Label: b.Text, Data: b.Data}
			switch {
			case b.URL != "":
				t.Does = b.URL
			case b.Copy != "":
				t.Does = "copy " + b.Copy
			case b.Inline != nil:
				t.Does = "inline " + *b.Inline
			}
			buttons = append(buttons, t)
		}
		s.Rows = append(s.Rows, buttons)
	}
	return s
}

func (w *emulatedWorld) Stored() ([]string, error) { return stored(w.t, w.db), nil }

// sink and drawer join the router to the bot as the program does.
type sink struct {
	*handlers.Router
	now func() time.Time
}

func (s sink) Quarantine(ctx context.Context, raw []byte, cause error) error {
	return s.Router.Quarantine(ctx, raw, s.now(), cause)
}

type drawer struct{ mind *handlers.Mind }

func (d drawer) Draw(_ context.Context, f chat.File) ([]byte, error) { return d.mind.Draw(f) }
