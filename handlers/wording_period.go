package handlers

import (
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/facts"
)

// whenOf says when, and where unless it was the whole country or the sentence
// names the place itself.
func whenOf(f *facts.Fact) chat.Text {
	when := periodInOf(f)
	if f.Region == sector.Kazakhstan || f.Region == "" || namesPlace(f.Indicator) {
		return when
	}
	return locales.PeriodPlaceIn(when, locales.RegionIn(string(f.Region)))
}

// namesPlace reports whether the sentences of the indicator name its region or
// district themselves.
func namesPlace(i sector.Indicator) bool {
	switch i {
	case sector.RegionalShareOfOutput, "rank_by_number_of_enterprises", "cotton_harvest_zhetysai_district",
		"cotton_harvest_maktaaral_district", "cotton_harvest_shardara_district", "cotton_harvest_share_peasant_farms":
		return true
	}
	return false
}

// periodShown is the period that a fact is really about: what was counted at July
// or over the first quarter is never given as the year.
func periodShown(f *facts.Fact) sector.Period {
	switch {
	case f.Is(facts.AtJuly):
		return sector.MonthsOf(f.Period.Year, time.July, time.July)
	case f.Is(facts.AtFirstQuarter):
		return sector.MonthsOf(f.Period.Year, time.January, time.March)
	case f.Is(facts.FirstHalf):
		return sector.MonthsOf(f.Period.Year, time.January, time.June)
	}
	return f.Period
}

// periodInOf says when a fact was so.
func periodInOf(f *facts.Fact) chat.Text { return periodIn(periodShown(f), f.Is(facts.AsStated)) }

// periodLabelOf names the period of a fact in a list.
func periodLabelOf(f *facts.Fact) chat.Text { return periodLabel(periodShown(f), f.Is(facts.AsStated)) }

// periodIn says when: "2025 жылы", "в 2025 году", "in 2025". What was stated in a
// month without a year of its own is "as of" that month, never "in" it.
func periodIn(p sector.Period, stated bool) chat.Text {
	year, month := chat.Year(p.Year), locales.MonthKey(p.Month)
	switch {
	case p.Kind == sector.AMonth && stated:
		return locales.PeriodStatedIn(locales.MonthSince(month), year)
	case p.Kind == sector.AMonth:
		return locales.PeriodMonthIn(locales.MonthAt(month), year)
	case p.Kind == sector.MonthRun:
		return locales.PeriodMonthsIn(locales.MonthRun(month), locales.MonthAt(locales.MonthKey(p.LastMonth)), year)
	case p.Kind == sector.YearRun:
		return locales.PeriodYearsIn(year, chat.Year(p.LastYear))
	case p.Kind == sector.ADay:
		return locales.PeriodDayIn(dayOf(p))
	}
	return locales.PeriodYearIn(year)
}

// periodFor says for which period: "2025 жыл бойынша", "за 2025 год", "for 2025".
func periodFor(p sector.Period) chat.Text {
	year, month := chat.Year(p.Year), locales.MonthName(locales.MonthKey(p.Month))
	switch p.Kind {
	case sector.AMonth:
		return locales.PeriodMonthFor(month, year)
	case sector.MonthRun:
		return locales.PeriodMonthsFor(month, locales.MonthName(locales.MonthKey(p.LastMonth)), year)
	case sector.YearRun:
		return locales.PeriodYearsFor(year, chat.Year(p.LastYear))
	case sector.ADay:
		return locales.PeriodDayFor(dayOf(p))
	case sector.AYear:
	}
	return locales.PeriodYearFor(year)
}

// periodOf says of which period a figure is: "2025 жылғы көрсеткіш".
func periodOf(p sector.Period, stated bool) chat.Text {
	year, month := chat.Year(p.Year), locales.MonthKey(p.Month)
	switch {
	case p.Kind == sector.AMonth && stated:
		return locales.PeriodStatedOf(locales.MonthSince(month), year)
	case p.Kind == sector.AMonth:
		return locales.PeriodMonthOf(locales.MonthSince(month), year)
	case p.Kind == sector.MonthRun:
		return locales.PeriodMonthsOf(locales.MonthName(month), locales.MonthSince(locales.MonthKey(p.LastMonth)), year)
	case p.Kind == sector.YearRun:
		return locales.PeriodYearsOf(year, chat.Year(p.LastYear))
	case p.Kind == sector.ADay:
		return locales.PeriodDayOf(dayOf(p))
	}
	return locales.PeriodYearOf(year)
}

// periodLabel names a period in a list, on a button or under an axis.
func periodLabel(p sector.Period, stated bool) chat.Text {
	year, month := chat.Year(p.Year), locales.MonthKey(p.Month)
	switch {
	case p.Kind == sector.AMonth && stated:
		return locales.PeriodStatedLabel(locales.MonthSince(month), year)
	case p.Kind == sector.AMonth:
		return locales.PeriodMonthLabel(locales.MonthName(month), year)
	case p.Kind == sector.MonthRun:
		return locales.PeriodMonthsLabel(locales.MonthName(month), locales.MonthName(locales.MonthKey(p.LastMonth)), year)
	case p.Kind == sector.YearRun:
		return locales.PeriodYearsLabel(year, chat.Year(p.LastYear))
	case p.Kind == sector.ADay:
		return locales.PeriodDayLabel(dayOf(p))
	}
	return locales.PeriodYearLabel(year)
}

// dateOf says the date of a source, as exactly as it is known.
func dateOf(p sector.Period) chat.Text {
	switch p.Kind {
	case sector.ADay:
		return locales.CiteDay(dayOf(p))
	case sector.AMonth, sector.MonthRun:
		return locales.CiteMonth(dayOf(p))
	case sector.AYear, sector.YearRun:
		return locales.CiteYear(chat.Year(p.Year))
	}
	return locales.CiteNoDate()
}

// dayOf is the day of a period, or the first day of its month.
func dayOf(p sector.Period) chat.Day {
	return chat.On(time.Date(p.Year, p.Month, max(p.Day, 1), 0, 0, 0, 0, time.UTC))
}
