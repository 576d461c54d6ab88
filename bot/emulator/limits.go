package emulator

import (
	"math"
	"time"
)

// The rates that the documentation names. The true ones are flexible and
// unpublished; a bot that keeps to these is safe.
const (
	defaultBurst = 5  // messages at once in one chat ("short bursts are tolerated"; the number is ours)
	perChat      = 1  // messages a second in one chat
	perGroup     = 20 // messages and edits a minute in one group
	overall      = 30 // messages a second in all
)

// limits count what was sent and remember who was told to wait.
type limits struct {
	on     bool
	burst  int
	chats  map[int64]*bucket
	groups map[int64]*bucket
	all    bucket
	quiet  map[silence]time.Time
}

// silence names what is to be left alone: a chat, a method that names no chat, or
// (when empty) everything.
type silence struct {
	chat   int64
	method string
}

// bucket holds tokens that come back with time.
type bucket struct {
	tokens float64
	at     time.Time
}

func newLimits(o Options) limits {
	return limits{
		on: o.Rates, burst: o.Burst, chats: map[int64]*bucket{}, groups: map[int64]*bucket{},
		all: bucket{tokens: overall}, quiet: map[silence]time.Time{},
	}
}

// SetRates switches the rate limits on or off.
func (s *Server) SetRates(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits.on = on
}

// fill adds the tokens of the time since the last look.
func (b *bucket) fill(now time.Time, capacity, perSecond float64) {
	if !b.at.IsZero() {
		b.tokens = math.Min(capacity, b.tokens+now.Sub(b.at).Seconds()*perSecond)
	}
	b.at = now
}

// admit lets a message into a chat or says how long to wait. The caller holds
// the lock.
func (s *Server) admit(to *chat) *apiError {
	l := &s.limits
	if !l.on {
		return nil
	}
	now := s.opts.Now()
	own, capacity, rate := l.chats[to.id], float64(l.burst), float64(perChat)
	if to.kind != "private" {
		own, capacity, rate = l.groups[to.id], perGroup, perGroup/60.0
	}
	if own == nil {
		own = &bucket{tokens: capacity}
		if to.kind == "private" {
			l.chats[to.id] = own
		} else {
			l.groups[to.id] = own
		}
	}
	own.fill(now, capacity, rate)
	l.all.fill(now, overall, overall)
	if wait := (1 - own.tokens) / rate; wait > 1e-9 {
		return s.hushed(silence{chat: to.id}, wait, now)
	}
	if wait := (1 - l.all.tokens) / overall; wait > 1e-9 {
		return s.hushed(silence{}, wait, now)
	}
	own.tokens--
	l.all.tokens--
	return nil
}

// hushed refuses, and remembers that the bot was told to wait.
func (s *Server) hushed(what silence, wait float64, now time.Time) *apiError {
	seconds := max(int(math.Ceil(wait)), 1)
	s.limits.hush(what, now.Add(time.Duration(seconds)*time.Second))
	return tooMany(seconds)
}

func (l *limits) hush(what silence, until time.Time) {
	if until.After(l.quiet[what]) {
		l.quiet[what] = until
	}
}

// checkQuiet refuses a call that was to wait, and counts it.
func (s *Server) checkQuiet(c *call) *apiError {
	asked := [...]silence{{method: c.method}, {chat: c.chatID()}}
	if asked[1].chat == 0 { // a call without a chat does not wait for the chats
		asked[1] = asked[0]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.limits.quiet) == 0 {
		return nil
	}
	now := s.opts.Now()
	for _, what := range asked {
		if e := s.stillQuiet(what, now); e != nil {
			return e
		}
	}
	if asked[1].chat != 0 {
		return s.stillQuiet(silence{}, now)
	}
	return nil
}

func (s *Server) stillQuiet(what silence, now time.Time) *apiError {
	until, ok := s.limits.quiet[what]
	if !ok {
		return nil
	}
	left := until.Sub(now)
	if left <= 0 {
		delete(s.limits.quiet, what)
		return nil
	}
	s.warnings.early++
	return tooMany(max(int(math.Ceil(left.Seconds())), 1))
}
