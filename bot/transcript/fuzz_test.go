package transcript_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"maqta/bot/transcript"
)

// FuzzParse checks that what parses is written as it was read, and that writing
// it again changes nothing.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte("-- chat --\r\n> a\r\n"))
	f.Add([]byte("-- chat --\n> edit -1: x\n> reply 2:\n> inline:\n> \\[\n> (old) [\\]] 3\nwait 2w\n-- z --"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := transcript.Parse("x", data)
		if err != nil {
			return
		}
		once := s.Format()
		again, err := transcript.Parse("x", once)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", data, once, err)
		}
		if twice := again.Format(); !bytes.Equal(once, twice) {
			t.Fatalf("%q was written as %q, then as %q", data, once, twice)
		}
		if len(s.Turns) != len(again.Turns) {
			t.Fatalf("%d turns became %d", len(s.Turns), len(again.Turns))
		}
		for i, turn := range s.Turns {
			if !reflect.DeepEqual(turn.Input, again.Turns[i].Input) || !reflect.DeepEqual(turn.Seen, again.Turns[i].Seen) {
				t.Fatalf("%+v became %+v", turn, again.Turns[i])
			}
		}
		if diff := transcript.Diff(s, again); diff != "" {
			t.Fatalf("%s", diff)
		}
	})
}

// FuzzRecord lets a parrot repeat arbitrary texts and files, and checks that the
// recorded script parses, and says the same when it is played.
func FuzzRecord(f *testing.F) {
	f.Add("hello\n[Yes]\n(again)\nedit 1: x\n\\", "plan.csv", []byte("a,b\n"))
	f.Add(" \n\n<b>\n| x\n-- chat --\n> y", "chat", []byte("-- stored --\n"))
	f.Add("inline: a\t\n# no comment\nas dana\nrestart", "a b)", []byte("\x00"))
	f.Fuzz(func(t *testing.T, text, name string, file []byte) {
		if strings.ContainsAny(name, "\n\r") || strings.TrimSpace(name) != name || name == "" {
			return
		}
		first := transcript.Person{Name: "first", ID: 1001}
		now := transcript.DefaultStart()
		did := []transcript.Did{
			{Person: first, At: now, Action: transcript.Action{Kind: transcript.Say, Text: text}},
			{Person: first, At: now, Action: transcript.Action{Kind: transcript.Tap, Data: "y:1", Message: 2}},
			{Person: first, At: now, Action: transcript.Action{Kind: transcript.Tap, Data: "y:1", Message: 2}},
			{Person: first, At: now, Action: transcript.Action{Kind: transcript.Upload, Text: name, Bytes: file}},
			{Person: first, At: now, Action: transcript.Action{Kind: transcript.Edit, Text: text, Message: 1}},
		}
		w := newParrot()
		w.now = now
		recorded := play(did, w, first).Format()
		s, err := transcript.Parse("x", recorded)
		if err != nil {
			t.Fatalf("%v in\n%s", err, recorded)
		}
		played, err := transcript.Play(s, newParrot(), first)
		if err != nil {
			t.Fatalf("%v in\n%s", err, recorded)
		}
		if len(played.Did) != len(did) {
			t.Fatalf("%d actions became %d:\n%s", len(did), len(played.Did), recorded)
		}
		for i, d := range played.Did {
			if got, want := clean(d.Action.Text), clean(did[i].Action.Text); got != want {
				t.Fatalf("%q became %q:\n%s", want, got, recorded)
			}
		}
		for i, turn := range played.Script.Turns {
			if !reflect.DeepEqual(turn.Seen, s.Turns[i].Seen) {
				t.Fatalf("%q became %q:\n%s", s.Turns[i].Seen, turn.Seen, recorded)
			}
		}
	})
}

// clean is a text as a script keeps it: without blanks at the ends of lines.
func clean(text string) string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n") {
		out = append(out, strings.TrimRight(line, " \t"))
	}
	return strings.Join(out, "\n")
}
