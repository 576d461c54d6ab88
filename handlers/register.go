package handlers

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// tapRegister opens the registration: reg: continues one that is open, else
// lists the person's enterprises or begins; reg:new begins.
const tapRegister = "reg"

// Whom to ask when a BIN is registered already.
const (
	askOwner    = "owner"
	askOfficial = "official"
)

// enrolment is a registration being filled in.
type enrolment struct {
	BIN     sector.BIN          `json:"bin,omitempty"`
	Taken   sector.EnterpriseID `json:"taken,omitempty"`   // the enterprise that has the BIN already
	Orphan  bool                `json:"orphan,omitempty"`  // and it has no owner who could be asked
	Ask     string              `json:"ask,omitempty"`     // who is to be asked about it
	Who     string              `json:"who,omitempty"`     // how the person wants to be known to them
	Name    string              `json:"name,omitempty"`    //
	Place   placing             `json:"place,omitzero"`    //
	Branch  sector.Branch       `json:"branch,omitempty"`  //
	Consent string              `json:"consent,omitempty"` // the version that was agreed to
}

func (d enrolment) fresh() bool { return d.Taken == 0 }
func (d enrolment) taken() bool { return d.Taken != 0 }

// binLook finds out about a BIN while it is being asked for. A step cannot
// return an error, so the first one is kept here.
type binLook struct {
	s   Scene
	err error
}

// firm returns the enterprise that has the BIN, whether the person acts for it,
// and whether it has an owner.
func (l *binLook) firm(b sector.BIN) (e sector.Enterprise, own, owned bool) {
	e, ok, err := l.s.Read.EnterpriseByBIN(b)
	if err != nil || !ok {
		l.fail(err)
		return sector.Enterprise{}, false, false
	}
	_, own, err = l.s.Read.Post(e.ID, l.s.Person.Key)
	l.fail(err)
	list, err := owners(l.s, e.ID)
	l.fail(err)
	return e, own, len(list) > 0
}

func (l *binLook) fail(err error) {
	if l.err == nil {
		l.err = err
	}
}

const registerName = "register"

// registerKept is how long an unfinished registration is kept, and registerIdle
// after what silence a text is no longer taken for an answer to it.
const (
	registerKept = 60 * 24 * time.Hour
	registerIdle = 12 * time.Hour
)

// registerScript asks for all that an enterprise has to say about itself.
// Products come with the first report.
func (r *Router) registerScript(look *binLook) dialog.Script[enrolment] {
	return dialog.Script[enrolment]{
		Name: registerName,
		Steps: []dialog.Step[enrolment]{
			{
				Key: "bin",
				Ask: func(enrolment) chat.Reply {
					return chat.Reply{Text: askBIN(), Options: [][]chat.Option{elsewhere(languageRow(look.s.Lang))}}
				},
				Take:  func(d *enrolment, in chat.Input) *chat.Text { return d.takeBIN(look, in) },
				Label: locales.FirmBin(),
				Show:  func(d enrolment) chat.Text { return locales.FirmValue(numberShown(d.BIN)) },
			},
			takenStep(),
			lineStep("bin.who", longestWho, locales.RegisterWho(), locales.RegisterNameLong(),
				func(d *enrolment) *string { return &d.Who }).If(enrolment.taken),
			nameStep(func(d enrolment) chat.Text { return locales.RegisterName(numberShown(d.BIN)) },
				func(d *enrolment) *string { return &d.Name }).If(enrolment.fresh).
				Line(locales.FirmName(), func(d enrolment) chat.Text { return locales.FirmValue(chat.Quote(d.Name)) }),
			regionStep(r.Mind.places, func(d *enrolment) *placing { return &d.Place }).If(enrolment.fresh).
				Line(locales.FirmRegion(), func(d enrolment) chat.Text { return locales.RegionName(string(d.Place.Region)) }),
			branchStep(func(d *enrolment) *sector.Branch { return &d.Branch }).If(enrolment.fresh),
			consentStep(),
		},
		Words: firmWords(), Keep: true,
		Expires: func(_ enrolment, touched time.Time) time.Time { return touched.Add(registerKept) },
	}
}

// elsewhere makes buttons of a step lead out of the conversation.
func elsewhere(row []chat.Option) []chat.Option {
	out := make([]chat.Option, len(row))
	for i, o := range row {
		out[i] = dialog.Elsewhere(o.Label, o.Data)
	}
	return out
}

// takeBIN reads the number: what is wrong with it is said before anything else is asked.
func (d *enrolment) takeBIN(look *binLook, in chat.Input) *chat.Text {
	said, ok := in.(chat.Said)
	if !ok {
		return again(askBIN())
	}
	bin, err := sector.ParseBIN(said.Text)
	if err != nil {
		return again(binProblem(said.Text, err))
	}
	e, own, owned := look.firm(bin)
	if own {
		return again(locales.RegisterOwn(chat.Quote(e.Name)))
	}
	*d = enrolment{BIN: bin, Taken: e.ID, Orphan: !owned, Name: d.Name, Place: d.Place, Branch: d.Branch}
	return nil
}

// takenStep asks what to do about a BIN that is registered already.
func takenStep() dialog.Step[enrolment] {
	return dialog.Step[enrolment]{
		Key: "bin.taken",
		Ask: func(d enrolment) chat.Reply {
			official := chat.Option{Label: locales.RegisterAskOfficial(), Data: askOfficial}
			rows := [][]chat.Option{{official}, {dialog.Jump(locales.RegisterOtherBin(), "bin")}}
			if !d.Orphan {
				rows[0] = []chat.Option{{Label: locales.RegisterAskOwner(), Data: askOwner}, official}
			}
			return chat.Reply{Text: locales.RegisterTaken(), Options: rows}
		},
		Take: func(d *enrolment, in chat.Input) *chat.Text {
			tap, ok := in.(chat.Tapped)
			if !ok || tap.Data != askOfficial && (tap.Data != askOwner || d.Orphan) {
				return again(locales.RegisterTaken())
			}
			d.Ask = tap.Data
			return nil
		},
		When: enrolment.taken,
	}
}

const agreed = "agree"

// consentStep reads the answers back and asks for the consent.
func consentStep() dialog.Step[enrolment] {
	ask := func(d enrolment) chat.Text {
		if d.taken() {
			return consentText()
		}
		return chat.Paragraphs(firmLines(sector.Enterprise{
			BIN: d.BIN, Name: d.Name, Region: d.Place.Region, Branch: d.Branch,
		}), consentText())
	}
	return dialog.Step[enrolment]{
		Key: "consent",
		Ask: func(d enrolment) chat.Reply {
			return chat.Reply{Text: ask(d), Options: [][]chat.Option{
				{{Label: locales.ConsentAgree(), Data: agreed, Style: chat.Success}},
			}}
		},
		Take: func(d *enrolment, in chat.Input) *chat.Text {
			if tap, ok := in.(chat.Tapped); !ok || tap.Data != agreed {
				return again(ask(*d))
			}
			d.Consent = consentVersion
			return nil
		},
	}
}

// register opens the registration, or shows what the person has registered.
func (r *Router) register(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	if s.Session.Dialog.Script == registerName {
		return r.resume(s, u, nil)
	}
	firms, err := firmsOf(s, s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	if len(firms) == 0 {
		return r.beginRegister(s, u)
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: firmsText(firms),
		Options: append(firmRows(firms, tapFirm+":"), []chat.Option{{Label: locales.RegisterAnother(), Data: tapRegister + ":new"}}),
	}), nil
}

// firmRows has a button for every enterprise.
func firmRows(firms []sector.Enterprise, prefix string) [][]chat.Option {
	rows := make([][]chat.Option, 0, len(firms))
	for _, e := range firms {
		rows = append(rows, []chat.Option{{Label: locales.FirmButton(chat.Quote(e.Name)), Data: prefix + firmID(e)}})
	}
	return rows
}

func (r *Router) tapRegister(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.GroupPrivateOnly()}), nil
	}
	if arg == "new" && s.Session.Dialog.Script != registerName {
		return r.beginRegister(s, u)
	}
	return r.register(s, u)
}

func (r *Router) beginRegister(s Scene, u chat.Update) (Outcome, error) {
	return begin(s, u, r.registerScript(&binLook{s: s}), enrolment{})
}

// registered finishes the registration.
func (r *Router) registered(s Scene, u chat.Update, d enrolment) ([]chat.Reply, []Write, error) {
	e, taken, err := s.Read.EnterpriseByBIN(d.BIN)
	if err != nil {
		return nil, nil, err
	}
	if d.taken() && taken {
		return r.claim(s, u, e, petition{To: d.Ask, Who: d.Who, Consent: d.Consent})
	}
	if d.taken() || taken { // it changed hands meanwhile
		return []chat.Reply{{To: u.Chat, Text: locales.RegisterTaken(), Options: [][]chat.Option{againRow()}}}, nil, nil
	}
	e = sector.Enterprise{
		BIN: d.BIN, Name: d.Name, Region: d.Place.Region, Branch: d.Branch,
		Standing: sector.StandingPending, Registered: sector.DateOf(u.At, r.Mind.Zone),
	}
	if e.ID, err = s.Read.NextEnterprise(); err != nil {
		return nil, nil, err
	}
	q, err := newRequest(s, u, storage.RequestRegistration, e, petition{})
	if err != nil {
		return nil, nil, err
	}
	cards, err := r.petitionCards(s, q, e)
	if err != nil {
		return nil, nil, err
	}
	sent := chat.Reply{To: u.Chat, Text: locales.RegisterSent(requestNumber(q.Number)), Options: appendRow(nil, r.reportRow(e))}
	sent.Options = append(sent.Options, firmRows([]sector.Enterprise{e}, tapFirm+":")...)
	e.ID = 0 // the store gives it
	owner := storage.Member{Who: s.Person.Key, Role: sector.RoleOwner, Since: u.At, Consent: d.Consent}
	return append([]chat.Reply{sent}, cards...), []Write{enrol{e, owner, q}}, nil
}

func againRow() []chat.Option {
	return []chat.Option{{Label: locales.RegisterAgain(), Data: tapRegister + ":new"}}
}

// newRequest is a request under the next number.
func newRequest(s Scene, u chat.Update, kind storage.RequestKind, e sector.Enterprise, p petition) (storage.Request, error) {
	n, err := s.Read.NextRequest()
	if err != nil {
		return storage.Request{}, err
	}
	q := storage.Request{Number: n, Kind: kind, Enterprise: e.ID, By: s.Person.Key, At: u.At}
	change, err := json.Marshal(p)
	if err != nil {
		return q, fmt.Errorf("encode request %d: %w", n, err)
	}
	if string(change) != "{}" { // to confirm or to close changes nothing by itself
		q.Change = change
	}
	return q, nil
}

// idleText reports whether a text comes so long after the last word of the
// registration that it can hardly be an answer to it.
func idleText(s Scene, u chat.Update) bool {
	said, ok := u.In.(chat.Said)
	st := s.Session.Dialog
	return ok && !st.Aside() && u.At.Sub(st.Touched) >= registerIdle && strings.TrimSpace(said.Text) != ""
}

// resumeRow offers to go on with an open registration.
func resumeRow(s Scene) []chat.Option {
	if s.Session.Dialog.Script != registerName {
		return nil
	}
	return []chat.Option{{Label: locales.RegisterResume(), Data: tapRegister + ":", Style: chat.Primary}}
}
