package emulator

import (
	"slices"
	"time"
)

// chat is a private chat or a group.
type chat struct {
	id      int64
	kind    string // "private", "group", "supergroup"
	title   string
	person  *Person // of a private chat
	members map[int64]*Person

	messages []*message // oldest first
	nextID   int64      // of a supergroup, which numbers its own messages

	known    bool   // a private chat in which the person has written, or a group the bot is in
	blocked  bool   // the person stopped the bot
	gone     bool   // the person's account was deleted
	kicked   bool   // the bot was removed from the group
	movedTo  int64  // the supergroup that the group became
	acting   string // the chat action shown, until actingTo
	actingTo time.Time
	menu     map[string]any // the menu button set for this chat
}

func (c *chat) wire() wireChat {
	w := wireChat{ID: c.id, Type: c.kind, Title: c.title}
	if c.person != nil {
		w.FirstName, w.Username = c.person.profile.FirstName, c.person.profile.Username
	}
	return w
}

func (c *chat) find(id int64) *message {
	i, ok := slices.BinarySearchFunc(c.messages, id, func(m *message, id int64) int { return int(m.id - id) })
	if !ok {
		return nil
	}
	return c.messages[i]
}

func (c *chat) remove(id int64) {
	c.messages = slices.DeleteFunc(c.messages, func(m *message) bool { return m.id == id })
}

// post numbers a message and adds it to its chat; the caller holds the lock.
func (s *Server) post(m *message) {
	c := m.chat
	if c.kind == "supergroup" {
		c.nextID++
		m.id = c.nextID
	} else {
		s.nextID++
		m.id = s.nextID
	}
	m.date = s.opts.Now()
	c.messages = append(c.messages, m)
	if drop := len(c.messages) - s.opts.History; drop > 0 {
		clear(c.messages[:drop])
		c.messages = c.messages[drop:]
	}
	s.changed()
}

// target finds the chat that a call is about.
func (s *Server) target(c *call) (*chat, *apiError) { return s.chatAt(c.args["chat_id"]) }

func (s *Server) chatAt(id any) (*chat, *apiError) {
	switch id := id.(type) {
	case int64:
		if found := s.chats[id]; found != nil {
			return found, nil
		}
	case string:
		if id == "" {
			return nil, bad("chat_id is empty")
		}
	}
	return nil, bad("chat not found")
}

// writable finds the chat that a call writes to, and says why it must not.
func (s *Server) writable(c *call) (*chat, *apiError) {
	to, e := s.target(c)
	if e != nil {
		return nil, e
	}
	switch {
	case to.movedTo != 0:
		e := bad("group chat was upgraded to a supergroup chat")
		e.migrateTo = to.movedTo
		return nil, e
	case to.gone:
		return nil, forbidden("user is deactivated")
	case to.blocked:
		return nil, forbidden("bot was blocked by the user")
	case to.kicked && to.kind == "supergroup":
		return nil, forbidden("bot was kicked from the supergroup chat")
	case to.kicked:
		return nil, forbidden("bot was kicked from the group chat")
	case !to.known && to.kind == "private":
		return nil, forbidden("bot can't initiate conversation with a user")
	case !to.known:
		return nil, forbidden("bot is not a member of the " + to.kind + " chat")
	}
	return to, nil
}

// Group is a group chat. Negative ids that begin with -100 are supergroups.
type Group struct {
	s *Server
	c *chat
}

// Group registers a group, or returns the one of the id. The bot is not in it
// until [Group.AddBot].
func (s *Server) Group(id int64, title string, members ...*Person) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[id]
	if c == nil {
		c = &chat{id: id, kind: "group", title: title, members: map[int64]*Person{}}
		if id <= -1_000_000_000_000 {
			c.kind = "supergroup"
		}
		s.chats[id] = c
	}
	for _, p := range members {
		c.members[p.profile.ID] = p
	}
	return &Group{s, c}
}

// ID returns the chat id, which changes when the group is upgraded.
func (g *Group) ID() int64 { return g.c.id }

// AddBot lets somebody bring the bot in: the bot gets my_chat_member and the
// service message that names it.
func (g *Group) AddBot(by *Person) {
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	old := "left"
	if g.c.kicked {
		old = "kicked"
	}
	g.c.known, g.c.kicked = true, false
	s.memberUpdate(g.c, by, old, "member")
	m := &message{chat: g.c, from: by.wire(), note: by.profile.FirstName + " + " + s.bot.FirstName}
	m.service = func(w *wireMessage) { w.NewMembers = []wireUser{s.bot} }
	s.post(m)
	s.push("message", m.wire(s.bot, false))
}

// Kick removes the bot from the group.
func (g *Group) Kick(by *Person) {
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	g.c.known, g.c.kicked = false, true
	s.memberUpdate(g.c, by, "member", "kicked")
	s.changed()
}

// Upgrade turns the group into a supergroup with another id: the bot gets both
// service messages, and writing to the old id is refused with the new one.
func (g *Group) Upgrade(to int64) *Group {
	n := g.s.Group(to, g.c.title)
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, p := range g.c.members {
		n.c.members[id] = p
	}
	n.c.known = g.c.known
	from := g.c.id
	leave := &message{chat: g.c, note: "→ supergroup"}
	leave.service = func(w *wireMessage) { w.MigrateTo = to }
	enter := &message{chat: n.c, note: "→ supergroup"}
	enter.service = func(w *wireMessage) { w.MigrateFrom = from }
	for _, m := range []*message{leave, enter} {
		m.from = wireUser{ID: 1087968824, IsBot: true, FirstName: "Group", Username: "GroupAnonymousBot"}
		s.post(m)
		s.push("message", m.wire(s.bot, false))
	}
	g.c.movedTo = to
	return n
}

// Chat returns what the group's members see.
func (g *Group) Chat() []Message {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.c.snapshot()
}

func (c *chat) snapshot() []Message {
	out := make([]Message, len(c.messages))
	for i, m := range c.messages {
		out[i] = m.public()
	}
	return out
}

// memberUpdate tells the bot of its own standing in a chat.
func (s *Server) memberUpdate(c *chat, by *Person, before, after string) {
	member := func(status string) wireMember {
		m := wireMember{User: s.bot, Status: status}
		if status == "kicked" {
			m.Until = new(int64)
		}
		return m
	}
	s.push("my_chat_member", wireMemberUpdate{
		Chat: c.wire(), From: by.wire(), Date: s.opts.Now().Unix(), Old: member(before), New: member(after),
	})
}
