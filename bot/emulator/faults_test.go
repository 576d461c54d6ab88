package emulator

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestChecklistHTML502(t *testing.T) {
	s, _, p := started(t, Options{})
	s.Faults().Next("sendMessage", BadGateway(), Fault{Code: 502, HTML: true, Accepted: true})
	for want := 1; want <= 2; want++ { // the second one takes effect all the same
		resp, err := s.Client().PostForm("http://e.test/bot"+Token+"/sendMessage", url.Values{"chat_id": {"7"}, "text": {"x"}})
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != 502 || !strings.HasPrefix(string(body), "<html>") || resp.Header.Get("Content-Type") != "text/html" {
			t.Errorf("%d %s %s", resp.StatusCode, resp.Header, body)
		}
		if n := len(p.Chat()); n != want {
			t.Errorf("the person sees %d messages, want %d", n, want)
		}
	}
	must[wireMessage](t, say(t, s, "x"))
}

func TestChecklistCutConnections(t *testing.T) {
	for name, row := range map[string]struct {
		cut      Cut
		accepted bool
	}{"before": {CutBefore, false}, "after": {CutAfter, true}, "midway": {CutMidway, true}} {
		t.Run(name, func(t *testing.T) {
			s, _, p := started(t, Options{})
			socket := httptest.NewServer(s)
			defer socket.Close()
			for place, client := range map[string]*http.Client{"in process": s.Client(), "socket": socket.Client()} {
				before := len(p.Chat())
				s.Faults().Next("sendMessage", Fault{Cut: row.cut})
				resp, err := client.PostForm(socket.URL+"/bot"+Token+"/sendMessage", url.Values{"chat_id": {"7"}, "text": {"x"}})
				if err == nil {
					_, err = io.ReadAll(resp.Body)
					_ = resp.Body.Close()
				}
				if err == nil {
					t.Errorf("%s: the answer came", place)
				}
				if got := len(p.Chat()) > before; got != row.accepted {
					t.Errorf("%s: accepted = %v, want %v", place, got, row.accepted)
				}
				if log := s.Log(); !log[len(log)-1].Dropped {
					t.Errorf("%s: the log says %+v", place, log[len(log)-1])
				}
			}
		})
	}
}

func TestChecklistInjected429(t *testing.T) {
	s, clk, _ := started(t, Options{})
	s.Faults().Next("sendMessage", TooMany(7))
	r := say(t, s, "x")
	refused(t, r, 429, "Too Many Requests: retry after 7")
	if r.Parameters.Retry != 7 || r.header.Get("Retry-After") != "7" {
		t.Errorf("%+v", r)
	}
	clk.Advance(6 * time.Second)
	refused(t, say(t, s, "x"), 429, "retry after 1")
	if s.EarlyRetries() != 1 {
		t.Errorf("early retries = %d", s.EarlyRetries())
	}
	clk.Advance(time.Second)
	must[wireMessage](t, say(t, s, "x"))

	s.Faults().Next("getUpdates", TooMany(2))
	refused(t, post(t, s, "getUpdates", nil), 429, "retry after 2")
	must[wireMessage](t, say(t, s, "a poll that must wait silences no chat"))
	refused(t, post(t, s, "getUpdates", nil), 429, "retry after 2")
	clk.Advance(2 * time.Second)
	poll(t, s, 0)
}

func TestChecklistSlowAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		p := citizen(s)
		p.Start("")
		s.Faults().Every("sendMessage", 1, Slow(150*time.Millisecond))
		start := time.Now()
		must[wireMessage](t, say(t, s, "x"))
		if took := time.Since(start); took != 150*time.Millisecond {
			t.Errorf("took %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := try(ctx, s, "sendMessage", to7("text", "y")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("err = %v", err)
		}
		if n := len(p.Chat()); n != 3 {
			t.Errorf("%d messages: one whose answer was not awaited has arrived all the same", n)
		}
		s.Faults().Clear()
		s.Faults().Next("sendMessage", Fault{Before: time.Second})
		ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if _, err := try(ctx, s, "sendMessage", to7("text", "z")); err == nil || len(p.Chat()) != 3 {
			t.Errorf("a call that was given up before it took effect: %v, %d messages", err, len(p.Chat()))
		}
	})
}

func TestFaultsOrder(t *testing.T) {
	f := newFaults(1)
	f.Every("a", 2, Fault{Code: 2})
	f.Next("a", Fault{Code: 1}, Fault{})
	f.Next("*", Fault{Code: 9})
	var got []int
	for range 6 {
		got = append(got, f.take("a").Code)
	}
	want := []int{1, 0, 9, 2, 0, 2}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("faults = %v, want %v", got, want)
		}
	}
	f.Clear()
	f.Sometimes("b", 0.5, Fault{Code: 5})
	hits := 0
	for range 1000 {
		if f.take("b").Code == 5 {
			hits++
		}
	}
	if hits < 400 || hits > 600 {
		t.Errorf("a chance of one half hit %d times of 1000", hits)
	}
	f.Every("c", 1, Fault{Code: 3})
	f.Every("c", 0, Fault{})
	if f.take("c").Code != 0 {
		t.Error("a fault that was ended came")
	}
}

func TestInjectedRefusals(t *testing.T) {
	s, _, p := started(t, Options{})
	s.Faults().Next("sendMessage",
		Refused(403, "Forbidden: bot was blocked by the user"),
		Fault{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: -100500},
		Refused(500, ""))
	refused(t, say(t, s, "x"), 403, "blocked")
	if r := say(t, s, "x"); r.Parameters.MigrateTo != -100500 {
		t.Errorf("%+v", r)
	}
	refused(t, say(t, s, "x"), 500, "Internal Server Error")
	if len(p.Chat()) != 1 {
		t.Error("a refused message arrived")
	}
}

// A call that the transport carries over a real socket, for what only sockets do.
func TestOverSockets(t *testing.T) {
	s := New(Options{Now: time.Now})
	socket := httptest.NewServer(s)
	defer socket.Close()
	p := citizen(s)
	p.Start("")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, socket.URL+"/bot"+Token+"/getUpdates?timeout=50&offset=2000000000", nil)
		resp, err := socket.Client().Do(req)
		if err == nil {
			_, err = io.ReadAll(resp.Body)
			_ = resp.Body.Close()
		}
		ended <- err
	}()
	if err := <-ended; err != nil { // an offset out of another numbering: the update is there at once
		t.Fatal(err)
	}
	must[[]update](t, post(t, s, "getUpdates", map[string]string{"offset": itoa(poll(t, s, 0)[0].ID + 1)}))
	go func() {
		req, _ := http.NewRequestWithContext(ctx, http.MethodGet, socket.URL+"/bot"+Token+"/getUpdates?timeout=50", nil)
		_, err := socket.Client().Do(req)
		ended <- err
	}()
	s.waitForPoll(t)
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

// waitForPoll returns when a poll is waiting.
func (s *Server) waitForPoll(t testing.TB) {
	t.Helper()
	for {
		s.mu.Lock()
		waiting := s.queue.waiter != nil
		s.mu.Unlock()
		if waiting {
			return
		}
		if t.Context().Err() != nil {
			t.Fatal("no poll came")
		}
	}
}
