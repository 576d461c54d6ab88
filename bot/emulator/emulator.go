// Package emulator is Telegram's side of the Bot API, for tests and for the demo.
//
// A [Server] is an http.Handler that answers as Telegram does, and refuses what
// Telegram refuses: every request is checked against the methods and types of
// Bot API 10.3, texts against the HTML rules and the limits, keyboards, files and
// callback answers against what the service says of them. A [Person] is the other
// side: somebody who writes, presses buttons, uploads, blocks. [Faults] make the
// service slow, broken or forgetful.
//
// It imports nothing but the standard library, so it cannot share the client's
// mistakes. It refuses to reach the network: webhooks are remembered and never
// called, files are never fetched by URL. Time comes from [Options].Now alone;
// waiting uses timers and ends with the request's context, so a bot under
// testing/synctest long-polls through [Server.Client] in no time.
package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Token is the token that a Server answers to when Options name none.
const Token = "7000000001:AAEmulatorEmulatorEmulatorEmulator1"

// Options say what the emulated service is like. Only Now is required.
type Options struct {
	Token string           // "" means [Token]
	Bot   BotProfile       // empty fields get a name for tests
	Now   func() time.Time // the only clock: dates, expiry, rates
	Seed  uint64           // of the random ids; the same seed gives the same ids

	Rates bool // enforce the rate limits (see limits.go)
	Burst int  // messages that one chat may get at once before the pace of one a second holds; 0 means 5

	SeesGroups     bool // privacy mode is off: the bot gets every message of a group
	InlineFeedback bool // chosen inline results are reported

	LogSize int        // calls that Log keeps; 0 means 10,000
	History int        // messages kept in a chat; 0 means 1,000
	Observe func(Call) // called with every call once its answer is settled, outside any lock
}

// BotProfile is the bot as BotFather made it.
type BotProfile struct {
	ID       int64  // 0 means the number in the token
	Name     string // "" means "Maqta"
	Username string // "" means "maqta_bot"
}

// Server is one bot's Telegram. It is safe for concurrent use.
type Server struct {
	opts    Options
	bot     wireUser
	api     *tables
	methods map[string]method // by lower-case name
	faults  *Faults

	mu       sync.Mutex
	rng      *rand.Rand
	queue    queue
	chats    map[int64]*chat
	people   map[int64]*Person
	files    fileStore
	presses  map[string]*press
	inline   inlineState
	profile  profileState
	limits   limits
	log      ring
	nextID   int64 // of messages in private chats and small groups, which share one sequence
	nextKey  uint64
	warnings warnings
	watchers map[chan struct{}]struct{}
}

// New makes a Server. It panics when Now is missing or the embedded tables are
// broken: both are mistakes of the program, not of its input.
func New(o Options) *Server {
	if o.Now == nil {
		panic("emulator: Options.Now is required")
	}
	if o.Token == "" {
		o.Token = Token
	}
	if o.Bot.ID == 0 {
		o.Bot.ID = tokenID(o.Token)
	}
	if o.Bot.Name == "" {
		o.Bot.Name = "Maqta"
	}
	if o.Bot.Username == "" {
		o.Bot.Username = "maqta_bot"
	}
	if o.Burst == 0 {
		o.Burst = defaultBurst
	}
	if o.LogSize == 0 {
		o.LogSize = 10_000
	}
	if o.History == 0 {
		o.History = 1_000
	}
	api, err := sharedTables()
	if err != nil {
		panic(err)
	}
	s := &Server{
		opts:     o,
		bot:      wireUser{ID: o.Bot.ID, IsBot: true, FirstName: o.Bot.Name, Username: o.Bot.Username},
		api:      api,
		methods:  methodTable(),
		rng:      rand.New(rand.NewPCG(o.Seed, 0x6d61717461)),
		chats:    map[int64]*chat{},
		people:   map[int64]*Person{},
		files:    newFileStore(),
		presses:  map[string]*press{},
		inline:   newInlineState(),
		profile:  newProfileState(o.Bot.Name),
		limits:   newLimits(o),
		log:      ring{size: o.LogSize},
		warnings: warnings{seen: map[string]int{}},
		watchers: map[chan struct{}]struct{}{},
	}
	s.queue = newQueue(100_000_000+s.rng.Int64N(800_000_000), o.Now())
	s.faults = newFaults(o.Seed)
	return s
}

// Bot returns the bot as BotFather made it; what it says of itself by now, a
// person's About tells.
func (s *Server) Bot() BotProfile {
	return BotProfile{ID: s.bot.ID, Name: s.bot.FirstName, Username: s.bot.Username}
}

// Faults returns the switches that make the service misbehave.
func (s *Server) Faults() *Faults { return s.faults }

// Watch returns a channel that gets a value after any change: a message, a
// notice, an update taken or confirmed. Signals are merged, never queued. The
// function ends the watching.
func (s *Server) Watch() (changed <-chan struct{}, stop func()) {
	ch := make(chan struct{}, 1)
	s.mu.Lock()
	s.watchers[ch] = struct{}{}
	s.mu.Unlock()
	return ch, func() {
		s.mu.Lock()
		delete(s.watchers, ch)
		s.mu.Unlock()
	}
}

// changed tells the watchers; the caller holds the lock.
func (s *Server) changed() {
	for ch := range s.watchers {
		select {
		case ch <- struct{}{}:
		default:
		}
	}
}

// key makes an opaque identifier that is unique within the server; the caller
// holds the lock.
func (s *Server) key(prefix string) string {
	s.nextKey++
	return fmt.Sprintf("%s%09d%08x", prefix, s.nextKey, s.rng.Uint32())
}

// ServeHTTP answers /bot<token>/<method> and /file/bot<token>/<path>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		s.serveFile(w, r, path)
		return
	}
	token, name, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !strings.HasPrefix(r.URL.Path, "/bot") || !ok || tokenID(token) == 0 {
		writeError(w, fail(http.StatusNotFound, "Not Found"))
		return
	}
	if token != s.opts.Token {
		writeError(w, fail(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	s.serveMethod(w, r, name)
}

// serveMethod answers one call, with whatever fault is due.
func (s *Server) serveMethod(w http.ResponseWriter, r *http.Request, name string) {
	m, known := s.methods[strings.ToLower(name)]
	spec, listed := s.api.method(name)
	c := &call{ctx: r.Context(), method: name}
	if listed {
		c.method = spec.name
	}
	record := Call{At: s.opts.Now(), Method: c.method}
	fault := s.faults.take(c.method)
	finish := func(status int, answer []byte, dropped bool) {
		record.Status, record.Dropped = status, dropped
		if c.method != "getUpdates" {
			record.Answer = answer
		}
		s.record(record)
	}
	if !pause(c.ctx, fault.Before) || fault.Cut == CutBefore {
		finish(0, nil, true)
		panic(http.ErrAbortHandler)
	}

	var out any
	err := func() *apiError {
		if !listed {
			return fail(http.StatusNotFound, "Not Found: method not found")
		}
		if e := s.readCall(c, spec, w, r); e != nil {
			return e
		}
		record.Params, record.Files = c.raw, c.fileNames()
		if !known {
			s.warn("method " + c.method + " is not emulated")
			return fail(http.StatusNotFound, "Not Found: method not found")
		}
		if e := s.checkQuiet(c); e != nil {
			return e
		}
		if fault.Code != 0 && !fault.Accepted {
			return s.injected(c, fault)
		}
		var e *apiError
		if out, e = m(s, c); e != nil {
			return e
		}
		if fault.Code != 0 {
			return s.injected(c, fault)
		}
		return nil
	}()
	if errors.Is(c.gone, errGone) {
		finish(0, nil, true)
		panic(http.ErrAbortHandler)
	}
	gone := !pause(c.ctx, fault.After)
	if gone || fault.Cut == CutAfter {
		finish(http.StatusOK, nil, true)
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		body := err.body()
		finish(err.code, body, false)
		writeStatus(w, err, body)
		return
	}
	body, e := success(out)
	if e != nil {
		panic(fmt.Errorf("emulator: answer of %s: %w", c.method, e))
	}
	if fault.Cut == CutMidway {
		finish(http.StatusOK, nil, true)
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		_, _ = w.Write(body[:len(body)/2])
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		panic(http.ErrAbortHandler)
	}
	finish(http.StatusOK, body, false)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
}

// success wraps a result as Telegram does.
func success(result any) ([]byte, error) {
	inner, ok := result.(json.RawMessage)
	if !ok {
		var err error
		if inner, err = json.Marshal(result); err != nil {
			return nil, err //nolint:wrapcheck // the caller says of which method
		}
	}
	body := make([]byte, 0, len(inner)+24)
	body = append(body, `{"ok":true,"result":`...)
	body = append(body, inner...)
	return append(body, '}'), nil
}
