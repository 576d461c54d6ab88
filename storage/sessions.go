package storage

import (
	"encoding/binary"
	"encoding/json"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
)

// Session is where one person stands in one chat.
type Session struct {
	Dialog dialog.State    `json:"dialog,omitzero"` // the open conversation, zero when none is
	Held   dialog.State    `json:"held,omitzero"`   // a longer one that waits until the open one has ended
	Last   json.RawMessage `json:"last,omitempty"`  // the last query, for follow-up questions
	LastAt time.Time       `json:"last_at,omitzero"`
	Taps   []Tap           `json:"taps,omitempty"` // the latest presses, oldest first
	Pace   Pace            `json:"pace,omitzero"`
	Tips   int             `json:"tips,omitempty"` // how often examples were shown, to rotate them
}

// Tap is a button press that was acted on: a press that a client sends again
// with a new update id is recognised by it.
type Tap struct {
	Message chat.MessageID `json:"m"`
	Data    string         `json:"d"`
	At      time.Time      `json:"at"`
}

// Pace counts a person's messages, to answer a noisy one once and then wait.
type Pace struct {
	Since time.Time `json:"since,omitzero"` // when the present window began
	Count int       `json:"count,omitempty"`
	Until time.Time `json:"until,omitzero"` // nothing is answered before this
}

// Place is a person in a chat.
type Place struct {
	Chat chat.ChatID
	User chat.UserID
}

// sessions: where people stand.
//
//	key        user id, chat id
//	value      Session
//	invariant  none is empty: a session with nothing in it is deleted
//	retention  until the conversation ends or /forget
var sessions = table[Place, Session]{name: "sessions", key: func(p Place) []byte {
	return pairKey(idKey(p.User), idKey(p.Chat))
}}

// Session returns where the person stands; the zero value when nowhere.
func (v *View) Session(p Place) (Session, error) {
	s, _, err := sessions.get(v.bolt, p)
	return s, err
}

// SaveSession stores where the person stands.
func (tx *Tx) SaveSession(p Place, s Session) error { return sessions.put(tx.bolt, p, s) }

// forgetSessions deletes the person's sessions in every chat.
func (tx *Tx) forgetSessions(id chat.UserID) error {
	var gone []Place
	err := sessions.scan(tx.bolt, idKey(id), nil, func(key []byte, _ Session) (bool, error) {
		gone = append(gone, Place{User: id, Chat: chat.ChatID(binary.BigEndian.Uint64(key[8:]))})
		return true, nil
	})
	if err != nil {
		return err
	}
	for _, p := range gone {
		if err := sessions.delete(tx.bolt, p); err != nil {
			return err
		}
	}
	return nil
}
