package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// FuzzCall throws any form at any method: nothing may panic, and every answer
// must be Telegram's envelope.
func FuzzCall(f *testing.F) {
	f.Add("sendMessage", "chat_id=7&text=x&parse_mode=HTML&reply_markup=%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22A%22%2C%22callback_data%22%3A%22a%22%7D%5D%5D%7D")
	f.Add("answerInlineQuery", "inline_query_id=1&results=%5B%7B%22type%22%3A%22article%22%2C%22id%22%3A%221%22%2C%22title%22%3A%22x%22%2C%22input_message_content%22%3A%7B%22message_text%22%3A%22x%22%7D%7D%5D")
	f.Add("setMyCommands", "commands=%5Bnull%5D&scope=%7B%22type%22%3A%22chat%22%2C%22chat_id%22%3A7%7D")
	f.Add("editMessageMedia", "chat_id=7&message_id=1&media=%7B%22type%22%3A%22photo%22%2C%22media%22%3A%22attach%3A%2F%2Fx%22%7D")
	f.Add("sendMediaGroup", "chat_id=7&media=%5B%7B%7D%2C%7B%7D%5D")
	f.Add("getUpdates", "offset=-1&limit=1&allowed_updates=%5B%22message%22%5D")
	f.Fuzz(func(t *testing.T, method, form string) {
		if strings.ContainsAny(method, "/?#%") || strings.Contains(form, "timeout") {
			t.Skip("another path, or a wait")
		}
		s := New(Options{Now: newClock().Now})
		citizen(s).Start("")
		req := httptest.NewRequest(http.MethodPost, "/bot"+Token+"/x", strings.NewReader(form))
		req.URL.Path = "/bot" + Token + "/" + method
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, req)
		var got reply
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.OK != (w.Code == 200) || !got.OK && (got.Code != w.Code || got.Description == "") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

// Every method that we answer is one of the tables, so a misspelt one is found.
func TestMethodsAreListed(t *testing.T) {
	api, err := loadTables()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(methodTable())) {
		if api.methods[name] == nil {
			t.Errorf("%s is no method of the Bot API", name)
		}
	}
	if n := len(api.methods); n != 185 {
		t.Errorf("%d methods, want 185", n)
	}
}

func TestMethodsThatAreNotEmulated(t *testing.T) {
	s, _, _ := started(t, Options{})
	refused(t, post(t, s, "sendDice", to7()), 404, "method not found")
	if w := s.Warnings(); len(w) != 1 || w[0] != "method sendDice is not emulated" {
		t.Errorf("warnings = %q", w)
	}
}

func TestServersAreIndependent(t *testing.T) {
	a, b := New(Options{Now: time.Now, Seed: 1}), New(Options{Now: time.Now, Seed: 1})
	citizen(a).Start("")
	if len(citizen(b).Chat()) != 0 {
		t.Error("two servers share a chat")
	}
	citizen(b).Start("")
	if x, y := poll(t, a, 0)[0].ID, poll(t, b, 0)[0].ID; x != y {
		t.Errorf("the same seed gave %d and %d", x, y)
	}
}
