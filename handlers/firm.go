package handlers

import (
	"slices"
	"strconv"
	"strings"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// What several conversations about enterprises share: the questions they have in
// common, how an enterprise is shown, and who may act for it.

// consentVersion names the wording of the consent. A post remembers the version
// that its holder agreed to.
const consentVersion = "2026-11"

// consentText says who sees the reports and what is kept.
func consentText() chat.Text {
	return chat.Paragraphs(
		chat.Sentences(locales.ConsentWho(), locales.ConsentNotState()), locales.ConsentPersonal(),
		locales.ConsentVersion(chat.Plain{Value: consentVersion, Proof: chat.Proof{Kind: chat.ByRule}}),
	)
}

// firmsOf lists the enterprises for which the person acts, without the refused.
func firmsOf(s Scene, who storage.PersonKey) ([]sector.Enterprise, error) {
	ids, err := s.Read.Posts(who)
	if err != nil {
		return nil, err
	}
	var list []sector.Enterprise
	for _, id := range ids {
		e, ok, err := s.Read.Enterprise(id)
		if err != nil {
			return nil, err
		}
		if ok && e.Standing != sector.StandingRefused {
			list = append(list, e)
		}
	}
	return list, nil
}

// post returns the enterprise that a button names and the person's post in it.
// ok is false when there is none: buttons may be old or forged.
func post(s Scene, arg string) (e sector.Enterprise, m storage.Member, ok bool, err error) {
	n, err := strconv.ParseUint(arg, 10, 64)
	if err != nil {
		return e, m, false, nil //nolint:nilerr // a button that names no enterprise is no fault of ours
	}
	id := sector.EnterpriseID(n)
	if m, ok, err = s.Read.Post(id, s.Person.Key); err != nil || !ok {
		return e, m, false, err
	}
	e, ok, err = s.Read.Enterprise(id)
	return e, m, ok && e.Standing != sector.StandingRefused, err
}

// owners lists the owners of an enterprise.
func owners(s Scene, id sector.EnterpriseID) ([]storage.PersonKey, error) {
	members, err := s.Read.Members(id)
	if err != nil {
		return nil, err
	}
	var list []storage.PersonKey
	for _, m := range members {
		if m.Role == sector.RoleOwner {
			list = append(list, m.Who)
		}
	}
	return list, nil
}

// noAccess answers a press on a button that the person may not use (any more).
func noAccess(s Scene, u chat.Update, tap chat.Tapped) Outcome {
	replies := []chat.Reply{{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()}}
	if tap.Message != 0 {
		replies = append(replies, chat.Reply{To: u.Chat, Strip: tap.Message})
	}
	return say(s, replies...)
}

func firmID(e sector.Enterprise) string { return strconv.FormatUint(uint64(e.ID), 10) }

func requestNumber(n uint64) chat.Plain {
	return chat.Plain{Value: strconv.FormatUint(n, 10), Proof: chat.Proof{Kind: chat.ByRecord, Ref: "request"}}
}

// firmLines describe an enterprise to those who may see it.
func firmLines(e sector.Enterprise) chat.Text {
	return chat.Lines(
		locales.FirmTitle(chat.Quote(e.Name)),
		locales.FirmLine(binLabel(e.BIN), locales.FirmValue(numberShown(e.BIN))),
		locales.FirmLine(locales.FirmRegion(), locales.RegionName(string(e.Region))),
		locales.FirmLine(locales.FirmBranch(), locales.BranchName(string(e.Branch))),
	)
}

func binLabel(b sector.BIN) chat.Text {
	if b.IsIIN() {
		return locales.FirmIin()
	}
	return locales.FirmBin()
}

// numberShown is a BIN in groups of four; an IIN is masked.
func numberShown(b sector.BIN) chat.Quote { return chat.Quote(inFours(b.Mask())) }

func inFours(text string) string {
	var groups []string
	for group := range slices.Chunk([]rune(text), 4) {
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "\u00a0")
}

func firmStanding(st sector.Standing) chat.Text {
	switch st {
	case sector.StandingConfirmed:
		return locales.FirmConfirmed()
	case sector.StandingRefused:
		return locales.FirmRefused()
	case sector.StandingClosed:
		return locales.FirmClosed()
	case sector.StandingPending:
	}
	return locales.FirmPending()
}

// reportRow offers the report of an enterprise that may hand one in.
func (r *Router) reportRow(e sector.Enterprise) []chat.Option {
	if e.Standing != sector.StandingPending && e.Standing != sector.StandingConfirmed {
		return nil
	}
	label := locales.RegisterReport()
	if len(e.Products) == 0 { // they are chosen in the first report
		label = locales.RegisterFirst()
	}
	return []chat.Option{{Label: label, Data: tapReport + ":" + firmID(e), Style: chat.Primary}}
}

// nameStep asks for the name of an enterprise.
func nameStep[T any](ask func(T) chat.Text, field func(*T) *string) dialog.Step[T] {
	return dialog.Step[T]{
		Key: "name",
		Ask: func(d T) chat.Reply { return chat.Reply{Text: ask(d)} },
		Take: func(d *T, in chat.Input) *chat.Text {
			said, ok := in.(chat.Said)
			if !ok {
				return again(ask(*d))
			}
			name, problem := sector.CheckName(said.Text)
			switch problem {
			case "":
				*field(d) = name
				return nil
			case sector.NameLong:
				return again(locales.RegisterNameLong())
			case sector.NameNumber:
				return again(locales.RegisterNameNumber(chat.Quote(name)))
			case sector.NameControls:
				return again(locales.RegisterNameSigns())
			case sector.NameEmpty, sector.NameShort:
			}
			return again(locales.RegisterNameShort())
		},
	}
}

func again(t chat.Text) *chat.Text { return &t }

// placing is a region being asked for.
type placing struct {
	Region sector.Region   `json:"region,omitempty"`
	All    bool            `json:"all,omitempty"`  // the whole list is shown
	Near   []sector.Region `json:"near,omitempty"` // what the text may have meant
}

const moreRegions = "more"

// regionStep asks for a region: three buttons, the whole list, or a name typed.
func regionStep[T any](known places, field func(*T) *placing) dialog.Step[T] {
	return dialog.Step[T]{
		Key: "region",
		Ask: func(d T) chat.Reply {
			return chat.Reply{Text: locales.RegisterRegion(), Options: regionOptions(*field(&d))}
		},
		Take: func(d *T, in chat.Input) *chat.Text { return field(d).take(known, in) },
	}
}

func regionOptions(p placing) [][]chat.Option {
	list, more := []sector.Region{sector.Turkistan, sector.Shymkent, sector.AlmatyCity}, true
	switch {
	case len(p.Near) > 0:
		list = p.Near
	case p.All:
		list, more = sector.Regions(), false
	}
	options := make([]chat.Option, 0, len(list)+1)
	for _, r := range list {
		options = append(options, chat.Option{Label: locales.RegionName(string(r)), Data: string(r)})
	}
	if more {
		options = append(options, chat.Option{Label: locales.RegisterRegionAll(), Data: moreRegions})
	}
	return dialog.Rows(2, options...)
}

func (p *placing) take(known places, in chat.Input) *chat.Text {
	switch in := in.(type) {
	case chat.Tapped:
		if r := sector.Region(in.Data); slices.Contains(sector.Regions(), r) {
			*p = placing{Region: r}
			return nil
		}
		p.All, p.Near = true, nil
		return dialog.Again()
	case chat.Said:
		switch at := known.find(in.Text); {
		case len(at) == 1 && at[0] != sector.Kazakhstan:
			*p = placing{Region: at[0]}
			return nil
		case len(at) > 1:
			p.Near = at
			return again(locales.RegisterRegionWhich(clip(in.Text)))
		default:
			p.All, p.Near = true, nil // a region that was chosen before stays until there is a better one
			return again(locales.RegisterRegionUnknown(clip(in.Text)))
		}
	}
	return again(locales.RegisterRegion())
}

// branchStep asks for the branch.
func branchStep[T any](field func(*T) *sector.Branch) dialog.Step[T] {
	return dialog.Choice("branch", locales.RegisterBranch(), 2, []dialog.Pick[sector.Branch]{
		{Name: "13", Label: locales.RegisterTextile(), Value: sector.Textiles},
		{Name: "14", Label: locales.RegisterClothing(), Value: sector.Clothing},
		{Name: "15", Label: locales.RegisterLeather(), Value: sector.Leather},
	}, nil, field)
}

// lineStep asks for a sentence or a name in the person's own words.
func lineStep[T any](key string, most int, ask, long chat.Text, field func(*T) *string) dialog.Step[T] {
	return dialog.Field(key, ask, dialog.Line(most, func(got chat.Quote) chat.Text {
		if got == "" {
			return ask
		}
		return long
	}), field)
}

// The longest name of a person and reason that are kept, in characters.
const (
	longestWho = 60
	longestWhy = 300
)

// clip shortens what somebody typed before it is shown back.
func clip(text string) chat.Quote {
	const most = 60
	if runes := []rune(strings.Join(strings.Fields(text), " ")); len(runes) > most {
		return chat.Quote(string(runes[:most]) + "…")
	}
	return chat.Quote(strings.Join(strings.Fields(text), " "))
}

// firmWords are the engine's words of conversations about enterprises.
func firmWords() dialog.Words {
	w := dialogWords()
	w.Continue, w.Delete = locales.RegisterGoOn(), locales.ButtonDelete()
	w.Send, w.Change, w.Which = locales.EditSend(), locales.EditChange(), locales.EditWhich()
	w.Sure, w.Stopped, w.Added = locales.RegisterSure(), locales.RegisterDropped(), locales.RegisterAdded()
	w.Changed = func(label, from, to chat.Text) chat.Text { return locales.FirmChange(label, to, from) }
	w.Paused = func(done, of int) chat.Text { return locales.RegisterPaused(chat.Count(done), chat.Count(of)) }
	return w
}
