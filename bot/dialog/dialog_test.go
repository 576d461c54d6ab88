package dialog_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
)

func TestWholeConversation(t *testing.T) {
	k := newTalk(t, script())
	k.want("month?", "February", "March", "cancel")
	k.tap("March")
	k.want("output?", "back", "cancel")
	if len(k.screen) != 1 {
		t.Fatalf("a press must edit in place:\n%s", k.draw())
	}
	k.say("much")
	k.want("bad output", "back", "cancel")
	if !k.turn.Refused || k.turn.Tries != 1 {
		t.Errorf("refused %t, tries %d", k.turn.Refused, k.turn.Tries)
	}
	k.say("11")
	k.want("which unit?", "11 thousand", "11 tenge", "back", "cancel")
	k.tap("11 thousand")
	k.want("staff?", "back", "cancel")
	k.say("48")
	k.say("45")
	k.tap("yarn")
	k.want("goods: yarn", "yarn", "fabric", "done", "back", "cancel")
	k.tap("fabric")
	k.tap("yarn")
	k.tap("done")
	k.want("note?", "back", "skip", "cancel")
	k.tap("skip")
	k.want("card 2026-03 11000 48 45", "send", "change", "cancel")
	k.tap("send")
	want := report{Month: "2026-03", Output: 11000, Staff: 48, Local: 45, Goods: []string{"fabric"}, NoNote: true}
	if !k.turn.Done() || !reflect.DeepEqual(k.turn.Result, want) {
		t.Fatalf("fate %s\ngot  %+v\nwant %+v", k.turn.Fate, k.turn.Result, want)
	}
	if !k.st.Idle() || k.alive() != 0 {
		t.Errorf("state %+v, %d messages with buttons:\n%s", k.st, k.alive(), k.draw())
	}
}

func TestTypedAnswerRetiresThePrompt(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("12500")
	if len(k.screen) != 2 || k.alive() != 1 || len(k.screen[0].rows) != 0 {
		t.Fatalf("want a new prompt and the old one bare:\n%s", k.draw())
	}
	k.say("48")
	if len(k.screen) != 3 || k.alive() != 1 {
		t.Fatalf("want the prompt retired by its token:\n%s", k.draw())
	}
}

func TestBack(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("12500")
	k.say("48")
	k.want("local?", "back", "cancel")
	k.tap("back")
	k.want("staff?", "back", "continue", "cancel")
	k.tap("back")
	k.want("output?", "back", "continue", "cancel")
	k.tap("continue")
	k.want("local?", "back", "cancel")
	k.tap("back")
	k.say("50")
	k.want("local?", "back", "cancel")
	if k.turn.Result.Staff != 50 {
		t.Errorf("staff %d", k.turn.Result.Staff)
	}
}

func TestCancelResumeDelete(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("12500")
	if k.do(chat.Command{Name: "cancel", Message: 7}) != dialog.Paused {
		t.Fatalf("fate %s", k.turn.Fate)
	}
	k.want("paused 2 of 6", "continue", "delete")
	if k.say("hello"); k.turn.Fate != dialog.Foreign {
		t.Errorf("a text while laid aside is not for us: %s", k.turn.Fate)
	}
	k.tap("delete")
	k.want("sure?", "delete", "continue")
	k.tap("continue")
	k.want("staff?", "back", "cancel")
	k.tap("cancel")
	k.at = k.at.Add(72 * time.Hour)
	k.ask(nil) // any word, days later
	k.want("staff?", "back", "cancel")
	if k.turn.Fate != dialog.Asking || k.alive() != 1 {
		t.Errorf("fate %s:\n%s", k.turn.Fate, k.draw())
	}
	k.tap("cancel")
	k.tap("delete")
	k.tap("delete")
	if k.turn.Fate != dialog.Dropped || k.turn.Result.Output != 12500 || !k.st.Idle() || k.alive() != 0 {
		t.Errorf("fate %s, result %+v:\n%s", k.turn.Fate, k.turn.Result, k.draw())
	}
}

func TestCancelWithNothingToKeep(t *testing.T) {
	k := newTalk(t, script())
	k.tap("cancel")
	if k.turn.Fate != dialog.Dropped || k.screen[0].text != "stopped" || k.alive() != 0 {
		t.Errorf("fate %s:\n%s", k.turn.Fate, k.draw())
	}
}

func TestExpiry(t *testing.T) {
	s := script()
	s.Expires = func(_ report, touched time.Time) time.Time { return touched.Add(time.Hour) }
	k := newTalk(t, s)
	k.tap("March")
	k.at = k.at.Add(59 * time.Minute)
	k.say("12500")
	k.at = k.at.Add(time.Hour)
	if k.say("48"); k.turn.Fate != dialog.Expired {
		t.Fatalf("fate %s", k.turn.Fate)
	}
	if k.turn.Result.Output != 12500 || k.turn.Result.Staff != 0 || k.alive() != 0 {
		t.Errorf("result %+v:\n%s", k.turn.Result, k.draw())
	}
}

func TestPressedTwice(t *testing.T) {
	k := newTalk(t, script())
	data, on := k.tap("March")
	before := k.draw()
	k.press(data, on) // the app sent it again under a new update id
	if k.notice != "" || k.draw() != before || k.turn.Fate != dialog.Asking {
		t.Errorf("notice %q, fate %s:\n%s", k.notice, k.turn.Fate, k.draw())
	}
	// The other button of the same prompt: the live prompt stands in the same
	// message, so its buttons must stay.
	b, _ := dialog.ParseButton(data)
	b.Option = "feb"
	k.press(b.String(), on)
	if k.notice != "old button" || k.draw() != before || k.turn.Result.Month != "2026-03" {
		t.Errorf("notice %q, month %s:\n%s", k.notice, k.turn.Result.Month, k.draw())
	}
}

func TestSentTwice(t *testing.T) {
	k := newTalk(t, script())
	k.fill()
	data, on := k.tap("send")
	if fate := k.press(data, on); fate != dialog.Foreign {
		t.Errorf("fate %s", fate)
	}
	if !k.st.Repeats(data) {
		t.Error("the caller cannot tell that the card was sent just now")
	}
}

func TestOldButton(t *testing.T) {
	k := newTalk(t, script())
	k.fill()
	k.tap("send")
	card := k.stale[len(k.stale)-3] // [send] of the card
	k.begin()
	k.fill()
	if fate := k.press(card, k.screen[0].id); fate != dialog.Asking || k.notice != "old button" {
		t.Fatalf("fate %s, notice %q", fate, k.notice)
	}
	k.want("card 2026-03 12500 48 45", "send", "change", "cancel")
	if k.alive() != 1 {
		t.Errorf("more than one prompt is alive:\n%s", k.draw())
	}
}

func TestForgedButtons(t *testing.T) {
	k := newTalk(t, script())
	k.fill()
	k.tap("change")
	k.tap("Staff")
	live, _ := dialog.ParseButton(k.stale[len(k.stale)-1])
	for _, data := range []string{"sure:yes:", "local:!skip:", "staff:!change:", "staff:!nonsense:", "staff:!sure:", "staff:!delete:", "sure:@:", "clash:@:", "output.large:@:"} {
		b, ok := dialog.ParseButton(data + "0")
		if !ok {
			t.Fatalf("%q does not parse", data)
		}
		b.Turn = live.Turn
		before := k.turn.Result
		if fate := k.press(b.String(), 0); fate != dialog.Asking || k.notice != "old button" || !reflect.DeepEqual(before, k.turn.Result) {
			t.Errorf("%s: fate %s, notice %q, result %+v", data, fate, k.notice, k.turn.Result)
		}
		live.Turn = k.st.Turn
	}
	for _, data := range []string{"", "q:abc", "staff:48", "nobody:yes:0", "staff:yes:zz:", strings.Repeat("x", 70)} {
		if fate := k.press(data, 0); fate != dialog.Foreign {
			t.Errorf("%q: fate %s", data, fate)
		}
	}
}

func TestEditedAnswer(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	output := k.say("12500")
	k.say("48")
	k.do(chat.Edited{Text: "11800", Message: output})
	k.want("Output: 12500 -> 11800|local?", "back", "cancel")
	if k.alive() != 1 {
		t.Errorf("more than one prompt is alive:\n%s", k.draw())
	}
	k.do(chat.Edited{Text: "lots", Message: output})
	k.want("bad output", "back", "continue", "cancel")
	if k.turn.Result.Output != 11800 {
		t.Errorf("the old answer is lost: %+v", k.turn.Result)
	}
	k.tap("continue")
	k.want("local?", "back", "cancel")
	if fate := k.do(chat.Edited{Text: "1", Message: 999}); fate != dialog.Foreign {
		t.Errorf("fate %s", fate)
	}
	refused := k.say("many")
	k.do(chat.Edited{Text: "45", Message: refused})
	k.want("goods: ", "yarn", "fabric", "done", "back", "cancel")
	k.next++
	reply := k.next
	k.do(chat.Said{Text: "12900", Message: reply, ReplyTo: output})
	k.want("Output: 11800 -> 12900|goods: ", "yarn", "fabric", "done", "back", "cancel")
	k.do(chat.Edited{Text: "13000", Message: reply})
	if k.turn.Result.Output != 13000 {
		t.Errorf("the newest message must count: %+v", k.turn.Result)
	}
}

func TestEditAtTheCardShowsItAgain(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	output := k.say("12500")
	k.say("48")
	k.say("45")
	k.tap("done")
	k.tap("skip")
	k.do(chat.Edited{Text: "13000", Message: output})
	k.want("Output: 12500 -> 13000|card 2026-03 13000 48 45", "send", "change", "cancel")
}

func TestSeveralAtOnce(t *testing.T) {
	k := newTalk(t, script())
	all := k.say("staff 48, output 12500")
	k.want("month?", "February", "March", "cancel")
	k.tap("March")
	k.want("local?", "back", "cancel")
	if got := answered(k.st); !slices.Equal(got, []string{"month", "output", "staff"}) {
		t.Errorf("answered %q", got)
	}
	k.say("output 12600")
	k.want("Output: 12500 -> 12600|local?", "back", "cancel")
	k.do(chat.Edited{Text: "staff 50, output 12500", Message: all})
	k.want("Staff: 48 -> 50|Output: 12600 -> 12500|local?", "back", "cancel")
	k.do(chat.Edited{Text: "never mind", Message: all})
	if k.turn.Result.Staff != 50 || !k.turn.Refused {
		t.Errorf("an edit that says nothing must change nothing: %+v", k.turn)
	}
}

func TestChangeFromTheCard(t *testing.T) {
	k := newTalk(t, script())
	k.fill()
	k.tap("change")
	k.want("which line", "Output", "Staff", "Local", "back")
	k.say("hm")
	k.want("which line", "Output", "Staff", "Local", "back")
	k.tap("back")
	k.want("card 2026-03 12500 48 45", "send", "change", "cancel")
	k.tap("change")
	k.tap("Staff")
	k.want("staff?", "back", "continue", "cancel")
	k.say("50")
	k.want("card 2026-03 12500 50 45", "send", "change", "cancel")
	k.tap("change")
	k.tap("Local")
	k.say("60")
	k.want("more local than staff", "fix local", "fix staff", "back", "cancel")
	k.tap("fix staff")
	k.say("70")
	k.want("card 2026-03 12500 70 60", "send", "change", "cancel")
}

func TestSpread(t *testing.T) {
	s := script()
	s.Spread = true
	k := newTalk(t, s)
	k.tap("March")
	k.say("output 12500, staff 48, local 45")
	k.tap("done")
	k.tap("skip")
	k.want("card 2026-03 12500 48 45", "send", "Output", "Staff", "Local", "cancel")
}

func TestFollowUp(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("600000")
	k.want("why so large?", "back", "cancel")
	k.say("a big order")
	k.tap("back")
	k.tap("back")
	k.say("700000")
	k.want("why so large?", "back", "cancel")
	k.tap("back")
	k.say("12500")
	k.want("staff?", "back", "cancel")
}

func TestOnlyTheReturnedLines(t *testing.T) {
	s := script()
	k := newTalk(t, s)
	k.fill()
	k.tap("send")
	sent := k.turn.Result
	st, err := s.Begin(k.st, sent, k.at)
	if err != nil {
		t.Fatal(err)
	}
	st.Only = []string{"output", "local"}
	k.st = st
	k.ask(nil)
	k.want("output?", "cancel")
	k.say("staff 1") // frozen, and no number
	k.want("bad output", "cancel")
	k.say("600000")
	k.want("why so large?", "back", "cancel")
	k.say("order")
	k.want("local?", "back", "cancel")
	k.say("40")
	k.want("card 2026-03 600000 48 40", "send", "change", "cancel")
	k.tap("change")
	k.want("which line", "Output", "Local", "back")
	k.tap("back")
	k.tap("send")
	want := sent
	want.Output, want.Large, want.Local = 600000, "order", 40
	if !k.turn.Done() || !reflect.DeepEqual(k.turn.Result, want) {
		t.Errorf("got  %+v\nwant %+v", k.turn.Result, want)
	}
}

func TestScriptChangedHalfway(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("12500")
	k.want("staff?", "back", "cancel")

	// The next release asks the year's plan first, and no longer for staff.
	added := dialog.Field("jobs", word("jobs?"), dialog.Whole(0, 9, wrong("bad jobs")), func(r *report) *int { return &r.Doubt })
	k.script.Steps = slices.Insert(slices.DeleteFunc(steps(), func(s dialog.Step[report]) bool { return s.Key == "staff" || s.Key == "clash" }), 1, added)
	k.say("7") // the answer to the question that has gone is no answer to another
	k.want("new question|jobs?", "back", "cancel")
	if k.turn.Result.Doubt != 0 || k.turn.Result.Output != 12500 {
		t.Fatalf("result %+v", k.turn.Result)
	}
	k.say("3")
	k.want("local?", "back", "cancel")
	if got := answered(k.st); !slices.Equal(got, []string{"jobs", "month", "output"}) {
		t.Errorf("answered %q", got)
	}
}

func TestAskInPlace(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("12500")
	k.ask(nil) // a question in between was answered
	k.want("staff?", "back", "cancel")
	if k.alive() != 1 {
		t.Errorf("the repeated prompt must be the only one:\n%s", k.draw())
	}
	n := len(k.screen)
	k.ask(chat.Tapped{Query: "q", Data: "lang:kk", Message: k.screen[n-1].id})
	k.want("staff?", "back", "cancel")
	if len(k.screen) != n || k.alive() != 1 {
		t.Errorf("want the prompt in place:\n%s", k.draw())
	}
}

func TestForeign(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	for _, in := range []chat.Input{chat.Command{Name: "start"}, chat.Blocked{}, chat.Unblocked{}, chat.Moved{To: 5}, chat.InlineAsked{Text: "cotton"}, nil} {
		if fate := k.do(in); fate != dialog.Foreign || len(k.turn.Replies) != 0 {
			t.Errorf("%#v: fate %s, replies %+v", in, fate, k.turn.Replies)
		}
	}
	k.do(chat.Wordless{Message: 9, Kind: "voice"})
	k.want("bad output", "back", "cancel")
	if turn, err := k.script.Advance(dialog.State{}, chat.Said{Text: "1"}, begun); err != nil || turn.Fate != dialog.Foreign {
		t.Errorf("no conversation: %+v, %v", turn, err)
	}
}

func TestEndlessRefusalsLayAside(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	for range 40 {
		if k.say("no"); k.turn.Fate != dialog.Asking {
			break
		}
	}
	k.want("paused 1 of 6", "continue", "delete")
	k.tap("continue")
	k.want("output?", "back", "cancel")
}

func TestSkipForgetsWhatWasSaid(t *testing.T) {
	k := newTalk(t, script())
	k.tap("March")
	k.say("output 12500, staff 48, local 45")
	k.tap("done")
	k.say("a note")
	k.say("staff 49")
	k.do(chat.Tapped{Query: "q", Data: dialog.Button{Step: "note", Option: "@", Turn: k.st.Turn}.String(), Message: k.screen[len(k.screen)-1].id})
	k.want("note?", "back", "skip", "continue", "cancel")
	k.tap("skip")
	if k.turn.Result.Note != "" || !k.turn.Result.NoNote {
		t.Errorf("result %+v", k.turn.Result)
	}
}

func TestErrors(t *testing.T) {
	good := script()
	if _, err := good.Advance(dialog.State{Script: "other"}, chat.Said{}, begun); !errors.Is(err, dialog.ErrScript) {
		t.Errorf("another script's state: %v", err)
	}
	st := dialog.State{Script: "report", Draft: json.RawMessage(`{"output":"much"}`)}
	if _, err := good.Advance(st, chat.Said{}, begun); err == nil || !strings.Contains(err.Error(), "decoding the draft") {
		t.Errorf("a corrupt draft: %v", err)
	}
	option := func(data string) dialog.Script[report] {
		s := script()
		s.Steps = []dialog.Step[report]{{
			Key:  "a",
			Ask:  func(report) chat.Reply { return chat.Reply{Options: [][]chat.Option{{{Data: data}}}} },
			Take: func(*report, chat.Input) *chat.Text { return nil },
		}}
		return s
	}
	for _, data := range []string{"!back", strings.Repeat("x", 60), "@" + strings.Repeat("x", 60), "=" + strings.Repeat("x", 65)} {
		s := option(data)
		st, err := s.Begin(dialog.State{}, report{}, begun)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Ask(st, nil, begun); !errors.Is(err, dialog.ErrScript) {
			t.Errorf("option %q: %v", data, err)
		}
	}
	twice := script()
	twice.Steps = append(twice.Steps, twice.Steps[0])
	bad := script()
	bad.Steps[0].Key = "Month"
	mute := script()
	mute.Steps[0].Ask = nil
	for _, s := range []dialog.Script[report]{twice, bad, mute, {Name: "x"}} {
		if err := s.Check(); !errors.Is(err, dialog.ErrScript) {
			t.Errorf("Check: %v", err)
		}
	}
}

func TestElsewhere(t *testing.T) {
	s := script()
	ask := s.Steps[0].Ask
	s.Steps[0].Ask = func(r report) chat.Reply {
		reply := ask(r)
		reply.Options = append(reply.Options, []chat.Option{dialog.Elsewhere(word("Kazakh"), "lang:kk")})
		return reply
	}
	k := newTalk(t, s)
	if data, _ := k.tap("Kazakh"); data != "lang:kk" || k.turn.Fate != dialog.Foreign {
		t.Errorf("data %q, fate %s", data, k.turn.Fate)
	}
}
