package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
)

// language offers the three languages, each in itself.
func (r *Router) language(s Scene, u chat.Update) (Outcome, error) {
	return say(s, chat.Reply{
		To: u.Chat, Text: locales.LanguageChoose(), Options: [][]chat.Option{languageRow("")},
	}), nil
}

// languageRow has a button for every language but the given one.
func languageRow(but chat.Lang) []chat.Option {
	var row []chat.Option
	for _, l := range chat.Langs() {
		if l != but {
			row = append(row, chat.Option{Label: languageName(l), Data: tapLang + ":" + string(l)})
		}
	}
	return row
}

// tapLang stores the choice and shows the first screen in it, in place.
func (r *Router) tapLang(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	lang := chat.Lang(arg)
	if !lang.Known() {
		return r.outdated(s, u, tap), nil
	}
	if !s.Session.Dialog.Idle() && !s.Session.Dialog.Aside() { // the live question turns to the new language
		s.Lang = lang
		out, err := r.resume(s, u, tap)
		if err != nil || len(out.Replies) > 0 {
			out.Writes = []Write{saveLanguage{lang}}
			return out, err
		}
	}
	out := say(s, chat.Reply{
		To: u.Chat, Lang: lang, Edits: tap.Message,
		Text:    chat.Paragraphs(locales.LanguageChanged(), locales.StartAsk()),
		Options: append(homeOptions(), languageRow(lang)),
	})
	out.Writes = []Write{saveLanguage{lang}}
	return r.formInLanguage(s, u, out, lang)
}
