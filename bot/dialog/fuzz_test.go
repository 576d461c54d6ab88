package dialog_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
)

// FuzzAdvance plays a random chat. Whatever is done in whatever order: nothing
// panics, the state survives JSON, one prompt at most has buttons, a live
// conversation always has a way out, old buttons change nothing, and no answer
// is lost while the conversation lives.
func FuzzAdvance(f *testing.F) {
	f.Add([]byte("\x00\x01\x10\x0012500\xff"))
	f.Add([]byte{0, 1, 1, 3, 1, 2, 1, 1, 0, 5, 3, 7, 2, 2, 4, 4, 4, 6, 1, 0, 9, 9, 1, 3, 3, 3, 8, 1})
	f.Add([]byte{0, 1, 1, 0, 1, 4, 2, 0, 2, 1, 2, 2, 5, 0, 1, 0, 1, 1, 1, 2, 1, 3, 6, 0, 7, 0})
	texts := []string{"12500", "11", "600000", "48", "output 5000, staff 3", "", "сату 10,4", "staff 9", "\x00", "99999999999999999999", "   "}
	f.Fuzz(func(t *testing.T, acts []byte) {
		s := script()
		s.Expires = func(_ report, touched time.Time) time.Time { return touched.Add(100 * time.Hour) }
		k := newTalk(t, s)
		var ids []chat.MessageID
		for i := 0; i+1 < len(acts) && i < 120; i += 2 {
			n := int(acts[i+1])
			before, was := k.st, k.turn.Result
			switch acts[i] % 9 {
			case 0:
				ids = append(ids, k.say(texts[n%len(texts)]))
			case 1: // a live button
				var live []chat.Option
				var on chat.MessageID
				for _, m := range k.screen {
					for _, row := range m.rows {
						live, on = append(live, row...), m.id
					}
				}
				if len(live) > 0 {
					k.press(live[n%len(live)].Data, on)
				}
			case 2: // any button there ever was, on any message
				data := k.stale[(n*7+i)%len(k.stale)]
				if owns := k.st.Owns(data); !owns {
					k.press(data, k.screen[n%len(k.screen)].id)
					if k.turn.Fate == dialog.Asking && !reflect.DeepEqual(was, k.turn.Result) {
						t.Fatalf("the old button %q changed\n%+v into\n%+v", data, was, k.turn.Result)
					}
				}
			case 3:
				if len(ids) > 0 {
					k.do(chat.Edited{Text: texts[n%len(texts)], Message: ids[n%len(ids)]})
				}
			case 4:
				if len(ids) > 0 {
					k.do(chat.Said{Text: texts[n%len(texts)], ReplyTo: ids[n%len(ids)]})
				}
			case 5:
				k.do([]chat.Input{chat.Command{Name: "cancel"}, chat.Wordless{Message: 1}, chat.Uploaded{Message: 2}, chat.Blocked{}}[n%4])
			case 6:
				if !k.st.Idle() {
					k.ask(nil)
				}
			case 7:
				k.at = k.at.Add(time.Duration(n) * time.Hour / 4)
				continue
			case 8:
				k.press(string(acts[i:]), 0)
			}
			check(t, k, before, was)
			if k.st.Idle() {
				k.begin()
			}
		}
	})
}

func check(t *testing.T, k *talk, before dialog.State, was report) {
	t.Helper()
	if n := k.alive(); n > 1 {
		t.Fatalf("%d prompts have buttons:\n%s", n, k.draw())
	}
	switch k.turn.Fate {
	case dialog.Asking, dialog.Paused:
		if k.alive() != 1 {
			t.Fatalf("%s without a way on:\n%s", k.turn.Fate, k.draw())
		}
		// An answer changes only where the turn says so.
		if len(k.turn.Changed) == 0 && !k.turn.Refused {
			got := k.turn.Result
			got.Doubt, got.Goods, was.Doubt, was.Goods = 0, nil, 0, nil // ticked and noted without an answer
			if !reflect.DeepEqual(got, was) {
				t.Fatalf("nothing was answered, yet\n%+v became\n%+v", was, got)
			}
		}
		for key := range before.Answers {
			if _, ok := k.st.Answers[key]; !ok && len(k.turn.Changed) == 0 {
				t.Fatalf("the answer to %q is lost", key)
			}
		}
	case dialog.Foreign:
		if !reflect.DeepEqual(k.turn.State, before) {
			t.Fatalf("a foreign input changed the state:\n%+v\n%+v", before, k.turn.State)
		}
	case dialog.Finished, dialog.Dropped, dialog.Expired:
		if k.alive() != 0 || !k.st.Idle() {
			t.Fatalf("%s, and yet:\n%s", k.turn.Fate, k.draw())
		}
	}
}

// FuzzButtonData checks that only what String wrote is read, and as it was.
func FuzzButtonData(f *testing.F) {
	for _, s := range []string{"sure:yes:tb1gqw", "a:b:0", "a::0", "a:b:", "a:b:c:d:1", "a:b:-1", "a:b:+1", "a:b:01", "a:b:A", ":b:1", "Ә:b:1", "output:@:zzzzzzzzzzzzzz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data string) {
		b, ok := dialog.ParseButton(data)
		if ok && b.String() != data {
			t.Fatalf("%q was read as %+v, which is %q", data, b, b.String())
		}
		if ok && (b.Step == "" || b.Option == "" || len(data) > 64) {
			t.Fatalf("%q was read as %+v", data, b)
		}
		st := dialog.State{Script: "report", Step: "month", Draft: json.RawMessage(`{}`), Turn: 9}
		if _, err := script().Advance(st, chat.Tapped{Data: data, Message: 1}, begun); err != nil {
			t.Fatalf("%q: %v", data, err)
		}
	})
}

func TestButtonData(t *testing.T) {
	for _, b := range []dialog.Button{
		{Step: "sure", Option: "yes", Turn: 0},
		{Step: "output.large", Option: "a:b:c", Turn: begun.Unix()},
		{Step: "a-b_c.d2", Option: "қазақша", Turn: 1 << 40},
	} {
		if got, ok := dialog.ParseButton(b.String()); !ok || got != b {
			t.Errorf("%+v: got %+v, %t", b, got, ok)
		}
	}
	for _, data := range []string{"", ":", "::", "a:b", "a::1", ":b:1", "A:b:1", "1a:b:1", "a:b:-1", "a:b:01", "a:b:Z", "a:b:1 ", "a.b c:d:1"} {
		if b, ok := dialog.ParseButton(data); ok {
			t.Errorf("%q was read as %+v", data, b)
		}
	}
}
