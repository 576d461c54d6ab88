package handlers

import (
	"context"
	"fmt"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector/ask"
	"maqta/sector/facts"
	"maqta/storage"
)

// shownAs is a figure as a text that changes whenever the figure does.
func shownAs(f *facts.Fact) string {
	return string(f.Qualifier) + " " + f.Value.String() + " " + string(f.Unit)
}

// Announce tells people what a new edition of the facts changed: those who were
// given a figure that is now another, and those who asked for what is now known.
// Each is told once: the edition is recorded in the same transaction.
func (r *Router) Announce(ctx context.Context, now time.Time) error {
	err := r.Store.Update(ctx, func(tx *storage.Tx) error {
		last, err := tx.Edition()
		if err != nil || last == r.Mind.Book.Edition() {
			return err
		}
		if last != "" {
			if err := r.announceCorrections(tx, now); err != nil {
				return err
			}
			if err := r.announceNews(tx); err != nil {
				return err
			}
		}
		present := map[string]string{}
		for _, f := range r.Mind.Book.Facts() {
			present[string(f.Key)] = shownAs(f)
		}
		if err := tx.SetShown(present); err != nil {
			return err
		}
		return tx.SetEdition(r.Mind.Book.Edition())
	})
	if err != nil {
		return fmt.Errorf("announce edition %s: %w", r.Mind.Book.Edition(), err)
	}
	return nil
}

// announceCorrections writes to those who were given another figure.
func (r *Router) announceCorrections(tx *storage.Tx, now time.Time) error {
	figures, err := tx.GivenTo("")
	if err != nil {
		return err
	}
	for _, g := range figures {
		f, known := r.Mind.Book.Fact(facts.Key(g.Fact))
		if known && shownAs(f) == g.Value {
			continue
		}
		who, p, err := reader(tx, g.Who)
		if err != nil {
			return err
		}
		if !p.Known() || p.Quiet {
			continue
		}
		reply := chat.Reply{To: who, Lang: notices(p, g.Lang), Bulk: true, Options: quietOption()}
		was := formerFigure(g.Value)
		day := chat.On(g.At.In(r.Mind.Zone))
		if known {
			reply.Text = locales.CorrectionNotice(day, figureText(f), was)
			g.Value, g.At = shownAs(f), now
			if err := tx.Give(g); err != nil {
				return err
			}
		} else {
			reply.Text = locales.CorrectionWithdrawn(day, was)
			if err := tx.Ungive(g); err != nil {
				return err
			}
		}
		if err := r.notify(tx, reply); err != nil {
			return err
		}
	}
	return nil
}

// announceNews answers the questions that could not be answered when asked.
func (r *Router) announceNews(tx *storage.Tx) error {
	wishes, err := tx.Watches("")
	if err != nil {
		return err
	}
	for _, w := range wishes {
		q, err := ask.ParseKey(w.Query)
		if err != nil { // of another version, and no button for it is left
			if err := tx.Unwatch(w); err != nil {
				return err
			}
			continue
		}
		who, p, err := reader(tx, w.Who)
		if err != nil {
			return err
		}
		lang := notices(p, w.Lang)
		a := r.Mind.Asker.Answer(q, ask.Lang(lang))
		if refused(a) {
			continue
		}
		if p.Known() {
			err = r.notify(tx, chat.Reply{
				To: who, Lang: lang, Bulk: true,
				Text: chat.Paragraphs(locales.WatchKnown(), r.Mind.wordAnswer(a)), Options: r.Mind.answerOptions(a, chat.Private),
			})
			if err != nil {
				return err
			}
		}
		if err := tx.Unwatch(w); err != nil {
			return err
		}
	}
	return nil
}

// notify words a notice and puts it into the outbox.
func (r *Router) notify(tx *storage.Tx, reply chat.Reply) error {
	for _, m := range r.word(reply, reply.Lang) {
		if err := tx.Enqueue(m); err != nil {
			return err
		}
	}
	return nil
}

// reader finds where to write to the person behind a key.
func reader(tx *storage.Tx, key storage.PersonKey) (chat.ChatID, storage.Person, error) {
	id, known, err := tx.Whose(key)
	if err != nil || !known {
		return 0, storage.Person{}, err
	}
	p, err := tx.Person(id)
	return chat.ChatID(id), p, err
}

// notices is the language for a notice: the person's choice, else the language
// in which they asked.
func notices(p storage.Person, asked chat.Lang) chat.Lang {
	switch {
	case p.Lang.Known():
		return p.Lang
	case asked.Known():
		return asked
	default:
		return chat.Kazakh
	}
}

func quietOption() [][]chat.Option {
	return [][]chat.Option{{{Label: locales.ButtonNoticesOff(), Data: tapSet + ":" + setQuiet}}}
}
