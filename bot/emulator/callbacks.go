package emulator

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
	"time"
)

// pressLife is how long a pressed button may be answered. Telegram publishes no
// number; a press that waited its 150 seconds in the queue can still be answered.
const pressLife = 3 * time.Minute

// press is a pressed button that waits for its answer.
type press struct {
	by      *Person
	message int64
	expires time.Time
}

// Notice is the answer to a pressed button, as the person sees it.
type Notice struct {
	QueryID   string
	MessageID int64  // the message whose button was pressed, 0 for one posted inline
	Text      string // "" when the button only stopped spinning
	Alert     bool   // a window that must be closed
	URL       string
	At        time.Time
}

// press queues a callback query; every press is an update of its own.
func (s *Server) press(p *Person, m *message, data string) string {
	id := fmt.Sprintf("%d%09d", 4_000_000_000+s.rng.Int64N(1_000_000_000), s.nextKey)
	s.nextKey++
	q := wireCallback{ID: id, From: p.wire(), Instance: fmt.Sprint(m.chat.id ^ 0x5bd1e995), Data: data}
	number := m.id
	switch {
	case m.inlineID != "":
		q.InlineID, number = m.inlineID, 0
	case m.chat.find(m.id) != m: // deleted meanwhile, or never there
		q.Message = wireInaccessible{ID: m.id, Chat: m.chat.wire()}
	default:
		q.Message = m.wire(s.bot, true)
	}
	if len(s.presses)%1024 == 1023 { // forget the presses that nobody can answer any more
		maps.DeleteFunc(s.presses, func(_ string, p *press) bool { return !s.opts.Now().Before(p.expires) })
	}
	s.presses[id] = &press{by: p, message: number, expires: s.opts.Now().Add(pressLife)}
	s.push("callback_query", q)
	return id
}

func answerCallbackQuery(s *Server, c *call) (any, *apiError) {
	if target := c.str("url"); target != "" && !s.opensBot(target) {
		return nil, bad("URL_INVALID")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := c.str("callback_query_id")
	p := s.presses[id]
	delete(s.presses, id)
	if p == nil || !s.opts.Now().Before(p.expires) {
		return nil, bad("query is too old and response timeout expired or query ID is invalid")
	}
	p.by.notices = append(p.by.notices, Notice{
		QueryID: id, MessageID: p.message, Text: c.str("text"), Alert: c.flag("show_alert"), URL: c.str("url"), At: s.opts.Now(),
	})
	if drop := len(p.by.notices) - s.opts.History; drop > 0 {
		p.by.notices = p.by.notices[drop:]
	}
	s.changed()
	return true, nil
}

// opensBot reports whether a callback answer may open the address: only links to
// the bot itself may be opened without a game.
func (s *Server) opensBot(target string) bool {
	u, err := url.Parse(target)
	return err == nil && (u.Host == "t.me" || u.Host == "telegram.me") &&
		strings.EqualFold(strings.Trim(u.Path, "/"), s.bot.Username)
}
