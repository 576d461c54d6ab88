package storage

import (
	"time"

	"maqta/bot/chat"
)

// Chat is what Telegram told us about a chat.
type Chat struct {
	Unreachable time.Time   `json:"unreachable,omitzero"` // since when we may not write there
	Moved       chat.ChatID `json:"moved,omitempty"`      // the id it has now
}

// chats: chats with a special state; the usual ones have no row.
//
//	key        chat id
//	value      Chat
//	invariant  a moved chat leads to another id
//	retention  Unreachable until the person comes back, Moved for ever
var chats = table[chat.ChatID, Chat]{name: "chats", key: idKey[chat.ChatID]}

// Chat returns the chat's state; the zero value is the usual one.
func (v *View) Chat(id chat.ChatID) (Chat, error) {
	c, _, err := chats.get(v.bolt, id)
	return c, err
}

// MarkUnreachable records that the chat refuses us, and drops what waits for it.
func (tx *Tx) MarkUnreachable(id chat.ChatID, at time.Time) error {
	c, _, err := chats.get(tx.bolt, id)
	if err != nil {
		return err
	}
	c.Unreachable = at
	if err := chats.put(tx.bolt, id, c); err != nil {
		return err
	}
	return tx.dropOutgoing(id)
}

// MarkReachable records that the person came back.
func (tx *Tx) MarkReachable(id chat.ChatID) error {
	c, ok, err := chats.get(tx.bolt, id)
	if err != nil || !ok || c.Unreachable.IsZero() {
		return err
	}
	return chats.delete(tx.bolt, id)
}

// MoveChat records that the group has a new id and readdresses what waits for it.
func (tx *Tx) MoveChat(from, to chat.ChatID) error {
	if err := chats.put(tx.bolt, from, Chat{Moved: to}); err != nil {
		return err
	}
	return tx.readdress(from, to)
}
