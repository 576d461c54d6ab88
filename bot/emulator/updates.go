package emulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// The rules of getUpdates, from the source of the public server.
const (
	maxPoll       = 50 * time.Second       // longer timeouts are cut to this
	hurryWindow   = 3 * time.Second        // a poll that repeats its offset within it waits at least as long
	hurryOne      = 500 * time.Millisecond // and within this gets one update only
	conflictPause = 3 * time.Second        // a second 409 within it comes that much later
	maxAnswer     = 4 << 20                // bytes of updates in one answer
	futureSlack   = 10                     // an offset further ahead than this is taken for a mistake
	quietWeek     = 7 * 24 * time.Hour     // after it the ids begin again anywhere
)

// lifetime is how long an update waits for the bot.
func lifetime(kind string) time.Duration {
	switch kind {
	case "callback_query":
		return 150 * time.Second
	case "inline_query":
		return 30 * time.Second
	case "chosen_inline_result":
		return 600 * time.Second
	}
	return 24 * time.Hour
}

// byDefault reports whether updates of the kind come when none are asked for.
func byDefault(kind string) bool {
	return kind != "chat_member" && kind != "message_reaction" && kind != "message_reaction_count"
}

// queue holds the updates that the bot has not confirmed.
type queue struct {
	items   []queued
	next    int64     // the id of the next update
	lower   bool      // which is to be a random lower one
	last    time.Time // of the last update
	allowed []string  // nil means the default
	webhook string
	waiter  *waiter

	lastOffset int64
	lastPoll   time.Time
	conflictAt time.Time // before it a 409 is delayed
}

type queued struct {
	id      int64
	body    json.RawMessage
	expires time.Time
}

// waiter is a poll that waits.
type waiter struct {
	wake     chan struct{} // closed when there is something
	conflict chan string   // gets the words of a 409
}

func newQueue(first int64, now time.Time) queue { return queue{next: first, last: now} }

// push queues an update of the kind, unless the bot does not want it. The caller
// holds the lock.
func (s *Server) push(kind string, content any) {
	q := &s.queue
	if q.allowed != nil && !slices.Contains(q.allowed, kind) || q.allowed == nil && !byDefault(kind) {
		return
	}
	body, err := json.Marshal(content)
	if err != nil {
		panic(err) // our own shapes always encode
	}
	id := s.updateID()
	head := `{"update_id":` + strconv.FormatInt(id, 10) + `,"` + kind + `":`
	raw := make(json.RawMessage, 0, len(head)+len(body)+1)
	raw = append(append(append(raw, head...), body...), '}')
	s.enqueue(id, raw, lifetime(kind))
}

// updateID takes the next id. Ids follow one another until a week passes
// without updates: then they begin again anywhere, perhaps lower.
func (s *Server) updateID() int64 {
	q := &s.queue
	now := s.opts.Now()
	if len(q.items) == 0 {
		switch {
		case q.lower:
			q.next = 1 + s.rng.Int64N(max(q.next/2, 1))
			q.lower = false
		case now.Sub(q.last) >= quietWeek:
			q.next = 1 + s.rng.Int64N(1_000_000_000)
		}
	}
	q.last = now
	id := q.next
	q.next++
	return id
}

func (s *Server) enqueue(id int64, raw json.RawMessage, life time.Duration) {
	q := &s.queue
	q.items = append(q.items, queued{id: id, body: raw, expires: s.opts.Now().Add(life)})
	if q.waiter != nil {
		close(q.waiter.wake)
		q.waiter = nil
	}
	s.changed()
}

// Inject queues an update as it is, whatever it holds: a kind that does not
// exist yet, or nothing that can be read. An object without an update_id gets the
// next one; allowed_updates do not hold for it.
func (s *Server) Inject(raw json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var head struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err == nil && head.ID != nil {
		s.queue.next = *head.ID + 1
		s.queue.last = s.opts.Now()
		s.enqueue(*head.ID, slices.Clone(raw), 24*time.Hour)
		return
	}
	id := s.updateID()
	body := slices.Clone(raw)
	if trimmed := trimSpace(raw); len(trimmed) > 1 && trimmed[0] == '{' {
		sep := ","
		if rest := trimSpace(trimmed[1:]); len(rest) > 0 && rest[0] == '}' {
			sep = ""
		}
		body = append(json.RawMessage(`{"update_id":`+strconv.FormatInt(id, 10)+sep), trimmed[1:]...)
	}
	s.enqueue(id, body, 24*time.Hour)
}

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

// RestartIDs makes the ids begin again at a random lower number, as they may
// after a quiet week, as soon as the queue is empty.
func (s *Server) RestartIDs() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.lower = true
}

// Pending counts the updates that wait for the bot or for its confirmation.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.expire(s.opts.Now())
	return len(s.queue.items)
}

func (q *queue) expire(now time.Time) {
	q.items = slices.DeleteFunc(q.items, func(u queued) bool { return !now.Before(u.expires) })
}

// collect confirms what lies before the offset and returns what follows.
func (q *queue) collect(offset int64, limit int, now time.Time) []json.RawMessage {
	q.expire(now)
	if len(q.items) == 0 {
		return nil
	}
	if offset < 0 { // counted from the end
		offset += q.next
	}
	// An offset beyond the queue belongs to an older numbering: it confirms nothing.
	if offset <= q.next+futureSlack {
		// An injected update may break the order of ids: then the place of the last
		// one taken counts.
		n := 1 + slices.IndexFunc(q.items, func(u queued) bool { return u.id == offset-1 })
		for n < len(q.items) && q.items[n].id < offset {
			n++
		}
		q.items = slices.Delete(q.items, 0, n)
	}
	var out []json.RawMessage
	left := maxAnswer
	for _, u := range q.items {
		left -= 50 + len(u.body)
		if len(out) == limit || left <= 0 {
			break
		}
		out = append(out, u.body)
	}
	return out
}

// getUpdates hands over what waits, or waits itself.
func getUpdates(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	q := &s.queue
	if q.webhook != "" {
		wait := q.conflict(s.opts.Now())
		s.mu.Unlock()
		return nil, refuseLater(c, wait, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	now := s.opts.Now()
	offset, limit := c.num("offset"), 100
	if c.has("limit") {
		limit = int(c.num("limit"))
	}
	timeout := min(max(time.Duration(c.num("timeout"))*time.Second, 0), maxPoll)
	s.setAllowed(c)
	if offset == q.lastOffset && !q.lastPoll.IsZero() {
		if since := now.Sub(q.lastPoll); since < hurryWindow {
			timeout = max(timeout, hurryWindow)
			if since < hurryOne {
				limit = 1
			}
		}
	}
	q.lastOffset, q.lastPoll = offset, now
	got := q.collect(offset, limit, now)
	if len(got) > 0 || timeout == 0 {
		s.mu.Unlock()
		return batch(got), nil
	}
	if offset < 0 {
		offset = 0 // counted once, now: what comes later is all new
	}
	if q.waiter != nil { // the older call loses
		q.waiter.conflict <- "terminated by other getUpdates request; make sure that only one bot instance is running"
	}
	me := &waiter{wake: make(chan struct{}), conflict: make(chan string, 1)}
	q.waiter = me
	s.mu.Unlock()
	return s.waitForUpdates(c, me, offset, limit, timeout)
}

// waitForUpdates ends with updates, with nothing after the timeout, with a 409,
// or with the caller.
func (s *Server) waitForUpdates(c *call, me *waiter, offset int64, limit int, timeout time.Duration) (any, *apiError) {
	t := time.NewTimer(timeout)
	defer t.Stop()
	select {
	case <-me.wake:
	case <-t.C:
	case text := <-me.conflict:
		s.mu.Lock()
		wait := s.queue.conflict(s.opts.Now())
		s.mu.Unlock()
		return nil, refuseLater(c, wait, text)
	case <-c.ctx.Done():
		c.gone = errGone
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue.waiter == me {
		s.queue.waiter = nil
	}
	if c.gone != nil {
		return nil, nil
	}
	return batch(s.queue.collect(offset, limit, s.opts.Now())), nil
}

// conflict returns how long a 409 must wait: repeated ones are slowed down.
func (q *queue) conflict(now time.Time) time.Duration {
	if now.Before(q.conflictAt) {
		return conflictPause
	}
	q.conflictAt = now.Add(conflictPause)
	return 0
}

func refuseLater(c *call, wait time.Duration, text string) *apiError {
	if !pause(c.ctx, wait) {
		c.gone = errGone
	}
	return fail(http.StatusConflict, "Conflict: "+text)
}

// batch is the JSON array of updates. They are joined as they are: one that
// cannot be decoded reaches the bot as such.
func batch(updates []json.RawMessage) json.RawMessage {
	size := 2
	for _, u := range updates {
		size += len(u) + 1
	}
	out := append(make(json.RawMessage, 0, size), '[')
	for i, u := range updates {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, u...)
	}
	return append(out, ']')
}

// setAllowed keeps the kinds of updates that the bot wants. An omitted or null
// list keeps the previous one; an empty list means the default.
func (s *Server) setAllowed(c *call) {
	if !c.has("allowed_updates") {
		return
	}
	s.queue.allowed = nil
	for _, item := range c.list("allowed_updates") {
		kind, _ := item.(string)
		if s.api.objects["Update"].fields[kind] == nil {
			s.warnings.seen["allowed_updates: "+kind+" is no kind of update"]++
			continue
		}
		s.queue.allowed = append(s.queue.allowed, kind)
	}
}

func setWebhook(s *Server, c *call) (any, *apiError) {
	target := c.str("url")
	if target != "" && checkedLink(target) == "" {
		return nil, bad("bad webhook: invalid webhook URL specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setAllowed(c)
	if c.flag("drop_pending_updates") {
		s.queue.items = nil
	}
	s.queue.webhook = target
	if target != "" && s.queue.waiter != nil {
		s.queue.waiter.conflict <- "terminated by setWebhook request"
		s.queue.waiter = nil
	}
	s.changed()
	return true, nil
}

func deleteWebhook(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.flag("drop_pending_updates") {
		s.queue.items = nil
	}
	s.queue.webhook = ""
	s.changed()
	return true, nil
}

func getWebhookInfo(s *Server, _ *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue.expire(s.opts.Now())
	return struct {
		URL         string   `json:"url"`
		Certificate bool     `json:"has_custom_certificate"`
		Pending     int      `json:"pending_update_count"`
		Allowed     []string `json:"allowed_updates,omitempty"`
	}{s.queue.webhook, false, len(s.queue.items), s.queue.allowed}, nil
}
