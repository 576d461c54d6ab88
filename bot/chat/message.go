package chat

import "time"

// Option is a button before it has words. Exactly one of Data, URL, Copy and
// Inline says what a press does.
type Option struct {
	Label  Text    `json:"label"`
	Data   string  `json:"data,omitempty"`   // at most 64 bytes
	URL    string  `json:"url,omitempty"`    // opens a page
	Copy   Text    `json:"copy,omitzero"`    // copies at most 256 characters
	Inline *string `json:"inline,omitempty"` // starts an inline query in a chat of the person's choice
	Style  Style   `json:"style,omitempty"`
}

// Style colours a button where the app can; older apps show a plain one.
type Style string

// The styles of Bot API 9.4.
const (
	Primary Style = "primary"
	Success Style = "success"
	Danger  Style = "danger"
)

// Reply is one thing to say, without words yet.
type Reply struct {
	To      ChatID
	Text    Text       // of a file it is the caption
	Options [][]Option // rows of buttons
	File    *File      // a picture or document to draw when its turn comes

	Edits  MessageID // change this message in place instead of sending a new one
	Token  string    // names the sent message, so that a later reply can retire its buttons
	Retire string    // take the buttons off the message so named; such a reply has no text
	Strip  MessageID // take the buttons off this message; such a reply has no text

	Answers QueryID // answers a pressed button (Text, if any, is the notice) or an inline query (Cards)
	Alert   bool    // show the notice as a window that must be closed
	Cards   []Card  // the results of an inline query

	Lang    Lang // the language of this reply where it is not the person's
	ReplyTo MessageID
	Protect bool // forbid forwarding and saving
	Silent  bool
	Bulk    bool // a notice, reminder or digest: shares the bulk rate, never delays an answer
}

// Card is one inline result before it has words.
type Card struct {
	ID    string // at most 64 bytes
	Title Text
	About Text // the grey line under the title
	Text  Text // what is posted when the card is chosen
}

// File describes a picture or document. It is drawn when it is sent, never
// inside a transaction; the same description is uploaded once.
type File struct {
	Kind   string            `json:"kind"` // which drawer: "chart", "sheet"
	Lang   Lang              `json:"lang"`
	Name   string            `json:"name"`   // the file name that the person sees
	Photo  bool              `json:"photo"`  // sent as a picture, else as a document
	Params map[string]string `json:"params"` // what to draw; together with Kind and Lang it identifies the file
}

// Act is what a rendered message asks of Telegram.
type Act string

// The acts.
const (
	Send   Act = "send"   // a new message, picture or document
	Edit   Act = "edit"   // change the text and buttons of Target
	Strip  Act = "strip"  // take the buttons off Target, or off the message named Retire
	Answer Act = "answer" // answer a pressed button
	Offer  Act = "offer"  // answer an inline query
)

// Message is a reply in words: what the outbox keeps and the sender sends.
type Message struct {
	Act     Act        `json:"act"`
	To      ChatID     `json:"to"`
	HTML    string     `json:"html,omitempty"`
	Rows    [][]Button `json:"rows,omitempty"`
	File    *File      `json:"file,omitempty"`
	Target  MessageID  `json:"target,omitempty"`
	Token   string     `json:"token,omitempty"`
	Retire  string     `json:"retire,omitempty"`
	Query   QueryID    `json:"query,omitempty"`
	Alert   bool       `json:"alert,omitempty"`
	Results []Result   `json:"results,omitempty"`
	ReplyTo MessageID  `json:"reply_to,omitempty"`
	Protect bool       `json:"protect,omitempty"`
	Silent  bool       `json:"silent,omitempty"`
	Bulk    bool       `json:"bulk,omitempty"`
}

// Button is a rendered button.
type Button struct {
	Text   string  `json:"text"`
	Data   string  `json:"data,omitempty"`
	URL    string  `json:"url,omitempty"`
	Copy   string  `json:"copy,omitempty"`
	Inline *string `json:"inline,omitempty"`
	Style  Style   `json:"style,omitempty"`
}

// Result is a rendered inline result.
type Result struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	About string `json:"about,omitempty"`
	HTML  string `json:"html"`
}

// Seq is the place of a message in the outbox.
type Seq uint64

// Outgoing is a message waiting in the outbox.
type Outgoing struct {
	Seq       Seq
	Message   Message
	Attempts  int       // tries so far
	NotBefore time.Time // zero, or what Telegram asked us to wait for
	FileID    string    // Telegram's id of the same file description, when it was uploaded before
}

// Delivery is what became of one outgoing message.
type Delivery struct {
	Seq     Seq
	Outcome DeliveryOutcome
	Chat    ChatID
	Message MessageID // of a sent message
	Token   string    // its token, to find the message by later
	File    *File     // of an uploaded file, with FileID
	FileID  string
	MovedTo ChatID    // with Relocated: the chat's new id
	Retry   time.Time // with Postponed: not before this
	At      time.Time // when Telegram answered
	Reason  string    // with Refused: Telegram's description, for the quarantine
}

// DeliveryOutcome says what to do with the row.
type DeliveryOutcome string

// The outcomes.
const (
	Sent        DeliveryOutcome = "sent"        // done: drop the row
	Postponed   DeliveryOutcome = "postponed"   // keep the row, count the attempt
	Unreachable DeliveryOutcome = "unreachable" // the person blocked us: drop the row and all others of the chat, mark the chat
	Relocated   DeliveryOutcome = "relocated"   // the group has a new id: rewrite it everywhere, keep the row
	Refused     DeliveryOutcome = "refused"     // our bug: move the row to the quarantine
	Stale       DeliveryOutcome = "stale"       // too late to matter (an old button press): drop the row
)
