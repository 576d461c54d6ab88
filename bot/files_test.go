package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
)

func chart(to chat.ChatID) chat.Message {
	return chat.Message{Act: chat.Send, To: to, HTML: "структура", File: &chat.File{
		Kind: "chart", Lang: chat.Russian, Name: "structure.png", Photo: true, Params: map[string]string{"of": "structure", "year": "2025"},
	}}
}

func sheet(to chat.ChatID) chat.Message {
	return chat.Message{Act: chat.Send, To: to, File: &chat.File{
		Kind: "sheet", Lang: chat.Kazakh, Name: "есеп.xlsx", Params: map[string]string{"of": "report"},
	}}
}

// A picture is drawn and uploaded once, though several people ask for it at the
// same moment and before anything was recorded.
func TestFileIsUploadedOnce(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		w.tg.Faults().Every("sendPhoto", 1, emulator.Slow(time.Second))
		var people []*emulator.Person
		for id := range int64(5) {
			p := w.person(id + 1)
			p.Start("")
			people = append(people, p)
		}
		w.after(time.Second)
		for id := range chat.ChatID(5) {
			w.store.say(chart(id + 1))
		}
		w.bot.Wake()
		w.after(10 * time.Second)
		w.store.say(chart(1)) // now the store knows the id
		w.bot.Wake()
		w.after(10 * time.Second)
		uploads := 0
		for _, c := range w.tg.Log() {
			if len(c.Files) > 0 {
				uploads++
			}
		}
		if w.store.drawn != 1 || uploads != 1 {
			t.Errorf("drawn %d times, uploaded %d times", w.store.drawn, uploads)
		}
		for _, p := range people {
			last := p.Chat()[len(p.Chat())-1]
			if last.Photo == nil || last.Text != "структура" {
				t.Errorf("person %d has no picture: %+v", p.Profile().ID, last)
			}
		}
	})
}

// When the first upload fails, one of those who wait for it does it.
func TestFailedUploadIsTakenOver(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		one, two := w.person(1), w.person(2)
		one.Start("")
		two.Start("")
		w.after(time.Second)
		one.Block()
		w.after(time.Second)
		w.store.say(chart(1), chart(2))
		w.bot.Wake()
		w.after(10 * time.Second)
		if last := two.Chat()[len(two.Chat())-1]; last.Photo == nil {
			t.Errorf("the second person has no picture: %+v", last)
		}
	})
}

func TestDocument(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		w.store.say(sheet(1))
		w.bot.Wake()
		w.after(time.Second)
		last := p.Chat()[len(p.Chat())-1]
		if last.Document == nil || last.Document.Name != "есеп.xlsx" {
			t.Fatalf("message %+v", last)
		}
		if got, ok := w.tg.FileBytes(last.Document.ID); !ok || string(got) != "sheet of report" {
			t.Errorf("the file holds %q, %v", got, ok)
		}
	})
}

// A file that cannot be had leaves its caption, or is refused.
func TestUndrawableFile(t *testing.T) {
	play(t, echo, nil, func(w *world) {
		p := w.person(1)
		p.Start("")
		w.after(time.Second)
		with, without := chart(1), sheet(1)
		with.File.Kind, without.File.Kind = "broken", "panicking"
		w.store.say(with, without)
		w.bot.Wake()
		w.after(10 * time.Second)
		if got := heard(p); !slices.Equal(got, []string{"структура"}) {
			t.Errorf("heard %q", got)
		}
		if got := w.store.outcomes(); got[chat.Refused] != 1 || got[chat.Sent] != 1 {
			t.Errorf("outcomes %v", got)
		}
	})
}

// Each answer that a simpler form can cure is cured.
func TestFilesInSimplerForms(t *testing.T) {
	for name, test := range map[string]struct {
		faults map[string]emulator.Fault
		want   func(emulator.Message) bool
	}{
		"odd dimensions": {
			map[string]emulator.Fault{"sendPhoto": emulator.Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")},
			func(m emulator.Message) bool { return m.Document != nil },
		},
		"no photos": {
			map[string]emulator.Fault{"sendPhoto": emulator.Refused(404, "Not Found: method not found")},
			func(m emulator.Message) bool { return m.Document != nil },
		},
		"no files at all": {
			map[string]emulator.Fault{"sendPhoto": emulator.Refused(404, "Not Found"), "sendDocument": emulator.Refused(404, "Not Found")},
			func(m emulator.Message) bool { return m.Document == nil && m.Text == "структура" },
		},
		"too large": {
			map[string]emulator.Fault{"sendPhoto": {Code: 413, HTML: true}},
			func(m emulator.Message) bool { return m.Photo == nil && m.Text == "структура" },
		},
		"forgotten file id": {
			map[string]emulator.Fault{},
			func(m emulator.Message) bool { return m.Photo != nil },
		},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, echo, nil, func(w *world) {
				p := w.person(1)
				p.Start("")
				w.after(time.Second)
				for method, f := range test.faults {
					w.tg.Faults().Next(method, f)
				}
				m := chart(1)
				if name == "forgotten file id" {
					w.store.fileIDs[fileName(m.File)] = "AgAD-of-another-bot"
				}
				w.store.say(m)
				w.bot.Wake()
				w.after(10 * time.Second)
				if last := p.Chat()[len(p.Chat())-1]; !last.FromBot || !test.want(last) {
					t.Errorf("message %+v\n%s", last, w.logs)
				}
			})
		})
	}
}

// A document is fetched before its update is handed over; other people in the
// same batch do not wait for it.
func TestDocumentsAreFetched(t *testing.T) {
	received := func(u chat.Update) []chat.Message {
		if doc, ok := u.In.(chat.Uploaded); ok {
			return []chat.Message{send(u.Chat, doc.Name+" "+string(doc.Bytes)+string(doc.Problem))}
		}
		return echo(u)
	}
	small := func(c *bot.Config) { c.MaxUpload = 100 }
	play(t, received, small, func(w *world) {
		owner, other := w.person(1), w.person(2)
		owner.Upload("a.csv", "text/csv", []byte("1;2"))
		owner.Say("болды")
		w.after(time.Second)
		owner.Upload("b.csv", "text/csv", []byte(strings.Repeat("x", 101)))
		w.after(time.Second)
		w.tg.Faults().Next("getFile", emulator.BadGateway())
		owner.Upload("c.csv", "text/csv", []byte("3"))
		w.after(5 * time.Second)
		w.tg.Faults().Every("getFile", 1, emulator.Refused(400, "Bad Request: file is too big"))
		owner.Upload("d.csv", "text/csv", []byte("4"))
		w.after(5 * time.Second)
		w.tg.Faults().Every("getFile", 1, emulator.Fault{Before: time.Hour})
		w.store.mu.Lock()
		w.store.applyErr = nil
		w.store.mu.Unlock()
		owner.Upload("e.csv", "text/csv", []byte("5"))
		owner.Say("и?")
		other.Say("сәлем")
		w.after(time.Second)
		before := len(heard(other))
		w.after(time.Minute)
		want := []string{"a.csv 1;2", "echo болды", "b.csv too_large", "c.csv 3", "d.csv too_large", "e.csv unreachable", "echo и?"}
		if got := heard(owner); !slices.Equal(got, want) {
			t.Errorf("heard %q", got)
		}
		if got := heard(other); before != 1 || !slices.Equal(got, []string{"echo сәлем"}) {
			t.Errorf("the other heard %q, %d of it in time", got, before)
		}
		if strings.Contains(w.logs.String(), "/file/bot") {
			t.Error("the log holds a download address")
		}
	})
}

// Many documents at once are taken a few at a time, in order for each person.
func TestManyDocuments(t *testing.T) {
	received := func(u chat.Update) []chat.Message {
		if doc, ok := u.In.(chat.Uploaded); ok {
			return []chat.Message{send(u.Chat, string(doc.Bytes))}
		}
		return nil
	}
	play(t, received, func(c *bot.Config) { c.Pace = bot.PaceOff }, func(w *world) {
		w.tg.Faults().Every("getFile", 1, emulator.Slow(100*time.Millisecond))
		owner := w.person(1)
		var want []string
		w.tg.Faults().Next("getUpdates", emulator.Slow(time.Second)) // so that they come in one batch
		for i := range 30 {
			want = append(want, string(rune('a'+i)))
			owner.Upload("a.csv", "text/csv", []byte(want[i]))
		}
		w.after(10 * time.Second)
		if got := heard(owner); !slices.Equal(got, want) {
			t.Errorf("heard %q", got)
		}
		if n := slices.Max(w.store.batches); n != 8 {
			t.Errorf("%d documents were held at once", n)
		}
	})
}
