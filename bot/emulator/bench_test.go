package emulator

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const benchKeys = `{"inline_keyboard":[[{"text":"Өндіріс","callback_data":"q:output"},{"text":"Мақта","callback_data":"q:cotton"}],[{"text":"Дереккөз","url":"https://stat.gov.kz"}]]}`

var benchText = "<b>Мақта талшығы, 2025</b>\n" + strings.Repeat("Өндіріс көлемі 466 000 т &amp; одан да көп. ", 4)

func benchForm() string {
	return url.Values{"chat_id": {"7"}, "text": {benchText}, "parse_mode": {"HTML"}, "reply_markup": {benchKeys}}.Encode()
}

// BenchmarkSendMessage is one checked message with HTML and three buttons.
func BenchmarkSendMessage(b *testing.B) {
	s := New(Options{Now: time.Now})
	citizen(s).Start("")
	benchCalls(b, s.Client(), "http://e.test", benchForm())
}

// BenchmarkSendMessageLoopback is the same over a socket, client included.
func BenchmarkSendMessageLoopback(b *testing.B) {
	s := New(Options{Now: time.Now})
	citizen(s).Start("")
	socket := httptest.NewServer(s)
	defer socket.Close()
	benchCalls(b, socket.Client(), socket.URL, benchForm())
}

func benchCalls(b *testing.B, client *http.Client, base, form string) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		resp, err := client.Post(base+"/bot"+Token+"/sendMessage", "application/x-www-form-urlencoded", strings.NewReader(form))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != 200 {
			b.Fatal(resp.Status, err)
		}
		_ = resp.Body.Close()
	}
}

// BenchmarkUpdates is one update from Say to its confirmation, polled in
// batches of up to 100 over a socket.
func BenchmarkUpdates(b *testing.B) {
	s := New(Options{Now: time.Now})
	p := citizen(s)
	socket := httptest.NewServer(s)
	defer socket.Close()
	client := socket.Client()
	offset, waiting := int64(0), 0
	b.ReportAllocs()
	for b.Loop() {
		p.Say("мақта өндірісі қанша?")
		if waiting++; waiting < 100 {
			continue
		}
		resp, err := client.Get(socket.URL + "/bot" + Token + "/getUpdates?timeout=50&offset=" + itoa(offset))
		if err != nil {
			b.Fatal(err)
		}
		var got struct {
			Result []struct {
				ID int64 `json:"update_id"`
			}
		}
		if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
			b.Fatal(err)
		}
		_ = resp.Body.Close()
		offset, waiting = got.Result[len(got.Result)-1].ID+1, waiting-len(got.Result)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(Options{Now: time.Now})
	}
}

func BenchmarkParseHTML(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := ParseHTML(benchText); err != nil {
			b.Fatal(err)
		}
	}
}
