package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
)

// wordless answers what cannot be read: a voice message, a photo, a sticker.
func (r *Router) wordless(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private { // in a group it was hardly meant for us
		return say(s), nil
	}
	return say(s, chat.Reply{To: u.Chat, Text: locales.WordlessText(), Options: homeOptions()}), nil
}

// uploaded answers a document that nobody asked for.
func (r *Router) uploaded(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s), nil
	}
	return say(s, chat.Reply{To: u.Chat, Text: locales.WordlessDocument(), Options: homeOptions()}), nil
}
