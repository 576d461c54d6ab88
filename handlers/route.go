package handlers

import (
	"slices"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/storage"
)

// tapper answers a press on a button; arg is the data behind the first colon.
type tapper func(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error)

// route finds the handler for an input. The order matters: a noisy person is
// waited out before anything else, a repeated press is swallowed, an open
// conversation hears texts before they count as questions.
func (r *Router) route(s Scene, u chat.Update) (Outcome, error) {
	if r.Limit {
		if out, stop := r.pace(&s, u); stop {
			return out, nil
		}
	}
	if in, isFile := u.In.(chat.Uploaded); isFile { // a report, whatever is open
		if out, ok, err := r.takeFile(s, u, in); ok || err != nil {
			return out, err
		}
	}
	out, ok, err := r.converse(s, u)
	if ok || err != nil {
		return out, err
	}
	spoken := out.Replies // what an expired conversation has to say first
	s.Session = out.Session
	out, err = r.handle(s, u)
	out.Replies = append(spoken, out.Replies...)
	return out, err
}

// handle answers an input that no open conversation has taken.
func (r *Router) handle(s Scene, u chat.Update) (Outcome, error) {
	switch in := u.In.(type) {
	case chat.Command:
		return r.command(s, u, in)
	case chat.Tapped:
		return r.tapped(s, u, in)
	case chat.Said:
		if out, ok, err := r.offhand(s, u, in); ok || err != nil {
			return out, err
		}
		return r.said(s, u, in.Text)
	case chat.Edited:
		return r.said(s, u, in.Text)
	case chat.InlineAsked:
		return r.inline(s, u, in)
	case chat.Wordless:
		return r.wordless(s, u)
	case chat.Uploaded:
		return r.uploaded(s, u)
	default: // Blocked, Unblocked and Moved never come here
		return say(s), nil
	}
}

func (r *Router) command(s Scene, u chat.Update, in chat.Command) (Outcome, error) {
	if h, ok := r.commands[in.Name]; ok {
		out, err := h(s, u)
		if err == nil && in.Name == "start" {
			return r.withDrafts(s, u, out)
		}
		return out, err
	}
	return say(s, chat.Reply{To: u.Chat, Text: locales.CommandUnknown(), Options: homeOptions()}), nil
}

// said handles a text: a command typed as a plain word, or a question.
func (r *Router) said(s Scene, u chat.Update, text string) (Outcome, error) {
	if name, ok := r.Mind.plainCommand(text); ok {
		return r.commands[name](s, u)
	}
	return r.question(s, u, text)
}

// tapsKept is how many presses are remembered, and tapAgain how long the same
// press counts as a repetition: apps resend one that was not answered in time.
const (
	tapsKept = 6
	tapAgain = 10 * time.Second
)

func (r *Router) tapped(s Scene, u chat.Update, tap chat.Tapped) (Outcome, error) {
	if repeated(s.Session.Taps, tap, u.At) {
		return say(s), nil
	}
	name, arg, _ := strings.Cut(tap.Data, ":")
	h, ok := r.taps[name]
	if !ok {
		return r.outdated(s, u, tap), nil
	}
	taps := append(s.Session.Taps[:len(s.Session.Taps):len(s.Session.Taps)],
		storage.Tap{Message: tap.Message, Data: tap.Data, At: u.At})
	s.Session.Taps = taps[max(0, len(taps)-tapsKept):]
	return h(s, u, tap, arg)
}

// repeated reports whether a press is the latest one on its message, sent again:
// after another button of the same message it is a press of its own.
func repeated(taps []storage.Tap, tap chat.Tapped, at time.Time) bool {
	for _, t := range slices.Backward(taps) {
		if t.Message == tap.Message {
			return t.Data == tap.Data && at.Sub(t.At) < tapAgain
		}
	}
	return false
}

// outdated answers a press on a button that leads nowhere any more.
func (r *Router) outdated(s Scene, u chat.Update, tap chat.Tapped) Outcome {
	replies := []chat.Reply{{To: u.Chat, Answers: tap.Query, Text: locales.ButtonOld()}}
	if tap.Message != 0 {
		replies = append(replies, chat.Reply{To: u.Chat, Strip: tap.Message})
	}
	return say(s, append(replies, chat.Reply{To: u.Chat, Text: locales.HomeText(), Options: homeOptions()})...)
}

// One person may send so many messages in a window; the next one is answered by
// a request to wait, and then nothing is answered until the wait is over.
const (
	paceWindow   = time.Minute
	paceMessages = 30
	paceWait     = 30 * time.Second
)

// pace counts the input and says whether to stop here.
func (r *Router) pace(s *Scene, u chat.Update) (Outcome, bool) {
	p := &s.Session.Pace
	if u.At.Before(p.Until) {
		return say(*s), true
	}
	if u.At.Sub(p.Since) >= paceWindow || u.At.Before(p.Since) {
		*p = storage.Pace{Since: u.At}
	}
	p.Count++
	if p.Count <= paceMessages {
		return Outcome{}, false
	}
	*p = storage.Pace{Until: u.At.Add(paceWait)}
	if u.Place == chat.Inline {
		return say(*s), true
	}
	return say(*s, chat.Reply{To: u.Chat, Text: locales.ErrorFast(chat.Rule("30"))}), true
}
