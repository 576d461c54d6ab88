package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"maqta/bot/chat"
)

// api is all that this package asks of the wire. Everything else in it sees
// methods, parameters and raw results, never the library or HTTP.
type api interface {
	// Call calls a method. Files not yet known to Telegram make it an upload.
	// Errors are *APIError, or failures of the transport without the token.
	Call(ctx context.Context, method string, p tgbotapi.Params, files ...tgbotapi.RequestFile) (json.RawMessage, error)
	// Download fetches the file behind a path that getFile gave, at most limit bytes.
	Download(ctx context.Context, path string, limit int64) ([]byte, error)
}

// The library logs through a package variable without a lock, so it is silenced
// while the program is initialised, before anything can use it: what it would
// print is message texts and addresses with the token.
var _ = tgbotapi.SetLogger(noLog{})

type noLog struct{}

func (noLog) Println(...any)        {}
func (noLog) Printf(string, ...any) {}

const (
	pollClientTimeout = 65 * time.Second // Telegram holds a poll for at most 50 s
	sendTimeout       = 30 * time.Second
	fileTimeout       = 2 * time.Minute

	// Telegram cuts an answer at about 4 MiB of updates; anything longer than
	// this is not Telegram.
	maxBody = 16 << 20

	// defaultSilence is kept after a 429 that does not say for how long.
	defaultSilence = 5 * time.Second
)

// client is the wire: telegram-bot-api builds and decodes requests, the rest
// is the context, the limits and the silence about the token.
type client struct {
	base  tgbotapi.BotAPI // copied for each call and never called itself
	files string          // format of a download address: token and path
	redactor
	poll, send, upload *http.Client
}

// tokenShape refuses what could not stand in a URL: the library would print
// the whole address, token included, before any client sees the request.
var tokenShape = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)

func newClient(cfg Config) (*client, error) {
	token := strings.TrimSpace(cfg.Token)
	if !tokenShape.MatchString(token) {
		return nil, errors.New("the bot token has not the form digits:letters that @BotFather gives")
	}
	base := strings.TrimRight(cfg.API, "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("the bot api address is not an http or https url")
	}
	if strings.ContainsAny(base, "%?#") {
		return nil, errors.New("the bot api address must not hold any of the characters % ? #")
	}
	poll, send := cfg.Transport, cfg.Transport
	if cfg.Transport == nil {
		// Transports of their own: uploads never starve the poll, and each
		// sender keeps its connection. A poll's answer may be large, so only it
		// is worth compressing.
		poll, send = newTransport(2, false), newTransport(cfg.Senders+fetchers, true)
	}
	c := &client{
		files:    base + "/file/bot%s/%s",
		redactor: newRedactor(token),
		poll:     &http.Client{Transport: poll, Timeout: pollClientTimeout, CheckRedirect: noRedirect},
		send:     &http.Client{Transport: send, Timeout: sendTimeout, CheckRedirect: noRedirect},
		upload:   &http.Client{Transport: send, Timeout: fileTimeout, CheckRedirect: noRedirect},
	}
	c.base = tgbotapi.BotAPI{Token: token}
	c.base.SetAPIEndpoint(base + "/bot%s/%s")
	return c, nil
}

// newTransport keeps as many idle connections as it ever opens; with net/http's
// two, nearly every reply would open a connection of its own. It speaks HTTP/1.1 only: a dead HTTP/2 connection would take all senders with it.
func newTransport(conns int, plain bool) *http.Transport {
	h1 := new(http.Protocols)
	h1.SetHTTP1(true)
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		Protocols:             h1,
		MaxConnsPerHost:       conns,
		MaxIdleConnsPerHost:   conns,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
		DisableCompression:    plain,
	}
}

// noRedirect keeps the token from being carried to another address.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (c *client) Call(ctx context.Context, method string, p tgbotapi.Params, files ...tgbotapi.RequestFile) (json.RawMessage, error) {
	bound := boundClient{ctx: ctx, http: c.send, redactor: c.redactor}
	switch {
	case method == "getUpdates":
		bound.http = c.poll
	case len(files) > 0:
		bound.http = c.upload
	}
	once := c.base
	once.Client = &bound
	var (
		resp *tgbotapi.APIResponse
		err  error
	)
	if len(files) == 0 {
		resp, err = once.MakeRequest(method, p)
	} else {
		resp, err = once.UploadFiles(method, p, files)
	}
	switch {
	case err == nil:
		return resp.Result, nil
	case bound.err != nil:
		// Do has failed: what the library made of it says no more.
		if foreign, ok := errors.AsType[*APIError](bound.err); ok {
			foreign.Method = method
			return nil, foreign
		}
		return nil, fmt.Errorf("%s: %w", method, bound.err)
	case resp == nil || resp.Ok:
		return nil, fmt.Errorf("%s: %w", method, c.clean(err))
	}
	// The code is taken from the response: the library's own Error lacks it
	// after an upload.
	answer := &APIError{Method: method, Code: resp.ErrorCode, Desc: c.hide(resp.Description)}
	if answer.Code == 0 {
		answer.Code, answer.Foreign = bound.status, true
		if answer.Code < 400 {
			answer.Code = http.StatusBadGateway
		}
	}
	if resp.Parameters != nil {
		answer.RetryAfter = time.Duration(resp.Parameters.RetryAfter) * time.Second
		answer.MigrateTo = chat.ChatID(resp.Parameters.MigrateToChatID)
	}
	if answer.Code == http.StatusTooManyRequests && answer.RetryAfter <= 0 {
		answer.RetryAfter = bound.retryAfter
	}
	return nil, answer
}

func (c *client) Download(ctx context.Context, path string, limit int64) ([]byte, error) {
	address := fmt.Sprintf(c.files, c.base.Token, (&url.URL{Path: path}).EscapedPath())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, fmt.Errorf("download: %w", c.clean(err))
	}
	resp, err := c.upload.Do(req)
	if err != nil {
		return nil, fmt.Errorf("download: %w", c.clean(err))
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &APIError{
			Method: "download", Code: resp.StatusCode, Desc: http.StatusText(resp.StatusCode),
			Foreign: true, RetryAfter: headerSilence(resp),
		}
	}
	body, err := readAll(resp.Body, resp.ContentLength, limit)
	if err != nil {
		return nil, fmt.Errorf("download: %w", c.clean(err))
	}
	return body, nil
}

// boundClient is the library's HTTP client for one call: it binds the context,
// which the library does not know, reads the whole answer so that the
// connection is used again, and turns what is not JSON into an error with its
// status instead of a complaint about the character '<'.
type boundClient struct {
	ctx  context.Context //nolint:containedctx // it lives for one call; the library has no other way
	http *http.Client
	redactor

	status     int           // of the answer
	retryAfter time.Duration // asked for by the header
	err        error         // what Do returned
}

// Do implements [tgbotapi.HTTPClient].
func (b *boundClient) Do(req *http.Request) (*http.Response, error) {
	if req.Body != nil {
		// An upload is written by a goroutine of the library, which ends only
		// when the body is read or closed.
		defer req.Body.Close()
	}
	resp, err := b.http.Do(req.WithContext(b.ctx))
	if err != nil {
		b.err = b.clean(err)
		return nil, b.err
	}
	defer resp.Body.Close()
	b.status, b.retryAfter = resp.StatusCode, headerSilence(resp)
	body, err := readAll(resp.Body, resp.ContentLength, maxBody)
	if err != nil {
		b.err = fmt.Errorf("read the answer: %w", b.clean(err))
		return nil, b.err
	}
	if text := bytes.TrimLeft(body, " \t\r\n"); len(text) == 0 || text[0] != '{' {
		code := resp.StatusCode
		if code < 400 { // a page with status 200, or a redirect: nobody we know
			code = http.StatusBadGateway
		}
		b.err = &APIError{
			Code: code, Foreign: true, RetryAfter: b.retryAfter,
			Desc: "not json but " + strconv.Quote(b.hide(resp.Header.Get("Content-Type"))),
		}
		return nil, b.err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// errTooLong says that a body is longer than we read.
var errTooLong = errors.New("longer than allowed")

// readAll reads to the end of a body of the announced length (-1: unknown).
func readAll(r io.Reader, length, limit int64) ([]byte, error) {
	if length > limit {
		return nil, errTooLong
	}
	var buf bytes.Buffer
	if length > 0 {
		buf.Grow(int(length) + bytes.MinRead) // MinRead more, or the last read would grow it again
	}
	n, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err //nolint:wrapcheck // the callers say what was read
	}
	if n > limit {
		return nil, errTooLong
	}
	return buf.Bytes(), nil
}

// headerSilence reads Retry-After, in seconds; a 429 always gives some silence.
func headerSilence(resp *http.Response) time.Duration {
	if resp.StatusCode != http.StatusTooManyRequests {
		return 0
	}
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		return time.Duration(s) * time.Second
	}
	return defaultSilence
}

// redactor takes the token out of texts and errors. The token is part of every
// address of the Bot API, and net/http puts addresses into its errors.
type redactor struct{ token, secret string }

func newRedactor(token string) redactor {
	_, secret, _ := strings.Cut(token, ":")
	return redactor{token: token, secret: secret}
}

// minSecret is the length from which the part after the colon is hidden on its
// own, however the colon is escaped. Shorter ones are no real tokens, and might
// be parts of words.
const minSecret = 16

func (r redactor) hide(s string) string {
	s = strings.ReplaceAll(s, r.token, "<token>")
	if len(r.secret) >= minSecret {
		s = strings.ReplaceAll(s, r.secret, "<token>")
	}
	return s
}

// clean returns err without the token, in its text and in what it wraps;
// [errors.Is] still finds a cancelled context or a timeout.
func (r redactor) clean(err error) error {
	if err == nil {
		return nil
	}
	if address, ok := errors.AsType[*url.Error](err); ok {
		// A caller that unwraps would get the address back, so it is cleaned
		// in the error itself, which belongs to this one request.
		address.URL = r.hide(address.URL)
	}
	if text := err.Error(); r.hide(text) != text {
		return opaque{text: r.hide(text), cause: err}
	}
	return err
}

// opaque is an error whose parts would show the token: it can be compared, but
// not unwrapped.
type opaque struct {
	text  string
	cause error
}

func (o opaque) Error() string        { return o.text }
func (o opaque) Is(target error) bool { return errors.Is(o.cause, target) }
