package handlers

import (
	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/ask"
	"maqta/sector/facts"
)

// periodsNamed is how many known periods a refusal names one by one.
const periodsNamed = 4

// wordRefusal says that something is not known, and why. It names the period and
// the region that were asked for, so that nobody reads what follows as theirs.
func wordRefusal(p ask.Refusal, a ask.Answer) chat.Text {
	switch p.Reason {
	case ask.NoPeriod:
		if p.Period.IsZero() {
			return wordMissing(p.Missing)
		}
		return wordNoPeriod(p, len(a.Parts) > 1)
	case ask.NoRegion:
		return wordNoRegion(p)
	case ask.NoTopic:
		return ofPeriod(wordMissing(p.Missing), p.Period)
	case ask.Forbidden:
		if p.Ban == facts.BanGrowthBack && p.Period.Kind == sector.AYear {
			return locales.RefusalGrowthBack(chat.Year(p.Period.Year))
		}
		return ofPeriod(locales.BanText(string(p.Ban)), p.Period)
	case ask.OutOfScope:
		return locales.OutsideNoData()
	case ask.NoQuestion:
		if p.Missing != "" {
			return wordMissing(p.Missing)
		}
		return locales.OutsideTopic()
	case ask.NotRead:
	}
	return locales.UnknownNotUnderstood()
}

// wordNoRegion names the region that is not known, or says that cities or
// districts are not told apart.
func wordNoRegion(p ask.Refusal) chat.Text {
	switch {
	case p.Region == "" || !p.Region.Known():
		return ofPeriod(wordMissing(p.Missing), p.Period)
	case p.Period.IsZero():
		return locales.RefusalNoRegion(locales.RegionName(string(p.Region)))
	}
	return locales.RefusalNoRegionPeriod(periodLabel(p.Period, false), locales.RegionName(string(p.Region)))
}

// ofPeriod adds the period that was asked about, if one was.
func ofPeriod(text chat.Text, p sector.Period) chat.Text {
	if p.IsZero() {
		return text
	}
	return chat.Sentences(text, locales.RefusalPeriod(periodLabel(p, false)))
}

func wordMissing(what ask.Missing) chat.Text {
	if !locales.MissingKnown(string(what)) {
		return locales.RefusalNoTopic()
	}
	return locales.MissingText(string(what))
}

// wordNoPeriod names the period that is not known, and those that are unless a
// figure follows.
func wordNoPeriod(p ask.Refusal, followed bool) chat.Text {
	period := periodFor(p.Period)
	switch {
	case followed || len(p.Known) == 0:
		return locales.RefusalNoPeriodNone(period)
	case len(p.Known) == 1:
		return locales.RefusalNoPeriodKnown(periodOf(p.Known[0], p.Known[0].Kind == sector.AMonth), period)
	}
	return locales.RefusalNoPeriodSeries(knownPeriods(p.Known), period)
}

// knownPeriods lists periods, a long run by its ends.
func knownPeriods(known []sector.Period) chat.Text {
	if len(known) > periodsNamed {
		return locales.PeriodYearsLabel(chat.Year(known[0].Year), chat.Year(known[len(known)-1].EndYear()))
	}
	labels := make([]chat.Text, 0, len(known))
	for _, p := range known {
		labels = append(labels, periodLabel(p, p.Kind == sector.AMonth))
	}
	return joined(", ", labels)
}
