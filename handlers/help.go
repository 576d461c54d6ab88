package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
)

// commandTable maps the commands. Those of owners answer everyone: who has no
// enterprise learns how to register one.
func (r *Router) commandTable() map[string]Handler {
	return map[string]Handler{
		"start":      r.start,
		"help":       r.help,
		"language":   r.language,
		"facts":      open(menuFacts),
		"production": open(menuProduction),
		"cotton":     open(menuCotton),
		"structure":  open(menuStructure),
		"sources":    r.sources,
		"settings":   r.settings,
		"privacy":    r.privacy,
		"mydata":     r.mydata,
		"forget":     r.forget,
		"cancel":     r.cancel,
		"targets":    r.targets,
		"template":   r.template,
		"submit":     r.submit,
		"mine":       r.mine,
		"log":        r.accessLog,
		"register":   r.register,
		"people":     r.people,
	}
}

// help says what can be asked and, where one is set, whom to turn to.
func (r *Router) help(s Scene, u chat.Update) (Outcome, error) {
	text := locales.HelpText()
	if contact := r.Contact[s.Lang]; contact != "" {
		text = chat.Paragraphs(text, locales.HelpContact(contact))
	}
	return say(s, chat.Reply{To: u.Chat, Text: text, Options: append(homeOptions(), languageRow(s.Lang))}), nil
}

// cancel has nothing to stop when no conversation is open: an open one hears
// the command itself.
func (r *Router) cancel(s Scene, u chat.Update) (Outcome, error) {
	return say(s, chat.Reply{To: u.Chat, Text: locales.CancelNothing(), Options: homeOptions()}), nil
}
