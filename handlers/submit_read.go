package handlers

import (
	"maps"
	"slices"
	"strings"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
)

// How the form reads what people write. Nothing is taken that could be read in
// another way: it waits in Pending until a reading has been chosen in words.

// set stores the value of a line.
func (f form) set(d *answers, line sector.Field, v sector.Value) {
	d.Was = map[sector.Field]string{line: d.Figures.Get(line).String()}
	d.Figures = d.Figures.With(line, v)
	delete(d.Pending, line)
	delete(d.Sure, line)
	delete(d.Stands, line)
	d.Typing, d.Stating = "", ""
	d.Heard = []sector.Field{line}
}

// hold keeps an amount until its reading has been chosen.
func (f form) hold(d *answers, line sector.Field, p pending) {
	d.Pending = maps.Clone(d.Pending)
	if d.Pending == nil {
		d.Pending = map[sector.Field]pending{}
	}
	d.Pending[line] = p
	d.Heard = nil
}

// take reads the answer to a line.
func (f form) take(d *answers, line sector.Field, in chat.Input) *chat.Text {
	switch in := in.(type) {
	case chat.Tapped:
		return f.takeTap(d, line, in.Data)
	case chat.Said:
		if d.Stating == line {
			return f.takeStands(d, line, in.Text)
		}
		return f.takeText(d, line, in.Text)
	}
	wrong := amountRefused(line, sector.Refused{Reason: sector.NoNumber})
	return &wrong
}

func (f form) takeTap(d *answers, line sector.Field, data string) *chat.Text {
	_, returned := f.returned(line)
	switch {
	case data == optSame && f.last.Get(line).Answered():
		f.set(d, line, f.last.Get(line))
		return nil
	case data == optSure && returned:
		d.Stating = line
		return dialog.Again()
	}
	v := sector.NoAmount(sector.ValueKind(data))
	if !v.Answered() {
		return dialog.Again()
	}
	f.set(d, line, v)
	return nil
}

// takeStands keeps why a returned line is right as it is.
func (f form) takeStands(d *answers, line sector.Field, text string) *chat.Text {
	reason, wrong := reasonIn(text)
	if wrong != nil {
		return wrong
	}
	d.Stands = maps.Clone(d.Stands)
	if d.Stands == nil {
		d.Stands = map[sector.Field]string{}
	}
	d.Stands[line], d.Stating, d.Heard = reason, "", nil
	return nil
}

func (f form) takeText(d *answers, line sector.Field, text string) *chat.Text {
	reading := sector.ReadField(text, line)
	if one := sector.ReadReport(text); len(one.Fields) > 0 {
		own := slices.IndexFunc(one.Fields, func(o sector.OneField) bool { return o.Field == line })
		if own < 0 { // it names another line, so its number is not for this one
			wrong := amountRefused(one.Fields[0].Field, sector.Refused{Reason: sector.UnclearNumber, Text: text})
			if bad, ok := one.Fields[0].Reading.(sector.Refused); ok {
				wrong = amountRefused(one.Fields[0].Field, bad)
			}
			return &wrong
		}
	}
	return f.settle(d, line, reading)
}

// settle stores a reading, holds it, or says what is wrong with it.
func (f form) settle(d *answers, line sector.Field, reading sector.Reading) *chat.Text {
	switch r := reading.(type) {
	case sector.Read:
		f.accept(d, line, r)
	case sector.NoValue:
		if len(r.Kinds) != 1 {
			which := locales.ReportWhichNone(chat.Quote(brief(r.Text)))
			return &which
		}
		f.set(d, line, sector.NoAmount(r.Kinds[0]))
	case sector.Ambiguous:
		f.hold(d, line, pending{Got: r.Text, Readings: r.Readings})
	case sector.Refused:
		if r.Suggest != nil {
			f.hold(d, line, pending{Got: r.Text, Readings: []sector.Read{*r.Suggest}})
			return nil
		}
		wrong := amountRefused(line, r)
		return &wrong
	}
	return nil
}

// accept stores an amount unless its unit must be asked for.
func (f form) accept(d *answers, line sector.Field, r sector.Read) {
	if line.Amount() == sector.AmountMoney {
		if which, ok := sector.Inspect(r, f.evidence(*d, line)).(sector.WhichUnit); ok {
			f.hold(d, line, pending{Got: r.Text, Readings: which.Readings, Unit: true})
			return
		}
	}
	f.set(d, line, sector.ValueOf(r.Value))
}

func (f form) evidence(d answers, line sector.Field) sector.Evidence {
	e := sector.Evidence{History: f.history[line]}
	for _, figures := range []sector.Figures{d.Figures, f.last} {
		if workers, ok := figures.Workers.Amount(); ok && !workers.IsZero() {
			e.Workers = workers
			break
		}
	}
	if d.Hint != nil {
		e.Hint, e.HasHint = *d.Hint, true
	}
	return e
}

// unusual reports whether a stored amount is far from the enterprise's own.
func (f form) unusual(d answers, line sector.Field) (sector.Unusual, bool) {
	amount, ok := d.Figures.Get(line).Amount()
	if !ok || line == sector.FieldJobs {
		return sector.Unusual{}, false
	}
	verdict := sector.InspectUsual(amount, f.history[line])
	if line.Amount() == sector.AmountPeople {
		verdict = sector.InspectPeople(amount, f.history[line])
	}
	odd, is := verdict.(sector.Unusual)
	return odd, is
}

func takeReason(d *answers, line sector.Field, in chat.Input) *chat.Text {
	keep := func(reason string) {
		d.Figures, d.Typing, d.Heard = d.Figures.WithReason(line, reason), "", []sector.Field{line}
		delete(d.Sure, line)
	}
	switch in := in.(type) {
	case chat.Tapped:
		switch {
		case in.Data == optSure:
			d.Sure = maps.Clone(d.Sure)
			if d.Sure == nil {
				d.Sure = map[sector.Field]bool{}
			}
			d.Sure[line] = true
			return dialog.Again()
		case in.Data == optOther:
			d.Typing = line
			return dialog.Again()
		case slices.Contains(ownReasons(), in.Data):
			keep(in.Data)
			return nil
		}
		return dialog.Again()
	case chat.Said:
		reason, wrong := reasonIn(in.Text)
		if wrong == nil {
			keep(reason)
		}
		return wrong
	}
	again := locales.ReportWhyType()
	return &again
}

// longestReason bounds a typed reason, in characters.
const longestReason = 300

// reasonIn reads a sentence.
func reasonIn(text string) (string, *chat.Text) {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "":
		again := locales.ReportWhyType()
		return "", &again
	case len([]rune(text)) > longestReason:
		long := locales.ErrorTooLong()
		return "", &long
	}
	return text, nil
}

// hear reads answers to other lines than the open one, or to several at once:
// "сату 10,4", or a whole report.
func (f form) hear(d *answers, open string, said chat.Said) []string {
	openLine, known := lineOf(open)
	followUp := strings.Contains(open, ".")
	if d.Typing != "" || d.Stating != "" || strings.HasSuffix(open, ".clash") && len(sector.ReadReport(said.Text).Fields) == 0 {
		return nil // a sentence is being waited for
	}
	one := sector.ReadReport(said.Text)
	fields := slices.DeleteFunc(slices.Clone(one.Fields), func(o sector.OneField) bool { return !f.asked(o.Field)(*d) })
	switch {
	case open == stepKey(sector.FieldNote) && len(fields) < 2:
		return nil
	case followUp && known && len(fields) == 0:
		return f.hearAgain(d, openLine, said.Text)
	case len(fields) == 0, len(fields) == 1 && !followUp && fields[0].Field == openLine:
		return nil
	}
	var keys []string
	var heard []sector.Field
	was := map[sector.Field]string{}
	for _, o := range fields {
		if _, refused := o.Reading.(sector.Refused); refused {
			continue
		}
		if wrong := f.settle(d, o.Field, o.Reading); wrong == nil {
			keys, heard = append(keys, stepKey(o.Field)), append(heard, o.Field)
			was[o.Field] = d.Was[o.Field]
		}
	}
	if one.Note != "" {
		d.Figures = d.Figures.WithNote(one.Note)
	}
	if one.Note != "" || len(keys) > 1 { // who reports in one message would have added a note there
		keys = append(keys, stepKey(sector.FieldNote))
	}
	d.Heard, d.Was = heard, was
	return keys
}

// hearAgain takes an amount typed at a follow-up as a better answer to its line.
func (f form) hearAgain(d *answers, line sector.Field, text string) []string {
	r, ok := sector.ReadField(text, line).(sector.Read)
	if !ok || r.Text != strings.TrimSpace(text) {
		return nil
	}
	f.accept(d, line, r)
	return []string{stepKey(line)}
}
