package handlers

import (
	"time"

	"maqta/bot/chat"
	"maqta/storage"
)

// Scene is what a handler may look at: who wrote, where they stand, and the
// records as they are inside the present transaction.
type Scene struct {
	Person  storage.Person
	Session storage.Session
	Lang    chat.Lang // the language to answer in: chosen, else the app's, else Kazakh
	Read    *storage.View
}

// Outcome is what a handler decided. Nothing has happened yet: the router
// writes it, renders it and puts it into the outbox, in one transaction.
type Outcome struct {
	Session storage.Session // where the person stands now
	Replies []chat.Reply
	Writes  []Write
}

// Write is a change of the records. The set is closed.
type Write interface {
	write(tx *storage.Tx, who storage.Person, at time.Time) error
}

// Handler answers one kind of input.
type Handler func(Scene, chat.Update) (Outcome, error)

// say is the outcome of only answering.
func say(s Scene, replies ...chat.Reply) Outcome {
	return Outcome{Session: s.Session, Replies: replies}
}

type (
	// saveLanguage stores the language that the person chose.
	saveLanguage struct{ lang chat.Lang }
	// saveQuiet stores whether the person wants notices of corrected figures.
	saveQuiet struct{ quiet bool }
	// forgetPerson deletes what is personal.
	forgetPerson struct{}
	// countMiss counts a question without an answer.
	countMiss struct {
		topic string
		lang  chat.Lang
	}
	// giveFigure remembers that the person was given a figure.
	giveFigure struct {
		fact, value string
		lang        chat.Lang
	}
	// addWatch remembers that the person wants to be told when something is known.
	addWatch struct {
		query string
		lang  chat.Lang
	}
	// countOpinion counts what somebody thought of an answer.
	countOpinion struct {
		query   string
		helpful bool
	}
	// openDispute and closeDispute store an objection and what came of it.
	openDispute  struct{ dispute storage.Dispute }
	closeDispute struct {
		number uint64
		how    storage.DisputeOutcome
	}
)

func (w saveLanguage) write(tx *storage.Tx, who storage.Person, _ time.Time) error {
	who, err := tx.Person(who.ID)
	if err != nil {
		return err
	}
	who.Lang = w.lang
	_, err = tx.SavePerson(who)
	return err
}

func (w saveQuiet) write(tx *storage.Tx, who storage.Person, _ time.Time) error {
	who, err := tx.Person(who.ID)
	if err != nil {
		return err
	}
	who.Quiet = w.quiet
	_, err = tx.SavePerson(who)
	return err
}

func (forgetPerson) write(tx *storage.Tx, who storage.Person, _ time.Time) error {
	return tx.Forget(who)
}

func (w countMiss) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	return tx.Miss(at, w.topic, w.lang, who.Key)
}

func (w giveFigure) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	return tx.Give(storage.Given{Who: who.Key, Fact: w.fact, Value: w.value, Lang: w.lang, At: at})
}

func (w addWatch) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	return tx.Watch(storage.Watch{Who: who.Key, Query: w.query, Lang: w.lang, Asked: at})
}

func (w countOpinion) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.CountFeedback(w.query, w.helpful)
}

func (w openDispute) write(tx *storage.Tx, _ storage.Person, _ time.Time) error {
	return tx.OpenDispute(w.dispute)
}

func (w closeDispute) write(tx *storage.Tx, _ storage.Person, at time.Time) error {
	return tx.CloseDispute(w.number, w.how, at)
}
