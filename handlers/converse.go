package handlers

import (
	"errors"
	"fmt"

	"maqta/bot/chat"
	"maqta/bot/dialog"
)

// converse gives an input to the open conversation. ok is false when there is
// none, or when the input is not for it; the outcome then only says where the
// person stands now.
func (r *Router) converse(s Scene, u chat.Update) (out Outcome, ok bool, err error) {
	switch s.Session.Dialog.Script {
	case "":
		if out, ok, err = r.sentAlready(s, u); ok || err != nil {
			return out, ok, err
		}
		// The press that ended the last conversation, sent again by the app.
		tap, press := u.In.(chat.Tapped)
		return out, press && s.Session.Dialog.Repeats(tap.Data), nil
	case formName:
		return r.report(s, u)
	case whoseScript(nil).Name:
		return r.placing(s, u)
	case wishScript(nil).Name:
		return r.wishing(s, u)
	case returnScript(nil).Name:
		return r.returningReport(s, u)
	case disputeScript().Name:
		return advance(s, u, disputeScript(), r.disputed)
	case targetScript().Name:
		return advance(s, u, targetScript(), r.pledged)
	case registerName:
		return r.enrolling(s, u)
	case refuseName:
		return advance(s, u, refuseScript(), r.refusedFor)
	case inviteName:
		return advance(s, u, inviteScript(), r.invited)
	case editScriptName:
		look := &binLook{s: s}
		out, ok, err = advance(s, u, r.editScript(look), r.edited)
		return out, ok, errors.Join(err, look.err)
	default: // of another version: the conversation is no more
		s.Session.Dialog = dialog.State{Turn: s.Session.Dialog.Turn}
		return say(s), false, nil
	}
}

// begin opens a conversation with its first question in a new message. An open
// registration is laid aside meanwhile: nothing that a person told us is lost.
func begin[T any](s Scene, u chat.Update, script dialog.Script[T], draft T) (Outcome, error) {
	if open := s.Session.Dialog; open.Script == registerName && script.Name != registerName {
		open.View = dialog.Aside
		s.Session.Held = open
	}
	st, err := script.Begin(s.Session.Dialog, draft, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("begin %s: %w", script.Name, err)
	}
	turn, err := script.Ask(st, nil, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("begin %s: %w", script.Name, err)
	}
	return turnOutcome(s, u, turn), nil
}

// resume asks the open question once more: after /register, after the language
// has changed, in a new message or, after a press, in the pressed one's place.
func (r *Router) resume(s Scene, u chat.Update, in chat.Input) (Outcome, error) {
	switch s.Session.Dialog.Script {
	case registerName:
		return askAgain(s, u, r.registerScript(&binLook{s: s}), in)
	case refuseName:
		return askAgain(s, u, refuseScript(), in)
	case inviteName:
		return askAgain(s, u, inviteScript(), in)
	case editScriptName:
		return askAgain(s, u, r.editScript(&binLook{s: s}), in)
	}
	return say(s), nil
}

func askAgain[T any](s Scene, u chat.Update, script dialog.Script[T], in chat.Input) (Outcome, error) {
	turn, err := script.Ask(s.Session.Dialog, in, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("resume %s: %w", script.Name, err)
	}
	out := turnOutcome(s, u, turn)
	for i := range out.Replies {
		out.Replies[i].Lang = s.Lang
	}
	return out, nil
}

// enrolling takes a turn of the registration. What is typed after a long silence
// is not taken for an answer: the registration is laid aside and the text is
// handled as if none were open.
func (r *Router) enrolling(s Scene, u chat.Update) (Outcome, bool, error) {
	look := &binLook{s: s}
	script := r.registerScript(look)
	if !idleText(s, u) {
		out, ok, err := advance(s, u, script, r.registered)
		return out, ok, errors.Join(err, look.err)
	}
	turn, err := script.Advance(s.Session.Dialog, chat.Command{Name: "cancel"}, u.At)
	if err != nil {
		return Outcome{}, false, fmt.Errorf("lay %s aside: %w", script.Name, err)
	}
	return turnOutcome(s, u, turn), false, nil
}

// finished handles the result of a conversation.
type finished[T any] func(s Scene, u chat.Update, result T) ([]chat.Reply, []Write, error)

// advance takes one turn of a conversation.
func advance[T any](s Scene, u chat.Update, script dialog.Script[T], finish finished[T]) (Outcome, bool, error) {
	turn, err := script.Advance(s.Session.Dialog, u.In, u.At)
	if err != nil {
		return Outcome{}, false, fmt.Errorf("advance %s: %w", script.Name, err)
	}
	if turn.Fate == dialog.Foreign {
		return say(s), false, nil
	}
	out := turnOutcome(s, u, turn)
	if turn.State.Idle() && !s.Session.Held.Idle() {
		out.Session.Dialog, out.Session.Held = s.Session.Held, dialog.State{}
	}
	if turn.Done() {
		replies, writes, err := finish(s, u, turn.Result)
		if err != nil {
			return Outcome{}, false, fmt.Errorf("finish %s: %w", script.Name, err)
		}
		out.Replies = append(out.Replies, replies...)
		out.Writes = append(out.Writes, writes...)
	}
	return out, turn.Fate != dialog.Expired, nil
}

// turnOutcome addresses the replies of a turn and keeps its state.
func turnOutcome[T any](s Scene, u chat.Update, turn dialog.Turn[T]) Outcome {
	out := say(s, turn.Replies...)
	for i := range out.Replies {
		out.Replies[i].To = u.Chat
	}
	out.Session.Dialog = turn.State
	return out
}
