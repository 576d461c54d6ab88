// Package handlers is what Maqta answers.
//
// A handler is given a [Scene] and an update and returns an [Outcome]: what to
// say, what to write, where the person stands now. It has no clock, no network
// and no randomness, so the same updates always lead to the same records. The
// [Router] is the shell around them: it takes a batch of updates, runs the
// handlers in one transaction and puts what they say into the outbox in that
// same transaction. There is one file for each conversation.
package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/storage"
)

// Config is what a Router is made of.
type Config struct {
	Store   *storage.DB
	Mind    *Mind
	Contact map[chat.Lang]chat.Quote        // a human contact for /help, may be empty
	Admins  []chat.UserID                   // who administers the bot
	Limit   bool                            // whether one noisy person is answered once and then waited out
	Log     *slog.Logger                    // never receives what a person wrote
	Missed  func(questions int)             // counts questions without an answer; may be nil
	Broken  func(quarantined, unproved int) // counts what went wrong; may be nil
	BotName func() string                   // the bot's username for links, "" before it is known
}

// Router applies updates. It implements the sink that package bot asks for.
type Router struct {
	Config
	commands map[string]Handler // by command name
	taps     map[string]tapper  // by the first part of a button's data
}

// New returns a router.
func New(c Config) *Router {
	r := &Router{Config: c}
	r.commands = r.commandTable()
	r.taps = r.tapTable()
	return r
}

// offence is a handler's failure: the update is at fault, not the store.
type offence struct {
	update chat.Update
	cause  error
}

func (o *offence) Error() string {
	return fmt.Sprintf("handle update %d: %v", o.update.ID, o.cause)
}

func (o *offence) Unwrap() error { return o.cause }

// Apply applies a batch in one transaction. When one update breaks its handler
// the transaction is rolled back and the batch is replayed one update at a time,
// so that the offender alone goes to the quarantine. Any other error means that
// nothing may be confirmed yet.
func (r *Router) Apply(ctx context.Context, batch []chat.Update) error {
	err := r.apply(ctx, batch)
	var bad *offence
	if !errors.As(err, &bad) {
		return err
	}
	for _, u := range batch {
		err := r.apply(ctx, []chat.Update{u})
		if errors.As(err, &bad) {
			err = r.isolate(ctx, bad)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *Router) apply(ctx context.Context, batch []chat.Update) error {
	err := r.Store.Update(ctx, func(tx *storage.Tx) error {
		for _, u := range batch {
			if err := r.turn(tx, u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("apply %d updates: %w", len(batch), err)
	}
	return nil
}

// turn applies one update unless it has been applied before.
func (r *Router) turn(tx *storage.Tx, u chat.Update) error {
	done, err := tx.Seen(u.ID)
	if err != nil || done {
		return err
	}
	if err := tx.Remember(u.ID); err != nil {
		return err
	}
	switch in := u.In.(type) {
	case chat.Blocked:
		return tx.MarkUnreachable(u.Chat, u.At)
	case chat.Unblocked:
		return tx.MarkReachable(u.Chat)
	case chat.Moved:
		return tx.MoveChat(u.Chat, in.To)
	}
	if err := tx.MarkReachable(u.Chat); err != nil {
		return err
	}
	return r.answer(tx, u)
}

// answer runs the handler and keeps all that it decided.
func (r *Router) answer(tx *storage.Tx, u chat.Update) error {
	who, err := r.meet(tx, u)
	if err != nil {
		return err
	}
	place := storage.Place{Chat: u.Chat, User: u.From}
	session, err := tx.Session(place)
	if err != nil {
		return err
	}
	scene := Scene{Person: who, Session: session, Lang: langOf(who, u), Read: &tx.View}
	out, err := r.decide(scene, u)
	if err != nil {
		return &offence{u, err}
	}
	for _, w := range out.Writes {
		if err := w.write(tx, who, u.At); err != nil {
			return err
		}
	}
	if err := r.keepSession(tx, place, session, out); err != nil {
		return err
	}
	return r.enqueue(tx, scene, u, out.Replies)
}

// keepSession stores where the person stands when that has changed, unless the
// person has just been forgotten.
func (r *Router) keepSession(tx *storage.Tx, place storage.Place, before storage.Session, out Outcome) error {
	for _, w := range out.Writes {
		if _, gone := w.(forgetPerson); gone {
			return nil
		}
	}
	old, err := json.Marshal(before)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	now, err := json.Marshal(out.Session)
	if err != nil {
		return fmt.Errorf("encode session: %w", err)
	}
	if string(old) == string(now) {
		return nil
	}
	return tx.SaveSession(place, out.Session)
}

// decide runs the handler; a panic is the update's fault, like an error.
func (r *Router) decide(s Scene, u chat.Update) (out Outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return r.route(s, u)
}

// meet returns the person and stores a stranger.
func (r *Router) meet(tx *storage.Tx, u chat.Update) (storage.Person, error) {
	who, err := tx.Person(u.From)
	if err != nil {
		return who, err
	}
	if who.Known() && (who.App == u.Lang || !u.Lang.Known()) {
		return who, nil
	}
	if !who.Known() {
		who.Since = u.At
	}
	who.App = u.Lang
	return tx.SavePerson(who)
}

// langOf is the language to answer in where the text itself does not decide:
// the person's choice, else the app's, else Kazakh, the state language.
func langOf(who storage.Person, u chat.Update) chat.Lang {
	switch {
	case who.Lang.Known():
		return who.Lang
	case u.Lang.Known():
		return u.Lang
	default:
		return chat.Kazakh
	}
}

// isolate puts an update aside and apologises to its sender.
func (r *Router) isolate(ctx context.Context, bad *offence) error {
	u := bad.update
	r.Log.Error("update quarantined", "update_id", int64(u.ID), "input", fmt.Sprintf("%T", u.In), "cause", bad.cause)
	if r.Broken != nil {
		r.Broken(1, 0)
	}
	err := r.Store.Update(ctx, func(tx *storage.Tx) error {
		if err := tx.Remember(u.ID); err != nil {
			return err
		}
		// What the person wrote is not kept here: the kind of input and the cause
		// are what a developer needs.
		note, err := json.Marshal(map[string]any{"id": u.ID, "input": fmt.Sprintf("%T", u.In)})
		if err != nil {
			return fmt.Errorf("encode quarantined update: %w", err)
		}
		if err := tx.Isolate(storage.Isolated{Kind: "update", At: u.At, Cause: bad.cause.Error(), Raw: note}); err != nil {
			return err
		}
		who, err := tx.Person(u.From)
		if err != nil || u.Place == chat.Inline {
			return err
		}
		scene := Scene{Person: who, Lang: langOf(who, u)}
		return r.enqueue(tx, scene, u, []chat.Reply{{To: u.Chat, Text: locales.ErrorOurs()}})
	})
	if err != nil {
		return fmt.Errorf("quarantine update %d: %w", u.ID, err)
	}
	return nil
}

// Quarantine keeps an update that could not even be decoded.
func (r *Router) Quarantine(ctx context.Context, raw []byte, at time.Time, cause error) error {
	r.Log.Error("undecodable update quarantined", "bytes", len(raw), "cause", cause)
	if r.Broken != nil {
		r.Broken(1, 0)
	}
	if !json.Valid(raw) {
		var err error
		if raw, err = json.Marshal(string(raw)); err != nil {
			return fmt.Errorf("encode undecodable update: %w", err)
		}
	}
	err := r.Store.Update(ctx, func(tx *storage.Tx) error {
		return tx.Isolate(storage.Isolated{Kind: "raw", At: at, Cause: cause.Error(), Raw: raw})
	})
	if err != nil {
		return fmt.Errorf("quarantine undecodable update: %w", err)
	}
	return nil
}
