package handlers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/emulator"
	"maqta/handlers"
	"maqta/locales"
	"maqta/sector/ask"
	"maqta/storage"
	"maqta/storage/storagetest"
)

var morning = time.Date(2026, time.March, 6, 5, 0, 0, 0, time.UTC)

func asks(id int, who int64, text string) chat.Update {
	return chat.Update{
		ID: chat.UpdateID(id), Chat: chat.ChatID(who), From: chat.UserID(who), Place: chat.Private, Lang: chat.English,
		At: morning.Add(time.Duration(id) * time.Second), In: chat.Said{Text: text, Message: chat.MessageID(id)},
	}
}

func said(t *testing.T, db *storage.DB) []chat.Message {
	t.Helper()
	due, err := db.Due(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	messages := make([]chat.Message, len(due))
	for i, o := range due {
		messages[i] = o.Message
	}
	return messages
}

func TestApplyKnowsUpdatesByTheirExactID(t *testing.T) {
	db := storagetest.Open(t)
	r := newRouter(t, db, true)
	high, low := asks(900, 1, "cotton"), asks(5, 1, "yarn")
	for _, batch := range [][]chat.Update{{high}, {high}, {low}, {low, high}} {
		if err := r.Apply(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
	}
	if got := said(t, db); len(got) != 2 {
		t.Errorf("%d messages, want one for each of two updates, the lower id too", len(got))
	}
}

func TestOffenderAloneIsQuarantined(t *testing.T) {
	db := storagetest.Open(t)
	r := newRouter(t, db, true)
	handlers.BreakCommand(r, "help")
	bad := asks(2, 2, "")
	bad.In = chat.Command{Name: "help"}
	if err := r.Apply(t.Context(), []chat.Update{asks(1, 1, "cotton"), bad, asks(3, 3, "yarn")}); err != nil {
		t.Fatal(err)
	}
	got := said(t, db)
	if len(got) != 3 {
		t.Fatalf("%d messages, want two answers and an apology", len(got))
	}
	for i, want := range []string{"466,000", "went wrong on our side", "500 tonnes"} {
		if !strings.Contains(got[i].HTML, want) || got[i].To != chat.ChatID(i+1) {
			t.Errorf("message %d to %d: %q, want %q", i, got[i].To, got[i].HTML, want)
		}
	}
	err := db.View(t.Context(), func(v *storage.View) error {
		n, err := v.Isolated()
		if n != 1 {
			t.Errorf("%d in quarantine, want 1", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestMenusCoverEveryTopic: every figure and statement can be reached by taps.
func TestMenusCoverEveryTopic(t *testing.T) {
	listed := map[ask.Topic]bool{}
	for _, topic := range handlers.MenuTopics() {
		listed[topic] = true
	}
	asker := mind(t).Asker
	for _, topic := range ask.Topics() {
		a := asker.Answer(ask.Query{Topics: []ask.Topic{topic}}, ask.English)
		if len(a.Sources) > 0 && a.Kind != ask.KindMeta && !listed[topic] {
			t.Errorf("no menu leads to %s", topic)
		}
	}
}

// TestEveryAnswerRenders words every topic and every button in each language.
func TestEveryAnswerRenders(t *testing.T) {
	m := mind(t)
	for _, topic := range ask.Topics() {
		for _, op := range []ask.Op{ask.Value, ask.Whence, ask.Trend, ask.List, ask.Lowest, ask.Highest, ask.Meaning} {
			for _, lang := range ask.Langs() {
				a := m.Asker.Answer(ask.Query{Topics: []ask.Topic{topic}, Op: op}, lang)
				messages, err := handlers.Render(m.Words, m.ReplyTo(1, a), chat.Lang(lang))
				if err != nil {
					t.Errorf("%s %s in %s: %v", topic, op, lang, err)
					continue
				}
				for _, msg := range messages {
					if _, _, err := emulator.ParseHTML(msg.HTML); err != nil {
						t.Errorf("%s %s in %s: %v\n%s", topic, op, lang, err, msg.HTML)
					}
					for _, row := range msg.Rows {
						for _, b := range row {
							if len(b.Data) > 64 || b.Text == "" {
								t.Errorf("%s %s in %s: button %q carries %q", topic, op, lang, b.Text, b.Data)
							}
						}
					}
				}
			}
		}
	}
}

// TestDigitInAnyTextIsRefused is C-1: a digit put into any text of any language
// makes the renderer refuse every answer that uses it.
func TestDigitInAnyTextIsRefused(t *testing.T) {
	m := mind(t)
	forged, err := locales.New(
		func(n chat.Number) error { return m.Book.Prove(n.Value, n.Proof.Ref) },
		locales.Rewrite(func(_ chat.Lang, _, text string) string { return text + " 7" }),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range ask.Topics() {
		for _, lang := range ask.Langs() {
			reply := m.ReplyTo(1, m.Asker.Answer(ask.Query{Topics: []ask.Topic{topic}}, lang))
			if _, err := handlers.Render(forged, reply, chat.Lang(lang)); err == nil {
				t.Errorf("%s in %s: a forged digit leaves", topic, lang)
			}
		}
	}
}

// TestChangedFigureIsRefused: a digit of any shown figure that is changed on the
// way makes the renderer refuse the message.
func TestChangedFigureIsRefused(t *testing.T) {
	m := mind(t)
	tried := 0
	for _, topic := range ask.Topics() {
		a := m.Asker.Answer(ask.Query{Topics: []ask.Topic{topic}}, ask.Russian)
		reply := m.ReplyTo(1, a)
		eachNumber(&reply.Text, func(set func(chat.Number), n chat.Number) {
			if n.Proof.Kind != chat.ByFact && n.Proof.Kind != chat.ByCalc {
				return
			}
			for i, c := range n.Value {
				if c < '0' || c > '9' {
					continue
				}
				forged := n
				forged.Value = fmt.Sprint(n.Value[:i], (c-'0'+1)%10, n.Value[i+1:])
				set(forged)
				tried++
				if _, err := handlers.Render(m.Words, reply, chat.Russian); err == nil {
					t.Errorf("%s: %s leaves instead of %s", topic, forged.Value, n.Value)
				}
			}
			set(n)
		})
	}
	if tried < 100 {
		t.Errorf("only %d digits were tried", tried)
	}
}

// eachNumber calls fn with every number inside a text and the way to replace it.
func eachNumber(t *chat.Text, fn func(set func(chat.Number), n chat.Number)) {
	for i := range t.Parts {
		eachNumber(&t.Parts[i], fn)
	}
	for name, arg := range t.Args {
		switch arg := arg.(type) {
		case chat.Number:
			fn(func(n chat.Number) { t.Args[name] = n }, arg)
		case chat.Text:
			eachNumber(&arg, fn)
		}
	}
}

func FuzzQuotesStayHTML(f *testing.F) {
	for _, s := range []string{"<b>", "a & b", "</a>\"'", "\U0001F411", "12 5OO", "\x00"} {
		f.Add(s)
	}
	m, err := loadMind()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, said string) {
		reply := chat.Reply{To: 1, Text: locales.DisputeCard(locales.StartAsk(), chat.Quote(said), chat.Year(2026))}
		messages, err := handlers.Render(m.Words, reply, chat.Kazakh)
		if err != nil {
			t.Fatal(err)
		}
		for _, msg := range messages {
			if _, _, err := emulator.ParseHTML(msg.HTML); err != nil {
				t.Fatalf("%q: %v", msg.HTML, err)
			}
		}
	})
}

// FuzzTap presses forged buttons: never a panic, never a lost store, always an answer.
func FuzzTap(f *testing.F) {
	for _, s := range []string{"q:harvest", "q:harvest-2019", "tr:ru:harvest", "ch:structure", "dp:1:stands", "m:cotton:all", "what:!back:1", "fg:yes", "::", ""} {
		f.Add(s)
	}
	db := storagetest.Open(f)
	r := newRouter(f, db, false)
	id := 0
	f.Fuzz(func(t *testing.T, data string) {
		id++
		u := asks(id, 7, "")
		u.In = chat.Tapped{Query: chat.QueryID(fmt.Sprint(id)), Data: data, Message: chat.MessageID(id)}
		before := len(said(t, db))
		if err := r.Apply(t.Context(), []chat.Update{u}); err != nil {
			t.Fatal(err)
		}
		now := said(t, db)
		if len(now) == before {
			t.Fatalf("%q got no answer", data)
		}
		for _, m := range now {
			for _, row := range m.Rows {
				for _, b := range row {
					if len(b.Data) > 64 {
						t.Fatalf("%q leads to a button with %q", data, b.Data)
					}
				}
			}
		}
		drain(t, db)
	})
}

// FuzzDeepLink opens links with any payload.
func FuzzDeepLink(f *testing.F) {
	for _, s := range []string{"q_harvest", "q_harvest-2019", "q_", "inv_x", "", "q_textile--clothing-compare"} {
		f.Add(s)
	}
	db := storagetest.Open(f)
	r := newRouter(f, db, false)
	id := 0
	f.Fuzz(func(t *testing.T, payload string) {
		id++
		u := asks(id, 7, "")
		u.In = chat.Command{Name: "start", Args: payload, Message: chat.MessageID(id)}
		if err := r.Apply(t.Context(), []chat.Update{u}); err != nil {
			t.Fatal(err)
		}
		got := said(t, db)
		if len(got) != 1 || got[0].HTML == "" {
			t.Fatalf("/start %q: %+v, want one message", payload, got)
		}
		drain(t, db)
	})
}

func drain(t *testing.T, db *storage.DB) {
	t.Helper()
	due, err := db.Due(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	done := make([]chat.Delivery, len(due))
	for i, o := range due {
		done[i] = chat.Delivery{Seq: o.Seq, Outcome: chat.Sent, Message: 1}
	}
	if err := db.Settle(t.Context(), done); err != nil {
		t.Fatal(err)
	}
}
