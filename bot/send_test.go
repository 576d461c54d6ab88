package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
)

func send(to chat.ChatID, text string) chat.Message {
	return chat.Message{Act: chat.Send, To: to, HTML: text}
}

// A chat that is told to be silent is left alone for as long as it was asked,
// and nobody else waits for it.
func TestFloodedChatDelaysNobody(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		loud, other := w.person(1), w.person(2)
		w.tg.Faults().Next("sendMessage", emulator.TooMany(30))
		loud.Say("бір")
		w.after(time.Second)
		loud.Say("екі")
		other.Say("сәлем")
		w.after(time.Second)
		if got := heard(other); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("the other heard %q", got)
		}
		if got := heard(loud); len(got) != 0 {
			t.Errorf("the flooded chat heard %q too early", got)
		}
		w.after(30 * time.Second)
		if got := heard(loud); !slices.Equal(got, []string{"echo бір", "echo екі"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// When several chats are told to be silent and nothing goes through, it is the
// bot that is too loud: it is silent for everybody.
func TestFloodedBotIsSilent(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		for id := int64(1); id <= 10; id++ {
			w.person(id).Start("")
		}
		w.after(time.Second)
		w.tg.Faults().Every("sendMessage", 1, emulator.TooMany(20))
		before := w.calls("sendMessage")
		for id := range chat.ChatID(10) {
			w.store.say(send(id+1, "бір"))
			w.bot.Wake()
			w.after(time.Second)
		}
		if n := w.calls("sendMessage") - before; n != 2 {
			t.Errorf("%d calls, want silence after the second chat was flooded", n)
		}
		w.tg.Faults().Clear()
		w.after(time.Minute)
		if n := w.store.left(); n != 0 {
			t.Errorf("%d messages not sent", n)
		}
	})
}

// 403: nothing more is tried, the rest of the chat's rows goes, others do not
// notice; who comes back is answered.
func TestBlockedPersonIsParked(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		gone, other := w.person(1), w.person(2)
		gone.Say("бір")
		other.Say("бір")
		w.after(time.Second)
		gone.Block()
		w.after(time.Second)
		before := w.calls("sendMessage")
		w.store.say(send(1, "a"), send(1, "b"), send(1, "c"), send(2, "d"))
		w.bot.Wake()
		w.after(10 * time.Second)
		if n := w.calls("sendMessage") - before; n != 2 {
			t.Errorf("%d calls, want one for each person", n)
		}
		if !w.store.parked[1] || w.store.left() != 0 {
			t.Errorf("parked %v, %d rows left", w.store.parked, w.store.left())
		}
		if got := heard(other); !slices.Equal(got, []string{"echo бір", "d"}) {
			t.Errorf("the other heard %q", got)
		}
		gone.Unblock()
		gone.Say("екі")
		w.after(time.Second)
		if got := heard(gone); !slices.Equal(got, []string{"echo бір", "echo екі"}) {
			t.Errorf("heard %q after coming back", got)
		}
		in := w.store.inputs()
		if !slices.Contains(in, chat.Input(chat.Blocked{})) || !slices.Contains(in, chat.Input(chat.Unblocked{})) {
			t.Errorf("inputs %v", in)
		}
	})
}

// Temporary failures of every sort are tried again; where the connection was
// cut after Telegram had taken the message it comes twice: that is the limit.
func TestSendingSurvivesFaults(t *testing.T) {
	for name, test := range map[string]struct {
		fault emulator.Fault
		times int
	}{
		"bad gateway with a page":  {emulator.BadGateway(), 1},
		"restart":                  {emulator.Refused(500, "Internal Server Error: restart"), 1},
		"gateway timeout":          {emulator.Fault{Code: 504, HTML: true}, 1},
		"cut before":               {emulator.Fault{Cut: emulator.CutBefore}, 1},
		"cut after":                {emulator.Fault{Cut: emulator.CutAfter}, 2},
		"cut in the middle":        {emulator.Fault{Cut: emulator.CutMidway}, 2},
		"forbidden by a proxy":     {emulator.Fault{Code: 403, HTML: true}, 1},
		"no answer within minutes": {emulator.Fault{Before: 5 * time.Minute}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, echo, nil, func(w *world) {
				w.tg.Faults().Next("sendMessage", test.fault, test.fault)
				p := w.person(1)
				p.Say("бір")
				p.Say("екі")
				w.after(3 * time.Minute)
				got := heard(p)
				if len(got) == 0 || got[len(got)-1] != "echo екі" || !slices.IsSorted(got) {
					t.Errorf("heard %q", got)
				}
				if n := strings.Count(strings.Join(got, "|"), "бір"); n > test.times+1 {
					t.Errorf("%d times the first answer: %q", n, got)
				}
				if test.times == 1 && len(got) != 2 {
					t.Errorf("heard %q, want each once", got)
				}
				if w.store.left() != 0 {
					t.Error("rows not settled")
				}
			})
		})
	}
}

// A message that Telegram cannot digest does not silence its chat for ever.
func TestPoisonedMessageIsRefused(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		sick, other := w.person(1), w.person(2)
		sick.Start("")
		other.Start("")
		w.after(time.Second)
		for range 30 {
			w.tg.Faults().Next("editMessageText", emulator.Refused(500, "Internal Server Error"))
		}
		w.store.say(chat.Message{Act: chat.Edit, To: 1, Target: 1, HTML: "x"}, send(1, "after"))
		w.bot.Wake()
		for range 60 {
			w.store.say(send(2, "tick"))
			w.bot.Wake()
			w.after(10 * time.Second)
		}
		if n := w.store.outcomes()[chat.Refused]; n != 1 {
			t.Errorf("%d refused", n)
		}
		if got := heard(sick); !slices.Equal(got, []string{"after"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// A pressed button is answered at once, before everything that waits in the
// chat, and never again once it is too old.
func TestAnswersOvertake(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		for i := range 30 {
			w.store.say(send(1, fmt.Sprint(i)))
		}
		w.bot.Wake()
		w.after(time.Second)
		p.TapData(1, "q:yarn")
		w.after(time.Second)
		if got := heard(p); len(got) >= 30 {
			t.Fatalf("all %d messages are out: nothing was overtaken", len(got))
		}
		if n := p.Notices(); len(n) != 1 || n[0].Text != "pressed" {
			t.Errorf("notices %v", n)
		}
		before := w.calls("answerCallbackQuery")
		w.store.say(chat.Message{Act: chat.Answer, To: 1, Query: "12345", HTML: "late"})
		w.bot.Wake()
		w.after(time.Hour)
		if n := w.calls("answerCallbackQuery") - before; n != 1 {
			t.Errorf("a stale press was answered %d times", n)
		}
		if n := w.store.outcomes()[chat.Stale]; n != 1 {
			t.Errorf("%d stale", n)
		}
	})
}

func TestEditing(t *testing.T) {
	rows := [][]chat.Button{{{Text: "Иә", Data: "yes", Style: chat.Success}, {Text: "Көшіру", Copy: "42"}}}
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		w.store.say(chat.Message{Act: chat.Send, To: 1, HTML: "<b>бір</b>", Rows: rows, Token: "ask"})
		w.bot.Wake()
		w.after(time.Second)
		id := chat.MessageID(p.Chat()[1].ID)
		if w.store.sent["1ask"] != id {
			t.Fatalf("the token names message %d, it is %d", w.store.sent["1ask"], id)
		}
		if got := p.Chat()[1].Rows; len(got) != 1 || got[0][0].Style != "success" || got[0][1].Copy != "42" {
			t.Errorf("buttons %+v", got)
		}
		same := chat.Message{Act: chat.Edit, To: 1, Target: id, HTML: "<b>екі</b>", Rows: rows}
		w.store.say(same, same) // the second changes nothing, and that is fine
		w.bot.Wake()
		w.after(10 * time.Second)
		if m := p.Chat()[1]; m.Text != "екі" || len(m.Rows) != 1 {
			t.Errorf("edited message %+v", m)
		}
		w.store.say(chat.Message{Act: chat.Strip, To: 1, Retire: "ask"}, chat.Message{Act: chat.Strip, To: 1, Target: id},
			chat.Message{Act: chat.Strip, To: 1, Retire: "never sent"})
		w.bot.Wake()
		w.after(10 * time.Second)
		if m := p.Chat()[1]; m.Text != "екі" || len(m.Rows) != 0 {
			t.Errorf("stripped message %+v", m)
		}
		p.Delete(int64(id))
		w.store.say(same, chat.Message{Act: chat.Strip, To: 1, Target: id})
		w.bot.Wake()
		w.after(10 * time.Second)
		if got := heard(p); !slices.Equal(got, []string{"екі"}) || len(p.Chat()[len(p.Chat())-1].Rows) != 1 {
			t.Errorf("a deleted message was not replaced by a new one: %q", got)
		}
		if got := w.store.outcomes(); got[chat.Refused] != 0 || got[chat.Stale] != 2 {
			t.Errorf("outcomes %v", got)
		}
	})
}

// The buttons of a message can be taken off in the breath after it was sent,
// and after a restart too.
func TestRetiringByToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rows := [][]chat.Button{{{Text: "Иә", Data: "yes"}}}
		w := newWorld(t, echo, nil)
		p := w.person(1)
		p.Start("")
		w.store.settleErr = fmt.Errorf("not yet") // so only the memory knows the message
		w.start()
		w.store.say(chat.Message{Act: chat.Send, To: 1, HTML: "a", Rows: rows, Token: "a"}, chat.Message{Act: chat.Strip, To: 1, Retire: "a"},
			chat.Message{Act: chat.Send, To: 1, HTML: "b", Rows: rows, Token: "b"})
		w.bot.Wake()
		w.after(time.Second)
		if m := p.Chat()[1]; m.Text != "a" || len(m.Rows) != 0 {
			t.Errorf("message %+v still has buttons", m)
		}
		w.store.mu.Lock()
		w.store.settleErr = nil
		w.store.mu.Unlock()
		w.after(5 * time.Second)
		w.halt()
		w.start()
		w.store.say(chat.Message{Act: chat.Strip, To: 1, Retire: "b"})
		w.bot.Wake()
		w.after(time.Second)
		if m := p.Chat()[2]; m.Text != "b" || len(m.Rows) != 0 {
			t.Errorf("message %+v still has buttons", m)
		}
		w.halt()
		w.check()
	})
}

// What Telegram does not understand is said in plain words, and noted.
func TestBadMarkupIsSentPlain(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		w.store.say(send(1, "<h1>466&#160;000 т &amp; рекорд</h1>"))
		w.bot.Wake()
		w.after(time.Second)
		if got := heard(p); !slices.Equal(got, []string{"466\u00a0000 т & рекорд"}) {
			t.Errorf("heard %q", got)
		}
		if !strings.Contains(w.logs.String(), "simpler form") {
			t.Error("nothing in the log")
		}
		if strings.Contains(w.logs.String(), "рекорд") {
			t.Error("the log holds what was written")
		}
	})
}

func TestOurBugsAreRefused(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		button := func(b chat.Button) chat.Message {
			return chat.Message{Act: chat.Send, To: 1, HTML: "x", Rows: [][]chat.Button{{b}}}
		}
		w.store.say(
			send(1, strings.Repeat("ы", 5000)),
			send(1, ""),
			button(chat.Button{Text: "a", Data: strings.Repeat("ы", 33)}),
			button(chat.Button{Text: "a", Copy: strings.Repeat("ы", 257)}),
			button(chat.Button{Text: "a"}),
			button(chat.Button{Data: "a"}),
			chat.Message{Act: "sing", To: 1},
			chat.Message{Act: chat.Offer, To: 1, Query: "1", Results: []chat.Result{{ID: strings.Repeat("x", 65), Title: "t", HTML: "h"}}},
			send(1, "fine"),
		)
		w.bot.Wake()
		w.after(time.Minute)
		if got := heard(p); !slices.Equal(got, []string{"fine"}) {
			t.Errorf("heard %q", got)
		}
		if got := w.store.outcomes(); got[chat.Refused] != 8 {
			t.Errorf("outcomes %v", got)
		}
		for _, d := range w.store.log {
			if d.Outcome == chat.Refused && d.Reason == "" {
				t.Errorf("row %d is refused without a reason", d.Seq)
			}
		}
	})
}

func TestDeliveryOptions(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		first := p.Start("")
		w.after(time.Second)
		m := send(1, "a <a href=\"https://example.kz\">source</a>")
		m.Protect, m.Silent, m.ReplyTo = true, true, chat.MessageID(first)
		w.store.say(m)
		gone := send(1, "b")
		gone.ReplyTo = 999 // deleted: sent all the same
		w.store.say(gone)
		w.bot.Wake()
		w.after(2 * time.Second)
		got := p.Chat()
		if len(got) != 3 {
			t.Fatalf("%d messages", len(got))
		}
		if !got[1].Protected || !got[1].Silent || got[1].ReplyTo != first {
			t.Errorf("message %+v", got[1])
		}
		for _, c := range w.tg.Log() {
			if c.Method == "sendMessage" && c.Params["link_preview_options"] != `{"is_disabled":true}` {
				t.Errorf("link previews are on: %v", c.Params)
			}
		}
	})
}

func TestInlineQueries(t *testing.T) {
	offer := func(u chat.Update) []chat.Message {
		asked, ok := u.In.(chat.InlineAsked)
		if !ok {
			return nil
		}
		if asked.Text == "nothing" {
			return []chat.Message{{Act: chat.Offer, To: u.Chat, Query: asked.Query}}
		}
		return []chat.Message{{Act: chat.Offer, To: u.Chat, Query: asked.Query, Results: []chat.Result{
			{ID: "1", Title: "Мақта", About: "2025", HTML: "<b>466 000 т</b> (" + asked.Text + ")"},
		}}}
	}
	play(t, offer, nil, func(w *world) {
		p := w.person(1)
		q := p.InlineQuery("мақта")
		w.after(time.Second)
		got, ok := p.Results(q)
		if !ok || len(got.Results) != 1 {
			t.Fatalf("results %+v, %v", got, ok)
		}
		if _, err := p.Choose("1"); err != nil {
			t.Fatal(err)
		}
		w.after(time.Second)
		if n := len(w.store.applied); n != 1 {
			t.Errorf("%d updates: our own words came back as a question", n)
		}
		none := p.InlineQuery("nothing") // no results are an empty list, never null
		w.after(time.Second)
		if got, ok := p.Results(none); !ok || len(got.Results) != 0 {
			t.Errorf("results %+v, %v", got, ok)
		}
	})
}

// A group that becomes a supergroup keeps its messages.
func TestGroupMoves(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		g := w.tg.Group(-5, "Maqta", p)
		g.AddBot(p)
		w.after(time.Second)
		n := g.Upgrade(-1_000_000_000_005)
		w.store.say(send(-5, "a"), send(-5, "b"))
		w.bot.Wake()
		w.after(10 * time.Second)
		w.store.say(send(-5, "c"))
		w.bot.Wake()
		w.after(10 * time.Second)
		var got []string
		for _, m := range n.Chat() {
			if m.FromBot && len(m.Text) == 1 {
				got = append(got, m.Text)
			}
		}
		if !slices.Equal(got, []string{"a", "b", "c"}) {
			t.Errorf("the supergroup heard %q", got)
		}
		if got := w.store.outcomes(); got[chat.Relocated] != 1 || got[chat.Sent] != 3 {
			t.Errorf("outcomes %v", got)
		}
		if !slices.Contains(w.store.inputs(), chat.Input(chat.Moved{To: -1_000_000_000_005})) {
			t.Errorf("inputs %v", w.store.inputs())
		}
		n.Kick(p)
		w.after(time.Second)
		w.store.say(send(-1_000_000_000_005, "d"))
		w.bot.Wake()
		w.after(10 * time.Second)
		if !w.store.parked[-1_000_000_000_005] {
			t.Error("a group that threw us out is not parked")
		}
	})
}

// A digest to everybody takes its time, and an answer does not wait for it, not
// even in a chat that is still to get its digest.
func TestBulkNeverDelaysAnswers(t *testing.T) {
	const everybody = 500
	play(t, echo, nil, func(w *world) {
		w.tg.SetRates(true)
		var people []*emulator.Person
		for id := range int64(everybody) {
			p := w.person(id + 1)
			p.Start("")
			people = append(people, p)
		}
		w.after(time.Minute)
		began := time.Now()
		for id := range chat.ChatID(everybody) {
			m := send(id+1, "digest")
			m.Bulk = true
			w.store.say(m)
		}
		w.bot.Wake()
		w.after(2 * time.Second)
		last := people[everybody-1]
		last.Say("сәлем")
		w.after(200 * time.Millisecond)
		if got := heard(last); !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("heard %q, want the answer before the digest", got)
		}
		for w.store.left() > 0 {
			w.after(100 * time.Millisecond)
		}
		rate := everybody / time.Since(began).Seconds()
		if rate > 25.5 || rate < 20 {
			t.Errorf("%.1f bulk messages a second", rate)
		}
		if got := w.store.outcomes(); got[chat.Postponed] != 0 || got[chat.Sent] != everybody+1 {
			t.Errorf("outcomes %v", got)
		}
	})
}

// One chat gets one message a second after a short burst, a group twenty a
// minute: Telegram never has to ask.
func TestPaceOfOneChat(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.tg.SetRates(true)
		p := w.person(1)
		p.Start("")
		g := w.tg.Group(-5, "Maqta", p)
		g.AddBot(p)
		w.after(time.Second)
		for i := range 40 {
			w.store.say(send(1, fmt.Sprint(i)), send(-5, fmt.Sprint(i)))
		}
		w.bot.Wake()
		w.after(10 * time.Second)
		if n := len(heard(p)); n < 13 || n > 16 {
			t.Errorf("%d messages in one chat within ten seconds", n)
		}
		w.after(50 * time.Second)
		n := 0
		for _, m := range g.Chat() {
			if m.FromBot {
				n++
			}
		}
		if n < 18 || n > 20 {
			t.Errorf("%d messages in one group within a minute", n)
		}
		w.after(2 * time.Minute)
		if got := w.store.outcomes(); got[chat.Postponed] != 0 || got[chat.Sent] != 80 {
			t.Errorf("outcomes %v", got)
		}
	})
}

// Without pacing, more rows than are kept with their text: all are sent, each
// chat's in order, while only some rows' texts are in memory.
func TestLongQueue(t *testing.T) {
	const rows = 9000
	off := func(c *bot.Config) { c.Pace = bot.PaceOff }
	play(t, echo, off, func(w *world) {
		var people []*emulator.Person
		for id := range int64(10) {
			p := w.person(id + 1)
			p.Start("")
			people = append(people, p)
		}
		w.after(time.Second)
		w.tg.Faults().Every("sendMessage", 1, emulator.Slow(10*time.Millisecond))
		for i := range rows {
			w.store.say(send(chat.ChatID(i%10+1), fmt.Sprintf("%04d", i)))
		}
		w.bot.Wake()
		w.after(time.Minute)
		for _, p := range people {
			got := heard(p)
			if len(got) != rows/10 || !slices.IsSorted(got) {
				t.Errorf("person %d heard %d messages, in order: %v", p.Profile().ID, len(got), slices.IsSorted(got))
			}
		}
	})
}

// A 429 to an answer holds back the other answers, and only those.
func TestFloodedAnswers(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		w.tg.Faults().Next("answerCallbackQuery", emulator.TooMany(20))
		p.TapData(1, "a")
		w.after(time.Second)
		p.TapData(1, "b")
		p.Say("сәлем")
		w.after(time.Second)
		if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) || len(p.Notices()) != 0 {
			t.Errorf("heard %q, notices %v", got, p.Notices())
		}
		w.after(20 * time.Second)
		if n := len(p.Notices()); n != 2 {
			t.Errorf("%d notices", n)
		}
	})
}

// A row written without a Wake is found all the same.
func TestForgottenWake(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		w.store.say(send(1, "digest"))
		w.after(6 * time.Second)
		if got := heard(p); !slices.Equal(got, []string{"digest"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// An outage is told once, and its end.
func TestOutageIsLoggedOnce(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		for id := int64(1); id <= 20; id++ {
			w.person(id).Say("сәлем")
		}
		w.tg.Faults().Every("sendMessage", 1, emulator.BadGateway())
		w.after(time.Minute)
		w.tg.Faults().Clear()
		w.after(time.Minute)
		if n := strings.Count(w.logs.String(), "message postponed"); n != 1 {
			t.Errorf("%d lines about one outage", n)
		}
		if n := strings.Count(w.logs.String(), "messages go through again"); n != 1 {
			t.Errorf("%d lines about its end", n)
		}
	})
}
