package webchat_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"maqta/bot/emulator"
	"maqta/bot/emulator/webchat"
	"maqta/bot/transcript"
)

// demo is the page with an emulator behind it and a small bot on the other side.
type demo struct {
	*parrot
	*clock
	page http.Handler
}

// clock is the demo's clock, which the page moves.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := new(clock)
	c.at.Store(transcript.DefaultStart().UnixNano())
	return c
}

func (c *clock) now() time.Time        { return time.Unix(0, c.at.Load()) }
func (c *clock) skip(by time.Duration) { c.at.Add(int64(by)) }

var people = []webchat.Person{
	{ID: 1001, Name: "Айгүл", Lang: "kk", Role: webchat.Citizen},
	{ID: 1002, Name: "Олег", Lang: "ru", Role: webchat.Owner},
	{ID: 1003, Name: "Mary", Lang: "en", Role: webchat.Official},
}

func newDemo(t *testing.T) *demo {
	d := &demo{clock: newClock()}
	d.parrot = &parrot{t: t, server: emulator.New(emulator.Options{Now: d.now})}
	d.page = webchat.New(webchat.Options{Server: d.server, People: people, Now: d.now, Skip: d.skip})
	return d
}

// do sends a request to the page as its own script would.
func (d *demo) do(method, target, kind string, body io.Reader) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, "http://127.0.0.1:8080"+target, body)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if method == http.MethodPost {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("Origin", "http://127.0.0.1:8080")
	}
	w := httptest.NewRecorder()
	d.page.ServeHTTP(w, r)
	return w
}

// act does something, which must go well, and lets the bot answer.
func (d *demo) act(person int64, deed string, more map[string]any) (message int64) {
	d.t.Helper()
	w := d.try(person, deed, more)
	if w.Code != http.StatusOK {
		d.t.Fatalf("%s: %d %s", deed, w.Code, w.Body)
	}
	var out struct{ Message int64 }
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		d.t.Fatal(err)
	}
	d.turn()
	return out.Message
}

func (d *demo) try(person int64, deed string, more map[string]any) *httptest.ResponseRecorder {
	d.t.Helper()
	in := map[string]any{"person": person, "do": deed}
	for k, v := range more {
		in[k] = v
	}
	body, err := json.Marshal(in)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.do(http.MethodPost, "/act", "application/json", bytes.NewReader(body))
}

func (d *demo) chat(id int64) []emulator.Message { return person(d.server, id).Chat() }

// newest is the newest message of the bot that a person sees.
func (d *demo) newest(id int64) emulator.Message {
	d.t.Helper()
	for _, m := range slices.Backward(d.chat(id)) {
		if m.FromBot {
			return m
		}
	}
	d.t.Fatal("the bot has said nothing")
	return emulator.Message{}
}

// person finds somebody without changing the profile.
func person(s *emulator.Server, id int64) *emulator.Person {
	for _, p := range people {
		if p.ID == id {
			return s.Person(emulator.Profile{ID: p.ID, FirstName: p.Name, LanguageCode: p.Lang})
		}
	}
	return s.Person(emulator.Profile{ID: id, FirstName: fmt.Sprint(id)})
}

// parrot is a bot that repeats what it hears, with the means that bots have.
type parrot struct {
	t      *testing.T
	server *emulator.Server
	offset int64
	count  int
	known  []int64
}

func (b *parrot) call(method string, params url.Values) json.RawMessage {
	b.t.Helper()
	resp, err := b.server.Client().PostForm("https://api.telegram.org/bot"+emulator.Token+"/"+method, params)
	return b.result(method, resp, err)
}

func (b *parrot) result(method string, resp *http.Response, err error) json.RawMessage {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	defer resp.Body.Close()
	var out struct {
		OK          bool
		Description string
		Result      json.RawMessage
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil || !out.OK {
		b.t.Fatalf("%s: %v %s", method, err, out.Description)
	}
	return out.Result
}

type update struct {
	ID      int64 `json:"update_id"`
	Message *heard
	Edited  *heard `json:"edited_message"`
	Press   *struct {
		ID, Data string
		Message  heard
	} `json:"callback_query"`
	Inline *struct{ ID, Query string } `json:"inline_query"`
}

type heard struct {
	ID       int64 `json:"message_id"`
	Chat     struct{ ID int64 }
	Text     string
	Document *struct {
		Name string `json:"file_name"`
		Size int64  `json:"file_size"`
	}
	Via *struct{ ID int64 } `json:"via_bot"`
}

// turn answers whatever waits.
func (b *parrot) turn() {
	b.t.Helper()
	for b.server.Pending() > 0 {
		var got []update
		raw := b.call("getUpdates", url.Values{"offset": {fmt.Sprint(b.offset)}})
		if err := json.Unmarshal(raw, &got); err != nil {
			b.t.Fatal(err)
		}
		if len(got) == 0 {
			return // all of them are confirmed now
		}
		for _, u := range got {
			b.offset = u.ID + 1
			b.hear(u)
		}
	}
}

func (b *parrot) hear(u update) {
	switch {
	case u.Edited != nil:
		b.say(u.Edited.Chat.ID, "You now say <i>"+html.EscapeString(u.Edited.Text)+"</i>", "")
	case u.Press != nil:
		b.pressed(u)
	case u.Inline != nil:
		b.call("answerInlineQuery", url.Values{"inline_query_id": {u.Inline.ID}, "cache_time": {"0"}, "results": {
			`[{"type":"article","id":"1","title":"Say it","description":"` + u.Inline.Query + `","input_message_content":{"message_text":"` + u.Inline.Query + `"}}]`,
		}, "button": {`{"text":"Ask the bot","start_parameter":"inline"}`}})
	case u.Message != nil && u.Message.Via == nil:
		b.heard(*u.Message)
	}
}

func (b *parrot) heard(m heard) {
	if !slices.Contains(b.known, m.Chat.ID) {
		b.known = append(b.known, m.Chat.ID)
	}
	text := m.Text
	switch {
	case m.Document != nil:
		text = fmt.Sprintf("%s, %d bytes", m.Document.Name, m.Document.Size)
	case text == "":
		text = "I read text only"
	case text == "/tell":
		for _, id := range b.known {
			if id != m.Chat.ID {
				b.say(id, "Somebody tells you something", "")
			}
		}
	}
	b.count++
	b.say(m.Chat.ID, "<b>"+html.EscapeString(text)+"</b>", fmt.Sprintf(`{"inline_keyboard":[[{"text":"More","callback_data":"more:%d"},{"text":"Warn","callback_data":"warn"},{"text":"Chart","callback_data":"chart"}],`+
		`[{"text":"Source","url":"https://example.org/"},{"text":"Copy","copy_text":{"text":"466 000 t"}},{"text":"Elsewhere","switch_inline_query":"cotton"}]]}`, b.count))
}

func (b *parrot) say(to int64, text, keys string) {
	b.call("sendMessage", url.Values{"chat_id": {fmt.Sprint(to)}, "text": {text}, "parse_mode": {"HTML"}, "reply_markup": {keys}})
}

func (b *parrot) pressed(u update) {
	id, to := u.Press.ID, fmt.Sprint(u.Press.Message.Chat.ID)
	switch {
	case u.Press.Data == "silent": // answered by the test
	case u.Press.Data == "warn":
		b.call("answerCallbackQuery", url.Values{"callback_query_id": {id}, "text": {"Mind the unit"}, "show_alert": {"true"}})
	case u.Press.Data == "chart":
		b.call("answerCallbackQuery", url.Values{"callback_query_id": {id}})
		b.chart(to)
	case u.Press.Data == "plan":
		b.call("answerCallbackQuery", url.Values{"callback_query_id": {id}})
		b.upload("sendDocument", to, "document", "plan.html", []byte("<script>alert(1)</script>"))
	default:
		b.call("answerCallbackQuery", url.Values{"callback_query_id": {id}, "text": {"Here is more"}})
		b.count++
		b.call("editMessageText", url.Values{"chat_id": {to}, "message_id": {fmt.Sprint(u.Press.Message.ID)}, "text": {fmt.Sprint("More ", b.count)}, "reply_markup": {
			fmt.Sprintf(`{"inline_keyboard":[[{"text":"More","callback_data":"more:%d"},{"text":"Plan","callback_data":"plan"}]]}`, b.count),
		}})
	}
}

func (b *parrot) chart(to string) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		b.t.Fatal(err)
	}
	b.upload("sendPhoto", to, "photo", "chart.png", picture.Bytes())
}

func (b *parrot) upload(method, to, field, name string, data []byte) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile(field, name)
	if err != nil {
		b.t.Fatal(err)
	}
	part.Write(data)
	form.WriteField("chat_id", to)
	form.WriteField("caption", "Here it is")
	form.Close()
	resp, err := b.server.Client().Post("https://api.telegram.org/bot"+emulator.Token+"/"+method, form.FormDataContentType(), &body)
	b.result(method, resp, err)
}

// world plays a script with another parrot.
type world struct {
	*parrot
	clock   time.Time
	seen    map[int64][]emulator.Message
	notices map[int64]int
	queries map[int64][]string
	langs   []string
}

func newWorld(t *testing.T) *world {
	w := &world{clock: transcript.DefaultStart(), seen: map[int64][]emulator.Message{}, notices: map[int64]int{}, queries: map[int64][]string{}}
	w.parrot = &parrot{t: t, server: emulator.New(emulator.Options{Now: func() time.Time { return w.clock }})}
	return w
}

func (w *world) person(p transcript.Person) *emulator.Person {
	return w.server.Person(emulator.Profile{ID: p.ID, FirstName: p.Name, LanguageCode: p.Lang})
}

func (w *world) Do(p transcript.Person, a transcript.Action) (message int64, err error) {
	e := w.person(p)
	w.langs = append(w.langs, p.Lang)
	switch a.Kind {
	case transcript.Say:
		message = e.Say(a.Text)
	case transcript.Reply:
		message = e.Reply(a.Message, a.Text)
	case transcript.Edit:
		err = e.Edit(a.Message, a.Text)
	case transcript.Tap:
		e.TapData(a.Message, a.Data)
	case transcript.Upload:
		message = e.Upload(a.Text, "text/csv", a.Bytes)
	case transcript.Other:
		message = e.Wordless(a.Text)
	case transcript.Block:
		e.Block()
	case transcript.Unblock:
		e.Unblock()
	case transcript.Inline:
		w.queries[p.ID] = append(w.queries[p.ID], e.InlineQuery(a.Text))
	default:
		err = fmt.Errorf("nobody does %q", a.Kind)
	}
	w.turn()
	return message, err
}

func (w *world) Seen(p transcript.Person) ([]transcript.Shown, error) {
	var out []transcript.Shown
	e := w.person(p)
	notices := e.Notices()
	for _, n := range notices[w.notices[p.ID]:] {
		kind := transcript.Notice
		if n.Alert {
			kind = transcript.Alert
		}
		out = append(out, transcript.Shown{Kind: kind, Text: n.Text})
	}
	w.notices[p.ID] = len(notices)
	for _, id := range w.queries[p.ID] {
		got, _ := e.Results(id)
		for _, r := range got.Results {
			out = append(out, transcript.Shown{Kind: transcript.Card, Text: r.Title + "\n" + r.Description})
		}
	}
	w.queries[p.ID] = nil
	before := w.seen[p.ID]
	w.seen[p.ID] = e.Chat()
	for i, m := range w.seen[p.ID] {
		switch {
		case !m.FromBot:
		case i >= len(before):
			out = append(out, appeared(m, transcript.New))
		case !before[i].Edited.Equal(m.Edited) || before[i].HTML != m.HTML:
			out = append(out, appeared(m, transcript.Edited))
		}
	}
	return out, nil
}

func appeared(m emulator.Message, kind transcript.ShownKind) transcript.Shown {
	s := transcript.Shown{Kind: kind, ID: m.ID, Text: m.Text}
	if m.Photo != nil {
		s.Media = "picture"
	}
	if m.Document != nil {
		s.Media = "file " + m.Document.Name
	}
	for _, row := range m.Rows {
		var line []transcript.Button
		for _, b := range row {
			does := b.URL
			if b.Copy != "" {
				does = "copy " + b.Copy
			}
			if b.Inline != nil {
				does = "inline " + *b.Inline
			}
			line = append(line, transcript.Button{Label: b.Text, Data: b.Data, Does: does})
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}

func (w *world) Stored() ([]string, error) { return nil, nil }
func (w *world) Restart() error            { return nil }

func (w *world) Set(at time.Time) error {
	w.clock = at
	return nil
}

// has fails unless a text holds all parts.
func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
}
