package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"maqta/bot"
	"maqta/bot/emulator"
)

func TestAnswersInOrder(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		for _, s := range []string{"бір", "екі", "үш"} {
			p.Say(s)
		}
		w.after(time.Second)
		if got := heard(p); !slices.Equal(got, []string{"echo бір", "echo екі", "echo үш"}) {
			t.Errorf("heard %q", got)
		}
		if n := w.store.left(); n != 0 {
			t.Errorf("%d rows were not settled", n)
		}
		self, ok := w.bot.Self()
		if !ok || self.Name != "maqta_bot" || self.ID == 0 {
			t.Errorf("self is %+v, %v", self, ok)
		}
	})
}

// Many chats, many messages each, answers of uneven speed: nobody's answers
// overtake each other, and chats do not wait for each other.
func TestOrderUnderLoad(t *testing.T) {
	off := func(c *bot.Config) { c.Pace = bot.PaceOff }
	play(t, echo, off, func(w *world) {
		w.tg.Faults().Every("sendMessage", 3, emulator.Slow(300*time.Millisecond))
		w.tg.Faults().Sometimes("sendMessage", 0.1, emulator.BadGateway())
		var people []*emulator.Person
		for id := range 20 {
			people = append(people, w.person(int64(id+1)))
		}
		var want []string
		for i := range 15 {
			text := strings.Repeat("а", i+1)
			want = append(want, "echo "+text)
			for _, p := range people {
				p.Say(text)
			}
		}
		w.after(2 * time.Minute)
		for _, p := range people {
			if got := heard(p); !slices.Equal(got, want) {
				t.Errorf("person %d heard %d answers in another order: %q", p.Profile().ID, len(got), got)
			}
		}
	})
}

func TestPollAsksForWhatItWants(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.person(1).Say("сәлем")
		w.after(2 * time.Minute)
		polls := 0
		for _, c := range w.tg.Log() {
			if c.Method != "getUpdates" {
				continue
			}
			polls++
			var kinds []string
			if err := json.Unmarshal([]byte(c.Params["allowed_updates"]), &kinds); err != nil || !slices.Contains(kinds, "my_chat_member") {
				t.Errorf("allowed_updates = %q", c.Params["allowed_updates"])
			}
			if polls == 1 && c.Params["offset"] != "" {
				t.Errorf("the first poll has offset %s", c.Params["offset"])
			}
			if c.Params["timeout"] != "50" {
				t.Errorf("timeout = %s", c.Params["timeout"])
			}
		}
		if polls < 3 || polls > 5 {
			t.Errorf("%d polls in two minutes", polls)
		}
	})
}

// An update is confirmed only after its effect is durable: while the store
// fails it stays at Telegram, and nothing spins.
func TestFailedCommitKeepsTheUpdate(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.store.mu.Lock()
		w.store.applyErr = errors.New("disk full")
		w.store.mu.Unlock()
		p := w.person(1)
		p.Say("сәлем")
		w.after(time.Minute)
		if w.tg.Pending() != 1 {
			t.Fatalf("%d updates wait at telegram, want the one", w.tg.Pending())
		}
		if n := w.calls("getUpdates"); n > 15 {
			t.Errorf("%d polls in a minute of failures", n)
		}
		w.store.mu.Lock()
		w.store.applyErr = nil
		w.store.mu.Unlock()
		w.after(time.Minute)
		if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("heard %q", got)
		}
	})
}

func TestUnknownAndUndecodableUpdates(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.tg.Inject(json.RawMessage(`{"telepathy":{"strength":9}}`))
		w.tg.Inject(json.RawMessage(`{"message":{"message_id":"seven"}}`))
		w.tg.Inject(json.RawMessage(`{"message":{"message_id":1,"date":1,"chat":{"id":0,"type":"private"},"text":"x"}}`))
		p := w.person(1)
		p.Say("сәлем")
		w.after(time.Minute)
		if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("heard %q", got)
		}
		if n := len(w.store.quarantine); n != 2 {
			t.Errorf("%d updates in quarantine, want 2: %q", n, w.store.quarantine)
		}
		if n := w.tg.Pending(); n != 0 {
			t.Errorf("%d updates not confirmed", n)
		}
	})
}

// After a quiet week ids begin again, lower.
func TestLowerIDsAfterAQuietWeek(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Say("бір")
		w.after(8 * 24 * time.Hour)
		polls := w.tg.Log()
		if last := polls[len(polls)-1]; last.Method != "getUpdates" || last.Params["offset"] != "" {
			t.Errorf("after a quiet week %s with offset %q, which may hide lower ids", last.Method, last.Params["offset"])
		}
		w.tg.RestartIDs()
		p.Say("екі")
		w.after(time.Minute)
		p.Say("үш")
		w.after(time.Minute)
		if got := heard(p); !slices.Equal(got, []string{"echo бір", "echo екі", "echo үш"}) {
			t.Errorf("heard %q", got)
		}
		w.store.mu.Lock()
		defer w.store.mu.Unlock()
		if ids := w.store.applied; len(ids) != 3 || ids[1].ID > ids[0].ID {
			t.Errorf("the ids did not begin again: %v", ids)
		}
	})
}

// Should Telegram send a lower id although the offset is higher, it is taken and
// confirmed like any other.
func TestLowerIDIsConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		w.person(1).Start("") // known to the emulator, which takes the answers
		updates := []string{`{"update_id":100,"telepathy":{}}`, `{"update_id":5,"telepathy":{}}`}
		var offsets []string
		w.cfg.Transport = transport(func(r *http.Request) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, "/getUpdates") {
				return w.tg.Client().Transport.RoundTrip(r)
			}
			offsets = append(offsets, r.FormValue("offset"))
			if len(offsets) <= len(updates) {
				return answer(http.StatusOK, `{"ok":true,"result":[`+updates[len(offsets)-1]+`]}`), nil
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		w.start()
		w.after(2 * time.Second)
		w.halt()
		if want := []string{"", "101", "6"}; !slices.Equal(offsets, want) {
			t.Errorf("polled from %q, want %q", offsets, want)
		}
	})
}

func TestPollSurvivesFaults(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.tg.Faults().Next("getUpdates", emulator.BadGateway(), emulator.Fault{Cut: emulator.CutBefore},
			emulator.Fault{Cut: emulator.CutAfter}, emulator.Fault{Cut: emulator.CutMidway}, emulator.TooMany(7),
			emulator.Refused(500, "Internal Server Error: restart"))
		p := w.person(1)
		p.Say("бір") // ends the poll under way
		w.after(2 * time.Minute)
		p.Say("екі")
		w.after(2 * time.Minute)
		if got := heard(p); !slices.Equal(got, []string{"echo бір", "echo екі"}) {
			t.Errorf("heard %q", got)
		}
	})
}

func TestStartSurvivesFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		w.tg.Faults().Next("getMe", emulator.BadGateway(), emulator.TooMany(20), emulator.Fault{Cut: emulator.CutBefore})
		w.tg.Faults().Next("deleteWebhook", emulator.BadGateway())
		p := w.person(1)
		p.Say("сәлем")
		w.start()
		w.after(time.Minute)
		if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("heard %q", got)
		}
		w.halt()
		w.check()
	})
}

func TestWebhookIsRemoved(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.tg.Faults().Next("getUpdates", emulator.Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"))
		p := w.person(1)
		p.Say("бір")
		w.after(time.Minute)
		p.Say("екі")
		w.after(time.Minute)
		if n := w.calls("deleteWebhook"); n != 2 {
			t.Errorf("deleteWebhook was called %d times, want at the start and after the conflict", n)
		}
		for _, c := range w.tg.Log() {
			if c.Method == "deleteWebhook" && c.Params["drop_pending_updates"] != "false" {
				t.Errorf("drop_pending_updates = %q", c.Params["drop_pending_updates"])
			}
		}
		if got := heard(p); len(got) != 2 {
			t.Errorf("heard %q", got)
		}
	})
}

func TestSecondPollerIsReported(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		conflict := emulator.Refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		w.tg.Faults().Every("getUpdates", 1, conflict)
		w.person(1).Say("бір") // ends the poll under way
		w.after(time.Second)
		before := w.calls("getUpdates")
		w.after(time.Minute)
		if n := w.calls("getUpdates") - before; n < 2 || n > 6 {
			t.Errorf("%d polls in a minute of conflict", n)
		}
		if !strings.Contains(w.logs.String(), "another program polls with the same token") {
			t.Errorf("the log does not tell what is wrong: %s", w.logs)
		}
	})
}

func TestInvalidTokenStops(t *testing.T) {
	for name, fault := range map[string]emulator.Fault{
		"revoked":   emulator.Refused(401, "Unauthorized"),
		"malformed": emulator.Refused(404, "Not Found"),
	} {
		for _, method := range []string{"getMe", "getUpdates"} {
			t.Run(name+" "+method, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWorld(t, echo, nil)
					w.tg.Faults().Next(method, fault)
					w.start()
					err := <-w.ended
					w.stop()
					if !errors.Is(err, bot.ErrToken) || !strings.Contains(err.Error(), "@BotFather") {
						t.Errorf("Run = %v, want what to do about the token", err)
					}
					w.check()
				})
			})
		}
	}
	t.Run("while sending", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, echo, nil)
			w.tg.Faults().Next("sendMessage", emulator.Refused(401, "Unauthorized"))
			w.person(1).Say("сәлем")
			w.start()
			if err := <-w.ended; !errors.Is(err, bot.ErrToken) {
				t.Errorf("Run = %v", err)
			}
			w.stop()
			if w.store.left() != 1 {
				t.Error("the answer was lost")
			}
			if w.tg.Pending() != 0 {
				t.Error("the applied update was not confirmed")
			}
		})
	})
}

// A stop finishes what is under way, records it and confirms the last batch:
// after the next start nothing is missing and nothing comes twice.
func TestStopLosesAndRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		w.tg.Faults().Every("sendMessage", 1, emulator.Slow(2*time.Second))
		people := []*emulator.Person{w.person(1), w.person(2), w.person(3)}
		w.start()
		for _, p := range people {
			p.Say("бір")
			p.Say("екі")
		}
		w.after(time.Second) // the first answer to each is under way
		began := time.Now()
		w.halt()
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("the stop took %s", took)
		}
		if n := w.tg.Pending(); n != 0 {
			t.Errorf("%d updates not confirmed", n)
		}
		if n := w.store.left(); n != 3 {
			t.Errorf("%d rows left, want the three not yet begun", n)
		}
		w.start()
		w.after(time.Minute)
		w.halt()
		for _, p := range people {
			if got := heard(p); !slices.Equal(got, []string{"echo бір", "echo екі"}) {
				t.Errorf("heard %q", got)
			}
		}
		w.check()
	})
}

// What was asked during a stop is finished: Apply is not interrupted.
func TestStopDuringApply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		p := w.person(1)
		w.start()
		w.store.mu.Lock()
		w.store.applying = func() { w.stop() }
		w.store.mu.Unlock()
		p.Say("сәлем")
		if err := <-w.ended; err != nil {
			t.Errorf("Run = %v", err)
		}
		if len(w.store.applied) != 1 || w.tg.Pending() != 0 {
			t.Errorf("applied %d, pending %d", len(w.store.applied), w.tg.Pending())
		}
		w.store.applying = nil
		w.start()
		w.after(time.Second)
		w.halt()
		if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// A request that does not end is given up at the deadline; its row stays.
func TestStopHasADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, func(c *bot.Config) { c.Drain = 5 * time.Second })
		w.tg.Faults().Next("sendMessage", emulator.Fault{Before: time.Hour})
		p := w.person(1)
		p.Say("сәлем")
		w.start()
		w.after(time.Second)
		began := time.Now()
		w.halt()
		if took := time.Since(began); took < 5*time.Second || took > 6*time.Second {
			t.Errorf("the stop took %s, want the deadline", took)
		}
		if w.store.left() != 1 {
			t.Error("the row was lost")
		}
		w.start()
		w.after(time.Second)
		w.halt()
		if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// Results that cannot be recorded are reported: they will be sent again.
func TestStopReportsUnrecordedResults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		w.store.settleErr = errors.New("disk full")
		w.person(1).Say("сәлем")
		w.start()
		w.after(time.Second)
		w.stop()
		if err := <-w.ended; err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Errorf("Run = %v, want the store's error", err)
		}
	})
}

// A store that fails for a while loses no result and repeats no message.
func TestSettlingIsTriedAgain(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.store.mu.Lock()
		w.store.settleErr = errors.New("disk full")
		w.store.mu.Unlock()
		p := w.person(1)
		p.Say("бір")
		w.after(5 * time.Second)
		p.Say("екі")
		w.after(5 * time.Second)
		w.store.mu.Lock()
		w.store.settleErr = nil
		w.store.mu.Unlock()
		w.after(5 * time.Second)
		if n := w.store.left(); n != 0 {
			t.Errorf("%d rows not settled", n)
		}
		if got := heard(p); !slices.Equal(got, []string{"echo бір", "echo екі"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// A server that answers polls at once and empty must not make us spin.
func TestEmptyPollsHaveAFloor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		n := 0 // polls come one after the other
		w.cfg.Transport = transport(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/getUpdates") {
				n++
				return answer(http.StatusOK, `{"ok":true,"result":[]}`), nil
			}
			return w.tg.Client().Transport.RoundTrip(r)
		})
		w.start()
		w.after(10 * time.Second)
		if n < 40 || n > 52 {
			t.Errorf("%d polls in ten seconds, want five a second", n)
		}
		w.halt()
	})
}

func TestNewRefuses(t *testing.T) {
	good := bot.Config{Token: "1:a", Now: time.Now, Rand: func() float64 { return 0 }, Log: newWorld(t, echo, nil).cfg.Log}
	for name, change := range map[string]func(*bot.Config){
		"no token":        func(c *bot.Config) { c.Token = "" },
		"token with line": func(c *bot.Config) { c.Token = "1:a\nb" },
		"token with path": func(c *bot.Config) { c.Token = "1:a/b" },
		"no clock":        func(c *bot.Config) { c.Now = nil },
		"no dice":         func(c *bot.Config) { c.Rand = nil },
		"no log":          func(c *bot.Config) { c.Log = nil },
		"odd pace":        func(c *bot.Config) { c.Pace = "fast" },
		"no address":      func(c *bot.Config) { c.API = "telegram" },
		"formatted":       func(c *bot.Config) { c.API = "http://host/%s" },
	} {
		t.Run(name, func(t *testing.T) {
			c := good
			change(&c)
			_, err := bot.New(c, nil, nil, nil)
			if err == nil {
				t.Fatal("accepted")
			}
			if c.Token != "" && strings.Contains(err.Error(), c.Token) {
				t.Errorf("the error holds the token: %v", err)
			}
		})
	}
	good.Token = " 1:a\n" // a file often ends with a line break
	if _, err := bot.New(good, nil, nil, nil); err != nil {
		t.Errorf("a token with blanks around it: %v", err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, nil)
		b, err := bot.New(w.cfg, w.store, w.store, w.store)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := b.Run(ctx); err != nil {
			t.Errorf("Run = %v", err)
		}
	})
}

// With nobody to reach and over real sockets, nothing that is put out holds the
// token: neither the log nor what Run returns.
func TestOutputHoldsNoToken(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; from="+r.URL.Path)
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html>"+r.URL.Path)
	}))
	defer page.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	for name, address := range map[string]string{"bad gateway": page.URL, "unreachable": closed} {
		t.Run(name, func(t *testing.T) {
			lines := make(chan string, 100)
			s := newStore(echo)
			s.say(send(1, "waiting"), chart(2))
			b, err := bot.New(bot.Config{
				Token: emulator.Token, API: address, Profile: profile(),
				Now: time.Now, Rand: func() float64 { return 0 },
				Log: slog.New(slog.NewJSONHandler(writer(func(p []byte) { lines <- string(p) }), &slog.HandlerOptions{Level: slog.LevelDebug})),
			}, s, s, s)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- b.Run(ctx) }()
			var output []string
			for range 10 {
				output = append(output, <-lines)
			}
			stop()
			if err := <-ended; err != nil {
				output = append(output, err.Error())
			}
			_, secret, _ := strings.Cut(emulator.Token, ":")
			if all := strings.Join(output, ""); strings.Contains(all, secret) || !strings.Contains(all, "telegram not reached") {
				t.Errorf("output %s", all)
			}
			for _, d := range s.log {
				if strings.Contains(d.Reason, secret) {
					t.Errorf("recorded %q", d.Reason)
				}
			}
		})
	}
}

type writer func([]byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

// The same over real sockets: a chat, then a clean stop.
func TestOverSockets(t *testing.T) {
	sent := make(chan string, 10)
	tg := emulator.New(emulator.Options{Now: time.Now, Observe: func(c emulator.Call) {
		if c.Method == "sendMessage" {
			sent <- c.Params["text"]
		}
	}})
	srv := httptest.NewServer(tg)
	defer srv.Close()
	s := newStore(echo)
	b, err := bot.New(bot.Config{
		Token: emulator.Token, API: srv.URL + "/", Now: time.Now,
		Rand: func() float64 { return 0.5 }, Log: slog.New(slog.DiscardHandler),
	}, s, s, s)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	p := tg.Person(emulator.Profile{ID: 1, FirstName: "Айша"})
	for _, text := range []string{"бір", "екі"} {
		p.Say(text)
		if got := <-sent; got != "echo "+text {
			t.Errorf("heard %q", got)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run = %v", err)
	}
	if tg.Pending() != 0 || s.left() != 0 {
		t.Errorf("%d updates not confirmed, %d rows not settled", tg.Pending(), s.left())
	}
}
