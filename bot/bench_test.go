package bot_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
)

// pile is an outbox that holds n short answers, each for another of 64 chats,
// and says when all of them are settled.
type pile struct {
	rows    []chat.Outgoing
	left    atomic.Int64
	settles atomic.Int64
	done    chan struct{}
}

func newPile(n int) *pile {
	p := &pile{rows: make([]chat.Outgoing, n), done: make(chan struct{})}
	p.left.Store(int64(n))
	for i := range p.rows {
		p.rows[i] = chat.Outgoing{Seq: chat.Seq(i + 1), Message: chat.Message{
			Act: chat.Send, To: chat.ChatID(i%64 + 1),
			HTML: "<b>116 100 тонн</b> хлопкового волокна произведено в 2025 году.\nИсточник: пресс-служба правительства, 5 марта 2026 г.\n<i>Остальное — по кнопкам ниже, спрашивайте своими словами.</i>",
			Rows: [][]chat.Button{{{Text: "Пряжа", Data: "q:yarn"}, {Text: "Ткань", Data: "q:fabric"}}, {{Text: "Скопировать с источником", Copy: "116 100 тонн"}}},
		}}
	}
	return p
}

func (p *pile) Due(_ context.Context, after chat.Seq, most int) ([]chat.Outgoing, error) {
	rows := p.rows[min(int(after), len(p.rows)):]
	return append([]chat.Outgoing(nil), rows[:min(most, len(rows))]...), nil
}

func (p *pile) Settle(_ context.Context, done []chat.Delivery) error {
	p.settles.Add(1)
	if p.left.Add(-int64(len(done))) == 0 {
		close(p.done)
	}
	return nil
}

func (p *pile) SentAs(context.Context, chat.ChatID, string) (chat.MessageID, error) { return 0, nil }

func (p *pile) Apply(context.Context, []chat.Update) error      { return nil }
func (p *pile) Quarantine(context.Context, []byte, error) error { return nil }
func (p *pile) Draw(context.Context, chat.File) ([]byte, error) { return nil, nil }

const sentAnswer = `{"ok":true,"result":{"message_id":4711,"from":{"id":7000000001,"is_bot":true,"first_name":"Maqta","username":"maqta_bot"},"chat":{"id":17,"first_name":"Айша","type":"private"},"date":1772700000,"text":"116 100 тонн хлопкового волокна произведено в 2025 году.\nИсточник: пресс-служба правительства, 5 марта 2026 г.\nОстальное — по кнопкам ниже, спрашивайте своими словами.","entities":[{"offset":0,"length":12,"type":"bold"}],"reply_markup":{"inline_keyboard":[[{"text":"Пряжа","callback_data":"q:yarn"},{"text":"Ткань","callback_data":"q:fabric"}],[{"text":"Скопировать с источником","copy_text":{"text":"116 100 тонн"}}]]}}}`

// canned answers without a network: sends with a message, polls not at all.
type canned struct{}

func (canned) RoundTrip(r *http.Request) (*http.Response, error) {
	// First, or a server would not notice that the caller has hung up.
	if _, err := io.Copy(io.Discard, r.Body); err != nil {
		return nil, err
	}
	answer := sentAnswer
	switch {
	case strings.HasSuffix(r.URL.Path, "/getUpdates"):
		<-r.Context().Done()
		return nil, r.Context().Err()
	case strings.HasSuffix(r.URL.Path, "/getMe"):
		answer = `{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"m","username":"m_bot"}}`
	}
	return &http.Response{
		StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(answer)),
		ContentLength: int64(len(answer)), Header: http.Header{},
	}, nil
}

func benchmarkSending(b *testing.B, transport http.RoundTripper, api string) {
	p := newPile(b.N)
	one, err := bot.New(bot.Config{
		Token: "1:bench", API: api, Transport: transport, Pace: bot.PaceOff,
		Now: time.Now, Rand: func() float64 { return 0.5 }, Log: slog.New(slog.DiscardHandler),
	}, p, p, p)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	b.ReportAllocs()
	b.ResetTimer()
	var running sync.WaitGroup
	running.Go(func() {
		if err := one.Run(ctx); err != nil {
			b.Error(err)
		}
	})
	<-p.done
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	b.ReportMetric(float64(b.N)/float64(p.settles.Load()), "msg/settle")
	stop()
	running.Wait()
}

// BenchmarkSend measures everything between a row of the outbox and its
// settling but the network.
func BenchmarkSend(b *testing.B) { benchmarkSending(b, canned{}, "http://canned") }

// BenchmarkSendHTTP adds net/http and a loopback server in the same process,
// which takes the greater part.
func BenchmarkSendHTTP(b *testing.B) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		resp, err := canned{}.RoundTrip(r)
		if err != nil {
			return
		}
		if _, err := io.Copy(w, resp.Body); err != nil {
			b.Log(err)
		}
	}))
	defer srv.Close()
	benchmarkSending(b, nil, srv.URL)
}

// BenchmarkEcho is the whole way of a message: k people, each of whom writes
// again when answered, the emulator behind a loopback socket, and a store in
// memory. The emulator and its validation take the greater part.
func BenchmarkEcho(b *testing.B) {
	for _, k := range []int{1, 64} {
		b.Run(fmt.Sprint("k=", k), func(b *testing.B) { benchmarkEcho(b, k) })
	}
}

func benchmarkEcho(b *testing.B, k int) {
	var answered, asked atomic.Int64
	done := make(chan struct{})
	people := make(map[string]*emulator.Person, k)
	next := make(chan *emulator.Person, k)
	tg := emulator.New(emulator.Options{Now: time.Now, LogSize: 1, History: 1, Observe: func(c emulator.Call) {
		if c.Method != "sendMessage" {
			return
		}
		if answered.Add(1) == int64(b.N) {
			close(done)
		}
		next <- people[c.Params["chat_id"]]
	}})
	srv := httptest.NewServer(tg)
	defer srv.Close()
	s := newStore(echo)
	one, err := bot.New(bot.Config{
		Token: emulator.Token, API: srv.URL, Pace: bot.PaceOff,
		Now: time.Now, Rand: func() float64 { return 0.5 }, Log: slog.New(slog.DiscardHandler),
	}, s, s, s)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := one.Run(ctx); err != nil {
			b.Error(err)
		}
	})
	for id := range k {
		p := tg.Person(emulator.Profile{ID: int64(id + 1), FirstName: "Айша"})
		people[fmt.Sprint(id+1)] = p
	}
	b.ResetTimer()
	for _, p := range people {
		if asked.Add(1) <= int64(b.N) {
			p.Say("мақта қанша?")
		}
	}
	for waiting := true; waiting; {
		select {
		case p := <-next:
			if asked.Add(1) <= int64(b.N) {
				p.Say("мақта қанша?")
			}
		case <-done:
			waiting = false
		}
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
	stop()
	running.Wait()
}
