package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
)

// The wire structs hold only what we read, so that new fields and kinds of
// update, which come with every version of the Bot API, cannot break decoding.
type (
	wireUpdate struct {
		ID       wireID        `json:"update_id"`
		Message  *wireMessage  `json:"message"`
		Edited   *wireMessage  `json:"edited_message"`
		Callback *wireCallback `json:"callback_query"`
		Inline   *wireInline   `json:"inline_query"`
		Member   *wireMember   `json:"my_chat_member"`
	}
	wireChat struct {
		ID   int64  `json:"id"`
		Type string `json:"type"`
	}
	wireUser struct {
		ID       int64  `json:"id"`
		Bot      bool   `json:"is_bot"`
		Name     string `json:"first_name"`
		Language string `json:"language_code"`
	}
	wireMessage struct {
		ID          int64         `json:"message_id"`
		Date        int64         `json:"date"`
		Chat        wireChat      `json:"chat"`
		From        *wireUser     `json:"from"`
		SenderChat  present       `json:"sender_chat"`
		ViaBot      *wireUser     `json:"via_bot"`
		AutoForward bool          `json:"is_automatic_forward"`
		ReplyTo     *wireReplied  `json:"reply_to_message"`
		Text        string        `json:"text"`
		Entities    []wireEntity  `json:"entities"`
		CaptionEnts []wireEntity  `json:"caption_entities"`
		Caption     string        `json:"caption"`
		Document    *wireDocument `json:"document"`
		MigrateTo   int64         `json:"migrate_to_chat_id"`
		MigrateFrom int64         `json:"migrate_from_chat_id"`
		wireContent
	}
	// wireContent is what a message may hold instead of words. Service messages
	// (joined, pinned and so on) have none of these and are not answered.
	wireContent struct {
		Animation present `json:"animation"`
		Audio     present `json:"audio"`
		Checklist present `json:"checklist"`
		Contact   present `json:"contact"`
		Dice      present `json:"dice"`
		Game      present `json:"game"`
		LivePhoto present `json:"live_photo"`
		Location  present `json:"location"`
		PaidMedia present `json:"paid_media"`
		Photo     present `json:"photo"`
		Poll      present `json:"poll"`
		Rich      present `json:"rich_message"`
		Sticker   present `json:"sticker"`
		Story     present `json:"story"`
		Venue     present `json:"venue"`
		Video     present `json:"video"`
		VideoNote present `json:"video_note"`
		Voice     present `json:"voice"`
	}
	wireReplied struct {
		ID   int64     `json:"message_id"`
		From *wireUser `json:"from"`
	}
	wireEntity struct {
		Type   string    `json:"type"`
		Offset int       `json:"offset"` // in UTF-16 units, as is Length
		Length int       `json:"length"`
		User   *wireUser `json:"user"`
	}
	wireDocument struct {
		FileID string `json:"file_id"`
		Name   string `json:"file_name"`
		Type   string `json:"mime_type"`
		Size   int64  `json:"file_size"`
	}
	wireCallback struct {
		ID      string     `json:"id"`
		From    *wireUser  `json:"from"`
		Message *wireStand `json:"message"`
		Data    string     `json:"data"`
	}
	// wireStand is the message under which a button stands. Its date is 0 when
	// it is out of our reach.
	wireStand struct {
		ID   int64    `json:"message_id"`
		Date int64    `json:"date"`
		Chat wireChat `json:"chat"`
	}
	wireInline struct {
		ID     string    `json:"id"`
		From   *wireUser `json:"from"`
		Query  string    `json:"query"`
		Offset string    `json:"offset"`
	}
	wireMember struct {
		Chat wireChat  `json:"chat"`
		From *wireUser `json:"from"`
		New  struct {
			Status string `json:"status"`
		} `json:"new_chat_member"`
	}
)

// wireID is an update's id. Anything but a whole number leaves it unknown, so
// that an odd one is never taken for another.
type wireID struct {
	id    chat.UpdateID
	known bool
}

// UnmarshalJSON accepts any value.
func (w *wireID) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseInt(string(raw), 10, 64)
	*w = wireID{chat.UpdateID(n), err == nil}
	return nil
}

// present tells whether a field is there, whatever it holds.
type present bool

// UnmarshalJSON accepts any value.
func (p *present) UnmarshalJSON(raw []byte) error {
	*p = present(!bytes.Equal(raw, []byte("null")))
	return nil
}

// kind is Telegram's name of the content, "" when there is none. A venue holds
// a location too, and an animation is repeated as a document.
func (c *wireContent) kind() string {
	switch {
	case bool(c.Voice):
		return "voice"
	case bool(c.LivePhoto):
		return "live_photo"
	case bool(c.Photo):
		return "photo"
	case bool(c.Sticker):
		return "sticker"
	case bool(c.VideoNote):
		return "video_note"
	case bool(c.Video):
		return "video"
	case bool(c.Audio):
		return "audio"
	case bool(c.Animation):
		return "animation"
	case bool(c.Venue):
		return "venue"
	case bool(c.Location):
		return "location"
	case bool(c.Contact):
		return "contact"
	case bool(c.Poll):
		return "poll"
	case bool(c.Dice):
		return "dice"
	case bool(c.Game):
		return "game"
	case bool(c.Story):
		return "story"
	case bool(c.PaidMedia):
		return "paid_media"
	case bool(c.Checklist):
		return "checklist"
	case bool(c.Rich):
		return "rich_message"
	}
	return ""
}

// event is a decoded update. In is nil when the update is none of our business:
// it is confirmed and forgotten.
type event struct {
	chat.Update
	fileID string // of an Uploaded document that is still to be fetched
}

// errNoID says that an update has no id, so that it cannot be confirmed.
var errNoID = errors.New("update without an id")

// decode turns a raw update into what a person did. On an error the id is set
// all the same where it could be read; errNoID says that it could not.
func decode(raw json.RawMessage, self Self, at time.Time) (event, error) {
	var u wireUpdate
	err := json.Unmarshal(raw, &u)
	if !u.ID.known {
		return event{}, errNoID
	}
	ev := event{Update: chat.Update{ID: u.ID.id, At: at}}
	if err != nil {
		return ev, fmt.Errorf("decode update: %w", err)
	}
	switch {
	case u.Message != nil:
		err = ev.message(u.Message, self)
	case u.Edited != nil:
		err = ev.edited(u.Edited, self)
	case u.Callback != nil:
		err = ev.callback(u.Callback)
	case u.Inline != nil:
		err = ev.inline(u.Inline)
	case u.Member != nil:
		err = ev.member(u.Member)
	}
	return ev, err
}

// place sets the chat; it reports false for kinds of chat that we do not serve.
func (ev *event) place(c wireChat) (bool, error) {
	if c.ID == 0 {
		return false, errors.New("decode update: no chat")
	}
	ev.Chat = chat.ChatID(c.ID)
	switch c.Type {
	case "private":
		ev.Place = chat.Private
	case "group", "supergroup":
		ev.Place = chat.Group
	default:
		return false, nil
	}
	return true, nil
}

func (ev *event) person(u *wireUser) {
	ev.From, ev.Name, ev.Lang = chat.UserID(u.ID), u.Name, language(u.Language)
}

// language is the one of our languages that an IETF tag names, "" for others.
func language(tag string) chat.Lang {
	tag, _, _ = strings.Cut(strings.ToLower(tag), "-")
	tag, _, _ = strings.Cut(tag, "_")
	if l := chat.Lang(tag); l.Known() {
		return l
	}
	return ""
}

// admit sets chat and person of a message, and reports whether it comes from
// somebody who is to be answered. Bots are not, or two of them would talk for
// ever; an anonymous administrator appears as a bot with a sender chat. What
// was posted through our own inline mode is our own words.
func (ev *event) admit(m *wireMessage, self Self) (bool, error) {
	ok, err := ev.place(m.Chat)
	if err != nil || !ok || m.From == nil || m.From.ID == 0 || m.AutoForward {
		return false, err
	}
	if m.From.Bot && !bool(m.SenderChat) || m.ViaBot != nil && m.ViaBot.ID == int64(self.ID) {
		return false, nil
	}
	ev.person(m.From)
	return true, nil
}

func (ev *event) message(m *wireMessage, self Self) error {
	if m.MigrateTo != 0 || m.MigrateFrom != 0 {
		return ev.moved(m)
	}
	ok, err := ev.admit(m, self)
	if err != nil || !ok {
		return err
	}
	id := chat.MessageID(m.ID)
	if m.Text != "" {
		words := read(m.Text, m.Entities, self)
		toUs := ev.Place == chat.Private || words.mentioned || m.repliesTo(self)
		switch {
		case words.command != "" && (words.ours || words.unnamed):
			ev.In = chat.Command{Name: words.command, Args: words.args, Message: id}
		case words.command != "" && ev.Place == chat.Group:
			// a command for another bot
		case toUs:
			said := chat.Said{Text: words.text, Message: id}
			if ev.Place == chat.Private {
				said.Text = m.Text
			}
			if m.ReplyTo != nil {
				said.ReplyTo = chat.MessageID(m.ReplyTo.ID)
			}
			ev.In = said
		}
		return nil
	}
	if ev.Place != chat.Private && !m.repliesTo(self) && !read(m.Caption, m.CaptionEnts, self).mentioned {
		return nil
	}
	content := m.kind()
	switch {
	case content == "" && m.Document != nil && ev.Place == chat.Private:
		ev.In = chat.Uploaded{Message: id, Name: m.Document.Name, Type: m.Document.Type, Size: m.Document.Size}
		ev.fileID = m.Document.FileID
	case content == "" && m.Document != nil:
		ev.In = chat.Wordless{Message: id, Kind: "document"} // files are taken in private chats only
	case content != "":
		ev.In = chat.Wordless{Message: id, Kind: content}
	}
	return nil
}

// moved reads either of the two service messages of a group that became a
// supergroup; which of them comes first is not promised.
func (ev *event) moved(m *wireMessage) error {
	if _, err := ev.place(m.Chat); err != nil {
		return err
	}
	ev.Place = chat.Group
	from, to := m.Chat.ID, m.MigrateTo
	if m.MigrateFrom != 0 {
		from, to = m.MigrateFrom, m.Chat.ID
	}
	ev.Chat, ev.In = chat.ChatID(from), chat.Moved{To: chat.ChatID(to)}
	if m.From != nil {
		ev.person(m.From)
	}
	return nil
}

func (ev *event) edited(m *wireMessage, self Self) error {
	ok, err := ev.admit(m, self)
	if err != nil || !ok || m.Text == "" {
		return err
	}
	words := read(m.Text, m.Entities, self)
	switch {
	case ev.Place == chat.Private:
		ev.In = chat.Edited{Text: m.Text, Message: chat.MessageID(m.ID)}
	case words.mentioned || m.repliesTo(self):
		ev.In = chat.Edited{Text: words.text, Message: chat.MessageID(m.ID)}
	}
	return nil
}

func (m *wireMessage) repliesTo(self Self) bool {
	return m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == int64(self.ID)
}

// callback reads a pressed button. Under a message sent through inline mode
// there is no chat: only the press itself can be answered then.
func (ev *event) callback(c *wireCallback) error {
	if c.ID == "" || c.From == nil || c.From.ID == 0 {
		return errors.New("decode update: a button press by nobody")
	}
	ev.person(c.From)
	tapped := chat.Tapped{Query: chat.QueryID(c.ID), Data: c.Data}
	if c.Message == nil {
		ev.Chat, ev.Place = chat.ChatID(c.From.ID), chat.Inline
	} else {
		ok, err := ev.place(c.Message.Chat)
		if err != nil {
			return err
		}
		if !ok {
			ev.Place = chat.Channel
		}
		if c.Message.Date != 0 {
			tapped.Message = chat.MessageID(c.Message.ID)
		}
	}
	ev.In = tapped
	return nil
}

func (ev *event) inline(q *wireInline) error {
	if q.ID == "" || q.From == nil || q.From.ID == 0 {
		return errors.New("decode update: an inline query by nobody")
	}
	ev.person(q.From)
	ev.Chat, ev.Place = chat.ChatID(q.From.ID), chat.Inline
	ev.In = chat.InlineAsked{Query: chat.QueryID(q.ID), Text: q.Query, Offset: q.Offset}
	return nil
}

// member reads our own standing in a chat: in a private one "kicked" means
// that the person blocked us.
func (ev *event) member(m *wireMember) error {
	ok, err := ev.place(m.Chat)
	if err != nil || !ok {
		return err
	}
	if m.From != nil {
		ev.person(m.From)
	}
	switch m.New.Status {
	case "kicked", "left":
		ev.In = chat.Blocked{}
	case "member", "administrator", "creator":
		ev.In = chat.Unblocked{}
	}
	return nil
}

// kindOfInput names an input for the counters.
func kindOfInput(in chat.Input) string {
	switch in.(type) {
	case nil:
		return "ignored"
	case chat.Said:
		return "said"
	case chat.Edited:
		return "edited"
	case chat.Command:
		return "command"
	case chat.Tapped:
		return "tapped"
	case chat.Uploaded:
		return "uploaded"
	case chat.Wordless:
		return "wordless"
	case chat.InlineAsked:
		return "inline"
	case chat.Blocked:
		return "blocked"
	case chat.Unblocked:
		return "unblocked"
	case chat.Moved:
		return "moved"
	}
	return "other"
}
