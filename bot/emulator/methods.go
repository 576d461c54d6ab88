package emulator

import (
	"strconv"
	"strings"
)

// method answers one checked call; its result becomes JSON.
type method func(*Server, *call) (any, *apiError)

// methodTable lists what is emulated. A method of the tables that is missing here
// is answered as by a server that is older than it.
func methodTable() map[string]method {
	named := map[string]method{
		"getMe": getMe, "getUpdates": getUpdates,
		"setWebhook": setWebhook, "deleteWebhook": deleteWebhook, "getWebhookInfo": getWebhookInfo,
		"sendMessage": sendMessage, "sendPhoto": sendPhoto, "sendDocument": sendDocument,
		"sendMediaGroup": sendMediaGroup, "sendChatAction": sendChatAction,
		"editMessageText": editMessageText, "editMessageCaption": editMessageCaption,
		"editMessageMedia": editMessageMedia, "editMessageReplyMarkup": editMessageReplyMarkup,
		"deleteMessage": deleteMessage, "deleteMessages": deleteMessages,
		"answerCallbackQuery": answerCallbackQuery, "answerInlineQuery": answerInlineQuery,
		"getFile": getFile, "getChat": getChat, "getChatMember": getChatMember, "leaveChat": leaveChat,
		"setMyCommands": setMyCommands, "getMyCommands": getMyCommands, "deleteMyCommands": deleteMyCommands,
		"setMyName": setMyName, "getMyName": getMyName,
		"setMyDescription": setMyDescription, "getMyDescription": getMyDescription,
		"setMyShortDescription": setMyShortDescription, "getMyShortDescription": getMyShortDescription,
		"setChatMenuButton": setChatMenuButton, "getChatMenuButton": getChatMenuButton,
	}
	out := make(map[string]method, len(named))
	for name, m := range named {
		out[strings.ToLower(name)] = m
	}
	return out
}

func getMe(s *Server, _ *call) (any, *apiError) {
	return wireMe{wireUser: s.bot, JoinGroups: true, ReadAll: s.opts.SeesGroups, Inline: true}, nil
}

func getChat(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, e := s.target(c)
	if e != nil {
		return nil, e
	}
	if !to.known {
		return nil, bad("chat not found")
	}
	return struct {
		wireChat
		Accent    int            `json:"accent_color_id"`
		Reactions int            `json:"max_reaction_count"`
		Gifts     map[string]any `json:"accepted_gift_types"`
	}{to.wire(), 0, 11, map[string]any{
		"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false, "premium_subscription": false,
		"gifts_from_channels": false,
	}}, nil
}

func getChatMember(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	id := c.num("user_id")
	if id == s.bot.ID {
		return wireMember{User: s.bot, Status: "member"}, nil
	}
	p := s.people[id]
	switch {
	case p == nil:
		return nil, bad("PARTICIPANT_ID_INVALID")
	case to.person == p || to.members[id] != nil:
		return wireMember{User: p.wire(), Status: "member"}, nil
	}
	return wireMember{User: p.wire(), Status: "left"}, nil
}

func leaveChat(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	to, e := s.writable(c)
	if e != nil {
		return nil, e
	}
	if to.kind == "private" {
		return nil, bad("chat member status can't be changed in private chats")
	}
	to.known = false
	s.changed()
	return true, nil
}

func parseInt(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
