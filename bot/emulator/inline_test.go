package emulator

import (
	"strings"
	"testing"
	"time"
)

const article = `{"type":"article","id":"%","title":"Мақта","description":"2025","input_message_content":{"message_text":"<b>466 000 т</b>","parse_mode":"HTML"}}`

func card(id string) string { return strings.Replace(article, "%", id, 1) }

func answerInline(t testing.TB, s *Server, id, results string, more ...string) reply {
	t.Helper()
	params := map[string]string{"inline_query_id": id, "results": "[" + results + "]"}
	for i := 0; i < len(more); i += 2 {
		params[more[i]] = more[i+1]
	}
	return post(t, s, "answerInlineQuery", params)
}

func TestChecklistInlineQueries(t *testing.T) {
	s, _, p := started(t, Options{InlineFeedback: true})
	id := p.InlineQuery("мақта")
	if got := poll(t, s, -1)[0].Inline; got.ID != id || got.Query != "мақта" || got.From.Lang != "kk" {
		t.Fatalf("inline query = %+v", got)
	}
	must[bool](t, answerInline(t, s, id, card("a"), "button", `{"text":"Толығырақ","start_parameter":"q_cotton"}`, "next_offset", "1"))
	got, ok := p.Results(id)
	if !ok || got.Cached || got.Button != "Толығырақ" || got.Start != "q_cotton" || len(got.Results) != 1 || got.Results[0].Title != "Мақта" {
		t.Fatalf("results = %+v, %v", got, ok)
	}
	n, err := p.Choose("a")
	if err != nil {
		t.Fatal(err)
	}
	seen := p.Chat()
	if m := seen[len(seen)-1]; m.ID != n || m.HTML != "<b>466 000 т</b>" || !m.ViaBot || m.FromBot {
		t.Errorf("the posted message is %+v", m)
	}
	last := poll(t, s, -2)
	if last[0].Message.ViaBot == nil || last[1].Chosen == nil || last[1].Chosen.ResultID != "a" || last[1].Chosen.Query != "мақта" {
		t.Errorf("updates = %+v", last)
	}
	if _, err := p.Choose("b"); err == nil {
		t.Error("a card that is not there was chosen")
	}
}

func TestChecklistInlineRefusals(t *testing.T) {
	s, clk, p := started(t, Options{})
	id := p.InlineQuery("x")
	for name, row := range map[string][2]string{
		"51 results":   {strings.TrimSuffix(strings.Repeat(card("a")+",", 51), ","), "0-50 items"},
		"doubled id":   {card("a") + "," + card("a"), "RESULT_ID_DUPLICATE"},
		"long id":      {card(strings.Repeat("ж", 33)), "1-64 bytes"},
		"bad HTML":     {strings.Replace(card("a"), "</b>", "", 1), "can't parse entities"},
		"bad keyboard": {strings.Replace(card("a"), `"title"`, `"reply_markup":{"inline_keyboard":null},"title"`, 1), "inline_keyboard"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, answerInline(t, s, id, row[0]), 400, row[1]) })
	}
	refused(t, answerInline(t, s, id, card("a"), "button", `{"text":"x","start_parameter":"сұрақ"}`), 400, "START_PARAM_INVALID")
	refused(t, answerInline(t, s, id, card("a"), "next_offset", strings.Repeat("x", 65)), 400, "0-64 bytes")
	must[bool](t, answerInline(t, s, id, card("a")))
	refused(t, answerInline(t, s, id, card("a")), 400, "query is too old")
	late := p.InlineQuery("late")
	clk.Advance(inlineLife)
	refused(t, answerInline(t, s, late, card("a")), 400, "query is too old")
}

func TestChecklistInlineCache(t *testing.T) {
	s, clk, p := started(t, Options{})
	other := s.Person(Profile{ID: 8, FirstName: "Ivan", LanguageCode: "ru"})
	asked := func(who *Person, text string) (string, bool) {
		before := s.Pending()
		id := who.InlineQuery(text)
		return id, s.Pending() > before
	}
	id, _ := asked(p, "all")
	must[bool](t, answerInline(t, s, id, card("a")))
	hit, again := asked(other, "all")
	if got, ok := other.Results(hit); again || !ok || !got.Cached {
		t.Error("the answer was not kept for everybody")
	}
	clk.Advance(inlineCache)
	if _, again := asked(other, "all"); !again {
		t.Error("the answer was kept for more than 300 s")
	}
	id, _ = asked(p, "mine")
	must[bool](t, answerInline(t, s, id, card("a"), "is_personal", "true", "cache_time", "60"))
	if _, again := asked(other, "mine"); !again {
		t.Error("a personal answer was given to somebody else")
	}
	if _, again := asked(p, "mine"); again {
		t.Error("a personal answer was not kept")
	}
	id, _ = asked(p, "fresh")
	must[bool](t, answerInline(t, s, id, card("a"), "cache_time", "0"))
	if _, again := asked(p, "fresh"); !again {
		t.Error("cache_time 0 kept the answer")
	}
	clk.Advance(time.Minute)
	if _, again := asked(p, "mine"); !again {
		t.Error("cache_time 60 kept the answer longer")
	}
}

func TestInlineMessageButtons(t *testing.T) {
	s, _, p := started(t, Options{})
	g := s.Group(-5, "Mill", p)
	id := p.InlineQuery("x")
	withKeys := strings.Replace(card("a"), `"title"`, `"reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]},"title"`, 1)
	must[bool](t, answerInline(t, s, id, withKeys))
	n, err := p.ChooseIn(g, "a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.TapIn(g, n, "A"); err != nil {
		t.Fatal(err)
	}
	press := poll(t, s, -1)[0].Press
	if press.InlineID == "" || press.Message != nil {
		t.Fatalf("press = %+v", press)
	}
	must[bool](t, post(t, s, "editMessageText", map[string]string{"inline_message_id": press.InlineID, "text": "new"}))
	if got := g.Chat(); got[0].Text != "new" || got[0].Rows != nil {
		t.Errorf("the group sees %+v", got)
	}
	refused(t, post(t, s, "editMessageText", map[string]string{"inline_message_id": "none", "text": "new"}), 400, "MESSAGE_ID_INVALID")
}
