package emulator

import (
	"encoding/json"
	"slices"
	"time"
)

// The shapes that travel to the bot, with the field names of the Bot API.

type wireUser struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	Username  string `json:"username,omitempty"`
	Lang      string `json:"language_code,omitempty"`
}

type wireMe struct {
	wireUser
	JoinGroups bool `json:"can_join_groups"`
	ReadAll    bool `json:"can_read_all_group_messages"`
	Inline     bool `json:"supports_inline_queries"`
}

type wireChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	Username  string `json:"username,omitempty"`
}

type wireMarkup struct {
	Rows [][]wireButton `json:"inline_keyboard"`
}

type wirePhoto struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Size     int64  `json:"file_size"`

	mime string // of the bytes that we keep; Telegram makes a JPEG of every photo
}

type wireDocument struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Name     string `json:"file_name,omitempty"`
	MIME     string `json:"mime_type,omitempty"`
	Size     int64  `json:"file_size"`
}

type wireMessage struct {
	ID              int64         `json:"message_id"`
	From            *wireUser     `json:"from,omitempty"`
	Chat            wireChat      `json:"chat"`
	Date            int64         `json:"date"`
	EditDate        int64         `json:"edit_date,omitempty"`
	ReplyTo         *wireMessage  `json:"reply_to_message,omitempty"`
	ViaBot          *wireUser     `json:"via_bot,omitempty"`
	Protected       bool          `json:"has_protected_content,omitempty"`
	AlbumID         string        `json:"media_group_id,omitempty"`
	Text            string        `json:"text,omitempty"`
	Entities        []Entity      `json:"entities,omitempty"`
	Photo           []wirePhoto   `json:"photo,omitempty"`
	Document        *wireDocument `json:"document,omitempty"`
	Caption         string        `json:"caption,omitempty"`
	CaptionEntities []Entity      `json:"caption_entities,omitempty"`
	NewMembers      []wireUser    `json:"new_chat_members,omitempty"`
	LeftMember      *wireUser     `json:"left_chat_member,omitempty"`
	MigrateTo       int64         `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64         `json:"migrate_from_chat_id,omitempty"`
	Markup          *wireMarkup   `json:"reply_markup,omitempty"`

	kind  string          // the field name of other content: "voice", "sticker"
	other json.RawMessage // that content
}

// MarshalJSON adds the content whose field name differs from message to message.
func (m *wireMessage) MarshalJSON() ([]byte, error) {
	type plain wireMessage
	body, err := json.Marshal((*plain)(m))
	if err != nil || m.kind == "" {
		return body, err //nolint:wrapcheck // json adds its own words
	}
	body = append(body[:len(body)-1], `,"`+m.kind+`":`...)
	body = append(body, m.other...)
	return append(body, '}'), nil
}

type wireInaccessible struct {
	ID   int64    `json:"message_id"`
	Chat wireChat `json:"chat"`
	Date int64    `json:"date"` // always 0
}

type wireCallback struct {
	ID       string   `json:"id"`
	From     wireUser `json:"from"`
	Message  any      `json:"message,omitempty"`
	InlineID string   `json:"inline_message_id,omitempty"`
	Instance string   `json:"chat_instance"`
	Data     string   `json:"data"`
}

type wireInlineQuery struct {
	ID       string   `json:"id"`
	From     wireUser `json:"from"`
	Query    string   `json:"query"`
	Offset   string   `json:"offset"`
	ChatType string   `json:"chat_type,omitempty"`
}

type wireChosen struct {
	ResultID string   `json:"result_id"`
	From     wireUser `json:"from"`
	InlineID string   `json:"inline_message_id,omitempty"`
	Query    string   `json:"query"`
}

type wireMember struct {
	User   wireUser `json:"user"`
	Status string   `json:"status"`
	Until  *int64   `json:"until_date,omitempty"` // always 0 of somebody banned for good
}

type wireMemberUpdate struct {
	Chat wireChat   `json:"chat"`
	From wireUser   `json:"from"`
	Date int64      `json:"date"`
	Old  wireMember `json:"old_chat_member"`
	New  wireMember `json:"new_chat_member"`
}

// message is a message as the service keeps it.
type message struct {
	id        int64
	chat      *chat
	from      wireUser
	date      time.Time
	edited    time.Time
	body      styled // the text, or the caption when there is a file
	media     *media
	markup    markup
	replyTo   int64
	kind      string // other content
	other     json.RawMessage
	viaBot    bool
	inlineID  string
	albumID   string
	silent    bool
	protected bool
	service   func(*wireMessage) // fills in what the service says: joined, moved
	note      string             // the same for people
}

// media is the photo or document of a message.
type media struct {
	photo    []wirePhoto
	document *wireDocument
}

// same reports whether two messages show the same file.
func (m *media) same(o *media) bool {
	switch {
	case m == nil || o == nil:
		return m == o
	case m.document != nil && o.document != nil:
		return m.document.ID == o.document.ID
	}
	return slices.Equal(m.photo, o.photo) && m.document == o.document
}

// wire is the message as the bot gets it; deep adds the one it replies to.
func (m *message) wire(bot wireUser, deep bool) *wireMessage {
	w := &wireMessage{
		ID: m.id, From: &m.from, Chat: m.chat.wire(), Date: m.date.Unix(), Protected: m.protected, AlbumID: m.albumID,
		kind: m.kind, other: m.other,
	}
	if !m.edited.IsZero() {
		w.EditDate = m.edited.Unix()
	}
	if m.viaBot {
		w.ViaBot = &bot
	}
	if m.media != nil {
		w.Photo, w.Document = m.media.photo, m.media.document
		w.Caption, w.CaptionEntities = m.body.text, m.body.ents
	} else {
		w.Text, w.Entities = m.body.text, m.body.ents
	}
	if len(m.markup.rows) > 0 {
		w.Markup = &wireMarkup{m.markup.rows}
	}
	if deep && m.replyTo != 0 {
		if to := m.chat.find(m.replyTo); to != nil {
			w.ReplyTo = to.wire(bot, false)
		}
	}
	if m.service != nil {
		m.service(w)
	}
	return w
}

// Message is a message as a person sees it.
type Message struct {
	ID        int64
	ChatID    int64
	FromBot   bool
	From      string // the writer's first name
	Date      time.Time
	Edited    time.Time // zero when it never was
	Text      string    // plain; the caption when there is a photo or document
	HTML      string    // the same with its formatting
	Entities  []Entity
	Rows      [][]Button
	Keyboard  [][]string // labels of a reply keyboard that came with the message
	Photo     *File
	Document  *File
	Kind      string // other content, by Telegram's field name: "voice", "sticker"; "service" for what the service says
	ReplyTo   int64
	ViaBot    bool
	Silent    bool
	Protected bool
}

// File is a photo or document. FileBytes of the server has its content.
type File struct {
	ID, UniqueID  string
	Name, MIME    string
	Size          int64
	Width, Height int
}

func (m *message) public() Message {
	out := Message{
		ID: m.id, ChatID: m.chat.id, FromBot: m.from.IsBot, From: m.from.FirstName, Date: m.date, Edited: m.edited,
		Text: m.body.text, HTML: m.body.html(), Entities: append([]Entity(nil), m.body.ents...), Keyboard: m.markup.reply,
		Kind: m.kind, ReplyTo: m.replyTo, ViaBot: m.viaBot, Silent: m.silent, Protected: m.protected,
	}
	for _, row := range m.markup.rows {
		var line []Button
		for _, b := range row {
			line = append(line, b.public())
		}
		out.Rows = append(out.Rows, line)
	}
	if m.service != nil {
		out.Kind, out.Text = "service", m.note
	}
	if m.media == nil {
		return out
	}
	if d := m.media.document; d != nil {
		out.Document = &File{ID: d.ID, UniqueID: d.UniqueID, Name: d.Name, MIME: d.MIME, Size: d.Size}
	}
	if n := len(m.media.photo); n > 0 {
		p := m.media.photo[n-1]
		out.Photo = &File{ID: p.ID, UniqueID: p.UniqueID, MIME: p.mime, Size: p.Size, Width: p.Width, Height: p.Height}
	}
	return out
}
