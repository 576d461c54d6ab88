package handlers

import (
	"slices"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

const (
	tapFirm = "en" // en:<enterprise>: show it
	tapEdit = "ec" // ec:<what>:<enterprise>: ask for a change of it
)

// What can be changed of an enterprise.
const (
	editName   = "name"
	editRegion = "region"
	editBranch = "branch"
	editBIN    = "bin"
	editGoods  = "goods" // what is made, once the first report has said it
	editClose  = "close"
)

// edit is a change being asked for. Nothing changes before a reviewer accepts it.
type edit struct {
	Firm   sector.Enterprise `json:"firm"` // as it was when the conversation began
	What   string            `json:"what"`
	Name   string            `json:"name,omitempty"`
	Place  placing           `json:"place,omitzero"`
	Branch sector.Branch     `json:"branch,omitempty"`
	BIN    sector.BIN        `json:"bin,omitempty"`
	Goods  []sector.Product  `json:"goods,omitempty"`
	Reason string            `json:"reason,omitempty"`
}

func (d edit) petition() petition {
	switch d.What {
	case editName:
		return petition{Name: d.Name}
	case editRegion:
		return petition{Region: d.Place.Region}
	case editBranch:
		return petition{Branch: d.Branch}
	case editBIN:
		return petition{BIN: d.BIN}
	case editGoods:
		return petition{Products: d.Goods}
	}
	return petition{}
}

func (d edit) kind() storage.RequestKind {
	switch d.What {
	case editBIN:
		return storage.RequestBIN
	case editClose:
		return storage.RequestClosing
	}
	return storage.RequestProfile
}

func only(what string) func(edit) bool { return func(d edit) bool { return d.What == what } }

const editScriptName = "edit"

// editScript asks for the one thing that is to change, and shows it once more.
func (r *Router) editScript(look *binLook) dialog.Script[edit] {
	newName := func(edit) chat.Text { return locales.EditNewName() }
	return dialog.Script[edit]{
		Name: editScriptName,
		Steps: []dialog.Step[edit]{
			unlike(nameStep(newName, func(d *edit) *string { return &d.Name }), func(d edit) bool { return d.Name == d.Firm.Name }).
				If(only(editName)).Line(locales.FirmName(), nil),
			unlike(regionStep(r.Mind.places, func(d *edit) *placing { return &d.Place }), func(d edit) bool { return d.Place.Region == d.Firm.Region }).
				If(only(editRegion)).Line(locales.FirmRegion(), nil),
			unlike(branchStep(func(d *edit) *sector.Branch { return &d.Branch }), func(d edit) bool { return d.Branch == d.Firm.Branch }).
				If(only(editBranch)).Line(locales.FirmBranch(), nil),
			unlike(editBINStep(look), func(d edit) bool { return d.BIN == d.Firm.BIN }).
				If(only(editBIN)).Line(locales.FirmBin(), nil),
			unlike(goodsStep(), func(d edit) bool { return slices.Equal(d.Goods, d.Firm.Products) }).
				If(only(editGoods)).Line(locales.FirmProducts(), nil),
			lineStep("reason", longestWhy, locales.EditWhyClose(), locales.RequestWhyLong(), func(d *edit) *string { return &d.Reason }).
				If(only(editClose)),
			dialog.Confirm("sure", editCard),
		},
		Words:   editWords(),
		Expires: func(_ edit, touched time.Time) time.Time { return touched.Add(registerIdle) },
	}
}

func editWords() dialog.Words {
	w := firmWords()
	w.Stopped = locales.RequestKept()
	return w
}

// unlike refuses an answer that would change nothing.
func unlike(step dialog.Step[edit], same func(edit) bool) dialog.Step[edit] {
	take := step.Take
	step.Take = func(d *edit, in chat.Input) *chat.Text {
		if wrong := take(d, in); wrong != nil {
			return wrong
		}
		if same(*d) {
			return again(locales.EditSame())
		}
		return nil
	}
	return step
}

func editBINStep(look *binLook) dialog.Step[edit] {
	ask := locales.EditNewBin(chat.Rule("12"))
	return dialog.Step[edit]{
		Key: "bin",
		Ask: func(edit) chat.Reply { return chat.Reply{Text: ask} },
		Take: func(d *edit, in chat.Input) *chat.Text {
			said, ok := in.(chat.Said)
			if !ok {
				return again(ask)
			}
			bin, err := sector.ParseBIN(said.Text)
			if err != nil {
				return again(binProblem(said.Text, err))
			}
			if e, _, _ := look.firm(bin); e.ID != 0 && e.ID != d.Firm.ID {
				return again(locales.EditBinTaken(numberShown(bin)))
			}
			d.BIN = bin
			return nil
		},
	}
}

// editCard shows what will be asked for.
func editCard(d edit) chat.Text {
	lines := petitionLines(d.Firm, d.petition())
	if d.What == editClose {
		lines = []chat.Text{locales.EditClosing(chat.Quote(d.Firm.Name)), locales.EditReason(chat.Quote(d.Reason))}
	}
	return chat.Paragraphs(chat.Lines(lines...), locales.EditCard())
}

// tapFirm shows an enterprise to its people.
func (r *Router) tapFirm(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	e, m, ok, err := post(s, arg)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || u.Place != chat.Private {
		return noAccess(s, u, tap), nil
	}
	text := chat.Lines(firmLines(e), locales.FirmLine(locales.FirmStanding(), firmStanding(e.Standing)))
	rows := appendRow(nil, r.reportRow(e))
	if m.Role.May(sector.RightEnlist) && e.Standing != sector.StandingClosed {
		var single [][]chat.Option
		for _, o := range []struct {
			what  string
			label chat.Text
		}{
			{editName, locales.EditName()},
			{editRegion, locales.EditRegion()},
			{editBranch, locales.EditBranch()},
			{editBIN, locales.EditBin()},
			{editGoods, locales.EditProducts()},
			{editClose, locales.EditClose()},
		} {
			if o.what == editGoods && len(e.Products) == 0 {
				continue
			}
			single = append(single, []chat.Option{{Label: o.label, Data: tapEdit + ":" + o.what + ":" + firmID(e)}})
		}
		rows = append(rows, inRows(single, 2)...)
	}
	rows = append(rows, peopleRow(e))
	return say(s, chat.Reply{To: u.Chat, Text: text, Options: rows}), nil
}

// tapEdit begins a change.
func (r *Router) tapEdit(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	what, id, _ := strings.Cut(arg, ":")
	e, m, ok, err := post(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || u.Place != chat.Private || !m.Role.May(sector.RightEnlist) {
		return noAccess(s, u, tap), nil
	}
	switch what {
	case editName, editRegion, editBranch, editBIN, editGoods, editClose:
		if e.Standing != sector.StandingClosed && (what != editGoods || len(e.Products) > 0) {
			return begin(s, u, r.editScript(&binLook{s: s}), edit{Firm: e, What: what, Goods: e.Products})
		}
	}
	return r.outdated(s, u, tap), nil
}

// edited files the change as a request.
func (r *Router) edited(s Scene, u chat.Update, d edit) ([]chat.Reply, []Write, error) {
	e, m, ok, err := post(s, firmID(d.Firm))
	if err != nil {
		return nil, nil, err
	}
	if !ok || !m.Role.May(sector.RightEnlist) || e.Standing == sector.StandingClosed {
		return []chat.Reply{{To: u.Chat, Text: locales.AccessNone()}}, nil, nil
	}
	q, err := newRequest(s, u, d.kind(), e, d.petition())
	if err != nil {
		return nil, nil, err
	}
	q.Reason = d.Reason
	cards, err := r.petitionCards(s, q, e)
	if err != nil {
		return nil, nil, err
	}
	sent := chat.Reply{
		To: u.Chat, Text: locales.RequestSent(requestNumber(q.Number)), Options: firmRows([]sector.Enterprise{e}, tapFirm+":"),
	}
	return append([]chat.Reply{sent}, cards...), []Write{fileRequest{q}}, nil
}
