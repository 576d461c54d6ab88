package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
)

// A whole report may come in one message without a form having been opened.

// leastLines is how many lines of a report make a message one: a single number
// may stand in any sentence.
const leastLines = 2

// offhand takes a message that is a whole report, from somebody who reports, for
// just that. Of several enterprises the person says which is meant.
func (r *Router) offhand(s Scene, u chat.Update, in chat.Said) (Outcome, bool, error) {
	sure := sector.ReadReport(in.Text).Sure()
	if u.Place != chat.Private || len(sure) < leastLines || strings.HasSuffix(strings.TrimSpace(in.Text), "?") {
		return Outcome{}, false, nil
	}
	firms, err := r.ownFirms(s)
	if err != nil || !reportsAny(firms, sure) {
		return Outcome{}, false, err
	}
	if len(firms) == 1 {
		out, err := r.readReport(s, u, firms[0], in)
		return out, true, err
	}
	out, err := begin(s, u, whoseScript(firms), unplaced{Text: in.Text})
	return out, true, err
}

// reportsAny reports whether one of the enterprises makes what is reported.
func reportsAny(firms []sector.Enterprise, sure map[sector.Field]sector.Value) bool {
	for _, firm := range firms {
		own := 0
		for line := range sure {
			if (form{firm: firm}).asked(line)(answers{Products: sector.Products()}) {
				own++
			}
		}
		if own >= leastLines {
			return true
		}
	}
	return false
}

// readReport fills the form of an enterprise from one message.
func (r *Router) readReport(s Scene, u chat.Update, firm sector.Enterprise, in chat.Said) (Outcome, error) {
	month, _ := r.saidMonth(in.Text, u.At)
	f, err := r.loadForm(s, firm, r.monthOr(firm, month, u.At), u.At)
	if err != nil {
		return Outcome{}, err
	}
	if text, _ := r.notNow(f, u.At); !text.IsZero() {
		return r.openForm(s, u, firm, f.month)
	}
	st, err := r.draftOf(s, f, u.At)
	if err != nil {
		return Outcome{}, err
	}
	if st.Aside() {
		st.View = dialog.Question
	}
	turn, err := f.script().Advance(st, in, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("read a report: %w", err)
	}
	return r.kept(s, u, f, turn)
}

// unplaced is a report of which it is not known yet whose it is.
type unplaced struct {
	Text string              `json:"text"`
	Firm sector.EnterpriseID `json:"firm,omitempty"`
}

// whoseScript asks which of the person's enterprises a report is of.
func whoseScript(firms []sector.Enterprise) dialog.Script[unplaced] {
	picks := make([]dialog.Pick[sector.EnterpriseID], 0, len(firms))
	for _, firm := range firms {
		picks = append(picks, dialog.Pick[sector.EnterpriseID]{
			Name: strconv.FormatUint(uint64(firm.ID), 10), Label: locales.ReportName(chat.Quote(brief(firm.Name))), Value: firm.ID,
		})
	}
	return dialog.Script[unplaced]{
		Name: "whose",
		Steps: []dialog.Step[unplaced]{
			dialog.Choice("firm", locales.ReportWhichFirm(), 1, picks, nil, func(d *unplaced) *sector.EnterpriseID { return &d.Firm }),
		},
		Words:   dialogWords(),
		Expires: func(_ unplaced, touched time.Time) time.Time { return touched.Add(followUp) },
	}
}

// placing takes one turn of saying whose a report is, and then reads it.
func (r *Router) placing(s Scene, u chat.Update) (Outcome, bool, error) {
	firms, err := r.ownFirms(s)
	if err != nil {
		return Outcome{}, false, err
	}
	var chosen unplaced
	out, ok, err := advance(s, u, whoseScript(firms), func(_ Scene, _ chat.Update, d unplaced) ([]chat.Reply, []Write, error) {
		chosen = d
		return nil, nil, nil
	})
	if err != nil || chosen.Firm == 0 {
		return out, ok, err
	}
	firm, mine, err := r.ownFirm(s, chosen.Firm)
	if err != nil || !mine {
		return out, ok, err
	}
	s.Session = out.Session
	read, err := r.readReport(s, u, firm, chat.Said{Text: chosen.Text})
	read.Replies = append(out.Replies, read.Replies...)
	return read, true, err
}
