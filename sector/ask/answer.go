// Package ask turns a sentence in Kazakh, Russian or English into a [Query] and a
// query into an [Answer]: figures with their sources, a statement, a question
// back, or an honest "not known" with what is known nearest.
//
// It is deterministic and pure: no network, no model, no clock. The same
// question gives the same answer. An answer is data; its words belong to
// package locales. The package refuses rather than guesses: a word that it does
// not know and that may change the meaning, a year, region or country that the
// facts do not have, a sum that the facts do not allow. No number of a question
// ever becomes a number of an answer, unless the facts hold it too.
package ask

import (
	"maqta/sector"
	"maqta/sector/facts"
)

// Lang is a language by its ISO 639-1 code.
type Lang string

// The languages.
const (
	Kazakh  Lang = "kk"
	Russian Lang = "ru"
	English Lang = "en"
)

// Langs returns the languages in the order in which they are offered.
func Langs() []Lang { return []Lang{Kazakh, Russian, English} }

// Answer is what to say, as data. Parts are said in order.
type Answer struct {
	Lang    Lang            // the language to answer in: that of the question where it decides, else the chosen one
	Kind    Kind            // what the answer is in the main
	Parts   []Part          // never empty
	Sources []*facts.Source // of the figures and statements, the main one first; none for a refusal without figures
	Caution []facts.Caution // what belongs to the answer because it changes the meaning, each once
	Related []Query         // questions worth a button; at least two after a refusal; each has an answer
	Chart   *Chart          // what could be drawn, nil where nothing
	Carried *Carried        // what was taken over from the last question and must be named, nil where nothing
	Query   Query           // what was understood, for follow-ups; Query.Key() is "" where nothing was
}

// Kind is what an answer is in the main. Parts say the rest.
type Kind string

// The kinds of answer.
const (
	KindFigure     Kind = "figure"     // one figure
	KindFigures    Kind = "figures"    // several figures, or figures with statements
	KindBases      Kind = "bases"      // one growth on two bases: both must be shown with their basis in words
	KindStatement  Kind = "statement"  // something said in words
	KindStructure  Kind = "structure"  // the shares of the branches
	KindTrend      Kind = "trend"      // a series over years
	KindComparison Kind = "comparison" // figures side by side
	KindWorked     Kind = "worked"     // a calculation with its working
	KindChoice     Kind = "choice"     // a question back
	KindRefusal    Kind = "refusal"    // not known, with the reason
	KindMeta       Kind = "meta"       // about the bot and its data
	KindMeaning    Kind = "meaning"    // what a term means
	KindSource     Kind = "source"     // where a figure comes from
)

// Part is one thing to say. The set is closed: a switch over it is checked.
type Part interface{ part() }

type (
	// Figure is a fact. Value and Unit are how to show it: the fact's own, or
	// converted to the unit asked for (exactly, nothing rounded).
	Figure struct {
		Topic Topic
		Fact  *facts.Fact
		Value sector.Decimal
		Unit  sector.Unit
	}
	// Told is a statement.
	Told struct{ Statement *facts.Statement }
	// Shares is the structure of the sector: one share per division, all of one
	// period. They need not add up to a hundred.
	Shares struct{ Facts []*facts.Fact }
	// Course is a series over time, oldest first, at least two figures. Change,
	// from the first to the last, is nil where it must not be worked out.
	Course struct {
		Topic   Topic
		Facts   []*facts.Fact
		Lowest  *facts.Fact
		Highest *facts.Fact
		Change  *facts.Calc
		Listed  bool // every year was asked for; otherwise first, last, lowest and highest will do
	}
	// Extreme is the year with least or most among a run of years.
	Extreme struct {
		Topic    Topic
		Fact     *facts.Fact
		Highest  bool // else lowest
		From, To int  // the years that were looked at
	}
	// Comparison sets two or three figures side by side, in the order asked.
	// Greatest is nil where they are equal or must not be compared; then Ban says
	// why. Difference, Ratio and Change may each be nil. Where both figures belong to
	// one series, the earlier is the second operand of Difference and Change goes
	// from the earlier to the later.
	Comparison struct {
		Figures    []Figure
		Greatest   *facts.Fact
		Difference *facts.Calc
		Ratio      *facts.Calc
		Change     *facts.Calc
		Ban        facts.Ban
	}
	// Worked is a calculation with its operands: "260 ÷ 499.83 = 520.2".
	Worked struct{ Calc facts.Calc }
	// WorkedRange is a whole that is known only between two bounds.
	WorkedRange struct{ Low, High facts.Calc }
	// Choice asks what was meant. Each option is a question that has an answer.
	Choice struct {
		About   Topic
		Options []Query
	}
	// Refusal says what is not known and why. It comes first; nearest known
	// figures follow as parts of their own, each with its period.
	Refusal struct {
		Reason  Reason
		Topic   Topic           // what was asked about, "" where not understood
		Missing Missing         // with NoTopic and the like: what is missing
		Period  sector.Period   // with NoPeriod: the period asked for
		Region  sector.Region   // with NoRegion: the region asked for
		Ban     facts.Ban       // with Forbidden: the reason
		Known   []sector.Period // with NoPeriod: the periods that are known, oldest first
	}
	// Correction says that the question's premise is wrong. It comes first, the
	// right figure follows. What was claimed must not be repeated.
	Correction struct{ Claim Claim }
	// Definition explains a term.
	Definition struct{ Term Term }
	// Provenance says where a figure comes from: source, publisher, date, link.
	Provenance struct{ Fact *facts.Fact }
	// Meta is about the bot itself.
	Meta struct {
		About   MetaTopic
		Edition string        // with MetaFresh
		Newest  sector.Period // with MetaFresh and MetaSource: date of the newest source
	}
)

func (Figure) part()      {}
func (Told) part()        {}
func (Shares) part()      {}
func (Course) part()      {}
func (Extreme) part()     {}
func (Comparison) part()  {}
func (Worked) part()      {}
func (WorkedRange) part() {}
func (Choice) part()      {}
func (Refusal) part()     {}
func (Correction) part()  {}
func (Definition) part()  {}
func (Provenance) part()  {}
func (Meta) part()        {}

// Reason is why there is no figure.
type Reason string

// The reasons.
const (
	NoPeriod   Reason = "no_period"    // known, but not for this period
	NoRegion   Reason = "no_region"    // known, but not for this region or city
	NoTopic    Reason = "no_topic"     // of the sector, but not in the facts
	Forbidden  Reason = "forbidden"    // could be worked out wrongly; the ban says why not
	OutOfScope Reason = "out_of_scope" // not light industry and not cotton
	NotRead    Reason = "not_read"     // not understood for sure
	NoQuestion Reason = "no_question"  // digits, emoji, noise, an instruction to us
)

// Reasons returns every reason, for completeness tests of the texts.
func Reasons() []Reason {
	return []Reason{NoPeriod, NoRegion, NoTopic, Forbidden, OutOfScope, NotRead, NoQuestion}
}

// MetaTopic is a question about the bot.
type MetaTopic string

// The questions about the bot.
const (
	MetaAbout    MetaTopic = "about"    // who are you, what for
	MetaSource   MetaTopic = "source"   // where do your figures come from
	MetaFresh    MetaTopic = "fresh"    // as of which date
	MetaRate     MetaTopic = "rate"     // where is the exchange rate from: the rate follows as a Figure
	MetaHelp     MetaTopic = "help"     // what can I ask
	MetaGreeting MetaTopic = "greeting" // hello
	MetaThanks   MetaTopic = "thanks"   // thank you, goodbye
	MetaLanguage MetaTopic = "language" // which languages, change the language
)

// MetaTopics returns every question about the bot.
func MetaTopics() []MetaTopic {
	return []MetaTopic{MetaAbout, MetaSource, MetaFresh, MetaRate, MetaHelp, MetaGreeting, MetaThanks, MetaLanguage}
}

// Term is a word of the trade whose meaning can be asked.
type Term string

// The terms.
const (
	TermLightIndustry Term = "light_industry"
	TermRawCotton     Term = "raw_cotton"
	TermFibre         Term = "fibre"
	TermYarn          Term = "yarn"
	TermFabric        Term = "fabric"
	TermFinished      Term = "finished"
	TermManufacturing Term = "manufacturing"
	TermVolumeIndex   Term = "volume_index"
	TermNominal       Term = "nominal"
	TermSmallBusiness Term = "small_business"
	TermStructure     Term = "structure"
	TermMCI           Term = "mci"
	TermGin           Term = "gin"
	TermCarded        Term = "carded"
	TermYield         Term = "yield"
)

// Terms returns every term, for completeness tests of the texts.
func Terms() []Term {
	return []Term{
		TermLightIndustry, TermRawCotton, TermFibre, TermYarn, TermFabric, TermFinished, TermManufacturing, TermVolumeIndex,
		TermNominal, TermSmallBusiness, TermStructure, TermMCI, TermGin, TermCarded, TermYield,
	}
}

// Chart is a picture that could be drawn of the answer.
type Chart struct {
	Kind  ChartKind
	Facts []facts.Key // in the order in which they are drawn
}

// ChartKind is the kind of picture.
type ChartKind string

// The kinds of picture.
const (
	ChartTrend     ChartKind = "trend"     // one series over years
	ChartStructure ChartKind = "structure" // shares as horizontal bars
	ChartCompare   ChartKind = "compare"   // a few figures of one unit
)

// Carried is what a follow-up took over from the question before it. An answer
// names it, so that nobody reads a figure under the wrong heading.
type Carried struct {
	Topic  Topic         // "" where the topic was named anew
	Period sector.Period // zero where the period was named anew or is the headline one
	Region sector.Region // "" where the region was named anew
}
