package handlers_test

import (
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/handlers"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// admin is the person whom scripts call "as admin id=99".
const admin = 99

func newRouter(t testing.TB, db *storage.DB, limit bool) *handlers.Router {
	t.Helper()
	seed(t, db)
	return handlers.New(handlers.Config{
		Store: db, Mind: mind(t), Admins: []chat.UserID{admin}, Limit: limit,
		Log:     quiet(),
		BotName: func() string { return "maqta_bot" },
		Contact: map[chat.Lang]chat.Quote{chat.Kazakh: "maqta@example.kz", chat.Russian: "maqta@example.kz", chat.English: "maqta@example.kz"},
	})
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// routerWorld plays a script on the router and its outbox alone: what is queued
// after an input is delivered at once.
type routerWorld struct {
	t       *testing.T
	path    string
	db      *storage.DB
	router  *handlers.Router
	now     time.Time
	ids     int64 // of messages, in all chats
	updates chat.UpdateID
	mine    []chat.MessageID // what every update would have as its own message
	shown   map[chat.ChatID][]transcript.Shown
	queries map[chat.QueryID]chat.ChatID
	ticks   []tick
	said    []string // every message in the order of the outbox
	eager   bool     // restart before every input
}

func newRouterWorld(t *testing.T, path string) *routerWorld {
	w := &routerWorld{t: t, path: path, shown: map[chat.ChatID][]transcript.Shown{}, queries: map[chat.QueryID]chat.ChatID{}}
	w.open()
	return w
}

func (w *routerWorld) open() {
	w.db = storagetest.OpenAt(w.t, w.path)
	w.router = newRouter(w.t, w.db, true)
}

func (w *routerWorld) Restart() error {
	storagetest.Close(w.t, w.db)
	w.open()
	return nil
}

// tick is a moment at which the clock alone led to messages, after so many updates.
type tick struct {
	after int
	at    time.Time
}

// Set moves the clock, and does what is due by it.
func (w *routerWorld) Set(at time.Time) error {
	w.now = at
	if !ticking(w.t) {
		return nil
	}
	if err := w.router.Tick(w.t.Context(), at); err != nil {
		return err
	}
	due, err := w.db.Due(w.t.Context(), 0, 1)
	if err != nil {
		return err
	}
	if len(due) > 0 {
		w.ticks = append(w.ticks, tick{int(w.updates), at})
	}
	return w.deliver()
}

// ticking reports whether the clock of a script does more than stamp updates:
// reminders would otherwise run through all scripts about enterprises.
func ticking(t testing.TB) bool { return strings.Contains(t.Name(), "TestScripts/remind.") }

func (w *routerWorld) Do(p transcript.Person, a transcript.Action) (int64, error) {
	if w.eager {
		if err := w.Restart(); err != nil {
			return 0, err
		}
	}
	w.ids++
	mine := w.ids
	w.mine = append(w.mine, chat.MessageID(mine))
	w.updates++
	u := updateOf(transcript.Did{Person: p, Action: a, At: w.now}, w.updates, chat.MessageID(mine))
	if err := w.router.Apply(w.t.Context(), []chat.Update{u}); err != nil {
		return 0, err
	}
	switch a.Kind {
	case transcript.Say, transcript.Reply, transcript.Upload, transcript.Other:
		return mine, w.deliver()
	default: // a press leaves no message of the person's own
		return 0, w.deliver()
	}
}

// updateOf is what Telegram would make of an action.
func updateOf(d transcript.Did, id chat.UpdateID, mine chat.MessageID) chat.Update {
	u := chat.Update{
		ID: id, Chat: chat.ChatID(d.Person.ID), From: chat.UserID(d.Person.ID), Place: chat.Private,
		Lang: chat.Lang(d.Person.Lang), Name: d.Person.Name, At: d.At.UTC(),
	}
	if !u.Lang.Known() {
		u.Lang = ""
	}
	if d.Person.Chat != 0 {
		u.Chat, u.Place = chat.ChatID(d.Person.Chat), chat.Group
	}
	text := d.Action.Text
	switch d.Action.Kind {
	case transcript.Say:
		u.In = chat.Said{Text: text, Message: mine}
		if m := regexp.MustCompile(`^/([A-Za-z0-9_]+)(?:@maqta_bot)?(?:\s+(.*))?$`).FindStringSubmatch(text); m != nil {
			u.In = chat.Command{Name: strings.ToLower(m[1]), Args: strings.TrimSpace(m[2]), Message: mine}
		}
	case transcript.Reply:
		u.In = chat.Said{Text: text, Message: mine, ReplyTo: chat.MessageID(d.Action.Message)}
	case transcript.Edit:
		u.In = chat.Edited{Text: text, Message: chat.MessageID(d.Action.Message)}
	case transcript.Tap:
		u.In = chat.Tapped{Query: chat.QueryID(fmt.Sprint("q", id)), Data: d.Action.Data, Message: chat.MessageID(d.Action.Message)}
	case transcript.Upload:
		u.In = chat.Uploaded{Message: mine, Name: text, Size: int64(len(d.Action.Bytes)), Bytes: d.Action.Bytes}
	case transcript.Other:
		u.In = chat.Wordless{Message: mine, Kind: text}
	case transcript.Block:
		u.In = chat.Blocked{}
	case transcript.Unblock:
		u.In = chat.Unblocked{}
	case transcript.Inline:
		u.In, u.Place = chat.InlineAsked{Query: chat.QueryID(fmt.Sprint("i", id)), Text: text}, chat.Inline
	case transcript.At, transcript.Wait, transcript.As, transcript.Restart:
	}
	return u
}

// deliver empties the outbox onto people's screens.
func (w *routerWorld) deliver() error {
	for {
		due, err := w.db.Due(w.t.Context(), 0, 100)
		if err != nil || len(due) == 0 {
			return err
		}
		var done []chat.Delivery
		for _, o := range due {
			w.said = append(w.said, fmt.Sprintf("%s to %d: %s", o.Message.Act, o.Message.To, o.Message.HTML))
			d := chat.Delivery{Seq: o.Seq, Chat: o.Message.To, Outcome: chat.Sent, Token: o.Message.Token, At: w.now}
			d.Message = w.show(o.Message)
			done = append(done, d)
		}
		if err := w.db.Settle(w.t.Context(), done); err != nil {
			return err
		}
	}
}

func (w *routerWorld) show(m chat.Message) chat.MessageID {
	s := transcript.Shown{Text: transcript.Plain(m.HTML), Rows: rowsOf(m.Rows)}
	if m.File != nil {
		s.Media = "picture"
		if !m.File.Photo {
			s.Media = "file " + m.File.Name
		}
	}
	switch m.Act {
	case chat.Send:
		w.ids++
		s.Kind, s.ID = transcript.New, w.ids
	case chat.Edit:
		s.Kind, s.ID = transcript.Edited, int64(m.Target)
	case chat.Strip:
		target := m.Target
		if m.Retire != "" {
			var err error
			if target, err = w.db.SentAs(w.t.Context(), m.To, m.Retire); err != nil {
				w.t.Fatal(err)
			}
		}
		s = transcript.Shown{Kind: transcript.Closed, ID: int64(target)}
	case chat.Answer:
		s = transcript.Shown{Kind: transcript.Notice, Text: html.UnescapeString(m.HTML)}
		if m.Alert {
			s.Kind = transcript.Alert
		}
	case chat.Offer:
		for _, r := range m.Results {
			w.see(m.To, transcript.Shown{Kind: transcript.Card, Text: r.Title + "\n" + r.About})
		}
		return 0
	}
	w.see(m.To, s)
	return chat.MessageID(s.ID)
}

func (w *routerWorld) see(to chat.ChatID, s transcript.Shown) { w.shown[to] = append(w.shown[to], s) }

func rowsOf(rows [][]chat.Button) [][]transcript.Button {
	var out [][]transcript.Button
	for _, row := range rows {
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
		out = append(out, buttons)
	}
	return out
}

func (w *routerWorld) Seen(p transcript.Person) ([]transcript.Shown, error) {
	to := chat.ChatID(p.ID)
	if p.Chat != 0 {
		to = chat.ChatID(p.Chat)
	}
	shown := w.shown[to]
	delete(w.shown, to)
	return shown, nil
}

func (w *routerWorld) Stored() ([]string, error) { return stored(w.t, w.db), nil }

// stored lists the records that a script is about, one a line.
func stored(t *testing.T, db *storage.DB) []string {
	t.Helper()
	var dump map[string][]string
	err := db.View(t.Context(), func(v *storage.View) error {
		var err error
		dump, err = v.Dump()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// The second at which a poll brought an update is no part of a script.
	second := regexp.MustCompile(`(T\d\d:\d\d):[\d.]+Z`)
	var lines []string
	for _, bucket := range []string{"people", "watches", "given", "missed", "disputes", "feedback", "chats", "quarantine", "pledges", "requests", "looks", "reminders", "submissions", "drafts", "enterprises", "members", "invites"} {
		for _, row := range dump[bucket] {
			_, value, _ := strings.Cut(row, `" `)
			key := strings.NewReplacer(`\x00`, " ", `"`, "").Replace(strings.TrimSuffix(row, value))
			if slices.Contains([]string{"people", "disputes", "chats", "pledges", "requests", "looks", "submissions", "drafts", "enterprises"}, bucket) {
				key = ""
			}
			if bucket == "drafts" { // its messages have other numbers in every world
				value = answersOf(t, value)
			}
			if bucket == "reminders" { // the enterprise's number has no letters
				key = regexp.MustCompile(`\\x..`).ReplaceAllString(key, "")
			}
			if bucket == "missed" { // who asked cannot be told, and need not be shown
				key = key[:strings.LastIndexByte(strings.TrimSpace(key), ' ')]
			}
			lines = append(lines, strings.TrimSpace(bucket+": "+strings.TrimSpace(key)+" "+second.ReplaceAllString(value, "${1}Z")))
		}
	}
	slices.SortStableFunc(lines, func(a, b string) int { return strings.Compare(bucketOf(a), bucketOf(b)) })
	if len(lines) == 0 {
		return []string{"nothing"}
	}
	return lines
}

func bucketOf(line string) string { return line[:strings.IndexByte(line, ':')] }

// answersOf is what has been answered in a draft.
func answersOf(t *testing.T, draft string) string {
	t.Helper()
	var d storage.Draft
	if err := json.Unmarshal([]byte(draft), &d); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("by %s: %s", d.By, d.State.Draft)
}
