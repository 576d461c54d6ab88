package emulator

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// reply is Telegram's envelope as a client reads it.
type reply struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		MigrateTo int64 `json:"migrate_to_chat_id"`
		Retry     int   `json:"retry_after"`
	} `json:"parameters"`
	status int
	header http.Header
}

// clock is a hand-moved clock.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time          { return c.now }
func (c *clock) Advance(d time.Duration) { c.now = c.now.Add(d) }

func newClock() *clock { return &clock{time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func newServer(t testing.TB, o Options) (*Server, *clock) {
	t.Helper()
	c := newClock()
	if o.Now == nil {
		o.Now = c.Now
	}
	return New(o), c
}

// call makes one form request, as a plain HTTP client would.
func post(t testing.TB, s *Server, method string, params map[string]string) reply {
	t.Helper()
	r, err := try(context.Background(), s, method, params)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return r
}

func try(ctx context.Context, s *Server, method string, params map[string]string) (reply, error) {
	form := url.Values{}
	for k, v := range params {
		form.Set(k, v)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://emulator.test/bot"+Token+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return do(s, req)
}

func do(s *Server, req *http.Request) (reply, error) {
	resp, err := s.Client().Do(req)
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	var r reply
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return reply{status: resp.StatusCode, header: resp.Header}, err
	}
	r.status, r.header = resp.StatusCode, resp.Header
	return r, nil
}

// update is an update as the tests read it.
type update struct {
	ID      int64             `json:"update_id"`
	Message *wireMessage      `json:"message"`
	Edited  *wireMessage      `json:"edited_message"`
	Press   *wireCallback     `json:"callback_query"`
	Inline  *wireInlineQuery  `json:"inline_query"`
	Chosen  *wireChosen       `json:"chosen_inline_result"`
	Member  *wireMemberUpdate `json:"my_chat_member"`
}

func updates(t testing.TB, s *Server, params map[string]string) []update {
	t.Helper()
	return must[[]update](t, post(t, s, "getUpdates", params))
}

// must decodes a result and fails on a refusal.
func must[T any](t testing.TB, r reply) T {
	t.Helper()
	var out T
	if !r.OK {
		t.Fatalf("refused: %d %s", r.Code, r.Description)
	}
	if err := json.Unmarshal(r.Result, &out); err != nil {
		t.Fatalf("decode %s: %v", r.Result, err)
	}
	return out
}

// refused fails unless the answer is this refusal.
func refused(t testing.TB, r reply, code int, part string) {
	t.Helper()
	if r.OK || r.Code != code || r.status != code || !strings.Contains(r.Description, part) {
		t.Fatalf("got %d %d %q %s, want refusal %d with %q", r.status, r.Code, r.Description, r.Result, code, part)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
