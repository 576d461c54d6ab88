package dialog_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
)

// report is a draft with every kind of question that the product asks.
type report struct {
	Month  string   `json:"month,omitempty"`
	Output int      `json:"output,omitempty"`
	Large  string   `json:"large,omitempty"` // why the output is far from usual
	Doubt  int      `json:"doubt,omitempty"` // a bare number that may be thousands
	Staff  int      `json:"staff,omitempty"`
	Local  int      `json:"local,omitempty"`
	Goods  []string `json:"goods,omitempty"`
	Note   string   `json:"note,omitempty"`
	NoNote bool     `json:"no_note,omitempty"`
}

func word(id string) chat.Text { return chat.Text{ID: id} }

func wrong(id string) func(chat.Quote) chat.Text {
	return func(got chat.Quote) chat.Text {
		return chat.Text{ID: id, Args: map[string]any{"Got": got}}
	}
}

func number(n int) chat.Text { return chat.Text{ID: strconv.Itoa(n)} }

var begun = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

func words() dialog.Words {
	return dialog.Words{
		Back: word("back"), Skip: word("skip"), Cancel: word("cancel"),
		Send: word("send"), Change: word("change"), Continue: word("continue"), Delete: word("delete"),
		Which: word("which line"), Old: word("old button"), Stopped: word("stopped"), Sure: word("sure?"),
		Expired: word("expired"), Added: word("new question"),
		Paused: func(done, of int) chat.Text { return word(fmt.Sprintf("paused %d of %d", done, of)) },
		Changed: func(label, from, to chat.Text) chat.Text {
			return word(fmt.Sprintf("%s: %s -> %s", label.ID, from.ID, to.ID))
		},
	}
}

func steps() []dialog.Step[report] {
	outputs := dialog.Whole(0, 1_000_000, wrong("bad output"))
	output := dialog.Step[report]{
		Key: "output",
		Ask: func(r report) chat.Reply {
			reply := chat.Reply{Text: word("output?")}
			if r.Doubt > 0 {
				n := strconv.Itoa(r.Doubt)
				reply.Options = dialog.Rows(2, chat.Option{Label: word(n + " thousand"), Data: n + "000"}, chat.Option{Label: word(n + " tenge"), Data: n})
			}
			return reply
		},
		Take: func(r *report, in chat.Input) *chat.Text {
			if tap, ok := in.(chat.Tapped); ok {
				n, err := strconv.Atoi(tap.Data)
				if err != nil {
					return dialog.Again()
				}
				r.Output, r.Doubt = n, 0
				return nil
			}
			n, bad := outputs(in)
			if bad != nil {
				return bad
			}
			if n > 0 && n < 100 {
				r.Doubt = n
				which := word("which unit?")
				return &which
			}
			r.Output, r.Doubt = n, 0
			return nil
		},
	}
	goods := dialog.Step[report]{
		Key: "goods",
		Ask: func(r report) chat.Reply {
			return chat.Reply{Text: word("goods: " + strings.Join(r.Goods, ",")), Options: dialog.Rows(3,
				chat.Option{Label: word("yarn"), Data: "yarn"}, chat.Option{Label: word("fabric"), Data: "fabric"}, chat.Option{Label: word("done"), Data: "done"})}
		},
		Take: func(r *report, in chat.Input) *chat.Text {
			tap, ok := in.(chat.Tapped)
			switch {
			case !ok:
				bad := word("press")
				return &bad
			case tap.Data == "done":
				return nil
			case slices.Contains(r.Goods, tap.Data):
				r.Goods = slices.DeleteFunc(r.Goods, func(g string) bool { return g == tap.Data })
			default:
				r.Goods = append(r.Goods, tap.Data)
			}
			return dialog.Again()
		},
	}
	count := func(n func(report) int) func(report) chat.Text {
		return func(r report) chat.Text { return number(n(r)) }
	}
	return []dialog.Step[report]{
		dialog.Choice("month", word("month?"), 2, []dialog.Pick[string]{
			{Name: "feb", Label: word("February"), Value: "2026-02"}, {Name: "mar", Label: word("March"), Value: "2026-03"},
		}, nil, func(r *report) *string { return &r.Month }),
		output.Line(word("Output"), count(func(r report) int { return r.Output })),
		dialog.Field("output.large", word("why so large?"), dialog.Line(40, wrong("too long")), func(r *report) *string { return &r.Large }).
			If(func(r report) bool { return r.Output > 500_000 }),
		dialog.Field("staff", word("staff?"), dialog.Whole(0, 100_000, wrong("bad staff")), func(r *report) *int { return &r.Staff }).
			Line(word("Staff"), count(func(r report) int { return r.Staff })),
		dialog.Field("local", word("local?"), dialog.Whole(0, 100_000, wrong("bad local")), func(r *report) *int { return &r.Local }).
			Line(word("Local"), count(func(r report) int { return r.Local })),
		{
			Key:  "clash",
			When: func(r report) bool { return r.Local > r.Staff },
			Ask: func(report) chat.Reply {
				return chat.Reply{Text: word("more local than staff"), Options: dialog.Rows(2, dialog.Jump(word("fix local"), "local"), dialog.Jump(word("fix staff"), "staff"))}
			},
			Take: func(*report, chat.Input) *chat.Text { bad := word("more local than staff"); return &bad },
		},
		goods,
		dialog.Field("note", word("note?"), dialog.Line(40, wrong("too long")), func(r *report) *string { return &r.Note }).
			Or(func(r *report) { r.Note, r.NoNote = "", true }),
		dialog.Confirm("sure", func(r report) chat.Text {
			return word(fmt.Sprintf("card %s %d %d %d", r.Month, r.Output, r.Staff, r.Local))
		}),
	}
}

func hear(r *report, _ string, said chat.Said) []string {
	var keys []string
	for part := range strings.SplitSeq(said.Text, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		n, err := strconv.Atoi(value)
		if err != nil {
			continue
		}
		switch name {
		case "output":
			r.Output, r.Doubt = n, 0
		case "staff":
			r.Staff = n
		case "local":
			r.Local = n
		default:
			continue
		}
		keys = append(keys, name)
	}
	return keys
}

func script() dialog.Script[report] {
	return dialog.Script[report]{Name: "report", Steps: steps(), Words: words(), Keep: true, Hear: hear}
}

// message is what a person sees of one of our messages.
type message struct {
	id    chat.MessageID
	text  string
	rows  [][]chat.Option
	token string
}

// talk is a chat with one script, as the rest of the bot and Telegram would
// carry it: it keeps what is on the screen, and sends the state through JSON
// between turns as the store does.
type talk struct {
	t      testing.TB
	script dialog.Script[report]
	st     dialog.State
	turn   dialog.Turn[report]
	screen []*message
	next   chat.MessageID
	at     time.Time
	notice string
	stale  []string // every button that was ever shown
}

func newTalk(t testing.TB, s dialog.Script[report]) *talk {
	t.Helper()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	k := &talk{t: t, script: s, next: 100, at: begun}
	k.begin()
	return k
}

func (k *talk) begin(only ...string) {
	k.t.Helper()
	st, err := k.script.Begin(k.st, report{}, k.at)
	if err != nil {
		k.t.Fatal(err)
	}
	st.Only = only
	k.st = st
	k.ask(nil)
}

func (k *talk) ask(in chat.Input) {
	k.t.Helper()
	k.took(k.script.Ask(k.st, in, k.at))
}

func (k *talk) do(in chat.Input) dialog.Fate {
	k.t.Helper()
	before := k.st
	was, err := json.Marshal(before)
	if err != nil {
		k.t.Fatal(err)
	}
	k.took(k.script.Advance(k.st, in, k.at))
	if now, err := json.Marshal(before); err != nil || string(now) != string(was) {
		k.t.Fatalf("the state that was passed in has changed:\n%s\n%s", was, now)
	}
	return k.turn.Fate
}

func (k *talk) took(turn dialog.Turn[report], err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatalf("%v", err)
	}
	raw, err := json.Marshal(turn.State)
	if err != nil {
		k.t.Fatal(err)
	}
	k.st = dialog.State{}
	if err := json.Unmarshal(raw, &k.st); err != nil {
		k.t.Fatal(err)
	}
	k.turn, k.notice = turn, ""
	for _, r := range turn.Replies {
		k.show(r)
	}
}

func (k *talk) show(r chat.Reply) {
	k.t.Helper()
	for _, row := range r.Options {
		for _, o := range row {
			if len(o.Data) > 64 || o.Label.IsZero() {
				k.t.Fatalf("button %+v cannot be shown", o)
			}
			k.stale = append(k.stale, o.Data)
		}
	}
	find := func(ok func(*message) bool) *message {
		if i := slices.IndexFunc(k.screen, ok); i >= 0 {
			return k.screen[i]
		}
		k.t.Fatalf("no message for %+v", r)
		return nil
	}
	switch {
	case r.Answers != "":
		k.notice = flat(r.Text)
	case r.Retire != "":
		find(func(m *message) bool { return m.token == r.Retire }).rows = nil
	case r.Strip != 0:
		find(func(m *message) bool { return m.id == r.Strip }).rows = nil
	case r.Edits != 0:
		m := find(func(m *message) bool { return m.id == r.Edits })
		m.text, m.rows = flat(r.Text), r.Options
	default:
		k.next++
		k.screen = append(k.screen, &message{k.next, flat(r.Text), r.Options, r.Token})
	}
}

func flat(t chat.Text) string {
	parts := []string{}
	for _, p := range t.Parts {
		parts = append(parts, flat(p))
	}
	if t.ID != "" {
		parts = append(parts, t.ID)
	}
	return strings.Join(parts, "|")
}

// say sends a text and returns its message id.
func (k *talk) say(text string) chat.MessageID {
	k.t.Helper()
	k.next++
	id := k.next
	k.do(chat.Said{Text: text, Message: id})
	return id
}

// tap presses the newest button with the label.
func (k *talk) tap(label string) (data string, on chat.MessageID) {
	k.t.Helper()
	for _, m := range slices.Backward(k.screen) {
		for _, row := range m.rows {
			for _, o := range row {
				if o.Label.ID == label {
					k.press(o.Data, m.id)
					return o.Data, m.id
				}
			}
		}
	}
	k.t.Fatalf("no button %q on the screen:\n%s", label, k.draw())
	return "", 0
}

func (k *talk) press(data string, on chat.MessageID) dialog.Fate {
	k.t.Helper()
	return k.do(chat.Tapped{Query: "q", Data: data, Message: on})
}

// want compares the newest message with the text and labels.
func (k *talk) want(text string, labels ...string) {
	k.t.Helper()
	last := k.screen[len(k.screen)-1]
	if k.turn.State.Message != 0 {
		last = k.screen[slices.IndexFunc(k.screen, func(m *message) bool { return m.id == k.turn.State.Message })]
	}
	if got := labelsOf(last); last.text != text || !reflect.DeepEqual(got, labels) {
		k.t.Fatalf("got  %q %q\nwant %q %q", last.text, got, text, labels)
	}
}

func labelsOf(m *message) []string {
	var got []string
	for _, row := range m.rows {
		for _, o := range row {
			got = append(got, o.Label.ID)
		}
	}
	return got
}

// alive counts the messages that still have buttons.
func (k *talk) alive() (n int) {
	for _, m := range k.screen {
		if len(m.rows) > 0 {
			n++
		}
	}
	return n
}

func (k *talk) draw() string {
	var b strings.Builder
	for _, m := range k.screen {
		fmt.Fprintf(&b, "%d %s %q\n", m.id, m.text, labelsOf(m))
	}
	return b.String()
}

// fill answers everything up to the card.
func (k *talk) fill() {
	k.t.Helper()
	k.tap("March")
	k.say("12500")
	k.say("48")
	k.say("45")
	k.tap("yarn")
	k.tap("done")
	k.tap("skip")
	k.want("card 2026-03 12500 48 45", "send", "change", "cancel")
}

func answered(st dialog.State) []string { return slices.Sorted(maps.Keys(st.Answers)) }
