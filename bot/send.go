package bot

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"maqta/bot/chat"
)

const (
	settleDelay = 10 * time.Millisecond // results wait that long for company
	settleRows  = 256                   // or until there are so many
	settleRetry = time.Second           // after a failure of the outbox

	maxHops   = 3    // times a chat may move under one row
	maxTokens = 8192 // sent messages remembered by token until the outbox surely knows them
	maxFiles  = 1024 // file ids remembered until the outbox surely gives them

	// answeredTries is how often a row may be answered with an internal error
	// while others go through, before it is taken for the cause and refused:
	// one message must not silence its chat for ever.
	answeredTries = 20

	// abandonAfter is how long, after its deadline, a stop waits for requests
	// that it has cancelled.
	abandonAfter = 2 * time.Second
)

// class is a kind of work. Lower ones go first.
type class int

const (
	urgent  class = iota // answers to buttons and inline queries: somebody waits
	talking              // answers in a chat
	drawing              // answers with a file that is still to be drawn and uploaded
	bulky                // notices, reminders, digests
	classes
)

// sender drains the outbox. One goroutine, run, owns all its state; workers
// only make calls, one reads the outbox, one writes to it.
type sender struct {
	b    *Bot
	pace pacer

	lanes   map[laneKey]*lane
	moved   map[chat.ChatID]chat.ChatID // groups that became other chats, until restart
	ready   [classes]line
	later   waiting
	rows    int // in memory, under way or not
	texts   int // of them with their text
	flying  int // jobs under way
	flyingN [classes]int
	uploads int // jobs under way that upload

	silent    time.Time // no message before: the whole bot was asked for silence
	mute      time.Time // no answer to a button or query before
	flood     flood     // the last 429 for a chat
	lastSent  time.Time
	troubled  bool // the latest try failed
	tokens    tokens
	files     map[string]*upload
	pending   []chat.Delivery // results not yet handed to the settler
	inSettle  []chat.Delivery // results the settler is at
	settleAt  time.Time
	fatal     error
	settleErr error

	helpers sync.WaitGroup // every goroutine that the sender started
	workers int
	jobs    chan job
	results chan result
	fed     chan []chat.Outgoing
	settle  chan []chat.Delivery
	settled chan error
	stopped chan struct{}
}

// flood remembers a 429 to tell one flooded chat from a flooded bot.
type flood struct {
	chat  chat.ChatID
	at    time.Time
	until time.Time
}

// upload is a file that is being uploaded, or has been.
type upload struct {
	id      string
	waiting []place // lanes whose next row shows the same file
}

// tokens remembers the latest sent messages by their tokens.
type tokens struct {
	ids  map[tokenKey]chat.MessageID
	ring []tokenKey
	next int
}

type tokenKey struct {
	chat  chat.ChatID
	token string
}

func (t *tokens) put(k tokenKey, id chat.MessageID) {
	if _, known := t.ids[k]; !known {
		if len(t.ring) < maxTokens {
			t.ring = append(t.ring, k)
		} else {
			delete(t.ids, t.ring[t.next])
			t.ring[t.next] = k
			t.next = (t.next + 1) % maxTokens
		}
	}
	t.ids[k] = id
}

func newSender(b *Bot) *sender {
	n := b.cfg.Senders
	return &sender{
		b:       b,
		pace:    newPacer(b.cfg.Pace),
		lanes:   make(map[laneKey]*lane),
		moved:   make(map[chat.ChatID]chat.ChatID),
		tokens:  tokens{ids: make(map[tokenKey]chat.MessageID)},
		files:   make(map[string]*upload),
		jobs:    make(chan job, n), // as many as can be under way: sending never blocks
		results: make(chan result, n),
		fed:     make(chan []chat.Outgoing),
		settle:  make(chan []chat.Delivery, 1),
		settled: make(chan error, 1),
		stopped: make(chan struct{}),
	}
}

// stop lets run end: what is under way is awaited and settled, the rest stays
// in the outbox. It is called once.
func (s *sender) stop() { close(s.stopped) }

// run sends until stop. ctx must outlive the stop. onFatal is called when the
// token turns out to be invalid; the error comes back from run.
func (s *sender) run(ctx context.Context, onFatal func()) error {
	working, cancelWork := context.WithCancel(ctx)
	feeding, stopFeeding := context.WithCancel(ctx)
	s.helpers.Go(func() { s.feed(feeding) })
	s.helpers.Go(func() { s.settler(ctx) })
	defer func() {
		cancelWork()
		stopFeeding()
		close(s.jobs)
		close(s.settle)
		if s.flying == 0 && s.inSettle == nil { // else somebody is deaf, and was waited for long enough
			s.helpers.Wait()
		}
	}()

	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	stopped := s.stopped
	var deadline <-chan time.Time // of the drain
	cancelled := false
	for {
		now := s.b.cfg.Now()
		if stopped != nil && s.fatal == nil {
			s.start(working, now)
		}
		s.flush(now, stopped == nil)
		if stopped == nil && s.flying == 0 && len(s.pending) == 0 && len(s.inSettle) == 0 {
			return s.fatal
		}
		s.b.cfg.Meter.queue(s.rows-s.flying, s.flying)
		timer.Reset(s.idle(now))
		select {
		case rows := <-s.fed:
			s.take(rows, s.b.cfg.Now())
		case r := <-s.results:
			s.finish(r, s.b.cfg.Now())
			if r.fatal != nil && s.fatal == nil {
				s.fatal = r.fatal
				onFatal()
			}
		case err := <-s.settled:
			s.recorded(err, s.b.cfg.Now())
		case <-timer.C:
		case <-stopped:
			stopped = nil
			stopFeeding()
			deadline = time.After(s.b.cfg.Drain)
		case <-deadline:
			if !cancelled {
				cancelled = true
				cancelWork()
				deadline = time.After(abandonAfter)
				continue
			}
			return errors.Join(s.fatal, s.abandon())
		}
	}
}

// abandon says what a stop leaves behind.
func (s *sender) abandon() error {
	if n := len(s.pending) + len(s.inSettle); n > 0 {
		return fmt.Errorf("stop: %d sent messages not recorded, they will be sent again: %w", n, s.settleErr)
	}
	return fmt.Errorf("stop: %d requests did not end", s.flying)
}

// schedule gives a lane its place: among those that wait for a time, or among
// those that are ready. Older places of it become void.
func (s *sender) schedule(l *lane, now time.Time) {
	if l.busy {
		return // it is scheduled when its row has come back
	}
	l.turn++
	it := l.head()
	if it == nil {
		delete(s.lanes, l.key)
		return
	}
	at := latest(l.until, it.notBefore)
	if counts(it.act, l.key.chat) {
		at = latest(at, s.pace.chatOpens(l.key.chat))
	}
	p := place{lane: l, turn: l.turn, at: at}
	switch {
	case at.After(now):
		heap.Push(&s.later, p)
	case it.act == chat.Answer || it.act == chat.Offer:
		s.ready[urgent].push(p)
	case it.bulk:
		s.ready[bulky].push(p)
	case it.file != nil && it.fileID == "" && it.act != chat.Strip:
		s.ready[drawing].push(p)
	default:
		s.ready[talking].push(p)
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// start hands rows to workers while there are workers and rows that may go.
func (s *sender) start(ctx context.Context, now time.Time) {
	for {
		p, ok := s.later.first()
		if !ok || p.at.After(now) {
			break
		}
		heap.Pop(&s.later)
		s.schedule(p.lane, now)
	}
	for s.flying < s.b.cfg.Senders {
		j, ok := s.next(now)
		if !ok {
			return
		}
		if s.workers <= s.flying-1 {
			s.workers++
			s.helpers.Go(func() { s.work(ctx) })
		}
		s.jobs <- j
	}
}

// next takes the next row that may go now, and counts it.
func (s *sender) next(now time.Time) (job, bool) {
	if s.silent.After(now) {
		return job{}, false
	}
	for c := range classes {
		for s.open(c, now) {
			p, ok := s.ready[c].peek()
			if !ok {
				break
			}
			it := p.lane.head()
			heavy := it.file != nil && it.fileID == "" && it.act != chat.Strip
			if heavy {
				wait, id := s.shared(it.file, p)
				if wait {
					s.ready[c].pop()
					continue
				}
				it.fileID, heavy = id, id == ""
				if heavy && s.uploads >= s.share() {
					break
				}
			}
			s.ready[c].pop()
			return s.begin(p.lane, c, heavy, now), true
		}
	}
	return job{}, false
}

// share is how many of the workers slow work may take: bulk messages, and
// files that are drawn and uploaded. The rest is kept for answers.
func (s *sender) share() int { return max(1, s.b.cfg.Senders/4) }

// open reports whether work of a class may begin now.
func (s *sender) open(c class, now time.Time) bool {
	switch c {
	case urgent:
		return !s.mute.After(now)
	case bulky:
		return s.flyingN[bulky] < s.share() && !s.pace.bulkOpens().After(now)
	case drawing:
		return s.uploads < s.share()
	case talking, classes:
	}
	return true
}

// shared looks for the same file among those uploaded lately. While it is being
// uploaded for somebody else the lane waits, so that it is uploaded once.
func (s *sender) shared(f *chat.File, p place) (wait bool, id string) {
	u := s.files[fileKey(f)]
	switch {
	case u == nil:
		return false, ""
	case u.id == "":
		u.waiting = append(u.waiting, p)
		return true, ""
	}
	return false, u.id
}

// begin takes the head off a lane and makes it a job.
func (s *sender) begin(l *lane, c class, heavy bool, now time.Time) job {
	it := l.pop()
	l.busy = true
	s.flying++
	s.flyingN[c]++
	j := job{lane: l, item: it, to: l.key.chat, class: c, heavy: heavy, began: now}
	if heavy {
		s.uploads++
		if len(s.files) >= maxFiles {
			s.forgetFiles()
		}
		s.files[fileKey(it.file)] = new(upload)
	}
	if counts(it.act, l.key.chat) {
		s.pace.pass(l.key.chat, it.bulk, now)
	}
	if it.row != nil && it.row.Message.Retire != "" {
		j.known = s.tokens.ids[tokenKey{l.key.chat, it.row.Message.Retire}]
	}
	return j
}

// forgetFiles forgets the files that nobody is uploading.
func (s *sender) forgetFiles() {
	for k, u := range s.files {
		if u.id != "" {
			delete(s.files, k)
		}
	}
}

// work makes calls until the sender ends.
func (s *sender) work(ctx context.Context) {
	for j := range s.jobs {
		s.results <- s.b.deliver(ctx, j)
	}
}

// idle is how long nothing is to be done unless something happens.
func (s *sender) idle(now time.Time) time.Duration {
	at := now.Add(time.Hour)
	sooner := func(t time.Time) {
		if t.After(now) && t.Before(at) {
			at = t
		}
	}
	if p, ok := s.later.first(); ok {
		sooner(p.at)
	}
	sooner(s.silent)
	sooner(s.mute)
	if _, ok := s.ready[bulky].peek(); ok {
		sooner(s.pace.bulkOpens())
	}
	if len(s.pending) > 0 && s.inSettle == nil {
		sooner(s.settleAt)
	}
	return at.Sub(now)
}
