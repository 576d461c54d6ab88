package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const testToken = "123456:AAHrealLookingSecretOfThirtyFive_-x"

// dial is a client for a server that answers as told.
func dial(t *testing.T, answer http.HandlerFunc) *client {
	t.Helper()
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	c, err := newClient(Config{Token: testToken, API: srv.URL, Senders: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.send.CloseIdleConnections()
		c.poll.CloseIdleConnections()
	})
	return c
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func TestCallErrors(t *testing.T) {
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		kind   kind
		code   int
		after  time.Duration
	}{
		"page of a proxy":        {says(502, "<html>bad gateway</html>"), kindTemporary, 502, 0},
		"page with status 200":   {says(200, "<html>welcome</html>"), kindTemporary, 502, 0},
		"nothing":                {says(200, ""), kindTemporary, 502, 0},
		"page that forbids":      {says(403, "<html>no</html>"), kindTemporary, 403, 0},
		"page not found":         {says(404, "not found"), kindTemporary, 404, 0},
		"page too large":         {says(413, "<html>too large</html>"), kindTooLarge, 413, 0},
		"page of a limiter":      {says(429, "<html>slow</html>"), kindFlood, 429, defaultSilence},
		"without ok":             {says(500, `{"message":"Route not found"}`), kindTemporary, 500, 0},
		"without ok, status 200": {says(200, `{}`), kindTemporary, 502, 0},
		"flood":                  {says(429, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 14","parameters":{"retry_after":14}}`), kindFlood, 429, 14 * time.Second},
		"flood without a time":   {says(429, `{"ok":false,"error_code":429,"description":"Too Many Requests"}`), kindFlood, 429, defaultSilence},
		"flood by the header": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "9")
			says(429, `{"ok":false,"error_code":429,"description":"Too Many Requests"}`)(w, nil)
		}, kindFlood, 429, 9 * time.Second},
		"blocked": {says(403, `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`), kindUnreachable, 403, 0},
		"moved":   {says(400, `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1001}}`), kindMoved, 400, 0},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
		}, kindTemporary, 502, 0},
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, test.answer)
			uploads := []tgbotapi.RequestFile{{Name: "photo", Data: tgbotapi.FileBytes{Name: "a.png", Bytes: []byte("x")}}}
			// The library reports the two in different ways; we do not.
			for _, files := range [][]tgbotapi.RequestFile{nil, uploads} {
				_, err := c.Call(t.Context(), "sendPhoto", tgbotapi.Params{"chat_id": "1"}, files...)
				api, ok := errors.AsType[*APIError](err)
				if !ok || api.kind() != test.kind || api.Code != test.code || retryAfter(err) != test.after || api.Method != "sendPhoto" {
					t.Errorf("Call with %d files = %v (%#v), want %s %d after %s", len(files), err, api, test.kind, test.code, test.after)
				}
			}
		})
	}
}

func TestCallOtherErrors(t *testing.T) {
	t.Run("cut answer", func(t *testing.T) {
		c := dial(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, `{"ok":true`)
		})
		if _, err := c.Call(t.Context(), "getMe", nil); err == nil || kindOf(err) != kindTemporary {
			t.Errorf("Call = %v", err)
		}
	})
	t.Run("endless answer", func(t *testing.T) {
		c := dial(t, func(w http.ResponseWriter, r *http.Request) {
			line := []byte(`{"ok":true,"result":"` + strings.Repeat("x", 1<<16))
			for r.Context().Err() == nil {
				if _, err := w.Write(line); err != nil {
					return
				}
			}
		})
		if _, err := c.Call(t.Context(), "getMe", nil); !errors.Is(err, errTooLong) {
			t.Errorf("Call = %v", err)
		}
	})
	t.Run("broken json", func(t *testing.T) {
		c := dial(t, says(200, `{"ok":true,"result":[}`))
		if _, err := c.Call(t.Context(), "getMe", nil); err == nil || kindOf(err) != kindTemporary {
			t.Errorf("Call = %v", err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		entered := make(chan struct{})
		c := dial(t, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			close(entered)
			<-r.Context().Done()
		})
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-entered; cancel() }()
		if _, err := c.Call(ctx, "getUpdates", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("Call = %v, want the cancelled context in it", err)
		}
	})
}

// No error that leaves the client shows the token, however it is printed or
// taken apart.
func TestErrorsHideTheToken(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + listener.Addr().String() // nobody listens there any more
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	refusing, err := newClient(Config{Token: testToken, API: closed, Senders: 1})
	if err != nil {
		t.Fatal(err)
	}
	echoing := dial(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Path)
		says(502, "<html>"+r.URL.Path)(w, r)
	})
	describing := dial(t, func(w http.ResponseWriter, r *http.Request) {
		says(400, fmt.Sprintf(`{"ok":false,"error_code":400,"description":"no %s here"}`, r.URL.Path))(w, r)
	})
	nested := dial(t, says(200, ""))
	nested.send.Transport = failing{fmt.Errorf("proxy said: cannot get /bot%s/getMe nor /bot%s/", testToken, strings.Replace(testToken, ":", "%3A", 1))}
	nested.upload.Transport = nested.send.Transport
	for name, c := range map[string]*client{"unreachable": refusing, "echoed in the header": echoing, "described": describing, "nested": nested} {
		t.Run(name, func(t *testing.T) {
			file := tgbotapi.RequestFile{Name: "photo", Data: tgbotapi.FileBytes{Name: "a", Bytes: []byte("x")}}
			_, plain := c.Call(t.Context(), "getMe", nil)
			_, upload := c.Call(t.Context(), "sendPhoto", nil, file)
			_, download := c.Download(t.Context(), "documents/a.csv", 10)
			for _, err := range []error{plain, upload, download} {
				if err == nil {
					t.Fatal("no error")
				}
				for e := err; e != nil; e = errors.Unwrap(e) {
					for _, text := range []string{e.Error(), fmt.Sprintf("%+v", e), fmt.Sprintf("%q", e)} {
						if strings.Contains(text, "AAHrealLooking") {
							t.Errorf("shown: %s", text)
						}
					}
				}
			}
		})
	}
}

// The cause stays: a caller still sees that nobody was reached.
func TestErrorsKeepTheirCause(t *testing.T) {
	c := dial(t, says(200, ""))
	c.send.Transport = failing{io.ErrUnexpectedEOF}
	_, err := c.Call(t.Context(), "getMe", nil)
	address, ok := errors.AsType[*url.Error](err)
	if !ok || !errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasSuffix(address.URL, "/bot<token>/getMe") {
		t.Errorf("Call = %#v, %v", err, address)
	}
}

type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// In steady state no connection is opened: net/http's own two idle ones would
// cost a handshake for nearly every reply.
func TestConnectionsAreKept(t *testing.T) {
	var opened atomic.Int32
	srv := httptest.NewUnstartedServer(says(200, `{"ok":true,"result":true}`))
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	defer srv.Close()
	c, err := newClient(Config{Token: testToken, API: srv.URL, Senders: 8})
	if err != nil {
		t.Fatal(err)
	}
	defer c.send.CloseIdleConnections()
	for range 20 {
		failed := make(chan error, 8)
		for range 8 {
			go func() {
				_, err := c.Call(t.Context(), "sendMessage", tgbotapi.Params{"chat_id": "1"})
				failed <- err
			}()
		}
		for range 8 {
			if err := <-failed; err != nil {
				t.Fatal(err)
			}
		}
	}
	// A caller may be back before its connection is, so there are a few more
	// than callers; but none for each call.
	if n := opened.Load(); n > 8+fetchers {
		t.Errorf("%d connections for 8 callers", n)
	}
}

func TestDownload(t *testing.T) {
	c := dial(t, func(w http.ResponseWriter, r *http.Request) {
		if want := "/file/bot" + testToken + "/documents/есеп 1.csv"; r.URL.Path != want {
			t.Errorf("path %q, want %q", r.URL.Path, want)
		}
		_, _ = io.WriteString(w, "0123456789")
	})
	got, err := c.Download(t.Context(), "documents/есеп 1.csv", 10)
	if err != nil || string(got) != "0123456789" {
		t.Errorf("Download = %q, %v", got, err)
	}
	if _, err := c.Download(t.Context(), "documents/есеп 1.csv", 9); !errors.Is(err, errTooLong) {
		t.Errorf("Download over the limit = %v", err)
	}
	missing := dial(t, says(404, `{"ok":false}`))
	if _, err := missing.Download(t.Context(), "a", 9); kindOf(err) != kindTemporary {
		t.Errorf("Download = %v", err)
	}
}

func TestUploadNamesTheFile(t *testing.T) {
	c := dial(t, func(w http.ResponseWriter, r *http.Request) {
		f, h, err := r.FormFile("document")
		if err != nil {
			t.Error(err)
			return
		}
		body, err := io.ReadAll(f)
		if h.Filename != "есеп.xlsx" || string(body) != "bytes" || err != nil || r.FormValue("chat_id") != "5" {
			t.Errorf("name %q, body %q, %v, chat %q", h.Filename, body, err, r.FormValue("chat_id"))
		}
		says(200, `{"ok":true,"result":{"message_id":3}}`)(w, r)
	})
	raw, err := c.Call(t.Context(), "sendDocument", tgbotapi.Params{"chat_id": "5"},
		tgbotapi.RequestFile{Name: "document", Data: tgbotapi.FileBytes{Name: "есеп.xlsx", Bytes: []byte("bytes")}})
	if err != nil || string(raw) != `{"message_id":3}` {
		t.Errorf("Call = %s, %v", raw, err)
	}
}
