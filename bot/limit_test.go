package bot

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"maqta/bot/chat"
)

func TestBackoff(t *testing.T) {
	for failed, want := range []time.Duration{
		500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second,
		8 * time.Second, 16 * time.Second, 30 * time.Second, 30 * time.Second,
	} {
		if got := backoff(failed, 1); got != want {
			t.Errorf("after %d failures at most %s, want %s", failed, got, want)
		}
		if got := backoff(failed, 0); got != leastPause {
			t.Errorf("after %d failures at least %s", failed, got)
		}
	}
	if got := backoff(1<<40, 1); got != maxPause {
		t.Errorf("after very many failures %s", got)
	}
}

// In any second a gate lets through no more than its burst and one each interval.
func TestGate(t *testing.T) {
	var g gate
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var passed []time.Time
	for range 10_000 {
		if !g.opens(time.Second, 5).After(now) {
			g.pass(now, time.Second)
			passed = append(passed, now)
		}
		now = now.Add(7 * time.Millisecond)
	}
	if len(passed) < 70 {
		t.Fatalf("only %d passed in 70 seconds", len(passed))
	}
	for i, from := range passed {
		n := 0
		for _, at := range passed[i:] {
			if at.Sub(from) < 10*time.Second {
				n++
			}
		}
		if n > 15 {
			t.Fatalf("%d passed within ten seconds", n)
		}
	}
}

func TestPacerForgetsQuietChats(t *testing.T) {
	p := newPacer(PaceTelegram)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for id := range chat.ChatID(3 * maxGates) {
		p.pass(id+1, false, now)
		now = now.Add(time.Millisecond)
	}
	if n := len(p.chats); n > 2*maxGates {
		t.Errorf("%d chats remembered", n)
	}
	if !p.chatOpens(1).IsZero() && p.chatOpens(1).After(now) {
		t.Error("a chat that was quiet is held back")
	}
}

// Answers come through whatever bulk does, and bulk yields to them.
func TestPacerYieldsToAnswers(t *testing.T) {
	p := newPacer(PaceTelegram)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for id := range chat.ChatID(1000) {
		p.pass(id+1, false, now)
	}
	if opens := p.bulkOpens(); !opens.After(now.Add(900*time.Millisecond)) || opens.After(now.Add(time.Second)) {
		t.Errorf("after a rush of answers bulk waits until %s, want nearly a second and no more", opens.Sub(now))
	}
}

func TestLaneKeepsOrder(t *testing.T) {
	l := &lane{}
	for _, seq := range []chat.Seq{3, 5, 9, 4, 1} {
		l.add(item{seq: seq})
		l.add(item{seq: seq + 100, bulk: true})
	}
	var got []chat.Seq
	for l.head() != nil {
		got = append(got, l.pop().seq)
	}
	if want := []chat.Seq{1, 3, 4, 5, 9, 101, 103, 104, 105, 109}; !slices.Equal(got, want) {
		t.Errorf("popped %v, want %v", got, want)
	}
}

// A line forgets what was taken from it, and skips void places.
func TestLine(t *testing.T) {
	var q line
	lanes := make([]*lane, 5000)
	for i := range lanes {
		lanes[i] = &lane{turn: 1}
		q.push(place{lane: lanes[i], turn: 1})
	}
	for i := range lanes {
		if i%2 == 1 {
			lanes[i].turn++ // queued anew elsewhere
		}
	}
	for i := 0; i < len(lanes); i += 2 {
		p, ok := q.peek()
		if !ok || p.lane != lanes[i] {
			t.Fatalf("place %d is not the next", i)
		}
		q.pop()
	}
	if _, ok := q.peek(); ok || len(q.list) != 0 {
		t.Errorf("%d places left", len(q.list))
	}
}

func TestFileKey(t *testing.T) {
	a := &chat.File{Kind: "chart", Lang: "kk", Params: map[string]string{"a": "b", "c": "d"}}
	same := &chat.File{Kind: "chart", Lang: "kk", Name: "x.png", Params: map[string]string{"c": "d", "a": "b"}}
	if fileKey(a) != fileKey(same) {
		t.Error("the same description has two keys")
	}
	keys := map[string]string{fileKey(a): "a"}
	for i, other := range []*chat.File{
		{Kind: "chart", Lang: "ru", Params: a.Params},
		{Kind: "chart", Lang: "kk", Photo: true, Params: a.Params},
		{Kind: "chart", Lang: "kk", Params: map[string]string{"a": `b""c`, "c": "d"}},
		{Kind: "chart", Lang: "kk", Params: map[string]string{"a": "b"}},
		{Kind: "chartkk", Params: a.Params},
	} {
		k := fileKey(other)
		if was, ok := keys[k]; ok {
			t.Errorf("file %d has the key of %s", i, was)
		}
		keys[k] = fmt.Sprint(i)
	}
}

func TestTokensAreForgottenInOrder(t *testing.T) {
	tk := tokens{ids: map[tokenKey]chat.MessageID{}}
	for i := range 3 * maxTokens {
		tk.put(tokenKey{1, fmt.Sprint(i)}, chat.MessageID(i+1))
		tk.put(tokenKey{1, fmt.Sprint(i)}, chat.MessageID(i+2)) // the same token again
	}
	if len(tk.ids) != maxTokens || len(tk.ring) != maxTokens {
		t.Errorf("%d tokens remembered", len(tk.ids))
	}
	if got := tk.ids[tokenKey{1, fmt.Sprint(3*maxTokens - 1)}]; got != 3*maxTokens+1 {
		t.Errorf("the latest token names %d", got)
	}
	if _, ok := tk.ids[tokenKey{1, "0"}]; ok {
		t.Error("the oldest token is still there")
	}
}
