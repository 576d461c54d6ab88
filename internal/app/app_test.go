package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"maqta/bot/emulator"
	"maqta/internal/app"
)

// output collects what a program prints; it may be written from many goroutines.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// run runs the program and returns its exit code and all that it printed.
func run(ctx context.Context, in string, args ...string) (int, string) {
	var out output
	code := app.Main(ctx, args, app.Streams{In: strings.NewReader(in), Out: &out, Err: &out})
	return code, out.String()
}

func TestServeRefusesToStartWithoutAToken(t *testing.T) {
	t.Setenv("TELEGRAM_BOT_TOKEN", "")
	t.Setenv("TELEGRAM_BOT_TOKEN_FILE", "")
	code, out := run(t.Context(), "", "serve", "--db", filepath.Join(t.TempDir(), "maqta.db"))
	if code != 1 || !strings.Contains(out, "@BotFather") || !strings.Contains(out, "maqta demo") {
		t.Errorf("exit %d, %q; want it to say how to get a token or run the demo", code, out)
	}
}

func TestMalformedTokenIsNotPrinted(t *testing.T) {
	const token = "12345:with a blank and\nnewline"
	t.Setenv("TELEGRAM_BOT_TOKEN", token)
	code, out := run(t.Context(), "", "serve", "--db", filepath.Join(t.TempDir(), "maqta.db"))
	if code != 1 || strings.Contains(out, "with a blank") {
		t.Errorf("exit %d, %q; want a refusal without the token", code, out)
	}
}

// TestTokenNeverPrinted runs the program against an endpoint that nobody listens
// on, one that a proxy answers, and one that does not know the token.
func TestTokenNeverPrinted(t *testing.T) {
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = w.Write([]byte("<html><h1>502 Bad Gateway</h1></html>"))
	}))
	defer gateway.Close()
	stranger := httptest.NewServer(emulator.New(emulator.Options{Now: time.Now, Token: "1:" + strings.Repeat("x", 35)}))
	defer stranger.Close()
	const secret = "AAsecretSecretSecretSecretSecretSecret"
	for name, url := range map[string]string{
		"unreachable": "http://127.0.0.1:1", "bad gateway": gateway.URL, "unauthorised": stranger.URL,
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TELEGRAM_BOT_TOKEN", "7000000001:"+secret)
			ctx, stop := context.WithTimeout(t.Context(), 1500*time.Millisecond)
			defer stop()
			_, out := run(ctx, "", "serve", "--api-url", url, "--log", "debug", "--db", filepath.Join(t.TempDir(), "maqta.db"))
			if out == "" {
				t.Error("nothing was printed: the test proves nothing")
			}
			if strings.Contains(out, secret) {
				t.Errorf("the token was printed:\n%s", out)
			}
		})
	}
}

func TestAskAnswersInThreeLanguages(t *testing.T) {
	for _, q := range []struct{ lang, question, want string }{
		{"kk", "2025 жылы қанша мақта жиналды?", "466\u00a0000 тонна"},
		{"ru", "Сколько хлопка собрали в 2025 году?", "466\u00a0000 тонн"},
		{"en", "How much cotton was harvested in 2025?", "466,000 tonnes"},
	} {
		code, out := run(t.Context(), "", "ask", "--lang", q.lang, q.question)
		if code != 0 || !strings.Contains(out, q.want) {
			t.Errorf("ask %q: exit %d, %q; want %q in it", q.question, code, out, q.want)
		}
	}
}

func TestAskReadsLines(t *testing.T) {
	code, out := run(t.Context(), `{"id":7,"lang":"en","question":"cotton harvest"}
{"id":"b","lang":"ru","question":"погода?"}
`, "ask", "--jsonl")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, out)
	}
	var ids []string
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var r struct {
			ID    json.RawMessage
			Reply string
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil || r.Reply == "" {
			t.Fatalf("line %q: %v", line, err)
		}
		ids = append(ids, string(r.ID))
	}
	if strings.Join(ids, " ") != `7 "b"` {
		t.Errorf("ids %v, want them as they came", ids)
	}
}

func TestCheckOfAStoppedStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maqta.db")
	if code, out := run(t.Context(), "", "check", path); code != 1 || !strings.Contains(out, "no such file") {
		t.Errorf("no store: exit %d, %q", code, out)
	}
	server := httptest.NewServer(emulator.New(emulator.Options{Now: time.Now}))
	defer server.Close()
	t.Setenv("TELEGRAM_BOT_TOKEN", emulator.Token)
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	if code, out := run(ctx, "", "serve", "--api-url", server.URL, "--db", path); code != 0 {
		t.Fatalf("serve: exit %d, %q", code, out)
	}
	if code, out := run(t.Context(), "", "check", path); code != 0 || !strings.Contains(out, "no faults") {
		t.Errorf("check: exit %d, %q", code, out)
	}
}

func TestVersion(t *testing.T) {
	code, out := run(t.Context(), "", "version")
	if code != 0 || !strings.Contains(out, "schema ") || !strings.Contains(out, "facts 20") {
		t.Errorf("exit %d, %q", code, out)
	}
}

func TestWrongCalls(t *testing.T) {
	for _, args := range [][]string{{"nonsense"}, {"serve", "--pace", "fast"}, {"ask", "--lang", "de", "x"}} {
		if code, out := run(t.Context(), "", args...); code != 2 || !strings.Contains(out, "maqta --help") {
			t.Errorf("%v: exit %d, %q; want 2 and the way to help", args, code, out)
		}
	}
	t.Setenv("TELEGRAM_BOT_TOKEN", emulator.Token)
	for name, args := range map[string][]string{
		"zone": {"--timezone", "Asia/Nowhere"}, "admins": {"--admins", "me"}, "contact": {"--contact", "kk=a;fr=b"},
	} {
		args = append([]string{"serve", "--db", filepath.Join(t.TempDir(), "maqta.db")}, args...)
		if code, out := run(t.Context(), "", args...); code != 1 || !strings.Contains(out, "MAQTA_") {
			t.Errorf("%s: exit %d, %q; want the name of the setting", name, code, out)
		}
	}
}

func TestFactsCheck(t *testing.T) {
	data, err := os.ReadFile("../../sector/facts/data/facts.csv")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "next.csv")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(strings.Replace(string(data), ",500,tonnes,", ",510,tonnes,", 1))
	code, out := run(t.Context(), "", "facts", "check", path)
	if code != 0 || !strings.Contains(out, "changed: yarn_output/2025/") || strings.Count(out, "changed:") != 1 {
		t.Errorf("a corrected figure: exit %d\n%s", code, out)
	}
	write(strings.Replace(strings.Replace(string(data), ",500,tonnes,", ",500,buckets,", 1), ",466,", ",,", 1))
	code, out = run(t.Context(), "", "facts", "check", path)
	if code != 1 || !strings.Contains(out, "unknown unit") || !strings.Contains(out, "plain decimal") {
		t.Errorf("two bad rows: exit %d, want both faults\n%s", code, out)
	}
	if code, _ := run(t.Context(), "", "facts", "check", path+".none"); code != 1 {
		t.Error("a missing file passes")
	}
}
