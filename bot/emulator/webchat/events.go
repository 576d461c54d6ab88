package webchat

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"time"
)

const (
	pause     = 25 * time.Millisecond // between two events, so that a burst is one
	heartbeat = 15 * time.Second      // without changes: the clock is told, the connection kept
)

// serveEvents tells one window what happens, as server-sent events, until it
// closes. A window that lost the connection asks again and gets everything anew.
func (p *page) serveEvents(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	watched, stop := p.server.Watch()
	defer stop()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	told := teller{people: map[int64]*toldPerson{}}
	for due := true; ; {
		p.mu.Lock()
		changed := p.changed
		event, news := told.next(p)
		p.mu.Unlock()
		if news || due {
			body, err := json.Marshal(event)
			if err != nil {
				panic(err) // our own shapes always encode
			}
			if _, err := w.Write(append(append([]byte("data: "), body...), "\n\n"...)); err != nil {
				return
			}
			if err := out.Flush(); err != nil {
				return
			}
		}
		due = false
		select {
		case <-watched:
		case <-changed:
			due = true // perhaps the clock alone
		case <-beat.C:
			due = true
		case <-r.Context().Done():
			return
		}
		rest := time.NewTimer(pause)
		select {
		case <-rest.C:
		case <-r.Context().Done():
			rest.Stop()
			return
		}
	}
}

// teller remembers what one window was told.
type teller struct {
	begun  bool
	head   []byte // the event without chats and clock
	people map[int64]*toldPerson
}

type toldPerson struct {
	messages map[int64]messageView
	notice   string // the last one
}

// next makes the next event, and reports whether it says anything new but the
// time. The caller holds the page's lock.
func (t *teller) next(p *page) (window, bool) {
	now := p.now()
	out := window{Reset: !t.begun, Clock: p.skip != nil, Bot: p.server.Bot().Username}
	news := !t.begun
	chats := make([]personView, 0, len(p.people))
	for _, a := range p.people {
		notices := a.Notices()
		a.answered(notices, now)
		v := a.view()
		out.People = append(out.People, v)

		told := t.people[v.ID]
		if told == nil {
			told = &toldPerson{messages: map[int64]messageView{}, notice: last(notices)}
			t.people[v.ID] = told
		}
		for _, n := range since(notices, told.notice) {
			v.Notices = append(v.Notices, viewNotice(n))
		}
		told.notice = last(notices)
		v.Messages, v.Gone = told.compare(a)
		news = news || len(v.Messages)+len(v.Gone)+len(v.Notices) > 0
		chats = append(chats, v)
	}
	head, err := json.Marshal(out)
	if err != nil {
		panic(err) // our own shapes always encode
	}
	news = news || !bytes.Equal(head, t.head)
	t.begun, t.head = true, head
	out.Now, out.People = now.UnixMilli(), chats
	return out, news
}

// compare returns the messages that are new or have changed, and the numbers of
// those that have gone.
func (t *toldPerson) compare(a *actor) (changed []messageView, gone []int64) {
	left := make(map[int64]bool, len(t.messages))
	for id := range t.messages {
		left[id] = true
	}
	for _, m := range a.Chat() {
		v := viewMessage(m)
		delete(left, v.ID)
		if old, ok := t.messages[v.ID]; !ok || !reflect.DeepEqual(old, v) {
			t.messages[v.ID] = v
			changed = append(changed, v)
		}
	}
	for id := range left {
		delete(t.messages, id)
		gone = append(gone, id)
	}
	return changed, gone
}
