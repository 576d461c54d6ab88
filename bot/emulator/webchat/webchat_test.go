package webchat_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/bot/emulator"
	"maqta/bot/emulator/webchat"
	"maqta/bot/transcript"
)

func TestOnlyLoopbackHosts(t *testing.T) {
	d := newDemo(t)
	for host, want := range map[string]int{
		"127.0.0.1:8080": http.StatusOK, "localhost:8080": http.StatusOK, "LOCALHOST": http.StatusOK, "[::1]:8080": http.StatusOK,
		"127.9.9.9": http.StatusOK, "::1": http.StatusOK,
		"evil.example:8080": http.StatusForbidden, "127.0.0.1.evil.example": http.StatusForbidden, "localhost.evil.example": http.StatusForbidden,
		"10.0.0.1:8080": http.StatusForbidden, "[2001:db8::1]:8080": http.StatusForbidden, "0.0.0.0:8080": http.StatusForbidden,
		"": http.StatusForbidden, "localhost:1:2": http.StatusForbidden,
	} {
		for _, target := range []string{"/", "/script", "/page/app.js"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
			r.Host = host
			w := httptest.NewRecorder()
			d.page.ServeHTTP(w, r)
			if w.Code != want {
				t.Errorf("%s of host %q: got %d, want %d", target, host, w.Code, want)
			}
		}
	}
}

func TestOtherSitesChangeNothing(t *testing.T) {
	const body = `{"person":1001,"do":"say","text":"hello"}`
	for name, c := range map[string]struct {
		header map[string]string
		want   int
	}{
		"another site":             {map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		"another port":             {map[string]string{"Sec-Fetch-Site": "same-site"}, http.StatusForbidden},
		"another site, old":        {map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
		"no site at all":           {map[string]string{"Origin": "null"}, http.StatusForbidden},
		"the page":                 {map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://127.0.0.1:8080"}, http.StatusOK},
		"the page, old":            {map[string]string{"Origin": "http://127.0.0.1:8080"}, http.StatusOK},
		"no browser":               {nil, http.StatusOK},
		"a form":                   {map[string]string{"Content-Type": "text/plain"}, http.StatusUnsupportedMediaType},
		"a form from another site": {map[string]string{"Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
	} {
		d := newDemo(t)
		for _, target := range []string{"/act", "/upload?person=1001&name=x", "/clock?days=7"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1:8080"+target, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			d.page.ServeHTTP(w, r)
			want := c.want
			if want == http.StatusUnsupportedMediaType && target != "/act" {
				want = http.StatusOK // of any type
			}
			if w.Code != want {
				t.Errorf("%s to %s: got %d %s, want %d", name, target, w.Code, w.Body, want)
			}
		}
		if n := len(d.chat(1001)); c.want == http.StatusForbidden && (n > 0 || !d.now().Equal(transcript.DefaultStart())) {
			t.Errorf("%s: %d messages were sent, the clock is at %s", name, n, d.now())
		}
	}
}

// TestPageIsItsOwn checks what the policy relies on: no inline code or style, no
// address elsewhere, no markup made of texts; and that every file is served.
func TestPageIsItsOwn(t *testing.T) {
	d := newDemo(t)
	page := d.do(http.MethodGet, "/", "", nil)
	if kind := page.Header().Get("Content-Type"); page.Code != http.StatusOK || kind != "text/html; charset=utf-8" {
		t.Fatalf("got %d %s", page.Code, kind)
	}
	has(t, page.Header().Get("Content-Security-Policy"), "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer"} {
		if got := page.Header().Get(name); got != want {
			t.Errorf("%s: got %q", name, got)
		}
	}
	for _, bad := range []string{`(?i)<script(?:[^>]*)>[^<]`, `(?i)\son\w+\s*=`, `(?i)\sstyle\s*=`, `(?i)<style`, `(?i)(?:src|href)="(?:https?:)?//`} {
		if found := regexp.MustCompile(bad).FindString(page.Body.String()); found != "" {
			t.Errorf("the page has %q", found)
		}
	}
	served := 0
	err := filepath.WalkDir("page", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "@import", "url("} {
			if bytes.Contains(text, []byte(bad)) {
				t.Errorf("%s has %s", name, bad)
			}
		}
		w := d.do(http.MethodGet, "/page/"+e.Name(), "", nil)
		kind := map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8"}[filepath.Ext(name)]
		if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != kind || !bytes.Equal(w.Body.Bytes(), text) {
			t.Errorf("%s is served as %d %s", name, w.Code, got)
		}
		served++
		return nil
	})
	if err != nil || served < 5 {
		t.Errorf("%d files: %v", served, err)
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="(/[^"]*)"`).FindAllStringSubmatch(page.Body.String(), -1) {
		if w := d.do(http.MethodGet, m[1], "", nil); w.Code != http.StatusOK {
			t.Errorf("the page asks for %s: %d", m[1], w.Code)
		}
	}
}

// TestWordsAgree: the page says the same things in the three languages.
func TestWordsAgree(t *testing.T) {
	text, err := os.ReadFile("page/words.js")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`(?ms)^\t(kk|ru|en): \{\n(.*?)^\t\},$`).FindAllStringSubmatch(string(text), -1)
	if len(blocks) != 3 {
		t.Fatalf("found %d languages", len(blocks))
	}
	entry := regexp.MustCompile(`(\w+): ("(?:[^"\\]|\\.)*"|\{)`)
	place := regexp.MustCompile(`\{\w+\}`)
	said := map[string]map[string]string{}
	for _, b := range blocks {
		said[b[1]] = map[string]string{}
		for _, e := range entry.FindAllStringSubmatch(b[2], -1) {
			said[b[1]][e[1]] = e[2]
		}
	}
	if n := len(said["en"]); n < 50 {
		t.Errorf("found %d texts only", n)
	}
	for _, lang := range []string{"kk", "ru", "en"} {
		for key, english := range said["en"] {
			own, ok := said[lang][key]
			if !ok || own == `""` {
				t.Errorf("%s has no %s", lang, key)
			}
			if want, got := place.FindAllString(english, -1), place.FindAllString(own, -1); english != "{" && !slices.Equal(want, got) {
				t.Errorf("%s %s: places %v, want %v", lang, key, got, want)
			}
			if lang != "en" && ok && own != "{" && !regexp.MustCompile(`[а-яәғқңөұүһі]`).MatchString(own) {
				t.Errorf("%s %s is not translated: %s", lang, key, own)
			}
		}
		if len(said[lang]) != len(said["en"]) {
			t.Errorf("%s has %d texts, en %d", lang, len(said[lang]), len(said["en"]))
		}
	}
}

// windowView is what the page reads of an event.
type windowView struct {
	Reset  bool
	Now    int64
	Clock  bool
	Bot    string
	People []personView
}

type personView struct {
	ID                            int64
	Role, Name, Lang, Description string
	Blocked                       bool
	Commands                      []emulator.Command
	Waiting                       []struct{ Message int64 }
	Gone                          []int64
	Messages                      []messageView
	Notices                       []struct {
		Text, Lang string
		Alert      bool
	}
	Query *struct {
		Text, Button, Start string
		Answered            bool
		Results             []struct{ ID, Title, About string }
	}
}

type messageView struct {
	ID                   int64
	Mine, Edited, ViaBot bool
	Text, Lang           string
	Entities             []emulator.Entity
	Rows                 [][]struct {
		Text, Data, URL, Copy string
		Inline                *string
	}
}

// listen opens a stream of events over a socket and returns a function that waits
// for the next one.
func (d *demo) listen() func() windowView {
	d.t.Helper()
	server := httptest.NewServer(d.page)
	ctx, stop := context.WithTimeout(d.t.Context(), time.Minute)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/events", nil)
	if err != nil {
		d.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		stop()
		resp.Body.Close()
		server.Close()
	})
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		d.t.Fatalf("got %s", kind)
	}
	in := bufio.NewReader(resp.Body)
	return func() windowView {
		d.t.Helper()
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				d.t.Fatal(err)
			}
			if body, ok := strings.CutPrefix(line, "data: "); ok {
				var w windowView
				if err := json.Unmarshal([]byte(body), &w); err != nil {
					d.t.Fatal(err)
				}
				return w
			}
		}
	}
}

// until reads events, gathering what they say of a person, until f holds of one.
func until(t *testing.T, next func() windowView, f func(windowView) bool) windowView {
	t.Helper()
	for range 100 {
		if w := next(); f(w) {
			return w
		}
	}
	t.Fatal("it was not told")
	return windowView{}
}

func TestEvents(t *testing.T) {
	d := newDemo(t)
	d.act(1001, "say", map[string]any{"text": "Сәлем, /help"})
	next := d.listen()
	first := next()
	if !first.Reset || !first.Clock || first.Bot != "maqta_bot" || first.Now != d.now().UnixMilli() || len(first.People) != 3 {
		t.Fatalf("got %+v", first)
	}
	p := first.People[0]
	if p.Role != "citizen" || p.Name != "Айгүл" || p.Lang != "kk" || len(p.Messages) != 2 {
		t.Fatalf("got %+v", p)
	}
	mine, its := p.Messages[0], p.Messages[1]
	if !mine.Mine || mine.Lang != "kk" || mine.Entities[0].Type != "bot_command" {
		t.Errorf("got %+v", mine)
	}
	if its.Mine || its.Entities[0].Type != "bold" || its.Rows[0][0].Data != "more:1" || its.Rows[1][0].URL != "https://example.org/" ||
		its.Rows[1][1].Copy != "466 000 t" || *its.Rows[1][2].Inline != "cotton" {
		t.Errorf("got %+v", its)
	}

	t.Run("only what is new", func(t *testing.T) {
		d.act(1002, "say", map[string]any{"text": "привет"})
		w := until(t, next, func(w windowView) bool {
			return len(w.People[1].Messages) > 0 && len(w.People[1].Messages[len(w.People[1].Messages)-1].Rows) > 0
		})
		if w.Reset || len(w.People[0].Messages) > 0 {
			t.Errorf("told again: %+v", w)
		}
	})
	t.Run("a press turns until it is answered", func(t *testing.T) {
		d.say(1001, "Wait", `{"inline_keyboard":[[{"text":"Wait","callback_data":"silent"}]]}`)
		message := d.newest(1001).ID
		d.act(1001, "tap", map[string]any{"message": message, "data": "silent"})
		w := until(t, next, func(w windowView) bool { return len(w.People[0].Waiting) > 0 })
		if got := w.People[0].Waiting[0].Message; got != message {
			t.Errorf("message %d waits", got)
		}
		d.skip(3 * time.Minute)
		d.say(1001, "Too late", "")
		until(t, next, func(w windowView) bool { return len(w.People[0].Waiting) == 0 })
	})
	t.Run("notices and changed messages", func(t *testing.T) {
		d.act(1001, "say", map[string]any{"text": "again"})
		message := d.newest(1001)
		d.act(1001, "tap", map[string]any{"message": message.ID, "data": "warn"})
		w := until(t, next, func(w windowView) bool { return len(w.People[0].Notices) > 0 })
		if n := w.People[0].Notices[0]; n.Text != "Mind the unit" || !n.Alert || n.Lang != "en" || len(w.People[0].Waiting) > 0 {
			t.Errorf("got %+v", w.People[0])
		}
		d.act(1001, "tap", map[string]any{"message": message.ID, "data": message.Rows[0][0].Data})
		until(t, next, func(w windowView) bool {
			return slices.ContainsFunc(w.People[0].Messages, func(m messageView) bool { return m.ID == message.ID && m.Edited })
		})
	})
	t.Run("what was deleted", func(t *testing.T) {
		gone := d.newest(1001).ID
		d.call("deleteMessage", map[string][]string{"chat_id": {"1001"}, "message_id": {jsonOf(t, gone)}})
		w := until(t, next, func(w windowView) bool { return len(w.People[0].Gone) > 0 })
		if !slices.Equal(w.People[0].Gone, []int64{gone}) {
			t.Errorf("got %v", w.People[0].Gone)
		}
	})
	t.Run("profile, menu, clock", func(t *testing.T) {
		d.call("setMyCommands", map[string][]string{"commands": {`[{"command":"cotton","description":"Мақта"}]`}, "language_code": {"kk"}})
		until(t, next, func(w windowView) bool {
			return len(w.People[0].Commands) == 1 && w.People[0].Commands[0].Name == "cotton" && len(w.People[1].Commands) == 0
		})
		d.act(1001, "profile", map[string]any{"lang": "ru", "name": "Айгуль"})
		until(t, next, func(w windowView) bool {
			return w.People[0].Lang == "ru" && w.People[0].Name == "Айгуль" && len(w.People[0].Commands) == 0
		})
		before := d.now()
		if w := d.do(http.MethodPost, "/clock?days=7", "", nil); w.Code != http.StatusOK {
			t.Fatalf("got %d %s", w.Code, w.Body)
		}
		if d.now().Sub(before) != 7*24*time.Hour {
			t.Errorf("the clock went from %s to %s", before, d.now())
		}
		until(t, next, func(w windowView) bool { return w.Now == d.now().UnixMilli() })
		d.act(1001, "block", nil)
		until(t, next, func(w windowView) bool { return w.People[0].Blocked })
		d.act(1001, "unblock", nil)
		until(t, next, func(w windowView) bool { return !w.People[0].Blocked })
	})
	t.Run("an answer in another chat", func(t *testing.T) {
		d.act(1003, "inline", map[string]any{"text": "cotton"})
		w := until(t, next, func(w windowView) bool { return w.People[2].Query != nil && w.People[2].Query.Answered })
		if q := w.People[2].Query; q.Text != "cotton" || q.Button != "Ask the bot" || q.Start != "inline" || len(q.Results) != 1 || q.Results[0].About != "cotton" {
			t.Errorf("got %+v", q)
		}
		id := d.act(1003, "choose", map[string]any{"text": "1"})
		w = until(t, next, func(w windowView) bool { return len(w.People[2].Messages) > 0 })
		if m := w.People[2].Messages[0]; m.ID != id || !m.ViaBot || !m.Mine || m.Text != "cotton" {
			t.Errorf("got %+v", m)
		}
	})
	t.Run("everything anew after a break", func(t *testing.T) {
		w := d.listen()()
		if !w.Reset || len(w.People[0].Messages) != len(d.chat(1001)) || len(w.People[0].Notices) > 0 {
			t.Errorf("got %+v", w)
		}
	})
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestActs(t *testing.T) {
	d := newDemo(t)
	d.act(1001, "start", map[string]any{"text": "q_cotton"})
	if got := d.chat(1001)[0].Text; got != "/start q_cotton" {
		t.Errorf("the link said %q", got)
	}
	own := d.act(1001, "say", map[string]any{"text": "1 < 2 & <b>"})
	reply := d.act(1001, "reply", map[string]any{"message": own, "text": "so"})
	for _, m := range d.chat(1001) {
		if m.ID == reply && m.ReplyTo != own {
			t.Errorf("it replies to %d", m.ReplyTo)
		}
	}
	d.act(1001, "edit", map[string]any{"message": own, "text": "2 > 1"})
	if got := d.newest(1001).Text; got != "You now say 2 > 1" {
		t.Errorf("got %q", got)
	}
	for _, kind := range []string{"voice", "photo", "sticker"} {
		d.act(1001, "other", map[string]any{"text": kind})
		if all := d.chat(1001); all[len(all)-2].Kind != kind {
			t.Errorf("got %+v", all[len(all)-2])
		}
	}
	for name, c := range map[string]struct {
		person int64
		deed   string
		more   map[string]any
		want   int
	}{
		"a stranger":           {7, "say", map[string]any{"text": "x"}, http.StatusNotFound},
		"nothing":              {1001, "say", map[string]any{"text": " \n"}, http.StatusUnprocessableEntity},
		"too much":             {1001, "say", map[string]any{"text": strings.Repeat("ә", 4097)}, http.StatusUnprocessableEntity},
		"far too much":         {1001, "say", map[string]any{"text": strings.Repeat("ә", 1<<16)}, http.StatusBadRequest},
		"no such deed":         {1001, "wait", nil, http.StatusUnprocessableEntity},
		"no such field":        {1001, "say", map[string]any{"txt": "x"}, http.StatusBadRequest},
		"another's message":    {1001, "edit", map[string]any{"message": d.newest(1001).ID, "text": "x"}, http.StatusUnprocessableEntity},
		"no such button":       {1001, "tap", map[string]any{"message": d.newest(1001).ID, "data": "x"}, http.StatusUnprocessableEntity},
		"no such kind":         {1001, "other", map[string]any{"text": "invoice"}, http.StatusUnprocessableEntity},
		"no such result":       {1001, "choose", map[string]any{"text": "9"}, http.StatusUnprocessableEntity},
		"a language of no app": {1001, "profile", map[string]any{"lang": "k=k"}, http.StatusUnprocessableEntity},
		"a long name":          {1001, "profile", map[string]any{"name": strings.Repeat("ә", 65)}, http.StatusUnprocessableEntity},
	} {
		before := len(d.chat(1001))
		w := d.try(c.person, c.deed, c.more)
		if w.Code != c.want || !strings.HasPrefix(w.Body.String(), `{"error":"`) {
			t.Errorf("%s: got %d %s, want %d", name, w.Code, w.Body, c.want)
		}
		if len(d.chat(1001)) != before {
			t.Errorf("%s: something was sent", name)
		}
	}
}

func TestFiles(t *testing.T) {
	d := newDemo(t)
	w := d.do(http.MethodPost, "/upload?person=1002&name=..%2F..%5Cотчёт%0A.csv", "text/csv", strings.NewReader("a,b\n"))
	if w.Code != http.StatusOK {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	d.turn()
	sent := d.chat(1002)[0].Document
	if sent == nil || sent.Name != "отчёт.csv" || sent.MIME != "text/csv" || sent.Size != 4 {
		t.Fatalf("got %+v", sent)
	}
	get := func(id string) *httptest.ResponseRecorder { return d.do(http.MethodGet, "/file/"+id, "", nil) }
	if w := get(sent.ID); w.Body.String() != "a,b\n" || w.Header().Get("Content-Disposition") != "attachment" {
		t.Errorf("got %v %s", w.Header(), w.Body)
	}
	d.act(1002, "tap", map[string]any{"message": d.newest(1002).ID, "data": "chart"})
	picture := d.newest(1002).Photo
	if picture == nil {
		t.Fatal("no picture came")
	}
	if w := get(picture.ID); w.Header().Get("Content-Type") != "image/png" || w.Body.Len() != int(picture.Size) {
		t.Errorf("got %v", w.Header())
	}
	first := d.chat(1002)[1]
	d.act(1002, "tap", map[string]any{"message": first.ID, "data": first.Rows[0][0].Data})
	d.act(1002, "tap", map[string]any{"message": first.ID, "data": "plan"})
	plan := d.newest(1002).Document
	if plan == nil {
		t.Fatal("no plan came")
	}
	w = get(plan.ID)
	if w.Header().Get("Content-Type") != "application/octet-stream" || w.Header().Get("Content-Disposition") != "attachment" {
		t.Errorf("a page of the bot's would be opened: %v", w.Header())
	}
	if w := get("nothing"); w.Code != http.StatusNotFound {
		t.Errorf("got %d", w.Code)
	}
	if w := d.do(http.MethodPost, "/upload?person=1002&name=big", "", bytes.NewReader(make([]byte, 25<<20+1))); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d", w.Code)
	}
	if w := d.do(http.MethodPost, "/upload?person=you&name=x", "", strings.NewReader("x")); w.Code != http.StatusBadRequest {
		t.Errorf("got %d", w.Code)
	}
}

func TestClock(t *testing.T) {
	d := newDemo(t)
	for _, days := range []string{"", "0", "-7", "367", "x"} {
		if w := d.do(http.MethodPost, "/clock?days="+days, "", nil); w.Code != http.StatusBadRequest || !d.now().Equal(transcript.DefaultStart()) {
			t.Errorf("%q days: got %d, the clock is at %s", days, w.Code, d.now())
		}
	}
	d.page = webchat.New(webchat.Options{Server: d.server, People: people, Now: d.now})
	if w := d.do(http.MethodPost, "/clock?days=7", "", nil); w.Code != http.StatusNotFound {
		t.Errorf("a clock that stands was moved: %d", w.Code)
	}
	if d.listen()().Clock {
		t.Error("the page offers a button for it")
	}
}

// TestSavedChatPlaysAgain does everything that the page lets people do, saves it,
// and plays it to another bot: the same people must see the same.
func TestSavedChatPlaysAgain(t *testing.T) {
	d := newDemo(t)
	own := d.act(1001, "start", map[string]any{"text": "q_cotton"})
	first := d.newest(1001)
	d.act(1001, "tap", map[string]any{"message": first.ID, "data": first.Rows[0][0].Data})
	d.act(1001, "tap", map[string]any{"message": first.ID, "data": "plan"})
	d.act(1002, "say", map[string]any{"text": "two lines\n\n[of text]"})
	d.act(1002, "tap", map[string]any{"message": d.newest(1002).ID, "data": "warn"})
	d.act(1002, "tap", map[string]any{"message": d.newest(1002).ID, "data": "chart"})
	d.skip(90 * time.Second)
	d.act(1001, "edit", map[string]any{"message": own, "text": "мақта"})
	d.act(1001, "reply", map[string]any{"message": own, "text": "so"})
	d.act(1001, "profile", map[string]any{"lang": "en", "name": "A name with = and blanks"})
	d.act(1001, "other", map[string]any{"text": "voice"})
	d.do(http.MethodPost, "/clock?days=7", "", nil)
	d.act(1003, "inline", map[string]any{"text": "cotton"})
	if w := d.do(http.MethodPost, "/upload?person=1003&name=plan.csv", "text/csv", strings.NewReader("a,b\n1,2\n")); w.Code != http.StatusOK {
		t.Fatal(w.Body)
	}
	d.turn()
	d.act(1003, "say", map[string]any{"text": "/tell"})
	d.act(1003, "block", nil)
	d.act(1003, "unblock", nil)

	w := d.do(http.MethodGet, "/script", "", nil)
	if got := w.Header().Get("Content-Disposition"); got != "attachment; filename=maqta-2026-03-09-0901.txtar" {
		t.Errorf("got %s", got)
	}
	saved, err := transcript.Parse("saved.txtar", w.Body.Bytes())
	if err != nil {
		t.Fatalf("%v in\n%s", err, w.Body)
	}
	text := w.Body.String()
	has(t, text, "as citizen lang=kk id=1001\n> /start q_cotton\n", "\n> [More]\n< (notice) Here is more\n< (edited) More", "\n> [Plan]\n", "(file plan.html)",
		"\nas owner lang=ru id=1002\n> two lines\n|\n| [of text]\n", "\n< (alert) Mind the unit\n", "\n< (picture)\n| Here it is\n",
		"\nat 2026-03-02 09:01\n", "\n> edit 1: мақта\n", "\n> reply 1: so\n", "\nas citizen lang=en id=1001\n> (voice)\n", "\nat 2026-03-09 09:01\n",
		"\n> inline: cotton\n< (card) Say it\n| cotton\n", "\n> (file plan.csv)\n", "\n<citizen Somebody tells you something\n", "\n> (block)\n> (unblock)\n", "-- plan.csv --\na,b\n1,2\n")

	again := newWorld(t)
	played, err := transcript.Play(saved, again, transcript.Person{Name: "person", ID: 1001})
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := transcript.Diff(saved, played.Script); diff != "" {
		t.Errorf("%s\nin\n%s", diff, text)
	}
	if want := []string{"kk", "kk", "kk", "ru", "ru", "ru", "kk", "kk", "en", "en", "en", "en", "en", "en"}; !slices.Equal(again.langs, want) {
		t.Errorf("the apps spoke %v", again.langs)
	}
	if twice := d.do(http.MethodGet, "/script", "", nil).Body.String(); twice != text {
		t.Errorf("saved again it says\n%s", twice)
	}
}

func TestPeopleOfOneRole(t *testing.T) {
	d := newDemo(t)
	d.page = webchat.New(webchat.Options{Server: d.server, Now: d.now, People: []webchat.Person{
		{ID: 1, Name: "A", Lang: "kk", Role: webchat.Official}, {ID: 2, Name: "B", Lang: "kk", Role: webchat.Official}, {ID: 3, Name: "C"},
	}})
	for id := range int64(3) {
		d.act(id+1, "say", map[string]any{"text": "hello"})
	}
	has(t, d.do(http.MethodGet, "/script", "", nil).Body.String(), "as official lang=kk id=1\n", "as official2 lang=kk id=2\n", "as person id=3\n")
}
