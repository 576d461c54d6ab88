package emulator

import (
	"strings"
	"testing"
)

func menu(p *Person) string {
	var out []string
	for _, c := range p.Commands() {
		out = append(out, c.Name)
	}
	return strings.Join(out, " ")
}

func TestChecklistCommandScopes(t *testing.T) {
	s, _, p := started(t, Options{})
	set := func(name, scope, lang string) {
		t.Helper()
		must[bool](t, post(t, s, "setMyCommands", map[string]string{
			"commands": `[{"command":"` + name + `","description":"x"}]`, "scope": scope, "language_code": lang,
		}))
	}
	if menu(p) != "" {
		t.Errorf("the menu begins as %q", menu(p))
	}
	// each row hides the one before it
	for _, row := range [][3]string{
		{"default", `{"type":"default"}`, ""},
		{"default_kk", "", "kk"},
		{"private", `{"type":"all_private_chats"}`, ""},
		{"private_kk", `{"type":"all_private_chats"}`, "kk"},
		{"chat", `{"type":"chat","chat_id":7}`, ""},
		{"chat_kk", `{"type":"chat","chat_id":7}`, "kk"},
	} {
		set(row[0], row[1], row[2])
		if menu(p) != row[0] {
			t.Errorf("after setting %s the menu is %q", row[0], menu(p))
		}
	}
	set("hidden", "", "ru")
	set("hidden", `{"type":"all_group_chats"}`, "kk")
	if menu(p) != "chat_kk" {
		t.Errorf("a menu of another language or place shows: %q", menu(p))
	}
	s.Person(Profile{ID: 7, FirstName: "Aigerim", LanguageCode: "ru-RU"})
	if menu(p) != "chat" {
		t.Errorf("in Russian the menu is %q: a chat's own menu hides all others", menu(p))
	}
	must[bool](t, post(t, s, "deleteMyCommands", map[string]string{"scope": `{"type":"chat","chat_id":7}`}))
	if menu(p) != "private" {
		t.Errorf("after deleting the chat's menu: %q", menu(p))
	}
	got := must[[]Command](t, post(t, s, "getMyCommands", map[string]string{"scope": `{"type":"all_private_chats"}`, "language_code": "kk"}))
	if len(got) != 1 || got[0].Name != "private_kk" {
		t.Errorf("getMyCommands = %v", got)
	}
	if r := post(t, s, "getMyCommands", map[string]string{"language_code": "en"}); string(r.Result) != "[]" {
		t.Errorf("a menu that was never set is %s, want []", r.Result)
	}
}

func TestChecklistCommandRefusals(t *testing.T) {
	s, _, _ := started(t, Options{})
	one := func(name, text string) string { return `[{"command":"` + name + `","description":"` + text + `"}]` }
	for name, row := range map[string]struct{ commands, scope, lang, want string }{
		"Cyrillic":      {one("көмек", "x"), "", "", "BOT_COMMAND_INVALID"},
		"upper case":    {one("Help", "x"), "", "", "BOT_COMMAND_INVALID"},
		"long name":     {one(strings.Repeat("a", 33), "x"), "", "", "1-32 characters"},
		"long text":     {one("a", strings.Repeat("ж", 257)), "", "", "1-256 characters"},
		"no text":       {one("a", ""), "", "", "1-256 characters"},
		"101":           {"[" + strings.TrimSuffix(strings.Repeat(`{"command":"a","description":"x"},`, 101), ",") + "]", "", "", "0-100 items"},
		"unknown chat":  {one("a", "x"), `{"type":"chat","chat_id":12345}`, "", "chat not found"},
		"unknown scope": {one("a", "x"), `{"type":"everybody"}`, "", "is none of"},
		"language":      {one("a", "x"), "", "kaz", "invalid language code"},
	} {
		t.Run(name, func(t *testing.T) {
			params := map[string]string{"commands": row.commands, "language_code": row.lang}
			if row.scope != "" {
				params["scope"] = row.scope
			}
			refused(t, post(t, s, "setMyCommands", params), 400, row.want)
		})
	}
}

func TestChecklistNameAndDescriptions(t *testing.T) {
	s, _, p := started(t, Options{})
	for method, row := range map[string]struct {
		param string
		limit int
	}{"Name": {"name", 64}, "Description": {"description", 512}, "ShortDescription": {"short_description", 120}} {
		get := func(lang string) string {
			return must[map[string]string](t, post(t, s, "getMy"+method, map[string]string{"language_code": lang}))[row.param]
		}
		must[bool](t, post(t, s, "setMy"+method, map[string]string{row.param: "default"}))
		must[bool](t, post(t, s, "setMy"+method, map[string]string{row.param: "қазақша", "language_code": "kk"}))
		if get("") != "default" || get("kk") != "қазақша" || get("ru") != "default" {
			t.Errorf("%s: %q %q %q", method, get(""), get("kk"), get("ru"))
		}
		refused(t, post(t, s, "setMy"+method, map[string]string{row.param: strings.Repeat("ж", row.limit+1)}), 400, "characters")
		refused(t, post(t, s, "setMy"+method, map[string]string{row.param: "x", "language_code": "kk-KZ"}), 400, "invalid language code")
	}
	if got := p.About(); got != (About{"қазақша", "қазақша", "қазақша"}) {
		t.Errorf("the person sees %+v", got)
	}
	must[bool](t, post(t, s, "setMyDescription", map[string]string{"language_code": "kk"}))
	if got := p.About().Description; got != "default" {
		t.Errorf("after taking the Kazakh description away: %q", got)
	}
}

func TestChatMenuButton(t *testing.T) {
	s, _, _ := started(t, Options{})
	kind := func(params map[string]string) any {
		return must[map[string]any](t, post(t, s, "getChatMenuButton", params))["type"]
	}
	if kind(nil) != "default" || kind(to7()) != "default" {
		t.Error("the menu button is not the default one")
	}
	must[bool](t, post(t, s, "setChatMenuButton", map[string]string{"menu_button": `{"type":"commands"}`}))
	if kind(nil) != "commands" || kind(to7()) != "commands" {
		t.Error("the menu button did not change")
	}
	refused(t, post(t, s, "setChatMenuButton", map[string]string{"menu_button": `{"type":"magic"}`}), 400, "is none of")
}

func TestChatAction(t *testing.T) {
	s, clk, p := started(t, Options{})
	must[bool](t, post(t, s, "sendChatAction", to7("action", "typing")))
	if p.Action() != "typing" {
		t.Errorf("action = %q", p.Action())
	}
	clk.Advance(5e9)
	if p.Action() != "" {
		t.Error("the action lasts longer than 5 s")
	}
	must[bool](t, post(t, s, "sendChatAction", to7("action", "typing")))
	must[wireMessage](t, say(t, s, "x"))
	if p.Action() != "" {
		t.Error("the action outlived the message")
	}
}
