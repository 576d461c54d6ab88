// Package chat says what people do and what we say, without Telegram.
//
// An [Update] is one thing a person did; a [Reply] is one thing we answer, still
// without words; a [Message] is that answer in the person's language, as the
// outbox keeps it until it has been sent. The package knows no network, no clock
// and no store, and refuses to know what any conversation is about.
package chat

// Distinct identifiers, so that one can never be passed for another.
type (
	// UpdateID names an update. Ids are remembered exactly and never compared
	// for order: after a quiet week Telegram starts again at a random id.
	UpdateID int64
	// ChatID names a chat; in a private chat it equals the person's UserID.
	ChatID int64
	// UserID names a person.
	UserID int64
	// MessageID names a message within one chat; 0 means none.
	MessageID int64
	// QueryID names a pressed button or an inline query that waits for an answer.
	QueryID string
)

// Lang is a language that we speak, as an ISO 639-1 code, or "" for unknown.
type Lang string

// The three languages, Kazakh first.
const (
	Kazakh  Lang = "kk"
	Russian Lang = "ru"
	English Lang = "en"
)

// Langs lists the languages in the order in which they are offered.
func Langs() []Lang { return []Lang{Kazakh, Russian, English} }

// Known reports whether we speak the language.
func (l Lang) Known() bool { return l == Kazakh || l == Russian || l == English }

// Place is the kind of chat that an update comes from.
type Place string

// The kinds of chat. Figures are handed in only in private ones.
const (
	Private Place = "private"
	Group   Place = "group"
	Channel Place = "channel"
	Inline  Place = "inline" // an inline query: there is no chat to write to
)
