package emulator

import (
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Cut says when a connection is dropped.
type Cut int

// The moments.
const (
	CutNever  Cut = iota
	CutBefore     // before the call took effect
	CutAfter      // after it took effect, before a byte of the answer
	CutMidway     // after it took effect, in the middle of the answer
)

// Fault is one misbehaviour. The zero value is none.
type Fault struct {
	Before, After time.Duration // waits before the call takes effect, and between that and the answer

	Cut Cut

	Code        int // answer this status instead
	Description string
	RetryAfter  int   // seconds, with 429: the chat is told to be quiet
	MigrateTo   int64 // with 400: the group's new id
	HTML        bool  // answer a proxy's page instead of JSON
	Accepted    bool  // the call takes effect although the answer is an error
}

// TooMany is a 429: the chat, or the method when the call names no chat, must be
// left alone for so many seconds.
func TooMany(seconds int) Fault {
	return Fault{Code: http.StatusTooManyRequests, RetryAfter: seconds}
}

// Refused is an error in Telegram's own form.
func Refused(code int, description string) Fault { return Fault{Code: code, Description: description} }

// BadGateway is a proxy's 502 with a page of HTML.
func BadGateway() Fault { return Fault{Code: http.StatusBadGateway, HTML: true} }

// Slow takes effect at once and answers late.
func Slow(d time.Duration) Fault { return Fault{After: d} }

// Faults are the switches of a [Server]. For one call the first that applies of
// these holds: a queued fault, an every-nth one, a random one. The method "*"
// stands for any method and is asked after the method's own. Safe for concurrent use.
type Faults struct {
	mu     sync.Mutex
	rng    *rand.Rand
	queued map[string][]Fault
	every  map[string]*everyNth
	random map[string]randomly
}

type everyNth struct {
	n, count int
	fault    Fault
}

type randomly struct {
	chance float64
	fault  Fault
}

func newFaults(seed uint64) *Faults {
	f := &Faults{rng: rand.New(rand.NewPCG(seed, 0x6661756c74))}
	f.Clear()
	return f
}

// Next makes the coming calls of the method meet these faults, one each, in order.
// A zero Fault lets one call through.
func (f *Faults) Next(method string, faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queued[method] = append(f.queued[method], faults...)
}

// Every makes each nth call of the method meet the fault; n < 1 ends it.
func (f *Faults) Every(method string, n int, fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.every, method)
	if n >= 1 {
		f.every[method] = &everyNth{n: n, fault: fault}
	}
}

// Sometimes makes calls of the method meet the fault with the chance, 0 to 1,
// drawn from the server's seed.
func (f *Faults) Sometimes(method string, chance float64, fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.random[method] = randomly{chance, fault}
}

// Clear ends all faults.
func (f *Faults) Clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.queued = map[string][]Fault{}
	f.every = map[string]*everyNth{}
	f.random = map[string]randomly{}
}

// take returns the fault that this call meets.
func (f *Faults) take(method string) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, name := range [...]string{method, "*"} {
		if q := f.queued[name]; len(q) > 0 {
			f.queued[name] = q[1:]
			return q[0]
		}
		if e := f.every[name]; e != nil {
			if e.count++; e.count%e.n == 0 {
				return e.fault
			}
		}
		if r, ok := f.random[name]; ok && f.rng.Float64() < r.chance {
			return r.fault
		}
	}
	return Fault{}
}

// injected turns a fault into the refusal it stands for.
func (s *Server) injected(c *call, f Fault) *apiError {
	if f.HTML {
		return &apiError{code: f.Code, html: true}
	}
	e := &apiError{code: f.Code, text: f.Description, retry: f.RetryAfter, migrateTo: f.MigrateTo}
	if f.Code == http.StatusTooManyRequests {
		e = tooMany(max(f.RetryAfter, 1))
		s.mu.Lock()
		what := silence{chat: c.chatID()}
		if what.chat == 0 {
			what.method = c.method
		}
		s.limits.hush(what, s.opts.Now().Add(time.Duration(e.retry)*time.Second))
		s.mu.Unlock()
	}
	if e.text == "" {
		e.text = http.StatusText(f.Code)
	}
	return e
}
