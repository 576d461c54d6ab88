package handlers

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// Requests about an enterprise: cards for those who decide, and what comes of
// them. The first decision counts; the right is checked on every press.
const (
	tapRequest   = "pt" // pt:<number>:y, pt:<number>:n: decide on a request
	tapColleague = "cq" // cq:<number>:y|n: an owner knows a colleague or not; cq:<number>:o: then ask an official
)

// petition is what a request asks for; which fields count depends on its kind.
type petition struct {
	To      string        `json:"to,omitempty"`      // of a claim: who is asked
	Who     string        `json:"who,omitempty"`     // how the claimant wants to be known
	Consent string        `json:"consent,omitempty"` // the version that the claimant agreed to
	Name    string        `json:"name,omitempty"`
	Region  sector.Region `json:"region,omitempty"`
	Branch  sector.Branch `json:"branch,omitempty"`
	BIN     sector.BIN    `json:"bin,omitempty"`

	Products []sector.Product `json:"products,omitempty"`
}

func petitionOf(q storage.Request) (petition, error) {
	var p petition
	if len(q.Change) == 0 {
		return p, nil
	}
	if err := json.Unmarshal(q.Change, &p); err != nil {
		return p, fmt.Errorf("decode request %d: %w", q.Number, err)
	}
	return p, nil
}

// claim asks the owner or an official to let the person act for an enterprise.
func (r *Router) claim(s Scene, u chat.Update, e sector.Enterprise, p petition) ([]chat.Reply, []Write, error) {
	q, err := newRequest(s, u, storage.RequestOwnership, e, p)
	if err != nil {
		return nil, nil, err
	}
	if p.To == askOfficial {
		cards, err := r.petitionCards(s, q, e)
		sent := chat.Reply{To: u.Chat, Text: locales.RequestSent(requestNumber(q.Number))}
		return append([]chat.Reply{sent}, cards...), []Write{fileRequest{q}}, err
	}
	replies := []chat.Reply{{To: u.Chat, Text: locales.ColleagueAsked()}}
	list, err := owners(s, e.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, owner := range list {
		card, err := tell(s, owner, locales.ColleagueCard(chat.Quote(e.Name), chat.Quote(p.Who)), []chat.Option{
			{Label: locales.ColleagueYes(), Data: decision(tapColleague, q.Number, "y")},
			{Label: locales.ButtonNo(), Data: decision(tapColleague, q.Number, "n")},
		})
		if err != nil {
			return nil, nil, err
		}
		replies = append(replies, card...)
	}
	return replies, []Write{fileRequest{q}}, nil
}

func decision(route string, number uint64, how string) string {
	return route + ":" + strconv.FormatUint(number, 10) + ":" + how
}

// petitionCards are the cards of a request, one for everybody who may decide.
func (r *Router) petitionCards(s Scene, q storage.Request, e sector.Enterprise) ([]chat.Reply, error) {
	text, err := requestText(q, e)
	if err != nil {
		return nil, err
	}
	list, err := r.deciders(s, e)
	if err != nil {
		return nil, err
	}
	yes := locales.RequestAccept()
	if q.Kind == storage.RequestRegistration {
		yes = locales.RequestConfirm()
	}
	cards := make([]chat.Reply, 0, len(list))
	for _, d := range list {
		p, err := s.Read.Person(d.id)
		if err != nil {
			return nil, err
		}
		if !p.Known() { // who never wrote to us cannot be written to
			continue
		}
		cards = append(cards, chat.Reply{
			To: chat.ChatID(d.id), Lang: noticeLang(p), Bulk: true, Text: text,
			Options: [][]chat.Option{{
				{Label: yes, Data: decision(tapRequest, q.Number, "y"), Style: chat.Success},
				{Label: locales.RequestRefuse(), Data: decision(tapRequest, q.Number, "n")},
			}},
		})
	}
	return cards, nil
}

// requestText words a request for those who decide.
func requestText(q storage.Request, e sector.Enterprise) (chat.Text, error) {
	p, err := petitionOf(q)
	if err != nil {
		return chat.Text{}, err
	}
	number := requestNumber(q.Number)
	var lead chat.Text
	switch q.Kind {
	case storage.RequestRegistration:
		lead = locales.RequestRegistration(number)
	case storage.RequestOwnership:
		lead = locales.RequestOwnership(number, chat.Quote(p.Who))
	case storage.RequestBIN:
		lead = locales.RequestBin(number)
	case storage.RequestClosing:
		lead = locales.RequestClosing(number)
	case storage.RequestProfile, storage.RequestLate, storage.RequestCorrection, storage.RequestPledge:
		lead = locales.RequestProfile(number)
	}
	changes := petitionLines(e, p)
	if q.Reason != "" {
		changes = append(changes, locales.EditReason(chat.Quote(q.Reason)))
	}
	return chat.Paragraphs(lead, firmLines(e), chat.Lines(changes...)), nil
}

// petitionLines say what a petition would change.
func petitionLines(e sector.Enterprise, p petition) []chat.Text {
	var lines []chat.Text
	if p.Name != "" {
		lines = append(lines, locales.FirmChange(locales.FirmName(), locales.FirmValue(chat.Quote(p.Name)), locales.FirmValue(chat.Quote(e.Name))))
	}
	if p.Region != "" {
		lines = append(lines, locales.FirmChange(locales.FirmRegion(), locales.RegionName(string(p.Region)), locales.RegionName(string(e.Region))))
	}
	if p.Branch != "" {
		lines = append(lines, locales.FirmChange(locales.FirmBranch(), locales.BranchName(string(p.Branch)), locales.BranchName(string(e.Branch))))
	}
	if p.BIN != "" {
		lines = append(lines, locales.FirmChange(binLabel(p.BIN), locales.FirmValue(numberShown(p.BIN)), locales.FirmValue(numberShown(e.BIN))))
	}
	if len(p.Products) > 0 {
		lines = append(lines, locales.FirmChange(locales.FirmProducts(), goodsText(p.Products), goodsText(e.Products)))
	}
	return lines
}

// requestAt finds the request that a button names.
func requestAt(s Scene, arg string) (q storage.Request, e sector.Enterprise, how string, ok bool, err error) {
	digits, how, _ := strings.Cut(arg, ":")
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil {
		return q, e, how, false, nil //nolint:nilerr // a button that names no request is no fault of ours
	}
	if q, ok, err = s.Read.Request(n); err != nil || !ok {
		return q, e, how, false, err
	}
	e, ok, err = s.Read.Enterprise(q.Enterprise)
	return q, e, how, ok, err
}

// decidedHere reports whether requests of a kind are decided here.
func decidedHere(q storage.Request) (bool, error) {
	switch q.Kind {
	case storage.RequestRegistration, storage.RequestBIN, storage.RequestProfile, storage.RequestClosing:
		return true, nil
	case storage.RequestOwnership:
		p, err := petitionOf(q)
		return p.To == askOfficial, err
	case storage.RequestLate, storage.RequestCorrection, storage.RequestPledge:
	}
	return false, nil
}

// refusal is a request about to be refused.
type refusal struct {
	Number uint64 `json:"number"`
	Reason string `json:"reason"`
}

const refuseName = "refuse"

// The reasons that buttons give.
const (
	reasonBIN    = "bin"
	reasonSector = "sector"
	reasonPerson = "person"
)

func reasonText(because string) chat.Text {
	switch because {
	case reasonBIN:
		return locales.RequestReasonBin()
	case reasonSector:
		return locales.RequestReasonSector()
	case reasonPerson:
		return locales.RequestReasonPerson()
	}
	return locales.RequestReasonSaid(chat.Quote(because))
}

// refuseScript asks why.
func refuseScript() dialog.Script[refusal] {
	var picks []dialog.Pick[string]
	for _, code := range []string{reasonBIN, reasonSector, reasonPerson} {
		picks = append(picks, dialog.Pick[string]{Name: code, Label: reasonText(code), Value: code})
	}
	typed := dialog.Line(longestWhy, func(chat.Quote) chat.Text { return locales.RequestWhyLong() })
	return dialog.Script[refusal]{
		Name: refuseName,
		Steps: []dialog.Step[refusal]{
			dialog.Choice("why", locales.RequestWhy(), 1, picks, typed, func(d *refusal) *string { return &d.Reason }),
		},
		Words: firmWords(),
	}
}

// tapRequest decides on a request.
func (r *Router) tapRequest(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	q, e, how, ok, err := requestAt(s, arg)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || how != "y" && how != "n" {
		return r.outdated(s, u, tap), nil
	}
	stop, err := r.undecidable(s, u, q, e)
	if err != nil {
		return Outcome{}, err
	}
	if !stop.IsZero() {
		out := noAccess(s, u, tap)
		out.Replies[0].Text = stop
		return out, nil
	}
	if how == "n" {
		return begin(s, u, refuseScript(), refusal{Number: q.Number})
	}
	replies, writes, err := r.fulfil(s, u, q, e)
	if err != nil {
		return Outcome{}, err
	}
	replies[0].Edits = tap.Message
	out := say(s, replies...)
	out.Writes = writes
	return out, nil
}

// undecidable says why the acting person cannot decide on a request, nothing
// when the person can.
func (r *Router) undecidable(s Scene, u chat.Update, q storage.Request, e sector.Enterprise) (chat.Text, error) {
	may, own, err := r.decidesFor(s, u, e)
	if err != nil {
		return chat.Text{}, err
	}
	here, err := decidedHere(q)
	switch {
	case err != nil:
		return chat.Text{}, err
	case own:
		return locales.RequestOwn(), nil
	case !may || !here:
		return locales.AccessNone(), nil
	case q.Decision != "":
		return locales.RequestDecided(), nil
	}
	return chat.Text{}, nil
}

// fulfil does what a request asks for. The first reply is for the decider.
func (r *Router) fulfil(s Scene, u chat.Update, q storage.Request, e sector.Enterprise) ([]chat.Reply, []Write, error) {
	p, err := petitionOf(q)
	if err != nil {
		return nil, nil, err
	}
	writes := []Write{settleRequest{number: q.Number, decision: petitionAccepted}}
	told := locales.OutcomeAccepted(chat.Quote(e.Name), requestNumber(q.Number))
	var after []chat.Reply
	switch q.Kind {
	case storage.RequestRegistration:
		e.Standing = sector.StandingConfirmed
		told = locales.OutcomeConfirmed(chat.Quote(e.Name))
	case storage.RequestOwnership:
		told = locales.OutcomeOwner(chat.Quote(e.Name))
		var more []Write
		if more, after, err = newOwner(s, e, storage.Member{
			Enterprise: e.ID, Who: q.By, Role: sector.RoleOwner, Name: p.Who, Since: u.At, Consent: p.Consent,
		}); err != nil {
			return nil, nil, err
		}
		writes = append(writes, more...)
	case storage.RequestClosing:
		e.Standing, e.Closed = sector.StandingClosed, sector.DateOf(u.At, r.Mind.Zone)
	case storage.RequestBIN:
		other, taken, err := s.Read.EnterpriseByBIN(p.BIN)
		if err != nil {
			return nil, nil, err
		}
		if taken && other.ID != e.ID {
			return r.deny(s, u, q, e, reasonBIN)
		}
		e.BIN = p.BIN
	case storage.RequestProfile, storage.RequestLate, storage.RequestCorrection, storage.RequestPledge:
		e.Name, e.Region, e.Branch = or(p.Name, e.Name), or(p.Region, e.Region), or(p.Branch, e.Branch)
		if len(p.Products) > 0 {
			e.Products = p.Products
		}
	}
	if q.Kind != storage.RequestOwnership {
		writes = append(writes, saveFirm{e})
	}
	notice, err := tell(s, q.By, told, append(appendRow(nil, r.reportRow(e)), firmRows([]sector.Enterprise{e}, tapFirm+":")...)...)
	if err != nil {
		return nil, nil, err
	}
	done := chat.Reply{To: u.Chat, Text: locales.RequestYes(chat.Quote(e.Name), requestNumber(q.Number))}
	return append(append([]chat.Reply{done}, notice...), after...), writes, nil
}

func or[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// newOwner makes somebody the owner; who was it stays as a delegate and is told.
func newOwner(s Scene, e sector.Enterprise, m storage.Member) (writes []Write, replies []chat.Reply, err error) {
	members, err := s.Read.Members(e.ID)
	if err != nil {
		return nil, nil, err
	}
	for _, old := range members {
		if old.Role != sector.RoleOwner || old.Who == m.Who {
			continue
		}
		old.Role = sector.RoleDelegate
		writes = append(writes, joinFirm{old})
		notice, err := tell(s, old.Who, locales.OutcomeNotOwner(chat.Quote(e.Name)))
		if err != nil {
			return nil, nil, err
		}
		replies = append(replies, notice...)
	}
	if _, known, err := s.Read.Whose(m.Who); err != nil {
		return nil, nil, err
	} else if known { // the claimant may have been forgotten meanwhile
		writes = append(writes, joinFirm{m})
	}
	return writes, replies, nil
}

// refusedFor finishes a refusal: everything is checked again, since another may have decided.
func (r *Router) refusedFor(s Scene, u chat.Update, d refusal) ([]chat.Reply, []Write, error) {
	q, e, _, ok, err := requestAt(s, strconv.FormatUint(d.Number, 10))
	if err != nil || !ok {
		return nil, nil, err
	}
	stop, err := r.undecidable(s, u, q, e)
	if err != nil {
		return nil, nil, err
	}
	if !stop.IsZero() {
		return []chat.Reply{{To: u.Chat, Text: stop}}, nil, nil
	}
	return r.deny(s, u, q, e, d.Reason)
}

// deny refuses a request. The first reply is for the decider.
func (r *Router) deny(s Scene, u chat.Update, q storage.Request, e sector.Enterprise, because string) ([]chat.Reply, []Write, error) {
	reason := reasonText(because)
	writes := []Write{settleRequest{number: q.Number, decision: petitionRefused, because: because}}
	told := locales.OutcomeDeclined(chat.Quote(e.Name), requestNumber(q.Number), reason)
	var rows [][]chat.Option
	if q.Kind == storage.RequestRegistration {
		e.Standing = sector.StandingRefused
		writes = append(writes, saveFirm{e})
		told, rows = locales.OutcomeRefused(chat.Quote(e.Name), reason), [][]chat.Option{againRow()}
	}
	notice, err := tell(s, q.By, told, rows...)
	if err != nil {
		return nil, nil, err
	}
	done := chat.Reply{To: u.Chat, Text: locales.RequestNo(chat.Quote(e.Name), requestNumber(q.Number), reason)}
	return append([]chat.Reply{done}, notice...), writes, nil
}

// tapColleague hears the owner about somebody who says to be a colleague, and
// takes the matter to an official where the owner does not know the person.
func (r *Router) tapColleague(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	q, e, how, ok, err := requestAt(s, arg)
	if err != nil {
		return Outcome{}, err
	}
	p, perr := petitionOf(q)
	if !ok || perr != nil || q.Kind != storage.RequestOwnership || p.To != askOwner {
		return r.outdated(s, u, tap), perr
	}
	if how == "o" {
		return r.appeal(s, u, tap, q, e, p)
	}
	m, member, err := s.Read.Post(e.ID, s.Person.Key)
	switch {
	case err != nil:
		return Outcome{}, err
	case !member || !m.Role.May(sector.RightPeople):
		return noAccess(s, u, tap), nil
	case q.Decision != "" || how != "y" && how != "n":
		return r.outdated(s, u, tap), nil
	}
	done, told := locales.ColleagueDenied(chat.Quote(p.Who)), locales.ColleagueTurnedDown()
	rows := [][]chat.Option{{{Label: locales.RegisterAskOfficial(), Data: decision(tapColleague, q.Number, "o")}}}
	writes := []Write{settleRequest{number: q.Number, decision: petitionRefused}}
	if how == "y" {
		done, told = locales.ColleagueAdded(chat.Quote(p.Who)), locales.ColleagueWelcome(chat.Quote(e.Name))
		rows = appendRow(nil, r.reportRow(e))
		writes = []Write{settleRequest{number: q.Number, decision: petitionAccepted}, joinFirm{storage.Member{
			Enterprise: e.ID, Who: q.By, Role: sector.RoleDelegate, Name: p.Who, Since: u.At, Consent: p.Consent,
		}}}
	}
	notice, err := tell(s, q.By, told, rows...)
	if err != nil {
		return Outcome{}, err
	}
	if len(notice) == 0 { // forgotten meanwhile: there is nobody to add
		writes = writes[:1]
	}
	out := say(s, append([]chat.Reply{{To: u.Chat, Edits: tap.Message, Text: done, Options: [][]chat.Option{peopleRow(e)}}}, notice...)...)
	out.Writes = writes
	return out, nil
}

// appeal takes a claim that the owner turned down to an official.
func (r *Router) appeal(s Scene, u chat.Update, tap chat.Tapped, q storage.Request, e sector.Enterprise, p petition) (Outcome, error) {
	if q.By != s.Person.Key {
		return noAccess(s, u, tap), nil
	}
	open, err := s.Read.OpenRequests()
	if err != nil {
		return Outcome{}, err
	}
	for _, other := range open { // one appeal is enough
		if other.By == q.By && other.Enterprise == q.Enterprise && other.Kind == storage.RequestOwnership {
			return r.outdated(s, u, tap), nil
		}
	}
	p.To = askOfficial
	replies, writes, err := r.claim(s, u, e, p)
	if err != nil {
		return Outcome{}, err
	}
	replies[0].Edits = tap.Message
	out := say(s, replies...)
	out.Writes = writes
	return out, nil
}
