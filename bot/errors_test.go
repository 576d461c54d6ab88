package bot

import (
	"errors"
	"testing"
)

func TestKinds(t *testing.T) {
	for _, test := range []struct {
		code int
		desc string
		want kind
	}{
		{400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same", kindNotModified},
		{400, "Bad Request: query is too old and response timeout expired or query ID is invalid", kindTooOld},
		{400, "Bad Request: message to edit not found", kindNoMessage},
		{400, "Bad Request: message can't be edited", kindNoMessage},
		{400, "Bad Request: MESSAGE_ID_INVALID", kindNoMessage},
		{400, "Bad Request: can't parse entities: Unsupported start tag \"h1\" at byte offset 0", kindBadHTML},
		{400, "Bad Request: chat not found", kindUnreachable},
		{400, "Bad Request: private chat not found", kindUnreachable},
		{400, "Bad Request: not enough rights to send text messages to the chat", kindUnreachable},
		{400, "Bad Request: message is too long", kindRefused},
		{400, "Bad Request: BUTTON_DATA_INVALID", kindRefused},
		{400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", kindBadButton},
		{400, "Bad Request: wrong file identifier/HTTP URL specified", kindBadFileID},
		{400, "Bad Request: file is too big", kindTooLarge},
		{401, "Unauthorized", kindUnauthorized},
		{403, "Forbidden: bot was blocked by the user", kindUnreachable},
		{403, "Forbidden: user is deactivated", kindUnreachable},
		{403, "Forbidden: bot can't initiate conversation with a user", kindUnreachable},
		{403, "Forbidden: bot was kicked from the supergroup chat", kindUnreachable},
		{404, "Not Found: method not found", kindNotFound},
		{409, "Conflict: terminated by other getUpdates request", kindConflict},
		{409, "Conflict: can't use getUpdates method while webhook is active", kindWebhook},
		{413, "Request Entity Too Large", kindTooLarge},
		{418, "I'm a teapot", kindRefused},
		{429, "Too Many Requests: retry after 5", kindFlood},
		{500, "Internal Server Error: restart", kindTemporary},
		{502, "Bad Gateway", kindTemporary},
		{599, "", kindTemporary},
	} {
		if got := (&APIError{Code: test.code, Desc: test.desc}).kind(); got != test.want {
			t.Errorf("%d %s is %s, want %s", test.code, test.desc, got, test.want)
		}
	}
	if got := kindOf(errors.New("connection reset")); got != kindTemporary {
		t.Errorf("a broken connection is %s", got)
	}
}
