package emulator

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func say(t testing.TB, s *Server, text string) reply {
	t.Helper()
	return post(t, s, "sendMessage", map[string]string{"chat_id": "7", "text": text})
}

func keyboard(buttons string) map[string]string {
	return map[string]string{"chat_id": "7", "text": "x", "reply_markup": `{"inline_keyboard":` + buttons + `}`}
}

func started(t testing.TB, o Options) (*Server, *clock, *Person) {
	t.Helper()
	s, clk := newServer(t, o)
	p := citizen(s)
	p.Start("")
	return s, clk, p
}

func TestChecklistRates(t *testing.T) {
	t.Run("one chat", func(t *testing.T) {
		s, clk, _ := started(t, Options{Rates: true, Burst: 3})
		for range 3 {
			must[wireMessage](t, say(t, s, "x"))
		}
		r := say(t, s, "x")
		refused(t, r, 429, "Too Many Requests: retry after 1")
		if r.Parameters.Retry != 1 || r.header.Get("Retry-After") != "1" {
			t.Errorf("retry_after = %d, header %q", r.Parameters.Retry, r.header.Get("Retry-After"))
		}
		if s.EarlyRetries() != 0 {
			t.Error("the first refusal was counted as an early retry")
		}
		refused(t, say(t, s, "x"), 429, "retry after 1")
		if s.EarlyRetries() != 1 {
			t.Errorf("early retries = %d, want 1", s.EarlyRetries())
		}
		clk.Advance(time.Second)
		must[wireMessage](t, say(t, s, "x"))
	})
	t.Run("another chat is free", func(t *testing.T) {
		s, _, _ := started(t, Options{Rates: true, Burst: 1})
		s.Person(Profile{ID: 8, FirstName: "B"}).Start("")
		must[wireMessage](t, say(t, s, "x"))
		refused(t, say(t, s, "x"), 429, "")
		must[wireMessage](t, post(t, s, "sendMessage", map[string]string{"chat_id": "8", "text": "x"}))
	})
	t.Run("group", func(t *testing.T) {
		s, clk, p := started(t, Options{Rates: true})
		g := s.Group(-5, "Mill", p)
		g.AddBot(p)
		send := func() reply {
			return post(t, s, "sendMessage", map[string]string{"chat_id": "-5", "text": "x"})
		}
		first := must[wireMessage](t, send())
		for range 18 {
			must[wireMessage](t, send())
		}
		edit := map[string]string{"chat_id": "-5", "message_id": itoa(first.ID), "text": "y"}
		must[wireMessage](t, post(t, s, "editMessageText", edit)) // edits count in a group
		r := send()
		refused(t, r, 429, "retry after 3")
		clk.Advance(time.Duration(r.Parameters.Retry) * time.Second)
		must[wireMessage](t, send())
	})
	t.Run("overall", func(t *testing.T) {
		s, clk, _ := started(t, Options{Rates: true})
		for i := range 30 {
			s.Person(Profile{ID: int64(100 + i)}).Start("")
			must[wireMessage](t, post(t, s, "sendMessage", map[string]string{"chat_id": itoa(int64(100 + i)), "text": "x"}))
		}
		refused(t, say(t, s, "x"), 429, "retry after 1")
		clk.Advance(time.Second)
		must[wireMessage](t, say(t, s, "x"))
	})
	t.Run("switched off", func(t *testing.T) {
		s, _, _ := started(t, Options{})
		for range 200 {
			must[wireMessage](t, say(t, s, "x"))
		}
		s.SetRates(true)
		for range defaultBurst {
			must[wireMessage](t, say(t, s, "x"))
		}
		refused(t, say(t, s, "x"), 429, "")
	})
}

func TestChecklistBlocked(t *testing.T) {
	s, _, p := started(t, Options{})
	poll(t, s, 0)
	p.Block()
	refused(t, say(t, s, "x"), 403, "Forbidden: bot was blocked by the user")
	p.Unblock()
	must[wireMessage](t, say(t, s, "x"))
	var seen []string
	for _, u := range poll(t, s, -2) {
		seen = append(seen, u.Member.Old.Status+">"+u.Member.New.Status)
	}
	if got := strings.Join(seen, " "); got != "member>kicked kicked>member" {
		t.Errorf("my_chat_member: %s", got)
	}
	p.Deactivate()
	refused(t, say(t, s, "x"), 403, "Forbidden: user is deactivated")
}

func TestChecklistWhoNeverWrote(t *testing.T) {
	s, _ := newServer(t, Options{})
	refused(t, say(t, s, "x"), 400, "Bad Request: chat not found")
	p := citizen(s)
	refused(t, say(t, s, "x"), 403, "Forbidden: bot can't initiate conversation with a user")
	p.Say("hi")
	must[wireMessage](t, say(t, s, "x"))
}

func TestChecklistMigration(t *testing.T) {
	s, _, p := started(t, Options{})
	g := s.Group(-5, "Mill", p)
	g.AddBot(p)
	g.Upgrade(-1000000000005)
	r := post(t, s, "sendMessage", map[string]string{"chat_id": "-5", "text": "x"})
	refused(t, r, 400, "group chat was upgraded to a supergroup chat")
	if r.Parameters.MigrateTo != -1000000000005 {
		t.Errorf("migrate_to_chat_id = %d", r.Parameters.MigrateTo)
	}
	must[wireMessage](t, post(t, s, "sendMessage", map[string]string{"chat_id": "-1000000000005", "text": "x"}))
	last := poll(t, s, -2)
	if last[0].Message.MigrateTo != -1000000000005 || last[1].Message.MigrateFrom != -5 {
		t.Errorf("service messages: %+v %+v", last[0].Message, last[1].Message)
	}
}

func TestChecklistNotModified(t *testing.T) {
	s, _, _ := started(t, Options{})
	params := map[string]string{
		"chat_id": "7", "text": "<b>x</b>", "parse_mode": "HTML",
		"reply_markup": `{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}`,
	}
	m := must[wireMessage](t, post(t, s, "sendMessage", params))
	params["message_id"] = itoa(m.ID)
	params["text"] = "<strong>x</strong>  " // the same after parsing
	refused(t, post(t, s, "editMessageText", params), 400, "message is not modified")
	strip := map[string]string{"chat_id": "7", "message_id": itoa(m.ID)}
	must[wireMessage](t, post(t, s, "editMessageReplyMarkup", strip))
	refused(t, post(t, s, "editMessageReplyMarkup", strip), 400, "message is not modified")
	params["text"] = "y"
	must[wireMessage](t, post(t, s, "editMessageText", params))
}

func TestChecklistEditsThatFail(t *testing.T) {
	s, clk, p := started(t, Options{})
	own := p.Say("mine")
	edit := func(id string) reply {
		return post(t, s, "editMessageText", map[string]string{"chat_id": "7", "message_id": id, "text": "z"})
	}
	refused(t, edit(itoa(own)), 400, "message can't be edited")
	refused(t, edit("999"), 400, "message to edit not found")
	refused(t, post(t, s, "editMessageText", map[string]string{"chat_id": "7", "text": "z"}), 400, "message identifier is not specified")
	m := must[wireMessage](t, say(t, s, "x"))
	caption := map[string]string{"chat_id": "7", "message_id": itoa(m.ID), "caption": "z"}
	refused(t, post(t, s, "editMessageCaption", caption), 400, "there is no caption in the message to edit")
	clk.Advance(48 * time.Hour)
	gone := map[string]string{"chat_id": "7", "message_id": itoa(m.ID)}
	refused(t, post(t, s, "deleteMessage", gone), 400, "message can't be deleted for everyone")
	fresh := must[wireMessage](t, say(t, s, "x"))
	gone["message_id"] = itoa(fresh.ID)
	must[bool](t, post(t, s, "deleteMessage", gone))
	refused(t, post(t, s, "deleteMessage", gone), 400, "message to delete not found")
	refused(t, edit(itoa(fresh.ID)), 400, "message to edit not found")
}

func TestChecklistCallbackAnswers(t *testing.T) {
	s, clk, p := started(t, Options{})
	m := must[wireMessage](t, post(t, s, "sendMessage", keyboard(`[[{"text":"A","callback_data":"a"}]]`)))
	first, err := p.Tap(m.ID, "A")
	if err != nil {
		t.Fatal(err)
	}
	second, err := p.Tap(m.ID, "a")
	if err != nil {
		t.Fatal(err)
	}
	got := poll(t, s, -2)
	if first == second || got[0].ID == got[1].ID || got[0].Press.Data != "a" || got[1].Press.Data != "a" {
		t.Errorf("two presses: %q %q, updates %+v", first, second, got)
	}
	answer := func(id string) reply {
		return post(t, s, "answerCallbackQuery", map[string]string{"callback_query_id": id})
	}
	must[bool](t, answer(first))
	refused(t, answer(first), 400, "query is too old and response timeout expired or query ID is invalid")
	clk.Advance(pressLife)
	refused(t, answer(second), 400, "query is too old")
	refused(t, answer("1"), 400, "query ID is invalid")
	refused(t, post(t, s, "answerCallbackQuery", map[string]string{
		"callback_query_id": "1", "text": strings.Repeat("ж", 201),
	}), 400, "0-200 characters")
}

func TestForgedPresses(t *testing.T) {
	s, _, p := started(t, Options{})
	m := must[wireMessage](t, say(t, s, "no buttons"))
	p.TapData(m.ID, "forged")
	p.TapData(12345, "ghost")
	got := must[[]struct {
		Press struct {
			Data    string
			Message struct {
				ID   int64 `json:"message_id"`
				Date int64
			}
		} `json:"callback_query"`
	}](t, post(t, s, "getUpdates", map[string]string{"offset": "-2"}))
	if got[0].Press.Message.Date == 0 || got[0].Press.Data != "forged" {
		t.Errorf("forged press: %+v", got[0])
	}
	if got[1].Press.Message.Date != 0 || got[1].Press.Message.ID != 12345 {
		t.Errorf("a press under a lost message must carry an inaccessible one: %+v", got[1])
	}
	if _, err := p.Tap(m.ID, "A"); err == nil {
		t.Error("a button that is not there was pressed")
	}
}

func TestChecklistKeyboards(t *testing.T) {
	s, _, _ := started(t, Options{})
	button := func(data string) string { return fmt.Sprintf(`[[{"text":"A","callback_data":%q}]]`, data) }
	row := func(n int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(`{"text":"A","callback_data":"a"},`, n), ",") + "]"
	}
	rows := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat(row(1)+",", n), ",") + "]" }
	for name, good := range map[string]string{
		"64 bytes": button(strings.Repeat("ж", 32)), "8 a row": "[" + row(8) + "]", "100": rows(100), "empty": "[]",
		"copy":     `[[{"text":"A","copy_text":{"text":"M-2026-1"}}]]`,
		"inline":   `[[{"text":"A","switch_inline_query":""}]]`,
		"styled":   `[[{"text":"A","callback_data":"a","style":"danger"}]]`,
		"disabled": `[[{"text":"A","disabled":{}}]]`,
	} {
		if r := post(t, s, "sendMessage", keyboard(good)); !r.OK {
			t.Errorf("%s: refused: %s", name, r.Description)
		}
	}
	for name, bad := range map[string][2]string{
		"null keyboard":   {"null", `Field "inline_keyboard" must be of type Array`},
		"null row":        {"[null]", `Field "inline_keyboard.0" must be of type Array`},
		"66 bytes":        {button(strings.Repeat("ж", 33)), "BUTTON_DATA_INVALID"},
		"no data":         {button(""), "BUTTON_DATA_INVALID"},
		"9 a row":         {"[" + row(9) + "]", "reply markup is too long"},
		"101 buttons":     {rows(101), "reply markup is too long"},
		"no deed":         {`[[{"text":"A"}]]`, "Text buttons are unallowed in the inline keyboard"},
		"two deeds":       {`[[{"text":"A","callback_data":"a","url":"https://stat.gov.kz"}]]`, "Exactly one"},
		"no label":        {`[[{"text":" ","callback_data":"a"}]]`, "must be non-empty"},
		"bad url":         {`[[{"text":"A","url":"stat"}]]`, "Wrong HTTP URL"},
		"long copy":       {`[[{"text":"A","copy_text":{"text":"` + strings.Repeat("x", 257) + `"}}]]`, "must be 1-256 characters long"},
		"unknown style":   {`[[{"text":"A","callback_data":"a","style":"pink"}]]`, "must be one of danger, success, primary"},
		"unknown field":   {`[[{"text":"A","callback_data":"a","colour":"pink"}]]`, `"inline_keyboard.0.0.colour" is unknown`},
		"label no string": {`[[{"text":1,"callback_data":"a"}]]`, `"inline_keyboard.0.0.text" must be of type String`},
	} {
		t.Run(name, func(t *testing.T) { refused(t, post(t, s, "sendMessage", keyboard(bad[0])), 400, bad[1]) })
	}
	for name, raw := range map[string]string{"no object": "5", "no JSON": "{", "of no kind": `{"x":1}`} {
		t.Run(name, func(t *testing.T) {
			r := post(t, s, "sendMessage", map[string]string{"chat_id": "7", "text": "x", "reply_markup": raw})
			refused(t, r, 400, "can't parse reply_markup")
		})
	}
	if r := post(t, s, "sendMessage", map[string]string{"chat_id": "7", "text": "x", "reply_markup": "null"}); !r.OK {
		t.Errorf("reply_markup=null is as good as none: %s", r.Description)
	}
}

func TestChecklistTextSizes(t *testing.T) {
	s, _, _ := started(t, Options{})
	html := func(text string) reply {
		return post(t, s, "sendMessage", map[string]string{"chat_id": "7", "text": text, "parse_mode": "HTML"})
	}
	must[wireMessage](t, html("<b>"+strings.Repeat("ж", 4096)+"</b>"))
	refused(t, html("<b>"+strings.Repeat("ж", 4097)+"</b>"), 400, "message is too long")
	must[wireMessage](t, html(strings.Repeat("&amp;", 4096)))
	refused(t, say(t, s, strings.Repeat("😀", 2049)), 400, "message is too long")
	must[wireMessage](t, say(t, s, strings.Repeat("😀", 2048)))
	refused(t, html(strings.Repeat("<b>x</b>", 4097)), 400, "text is too long")
	refused(t, html("<b> \n</b>"), 400, "message text is empty")
	refused(t, say(t, s, ""), 400, "message text is empty")
	refused(t, say(t, s, "\xff"), 400, "strings must be encoded in UTF-8")
	m := must[wireMessage](t, html(strings.Repeat("<b>x</b> ", 150)))
	if len(m.Entities) != maxEntities {
		t.Errorf("%d entities, want the first %d", len(m.Entities), maxEntities)
	}
}

func TestChecklistHTMLErrors(t *testing.T) {
	s, _, _ := started(t, Options{})
	r := post(t, s, "sendMessage", map[string]string{"chat_id": "7", "text": "a < b", "parse_mode": "HTML"})
	refused(t, r, 400, `Bad Request: can't parse entities: Unsupported start tag "" at byte offset 2`)
}

func TestChecklistTokensAndPaths(t *testing.T) {
	s, _ := newServer(t, Options{})
	for path, code := range map[string]int{
		"/bot" + Token + "/getMe":                           200,
		"/bot" + Token + "/GETME":                           200,
		"/bot7000000001:AAsomethingElseEntirely_1234/getMe": 401,
		"/botnonsense/getMe":                                404,
		"/bot" + Token + "/getNothing":                      404,
		"/bot" + Token:                                      404,
		"/":                                                 404,
		"/file/bot" + Token + "/documents/none.pdf":         404,
		"/file/bot7000000001:AAsomethingElse_1234/x":        401,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://emulator.test"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := do(s, req)
		if err != nil || r.status != code || r.OK != (code == 200) {
			t.Errorf("%s: %d %v, want %d", path, r.status, err, code)
		}
	}
	refused(t, post(t, s, "getNothing", nil), 404, "method not found")
}

func TestChecklistParameters(t *testing.T) {
	s, _, _ := started(t, Options{})
	for name, row := range map[string]struct {
		method string
		params map[string]string
		want   string
	}{
		"unknown":           {"sendMessage", map[string]string{"chat_id": "7", "text": "x", "colour": "red"}, `unknown parameter "colour"`},
		"required":          {"sendMessage", map[string]string{"text": "x"}, "chat_id is empty"},
		"type":              {"getUpdates", map[string]string{"offset": "x"}, "can't parse offset: must be an Integer"},
		"boolean":           {"sendMessage", map[string]string{"chat_id": "7", "text": "x", "protect_content": "maybe"}, "must be a Boolean"},
		"enum":              {"sendMessage", map[string]string{"chat_id": "7", "text": "x", "parse_mode": "html5"}, "must be one of"},
		"range":             {"getUpdates", map[string]string{"limit": "101"}, "between 1 and 100"},
		"null list":         {"setMyCommands", map[string]string{"commands": "null"}, "Expected an Array of BotCommand"},
		"list of wrong":     {"setMyCommands", map[string]string{"commands": `[{"command":"a"}]`}, `Field "0.description" is missing`},
		"nested":            {"sendMessage", map[string]string{"chat_id": "7", "text": "x", "link_preview_options": `{"is_disabled":"yes"}`}, `Field "is_disabled" must be of type Boolean`},
		"nested unknown":    {"sendMessage", map[string]string{"chat_id": "7", "text": "x", "reply_parameters": `{"message":1}`}, `Field "message" is unknown to ReplyParameters`},
		"reply to none":     {"sendMessage", map[string]string{"chat_id": "7", "text": "x", "reply_parameters": `{"message_id":99}`}, "message to be replied not found"},
		"wrong result":      {"answerInlineQuery", map[string]string{"inline_query_id": "1", "results": `[{"type":"article","id":"1","title":"x"}]`}, `Field "0.input_message_content" is missing`},
		"result of no type": {"answerInlineQuery", map[string]string{"inline_query_id": "1", "results": `[{"type":"poem","id":"1"}]`}, "is none of"},
		"chat action":       {"sendChatAction", map[string]string{"chat_id": "7", "action": "sleeping"}, "wrong parameter action"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, post(t, s, row.method, row.params), 400, row.want) })
	}
}

func TestChecklistLegacyNames(t *testing.T) {
	s, _, p := started(t, Options{})
	to := p.Say("question")
	m := must[wireMessage](t, post(t, s, "sendMessage", map[string]string{
		"chat_id": "7", "text": "x", "reply_to_message_id": itoa(to), "disable_web_page_preview": "true",
	}))
	if m.ReplyTo == nil || m.ReplyTo.ID != to {
		t.Errorf("reply_to_message_id was not read: %+v", m.ReplyTo)
	}
	if w := s.Warnings(); len(w) != 2 || !strings.Contains(w[0], "disable_web_page_preview is an old name") {
		t.Errorf("warnings = %q", w)
	}
	refused(t, post(t, s, "getMe", map[string]string{"disable_web_page_preview": "true"}), 400, "unknown parameter")
}

func TestJSONBody(t *testing.T) {
	s, _, _ := started(t, Options{})
	send := func(body string) reply {
		t.Helper()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://e.test/bot"+Token+"/sendMessage", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
		r, err := do(s, req)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	must[wireMessage](t, send(`{"chat_id":7,"text":"\"x\"","reply_markup":{"inline_keyboard":[[{"text":"A","callback_data":"a"}]]}}`))
	refused(t, send(`{"chat_id":7,"text":5`), 400, "can't parse request JSON object")
	refused(t, send(`{"chat_id":true,"text":"x"}`), 400, "")
}

func TestChecklistGroups(t *testing.T) {
	s, _, p := started(t, Options{})
	g := s.Group(-5, "Mill", p)
	p.SayIn(g, "/early")
	g.AddBot(p)
	asked := must[wireMessage](t, post(t, s, "sendMessage", map[string]string{"chat_id": "-5", "text": "which?"}))
	poll(t, s, 0)
	offset := poll(t, s, -1)[0].ID + 1
	for _, text := range []string{"chatter", "/cotton", "/cotton@Maqta_Bot 2025", "/cotton@other_bot", "/көмек", "see /cotton"} {
		p.SayIn(g, text)
	}
	p.ReplyIn(g, asked.ID, "this one")
	got := poll(t, s, offset)
	if want := "/cotton /cotton@Maqta_Bot 2025 this one"; ids(got) != want {
		t.Errorf("with privacy the bot hears %q, want %q", ids(got), want)
	}
	if e := got[1].Message.Entities[0]; e.Length != len("/cotton@Maqta_Bot") {
		t.Errorf("the command's entity is %+v", e)
	}
	g.Kick(p)
	refused(t, post(t, s, "sendMessage", map[string]string{"chat_id": "-5", "text": "x"}), 403, "bot was kicked from the group chat")

	s, _, p = started(t, Options{SeesGroups: true})
	g = s.Group(-1000000000009, "Mill", p)
	g.AddBot(p)
	poll(t, s, 0)
	offset = poll(t, s, -1)[0].ID + 1
	p.SayIn(g, "/cotton@other_bot")
	if got := ids(poll(t, s, offset)); got != "/cotton@other_bot" {
		t.Errorf("without privacy the bot hears %q", got)
	}
}

func TestCommandEntities(t *testing.T) {
	for text, want := range map[string]string{
		"/start": "0+6", "/start x": "0+6", "/көмек": "", "/ask—да": "0+4", "/askда": "", "сұрақ /ask": "6+4", "a/b": "",
		"😀 /ask": "3+4", "//ask": "", "/ask@maqta_bot!": "0+14", "/": "", "/ask/": "",
	} {
		body := styled{text: text}
		body.detect()
		got := ""
		for _, e := range body.ents {
			if e.Type == "bot_command" {
				got = fmt.Sprintf("%d+%d", e.Offset, e.Length)
			}
		}
		if got != want {
			t.Errorf("%q: command at %q, want %q", text, got, want)
		}
	}
}

func TestLogKeepsTheNewest(t *testing.T) {
	var observed int
	s, _ := newServer(t, Options{LogSize: 3, Observe: func(Call) { observed++ }})
	citizen(s).Start("")
	for i := range 5 {
		say(t, s, fmt.Sprint(i))
	}
	log := s.Log()
	if len(log) != 3 || log[0].Params["text"] != "2" || log[2].Params["text"] != "4" || log[2].Status != 200 || s.Calls() != 5 || observed != 5 {
		t.Errorf("log = %+v, %d calls, %d observed", log, s.Calls(), observed)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	s, _ := newServer(t, Options{History: 10})
	p := citizen(s)
	for i := range 25 {
		p.Say(fmt.Sprint(i))
	}
	if got := p.Chat(); len(got) != 10 || got[0].Text != "15" {
		t.Errorf("%d messages, first %q", len(got), got[0].Text)
	}
}
