package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
)

// lineKey is the key of a line in the catalogue's table of lines.
func lineKey(f sector.Field) string {
	if p, ok := f.Product(); ok {
		return string(p)
	}
	return string(f)
}

// lineLabel names a line of the report within a sentence or after a colon.
func lineLabel(f sector.Field) chat.Text { return locales.LineLabel(lineKey(f)) }

// shown is an amount that may leave because of where it is from: the person's own
// words ([chat.BySpeaker]) or a record of the enterprise ([chat.ByRecord]).
func shown(d sector.Decimal, kind chat.ProofKind) chat.Number {
	return chat.Number{Value: d.String(), Proof: chat.Proof{Kind: kind, Ref: "report"}}
}

// scales are the words for large sums of money, the largest first.
func scales() []struct {
	power int
	unit  sector.Unit
} {
	return []struct {
		power int
		unit  sector.Unit
	}{{12, sector.TrillionTenge}, {9, sector.BillionTenge}, {6, sector.MillionTenge}, {3, sector.ThousandTenge}}
}

// amountBrief says an amount as people do, "12.5 million tenge", where that is
// short and exact; else in full.
func amountBrief(f sector.Field, d sector.Decimal, kind chat.ProofKind) chat.Text {
	if f.Amount() == sector.AmountMoney {
		for _, s := range scales() {
			scaled := d.Shift10(-s.power)
			if scaled.Cmp(sector.FromInt(1)) >= 0 && scaled.Places() <= 2 {
				return locales.UnitExact(string(s.unit), shown(scaled, kind))
			}
		}
	}
	return amountFull(f, d, kind)
}

func amountFull(f sector.Field, d sector.Decimal, kind chat.ProofKind) chat.Text {
	unit := string(f.Unit())
	if f == sector.FieldJobs {
		unit = "jobs"
	}
	return locales.UnitExact(unit, shown(d, kind))
}

// amountBoth says an amount in digits and in words, so that thousands cannot pass
// for millions: "12,500,000 tenge (12.5 million tenge)".
func amountBoth(f sector.Field, d sector.Decimal, kind chat.ProofKind) chat.Text {
	if f.Amount() == sector.AmountMoney {
		full, brief := amountFull(f, d, kind), amountBrief(f, d, kind)
		if full.Args["Count"] != brief.Args["Count"] {
			return locales.AmountInFull(full, brief)
		}
	}
	return amountFull(f, d, kind)
}

// valueText words the answer to a line; the four kinds of answer stay apart.
func valueText(f sector.Field, v sector.Value, kind chat.ProofKind) chat.Text {
	switch v.Kind() {
	case sector.Given:
		amount, _ := v.Amount()
		return amountBoth(f, amount, kind)
	case sector.Zero:
		return locales.AmountZero()
	case sector.NotApplicable:
		return locales.AmountNotApplicable()
	case sector.NotKnown:
		return locales.AmountNotKnown()
	case sector.Unanswered:
	}
	return chat.Text{}
}

// amountRefused says why no amount could be read, with what was read and how to
// write it.
func amountRefused(f sector.Field, r sector.Refused) chat.Text {
	got := chat.Quote(brief(r.Text))
	switch r.Reason {
	case sector.RangeOfNumbers:
		return locales.AmountRange(got)
	case sector.PercentAmount:
		return locales.AmountPercent(got)
	case sector.NegativeAmount:
		return locales.AmountNegative(got)
	case sector.ScientificAmount:
		return locales.AmountScientific(got)
	case sector.LettersForDigits:
		return locales.AmountLetters(got)
	case sector.ImpossibleAmount:
		return locales.AmountImpossible(got)
	case sector.TwoNumbers:
		return locales.AmountTwo(got)
	case sector.OtherUnit:
		return locales.AmountUnit(got, locales.UnitLabel(string(f.Unit())))
	case sector.FractionOfPeople:
		return locales.AmountFraction(got)
	case sector.UnclearNumber:
		return locales.AmountUnclear(got)
	case sector.NoNumber:
	}
	switch {
	case got == "":
		return locales.AmountWordless()
	case f.Amount() == sector.AmountMoney:
		return locales.AmountNone(got, chat.Rule("12500000"), chat.Rule("12.5"))
	}
	return locales.AmountNonePeople(chat.Rule("48"), got)
}

// longestQuote bounds what is repeated of a person's words, in characters.
const longestQuote = 80

// brief cuts what is quoted back to a length that fits a sentence.
func brief(text string) string {
	if r := []rune(text); len(r) > longestQuote {
		return string(r[:longestQuote]) + "…"
	}
	return text
}
