package storage

import (
	"bytes"
	"fmt"
	"time"

	"maqta/bot/chat"
)

// ofPerson is a key of something that belongs to one person: it begins with the
// person, so that /forget finds it.
type ofPerson struct {
	Who  PersonKey
	What string
}

func (k ofPerson) bytes() []byte { return []byte(string(k.Who) + "\x00" + k.What) }

func splitOfPerson(key []byte) (ofPerson, error) {
	who, what, ok := bytes.Cut(key, []byte{0})
	if !ok {
		return ofPerson{}, fmt.Errorf("corrupt key %q of a person's record", key)
	}
	return ofPerson{PersonKey(who), string(what)}, nil
}

// Watch is a wish to be told when something becomes known.
type Watch struct {
	Who   PersonKey `json:"-"`
	Query string    `json:"-"` // the key of the query that had no answer
	Lang  chat.Lang `json:"lang"`
	Asked time.Time `json:"asked"`
}

// watches: who wants to be told of what.
//
//	key        person, query
//	value      Watch
//	retention  until it is told, or /forget
var watches = table[ofPerson, Watch]{name: "watches", key: ofPerson.bytes}

// Given is a figure that somebody was given.
type Given struct {
	Who   PersonKey `json:"-"`
	Fact  string    `json:"-"` // the fact's key
	Value string    `json:"value"`
	Lang  chat.Lang `json:"lang"`
	At    time.Time `json:"at"`
}

// given: who was given which figure, to tell them when it is corrected.
//
//	key        person, fact
//	value      Given
//	retention  a year, or /forget
var given = table[ofPerson, Given]{name: "given", key: ofPerson.bytes}

const givenKept = 365 * 24 * time.Hour

// shown: the figures as people last knew them, to see what a new edition changes.
//
//	key        fact key
//	value      the figure, comparable as text
//	retention  until the fact is withdrawn
var shown = table[string, string]{name: "shown", key: textKey[string]}

// Watch stores a wish; a second one for the same query changes nothing.
func (tx *Tx) Watch(w Watch) error {
	k := ofPerson{w.Who, w.Query}
	if _, ok, err := watches.get(tx.bolt, k); err != nil || ok {
		return err
	}
	return watches.put(tx.bolt, k, w)
}

// Unwatch drops a wish.
func (tx *Tx) Unwatch(w Watch) error { return watches.delete(tx.bolt, ofPerson{w.Who, w.Query}) }

// Watches lists the wishes of one person, or of everybody when who is "".
func (v *View) Watches(who PersonKey) ([]Watch, error) {
	var list []Watch
	err := watches.scan(v.bolt, personPrefix(who), nil, func(key []byte, w Watch) (bool, error) {
		k, err := splitOfPerson(key)
		w.Who, w.Query = k.Who, k.What
		list = append(list, w)
		return true, err
	})
	return list, err
}

// Give stores that the person was given a figure.
func (tx *Tx) Give(g Given) error { return given.put(tx.bolt, ofPerson{g.Who, g.Fact}, g) }

// Ungive forgets that the person was given a figure that has been withdrawn.
func (tx *Tx) Ungive(g Given) error { return given.delete(tx.bolt, ofPerson{g.Who, g.Fact}) }

// GivenTo lists the figures that one person was given, or everybody when who is "".
func (v *View) GivenTo(who PersonKey) ([]Given, error) {
	var list []Given
	err := given.scan(v.bolt, personPrefix(who), nil, func(key []byte, g Given) (bool, error) {
		k, err := splitOfPerson(key)
		g.Who, g.Fact = k.Who, k.What
		list = append(list, g)
		return true, err
	})
	return list, err
}

// PruneGiven drops figures given more than a year ago.
func (tx *Tx) PruneGiven(now time.Time) error {
	list, err := tx.GivenTo("")
	if err != nil {
		return err
	}
	for _, g := range list {
		if now.Sub(g.At) > givenKept {
			if err := tx.Ungive(g); err != nil {
				return err
			}
		}
	}
	return nil
}

// Shown returns the figures as people last knew them, by fact key.
func (v *View) Shown() (map[string]string, error) {
	m := map[string]string{}
	err := shown.scan(v.bolt, nil, nil, func(key []byte, value string) (bool, error) {
		m[string(key)] = value
		return true, nil
	})
	return m, err
}

// SetShown stores the figures of the present edition.
func (tx *Tx) SetShown(now map[string]string) error {
	old, err := tx.Shown()
	if err != nil {
		return err
	}
	for fact := range old {
		if _, still := now[fact]; !still {
			if err := shown.delete(tx.bolt, fact); err != nil {
				return err
			}
		}
	}
	for fact, value := range now {
		if old[fact] != value {
			if err := shown.put(tx.bolt, fact, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgetReading deletes what the person wished and was given.
func (tx *Tx) forgetReading(who PersonKey) error {
	wishes, err := tx.Watches(who)
	if err != nil {
		return err
	}
	for _, w := range wishes {
		if err := tx.Unwatch(w); err != nil {
			return err
		}
	}
	figures, err := tx.GivenTo(who)
	if err != nil {
		return err
	}
	for _, g := range figures {
		if err := tx.Ungive(g); err != nil {
			return err
		}
	}
	return nil
}

func personPrefix(who PersonKey) []byte {
	if who == "" {
		return nil
	}
	return []byte(string(who) + "\x00")
}
