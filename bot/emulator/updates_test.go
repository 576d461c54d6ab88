package emulator

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func citizen(s *Server) *Person {
	return s.Person(Profile{ID: 7, FirstName: "Aigerim", LanguageCode: "kk"})
}

func ids(us []update) string {
	var out []string
	for _, u := range us {
		out = append(out, u.Message.Text)
	}
	return strings.Join(out, " ")
}

func poll(t testing.TB, s *Server, offset int64) []update {
	t.Helper()
	return updates(t, s, map[string]string{"offset": itoa(offset), "timeout": "0"})
}

func TestChecklistOffset(t *testing.T) {
	s, clk := newServer(t, Options{})
	p := citizen(s)
	for i := range 5 {
		p.Say(fmt.Sprintf("m%d", i))
	}
	first := poll(t, s, 0)
	clk.Advance(4 * time.Second)
	if got := ids(first); got != "m0 m1 m2 m3 m4" {
		t.Fatalf("first poll: %s", got)
	}
	if got := ids(poll(t, s, 0)); got != "m0 m1 m2 m3 m4" {
		t.Errorf("unconfirmed updates came as %q, want all again", got)
	}
	if got := ids(poll(t, s, first[1].ID+1)); got != "m2 m3 m4" {
		t.Errorf("after confirming two: %q", got)
	}
	clk.Advance(4 * time.Second)
	if got := ids(poll(t, s, first[0].ID)); got != "m2 m3 m4" {
		t.Errorf("confirmed updates came back: %q", got)
	}
	if got := ids(updates(t, s, map[string]string{"offset": itoa(first[2].ID), "limit": "1"})); got != "m2" {
		t.Errorf("limit 1 gave %q", got)
	}
	if n := s.Pending(); n != 3 {
		t.Errorf("pending = %d, want 3", n)
	}
}

func TestChecklistNegativeOffset(t *testing.T) {
	s, clk := newServer(t, Options{})
	p := citizen(s)
	for i := range 5 {
		p.Say(fmt.Sprintf("m%d", i))
	}
	if got := ids(poll(t, s, -2)); got != "m3 m4" {
		t.Fatalf("offset -2 gave %q", got)
	}
	clk.Advance(4 * time.Second)
	if got := ids(poll(t, s, 0)); got != "m3 m4" {
		t.Errorf("older updates were not deleted: %q", got)
	}
}

// A negative offset on an empty queue must not cut what comes during the wait.
func TestNegativeOffsetWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		p := citizen(s)
		done := make(chan []update)
		go func() { done <- updates(t, s, map[string]string{"offset": "-1", "timeout": "10"}) }()
		synctest.Wait()
		p.Say("a")
		p.Say("b")
		if got := ids(<-done); !strings.HasPrefix(got, "a") {
			t.Errorf("the wait gave %q", got)
		}
		if s.Pending() != 2 {
			t.Errorf("pending = %d, want 2", s.Pending())
		}
	})
}

func TestChecklistTimeoutIsCutAt50(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		start := time.Now()
		if got := updates(t, s, map[string]string{"timeout": "300"}); len(got) != 0 {
			t.Errorf("got %v", got)
		}
		if took := time.Since(start); took != 50*time.Second {
			t.Errorf("waited %v, want 50s", took)
		}
	})
}

func TestLongPollWakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		p := citizen(s)
		go func() {
			time.Sleep(7 * time.Second)
			p.Say("salem")
		}()
		start := time.Now()
		got := updates(t, s, map[string]string{"timeout": "50"})
		if ids(got) != "salem" || time.Since(start) != 7*time.Second {
			t.Errorf("got %q after %v", ids(got), time.Since(start))
		}
	})
}

func TestLongPollEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		start := time.Now()
		_, err := try(ctx, s, "getUpdates", map[string]string{"timeout": "50"})
		if err == nil || ctx.Err() == nil || time.Since(start) != 3*time.Second {
			t.Errorf("err = %v after %v", err, time.Since(start))
		}
		citizen(s).Say("later") // must not be lost in the abandoned poll
		if got := ids(updates(t, s, map[string]string{"timeout": "5"})); got != "later" {
			t.Errorf("next poll gave %q", got)
		}
	})
}

func TestChecklistSameOffsetIsHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		poll(t, s, 0)
		start := time.Now()
		if got := poll(t, s, 0); len(got) != 0 || time.Since(start) != 3*time.Second {
			t.Errorf("the repeated poll gave %v after %v, want nothing after 3s", got, time.Since(start))
		}
		time.Sleep(4 * time.Second)
		citizen(s).Say("a")
		citizen(s).Say("b")
		if got := ids(poll(t, s, 0)); got != "a b" {
			t.Errorf("an unhurried poll gave %q", got)
		}
		if got := ids(poll(t, s, 0)); got != "a" {
			t.Errorf("a hurried poll gave %q, want one update", got)
		}
	})
}

func TestChecklistSecondPollerGets409(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		older := make(chan reply)
		go func() { older <- post(t, s, "getUpdates", map[string]string{"timeout": "50"}) }()
		synctest.Wait()
		newer := make(chan []update)
		go func() { newer <- updates(t, s, map[string]string{"timeout": "50", "limit": "10"}) }()
		refused(t, <-older, 409, "Conflict: terminated by other getUpdates request")
		citizen(s).Say("salem")
		if got := ids(<-newer); got != "salem" {
			t.Errorf("the newer poll got %q", got)
		}
	})
}

func TestRepeated409IsDelayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		must[bool](t, post(t, s, "setWebhook", map[string]string{"url": "https://example.kz/hook"}))
		start := time.Now()
		refused(t, post(t, s, "getUpdates", nil), 409, "webhook is active")
		if time.Since(start) != 0 {
			t.Errorf("the first 409 took %v", time.Since(start))
		}
		refused(t, post(t, s, "getUpdates", nil), 409, "webhook is active")
		if time.Since(start) != 3*time.Second {
			t.Errorf("the second 409 came after %v, want 3s", time.Since(start))
		}
	})
}

func TestChecklistWebhook(t *testing.T) {
	s, _ := newServer(t, Options{})
	citizen(s).Say("kept")
	must[bool](t, post(t, s, "setWebhook", map[string]string{"url": "https://example.kz/hook"}))
	refused(t, post(t, s, "getUpdates", nil), 409, "can't use getUpdates method while webhook is active")
	info := must[struct {
		URL     string `json:"url"`
		Pending int    `json:"pending_update_count"`
	}](t, post(t, s, "getWebhookInfo", nil))
	if info.URL != "https://example.kz/hook" || info.Pending != 1 {
		t.Errorf("info = %+v", info)
	}
	must[bool](t, post(t, s, "deleteWebhook", map[string]string{"drop_pending_updates": "false"}))
	if got := ids(poll(t, s, 0)); got != "kept" {
		t.Errorf("after deleteWebhook: %q", got)
	}
	must[bool](t, post(t, s, "deleteWebhook", map[string]string{"drop_pending_updates": "true"}))
	if s.Pending() != 0 {
		t.Error("pending updates were not dropped")
	}
}

func TestChecklistAllowedUpdates(t *testing.T) {
	s, _ := newServer(t, Options{})
	p := citizen(s)
	offset := int64(0)
	next := func(params map[string]string) string {
		t.Helper()
		params["offset"] = itoa(offset)
		var kinds []string
		for _, raw := range must[[]map[string]json.RawMessage](t, post(t, s, "getUpdates", params)) {
			for k, v := range raw {
				if k == "update_id" {
					offset = parseInt(string(v)) + 1
					continue
				}
				kinds = append(kinds, k)
			}
		}
		return strings.Join(kinds, " ")
	}
	id := p.Say("queued before")
	if err := p.Edit(id, "changed"); err != nil {
		t.Fatal(err)
	}
	if got := next(map[string]string{"allowed_updates": `["message"]`}); got != "message edited_message" {
		t.Errorf("what was queued before came as %q: the list must not filter it", got)
	}
	edit := func() {
		if err := p.Edit(p.Say("x"), "y"); err != nil {
			t.Fatal(err)
		}
	}
	edit()
	if got := next(map[string]string{}); got != "message" {
		t.Errorf("with the list kept: %q", got)
	}
	edit()
	if got := next(map[string]string{"allowed_updates": "null"}); got != "message" {
		t.Errorf("null must keep the list: %q", got)
	}
	edit()
	if got := next(map[string]string{"allowed_updates": "[]"}); got != "message" {
		t.Errorf("queued under the old list: %q", got)
	}
	edit()
	if got := next(map[string]string{}); got != "message edited_message" {
		t.Errorf("an empty list must mean the default: %q", got)
	}
}

func TestChecklistExpiry(t *testing.T) {
	for _, row := range []struct {
		kind string
		life time.Duration
		do   func(*testing.T, *Server, *Person)
	}{
		{"message", 24 * time.Hour, func(_ *testing.T, _ *Server, p *Person) { p.Say("x") }},
		{"callback query", 150 * time.Second, func(_ *testing.T, _ *Server, p *Person) { p.TapData(1, "x") }},
		{"inline query", 30 * time.Second, func(_ *testing.T, _ *Server, p *Person) { p.InlineQuery("x") }},
	} {
		t.Run(row.kind, func(t *testing.T) {
			s, clk := newServer(t, Options{})
			row.do(t, s, citizen(s))
			clk.Advance(row.life - time.Second)
			if s.Pending() != 1 {
				t.Fatalf("gone a second before %v", row.life)
			}
			clk.Advance(time.Second)
			if got := poll(t, s, 0); len(got) != 0 {
				t.Errorf("still there after %v", row.life)
			}
		})
	}
}

func TestChecklistLowerIDsAfterAQuietWeek(t *testing.T) {
	lower := 0
	for seed := range uint64(20) {
		s, clk := newServer(t, Options{Seed: seed})
		p := citizen(s)
		p.Say("before")
		before := poll(t, s, 0)[0].ID
		poll(t, s, before+1)
		clk.Advance(8 * 24 * time.Hour)
		p.Say("after")
		after := poll(t, s, before+1)
		if len(after) != 1 {
			t.Fatalf("seed %d: an offset of the old numbering hid the update", seed)
		}
		if after[0].ID == before+1 {
			t.Errorf("seed %d: the numbering went on", seed)
		}
		if after[0].ID < before {
			lower++
		}
		if again := poll(t, s, after[0].ID+1); len(again) != 0 {
			t.Errorf("seed %d: the new numbering cannot be confirmed", seed)
		}
	}
	if lower == 0 {
		t.Error("no seed gave a lower id")
	}
}

func TestRestartIDs(t *testing.T) {
	s, _ := newServer(t, Options{})
	p := citizen(s)
	p.Say("a")
	a := poll(t, s, 0)[0].ID
	poll(t, s, a+1)
	s.RestartIDs()
	p.Say("b")
	b := poll(t, s, a+1)
	if len(b) != 1 || b[0].ID >= a {
		t.Errorf("after RestartIDs: %+v, want one id below %d", b, a)
	}
}

func TestChecklistUnknownUpdateKinds(t *testing.T) {
	s, _ := newServer(t, Options{})
	s.Inject(json.RawMessage(`{"hologram":{"id":1}}`))
	s.Inject(json.RawMessage(`{"update_id":5,"message":"not an object"}`))
	s.Inject(json.RawMessage(`{}`))
	r := post(t, s, "getUpdates", nil)
	var raw []map[string]json.RawMessage
	if err := json.Unmarshal(r.Result, &raw); err != nil {
		t.Fatal(err)
	}
	if len(raw) != 3 || raw[0]["update_id"] == nil || string(raw[0]["hologram"]) != `{"id":1}` ||
		string(raw[1]["update_id"]) != "5" || string(raw[1]["message"]) != `"not an object"` || len(raw[2]) != 1 {
		t.Errorf("updates = %s", r.Result)
	}
}

// An update with an id of its own breaks the order; confirming it confirms what
// stood before it, and the same id may come twice.
func TestInjectedIDsAreConfirmed(t *testing.T) {
	s, _ := newServer(t, Options{})
	citizen(s).Say("first")
	twice := json.RawMessage(`{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"},"text":"twice"}}`)
	s.Inject(twice)
	if got := poll(t, s, 0); len(got) != 2 || got[1].ID != 5 {
		t.Fatalf("updates = %+v", got)
	}
	if got := poll(t, s, 6); len(got) != 0 {
		t.Errorf("confirmed updates came again: %+v", got)
	}
	s.Inject(twice)
	if got := ids(poll(t, s, 0)); got != "twice" {
		t.Errorf("the repeated update came as %q", got)
	}
}

func TestAnswerIsCutAt4MiB(t *testing.T) {
	s, _ := newServer(t, Options{})
	big, _ := json.Marshal(strings.Repeat("x", 1<<20))
	for range 6 {
		s.Inject(json.RawMessage(`{"message":` + string(big) + `}`))
	}
	got := must[[]json.RawMessage](t, post(t, s, "getUpdates", nil))
	if len(got) != 3 {
		t.Errorf("got %d updates of 1 MiB, want 3", len(got))
	}
}

func TestWatch(t *testing.T) {
	s, _ := newServer(t, Options{})
	changed, stop := s.Watch()
	citizen(s).Say("x")
	select {
	case <-changed:
	default:
		t.Fatal("no signal after a message")
	}
	stop()
	citizen(s).Say("y")
	select {
	case <-changed:
		t.Fatal("a signal after stop")
	default:
	}
}
