package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// Command is one line of the commands menu.
type Command struct {
	Name        string `json:"command"`
	Description string `json:"description"`
}

// profileState is what the bot says of itself, by language ("" is the default).
type profileState struct {
	names, descriptions, shorts map[string]string
	commands                    map[commandKey][]Command
	menu                        map[string]any
}

type commandKey struct {
	scope string // "default", "all_private_chats", "chat:5", "chat_member:-5:7" and so on
	lang  string
}

func newProfileState(name string) profileState {
	return profileState{
		names: map[string]string{"": name}, descriptions: map[string]string{}, shorts: map[string]string{},
		commands: map[commandKey][]Command{}, menu: map[string]any{"type": "default"},
	}
}

// language reads language_code: empty, or a two-letter ISO 639-1 code.
func language(c *call) (string, *apiError) {
	code := c.str("language_code")
	if code == "" {
		return "", nil
	}
	if len(code) != 2 || !isAlpha(code[0]) || !isAlpha(code[1]) || code != strings.ToLower(code) {
		return "", bad("invalid language code specified")
	}
	return code, nil
}

// scope names the scope of a commands call; chats in it must exist.
func (s *Server) scope(c *call) (commandKey, *apiError) {
	lang, e := language(c)
	if e != nil {
		return commandKey{}, e
	}
	m := c.obj("scope")
	kind := text(m, "type")
	switch kind {
	case "":
		kind = "default"
	case "chat", "chat_administrators", "chat_member":
		to, e := s.chatAt(m["chat_id"])
		if e != nil {
			return commandKey{}, e
		}
		if kind == "chat" && to.kind == "private" && !to.known {
			return commandKey{}, bad("chat not found")
		}
		if kind != "chat" && to.kind == "private" {
			return commandKey{}, bad("can't use specified scope in private chats")
		}
		kind += fmt.Sprintf(":%d", to.id)
		if id, ok := m["user_id"].(int64); ok {
			if s.people[id] == nil {
				return commandKey{}, bad("user not found")
			}
			kind += fmt.Sprintf(":%d", id)
		}
	}
	return commandKey{kind, lang}, nil
}

func setMyCommands(s *Server, c *call) (any, *apiError) {
	var list []Command
	for _, item := range c.list("commands") {
		m, _ := item.(map[string]any)
		name := strings.TrimPrefix(text(m, "command"), "/")
		if !commandName(name) {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if strings.TrimSpace(text(m, "description")) == "" {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
		list = append(list, Command{name, text(m, "description")})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key, e := s.scope(c)
	if e != nil {
		return nil, e
	}
	if len(list) == 0 {
		delete(s.profile.commands, key)
	} else {
		s.profile.commands[key] = list
	}
	s.changed()
	return true, nil
}

func commandName(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for _, c := range s {
		if !isWordByte(c) || c >= 'A' && c <= 'Z' {
			return false
		}
	}
	return true
}

func getMyCommands(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, e := s.scope(c)
	if e != nil {
		return nil, e
	}
	return append([]Command{}, s.profile.commands[key]...), nil
}

func deleteMyCommands(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, e := s.scope(c)
	if e != nil {
		return nil, e
	}
	delete(s.profile.commands, key)
	s.changed()
	return true, nil
}

// Commands returns the menu that the person's app shows in the private chat: the
// first list found in the documented order of scopes and languages.
func (p *Person) Commands() []Command {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	lang := appLanguage(p.profile.LanguageCode)
	for _, scope := range [...]string{fmt.Sprintf("chat:%d", p.chat.id), "all_private_chats", "default"} {
		for _, l := range [...]string{lang, ""} {
			if list := s.profile.commands[commandKey{scope, l}]; len(list) > 0 {
				return append([]Command(nil), list...)
			}
		}
	}
	return nil
}

// appLanguage is the two-letter code of an app's IETF tag.
func appLanguage(tag string) string {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return code
}

// said finds a text for a language, or the default one.
func said(by map[string]string, lang string) string {
	if s, ok := by[lang]; ok {
		return s
	}
	return by[""]
}

// About is what a person sees of the bot in the language of the app.
type About struct{ Name, Description, ShortDescription string }

// About returns the bot's name and descriptions as the person's app shows them.
func (p *Person) About() About {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	lang := appLanguage(p.profile.LanguageCode)
	return About{said(s.profile.names, lang), said(s.profile.descriptions, lang), said(s.profile.shorts, lang)}
}

// setSaid keeps or, when it is empty, forgets a text.
func (s *Server) setSaid(c *call, by map[string]string, param string) (any, *apiError) {
	lang, e := language(c)
	if e != nil {
		return nil, e
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch value := strings.TrimSpace(c.str(param)); {
	case value != "":
		by[lang] = value
	case lang != "" || param != "name": // the default name cannot be taken away
		delete(by, lang)
	}
	s.changed()
	return true, nil
}

func (s *Server) getSaid(c *call, by map[string]string, param string) (any, *apiError) {
	lang, e := language(c)
	if e != nil {
		return nil, e
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]string{param: said(by, lang)}, nil
}

func setMyName(s *Server, c *call) (any, *apiError) { return s.setSaid(c, s.profile.names, "name") }
func getMyName(s *Server, c *call) (any, *apiError) { return s.getSaid(c, s.profile.names, "name") }
func setMyDescription(s *Server, c *call) (any, *apiError) {
	return s.setSaid(c, s.profile.descriptions, "description")
}

func getMyDescription(s *Server, c *call) (any, *apiError) {
	return s.getSaid(c, s.profile.descriptions, "description")
}

func setMyShortDescription(s *Server, c *call) (any, *apiError) {
	return s.setSaid(c, s.profile.shorts, "short_description")
}

func getMyShortDescription(s *Server, c *call) (any, *apiError) {
	return s.getSaid(c, s.profile.shorts, "short_description")
}

// menuFor returns where the menu button of the call is kept: a private chat, or
// the default.
func (s *Server) menuFor(c *call) (*map[string]any, *apiError) {
	if !c.has("chat_id") {
		return &s.profile.menu, nil
	}
	to, e := s.target(c)
	switch {
	case e != nil:
		return nil, e
	case to.kind != "private":
		return nil, fail(http.StatusBadRequest, "Bad Request: user not found")
	}
	return &to.menu, nil
}

func setChatMenuButton(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, e := s.menuFor(c)
	if e != nil {
		return nil, e
	}
	if *at = c.obj("menu_button"); *at == nil {
		*at = map[string]any{"type": "default"}
	}
	s.changed()
	return true, nil
}

func getChatMenuButton(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, e := s.menuFor(c)
	if e != nil {
		return nil, e
	}
	if *at == nil {
		return s.profile.menu, nil
	}
	return *at, nil
}
