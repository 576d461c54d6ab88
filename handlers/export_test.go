package handlers

import (
	"maqta/bot/chat"
	"maqta/sector/ask"
	"maqta/sector/sheet"
)

// BreakCommand makes a command panic.
func BreakCommand(r *Router, name string) {
	r.commands[name] = func(Scene, chat.Update) (Outcome, error) { panic("broken on purpose") }
}

// MenuTopics lists the topics that menus lead to.
func MenuTopics() []ask.Topic {
	var all []ask.Topic
	for _, m := range menus() {
		all = append(all, m.topics...)
	}
	return all
}

// ReplyTo is the reply that an answer becomes.
func (m *Mind) ReplyTo(to chat.ChatID, a ask.Answer) chat.Reply {
	return chat.Reply{To: to, Text: m.wordAnswer(a), Options: m.answerOptions(a, chat.Private)}
}

// Unreadable words why a file could not be read.
func Unreadable(e *sheet.Error) chat.Text { return unreadable(e) }
