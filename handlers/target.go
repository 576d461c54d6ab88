package handlers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// The first parts of the data of buttons about pledges.
const (
	tapTarget  = "tg"  // tg:<enterprise>:<year>: show
	tapPledge  = "tge" // tge:<enterprise>:<year>: propose or change
	tapApprove = "tgd" // tgd:<enterprise>:<year>:<proposed at>:<yes or no>: an official decides
)

// yearsAhead is how far into the future an enterprise may pledge.
const yearsAhead = 4

// targets shows the pledges of the person's enterprise, or asks which.
func (r *Router) targets(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.TargetPrivate()}), nil
	}
	firms, err := activeFirms(s)
	if err != nil {
		return Outcome{}, err
	}
	year := sector.DateOf(u.At, r.Mind.Zone).Year
	switch len(firms) {
	case 0:
		return say(s, chat.Reply{To: u.Chat, Text: locales.TargetNone(), Options: homeOptions()}), nil
	case 1:
		reply, err := r.targetReply(s, u, firms[0], year)
		return say(s, reply), err
	}
	var options [][]chat.Option
	for _, e := range firms {
		options = append(options, []chat.Option{
			{Label: locales.TargetFirm(chat.Quote(brief(e.Name))), Data: targetData(tapTarget, e.ID, year)},
		})
	}
	return say(s, chat.Reply{To: u.Chat, Text: locales.TargetChoose(), Options: options}), nil
}

// activeFirms lists the enterprises for which the person may pledge.
func activeFirms(s Scene) ([]sector.Enterprise, error) {
	ids, err := s.Read.Posts(s.Person.Key)
	if err != nil {
		return nil, err
	}
	var firms []sector.Enterprise
	for _, id := range ids {
		e, ok, err := mayPledge(s, id)
		if err != nil {
			return nil, err
		}
		if ok {
			firms = append(firms, e)
		}
	}
	return firms, nil
}

// mayPledge returns the enterprise if it takes part and the person may pledge for
// it. It is asked on every call, for a button may be old or forged.
func mayPledge(s Scene, id sector.EnterpriseID) (sector.Enterprise, bool, error) {
	post, has, err := s.Read.Post(id, s.Person.Key)
	if err != nil || !has || !post.Role.May(sector.RightPledge) {
		return sector.Enterprise{}, false, err
	}
	e, ok, err := s.Read.Enterprise(id)
	takesPart := e.Standing == sector.StandingPending || e.Standing == sector.StandingConfirmed
	return e, ok && takesPart, err
}

func targetData(tap string, id sector.EnterpriseID, year int) string {
	return fmt.Sprintf("%s:%d:%d", tap, id, year)
}

// targetOf reads what [targetData] wrote behind the name of the tap; rest is what
// follows the year.
func targetOf(arg string) (id sector.EnterpriseID, year int, rest []string, ok bool) {
	parts := strings.Split(arg, ":")
	if len(parts) < 2 {
		return 0, 0, nil, false
	}
	n, err := strconv.ParseUint(parts[0], 10, 64)
	year, errYear := strconv.Atoi(parts[1])
	return sector.EnterpriseID(n), year, parts[2:], err == nil && errYear == nil && year > 2000 && year < 3000
}

// tapTarget shows the pledges of a year in place.
func (r *Router) tapTarget(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	id, year, _, ok := targetOf(arg)
	if !ok || u.Place != chat.Private {
		return r.outdated(s, u, tap), nil
	}
	e, may, err := mayPledge(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !may {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()}), nil
	}
	reply, err := r.targetReply(s, u, e, year)
	reply.Edits = tap.Message
	return say(s, reply), err
}

// targetReply is what an enterprise pledges for a year, how far it has come, and
// what waits for a decision.
func (r *Router) targetReply(s Scene, u chat.Update, e sector.Enterprise, year int) (chat.Reply, error) {
	p, err := s.Read.Pledge(e.ID, year)
	if err != nil {
		return chat.Reply{}, err
	}
	counting, err := countingFigures(s.Read, e.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	current, inForce := p.InForce()
	lines := []chat.Text{locales.TargetLead(chat.Quote(e.Name), chat.Year(year))}
	if inForce {
		lines = append(lines, progressLines(current, year, counting)...)
	} else {
		lines = append(lines, locales.TargetEmpty())
	}
	text := chat.Lines(lines...)
	if c, waits := p.Waiting(); waits {
		day := chat.On(c.At.In(r.Mind.Zone))
		text = chat.Paragraphs(text, chat.Lines(append([]chat.Text{locales.TargetWaiting(day)}, changeLines(c, current, inForce)...)...))
	}
	return chat.Reply{To: u.Chat, Text: text, Options: r.targetOptions(u, e, year, len(p.Changes) > 0)}, nil
}

// targetOptions lead to a change and to the years beside. What is over cannot be
// pledged any more.
func (r *Router) targetOptions(u chat.Update, e sector.Enterprise, year int, pledged bool) [][]chat.Option {
	this := sector.DateOf(u.At, r.Mind.Zone).Year
	var options [][]chat.Option
	if r.pledgeable(year, u.At) {
		label := locales.TargetButtonSet()
		if pledged {
			label = locales.TargetButtonChange()
		}
		options = append(options, []chat.Option{{Label: label, Data: targetData(tapPledge, e.ID, year)}})
	}
	var years []chat.Option
	for _, y := range []int{year - 1, year + 1} {
		if y >= e.Registered.Year && y <= this+yearsAhead {
			years = append(years, chat.Option{Label: locales.TargetButtonYear(chat.Year(y)), Data: targetData(tapTarget, e.ID, y)})
		}
	}
	if len(years) > 0 {
		options = append(options, years)
	}
	return options
}

// countingFigures are the figures of an enterprise that count, by month.
func countingFigures(v *storage.View, id sector.EnterpriseID) (map[sector.Month]sector.Figures, error) {
	reports, err := v.Submissions(id)
	if err != nil {
		return nil, err
	}
	counting := map[sector.Month]sector.Figures{}
	for _, report := range reports {
		if f, ok := report.Counting(); ok {
			counting[report.Month] = f
		}
	}
	return counting, nil
}

// progressLines are the pledged lines with how far each has come.
func progressLines(t sector.Target, year int, counting map[sector.Month]sector.Figures) []chat.Text {
	progress := sector.ProgressOf(t, year, counting)
	var lines []chat.Text
	reported := false
	for _, field := range sector.TargetFields() {
		lines = append(lines, locales.TargetLine(pledgedText(t, field), lineLabel(field)))
		at := slices.IndexFunc(progress, func(p sector.Progress) bool { return p.Field == field })
		if at >= 0 && progress[at].Months > 0 {
			reported = true
			lines = append(lines, progressText(progress[at]))
		}
	}
	if t.Commitments != "" {
		lines = append(lines, locales.TargetCommitments(chat.Quote(t.Commitments)))
	}
	if len(progress) > 0 && !reported {
		lines = append(lines, locales.TargetNoReports())
	}
	return lines
}

// progressText says how far a pledged line has come and how the year would end.
func progressText(p sector.Progress) chat.Text {
	toDate := amountBrief(p.Field, p.ToDate, chat.ByRecord)
	share := shown(p.Share, chat.ByRecord)
	gap := amountBrief(p.Field, p.Gap, chat.ByRecord)
	if p.Field != sector.FieldOutput {
		ends := locales.TargetReached()
		if p.Gap.Sign() > 0 {
			ends = locales.TargetShort(gap)
		}
		return chat.Sentences(locales.TargetLatest(toDate, share), ends)
	}
	projected := amountBrief(p.Field, p.Projected, chat.ByRecord)
	ends := locales.TargetEndsEnough(projected)
	switch {
	case p.Reached():
		ends = locales.TargetReached()
	case p.Gap.Sign() > 0:
		ends = locales.TargetEndsShort(projected, gap)
	}
	return chat.Sentences(locales.TargetToDate(toDate, chat.Count(p.Months), share), ends)
}

// pledgedText words what is pledged for a line.
func pledgedText(t sector.Target, field sector.Field) chat.Text {
	if v := t.Get(field); v.Counts() {
		return valueText(field, v, chat.ByRecord)
	}
	return locales.TargetNoAmount()
}

// changeLines words a proposed pledge: what each line was and is to be.
func changeLines(c sector.TargetChange, current sector.Target, inForce bool) []chat.Text {
	var lines []chat.Text
	for _, field := range sector.TargetFields() {
		is := pledgedText(c.Target, field)
		if inForce && c.Target.Get(field) != current.Get(field) {
			lines = append(lines, locales.TargetChange(pledgedText(current, field), lineLabel(field), is))
		} else if inForce || c.Target.Get(field).Counts() {
			lines = append(lines, locales.TargetLine(is, lineLabel(field)))
		}
	}
	if c.Target.Commitments != "" {
		lines = append(lines, locales.TargetCommitments(chat.Quote(c.Target.Commitments)))
	}
	if inForce {
		for _, field := range c.Target.Lowered(current) {
			lines = append(lines, locales.TargetLowers(lineLabel(field)))
		}
	}
	if c.Reason != "" {
		lines = append(lines, locales.TargetReason(chat.Quote(c.Reason)))
	}
	return lines
}

// approveCards show a proposed pledge to those who decide. Nobody is shown their
// own: see [Router.tapApprove].
func (r *Router) approveCards(s Scene, e sector.Enterprise, p sector.Pledge) ([]chat.Reply, error) {
	c, _ := p.Waiting()
	current, inForce := p.InForce()
	head := locales.TargetDecide(masked(e.BIN), chat.Quote(e.Name), chat.Year(p.Year))
	text := chat.Lines(append([]chat.Text{head}, changeLines(c, current, inForce)...)...)
	var cards []chat.Reply
	for _, admin := range r.Admins {
		may, err := r.mayDecide(s, admin, e)
		if err != nil {
			return nil, err
		}
		if !may {
			continue
		}
		cards = append(cards, chat.Reply{
			To: chat.ChatID(admin), Lang: r.langOfAdmin(s, admin), Bulk: true, Text: text,
			Options: [][]chat.Option{{
				{Label: locales.TargetButtonAccept(), Data: approveData(p, c, "yes")},
				{Label: locales.TargetButtonRefuse(), Data: approveData(p, c, "no")},
			}},
		})
	}
	return cards, nil
}

// masked is a BIN as it may be shown: of an IIN only the last digits.
func masked(b sector.BIN) chat.Plain {
	return chat.Plain{Value: b.Mask(), Proof: chat.Proof{Kind: chat.ByRecord, Ref: "enterprise"}}
}

// mayDecide reports whether an administrator may decide about an enterprise:
// not about an own one.
func (r *Router) mayDecide(s Scene, id chat.UserID, e sector.Enterprise) (bool, error) {
	if !r.admin(id) {
		return false, nil
	}
	p, err := s.Read.Person(id)
	if err != nil {
		return false, err
	}
	own, err := s.Read.Posts(p.Key)
	if err != nil {
		return false, err
	}
	return sector.Official{Role: sector.RoleAdmin}.MayReview(e, own), nil
}

func approveData(p sector.Pledge, c sector.TargetChange, how string) string {
	return fmt.Sprintf("%s:%d:%s", targetData(tapApprove, p.Enterprise, p.Year), c.At.Unix(), how)
}

// tapApprove accepts or refuses what waits. The button names the proposal by its
// time, so that one that has since been replaced cannot be accepted unseen.
func (r *Router) tapApprove(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	if !r.admin(u.From) {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()}), nil
	}
	id, year, rest, ok := targetOf(arg)
	if !ok || len(rest) != 2 || rest[1] != "yes" && rest[1] != "no" {
		return r.outdated(s, u, tap), nil
	}
	e, known, err := s.Read.Enterprise(id)
	if err != nil {
		return Outcome{}, err
	}
	p, err := s.Read.Pledge(id, year)
	if err != nil {
		return Outcome{}, err
	}
	c, waits := p.Waiting()
	if !known || !waits || strconv.FormatInt(c.At.Unix(), 10) != rest[0] {
		return r.outdated(s, u, tap), nil
	}
	if may, err := r.mayDecide(s, u.From, e); err != nil || !may {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Alert: true, Text: locales.TargetOwn()}), err
	}
	accept := rest[1] == "yes"
	decided, err := p.Decide(accept, s.Person.Key, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("decide on a pledge: %w", err)
	}
	told := locales.TargetRefused(chat.Quote(e.Name), chat.Year(year))
	if accept {
		told = locales.TargetAccepted(chat.Quote(e.Name), chat.Year(year))
	}
	out := say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: told})
	out.Writes = []Write{decidePledge{pledge: decided, how: string(sector.TargetAccepted)}}
	if !accept {
		out.Writes = []Write{decidePledge{pledge: decided, how: string(sector.TargetRefused)}}
	}
	replies, err := r.tellMembers(s, e, told, [][]chat.Option{
		{{Label: locales.TargetButtonOpen(), Data: targetData(tapTarget, id, year)}},
	})
	out.Replies = append(out.Replies, replies...)
	return out, err
}

// tellMembers writes to all who act for an enterprise, each in their language.
func (r *Router) tellMembers(s Scene, e sector.Enterprise, text chat.Text, options [][]chat.Option) ([]chat.Reply, error) {
	members, err := s.Read.Members(e.ID)
	if err != nil {
		return nil, err
	}
	var replies []chat.Reply
	for _, m := range members {
		id, known, err := s.Read.Whose(m.Who)
		if err != nil {
			return nil, err
		}
		if !known {
			continue
		}
		p, err := s.Read.Person(id)
		if err != nil {
			return nil, err
		}
		replies = append(replies, chat.Reply{
			To: chat.ChatID(id), Lang: notices(p, p.App), Bulk: true, Text: text, Options: options,
		})
	}
	return replies, nil
}

// pledgeable reports whether a pledge can be made for a year: it is not over and
// not far away.
func (r *Router) pledgeable(year int, at time.Time) bool {
	this := sector.DateOf(at, r.Mind.Zone).Year
	return year >= this && year <= this+yearsAhead
}
