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
)

// pledging is a pledge being filled in.
type pledging struct {
	Enterprise sector.EnterpriseID `json:"enterprise"`
	Name       string              `json:"name"`
	Year       int                 `json:"year"`
	Force      bool                `json:"force,omitempty"`    // a pledge is in force
	Current    sector.Target       `json:"current,omitzero"`   // that pledge
	Start      sector.Target       `json:"start,omitzero"`     // what the form began with: what waits, else what is in force
	Target     sector.Target       `json:"target,omitzero"`    // as filled in so far
	Reason     string              `json:"reason,omitempty"`   // of a change
	Workers    sector.Decimal      `json:"workers,omitzero"`   // the newest headcount, 0 when none is known
	Just       sector.Field        `json:"just,omitempty"`     // the line answered last, to be read back
	Doubt      sector.Field        `json:"doubt,omitempty"`    // the line whose last answer can be read in several ways
	Readings   []sector.Read       `json:"readings,omitempty"` // those ways
}

// What the buttons under a question of the form carry.
const (
	pledgeKeep    = "keep"
	pledgeNone    = "none"
	pledgeReading = "r" // r0, r1: the readings of a doubtful answer
)

// unchanged reports whether there is nothing to propose.
func (p pledging) unchanged() bool {
	if p.Force {
		return p.Target == p.Current
	}
	return p.Target == sector.Target{}
}

// crossed returns the local residents and the workers where more of the former
// are pledged.
func (p pledging) crossed() (locals, workers sector.Decimal, yes bool) {
	locals, hasLocals := p.Target.Locals.Amount()
	workers, hasWorkers := p.Target.Workers.Amount()
	return locals, workers, hasLocals && hasWorkers && workers.Less(locals)
}

// set returns the pledge with a line set.
func (p *pledging) set(field sector.Field, v sector.Value) {
	p.Just, p.Doubt, p.Readings = field, "", nil
	switch field {
	case sector.FieldOutput:
		p.Target.Output = v
	case sector.FieldWorkers:
		p.Target.Workers = v
	case sector.FieldLocals:
		p.Target.Locals = v
	default: // nothing else is pledged in figures
	}
}

// The keys of the steps that are no lines of figures.
const (
	stepCrossed     = "locals.crossed"
	stepCommitments = "commitments"
	stepSame        = "commitments.same"
	stepReason      = "reason"
	stepSure        = "sure"
)

// targetScript asks for a year's pledge.
func targetScript() dialog.Script[pledging] {
	return dialog.Script[pledging]{
		Name: "target",
		Steps: []dialog.Step[pledging]{
			pledgeStep(sector.FieldOutput, func(p pledging) chat.Text {
				return locales.TargetAskOutput(chat.Rule("150"), chat.Year(p.Year))
			}),
			pledgeStep(sector.FieldWorkers, func(p pledging) chat.Text { return locales.TargetAskWorkers(chat.Year(p.Year)) }),
			pledgeStep(sector.FieldLocals, func(pledging) chat.Text { return locales.TargetAskLocals() }),
			{
				Key: stepCrossed, Ask: askCrossed, Take: takeAgain,
				When: func(p pledging) bool { _, _, yes := p.crossed(); return yes },
			},
			{
				Key: stepCommitments, Label: locales.LabelButton(locales.TargetNameCommitments()),
				Ask: askCommitments, Take: takeCommitments,
				Show: func(p pledging) chat.Text { return wordsOrNone(p.Target.Commitments) },
			},
			{Key: stepSame, Ask: askSame, Take: takeAgain, When: pledging.unchanged},
			{
				Key: stepReason, Label: locales.LabelButton(locales.TargetNameReason()),
				Ask: askReason, Take: takePledgeReason, When: func(p pledging) bool { return p.Force },
				Show: func(p pledging) chat.Text { return wordsOrNone(p.Reason) },
			},
			dialog.Confirm(stepSure, pledgeCard),
		},
		Words:  pledgeWords(),
		Spread: true,
		Expires: func(_ pledging, touched time.Time) time.Time {
			return touched.Add(pledgeFormLives)
		},
	}
}

// pledgeFormLives is how long a pledge can be left half filled in. It is made of
// a few lines, and a text after days is a question again.
const pledgeFormLives = 24 * time.Hour

func pledgeWords() dialog.Words {
	return dialog.Words{
		Back: locales.ButtonBack(), Cancel: locales.ButtonCancel(),
		Send: locales.TargetButtonSend(), Change: locales.TargetButtonCorrect(),
		Which: locales.TargetWhich(), Old: locales.ButtonOld(), Stopped: locales.TargetStopped(),
		Progress: func(at, of int) chat.Text { return locales.TargetProgress(chat.Count(at), chat.Count(of)) },
		Changed: func(label, from, to chat.Text) chat.Text {
			return locales.TargetChanged(from, label, to)
		},
	}
}

// pledgeStep asks for one line of figures. What can be read in several ways is
// asked about, with the readings in words, before it is taken.
func pledgeStep(field sector.Field, question func(pledging) chat.Text) dialog.Step[pledging] {
	return dialog.Step[pledging]{
		Key: string(field), Label: locales.LabelButton(lineLabel(field)),
		Ask: func(p pledging) chat.Reply {
			var options []chat.Option
			if p.Doubt == field {
				for i, r := range p.Readings {
					options = append(options, chat.Option{
						Label: amountBrief(field, r.Value, chat.BySpeaker), Data: pledgeReading + strconv.Itoa(i),
					})
				}
				return chat.Reply{Text: question(p), Options: dialog.Rows(1, options...)}
			}
			if p.Start.Get(field).Counts() {
				options = append(options, chat.Option{Label: locales.TargetButtonKeep(), Data: pledgeKeep})
			}
			options = append(options, chat.Option{Label: locales.TargetButtonNone(), Data: pledgeNone})
			text := question(p)
			if p.Target.Get(field).Counts() {
				text = chat.Lines(text, pledgeLine(p.Target, field))
			}
			return chat.Reply{Text: readBack(p, field, text), Options: [][]chat.Option{options}}
		},
		Take: func(p *pledging, in chat.Input) *chat.Text { return takePledge(p, field, in) },
		Show: func(p pledging) chat.Text { return pledgedText(p.Target, field) },
	}
}

func pledgeLine(t sector.Target, field sector.Field) chat.Text {
	return locales.TargetLine(pledgedText(t, field), lineLabel(field))
}

// readBack puts the answer before this question under it, in digits and words.
func readBack(p pledging, field sector.Field, text chat.Text) chat.Text {
	order := append(sector.TargetFields(), stepCommitments)
	if at := slices.Index(order, field); at == 0 || order[at-1] != p.Just {
		return text
	}
	return chat.Paragraphs(text, locales.TargetNoted(pledgeLine(p.Target, p.Just)))
}

func takePledge(p *pledging, field sector.Field, in chat.Input) *chat.Text {
	switch in := in.(type) {
	case chat.Tapped:
		return tapPledged(p, field, in.Data)
	case chat.Said:
		return readPledge(p, field, in.Text)
	}
	text := locales.AmountWordless()
	return &text
}

func tapPledged(p *pledging, field sector.Field, data string) *chat.Text {
	switch digits, reading := strings.CutPrefix(data, pledgeReading); {
	case data == pledgeKeep:
		p.set(field, p.Start.Get(field))
		return nil
	case data == pledgeNone:
		p.set(field, sector.Value{})
		return nil
	case reading && p.Doubt == field:
		i, err := strconv.Atoi(digits)
		if err == nil && i >= 0 && i < len(p.Readings) {
			p.set(field, sector.ValueOf(p.Readings[i].Value))
			return nil
		}
	}
	return dialog.Again()
}

// readPledge reads a typed amount. A bare number of tenge is doubted as in a
// monthly report, against a year's work of the people there.
func readPledge(p *pledging, field sector.Field, text string) *chat.Text {
	p.Doubt, p.Readings = "", nil
	switch r := sector.ReadField(text, field).(type) {
	case sector.NoValue:
		p.set(field, sector.Value{})
		return nil
	case sector.Refused:
		wrong := amountRefused(field, r)
		return &wrong
	case sector.Ambiguous:
		p.Doubt, p.Readings = field, r.Readings
		which := locales.AmountWhich(chat.Quote(brief(r.Text)))
		return &which
	case sector.Read:
		if field == sector.FieldOutput {
			verdict := sector.Inspect(r, sector.Evidence{Workers: p.Workers.Mul(sector.FromInt(12))})
			if doubt, ok := verdict.(sector.WhichUnit); ok {
				p.Doubt, p.Readings = field, doubt.Readings
				which := locales.AmountWhich(chat.Quote(brief(r.Text)))
				return &which
			}
		}
		if r.Value.IsZero() { // to pledge nothing is not to pledge
			p.set(field, sector.Value{})
			return nil
		}
		p.set(field, sector.ValueOf(r.Value))
	}
	return nil
}

// takeAgain is of a step that only leads to others.
func takeAgain(*pledging, chat.Input) *chat.Text { return dialog.Again() }

func askCrossed(p pledging) chat.Reply {
	locals, workers, _ := p.crossed()
	return chat.Reply{
		Text: locales.AmountCrossed(shown(locals, chat.BySpeaker), shown(workers, chat.BySpeaker)),
		Options: dialog.Rows(
			1, jumpTo(sector.FieldLocals), jumpTo(sector.FieldWorkers),
		),
	}
}

func jumpTo(field sector.Field) chat.Option {
	return dialog.Jump(locales.LabelButton(lineLabel(field)), string(field))
}

func askSame(pledging) chat.Reply {
	return chat.Reply{Text: locales.TargetSame(), Options: dialog.Rows(
		1, jumpTo(sector.FieldOutput), jumpTo(sector.FieldWorkers), jumpTo(sector.FieldLocals),
		dialog.Jump(locales.LabelButton(locales.TargetNameCommitments()), stepCommitments),
	)}
}

func askCommitments(p pledging) chat.Reply {
	var options []chat.Option
	text := locales.TargetAskCommitments()
	if p.Start.Commitments != "" {
		text = chat.Lines(text, locales.TargetCommitments(chat.Quote(p.Start.Commitments)))
		options = append(options, chat.Option{Label: locales.TargetButtonKeep(), Data: pledgeKeep})
	}
	options = append(options, chat.Option{Label: locales.TargetButtonNoWords(), Data: pledgeNone})
	return chat.Reply{Text: readBack(p, stepCommitments, text), Options: [][]chat.Option{options}}
}

// mostWords bounds commitments and reasons, in characters: a card shows them whole.
const mostWords = 500

func takeCommitments(p *pledging, in chat.Input) *chat.Text {
	if tap, ok := in.(chat.Tapped); ok {
		switch tap.Data {
		case pledgeKeep:
			p.Target.Commitments = p.Start.Commitments
			return nil
		case pledgeNone:
			p.Target.Commitments = ""
			return nil
		}
		return dialog.Again()
	}
	text, wrong := takeWords(in)
	if wrong == nil {
		p.Target.Commitments = text
	}
	return wrong
}

func askReason(p pledging) chat.Reply {
	text := locales.TargetAskReason()
	var lowers []chat.Text
	for _, field := range p.Target.Lowered(p.Current) {
		lowers = append(lowers, locales.TargetLowers(lineLabel(field)))
	}
	return chat.Reply{Text: chat.Lines(append(lowers, text)...)}
}

func takePledgeReason(p *pledging, in chat.Input) *chat.Text {
	text, wrong := takeWords(in)
	if wrong == nil {
		p.Reason = text
	}
	return wrong
}

// takeWords reads a few sentences.
func takeWords(in chat.Input) (string, *chat.Text) {
	said, _ := in.(chat.Said)
	text := strings.Join(strings.Fields(said.Text), " ")
	switch {
	case text == "":
		wrong := locales.TargetWordsNeeded()
		return "", &wrong
	case len([]rune(text)) > mostWords:
		wrong := locales.TargetTooLong(chat.Rule(strconv.Itoa(mostWords)))
		return "", &wrong
	}
	return text, nil
}

func wordsOrNone(words string) chat.Text {
	if words == "" {
		return locales.TargetNoAmount()
	}
	return locales.TargetFirm(chat.Quote(brief(words)))
}

func pledgeCard(p pledging) chat.Text {
	c := sector.TargetChange{Target: p.Target, Reason: p.Reason}
	lines := append([]chat.Text{locales.TargetCard(chat.Quote(p.Name), chat.Year(p.Year))}, changeLines(c, p.Current, p.Force)...)
	return chat.Paragraphs(chat.Lines(lines...), locales.TargetCheck())
}

// tapPledge opens the form in place of the pressed message.
func (r *Router) tapPledge(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	id, year, _, ok := targetOf(arg)
	if !ok || u.Place != chat.Private || !r.pledgeable(year, u.At) {
		return r.outdated(s, u, tap), nil
	}
	e, may, err := mayPledge(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !may {
		return say(s, chat.Reply{To: u.Chat, Answers: tap.Query, Text: locales.AccessNone()}), nil
	}
	draft, err := newPledging(s, e, year)
	if err != nil {
		return Outcome{}, err
	}
	script := targetScript()
	st, err := script.Begin(s.Session.Dialog, draft, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("begin a pledge: %w", err)
	}
	turn, err := script.Ask(st, nil, u.At)
	if err != nil {
		return Outcome{}, fmt.Errorf("begin a pledge: %w", err)
	}
	return turnOutcome(s, u, turn), nil
}

// newPledging begins with what waits for a decision or, failing that, with what
// is in force.
func newPledging(s Scene, e sector.Enterprise, year int) (pledging, error) {
	p, err := s.Read.Pledge(e.ID, year)
	if err != nil {
		return pledging{}, err
	}
	draft := pledging{Enterprise: e.ID, Name: e.Name, Year: year}
	draft.Current, draft.Force = p.InForce()
	draft.Start = draft.Current
	if c, waits := p.Waiting(); waits {
		draft.Start = c.Target
	}
	draft.Target = draft.Start
	counting, err := countingFigures(s.Read, e.ID)
	if err != nil {
		return pledging{}, err
	}
	var newest sector.Month
	for month, f := range counting {
		if n, ok := f.Workers.Amount(); ok && (newest.IsZero() || newest.Before(month)) {
			newest, draft.Workers = month, n
		}
	}
	return draft, nil
}

// pledged sends the pledge to those who decide. The right and the pledge in force
// are looked up anew: both may have changed since the form began.
func (r *Router) pledged(s Scene, u chat.Update, draft pledging) ([]chat.Reply, []Write, error) {
	e, may, err := mayPledge(s, draft.Enterprise)
	if err != nil {
		return nil, nil, err
	}
	if !may {
		return []chat.Reply{{To: u.Chat, Text: locales.AccessNone()}}, nil, nil
	}
	p, err := s.Read.Pledge(e.ID, draft.Year)
	if err != nil {
		return nil, nil, err
	}
	current, inForce := p.InForce()
	next, err := p.Propose(draft.Target, draft.Reason, s.Person.Key, u.At)
	if inForce != draft.Force || current != draft.Current || errors.Is(err, sector.ErrNothingChanged) {
		reply, err := r.targetReply(s, u, e, draft.Year)
		reply.Text = chat.Paragraphs(locales.TargetMeanwhile(), reply.Text)
		return []chat.Reply{reply}, nil, err
	}
	if err != nil {
		return nil, nil, fmt.Errorf("propose a pledge: %w", err)
	}
	told := locales.TargetSent(chat.Quote(e.Name), chat.Year(draft.Year))
	if inForce {
		told = chat.Sentences(told, locales.TargetSentKeeps())
	}
	cards, err := r.approveCards(s, e, next)
	if err != nil {
		return nil, nil, err
	}
	replies := append([]chat.Reply{{
		To: u.Chat, Text: told,
		Options: [][]chat.Option{{{Label: locales.TargetButtonOpen(), Data: targetData(tapTarget, e.ID, draft.Year)}}},
	}}, cards...)
	return replies, []Write{savePledge{next}}, nil
}
