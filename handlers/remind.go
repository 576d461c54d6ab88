package handlers

import (
	"context"
	"fmt"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// tapUnmind begins the data of the button that stops reminders: rm:<month>.
const tapUnmind = "rm"

// Reminders go out within these hours of the day.
const (
	remindFrom  = 9
	remindUntil = 20
)

// remindedStop records that a person, whose key follows, wants no reminders.
const remindedStop = "stop:"

// remindKinds are the names under which reminders are recorded, in the order of
// [sector.Deadlines].Reminders.
func remindKinds() [3]string { return [3]string{"first", "second", "last"} }

// reminder is one message: to one person, about all of their enterprises that owe
// the report.
type reminder struct {
	who   storage.Person
	firms []sector.Enterprise
}

// Tick does what is due at a moment by the clock and not by what somebody wrote:
// it reminds those who owe a report. What has been done is recorded in the same
// transaction, so that it may be called at any time, also twice, and after a
// restart. Nothing is written when nothing is due.
func (r *Router) Tick(ctx context.Context, now time.Time) error {
	month, kind, ok := r.remindable(now)
	if !ok {
		return nil
	}
	due := false
	err := r.Store.View(ctx, func(v *storage.View) error {
		firms, err := r.owing(v, month, kind)
		due = len(firms) > 0
		return err
	})
	if err == nil && due {
		err = r.Store.Update(ctx, func(tx *storage.Tx) error { return r.remind(tx, month, kind, now) })
	}
	if err != nil {
		return fmt.Errorf("remind of %s: %w", month, err)
	}
	return nil
}

// remindable returns the month of whose report people are reminded at a moment,
// and which reminder it is: the latest whose day has come, so that one that was
// missed because nothing ran is made up for on a working day before the next.
func (r *Router) remindable(now time.Time) (m sector.Month, kind int, ok bool) {
	if hour := now.In(r.Mind.Zone).Hour(); hour < remindFrom || hour >= remindUntil {
		return m, 0, false
	}
	today := sector.DateOf(now, r.Mind.Zone)
	m = sector.MonthOf(today).Add(-1)
	dates := r.Mind.Calendar.Deadlines(m)
	if dates.Due.Before(today) || !r.Mind.Calendar.Working(today) {
		return m, 0, false
	}
	for i, day := range dates.Reminders {
		if !today.Before(day) {
			kind, ok = i, true
		}
	}
	return m, kind, ok
}

// owing lists the enterprises that owe the report of a month and have not had the
// reminder.
func (r *Router) owing(v *storage.View, m sector.Month, kind int) ([]sector.Enterprise, error) {
	all, err := v.Enterprises()
	if err != nil {
		return nil, err
	}
	var firms []sector.Enterprise
	for _, e := range all {
		owes, err := stillOwes(v, e, m)
		if err != nil {
			return nil, err
		}
		if !owes {
			continue
		}
		done, err := v.Reminded(e.ID, m, remindKinds()[kind])
		if err != nil {
			return nil, err
		}
		if !done {
			firms = append(firms, e)
		}
	}
	return firms, nil
}

// stillOwes reports whether an enterprise owes the report of a month and none is on
// its way. One that was returned or withdrawn is still to come.
func stillOwes(v *storage.View, e sector.Enterprise, m sector.Month) (bool, error) {
	if !e.Owes(m) {
		return false, nil
	}
	report, _, err := v.Submission(e.ID, m)
	return report.State != sector.StateSent && report.State != sector.StateAccepted, err
}

// remind queues the reminders and records them.
func (r *Router) remind(tx *storage.Tx, m sector.Month, kind int, now time.Time) error {
	firms, err := r.owing(&tx.View, m, kind)
	if err != nil {
		return err
	}
	var list []reminder
	for _, e := range firms {
		if list, err = remindersOf(tx, list, e, m); err != nil {
			return err
		}
		if err := tx.Remind(e.ID, m, remindKinds()[kind], now.UTC()); err != nil {
			return err
		}
	}
	for _, one := range list {
		if err := r.notify(tx, r.reminderReply(one, m, kind)); err != nil {
			return err
		}
	}
	return nil
}

// remindersOf adds an enterprise to the reminders of its people: of those who can
// be written to and have not asked for silence.
func remindersOf(tx *storage.Tx, list []reminder, e sector.Enterprise, m sector.Month) ([]reminder, error) {
	members, err := tx.Members(e.ID)
	if err != nil {
		return nil, err
	}
	for _, member := range members {
		silent, err := tx.Reminded(e.ID, m, remindedStop+string(member.Who))
		if err != nil {
			return nil, err
		}
		id, who, err := reader(tx, member.Who)
		if err != nil {
			return nil, err
		}
		if silent || !who.Known() || !member.Role.May(sector.RightReport) {
			continue
		}
		there, err := tx.Chat(id)
		if err != nil {
			return nil, err
		}
		if there.Unreachable.IsZero() {
			list = withFirm(list, who, e)
		}
	}
	return list, nil
}

// withFirm adds an enterprise to a person's reminder, or begins one.
func withFirm(list []reminder, who storage.Person, e sector.Enterprise) []reminder {
	for i := range list {
		if list[i].who.ID == who.ID {
			list[i].firms = append(list[i].firms, e)
			return list
		}
	}
	return append(list, reminder{who: who, firms: []sector.Enterprise{e}})
}

// reminderReply words a reminder. The deadline is said in the same sentence as in
// the form.
func (r *Router) reminderReply(one reminder, m sector.Month, kind int) chat.Reply {
	month := locales.MonthName(locales.MonthKey(m.Month))
	why := locales.RemindFirst(month)
	switch kind {
	case 1:
		why = locales.RemindSecond(month)
	case 2:
		why = locales.RemindLast(month)
	}
	dates := r.Mind.Calendar.Deadlines(m)
	lines := []chat.Text{chat.Sentences(why, locales.ReportDue(chat.On(dates.Due.In(r.Mind.Zone))))}
	for _, e := range one.firms {
		lines = append(lines, locales.RemindFirm(chat.Quote(e.Name)))
	}
	return chat.Reply{
		To: chat.ChatID(one.who.ID), Lang: notices(one.who, one.who.App), Bulk: true,
		Text: chat.Lines(lines...), Options: reminderOptions(one.firms, m, true),
	}
}

// reminderOptions lead into the report at once; with several enterprises each has
// a button.
func reminderOptions(firms []sector.Enterprise, m sector.Month, stop bool) [][]chat.Option {
	var options [][]chat.Option
	if len(firms) == 1 {
		id := firms[0].ID
		options = append(
			options,
			[]chat.Option{
				{Label: locales.PressBegin(), Data: formData(id, m, ""), Style: chat.Primary},
				{Label: locales.PressOneMessage(), Data: formData(id, m, actHow)},
			},
			[]chat.Option{{Label: locales.PressNothing(), Data: formData(id, m, actNothing)}},
		)
	} else {
		for _, e := range firms {
			options = append(options, []chat.Option{
				{Label: locales.RemindFirm(chat.Quote(brief(e.Name))), Data: formData(e.ID, m, "")},
			})
		}
	}
	if stop {
		options = append(options, []chat.Option{{Label: locales.RemindStop(), Data: tapUnmind + ":" + m.String()}})
	}
	return options
}

// tapUnmind stops the reminders of a month's report, for this person and all
// their enterprises.
func (r *Router) tapUnmind(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	m, ok := monthOf(arg)
	if !ok || u.Place != chat.Private {
		return r.outdated(s, u, tap), nil
	}
	ids, err := s.Read.Posts(s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	if len(ids) == 0 {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()}), nil
	}
	var firms []sector.Enterprise
	for _, id := range ids {
		e, ok, err := s.Read.Enterprise(id)
		if err != nil {
			return Outcome{}, err
		}
		owes, err := stillOwes(s.Read, e, m)
		if err != nil {
			return Outcome{}, err
		}
		if ok && owes {
			firms = append(firms, e)
		}
	}
	out := say(s, chat.Reply{
		To: u.Chat, Edits: tap.Message, Text: locales.RemindStopped(locales.MonthName(locales.MonthKey(m.Month))),
		Options: reminderOptions(firms, m, false),
	})
	out.Writes = []Write{stopReminders{firms: ids, month: m}}
	return out, nil
}

// monthOf reads the month that a button carries.
func monthOf(arg string) (sector.Month, bool) {
	m, err := sector.ParseMonth(arg)
	return m, err == nil
}

// stopReminders records that a person wants no more reminders of a month's report.
type stopReminders struct {
	firms []sector.EnterpriseID
	month sector.Month
}

func (w stopReminders) write(tx *storage.Tx, who storage.Person, at time.Time) error {
	for _, id := range w.firms {
		if err := tx.Remind(id, w.month, remindedStop+string(who.Key), at); err != nil {
			return err
		}
	}
	return nil
}
