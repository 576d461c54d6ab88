package handlers

import (
	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
)

// The questions that an answer can raise: which unit was meant, why an amount is
// far from usual, which of two lines is wrong.

// unitStep asks which reading of an amount is meant.
func (f form) unitStep(line sector.Field) dialog.Step[answers] {
	return dialog.Step[answers]{
		Key:  stepKey(line) + ".unit",
		When: func(d answers) bool { return f.asked(line)(d) && len(d.Pending[line].Readings) > 0 },
		Ask: func(d answers) chat.Reply {
			p := d.Pending[line]
			options := make([]chat.Option, 0, len(p.Readings))
			for i, r := range p.Readings {
				options = append(options, chat.Option{Label: readingText(line, r), Data: string(rune('a' + i))})
			}
			return chat.Reply{Text: f.doubt(line, p), Options: dialog.Rows(2, options...)}
		},
		Take: func(d *answers, in chat.Input) *chat.Text {
			p := d.Pending[line]
			if tap, ok := in.(chat.Tapped); ok && len(tap.Data) == 1 {
				if i := int(tap.Data[0]) - 'a'; i >= 0 && i < len(p.Readings) {
					if p.Unit {
						power := p.Readings[i].Power
						d.Hint = &power
					}
					f.set(d, line, sector.ValueOf(p.Readings[i].Value))
					return nil
				}
			}
			again := f.doubt(line, p)
			return &again
		},
	}
}

// shortNumber is the length up to which a number is asked about with all readings
// in the sentence; a longer one is rather a thousand left out.
const shortNumber = 3

// doubt asks which reading is meant, with the readings in words.
func (f form) doubt(line sector.Field, p pending) chat.Text {
	got := chat.Quote(brief(p.Got))
	say := func(i int) chat.Text { return readingText(line, p.Readings[i]) }
	switch {
	case p.Unit && len(p.Readings) == 3 && len([]rune(p.Got)) <= shortNumber:
		return locales.ReportWhichThree(say(0), got, say(1), say(2))
	case p.Unit:
		return locales.ReportWhichLikely(say(0), got)
	}
	return locales.AmountWhich(got)
}

// readingText words one reading: the number as it was typed in full, a larger one
// with the word that was left out.
func readingText(line sector.Field, r sector.Read) chat.Text {
	if r.Power == 0 {
		return amountFull(line, r.Value, chat.BySpeaker)
	}
	return amountBrief(line, r.Value, chat.BySpeaker)
}

// ownReasons are the ready reasons for an unusual amount.
func ownReasons() []string { return []string{"big_order", "new_line", "stoppage"} }

func (f form) whyStep(line sector.Field) dialog.Step[answers] {
	return dialog.Step[answers]{
		Key: stepKey(line) + ".why",
		When: func(d answers) bool {
			_, odd := f.unusual(d, line)
			return odd && f.asked(line)(d) && len(d.Pending[line].Readings) == 0
		},
		Ask: func(d answers) chat.Reply {
			switch odd, _ := f.unusual(d, line); {
			case d.Typing == line:
				return chat.Reply{Text: locales.ReportWhyType()}
			case d.Sure[line]:
				options := make([]chat.Option, 0, len(ownReasons())+1)
				for _, key := range ownReasons() {
					options = append(options, chat.Option{Label: locales.GroundsLabel(key), Data: key})
				}
				options = append(options, chat.Option{Label: locales.PressAnother(), Data: optOther})
				return chat.Reply{Text: locales.ReportWhy(), Options: dialog.Rows(2, options...)}
			default:
				value := locales.ReportReadback(rowLabel(line), f.value(d, line))
				return chat.Reply{
					Text: chat.Sentences(value, f.unusualText(odd)),
					Options: [][]chat.Option{{
						{Label: locales.PressRight(), Data: optSure}, dialog.Jump(locales.PressFix(), stepKey(line)),
					}},
				}
			}
		},
		Take: func(d *answers, in chat.Input) *chat.Text { return takeReason(d, line, in) },
	}
}

// unusualText compares with the month before where the comparison is with it
// alone, else with what is usual.
func (f form) unusualText(odd sector.Unusual) chat.Text {
	ratio := shown(odd.Ratio, chat.ByRecord)
	than := locales.MonthlyThan(monthKey(f.month.Add(-1)))
	onlyLast := odd.Median == odd.Last && f.last.Output.Answered()
	switch {
	case onlyLast && odd.Above:
		return locales.ReportMoreThan(ratio, than)
	case onlyLast:
		return locales.ReportLessThan(ratio, than)
	case odd.Above:
		return locales.ReportMoreUsual(ratio)
	}
	return locales.ReportLessUsual(ratio)
}

func (f form) clashStep() dialog.Step[answers] {
	text := func(d answers) chat.Text {
		for _, c := range d.Figures.Check() {
			return locales.AmountCrossed(shown(c.LessValue, chat.BySpeaker), shown(c.MoreValue, chat.BySpeaker))
		}
		return chat.Text{}
	}
	return dialog.Step[answers]{
		Key:  stepKey(sector.FieldLocals) + ".clash",
		When: func(d answers) bool { return len(d.Figures.Check()) > 0 },
		Ask: func(d answers) chat.Reply {
			return chat.Reply{Text: text(d), Options: [][]chat.Option{{
				dialog.Jump(locales.PressFixLocals(), stepKey(sector.FieldLocals)),
				dialog.Jump(locales.PressFixWorkers(), stepKey(sector.FieldWorkers)),
			}}}
		},
		Take: func(d *answers, _ chat.Input) *chat.Text { again := text(*d); return &again },
	}
}
