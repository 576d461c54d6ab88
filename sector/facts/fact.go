// Package facts holds the embedded figures and statements about cotton and light
// industry, each with its period, basis, qualifier, unit and source, and proves
// the figures that are about to be shown.
//
// A [Book] is read once by [Load], which refuses the whole edition for one bad
// row: a figure without a source, with an unknown unit, or told twice. What is
// worked out from figures comes only from the registered calculations
// ([Book.Calculate]); pairs that must not be joined are refused with the reason
// (a [Ban]). The package refuses to guess: it never interpolates, averages or
// carries a figure over to another year, region or branch.
package facts

import (
	"strings"

	"maqta/sector"
)

// Key names a fact: indicator/period/region/branch/basis, as in
// "cotton_harvest/2019/KZ/cotton_growing/physical". The branch of an exchange
// rate is empty. A key stays the same from edition to edition.
type Key string

func keyOf(i sector.Indicator, p sector.Period, r sector.Region, b sector.Branch, basis sector.Basis) Key {
	return Key(strings.Join([]string{string(i), p.String(), string(r), string(b), string(basis)}, "/"))
}

// Fact is one figure. Facts are shared and must not be changed.
type Fact struct {
	Key       Key
	Indicator sector.Indicator
	Period    sector.Period
	Season    bool // of a crop: the year is that of the harvest, not of a calendar
	Region    sector.Region
	Branch    sector.Branch
	Qualifier sector.Qualifier
	Value     sector.Decimal
	Unit      sector.Unit
	Basis     sector.Basis
	Source    *Source
	Verified  bool      // seen in the source with this meaning; else plausible, and the source could not be read again
	Cautions  []Caution // what changes the meaning and belongs to the answer
	Note      string    // the editor's working note, in English; not for showing as it is
}

// Is reports whether the fact carries the caution.
func (f *Fact) Is(c Caution) bool {
	for _, own := range f.Cautions {
		if own == c {
			return true
		}
	}
	return false
}

// Caution is a remark that changes how a figure must be read. The catalogue of
// texts words each.
type Caution string

// The cautions.
const (
	SourceRate             Caution = "source_rate"              // converted by the source at the rate of one day, not the year's average
	AsStated               Caution = "as_stated"                // told in that month; the year it is about was not named
	ShareOfNumber          Caution = "share_of_number"          // a share of the number of enterprises, not of output
	RawCotton              Caution = "raw_cotton"               // seed cotton, not fibre
	BestSince2004          Caution = "best_since_2004"          // called a record by the government; FAO has more for 2004
	SeasonUnclear          Caution = "season_unclear"           // calendar year or ginning season is not said: not a yield of that year's crop
	Harvested              Caution = "harvested"                // of an area: what was harvested
	Sown                   Caution = "sown"                     // of an area: what was sown
	Allocated              Caution = "allocated"                // of an area: what was set aside for cotton
	AtJuly                 Caution = "at_july"                  // counted at July of the year
	AtFirstQuarter         Caution = "at_first_quarter"         // counted at the first quarter of the year
	FirstHalf              Caution = "first_half"               // of the first half of the year
	Agriculture            Caution = "agriculture"              // farming, not light industry
	NotFibreSeries         Caution = "not_fibre_series"         // carded and combed cotton, another series than fibre
	OldBorders             Caution = "old_borders"              // the region in its borders before 2022
	PreviousYear100        Caution = "previous_year_100"        // an index: 92 means eight per cent less than the year before
	NotByCountry           Caution = "not_by_country"           // known only for all countries together
	SourcesDiffer          Caution = "sources_differ"           // another public body gave another share
	WithoutSpecialFootwear Caution = "without_special_footwear" // without sports, protective and orthopaedic footwear
	OfPairsSold            Caution = "of_pairs_sold"            // of the pairs sold in the country
	PageUndated            Caution = "page_undated"             // the source bears no date
	YearAverage            Caution = "year_average"             // of a rate: the average of the year
	OneDay                 Caution = "one_day"                  // of a rate: the official rate of one day
	HouseholdTextiles      Caution = "household_textiles"       // household textiles only
	FootwearAndLeather     Caution = "footwear_and_leather"     // footwear and dressed leather together
	WordsOnly              Caution = "words_only"               // said in words; no number was given
	OnlyGrower             Caution = "only_grower"              // the region grows all the country's cotton, so this is the country's figure too
	FiveYears              Caution = "five_years"               // of the past five years, counted in June 2025
)

// Cautions returns every caution, for completeness tests of the texts.
func Cautions() []Caution {
	return []Caution{
		SourceRate, AsStated, ShareOfNumber, RawCotton, BestSince2004, SeasonUnclear, Harvested, Sown, Allocated, AtJuly,
		AtFirstQuarter, FirstHalf, Agriculture, NotFibreSeries, OldBorders, PreviousYear100, NotByCountry, SourcesDiffer,
		WithoutSpecialFootwear, OfPairsSold, PageUndated, YearAverage, OneDay, HouseholdTextiles, FootwearAndLeather,
		WordsOnly, OnlyGrower, FiveYears,
	}
}

func (c Caution) known() bool {
	for _, k := range Cautions() {
		if c == k {
			return true
		}
	}
	return false
}

// Source is where figures and statements were read.
type Source struct {
	ID        SourceID
	Publisher string        // who printed it: "BAQ.kz"
	Origin    string        // whom the publisher cites, in English; "" where none
	Title     string        // in English
	Link      string        // http or https
	Date      sector.Period // a day, a month or a year; zero where the page bears no date
}

// SourceID names a source: "trend_2026".
type SourceID string

// Statement is something said in words. The catalogue of texts has each in the
// three languages.
type Statement struct {
	ID      StatementID
	English string // what was said, retold
	Speaker string
	SaidOn  sector.Period
	Source  *Source
}

// StatementID names a statement.
type StatementID string

// The statements.
const (
	ProgrammeDecision    StatementID = "programme_decision"         // there is to be a programme; with whom
	ProgrammeDrafter     StatementID = "programme_drafter"          // which ministry drafts it
	ProgrammeContent     StatementID = "programme_content"          // what it will identify
	ProgrammeReturn      StatementID = "programme_return"           // what enterprises are to do in return
	ProgrammeReason      StatementID = "programme_reason"           // why there is to be one
	EmploymentImportance StatementID = "employment_importance"      // why the sector matters
	TurkistanMost        StatementID = "turkistan_most_enterprises" // where most enterprises are
	SteadyGrowth         StatementID = "steady_growth"              // five years of growth
	Plans                StatementID = "plans"                      // further development
	RecordHarvest        StatementID = "record_harvest"             // the harvest of 2025 is called a record
	WhoSpoke             StatementID = "who_spoke"                  // who the speaker is
)

// StatementIDs returns every statement, for completeness tests of the texts.
func StatementIDs() []StatementID {
	return []StatementID{
		ProgrammeDecision, ProgrammeDrafter, ProgrammeContent, ProgrammeReturn, ProgrammeReason, EmploymentImportance,
		TurkistanMost, SteadyGrowth, Plans, RecordHarvest, WhoSpoke,
	}
}

// RegionNames are the names of a region as public lists have them, for reading
// what people type. What we write ourselves is in the catalogue of texts.
type RegionNames struct {
	Region           sector.Region
	KK, RU, EN       string
	AliasKK, AliasRU []string
	AliasEN          []string
	Note             string
}
