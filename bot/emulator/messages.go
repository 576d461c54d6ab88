package emulator

import (
	"slices"
	"time"
)

// deletable is how long a message may be taken back.
const deletable = 48 * time.Hour

// draft gathers what every new message has in common. The caller holds the lock.
func (s *Server) draft(c *call) (*message, *apiError) {
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	keys, e := readMarkup(c)
	if e != nil {
		return nil, e
	}
	m := &message{
		chat: to, from: s.bot, markup: keys,
		silent: c.flag("disable_notification"), protected: c.flag("protect_content"),
	}
	reply, lenient := int64(0), false
	if r := c.obj("reply_parameters"); r != nil {
		reply, _ = r["message_id"].(int64)
		lenient, _ = r["allow_sending_without_reply"].(bool)
	} else if text := c.str("reply_to_message_id"); text != "" {
		reply, lenient = parseInt(text), c.str("allow_sending_without_reply") == "true"
	}
	if reply != 0 {
		switch {
		case to.find(reply) != nil:
			m.replyTo = reply
		case !lenient:
			return nil, bad("message to be replied not found")
		}
	}
	return m, nil
}

// send posts a draft unless the chat gets too much, and returns it as the answer.
func (s *Server) send(c *call, m *message) (any, *apiError) {
	if e := s.admit(m.chat); e != nil {
		return nil, e
	}
	m.chat.acting = ""
	s.post(m)
	return m.wire(s.bot, true), nil
}

func sendMessage(s *Server, c *call) (any, *apiError) {
	body, e := s.readMessageText(c.str("text"), c.str("parse_mode"), c.list("entities"))
	s.mu.Lock()
	defer s.mu.Unlock()
	m, problem := s.draft(c)
	if problem != nil {
		return nil, problem
	}
	if e != nil {
		return nil, e
	}
	m.body = body
	return s.send(c, m)
}

func sendChatAction(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	to.acting, to.actingTo = c.str("action"), s.opts.Now().Add(5*time.Second)
	s.changed()
	return true, nil
}

// editable finds the message that an edit is about: by chat and number, or by
// the id of a message that was posted inline.
func (s *Server) editable(c *call) (*message, *apiError) {
	if id := c.str("inline_message_id"); id != "" {
		if m := s.inline.posted[id]; m != nil {
			return m, nil
		}
		return nil, bad("MESSAGE_ID_INVALID")
	}
	if !c.has("chat_id") {
		return nil, bad("chat_id is empty")
	}
	if !c.has("message_id") {
		return nil, bad("message identifier is not specified")
	}
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	m := to.find(c.num("message_id"))
	switch {
	case m == nil:
		return nil, bad("message to edit not found")
	case m.from.ID != s.bot.ID || m.viaBot || m.service != nil:
		return nil, bad("message can't be edited")
	}
	return m, nil
}

// edit changes a message by f, refuses when nothing changes, and answers with the
// message, or with true for one that was posted inline.
func (s *Server) edit(c *call, m *message, f func(*message)) (any, *apiError) {
	keys, e := readMarkup(c)
	if e != nil {
		return nil, e
	}
	if keys.given && (keys.reply != nil || keys.clear) {
		return nil, bad("inline keyboard expected")
	}
	after := *m
	after.markup = keys
	f(&after)
	if after.body.text == m.body.text && slices.Equal(after.body.ents, m.body.ents) && after.media.same(m.media) &&
		sameRows(after.markup.rows, m.markup.rows) {
		return nil, bad("message is not modified: specified new message content and reply markup are exactly the same " +
			"as a current content and reply markup of the message")
	}
	if m.chat.kind != "private" {
		if e := s.admit(m.chat); e != nil {
			return nil, e
		}
	}
	after.edited = s.opts.Now()
	*m = after
	s.changed()
	if c.has("inline_message_id") {
		return true, nil
	}
	return m.wire(s.bot, true), nil
}

func editMessageText(s *Server, c *call) (any, *apiError) {
	if c.has("rich_message") {
		s.warn("rich messages are not emulated")
		return nil, bad("rich messages are not supported")
	}
	body, e := s.readMessageText(c.str("text"), c.str("parse_mode"), c.list("entities"))
	s.mu.Lock()
	defer s.mu.Unlock()
	m, problem := s.editable(c)
	switch {
	case problem != nil:
		return nil, problem
	case e != nil:
		return nil, e
	case m.media != nil || m.kind != "":
		return nil, bad("there is no text in the message to edit")
	}
	return s.edit(c, m, func(m *message) { m.body = body })
}

func editMessageCaption(s *Server, c *call) (any, *apiError) {
	body, e := s.readCaption(c.str("caption"), c.str("parse_mode"), c.list("caption_entities"))
	s.mu.Lock()
	defer s.mu.Unlock()
	m, problem := s.editable(c)
	switch {
	case problem != nil:
		return nil, problem
	case e != nil:
		return nil, e
	case m.media == nil:
		return nil, bad("there is no caption in the message to edit")
	}
	return s.edit(c, m, func(m *message) { m.body = body })
}

func editMessageReplyMarkup(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, e := s.editable(c)
	if e != nil {
		return nil, e
	}
	return s.edit(c, m, func(*message) {})
}

func editMessageMedia(s *Server, c *call) (any, *apiError) {
	item := c.obj("media")
	body, e := s.readCaption(text(item, "caption"), text(item, "parse_mode"), items(item, "caption_entities"))
	if e != nil {
		return nil, e
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, e := s.editable(c)
	if e != nil {
		return nil, e
	}
	found, e := s.inputMedia(c, item)
	if e != nil {
		return nil, e
	}
	return s.edit(c, m, func(m *message) { m.body, m.media = body, found })
}

func deleteMessage(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	if e := s.deleteOne(to, c.num("message_id")); e != nil {
		return nil, e
	}
	return true, nil
}

// deleteMessages skips what cannot be deleted, as the service does.
func deleteMessages(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	for _, item := range c.list("message_ids") {
		id, _ := item.(int64)
		_ = s.deleteOne(to, id)
	}
	return true, nil
}

func (s *Server) deleteOne(from *chat, id int64) *apiError {
	m := from.find(id)
	switch {
	case m == nil:
		return bad("message to delete not found")
	case s.opts.Now().Sub(m.date) >= deletable:
		return bad("message can't be deleted for everyone")
	case from.kind != "private" && m.from.ID != s.bot.ID:
		return bad("message can't be deleted")
	}
	from.remove(id)
	s.changed()
	return nil
}

// text and items read members of a checked object.
func text(m map[string]any, name string) string {
	s, _ := m[name].(string)
	return s
}

func items(m map[string]any, name string) []any {
	l, _ := m[name].([]any)
	return l
}
