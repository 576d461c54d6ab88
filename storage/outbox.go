package storage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"maqta/bot/chat"
)

// waiting is a message of the outbox.
type waiting struct {
	Message   chat.Message `json:"m"`
	Attempts  int          `json:"tries,omitempty"`
	NotBefore time.Time    `json:"not_before,omitzero"`
}

// outbox: what has been decided to say and is not yet known to have arrived.
//
//	key        sequence
//	value      waiting
//	invariant  order of keys is the order in which a chat must read the messages
//	retention  until delivered, refused or the chat is unreachable
var outbox = table[chat.Seq, waiting]{name: "outbox", key: func(s chat.Seq) []byte { return uint64Key(uint64(s)) }}

// prompt is a named message in a chat.
type prompt struct {
	Chat  chat.ChatID
	Token string
}

// prompts: messages that a later one may want to change, by their token.
//
//	key        chat id, token
//	value      message id
//	retention  until the buttons have been taken off
var prompts = table[prompt, chat.MessageID]{name: "prompts", key: func(p prompt) []byte {
	return pairKey(idKey(p.Chat), []byte(p.Token))
}}

// files: pictures and documents that Telegram has already.
//
//	key        SHA-256 of the description, which holds the data's edition
//	value      Telegram's file id
//	retention  for ever: ids do not expire, descriptions are few
var files = table[string, string]{name: "files", key: textKey[string]}

// Enqueue puts a message at the end of the outbox. A message to a chat that has
// moved goes to its new id; a notice to one that refuses us is dropped.
func (tx *Tx) Enqueue(m chat.Message) error {
	c, err := tx.Chat(m.To)
	if err != nil {
		return err
	}
	if c.Moved != 0 {
		m.To = c.Moved
	}
	if m.Bulk && !c.Unreachable.IsZero() {
		return nil
	}
	n, err := outbox.next(tx.bolt)
	if err != nil {
		return err
	}
	return outbox.put(tx.bolt, chat.Seq(n), waiting{Message: m})
}

// Due returns up to limit messages behind after, in order, with the file ids
// that are known.
func (db *DB) Due(ctx context.Context, after chat.Seq, limit int) ([]chat.Outgoing, error) {
	var due []chat.Outgoing
	err := db.View(ctx, func(v *View) error {
		return outbox.scan(v.bolt, nil, uint64Key(uint64(after)+1), func(key []byte, w waiting) (bool, error) {
			out := chat.Outgoing{
				Seq: chat.Seq(binary.BigEndian.Uint64(key)), Message: w.Message,
				Attempts: w.Attempts, NotBefore: w.NotBefore,
			}
			if f := w.Message.File; f != nil {
				var err error
				if out.FileID, _, err = files.get(v.bolt, fileKey(*f)); err != nil {
					return false, err
				}
			}
			due = append(due, out)
			return len(due) < limit, nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return due, nil
}

// SentAs returns the message that was sent under the token, 0 when none is known.
func (db *DB) SentAs(ctx context.Context, to chat.ChatID, token string) (chat.MessageID, error) {
	var id chat.MessageID
	err := db.View(ctx, func(v *View) error {
		var err error
		id, _, err = prompts.get(v.bolt, prompt{to, token})
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("find sent message: %w", err)
	}
	return id, nil
}

func (tx *Tx) settle(d chat.Delivery) error {
	w, ok, err := outbox.get(tx.bolt, d.Seq)
	if err != nil || !ok { // dropped meanwhile, with all that its chat waited for
		return err
	}
	switch d.Outcome {
	case chat.Sent:
		if err := tx.settleSent(w.Message, d); err != nil {
			return err
		}
	case chat.Stale:
	case chat.Postponed:
		w.Attempts++
		w.NotBefore = d.Retry
		return outbox.put(tx.bolt, d.Seq, w)
	case chat.Relocated:
		return tx.MoveChat(w.Message.To, d.MovedTo)
	case chat.Unreachable:
		return tx.MarkUnreachable(w.Message.To, d.At)
	case chat.Refused:
		raw, err := json.Marshal(w.Message)
		if err != nil {
			return fmt.Errorf("encode refused message: %w", err)
		}
		if err := tx.Isolate(Isolated{Kind: "message", At: d.At, Cause: d.Reason, Raw: raw}); err != nil {
			return err
		}
	default:
		return fmt.Errorf("settle message %d: unknown outcome %q", d.Seq, d.Outcome)
	}
	return outbox.delete(tx.bolt, d.Seq)
}

func (tx *Tx) settleSent(m chat.Message, d chat.Delivery) error {
	if m.Token != "" && d.Message != 0 {
		if err := prompts.put(tx.bolt, prompt{m.To, m.Token}, d.Message); err != nil {
			return err
		}
	}
	if m.Retire != "" {
		if err := prompts.delete(tx.bolt, prompt{m.To, m.Retire}); err != nil {
			return err
		}
	}
	if m.File != nil && d.FileID != "" {
		return files.put(tx.bolt, fileKey(*m.File), d.FileID)
	}
	return nil
}

// dropOutgoing deletes what waits for the chat.
func (tx *Tx) dropOutgoing(to chat.ChatID) error {
	return tx.eachWaitingFor(to, func(s chat.Seq, _ waiting) error { return outbox.delete(tx.bolt, s) })
}

// readdress sends what waits for one chat to another.
func (tx *Tx) readdress(from, to chat.ChatID) error {
	return tx.eachWaitingFor(from, func(s chat.Seq, w waiting) error {
		w.Message.To = to
		return outbox.put(tx.bolt, s, w)
	})
}

func (tx *Tx) eachWaitingFor(to chat.ChatID, fn func(chat.Seq, waiting) error) error {
	found := map[chat.Seq]waiting{}
	err := outbox.scan(tx.bolt, nil, nil, func(key []byte, w waiting) (bool, error) {
		if w.Message.To == to {
			found[chat.Seq(binary.BigEndian.Uint64(key))] = w
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	for s, w := range found {
		if err := fn(s, w); err != nil {
			return err
		}
	}
	return nil
}

// fileKey identifies a description. Maps are encoded with sorted keys, so equal
// descriptions have equal keys.
func fileKey(f chat.File) string {
	raw, err := json.Marshal(f)
	if err != nil { // a struct of strings always encodes
		panic(err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}
