package ask

import (
	"slices"
	"strings"

	"maqta/sector"
	"maqta/sector/facts"
)

// meaning is what was understood of a question.
type meaning struct {
	query   Query
	lang    Lang
	carried *Carried
}

// tooLong is the length, in bytes, beyond which a message is no question. A
// pasted article holds every word we know and asks nothing.
const tooLong = 900

// understand reads a question and finds its query.
func (a *Asker) understand(q Question) meaning {
	text := clean(q.Text)
	r := a.bestReading(text)
	m := meaning{lang: languageOf(&r, q.Lang)}
	if len(q.Text) > tooLong {
		m.query = Query{Missing: MissSense}
		return m
	}
	u := understanding{a: a, q: q, items: r.items, unknown: r.unknown}
	m.query, m.carried = u.query()
	return m
}

// bestReading reads the text as typed; where that leaves much unknown, also as
// if another keyboard layout had been meant, and keeps the best.
func (a *Asker) bestReading(text string) reading {
	var w workspace
	best := a.words.read(&w, text)
	slipped := strangeTyping(text)
	if best.unknown == 0 && !slipped || len(text) > tooLong || best.meant > 2*best.unknown && !slipped {
		return best
	}
	for _, l := range a.slips {
		r := a.words.read(&w, l.retype(text))
		better := r.unknown <= best.unknown && r.meant >= best.meant && slipped && r.digitsInWords() < best.digitsInWords() ||
			r.unknown < best.unknown && r.meant >= best.meant || slipped && r.unknown == 0 && r.names(subjects) && !best.names(solid)
		if l.inside {
			better = r.unknown <= best.unknown && l.retype(text) != text
		}
		if r.meant > 0 && better {
			best = r
		}
	}
	return best
}

// solid are the things that are hardly ever read by accident.
var solid = setOf(cCotton, cFibre, cYarn, cFabric, cFinished, cTextile, cClothing, cFootwear, cIndustry, cProgramme)

// names reports whether the reading names one of the concepts.
func (r *reading) names(any set) bool {
	return slices.ContainsFunc(r.items, func(it item) bool { return any.has(it.concept) })
}

// digitsInWords counts the numbers that touch a word: on the right layout they
// are letters.
func (r *reading) digitsInWords() int {
	n := 0
	for i, it := range r.items {
		if it.number && (it.glued || i+1 < len(r.items) && r.items[i+1].mark == "" && len(it.text) == 1 && it.suffix == "") {
			n++
		}
	}
	return n
}

// strangeTyping reports whether a word holds digits or the marks that are letters
// on another layout: "vf0nf", "[kjgrf", "0анша".
func strangeTyping(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		mark := c == ';' || c == '[' || c == ']' || c == '`' || c == '\''
		if !mark && (c < '0' || c > '9') {
			continue
		}
		before := i > 0 && letterByte(text[i-1])
		after := i+1 < len(text) && letterByte(text[i+1])
		if after && (before || mark || c != text[i]) || mark && before && i+1 < len(text) && text[i+1] != ' ' {
			return true
		}
		if after && c >= '0' && c <= '9' && (i == 0 || text[i-1] == ' ') && text[i+1] >= 0x80 {
			return true
		}
	}
	return false
}

// letterByte reports whether c is a Latin letter or part of one of another script.
func letterByte(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 }

// languageOf returns the language to answer in: that of the words where it
// decides, else the chosen one, else what the script suggests.
func languageOf(r *reading, chosen Lang) Lang {
	switch r.preferred() {
	case inKazakh:
		return Kazakh
	case inRussian:
		return Russian
	case inEnglish:
		return English
	}
	if chosen != "" {
		return chosen
	}
	if r.latin {
		return English
	}
	return Kazakh
}

// understanding is the work on one question.
type understanding struct {
	a       *Asker
	q       Question
	items   []item
	unknown int
	all     set // concepts of the whole question
	frames  [maxTokens]frame
}

func (u *understanding) query() (Query, *Carried) {
	u.dropCommands()
	periods, lastN := periodsOf(u.items, u.q.Today)
	fs := frames(u.items, u.frames[:0])
	for _, f := range fs {
		u.all = u.all.union(f.set)
	}
	periods = u.withoutGranted(fs, periods)
	founds := u.resolveFrames(joinFrames(fs))
	q := Query{Periods: periods}
	q.Region, q.Op, q.Missing = u.regions()
	for _, f := range founds {
		for _, t := range [...]Topic{f.topic, f.extra} {
			if t != "" && !slices.Contains(q.Topics, t) && len(q.Topics) < maxTopics {
				q.Topics = append(q.Topics, t)
			}
		}
		if f.missing != "" && q.Missing == "" {
			q.Missing = f.missing
		}
		if f.op != "" && q.Op == "" {
			q.Op = f.op
		}
	}
	if q.Region != "" {
		for i, t := range q.Topics {
			if t == WhichClothing { // by region only its value could be known
				q.Topics[i] = ClothingOutput
			}
		}
	}
	carried := u.followUp(&q)
	u.missing(&q)
	u.operation(&q, lastN)
	u.unit(&q)
	u.claims(&q)
	u.settle(&q)
	return q, carried
}

// dropCommands leaves out sentences that instruct us, where another one asks.
func (u *understanding) dropCommands() {
	var kept []item
	start, commands, meant := 0, false, false
	keep := func(end int) {
		bad, good := false, false
		for _, it := range u.items[start:end] {
			bad = bad || it.concept == cNoRecipe
			good = good || it.concept > cUnknown && it.concept < cNoPrice && subjects.has(it.concept)
		}
		if bad {
			commands = true
		} else {
			kept = append(kept, u.items[start:end]...)
			meant = meant || good
		}
		start = end
	}
	if !slices.ContainsFunc(u.items, func(it item) bool { return it.concept == cNoRecipe }) {
		return
	}
	for i, it := range u.items {
		if it.mark == markEnd {
			keep(i + 1)
		}
	}
	keep(len(u.items))
	if commands && meant {
		u.items = kept
		u.unknown = 0
		for _, it := range kept {
			if it.unknown {
				u.unknown++
			}
		}
	}
}

// withoutGranted leaves out the periods that stand only in an if-clause:
// "how much in 2024, if 2025 was a record".
func (u *understanding) withoutGranted(fs []frame, periods []sector.Period) []sector.Period {
	if len(periods) < 2 || !u.all.has(cIf) {
		return periods
	}
	var kept []sector.Period
	for _, p := range periods {
		asked := false
		for _, f := range fs {
			for _, it := range u.items[f.from:f.to] {
				asked = asked || !f.doubtful && it.used && it.number && it.value == p.Year
			}
		}
		if asked {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return periods
	}
	return kept
}

// resolveFrames finds what each frame asks for.
func (u *understanding) resolveFrames(fs []frame) []found {
	var out []found
	for _, f := range fs {
		if f.doubtful && len(fs) > 1 && len(out)+1 < len(fs) && !f.set.has(cHowMuch) || f.doubtful && len(out) > 0 {
			continue
		}
		head := func(candidates ...concept) concept { return u.head(f, candidates) }
		for _, s := range sidesOf(f.set) {
			if got := resolve(s, head); !got.nothing() {
				out = append(out, got.checked(s))
			}
		}
	}
	if len(out) == 0 && len(fs) > 1 {
		// No part asks for anything alone; perhaps the whole does.
		whole := frame{to: len(u.items), set: u.all}
		if got := resolve(u.all, func(candidates ...concept) concept { return u.head(whole, candidates) }); !got.nothing() {
			out = append(out, got.checked(u.all))
		}
	}
	return u.tidy(out)
}

// sidesOf parts a stretch that weighs one branch against another: "by how much do
// textiles outweigh clothing" asks for the share of each.
func sidesOf(s set) []set {
	if !s.hasAny(cMore, cLess, cCompare, cMost, cLeast) || s.hasAny(cEnterprise, cWorker, cWhere) {
		return []set{s}
	}
	var sides []set
	for _, side := range [...]set{setOf(cTextile), setOf(cClothing), setOf(cFootwear, cLeather)} {
		if !s.any(side) {
			continue
		}
		alone := s
		for i := range alone {
			alone[i] &^= divisions[i] &^ side[i]
		}
		if !s.hasAny(cGrowth, cFall, cTenge, cMake, cOutput) {
			alone.add(cShare)
		}
		sides = append(sides, alone)
	}
	if len(sides) < 2 {
		return []set{s}
	}
	return sides
}

// tidy takes out what only courtesy or repetition added.
func (u *understanding) tidy(fs []found) []found {
	has := func(match func(Topic) bool) bool {
		return slices.ContainsFunc(fs, func(f found) bool { return match(f.topic) })
	}
	small := func(t Topic) bool {
		return t == Greeting || t == Thanks || t == Help || t == AboutBot || t == LanguageTalk
	}
	matters := has(func(t Topic) bool { return t != "" && !small(t) })
	structure := has(func(t Topic) bool { return t == Structure })
	return slices.DeleteFunc(fs, func(f found) bool {
		switch {
		case matters && small(f.topic):
			return true
		case structure && (f.topic == ShareMfg || f.topic == Output || f.topic == TextileShare || f.topic == ClothingShare || f.topic == FootwearShare):
			return true
		}
		return false
	})
}

// head returns which of the candidates "how much" is about: the first one behind
// it, else the first one of the frame.
func (u *understanding) head(f frame, candidates []concept) concept {
	first, last, asked := cNone, cNone, false
	for _, it := range u.items[f.from:min(f.to, len(u.items))] {
		if it.concept == cCount && it.lang == inKazakh && last != cNone {
			return last // "шаруашылықтардың саны": the count stands behind
		}
		if it.concept == cHowMuch || it.concept == cCount {
			asked = true
			continue
		}
		if slices.Contains(candidates, it.concept) {
			last = it.concept
			if asked {
				return it.concept
			}
			if first == cNone {
				first = it.concept
			}
		}
	}
	return first
}

// regions finds the region asked about. Several regions ask for a comparison.
func (u *understanding) regions() (sector.Region, Op, Missing) {
	var region sector.Region
	var op Op
	for i, it := range u.items {
		r, ok := u.a.regionOf(it)
		if !ok {
			continue
		}
		if r == sector.Turkistan && u.cityBeside(i) {
			return "", "", MissCity
		}
		if r == sector.AlmatyCity && u.regionBeside(i) {
			r = sector.AlmatyRegion
		}
		if region != "" && region != r {
			op = Regions
		}
		region = r
	}
	if op == Regions {
		region = ""
	}
	return region, op, ""
}

func (u *understanding) cityBeside(i int) bool {
	return i+1 < len(u.items) && u.items[i+1].concept == cCityWord || i > 0 && u.items[i-1].concept == cCityWord
}

func (u *understanding) regionBeside(i int) bool {
	return i+1 < len(u.items) && u.items[i+1].concept == cRegionWord || i > 0 && u.items[i-1].concept == cRegionWord
}

// missingOf lists what a concept asks for that the facts do not hold.
var missingOf = [...]struct {
	concept concept
	missing Missing
}{
	{cNoRecipe, MissRecipe}, {cNoTopic, MissTopic}, {cNoSales, MissTopic}, {cNoPopulation, MissPopulation}, {cNoPrice, MissPrice}, {cNoProfit, MissProfit},
	{cNoWage, MissWage}, {cNoTax, MissTax}, {cNoInvestment, MissInvestment}, {cNoSubsidy, MissSubsidy}, {cNoNames, MissNames},
	{cNoCountry, MissCountry}, {cNoCity, MissCity}, {cNoDistrict, MissDistrict}, {cNoKind, MissKind}, {cNoPart, MissPart},
	{cNoForecast, MissForecast},
}

// missing notes what the question asks for beside its topics.
func (u *understanding) missing(q *Query) {
	words := len(q.Topics) > 0
	for _, t := range q.Topics {
		words = words && !t.IsFigure() && byTopic[t].options == nil
	}
	for _, m := range missingOf {
		if !u.all.has(m.concept) {
			continue
		}
		switch {
		case words && (m.missing == MissForecast || m.missing == MissKind || m.missing == MissPart || m.missing == MissCountry || m.missing == MissPopulation):
			continue
		case m.missing == MissForecast && slices.Contains(q.Topics, ProjectsPlanned):
			continue
		case m.missing == MissInvestment && slices.Contains(q.Topics, Projects):
			continue
		case m.concept == cNoSales && u.all.has(cAbroad):
			continue
		case m.missing == MissPrice && slices.Contains(q.Topics, MCI):
			continue
		case m.concept == cNoSales && (slices.Contains(q.Topics, ShoesShare) || slices.Contains(q.Topics, MarketShare)):
			continue
		case m.missing == MissPrice && slices.Contains(q.Topics, Rate):
			continue
		case m.missing == MissRecipe && len(q.Topics) > 0:
			continue
		}
		q.Missing = m.missing
		return
	}
	if slices.Contains(q.Topics, Plans) && q.Missing == "" &&
		slices.ContainsFunc(q.Periods, func(p sector.Period) bool { return p.EndYear() >= u.q.Today.Year() }) {
		q.Missing = MissForecast
	}
	if u.all.has(cAbroad) && q.Missing == "" && !words && !u.all.hasAny(cExport, cImport, cNoSales) {
		q.Missing = MissCountry
	}
	if u.all.has(cPer) && q.Missing == "" && !slices.Contains(q.Topics, Yield) {
		q.Missing = MissPerFirm
	}
	if u.all.has(cWhy) && q.Missing == "" && len(q.Topics) > 0 && !words && !u.all.has(cFall) {
		q.Missing = MissCause
	}
	if u.unknown == 0 || words && u.unknown == 1 && len(q.Topics) > 0 && q.Topics[0] != AboutBot {
		return
	}
	if q.Missing == "" {
		q.Missing = MissWords
	}
}

// operation finds what is to be done with the topics.
func (u *understanding) operation(q *Query, lastN int) {
	has := u.all.has
	if q.Op != "" || len(q.Topics) == 0 {
		if q.Op == Grow && u.all.hasAny(cTrend) {
			q.Op = Trend
		}
		return
	}
	if growing(q) && has(cCompare) && q.year() != 0 && len(q.Topics) == 1 {
		u.since(q)
		return
	}
	if q.Topics[0] == Record && len(q.Periods) == 1 && q.Periods[0].Kind == sector.YearRun {
		q.Topics[0], q.Op = Harvest, Highest
		return
	}
	figure := q.Topics[0].IsFigure()
	if figure && lastN > 0 && len(u.a.yearly(byTopic[q.Topics[0]], q.Region)) < 3 {
		lastN = 0
	}
	if len(q.Periods) == 1 && len(u.a.factsOf(q.Topics[0], *q)) > 0 && q.Periods[0].Kind == sector.YearRun {
		return // the run itself is known: an average, a total
	}
	timed := len(q.Periods) > 0 && q.Periods[0].Kind == sector.YearRun
	several := len(q.Periods) > 1 || len(q.Topics) > 1
	whenAsked := has(cWhen) || has(cYear) && u.all.hasAny(cWhich) || timed || lastN > 0
	used := u.usedYear()
	switch {
	case has(cMeaning) && len(q.Periods) == 0 && !has(cHowMuch):
		q.Op = Meaning
	case has(cSource) && figure:
		q.Op = Whence
	case !figure:
	case u.all.hasAny(cLeast) && !several && (whenAsked || used || series(q.Topics[0])):
		q.Op = Lowest
	case u.all.hasAny(cMost) && !several && (whenAsked || used || series(q.Topics[0])):
		q.Op = Highest
	case several && (u.all.hasAny(cCompare, cMore, cLess, cMost, cLeast, cOr, cChange, cGrowth, cFall)), has(cCompare) && len(q.Periods) == 1:
		q.Op = Compare
	case timed, lastN > 1, has(cTrend), has(cChange), has(cEach) && used:
		q.Op = Trend
		if has(cTrend) && !has(cChange) {
			q.Op = List
		}
	}
	if lastN > 1 && len(q.Periods) == 0 && (q.Op == Trend || q.Op == List || q.Op == Lowest || q.Op == Highest) {
		last := u.q.Today.Year() - 1
		q.Periods = []sector.Period{sector.YearsOf(last-lastN+1, last)}
	}
	if q.Op == "" && has(cRegionWord) && u.all.hasAny(cWhich, cEach, cTrend, cStructure) && q.Region == "" && regional(q.Topics[0]) {
		q.Op = Regions
	}
	if q.Topics[0] == RegionShare && q.Region == "" {
		q.Op = Regions
	}
}

// since reads "grew compared with 2024": the year named is the one before.
func (u *understanding) since(q *Query) {
	next := sector.YearOf(q.year() + 1)
	if len(u.a.at(byTopic[q.Topics[0]], q.Region, next)) > 0 {
		q.Periods = []sector.Period{next}
	} else if q.Topics[0] == HarvestGrowth {
		q.Topics, q.Op = []Topic{Harvest}, Compare
	}
}

// usedYear reports whether the word "year" was said.
func (u *understanding) usedYear() bool {
	return slices.ContainsFunc(u.items, func(it item) bool { return it.concept == cYear })
}

// series reports whether a topic is known for so many years that "the most"
// means a year.
func series(t Topic) bool { return t == Harvest || t == Area || t == Rate }

func regional(t Topic) bool { return t == RegionShare || t == ClothingOutput }

// followUp lets a short question build on the last one, and says what it took over.
func (u *understanding) followUp(q *Query) *Carried {
	last := u.q.Last
	if last == nil || len(last.Topics) == 0 {
		return nil
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

// settle makes the query whole: a message without a topic gets the reason why.
func (u *understanding) settle(q *Query) {
	if len(q.Topics) > 0 || q.Missing != "" {
		return
	}
	q.Missing = MissWords
	meaningful := slices.ContainsFunc(u.items, func(it item) bool {
		return it.concept > cUnknown || it.place > 0 || it.concept == cNoise && !it.number && it.mark == ""
	})
	if !meaningful {
		q.Missing = MissSense
	}
}

// unit finds the unit in which figures are wanted: "in kilograms", "млн тенге".
func (u *understanding) unit(q *Query) {
	for i, it := range u.items {
		if it.used {
			continue
		}
		scale := concept(0)
		j := i
		switch it.concept {
		case cThousand, cMillion, cBillion, cTrillion:
			scale = it.concept
			j++
			for j < len(u.items) && u.items[j].concept == cNoise && !u.items[j].number && u.items[j].mark == "" {
				j++
			}
		}
		if j >= len(u.items) || i > 0 && u.items[i-1].number {
			continue
		}
		if unit := unitOf(scale, u.items[j].concept); unit != "" {
			q.Unit = unit
			if scale != 0 || unit == sector.Kilograms || unit == sector.UnitDollars {
				return
			}
		}
	}
}

func unitOf(scale, measure concept) sector.Unit {
	for _, row := range unitTable {
		if row.scale == scale && row.measure == measure {
			return row.unit
		}
	}
	return ""
}

var unitTable = [...]struct {
	scale, measure concept
	unit           sector.Unit
}{
	{0, cKg, sector.Kilograms}, {cMillion, cKg, sector.MillionKg},
	{0, cTonne, sector.UnitTonnes}, {cThousand, cTonne, sector.ThousandTonnes}, {cMillion, cTonne, sector.MillionTonnes},
	{0, cCentner, sector.Centners},
	{0, cHectare, sector.UnitHa}, {cThousand, cHectare, sector.ThousandHa},
	{0, cSquareMetre, sector.UnitM2}, {cThousand, cSquareMetre, sector.ThousandM2}, {cMillion, cSquareMetre, sector.MillionM2},
	{0, cPiece, sector.UnitPieces}, {cThousand, cPiece, sector.ThousandUnits}, {cMillion, cPiece, sector.MillionUnits},
	{0, cPair, sector.UnitPairs}, {cThousand, cPair, sector.ThousandPairs}, {cMillion, cPair, sector.MillionPairs},
	{0, cDollar, sector.UnitDollars}, {cMillion, cDollar, sector.MillionDollars}, {cBillion, cDollar, sector.BillionDollars},
	{0, cTenge, sector.UnitTenge}, {cThousand, cTenge, sector.ThousandTenge}, {cMillion, cTenge, sector.MillionTenge},
	{cBillion, cTenge, sector.BillionTenge}, {cTrillion, cTenge, sector.TrillionTenge},
}

// claims compares the numbers of the question with the figures asked for. A
// number never reaches the answer; it only decides whether to contradict.
func (u *understanding) claims(q *Query) {
	if len(q.Topics) == 0 || q.Missing != "" {
		return
	}
	if u.all.has(cFall) && growing(q) {
		q.Claim = ClaimedFall
	}
	for i, it := range u.items {
		if !it.number || it.used || isYear(it) && !u.measured(i) || !u.measured(i) {
			continue
		}
		known, alike := u.matches(q, it, i)
		switch {
		case known != nil && u.all.has(cExact) && known.Qualifier != sector.Exact:
			q.Claim = ClaimedExact
		case known == nil && alike && q.Claim == "":
			q.Claim = ClaimedNumber
		}
	}
	u.exchange(q)
}

// exchange reads "how much is 260 billion tenge in dollars": an amount is only
// converted where it is one of our own.
func (u *understanding) exchange(q *Query) {
	if q.Topics[0] != USD || !u.all.has(cTenge) || u.all.hasAny(cIndustry, cSector, cOutput, cMake) {
		return
	}
	q.Claim, q.Missing = "", MissWords
	for i, it := range u.items {
		amount, err := sector.ParseDecimal(it.text)
		if !it.number || err != nil || i+1 >= len(u.items) {
			continue
		}
		unit := unitOf(u.items[i+1].concept, cTenge)
		for _, f := range u.a.book.Series(sector.OutputValue, sector.LightIndustry, sector.Kazakhstan, sector.Nominal) {
			if v, ok := sector.Convert(f.Value, f.Unit, unit); ok && v == amount && f.Period.Kind == sector.AYear {
				q.Missing, q.Topics, q.Unit = "", []Topic{Output}, sector.UnitDollars
				q.Periods = []sector.Period{f.Period}
				if len(u.a.at(byTopic[USD], "", f.Period)) > 0 {
					q.Topics, q.Periods, q.Unit = []Topic{USD}, nil, ""
				}
			}
		}
	}
}

// growing reports whether the query asks for a growth.
func growing(q *Query) bool {
	switch q.Topics[0] {
	case Growth, HarvestGrowth, TextileGrowth, ClothingGrowth, LeatherGrowth, CropIndex, CropIndexSmall, CropIndexLarge:
		return q.Topics[0] == Growth || q.Topics[0] == HarvestGrowth || strings.HasSuffix(string(q.Topics[0]), "_growth")
	}
	return q.Op == Grow
}

// measured reports whether a unit or a per cent sign stands behind the number.
func (u *understanding) measured(i int) bool {
	if i+1 >= len(u.items) {
		return false
	}
	switch u.items[i+1].concept {
	case cPercent, cTonne, cThousand, cMillion, cBillion, cTenge, cHectare, cKg, cDollar, cPeople, cWorker, cEnterprise, cFarm, cSquareMetre, cPiece, cPair, cJob, cTrillion:
		return true
	}
	return false
}

// matches returns the figure that the number of the question is, if it is one of
// those asked for. alike says that one of them counts the same thing at all.
func (u *understanding) matches(q *Query, it item, i int) (known *facts.Fact, alike bool) {
	percent := u.items[i+1].concept == cPercent
	plain, err := sector.ParseDecimal(it.text)
	if err != nil {
		return nil, false
	}
	for _, t := range q.Topics {
		for _, f := range u.a.factsOf(t, *q) {
			if (f.Unit == sector.Pct) != percent {
				continue
			}
			alike = true
			for power := -3; power <= 12; power += 3 {
				if plain.Shift10(-power) == f.Value || plain == f.Value {
					return f, true
				}
			}
		}
	}
	return nil, alike
}
