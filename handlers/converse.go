package handlers

import (
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
		return say(s), false, nil
	case disputeScript().Name:
		return advance(s, u, disputeScript(), r.disputed)
	case targetScript().Name:
		return advance(s, u, targetScript(), r.pledged)
	default: // of another version: the conversation is no more
		s.Session.Dialog = dialog.State{Turn: s.Session.Dialog.Turn}
		return say(s), false, nil
	}
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
