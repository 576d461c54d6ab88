package ask

import (
	"slices"
)

// followUp lets a short question build on the last one, and says what it took over.
func (u *understanding) followUp(q *Query) *Carried {
	last := u.q.Last
	if last == nil || len(last.Topics) == 0 {
		return nil
	}
	figure := last.Topics[0].IsFigure()
	switch {
	case len(q.Topics) == 1 && q.Topics[0] == SourceOfAll && figure:
		q.Topics = nil // of the figure just given
	case len(q.Topics) == 1 && q.Topics[0] == Rate && !u.all.hasAny(cRate, cAverage, cNoPrice) && figure && last.Topics[0] != Rate && len(q.Periods) == 0:
		q.Topics = nil // that figure in dollars
	}
	if len(q.Topics) > 0 {
		return u.followOn(q, last)
	}
	hints := len(q.Periods) > 0 || q.Region != "" || q.Op != "" ||
		u.all.hasAny(cDollar, cTenge, cKg, cTonne, cSource, cTrend, cChange, cShare, cGrowth, cCompare, cMost, cLeast, cThousand, cMillion, cMeaning)
	if !hints || u.unknown > 0 {
		return nil
	}
	q.Topics = slices.Clone(last.Topics)
	c := &Carried{Topic: q.Topics[0]}
	if u.all.hasAny(cShare, cGrowth) {
		for i, t := range q.Topics {
			q.Topics[i] = kindred(t, u.all.has(cGrowth))
		}
	}
	if len(q.Periods) == 0 && len(last.Periods) > 0 {
		q.Periods = slices.Clone(last.Periods)
		c.Period = q.Periods[0]
	}
	if q.Region == "" && last.Region != "" {
		q.Region, c.Region = last.Region, last.Region
	}
	return c
}

// followOn takes the period, the region and the measure over where the new
// question begins like a continuation: "а волокна?".
func (u *understanding) followOn(q *Query, last *Query) *Carried {
	if !u.continues() {
		return nil
	}
	var c Carried
	if len(q.Topics) == 1 && u.all.any(divisions) && !u.all.any(measures) && !u.all.any(complete) {
		if t := likewise(last.Topics[0], q.Topics[0]); t != q.Topics[0] {
			q.Topics[0] = t
			c.Topic = last.Topics[0]
		}
	}
	if len(q.Periods) == 0 && len(last.Periods) == 1 && last.Op == Value && q.Topics[0].IsFigure() {
		q.Periods = slices.Clone(last.Periods)
		c.Period = q.Periods[0]
	}
	if q.Region == "" && last.Region != "" && q.Topics[0].IsFigure() {
		q.Region, c.Region = last.Region, last.Region
	}
	if c == (Carried{}) {
		return nil
	}
	return &c
}

// continues reports whether the message begins or ends like a continuation.
func (u *understanding) continues() bool {
	if len(u.items) == 0 {
		return false
	}
	first := u.items[0]
	if first.concept == cAnd {
		return true
	}
	switch first.text {
	case "а", "ал", "and", "what", "how", "тогда", "ну", "сонда", "онда":
		return first.text != "what" && first.text != "how" || len(u.items) > 1 && u.items[1].text == "about"
	}
	return slices.ContainsFunc(u.items, func(it item) bool { return it.text == "ше" })
}

// kindred returns the share or the growth of what another topic of the same
// branch is about.
func kindred(t Topic, growth bool) Topic {
	for _, row := range families {
		if slices.Contains(row[:], t) {
			if growth {
				return row[1]
			}
			return row[0]
		}
	}
	return t
}

// likewise returns the topic that asks of the branch of now what last asked of
// its own branch.
func likewise(last, now Topic) Topic {
	for _, from := range families {
		i := slices.Index(from[:], last)
		if i < 0 {
			continue
		}
		for _, to := range families {
			if slices.Contains(to[:], now) {
				return to[i]
			}
		}
	}
	return now
}

// families are the topics of a branch: share, growth, output.
var families = [...][3]Topic{
	{ShareMfg, Growth, Output},
	{TextileShare, TextileGrowth, TextileOutput},
	{ClothingShare, ClothingGrowth, ClothingOutput},
	{FootwearShare, LeatherGrowth, LeatherOutput},
}
