package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
)

// store is a small complete world behind the bot, kept in memory: it answers
// updates, each id once, and keeps rows, results and quarantine as a real one
// would. It survives a bot, so that a restart can be played.
type store struct {
	answer func(chat.Update) []chat.Message // what is said to an update

	mu         sync.Mutex
	seen       map[chat.UpdateID]bool
	applied    []chat.Update
	batches    []int
	rows       map[chat.Seq]*chat.Outgoing
	last       chat.Seq
	log        []chat.Delivery // everything settled, in order
	settles    int             // calls of Settle
	sent       map[string]chat.MessageID
	fileIDs    map[string]string
	parked     map[chat.ChatID]bool
	quarantine []string
	drawn      int
	applyErr   error // returned by the next applies while set
	settleErr  error
	applying   func() // called inside Apply, for what must happen during it
}

func newStore(answer func(chat.Update) []chat.Message) *store {
	return &store{
		answer: answer, seen: map[chat.UpdateID]bool{}, rows: map[chat.Seq]*chat.Outgoing{},
		sent: map[string]chat.MessageID{}, fileIDs: map[string]string{}, parked: map[chat.ChatID]bool{},
	}
}

// echo answers a text with itself, and a press with a notice.
func echo(u chat.Update) []chat.Message {
	switch in := u.In.(type) {
	case chat.Said:
		return []chat.Message{{Act: chat.Send, To: u.Chat, HTML: "echo " + in.Text}}
	case chat.Tapped:
		return []chat.Message{{Act: chat.Answer, To: u.Chat, Query: in.Query, HTML: "pressed"}}
	}
	return nil
}

func (s *store) Apply(_ context.Context, batch []chat.Update) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.applying != nil {
		s.applying()
	}
	if s.applyErr != nil {
		return s.applyErr
	}
	s.batches = append(s.batches, len(batch))
	for _, u := range batch {
		if s.seen[u.ID] {
			continue
		}
		s.seen[u.ID] = true
		s.applied = append(s.applied, u)
		if _, ok := u.In.(chat.Unblocked); ok {
			delete(s.parked, u.Chat)
		}
		for _, m := range s.answer(u) {
			s.add(m)
		}
	}
	return nil
}

func (s *store) add(m chat.Message) {
	s.last++
	row := &chat.Outgoing{Seq: s.last, Message: m}
	if m.File != nil {
		row.FileID = s.fileIDs[fileName(m.File)]
	}
	s.rows[s.last] = row
}

func fileName(f *chat.File) string { return fmt.Sprint(f.Kind, f.Lang, f.Photo, f.Params) }

// say queues messages as a digest would.
func (s *store) say(messages ...chat.Message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range messages {
		s.add(m)
	}
}

func (s *store) Quarantine(_ context.Context, raw []byte, cause error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quarantine = append(s.quarantine, string(raw)+": "+cause.Error())
	return nil
}

func (s *store) Due(_ context.Context, after chat.Seq, most int) ([]chat.Outgoing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []chat.Outgoing
	for seq := after + 1; seq <= s.last && len(due) < most; seq++ {
		if row := s.rows[seq]; row != nil {
			due = append(due, *row)
		}
	}
	return due, nil
}

func (s *store) Settle(_ context.Context, done []chat.Delivery) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.settleErr != nil {
		return s.settleErr
	}
	s.settles++
	for _, d := range done {
		s.log = append(s.log, d)
		switch d.Outcome {
		case chat.Sent, chat.Stale, chat.Refused:
			delete(s.rows, d.Seq)
		case chat.Postponed:
			if row := s.rows[d.Seq]; row != nil {
				row.Attempts++
				row.NotBefore = d.Retry
			}
		case chat.Unreachable:
			s.parked[d.Chat] = true
			maps.DeleteFunc(s.rows, func(_ chat.Seq, r *chat.Outgoing) bool { return r.Message.To == d.Chat })
		case chat.Relocated:
			for _, r := range s.rows {
				if r.Message.To == d.Chat {
					r.Message.To = d.MovedTo
				}
			}
		}
		if d.Token != "" && d.Outcome == chat.Sent {
			s.sent[fmt.Sprint(d.Chat, d.Token)] = d.Message
		}
		if d.FileID != "" {
			s.fileIDs[fileName(d.File)] = d.FileID
		}
	}
	return nil
}

func (s *store) SentAs(_ context.Context, to chat.ChatID, token string) (chat.MessageID, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent[fmt.Sprint(to, token)], nil
}

// Draw draws what its description says; a chart is a real little picture.
func (s *store) Draw(_ context.Context, f chat.File) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drawn++
	switch f.Kind {
	case "broken":
		return nil, errors.New("no such figure")
	case "panicking":
		panic("division by zero")
	case "chart":
		return picture(), nil
	}
	return []byte("sheet of " + f.Params["of"]), nil
}

// outcomes counts how rows ended.
func (s *store) outcomes() map[chat.DeliveryOutcome]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := map[chat.DeliveryOutcome]int{}
	for _, d := range s.log {
		n[d.Outcome]++
	}
	return n
}

func (s *store) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.rows)
}

func (s *store) inputs() []chat.Input {
	s.mu.Lock()
	defer s.mu.Unlock()
	in := make([]chat.Input, len(s.applied))
	for i, u := range s.applied {
		in[i] = u.In
	}
	return in
}

// world is a bot, its store and Telegram, inside a synctest bubble, where time
// passes only while everybody waits.
type world struct {
	t     *testing.T
	tg    *emulator.Server
	store *store
	cfg   bot.Config
	bot   *bot.Bot
	logs  *bytes.Buffer
	stop  context.CancelFunc
	ended chan error
}

// play runs a test against a running bot in a bubble and checks that it stops
// cleanly, keeps silence when asked, and never shows the token.
func play(t *testing.T, answer func(chat.Update) []chat.Message, change func(*bot.Config), test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, answer, change)
		w.start()
		test(w)
		if w.stop != nil {
			w.halt()
		}
		w.check()
	})
}

func newWorld(t *testing.T, answer func(chat.Update) []chat.Message, change func(*bot.Config)) *world {
	t.Helper()
	w := &world{t: t, store: newStore(answer), logs: new(bytes.Buffer)}
	w.tg = emulator.New(emulator.Options{Now: time.Now, Bot: emulator.BotProfile{Username: "maqta_bot"}})
	w.cfg = bot.Config{
		Token: emulator.Token, Transport: w.tg.Client().Transport, API: "http://telegram.test",
		Now: time.Now, Rand: func() float64 { return 0.5 },
		Log: slog.New(slog.NewTextHandler(&lockedWriter{w: w.logs}, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&w.cfg)
	}
	return w
}

type lockedWriter struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func (w *world) start() {
	w.t.Helper()
	b, err := bot.New(w.cfg, w.store, w.store, w.store)
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.t.Context())
	w.bot, w.stop, w.ended = b, cancel, make(chan error, 1)
	go func() { w.ended <- b.Run(ctx) }()
	synctest.Wait()
}

func (w *world) halt() {
	w.t.Helper()
	w.stop()
	w.stop = nil
	if err := <-w.ended; err != nil {
		w.t.Errorf("Run = %v after an ordinary stop", err)
	}
}

func (w *world) check() {
	w.t.Helper()
	if n := w.tg.EarlyRetries(); n != 0 {
		w.t.Errorf("%d calls were made while telegram had asked for silence", n)
	}
	for _, warning := range w.tg.Warnings() {
		w.t.Errorf("telegram would frown: %s", warning)
	}
	if _, secret, _ := strings.Cut(emulator.Token, ":"); strings.Contains(w.logs.String(), secret) {
		w.t.Error("the log holds the token")
	}
}

// after lets time pass and everything settle.
func (w *world) after(d time.Duration) {
	time.Sleep(d) // the bubble's time
	synctest.Wait()
}

// person is somebody who has a chat with the bot.
func (w *world) person(id int64) *emulator.Person {
	return w.tg.Person(emulator.Profile{ID: id, FirstName: "Айша", LanguageCode: "kk"})
}

// heard lists what the bot wrote in a person's chat.
func heard(p *emulator.Person) []string {
	var texts []string
	for _, m := range p.Chat() {
		if m.FromBot {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

// calls counts the calls of a method.
func (w *world) calls(method string) int {
	n := 0
	for _, c := range w.tg.Log() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// picture is a real little picture.
func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 100))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// transport is a network made of one function.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// answer is an HTTP answer with a body.
func answer(status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Header: http.Header{}, ContentLength: int64(len(body)),
		Body: io.NopCloser(strings.NewReader(body)),
	}
}
