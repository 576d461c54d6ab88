package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"strings"
)

// Profile is who a person is.
type Profile struct {
	ID           int64
	FirstName    string
	LanguageCode string // of the app, an IETF tag; "" when the app does not tell
	Username     string
}

// Person is somebody with a private chat with the bot. Whatever a person does to
// a blocked bot unblocks it first, as the apps ask for. Safe for concurrent use.
type Person struct {
	s         *Server
	profile   Profile
	chat      *chat
	notices   []Notice
	lastQuery string
}

// Person registers somebody, or returns the one of the id with the profile as it
// now is. Until the person writes, the bot cannot.
func (s *Server) Person(p Profile) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := s.people[p.ID]
	if known == nil {
		known = &Person{s: s}
		known.chat = &chat{id: p.ID, kind: "private", person: known}
		s.people[p.ID], s.chats[p.ID] = known, known.chat
	}
	known.profile = p
	return known
}

func (p *Person) wire() wireUser {
	return wireUser{ID: p.profile.ID, FirstName: p.profile.FirstName, Username: p.profile.Username, Lang: p.profile.LanguageCode}
}

// Profile returns who the person is.
func (p *Person) Profile() Profile {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.profile
}

// Say writes a text and returns the message's number.
func (p *Person) Say(text string) int64 { return p.say(p.chat, text, 0) }

// SayIn writes a text in a group.
func (p *Person) SayIn(g *Group, text string) int64 { return p.say(g.c, text, 0) }

// Reply writes a text as a reply to a message.
func (p *Person) Reply(to int64, text string) int64 { return p.say(p.chat, text, to) }

// ReplyIn replies in a group.
func (p *Person) ReplyIn(g *Group, to int64, text string) int64 { return p.say(g.c, text, to) }

// Start presses the start button, with the payload of a deep link or "".
func (p *Person) Start(payload string) int64 { return p.Say(strings.TrimSpace("/start " + payload)) }

func (p *Person) say(to *chat, text string, reply int64) int64 {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	body := styled{text: clean(text)}.trimmed()
	body.detect()
	m := &message{chat: to, from: p.wire(), body: body, replyTo: reply}
	return p.deliver(m)
}

// deliver posts a person's message and tells the bot. The caller holds the lock.
func (p *Person) deliver(m *message) int64 {
	s := p.s
	if m.chat == p.chat {
		p.reopen()
	}
	s.post(m)
	if s.hears(m) {
		s.push("message", m.wire(s.bot, true))
	}
	return m.id
}

// reopen makes the private chat one in which the bot may write.
func (p *Person) reopen() {
	if p.chat.blocked {
		p.chat.blocked = false
		p.s.memberUpdate(p.chat, p, "kicked", "member")
	}
	p.chat.known = true
}

// hears reports whether the bot gets a message: in a group with privacy mode only
// commands that may be meant for it, and replies to its own messages.
func (s *Server) hears(m *message) bool {
	if m.chat.kind == "private" {
		return true
	}
	if !m.chat.known {
		return false
	}
	if s.opts.SeesGroups {
		return true
	}
	if to := m.chat.find(m.replyTo); m.replyTo != 0 && to != nil && to.from.ID == s.bot.ID {
		return true
	}
	for _, e := range m.body.ents {
		if e.Type != "bot_command" || e.Offset != 0 {
			continue
		}
		_, name, named := strings.Cut(m.body.text[:min(e.Length, len(m.body.text))], "@")
		return !named || strings.EqualFold(name, s.bot.Username)
	}
	return false
}

// Edit changes the text of a message that the person wrote.
func (p *Person) Edit(messageID int64, text string) error {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := p.chat.find(messageID)
	if m == nil || m.from.ID != p.profile.ID {
		return fmt.Errorf("emulator: edit message %d: not the person's own", messageID)
	}
	body := styled{text: clean(text)}.trimmed()
	body.detect()
	m.body, m.edited = body, s.opts.Now()
	s.changed()
	s.push("edited_message", m.wire(s.bot, true))
	return nil
}

// Tap presses a button of a message, named by its label or by its data, and
// returns the id of the callback query: "" for a button that only opens a page,
// copies a text or starts an inline query. Every press is a new update.
func (p *Person) Tap(messageID int64, button string) (queryID string, err error) {
	return p.tap(p.chat, messageID, button)
}

// TapIn presses a button in a group.
func (p *Person) TapIn(g *Group, messageID int64, button string) (queryID string, err error) {
	return p.tap(g.c, messageID, button)
}

func (p *Person) tap(in *chat, messageID int64, button string) (string, error) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := in.find(messageID)
	if m == nil {
		return "", fmt.Errorf("emulator: tap %q: there is no message %d", button, messageID)
	}
	b, ok := m.markup.find(button)
	switch {
	case !ok:
		return "", fmt.Errorf("emulator: tap %q: message %d has no such button", button, messageID)
	case b.Disabled != nil:
		return "", fmt.Errorf("emulator: tap %q: the button is disabled", button)
	case b.Data == "":
		return "", nil
	}
	if in == p.chat {
		p.reopen()
	}
	return s.press(p, m, b.Data), nil
}

// find looks for a label first, then for data.
func (k markup) find(button string) (wireButton, bool) {
	for _, match := range [...]func(wireButton) bool{
		func(b wireButton) bool { return b.Text == button },
		func(b wireButton) bool { return b.Data == button && button != "" },
	} {
		for _, row := range k.rows {
			for _, b := range row {
				if match(b) {
					return b, true
				}
			}
		}
	}
	return wireButton{}, false
}

// TapData sends a press with any data at all, as an old or a forged client may:
// the message need not have such a button, nor exist.
func (p *Person) TapData(messageID int64, data string) (queryID string) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := p.chat.find(messageID)
	if m == nil {
		m = &message{id: messageID, chat: p.chat, from: s.bot}
	}
	return s.press(p, m, data)
}

// Upload sends a document and returns the message's number.
func (p *Person) Upload(name, mime string, data []byte) int64 {
	return p.UploadWithCaption(name, mime, data, "")
}

// UploadWithCaption sends a document with a caption.
func (p *Person) UploadWithCaption(name, mime string, data []byte, caption string) int64 {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.keep(&stored{kind: "document", name: name, mime: mime, data: data})
	return p.deliver(&message{chat: p.chat, from: p.wire(), media: f.media(), body: styled{text: clean(caption)}.trimmed()})
}

// UploadPhoto sends a picture. Undecodable bytes are refused, as the app would.
func (p *Person) UploadPhoto(data []byte, caption string) (int64, error) {
	shape, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return 0, fmt.Errorf("emulator: read the photo: %w", err)
	}
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.keepPhoto(data, shape.Width, shape.Height)
	return p.deliver(&message{chat: p.chat, from: p.wire(), media: f.media(), body: styled{text: clean(caption)}.trimmed()}), nil
}

// Wordless sends a message without words: kind is Telegram's field name, such as
// "voice", "sticker", "photo", "location", "contact", "video", "dice".
func (p *Person) Wordless(kind string) int64 {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &message{chat: p.chat, from: p.wire(), kind: kind}
	file := func() map[string]any {
		f := s.keep(&stored{kind: kind, data: []byte(kind)})
		return map[string]any{"file_id": f.id, "file_unique_id": f.unique, "file_size": f.size}
	}
	var content any
	switch kind {
	case "photo":
		f := file()
		f["width"], f["height"] = 90, 90
		content = []any{f}
	case "location":
		content = map[string]any{"latitude": 42.34, "longitude": 69.59}
	case "contact":
		content = map[string]any{"phone_number": "+77000000000", "first_name": p.profile.FirstName, "user_id": p.profile.ID}
	case "dice":
		content = map[string]any{"emoji": "🎲", "value": 4}
	case "sticker":
		f := file()
		f["type"], f["width"], f["height"], f["is_animated"], f["is_video"] = "regular", 512, 512, false, false
		content = f
	case "voice", "audio":
		f := file()
		f["duration"] = 3
		content = f
	case "video_note":
		f := file()
		f["length"], f["duration"] = 240, 3
		content = f
	case "video", "animation":
		f := file()
		f["width"], f["height"], f["duration"] = 320, 240, 3
		content = f
	default: // a kind of message that is younger than the bot
		content = map[string]any{}
	}
	raw, err := json.Marshal(content)
	if err != nil {
		panic(err) // our own shapes always encode
	}
	m.other = raw
	return p.deliver(m)
}

// Block stops the bot: it gets my_chat_member and may not write any more.
func (p *Person) Block() {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.chat.blocked {
		return
	}
	p.chat.blocked = true
	s.memberUpdate(p.chat, p, "member", "kicked")
	s.changed()
}

// Unblock lets the bot write again.
func (p *Person) Unblock() {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	p.reopen()
	s.changed()
}

// Blocked reports whether the person has stopped the bot.
func (p *Person) Blocked() bool {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.blocked
}

// Deactivate deletes the person's account: the bot may not write any more, and is
// not told.
func (p *Person) Deactivate() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.chat.gone = true
	p.s.changed()
}

// Delete removes a message from the person's side of the private chat; the bot
// cannot see that, but can no longer edit it either.
func (p *Person) Delete(messageID int64) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.chat.remove(messageID)
	p.s.changed()
}

// Chat returns what the person sees in the private chat now, oldest first.
func (p *Person) Chat() []Message {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.chat.snapshot()
}

// Notices returns the answers to the person's presses, oldest first.
func (p *Person) Notices() []Notice {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return append([]Notice(nil), p.notices...)
}

// Action returns what the bot is shown to be doing: "typing", or "" for nothing.
func (p *Person) Action() string {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if !p.s.opts.Now().Before(p.chat.actingTo) {
		return ""
	}
	return p.chat.acting
}
