package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// Words put on an answer follow one rule: the figure first, then its period and
// qualifier, then what changes its meaning, then the source. Every figure leaves
// as a [chat.Number] that names its fact or calculation, so that the catalogue
// has it proved while the sentence is put together.

// cautionsShown is how many remarks an answer carries: with the figure and the
// source that makes the four sentences that people read.
const cautionsShown = 2

// wordAnswer puts an answer into one text: what is said, then where it is from.
func (m *Mind) wordAnswer(a ask.Answer) chat.Text {
	text := chat.Lines(m.wordBody(a), wordCited(a))
	if offersQuestions(a) {
		text = chat.Lines(text, locales.UnknownInstead())
	}
	return text
}

// offersQuestions reports whether a refusal ends by pointing at the questions on
// its buttons. A long one, with a reason or several known figures, does not: the
// buttons are there all the same.
func offersQuestions(a ask.Answer) bool {
	p, ok := refusalOf(a)
	switch {
	case !ok || len(a.Related) == 0 || p.Reason == ask.Forbidden:
		return false
	case len(a.Parts) == 1:
		return true
	}
	f, ok := a.Parts[1].(ask.Figure)
	long := ok && f.Fact.Indicator == sector.CottonFibreOutput // it says that fibre is not raw cotton
	return len(a.Parts) == 2 && !long && (p.Reason == ask.NoPeriod || p.Period.IsZero())
}

// wordCopy is the answer to take elsewhere: it keeps its source.
func (m *Mind) wordCopy(a ask.Answer) chat.Text {
	return chat.Sentences(m.wordParts(a), wordCited(a))
}

// wordCard is the answer as an inline result.
func (m *Mind) wordCard(key string, a ask.Answer) chat.Card {
	return chat.Card{ID: key, Title: queryLabel(a.Query), About: m.wordParts(a), Text: chat.Lines(m.wordBody(a), wordCited(a))}
}

// wordBody is the answer without its source: the parts, the cautions and what
// was taken over from the question before.
func (m *Mind) wordBody(a ask.Answer) chat.Text {
	return chat.Sentences(m.wordParts(a), wordCautions(a), wordCarried(a.Carried))
}

// wordParts says the parts in order.
func (m *Mind) wordParts(a ask.Answer) chat.Text {
	var said []chat.Text
	for i := 0; i < len(a.Parts); i++ {
		if text, taken := m.wordTogether(a, a.Parts[i:]); taken > 0 {
			said = append(said, text)
			i += taken - 1
			continue
		}
		said = append(said, m.wordPart(a, a.Parts[i]))
	}
	return chat.Sentences(said...)
}

// wordTogether words two parts that are said in one breath: one growth on two
// bases, growth with what it came to, a wrong premise with the right figure. It
// returns how many parts it took, 0 for none.
func (m *Mind) wordTogether(a ask.Answer, parts []ask.Part) (chat.Text, int) {
	if len(parts) < 2 {
		return chat.Text{}, 0
	}
	switch second := parts[1].(type) {
	case ask.Worked:
		if first, ok := parts[0].(ask.Figure); ok && endsIn(second, first) {
			return wordWorked(second.Calc, dated(second.Calc, a)), 2
		}
	case ask.Figure:
		if p, ok := parts[0].(ask.Correction); ok && len(parts) > 2 {
			if w, ok := parts[2].(ask.Worked); ok && endsIn(w, second) {
				return chat.Sentences(wordWorked(w.Calc, dated(w.Calc, a)), wordClaim(p.Claim)), 3
			}
		}
		return m.wordWithFigure(a, parts[0], second)
	}
	return chat.Text{}, 0
}

// endsIn reports whether the working ends with the very figure.
func endsIn(w ask.Worked, f ask.Figure) bool {
	return f.Fact.Indicator == sector.OutputValueUSD && w.Calc.Name == facts.InDollars
}

func (m *Mind) wordWithFigure(a ask.Answer, first ask.Part, second ask.Figure) (chat.Text, int) {
	switch first := first.(type) {
	case ask.Figure:
		if text, ok := wordBothBases(first, second); ok {
			return text, 2
		}
		if text, ok := wordGrowthAndOutput(first, second); ok {
			return text, 2
		}
	case ask.Told:
		if first.Statement.ID == facts.RecordHarvest && second.Fact.Is(facts.BestSince2004) {
			return chat.Sentences(wordFigure(second, asked(a.Query, second)), locales.CautionText(string(facts.BestSince2004))), 2
		}
	case ask.Correction:
		return m.wordCorrected(a, first, second), 2
	}
	return chat.Text{}, 0
}

func (m *Mind) wordPart(a ask.Answer, p ask.Part) chat.Text {
	switch p := p.(type) {
	case ask.Figure:
		return wordFigure(p, asked(a.Query, p))
	case ask.Told:
		return wordTold(p.Statement, a)
	case ask.Shares:
		return wordShares(p)
	case ask.Course:
		return wordCourse(p, a.Query.Unit)
	case ask.Extreme:
		return wordExtreme(p, a.Query.Unit)
	case ask.Comparison:
		return wordComparison(p, a.Query)
	case ask.Worked:
		return wordWorked(p.Calc, dated(p.Calc, a))
	case ask.WorkedRange:
		return wordRange(p)
	case ask.Choice:
		return wordChoice(p)
	case ask.Refusal:
		return wordRefusal(p, a)
	case ask.Correction:
		return wordClaim(p.Claim)
	case ask.Definition:
		return locales.MeaningText(string(p.Term))
	case ask.Provenance:
		return chat.Lines(figureSentence(p.Fact, p.Fact.Value, p.Fact.Unit, false), wordSource(p.Fact.Source, !p.Fact.Verified))
	case ask.Meta:
		return wordMeta(p)
	}
	return locales.UnknownPlain()
}

// asked reports whether the unit of the figure was asked for by name: "in
// thousand tonnes" keeps the thousands that are otherwise written out.
func asked(q ask.Query, f ask.Figure) bool { return q.Unit != "" && f.Unit == q.Unit }

// wordCautions says what changes the meaning of the figures, unless the
// sentences say it already.
func wordCautions(a ask.Answer) chat.Text {
	if refused(a) || a.Kind == ask.KindSource {
		return chat.Text{}
	}
	var said []chat.Text
	if unstatedGrowth(a) {
		said = append(said, locales.BasisUnstated())
	}
	for _, c := range a.Caution {
		if len(said) < cautionsShown && !saidAlready(c, a.Kind) {
			said = append(said, locales.CautionText(string(c)))
		}
	}
	return chat.Sentences(said...)
}

// unstatedGrowth reports whether the answer shows a growth whose basis the
// source does not name.
func unstatedGrowth(a ask.Answer) bool {
	of := func(f *facts.Fact) bool {
		return f != nil && f.Indicator == sector.OutputGrowth && f.Basis == sector.Unstated
	}
	for _, p := range a.Parts {
		switch p := p.(type) {
		case ask.Figure:
			if of(p.Fact) {
				return true
			}
		case ask.Comparison:
			for _, f := range p.Figures {
				if of(f.Fact) {
					return true
				}
			}
		case ask.Course:
			if of(p.Facts[0]) {
				return true
			}
		}
	}
	return false
}

// saidAlready reports whether every sentence with such a figure says it: "as of
// March 2026", "average rate", "date not given". A series has no such sentences.
func saidAlready(c facts.Caution, kind ask.Kind) bool {
	switch c {
	case facts.Harvested, facts.Sown, facts.Allocated:
		return kind != ask.KindTrend && kind != ask.KindComparison
	case facts.AsStated, facts.ShareOfNumber, facts.RawCotton, facts.BestSince2004, facts.SeasonUnclear, facts.OfPairsSold,
		facts.PageUndated, facts.YearAverage, facts.OneDay, facts.FootwearAndLeather, facts.WordsOnly, facts.FiveYears,
		facts.AtJuly, facts.AtFirstQuarter, facts.FirstHalf:
		return true
	case facts.SourceRate,
		facts.Agriculture, facts.NotFibreSeries, facts.OldBorders, facts.PreviousYear100, facts.NotByCountry,
		facts.SourcesDiffer, facts.WithoutSpecialFootwear, facts.HouseholdTextiles, facts.OnlyGrower:
	}
	return false
}

// wordCarried names what a follow-up took over, so that nobody reads the figure
// under the wrong heading.
func wordCarried(c *ask.Carried) chat.Text {
	switch {
	case c == nil:
		return chat.Text{}
	case c.Topic != "":
		return locales.CarriedTopic(locales.SubjectLabel(string(c.Topic)))
	case !c.Period.IsZero():
		return locales.CarriedPeriod(periodLabel(c.Period, false))
	case c.Region != "":
		return locales.CarriedRegion(locales.RegionName(string(c.Region)))
	}
	return chat.Text{}
}

func wordChoice(p ask.Choice) chat.Text {
	if p.About == ask.WhichTextile {
		return locales.MenuTextiles()
	}
	return locales.ChoiceAsk(locales.SubjectLabel(string(p.About)))
}

func wordMeta(p ask.Meta) chat.Text {
	if p.About == ask.MetaFresh {
		return locales.FreshText(dateOf(p.Newest))
	}
	return locales.MetaText(string(p.About))
}

// wordClaim says that a premise was wrong, without repeating it.
func wordClaim(c ask.Claim) chat.Text {
	switch c {
	case ask.ClaimedFall:
		return locales.WrongFell()
	case ask.ClaimedExact:
		return locales.WrongExact()
	case ask.ClaimedNumber:
	}
	return locales.WrongNumber()
}

// wordCorrected sets a premise right. The figure keeps its place at the front.
func (m *Mind) wordCorrected(a ask.Answer, p ask.Correction, right ask.Figure) chat.Text {
	f := right.Fact
	if p.Claim == ask.ClaimedFall {
		if f.Indicator == sector.OutputGrowth && f.Branch == sector.LightIndustry && f.Basis == sector.Unstated {
			return locales.WrongFellOutput(growthBy(f), whenOf(f))
		}
		return chat.Sentences(locales.WrongFell(), wordFigure(right, asked(a.Query, right)))
	}
	sentence := wordFigure(right, asked(a.Query, right))
	if p.Claim == ask.ClaimedExact && locales.FactKnown(sentenceBase(f)+"/over") && f.Qualifier == sector.Over {
		return sentence // it says itself that the exact figure is not published
	}
	return chat.Sentences(sentence, wordClaim(p.Claim))
}
