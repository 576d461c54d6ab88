package storage

import (
	"fmt"
	"time"

	"maqta/bot/chat"
	"maqta/sector"
)

// PersonKey names a person in all records but this bucket. It is random: once
// the line that maps it to a Telegram id is deleted, it leads to nobody.
type PersonKey = sector.PersonKey

// Person is what we keep of somebody who wrote to us: no name, no telephone
// number, no text.
type Person struct {
	Key   PersonKey   `json:"key"`
	Lang  chat.Lang   `json:"lang,omitempty"` // the language chosen, "" until one is
	App   chat.Lang   `json:"app,omitempty"`  // the language of the app, a guess for the first greeting
	Since time.Time   `json:"since"`
	Quiet bool        `json:"quiet,omitempty"` // wants no notices of corrected figures
	ID    chat.UserID `json:"-"`
}

// Known reports whether the person has been stored.
func (p Person) Known() bool { return p.Key != "" }

// people: who wrote to us.
//
//	key        Telegram user id
//	value      Person
//	invariant  people and person_keys mirror each other
//	retention  until /forget
var (
	people     = table[chat.UserID, Person]{name: "people", key: idKey[chat.UserID]}
	personKeys = table[PersonKey, chat.UserID]{name: "person_keys", key: textKey[PersonKey]}
)

// Person returns what is known of the user; a stranger has no Key.
func (v *View) Person(id chat.UserID) (Person, error) {
	p, _, err := people.get(v.bolt, id)
	p.ID = id
	return p, err
}

// Whose returns the Telegram id behind a key, and false when the person has been forgotten.
func (v *View) Whose(key PersonKey) (chat.UserID, bool, error) {
	return personKeys.get(v.bolt, key)
}

// SavePerson stores the person and gives a stranger a key.
func (tx *Tx) SavePerson(p Person) (Person, error) {
	if p.Key == "" {
		n, err := people.next(tx.bolt)
		if err != nil {
			return p, err
		}
		p.Key = tx.newKey(n)
		if _, taken, err := personKeys.get(tx.bolt, p.Key); err != nil {
			return p, err
		} else if taken || p.Key == "" {
			return p, fmt.Errorf("key of person %d is empty or taken", n)
		}
		if err := personKeys.put(tx.bolt, p.Key, p.ID); err != nil {
			return p, err
		}
	}
	return p, people.put(tx.bolt, p.ID, p)
}

// Forget deletes what is personal: the line that leads from the key to the
// Telegram id, the sessions, the watches, the figures given, the
// disputes and the posts in enterprises, whose reports stay.
func (tx *Tx) Forget(p Person) error {
	if err := people.delete(tx.bolt, p.ID); err != nil {
		return err
	}
	if err := personKeys.delete(tx.bolt, p.Key); err != nil {
		return err
	}
	if err := tx.forgetSessions(p.ID); err != nil {
		return err
	}
	if err := tx.dropDisputes(func(d Dispute) bool { return d.Who == p.Key }); err != nil {
		return err
	}
	if err := tx.leaveAll(p.Key); err != nil {
		return err
	}
	return tx.forgetReading(p.Key)
}
