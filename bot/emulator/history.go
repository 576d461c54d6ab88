package emulator

import (
	"slices"
	"sort"
	"time"
)

// Call is one request of the bot and what became of it.
type Call struct {
	At      time.Time
	Method  string
	Params  map[string]string // as sent; objects as JSON
	Files   []string          // the uploaded file names
	Status  int               // 0 when no answer was sent
	Answer  []byte            // the whole JSON body; empty for getUpdates
	Dropped bool              // the connection was cut, or the caller hung up
}

// ring keeps the newest calls.
type ring struct {
	size  int
	calls []Call
	next  int
	total int
}

func (r *ring) add(c Call) {
	r.total++
	if len(r.calls) < r.size {
		r.calls = append(r.calls, c)
		return
	}
	r.calls[r.next] = c
	r.next = (r.next + 1) % r.size
}

func (r *ring) all() []Call { return append(slices.Clone(r.calls[r.next:]), r.calls[:r.next]...) }

func (s *Server) record(c Call) {
	s.mu.Lock()
	s.log.add(c)
	if c.Method != "getUpdates" { // which changes nothing that anybody sees
		s.changed()
	}
	s.mu.Unlock()
	if s.opts.Observe != nil {
		s.opts.Observe(c)
	}
}

// Log returns the newest calls, oldest first, as many as Options.LogSize.
func (s *Server) Log() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.all()
}

// Calls counts all calls ever made.
func (s *Server) Calls() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.total
}

// warnings are counted, not repeated.
type warnings struct {
	seen  map[string]int
	early int
}

func (s *Server) warn(text string) {
	s.mu.Lock()
	s.warnings.seen[text]++
	s.mu.Unlock()
}

// Warnings lists, sorted, what the service lets pass but a careful bot would not
// do: names that the documentation dropped, methods that are not emulated.
func (s *Server) Warnings() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]string, 0, len(s.warnings.seen))
	for text := range s.warnings.seen {
		out = append(out, text)
	}
	sort.Strings(out)
	return out
}

// EarlyRetries counts the calls that were made to a chat while the bot had been
// told to wait.
func (s *Server) EarlyRetries() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.warnings.early
}
