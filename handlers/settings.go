package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
)

// The settings that buttons change.
const (
	setQuiet = "quiet"
	setLoud  = "loud"
)

func (r *Router) settings(s Scene, u chat.Update) (Outcome, error) {
	return say(s, settingsReply(s, u.Chat, s.Person.Quiet)), nil
}

func settingsReply(s Scene, to chat.ChatID, quiet bool) chat.Reply {
	notices, toggle := locales.SettingsNoticesOn(), chat.Option{Label: locales.ButtonNoticesOff(), Data: tapSet + ":" + setQuiet}
	if quiet {
		notices, toggle = locales.SettingsNoticesOff(), chat.Option{Label: locales.ButtonNoticesOn(), Data: tapSet + ":" + setLoud}
	}
	return chat.Reply{
		To: to, Text: locales.SettingsText(languageName(s.Lang), notices),
		Options: [][]chat.Option{languageRow(s.Lang), {toggle}},
	}
}

// tapSet switches notices of corrected figures, in place.
func (r *Router) tapSet(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	quiet := arg == setQuiet
	said := locales.SettingsNowOn()
	if quiet {
		said = locales.SettingsNowOff()
	} else if arg != setLoud {
		return r.outdated(s, u, tap), nil
	}
	reply := settingsReply(s, u.Chat, quiet)
	reply.Edits = tap.Message
	reply.Text = chat.Paragraphs(reply.Text, said)
	out := say(s, reply)
	out.Writes = []Write{saveQuiet{quiet}}
	return out, nil
}

// privacy says what is kept and for how long.
func (r *Router) privacy(s Scene, u chat.Update) (Outcome, error) {
	return say(s, chat.Reply{To: u.Chat, Text: locales.PrivacyText()}), nil
}

// mydata lists what is kept of the person.
func (r *Router) mydata(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	given, err := s.Read.GivenTo(s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	watches, err := s.Read.Watches(s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	disputes, err := s.Read.DisputesOf(s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	lang := locales.MydataLanguageNone()
	if s.Person.Lang.Known() {
		lang = locales.MydataLanguage(languageName(s.Person.Lang))
	}
	lines := []chat.Text{
		locales.MydataLead(), locales.MydataSince(chat.On(s.Person.Since.In(r.Mind.Zone))), lang,
		locales.MydataGiven(chat.Count(len(given))), locales.MydataWatches(chat.Count(len(watches))),
	}
	if len(disputes) > 0 {
		lines = append(lines, locales.MydataDisputes(chat.Count(len(disputes))))
	}
	posts, err := firmsOf(s, s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	if len(posts) > 0 {
		lines = append(lines, locales.MydataFirmPosts(chat.Count(len(posts))))
	}
	lines = append(lines, locales.MydataNotKept())
	return say(s, chat.Reply{To: u.Chat, Text: chat.Lines(lines...), Options: [][]chat.Option{forgetRow()}}), nil
}

func forgetRow() []chat.Option {
	return []chat.Option{
		{Label: locales.ButtonDelete(), Data: tapForget + ":yes", Style: chat.Danger},
		{Label: locales.ButtonKeep(), Data: tapForget + ":no"},
	}
}

// forget asks once before it deletes.
func (r *Router) forget(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	ask := locales.ForgetAsk()
	posts, err := firmsOf(s, s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	if len(posts) > 0 {
		ask = chat.Sentences(ask, locales.MydataFirmForget())
	}
	return say(s, chat.Reply{To: u.Chat, Text: ask, Options: [][]chat.Option{forgetRow()}}), nil
}

// tapForget deletes what is personal at once and says what stays and why.
func (r *Router) tapForget(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	switch {
	case u.Place != chat.Private:
		return r.outdated(s, u, tap), nil
	case arg == "no":
		return say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: locales.ForgetKept()}), nil
	case arg != "yes":
		return r.outdated(s, u, tap), nil
	}
	out := say(s, chat.Reply{
		To: u.Chat, Edits: tap.Message, Text: chat.Sentences(locales.ForgetDone(), locales.ForgetStays()),
	})
	out.Writes = []Write{forgetPerson{}}
	return out, nil
}
