package webchat

import (
	"mime"
	"net/http"
	"slices"

	"maqta/bot/emulator"
	"maqta/bot/transcript"
)

// scriptComment begins every saved script.
const scriptComment = `Saved from the page of the demo. Say here what it shows; then play it with
-update, which writes down what is stored.`

// serveScript gives the chats so far as a script that plays them again.
func (p *page) serveScript(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	p.see()
	text := p.script.Script(nil).Format()
	name := "maqta-" + p.now().In(transcript.Almaty()).Format("2006-01-02-1504") + ".txtar"
	p.mu.Unlock()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, _ = w.Write(text) // a reader that left needs no script
}

// seen is what of a person's chat is in the script already.
type seen struct {
	chat    []emulator.Message
	notice  string   // the last one
	queries []string // whose answers have not been seen
}

// see records what has appeared before everybody since the last action. The
// caller holds the lock.
func (p *page) see() {
	for _, a := range p.people {
		p.script.Saw(a.transcript(), a.news()...)
	}
}

// news lists what a person has seen since the last call: notices, cards of
// inline answers, messages of the bot.
func (a *actor) news() []transcript.Shown {
	var out []transcript.Shown
	notices := a.Notices()
	for _, n := range since(notices, a.seen.notice) {
		s := transcript.Shown{Kind: transcript.Notice, Text: n.Text}
		if n.Alert {
			s.Kind = transcript.Alert
		}
		out = append(out, s)
	}
	a.seen.notice = last(notices)
	a.seen.queries = slices.DeleteFunc(a.seen.queries, func(id string) bool {
		got, ok := a.Results(id)
		for _, r := range got.Results {
			out = append(out, transcript.Shown{Kind: transcript.Card, Text: r.Title + "\n" + r.Description})
		}
		return ok
	})
	before := make(map[int64]emulator.Message, len(a.seen.chat))
	for _, m := range a.seen.chat {
		before[m.ID] = m
	}
	a.seen.chat = a.Chat()
	for _, m := range a.seen.chat {
		if !m.FromBot {
			continue
		}
		old, known := before[m.ID]
		switch {
		case !known:
			out = append(out, shown(m, transcript.New))
		case old.HTML == m.HTML && len(old.Rows) > 0 && len(m.Rows) == 0:
			out = append(out, transcript.Shown{Kind: transcript.Closed, ID: m.ID})
		case old.HTML != m.HTML || !m.Edited.Equal(old.Edited):
			out = append(out, shown(m, transcript.Edited))
		}
	}
	return out
}

// shown is a message as scripts write it.
func shown(m emulator.Message, kind transcript.ShownKind) transcript.Shown {
	s := transcript.Shown{Kind: kind, ID: m.ID, Text: m.Text}
	switch {
	case m.Photo != nil:
		s.Media = "picture"
	case m.Document != nil:
		s.Media = "file " + m.Document.Name
	}
	for _, row := range m.Rows {
		var line []transcript.Button
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
			line = append(line, t)
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}
