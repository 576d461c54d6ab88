package bot

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"maqta/bot/chat"
)

// ErrToken says that Telegram does not know the bot's token. [Bot.Run] returns
// it, wrapped: waiting does not help, a person has to put in a valid token.
var ErrToken = errors.New("telegram does not accept the bot token: it is mistyped or was revoked; ask @BotFather for a valid one and start again")

// APIError is an answer other than "ok" to a call of the Bot API.
type APIError struct {
	Method     string
	Code       int           // the Bot API's error_code, or the HTTP status where the answer has none
	Desc       string        // Telegram's description
	RetryAfter time.Duration // with 429: how long to keep silent
	MigrateTo  chat.ChatID   // with 400: the id of the supergroup that the group has become
	Foreign    bool          // the answer is no Bot API answer: a proxy in front has spoken
}

// Error names the method, the code and the description, never the token.
func (e *APIError) Error() string {
	if e.Foreign {
		return fmt.Sprintf("%s: answer %d is not from the bot api: %s", e.Method, e.Code, e.Desc)
	}
	return fmt.Sprintf("%s: %d %s", e.Method, e.Code, e.Desc)
}

// kind says what a failed call means for the caller.
type kind string

const (
	kindTemporary    kind = "temporary"    // 5xx, broken connection, a proxy's page: try again later
	kindFlood        kind = "flood"        // 429: be silent, then the same again
	kindUnauthorized kind = "unauthorized" // 401: the token is not valid
	kindNotFound     kind = "not_found"    // 404: wrong token for getMe and getUpdates, else an unknown method
	kindConflict     kind = "conflict"     // 409: somebody else polls
	kindWebhook      kind = "webhook"      // 409: a webhook is set
	kindUnreachable  kind = "unreachable"  // blocked, deleted, kicked, no such chat
	kindMoved        kind = "moved"        // the group is now a supergroup with another id
	kindNotModified  kind = "not_modified" // an edit that changes nothing: success
	kindNoMessage    kind = "no_message"   // the message to edit is gone or cannot be edited
	kindTooOld       kind = "too_old"      // the button press or inline query has expired
	kindBadHTML      kind = "bad_html"     // our markup was not understood
	kindBadButton    kind = "bad_button"   // a kind of button that this server does not know
	kindBadFileID    kind = "bad_file_id"  // a remembered file id that is not valid (any more)
	kindBadPhoto     kind = "bad_photo"    // a picture that cannot be sent as a photo
	kindTooLarge     kind = "too_large"    // 413, or a file over the download limit
	kindRefused      kind = "refused"      // any other 4xx: our bug
)

// fragments maps parts of Telegram's descriptions, in lower case, to what they
// mean. This is the only place that reads them; codes alone do not tell a
// deleted message from a malformed one. The first match wins.
func fragments() []struct {
	code int
	part string
	kind kind
} {
	return []struct {
		code int
		part string
		kind kind
	}{
		{400, "message is not modified", kindNotModified},
		{400, "query is too old", kindTooOld},
		{400, "query id is invalid", kindTooOld},
		{400, "query_id_invalid", kindTooOld},
		{400, "message to edit not found", kindNoMessage},
		{400, "message can't be edited", kindNoMessage},
		{400, "message_id_invalid", kindNoMessage},
		{400, "there is no text in the message to edit", kindNoMessage},
		{400, "can't parse entities", kindBadHTML},
		{400, "text buttons are unallowed", kindBadButton},
		{400, "button_type_invalid", kindBadButton},
		{400, "wrong file identifier", kindBadFileID},
		{400, "wrong remote file id", kindBadFileID},
		{400, "photo_invalid_dimensions", kindBadPhoto},
		{400, "image_process_failed", kindBadPhoto},
		{400, "photo_ext_invalid", kindBadPhoto},
		{400, "file is too big", kindTooLarge},
		{400, "chat not found", kindUnreachable},
		{400, "peer_id_invalid", kindUnreachable},
		{400, "user_is_deactivated", kindUnreachable},
		{400, "not enough rights to send", kindUnreachable},
		{400, "have no rights to send", kindUnreachable},
		{400, "chat_write_forbidden", kindUnreachable},
		{409, "webhook is active", kindWebhook},
	}
}

// kind classifies the answer by its code and, where that does not suffice, by
// its description. A page that is not from the Bot API says nothing about the
// chat or the token, so it never stops the bot or parks a person.
func (e *APIError) kind() kind {
	switch {
	case e.Code == http.StatusRequestEntityTooLarge:
		return kindTooLarge
	case e.Code == http.StatusTooManyRequests:
		return kindFlood
	case e.Foreign:
		return kindTemporary
	case e.MigrateTo != 0:
		return kindMoved
	}
	desc := strings.ToLower(e.Desc)
	for _, f := range fragments() {
		if f.code == e.Code && strings.Contains(desc, f.part) {
			return f.kind
		}
	}
	switch {
	case e.Code == http.StatusUnauthorized:
		return kindUnauthorized
	case e.Code == http.StatusForbidden:
		return kindUnreachable
	case e.Code == http.StatusNotFound:
		return kindNotFound
	case e.Code == http.StatusConflict:
		return kindConflict
	case e.Code >= 400 && e.Code < 500:
		return kindRefused
	}
	return kindTemporary
}

// messageError says that a message cannot be put on the wire at all.
type messageError struct{ err error }

func (e *messageError) Error() string { return e.err.Error() }
func (e *messageError) Unwrap() error { return e.err }

// kindOf classifies any error of a call; one that is no [APIError] is a failure
// of the transport, and may have reached Telegram or not.
func kindOf(err error) kind {
	if _, ok := errors.AsType[*messageError](err); ok {
		return kindRefused
	}
	if api, ok := errors.AsType[*APIError](err); ok {
		return api.kind()
	}
	return kindTemporary
}

// retryAfter is how long Telegram asked us to be silent, 0 when it did not ask.
func retryAfter(err error) time.Duration {
	if api, ok := errors.AsType[*APIError](err); ok && api.kind() == kindFlood {
		return api.RetryAfter
	}
	return 0
}
