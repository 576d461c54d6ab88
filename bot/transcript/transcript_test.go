package transcript_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"maqta/bot/transcript"
)

const whole = `# A chat with a parrot.

-- chat --
# It begins on a Monday.
at 2026-03-02 09:00
> hello
< hello
< [Yes] [N\]o\\]
< [Page](https://example.org)
> [Yes]
< (edited) pressed
< [Yes] [N\]o\\]
< [Page](https://example.org)
> (again)
< (notice) old
> (old) [Yes]
< (notice) old

as dana lang=kk id=77
> two lines
|
| of text
< two lines
|
| of text
< [Yes] [N\]o\\]
< [Page](https://example.org)
wait 7d
as first
> /tell
< /tell
< [Yes] [N\]o\\]
< [Page](https://example.org)
<dana first tells you
|
| something
> edit 1: hallo
< (alert) edited
> reply -1: yes
< yes
< [Yes] [N\]o\\]
< [Page](https://example.org)
> (file plan.csv)
< (file back.csv)
| thanks
> (voice)
< \(a voice)
> \[not a button]
< \[not a button]
< [Yes] [N\]o\\]
< [Page](https://example.org)
restart
> inline: cotton
< (card) title
| cotton
> (press a:b:c)
< (notice) old
> (block)
# The end.
-- stored --
first said "hello" at 09:00:00
pressed y:1
dana said "two lines\n\nof text" at 09:00:00
first said "/tell" at 09:00:00
"hello" became "hallo"
first said "yes" at 09:00:00
file plan.csv of 4 bytes
first said "[not a button]" at 09:00:00
block
-- plan.csv --
a,b
`

func parse(t *testing.T, text string) transcript.Script {
	t.Helper()
	s, err := transcript.Parse("whole.txtar", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPlayGivesWhatTheScriptSays(t *testing.T) {
	s := parse(t, whole)
	w := newParrot()
	played, err := transcript.Play(s, w, transcript.Person{Name: "first"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := transcript.Diff(s, played.Script); diff != "" {
		t.Errorf("%s", diff)
	}
	if got := string(played.Script.Format()); got != whole {
		t.Errorf("an update would change the script:\n%s", got)
	}
	if w.restarts != 1 || len(played.Did) != 14 {
		t.Errorf("%d restarts, %d actions", w.restarts, len(played.Did))
	}
	week := played.Did[len(played.Did)-1].At.Sub(played.Did[0].At)
	if week != 7*24*time.Hour {
		t.Errorf("the clock went on by %s", week)
	}
	if dana := played.Did[4].Person; dana != (transcript.Person{Name: "dana", Lang: "kk", ID: 77}) {
		t.Errorf("got %+v", dana)
	}
	if press := played.Did[1].Action; !reflect.DeepEqual(press, transcript.Action{Kind: transcript.Tap, Data: "y:1", Message: 2}) {
		t.Errorf("got %+v", press)
	}
}

// TestOnlyThoseWhoAreNamed: a script that was saved on the page says who acts from
// the first line on; somebody of the test's own with the same id would see what
// they see.
func TestOnlyThoseWhoAreNamed(t *testing.T) {
	s := parse(t, "-- chat --\nat 2026-03-02 09:00\nas citizen lang=kk id=1001\n> hello\nas official lang=en id=1003\n> /tell\n")
	played, err := transcript.Play(s, newParrot(), transcript.Person{Name: "person", ID: 1001})
	if err != nil {
		t.Fatal(err)
	}
	text := string(played.Script.Format())
	if !strings.Contains(text, "<citizen official tells you\n") || strings.Contains(text, "<person") {
		t.Errorf("got\n%s", text)
	}
}

// TestAppsChangeTheirLanguage: a recorder says so, although the same person acts.
func TestAppsChangeTheirLanguage(t *testing.T) {
	r := transcript.NewRecorder("x.txtar", "x")
	for _, lang := range []string{"kk", "kk", "ru"} {
		p := transcript.Person{Name: "citizen", ID: 1001, Lang: lang}
		r.Did(p, transcript.Action{Kind: transcript.Say, Text: "hello"}, 1, transcript.DefaultStart())
	}
	const want = "as citizen lang=kk id=1001\n> hello\n> hello\nas citizen lang=ru id=1001\n> hello\n"
	if got := string(r.Script(nil).Format()); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
}

func TestUpdateChangesNoInput(t *testing.T) {
	stale := strings.NewReplacer("< hello\n", "< good morning\n| to all\n", "said \"yes\"", "said \"no\"", "(notice) old\n> (old)", "(notice) outdated\n> (old)").Replace(whole)
	s := parse(t, stale)
	played, err := transcript.Play(s, newParrot(), transcript.Person{Name: "first"})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(played.Script.Format()); got != whole {
		t.Errorf("got\n%s", got)
	}
	const want = `whole.txtar:6: after > hello
	whole.txtar:7	- < good morning
	whole.txtar:8	- | to all
	whole.txtar:7	+ < hello
`
	diff := transcript.Diff(s, played.Script)
	if !strings.HasPrefix(diff, strings.ReplaceAll(want, "whole.txtar:7	+", "whole.txtar:9	+")) {
		t.Errorf("got\n%s", diff)
	}
	for _, line := range []string{"whole.txtar:16\t- < (notice) outdated", "\t- first said \"no\" at 09:00:00", "\t+ first said \"yes\" at 09:00:00"} {
		if !strings.Contains(diff, line) {
			t.Errorf("no %q in\n%s", line, diff)
		}
	}
}

func TestDiffNamesTheRightLine(t *testing.T) {
	s := parse(t, "-- chat --\n> a\n< one\n< two\n< three\n-- stored --\nx\ny\n")
	got := parse(t, "-- chat --\n> a\n< one\n< three\n< four\n-- stored --\nx\nz\n")
	const want = `whole.txtar:2: after > a
	whole.txtar:4	- < two
	whole.txtar:6	+ < four
whole.txtar:7: stored
	whole.txtar:8	- y
	whole.txtar:9	+ z
`
	if diff := transcript.Diff(s, got); diff != want {
		t.Errorf("got\n%s\nwant\n%s", diff, want)
	}
	if diff := transcript.Diff(s, s); diff != "" {
		t.Errorf("a script differs from itself:\n%s", diff)
	}
	got.Turns = nil
	if diff := transcript.Diff(s, got); !strings.Contains(diff, "whole.txtar:2: was not played") {
		t.Errorf("got\n%s", diff)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ chat, want string }{
		{"< hello", "x:2: a reply without an input"},
		{"> a\n# why\n< b", "x:4: a reply without an input"},
		{"> a\n\n< b", "x:4: an empty line before a reply"},
		{"| b", "x:2: nothing that this line could continue"},
		{"> a\n< b\n# c\n| d", "x:5: nothing that this line could continue"},
		{"as dana\n< b", "x:3: nothing is seen after"},
		{"as", "x:2: want: as NAME"},
		{"as dana age=7", "x:2: \"age=7\": want: as NAME"},
		{"as dana id=x", "x:2: \"id=x\": want: as NAME"},
		{"at noon", "x:2: want: at"},
		{"wait -1m", "x:2: want a length of time"},
		{"wait soon", "x:2: want a length of time"},
		{"restart now", "x:2: cannot read \"restart now\""},
		{"hello", "x:2: cannot read \"hello\""},
		{">hello", "x:2: want a blank"},
		{"> [Send", "x:2: want one button"},
		{"> [Send] [Later]", "x:2: want one button"},
		{"> [Send] 0", "x:2: want one button"},
		{"> (Большое спасибо", "x:2: cannot read"},
		{"> (again please)", "x:2: cannot read"},
		{"> (file)", "x:2: cannot read"},
	} {
		_, err := transcript.Parse("x", []byte("-- chat --\n"+c.chat+"\n"))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %s", c.chat, err, c.want)
		}
	}
	for text, want := range map[string]string{
		"":                            `x:1: no section "chat"`,
		"a\n-- chat --\n-- chat --\n": `x:3: a second section "chat"`,
	} {
		if _, err := transcript.Parse("x", []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestPlayErrors(t *testing.T) {
	for chat, want := range map[string]string{
		"> [Send]":                            "x:2: > [Send]: no such button",
		"> hello\n> [Yes] 2":                  "x:3: > [Yes] 2: no such button; there are [Yes]",
		"> hello\n> (old) [Yes]":              "x:3: > (old) [Yes]: no such button",
		"> (again)":                           "x:2: > (again): first has pressed nothing yet",
		"> hello\n> edit 2: bye":              "x:3: > edit 2: bye: first has sent 1 messages",
		"> hello\n> reply -2: bye":            "x:3: > reply -2: bye: first has sent 1 messages",
		"> hello\nat 2026-01-01 00:00":        "x:3: at 2026-01-01 00:00: the clock stands at",
		"> a\n> [Page]":                       "x:3: > [Page]: no such button",
		"as dana\n> hello\nas first\n> [Yes]": "x:5: > [Yes]: no such button",
	} {
		s, err := transcript.Parse("x", []byte("-- chat --\n"+chat+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = transcript.Play(s, newParrot(), transcript.Person{Name: "first"}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", chat, err, want)
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"":                                    "",
		"<b>466&#160;000</b> &lt;t&gt; &amp;": "466\u00a0000 <t> &",
		`<a href="https://x/?a=1&amp;b=2">source</a>.`: "source.",
		"<i>open": "open",
		"a < b":   "a < b",
	} {
		if got := transcript.Plain(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// play records what a world shows while actions are done in it, as the page does.
func play(did []transcript.Did, w *parrot, people ...transcript.Person) transcript.Script {
	r := transcript.NewRecorder("recorded.txtar", "Recorded.\n\nTwice.")
	for _, d := range did {
		sent, err := w.Do(d.Person, d.Action)
		if err != nil {
			panic(err)
		}
		r.Did(d.Person, d.Action, sent, d.At)
		for _, p := range people {
			shown, err := w.Seen(p)
			if err != nil {
				panic(err)
			}
			r.Saw(p, shown...)
		}
	}
	stored, err := w.Stored()
	if err != nil {
		panic(err)
	}
	return r.Script(stored)
}

func TestRecordedChatPlaysAgain(t *testing.T) {
	first, err := transcript.Play(parse(t, whole), newParrot(), transcript.Person{Name: "first"})
	if err != nil {
		t.Fatal(err)
	}
	people := []transcript.Person{first.Did[4].Person, first.Did[0].Person}
	w := newParrot()
	w.now = first.Did[0].At
	recorded := play(first.Did, w, people...)
	again, err := transcript.Parse("recorded.txtar", recorded.Format())
	if err != nil {
		t.Fatalf("%v in\n%s", err, recorded.Format())
	}
	played, err := transcript.Play(again, newParrot(), people[1])
	if err != nil {
		t.Fatalf("%v in\n%s", err, recorded.Format())
	}
	if !reflect.DeepEqual(played.Did, first.Did) {
		t.Errorf("got  %+v\nwant %+v", played.Did, first.Did)
	}
	// The parrot's records show the clock, which this recording moves on.
	for i := range played.Script.Turns {
		if got, want := played.Script.Turns[i].Seen, again.Turns[i].Seen; !reflect.DeepEqual(got, want) {
			t.Errorf("line %d: got %q, want %q", again.Turns[i].Line, got, want)
		}
	}
}

func TestRestarting(t *testing.T) {
	s, w := parse(t, whole), newParrot()
	played, err := transcript.Play(s, transcript.Restarting(w), transcript.Person{Name: "first"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := transcript.Diff(s, played.Script); diff != "" || w.restarts != len(played.Did)+1 {
		t.Errorf("%d restarts\n%s", w.restarts, diff)
	}
}
