package emulator

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// errGone says that the caller hung up before there was an answer.
var errGone = errors.New("caller is gone")

// apiError is a refusal in Telegram's words.
type apiError struct {
	code      int
	text      string // the description, with its prefix
	retry     int    // seconds, with 429
	migrateTo int64  // the group's new id
	html      bool   // a proxy in front answers with a page
}

func fail(code int, text string) *apiError { return &apiError{code: code, text: text} }

// bad is the usual refusal: 400 with the usual prefix.
func bad(text string) *apiError { return fail(http.StatusBadRequest, "Bad Request: "+text) }

func forbidden(text string) *apiError { return fail(http.StatusForbidden, "Forbidden: "+text) }

func tooMany(seconds int) *apiError {
	return &apiError{
		code: http.StatusTooManyRequests, retry: seconds,
		text: "Too Many Requests: retry after " + strconv.Itoa(seconds),
	}
}

type wireParameters struct {
	MigrateTo int64 `json:"migrate_to_chat_id,omitempty"`
	Retry     int   `json:"retry_after,omitempty"`
}

func (e *apiError) body() []byte {
	if e.html {
		return []byte("<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n" +
			"<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n")
	}
	out := struct {
		OK          bool            `json:"ok"`
		Code        int             `json:"error_code"`
		Description string          `json:"description"`
		Parameters  *wireParameters `json:"parameters,omitempty"`
	}{Code: e.code, Description: e.text}
	if e.retry != 0 || e.migrateTo != 0 {
		out.Parameters = &wireParameters{MigrateTo: e.migrateTo, Retry: e.retry}
	}
	body, err := json.Marshal(out)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return body
}

func writeError(w http.ResponseWriter, e *apiError) { writeStatus(w, e, e.body()) }

func writeStatus(w http.ResponseWriter, e *apiError, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	if e.html {
		w.Header().Set("Content-Type", "text/html")
	}
	if e.retry != 0 {
		w.Header().Set("Retry-After", strconv.Itoa(e.retry))
	}
	w.WriteHeader(e.code)
	_, _ = w.Write(body)
}

// tokenID returns the number of a well-formed token, or 0.
func tokenID(token string) int64 {
	number, secret, ok := strings.Cut(token, ":")
	if !ok || len(secret) < 10 {
		return 0
	}
	for _, c := range secret {
		if !isWordByte(c) && c != '-' {
			return 0
		}
	}
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil || id <= 0 {
		return 0
	}
	return id
}

func isWordByte(c rune) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// pause waits, and reports false when the caller hung up meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
