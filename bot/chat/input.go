package chat

import "time"

// Update is one thing that a person did, stamped with the time of its receipt:
// handlers know no other time, so batching cannot change a record.
type Update struct {
	ID    UpdateID
	Chat  ChatID
	From  UserID
	Place Place
	Lang  Lang   // the language of the person's app, "" when it is none of ours
	Name  string // the person's first name, for a greeting only; never stored
	At    time.Time
	In    Input
}

// Input is what was done. The set is closed: a switch over it is checked.
type Input interface{ input() }

type (
	// Said is a text message.
	Said struct {
		Text    string
		Message MessageID
		ReplyTo MessageID // the message it replies to, 0 when none
	}
	// Edited is an earlier text message, changed by its writer.
	Edited struct {
		Text    string
		Message MessageID
	}
	// Command is a text message that begins with a bot command meant for us.
	Command struct {
		Name    string // lower case, without the slash and without @name
		Args    string // the rest, trimmed; of /start the deep-link payload
		Message MessageID
	}
	// Tapped is a press on an inline button.
	Tapped struct {
		Query   QueryID
		Data    string    // what the button carried: anything at all, old or forged
		Message MessageID // the message under which it stands, 0 when out of reach
	}
	// Uploaded is a document. Bytes is nil when Problem says why it was not fetched.
	Uploaded struct {
		Message MessageID
		Name    string
		Type    string // the MIME type that the sender's app claims
		Size    int64
		Bytes   []byte `json:"-"`
		Problem UploadProblem
	}
	// Wordless is a message that we cannot read: voice, photo, sticker and so on.
	Wordless struct {
		Message MessageID
		Kind    string // Telegram's field name: "voice", "photo", "sticker"
	}
	// InlineAsked is a query typed after our name in any chat.
	InlineAsked struct {
		Query  QueryID
		Text   string
		Offset string
	}
	// Blocked says that the person stopped us or removed us from a group.
	Blocked struct{}
	// Unblocked says that the person lets us write again.
	Unblocked struct{}
	// Moved says that the group has become another chat.
	Moved struct{ To ChatID }
)

func (Said) input()        {}
func (Edited) input()      {}
func (Command) input()     {}
func (Tapped) input()      {}
func (Uploaded) input()    {}
func (Wordless) input()    {}
func (InlineAsked) input() {}
func (Blocked) input()     {}
func (Unblocked) input()   {}
func (Moved) input()       {}

// UploadProblem says why the bytes of a document are missing.
type UploadProblem string

// The reasons. The empty one means that the bytes are there.
const (
	UploadTooLarge    UploadProblem = "too_large"
	UploadUnreachable UploadProblem = "unreachable"
)
