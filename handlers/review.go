package handlers

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// noticeReviewers tells those who may decide that a report waits. The figures
// themselves are opened by a press, which is recorded.
func (r *Router) noticeReviewers(s Scene, firm sector.Enterprise, report sector.Submission) ([]chat.Reply, error) {
	text := locales.FateWaits(receiptText(report.Receipt), chat.Count(len(report.Versions)))
	rows := [][]chat.Option{{{Label: locales.PressOpen(), Data: tapOpen + ":" + string(report.Receipt)}}}
	return r.toReviewers(s, firm, text, rows)
}

// toReviewers addresses a notice to all who may decide about an enterprise.
// Nobody can be written to who has never opened the bot.
func (r *Router) toReviewers(s Scene, firm sector.Enterprise, text chat.Text, rows [][]chat.Option) ([]chat.Reply, error) {
	list, err := r.deciders(s, firm)
	if err != nil {
		return nil, err
	}
	var replies []chat.Reply
	for _, d := range list {
		who, err := s.Read.Person(d.id)
		if err != nil {
			return nil, err
		}
		if who.Known() {
			replies = append(replies, chat.Reply{
				To: chat.ChatID(d.id), Lang: r.langOfAdmin(s, d.id), Bulk: true, Protect: true, Text: text, Options: rows,
			})
		}
	}
	return replies, nil
}

// toOwners addresses a notice to all who act for an enterprise, each in their
// own language.
func (r *Router) toOwners(s Scene, firm sector.EnterpriseID, text chat.Text, rows [][]chat.Option) ([]chat.Reply, error) {
	members, err := s.Read.Members(firm)
	if err != nil {
		return nil, err
	}
	var replies []chat.Reply
	for _, m := range members {
		told, err := tell(s, m.Who, text, rows...)
		if err != nil {
			return nil, err
		}
		replies = append(replies, told...)
	}
	return replies, nil
}

// onReview checks the right to decide about the report that a button names. The
// version that was looked at may stand behind the receipt.
func (r *Router) onReview(h func(Scene, chat.Update, chat.Tapped, form, int) (Outcome, error)) tapper {
	return func(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
		receipt, digits, _ := strings.Cut(arg, ":")
		f, may, own, err := r.reviewed(s, u, sector.Receipt(receipt))
		switch {
		case err != nil:
			return Outcome{}, err
		case own:
			return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Alert: true, Text: locales.FateOwn()}), nil
		case !may || u.Place != chat.Private:
			return r.noAccess(s, u, tap), nil
		}
		version, err := strconv.Atoi(digits)
		if err != nil {
			version = len(f.report.Versions)
		}
		return h(s, u, tap, f, version)
	}
}

// reviewed loads a report for somebody who decides, and says whether they may;
// own says that it is of their own enterprise.
func (r *Router) reviewed(s Scene, u chat.Update, receipt sector.Receipt) (f form, may, own bool, err error) {
	report, ok, err := s.Read.SubmissionOf(receipt)
	if err != nil || !ok {
		return form{}, false, false, err
	}
	firm, ok, err := s.Read.Enterprise(report.Enterprise)
	if err != nil || !ok {
		return form{}, false, false, err
	}
	if may, own, err = r.decidesFor(s, u, firm); err != nil || !may {
		return form{}, false, own, err
	}
	f, err = r.loadForm(s, firm, report.Month, u.At)
	return f, may, own, err
}

// roleOf is the post in which somebody looks at a report.
func (r *Router) roleOf(id chat.UserID) sector.Role {
	for _, d := range r.officials() {
		if d.id == id {
			return d.post.Role
		}
	}
	return sector.RoleCitizen
}

// tapOpen shows a report to an official; the owner can see that it was opened.
func (r *Router) tapOpen(s Scene, u chat.Update, tap chat.Tapped, f form, _ int) (Outcome, error) {
	reply := chat.Reply{To: u.Chat, Edits: tap.Message, Protect: true, Text: f.sheet()}
	if f.report.State == sector.StateSent {
		data := func(act string) string {
			return act + ":" + string(f.report.Receipt) + ":" + strconv.Itoa(len(f.report.Versions))
		}
		reply.Options = [][]chat.Option{{
			{Label: locales.PressAccept(), Data: data(tapAccept), Style: chat.Success}, {Label: locales.PressReturn(), Data: data(tapReturn)},
		}}
	}
	out := say(s, reply)
	out.Writes = []Write{addLook{f.firm.ID, r.roleOf(u.From), f.report.Receipt}}
	return out, nil
}

// tapAccept makes a version count and tells the enterprise.
func (r *Router) tapAccept(s Scene, u chat.Update, tap chat.Tapped, f form, version int) (Outcome, error) {
	accepted, err := f.report.Accept(version, s.Person.Key, u.At)
	switch {
	case errors.Is(err, sector.ErrStaleVersion), errors.Is(err, sector.ErrNotAllowed):
		return r.decidedAlready(s, u, tap, f.report), nil
	case err != nil:
		return Outcome{}, fmt.Errorf("accept a report: %w", err)
	}
	out := say(s, chat.Reply{
		To: u.Chat, Edits: tap.Message, Text: locales.FateDecided(receiptText(accepted.Receipt), standingText(accepted.State)),
	})
	out.Writes = []Write{saveReport{accepted}}
	told, err := r.toOwners(s, f.firm.ID, locales.FateAccepted(monthName(f.month)), [][]chat.Option{{
		{Label: locales.PressMine(), Data: tapMine},
	}})
	out.Replies = append(out.Replies, told...)
	return out, err
}

// returning is a report on its way back.
type returning struct {
	Receipt sector.Receipt      `json:"receipt"`
	Version int                 `json:"version"`
	Marks   []sector.ReturnMark `json:"marks,omitempty"`
	Open    sector.Field        `json:"open,omitempty"` // the line whose reason is asked for
}

// returnReasons are the ready reasons for returning a line.
func returnReasons() []string { return []string{"unit", "total", "period", "proof"} }

const optSend = "send"

// returnScript asks for lines and their reasons until it is told to send.
func returnScript(products []sector.Product) dialog.Script[returning] {
	ask := func(d returning) chat.Reply {
		if d.Open != "" {
			var options []chat.Option
			for _, key := range returnReasons() {
				options = append(options, chat.Option{Label: locales.GroundsLabel(key), Data: key})
			}
			return chat.Reply{Text: locales.FateReturnWhy(rowLabel(d.Open)), Options: dialog.Rows(2, options...)}
		}
		text := locales.FateReturnWhich()
		var rows [][]chat.Option
		if len(d.Marks) > 0 {
			text = chat.Lines(markLines(d.Marks), locales.FateReturnMore())
			rows = append(rows, []chat.Option{{Label: locales.PressSend(), Data: optSend, Style: chat.Success}})
		}
		var options []chat.Option
		for _, line := range sector.Lines(products) {
			if !marked(d.Marks, line) {
				options = append(options, chat.Option{Label: rowLabel(line), Data: stepKey(line)})
			}
		}
		return chat.Reply{Text: text, Options: append(rows, dialog.Rows(2, options...)...)}
	}
	take := func(d *returning, in chat.Input) *chat.Text {
		mark := func(reason string, typed bool) {
			d.Marks = append(d.Marks, sector.ReturnMark{Field: d.Open, Reason: reason, Typed: typed})
			d.Open = ""
		}
		switch in := in.(type) {
		case chat.Tapped:
			line, known := lineOf(in.Data)
			switch {
			case d.Open != "" && slices.Contains(returnReasons(), in.Data):
				mark(in.Data, false)
			case d.Open == "" && in.Data == optSend && len(d.Marks) > 0:
				return nil
			case d.Open == "" && known && !marked(d.Marks, line):
				d.Open = line
			}
		case chat.Said:
			if d.Open == "" {
				break
			}
			reason, wrong := reasonIn(in.Text)
			if wrong != nil {
				return wrong
			}
			mark(reason, true)
		}
		return dialog.Again()
	}
	return dialog.Script[returning]{
		Name: "return", Steps: []dialog.Step[returning]{{Key: "marks", Ask: ask, Take: take}}, Words: dialogWords(),
		Expires: func(_ returning, touched time.Time) time.Time { return touched.Add(resumeAfter) },
	}
}

func marked(marks []sector.ReturnMark, line sector.Field) bool {
	return slices.ContainsFunc(marks, func(m sector.ReturnMark) bool { return m.Field == line })
}

func markLines(marks []sector.ReturnMark) chat.Text {
	lines := make([]chat.Text, 0, len(marks))
	for _, m := range marks {
		lines = append(lines, locales.FateMark(rowLabel(m.Field), groundsText(m.Reason)))
	}
	return chat.Lines(lines...)
}

// tapReturn asks which lines go back, in place of the card.
func (r *Router) tapReturn(s Scene, u chat.Update, tap chat.Tapped, f form, version int) (Outcome, error) {
	if f.report.State != sector.StateSent || version != len(f.report.Versions) {
		return r.decidedAlready(s, u, tap, f.report), nil
	}
	latest, _ := f.report.Latest()
	// In a new message: the figures stay in sight.
	return begin(s, u, returnScript(productsOf(f.firm, latest.Figures)), returning{Receipt: f.report.Receipt, Version: version})
}

// returningReport takes one turn of returning a report.
func (r *Router) returningReport(s Scene, u chat.Update) (Outcome, bool, error) {
	d, err := returnScript(nil).Draft(s.Session.Dialog)
	if err != nil {
		return Outcome{}, false, fmt.Errorf("read a return: %w", err)
	}
	f, _, _, err := r.reviewed(s, u, d.Receipt)
	if err != nil {
		return Outcome{}, false, err
	}
	latest, _ := f.report.Latest()
	return advance(s, u, returnScript(productsOf(f.firm, latest.Figures)), r.returned)
}

// returned gives a report back and tells the enterprise what to look at again.
func (r *Router) returned(s Scene, u chat.Update, d returning) (replies []chat.Reply, writes []Write, err error) {
	f, may, _, err := r.reviewed(s, u, d.Receipt)
	if err != nil {
		return nil, nil, err
	}
	if !may {
		return []chat.Reply{{To: u.Chat, Text: locales.AccessNone()}}, nil, nil
	}
	back, err := f.report.Return(d.Version, d.Marks, s.Person.Key, u.At)
	switch {
	case errors.Is(err, sector.ErrStaleVersion), errors.Is(err, sector.ErrNotAllowed):
		return []chat.Reply{{To: u.Chat, Text: locales.FateDecided(receiptText(f.report.Receipt), standingText(f.report.State))}}, nil, nil
	case err != nil:
		return nil, nil, fmt.Errorf("return a report: %w", err)
	}
	told, err := r.toOwners(s, f.firm.ID, returnedText(back), fateOptions(back))
	replies = append(replies, chat.Reply{To: u.Chat, Text: locales.FateDecided(receiptText(back.Receipt), standingText(back.State))})
	return append(replies, told...), []Write{saveReport{back}, dropDraft{f.firm.ID, f.month}}, err
}

// returnedText says which lines need another look, and why.
func returnedText(report sector.Submission) chat.Text {
	return chat.Lines(locales.FateReturned(chat.Count(len(report.Marks))), markLines(report.Marks))
}

// requestCards shows a request to those who decide.
func (r *Router) requestCards(s Scene, firm sector.Enterprise, q storage.Request, w wish) ([]chat.Reply, error) {
	text := locales.FateLateRequest(monthName(w.Month), chat.Quote(firm.Name))
	if w.Receipt != "" {
		text = locales.FateCorrectRequest(chat.Quote(firm.Name), receiptText(w.Receipt))
	}
	lines := []chat.Text{text}
	for _, line := range w.Lines {
		lines = append(lines, locales.FateMark(rowLabel(line), locales.ReportWords(chat.Quote(w.Reason))))
	}
	if len(w.Lines) == 0 {
		lines = append(lines, locales.ReportWords(chat.Quote(w.Reason)))
	}
	data := func(how string) string { return tapGrant + ":" + strconv.FormatUint(q.Number, 10) + ":" + how }
	return r.toReviewers(s, firm, chat.Lines(lines...), [][]chat.Option{{
		{Label: locales.PressAllow(), Data: data(requestAllowed)}, {Label: locales.PressRefuse(), Data: data(requestRefused)},
	}})
}

// tapGrant decides on a request to add or to correct a report.
func (r *Router) tapGrant(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	number, how, ok := readGrant(arg)
	if !ok {
		return r.outdated(s, u, tap), nil
	}
	q, ok, err := s.Read.Request(number)
	if err != nil {
		return Outcome{}, err
	}
	w, about := wishOf(q)
	if !ok || !about || q.Decision != "" {
		return r.outdated(s, u, tap), nil
	}
	firm, _, err := s.Read.Enterprise(q.Enterprise)
	if err != nil {
		return Outcome{}, err
	}
	switch may, own, err := r.decidesFor(s, u, firm); {
	case err != nil:
		return Outcome{}, err
	case own:
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Alert: true, Text: locales.FateOwn()}), nil
	case !may || u.Place != chat.Private:
		return r.noAccess(s, u, tap), nil
	}
	return r.grant(s, u, tap, q, w, how == requestAllowed)
}

// readGrant reads which request a button decides on, and how.
func readGrant(arg string) (number uint64, how string, ok bool) {
	digits, how, _ := strings.Cut(arg, ":")
	number, err := strconv.ParseUint(digits, 10, 64)
	return number, how, err == nil && (how == requestAllowed || how == requestRefused)
}

func (r *Router) grant(s Scene, u chat.Update, tap chat.Tapped, q storage.Request, w wish, allow bool) (Outcome, error) {
	decision, done := requestRefused, locales.FateRefused()
	if allow {
		decision, done = requestAllowed, locales.FateAllowed()
	}
	out := say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: done})
	out.Writes = []Write{decideRequest{q.Number, decision}}
	text := locales.ReportLateRefused(monthName(w.Month))
	rows := [][]chat.Option{{{Label: locales.PressMine(), Data: tapMine}}}
	switch {
	case w.Receipt == "" && allow:
		text = locales.ReportLateAllowed(monthName(w.Month))
		rows = [][]chat.Option{{{Label: locales.PressBegin(), Data: formData(w.Firm, w.Month, "")}}}
	case w.Receipt != "" && !allow:
		text = locales.FateCorrectRefused(receiptText(w.Receipt))
	case w.Receipt != "":
		report, _, err := s.Read.SubmissionOf(w.Receipt)
		if err != nil {
			return Outcome{}, err
		}
		var marks []sector.ReturnMark
		for _, line := range w.Lines {
			marks = append(marks, sector.ReturnMark{Field: line, Reason: w.Reason, Typed: true})
		}
		reopened, err := report.Reopen(marks, s.Person.Key, u.At)
		switch {
		case errors.Is(err, sector.ErrNotAllowed): // decided otherwise meanwhile
			return r.decidedAlready(s, u, tap, report), nil
		case err != nil:
			return Outcome{}, fmt.Errorf("reopen a report: %w", err)
		}
		out.Writes = append(out.Writes, saveReport{reopened})
		text, rows = locales.FateCorrectAllowed(receiptText(w.Receipt)), fateOptions(reopened)
	}
	told, err := r.toOwners(s, w.Firm, text, rows)
	out.Replies = append(out.Replies, told...)
	return out, err
}
