package ask

// concept is what a word of the lexicon means to us. Words of one concept are
// interchangeable, whatever their language.
type concept uint8

// The concepts. Their names, in the same order, are the keys of the lexicon.
const (
	cNone    concept = iota // a word that only means something inside a phrase
	cNoise                  // a word that changes nothing: articles, particles, pleasantries
	cUnknown                // a word of the language that we know to be none of ours and to matter

	// Things.
	cCotton
	cRaw
	cFibre
	cYarn
	cFabric
	cCottonFabric
	cFinished
	cReady
	cGoods
	cTextile
	cClothing
	cFootwear
	cLeather
	cHide
	cFelt
	cCarded
	cBlanket
	cOuterwear
	cLight
	cIndustryWord
	cIndustry
	cTheIndustry // English "industry": ours, or all of it, by what stands beside it
	cSector
	cProcessing
	cManufacturing
	cGDP
	cEnterprise
	cSmall
	cBusiness
	cWorker
	cPeople
	cJob
	cFarm
	cPeasant
	cGin
	cArea
	cSown
	cDrip
	cYield
	cProject
	cMarket
	cDomestic
	cDollar
	cTenge
	cRate
	cMCI
	cProgramme
	cMinistry
	cMinister
	cGovernment
	cPerson
	cLocal
	cCountry
	cRegionWord
	cDistrictWord
	cCityWord
	cPlace    // a region by name
	cDated    // a year or months by name
	cField    // where cotton stands: a place, unless hectares are asked for
	cOccupied // taken by a share, or employed
	cSegment  // a branch of the sector in general

	// What about them.
	cHarvest
	cGrown // English "grown": a crop, or a sector
	cCrop  // crop, product or yield, by what stands around it
	cOutput
	cMake
	cSew
	cAbroad
	cShare
	cPercent
	cGrowth
	cFall
	cExport
	cImport
	cDepend
	cValue
	cCount
	cVolume
	cAverage
	cRecord
	cLeast
	cMost
	cBiggest
	cMore
	cLess
	cIndex
	cReal
	cNominal
	cChange
	cTrend
	cCompare
	cStructure
	cEach
	cSteady
	cOneOff
	cImportant
	cReturn
	cContent
	cDraft
	cMeeting
	cPlans
	cDevelop
	cFuture
	cSay
	cSupport
	cCreate
	cPlanned
	cLaunch
	cExact
	cPer
	cAll
	cNow
	cLarge
	cBecome
	cConcentrated

	// Questions.
	cHowMuch
	cWhich
	cWho
	cWhat
	cWhere
	cWhen
	cWhy
	cHow
	cSource
	cMeaning
	cFresh
	cBot
	cYou
	cPurpose
	cHelp
	cGreeting
	cThanks
	cLanguage
	cNaming

	// Units.
	cKg
	cTonne
	cCentner
	cHectare
	cSquareMetre
	cMetre
	cPiece
	cPair
	cThousand
	cMillion
	cBillion
	cTrillion

	// Time.
	cYear
	cMonthWord
	cQuarter
	cHalf
	cThis
	cLast
	cThisYear
	cLastYear
	cYearBefore
	cNextYear
	cAgo
	cSince
	cUntil
	cAfter
	cBefore
	cBetween
	cJanuary
	cFebruary
	cMarch
	cApril
	cMay
	cJune
	cJuly
	cAugust
	cSeptember
	cOctober
	cNovember
	cDecember
	cFirst
	cSecond
	cThird
	cFourth
	cOne
	cTwo
	cThree
	cFour
	cFive
	cSix
	cSeven
	cEight
	cNine
	cTen
	cEleven
	cTwelve
	cThirteen
	cFourteen
	cFifteen
	cSixteen
	cSeventeen
	cEighteen
	cNineteen
	cTwenty

	// Joints of a sentence.
	cAnd
	cOr
	cIf
	cFrom

	// Districts that have figures.
	cZhetysai
	cMaktaaral
	cShardara

	// Asked for and not in the facts.
	cNoPrice
	cNoProfit
	cNoWage
	cNoTax
	cNoInvestment
	cNoSubsidy
	cNoCountry
	cNoCity
	cNoDistrict
	cNoForecast
	cNoNames
	cNoKind
	cNoPart
	cNoPopulation
	cNoSales
	cNoTopic
	cNoRecipe

	conceptCount
)

var conceptNames = [conceptCount]string{
	"none", "noise", "unknown",
	"cotton", "raw", "fibre", "yarn", "fabric", "cotton_fabric", "finished", "ready", "goods", "textile", "clothing", "footwear",
	"leather", "hide", "felt", "carded", "blanket", "outerwear", "light", "industry_word", "industry", "the_industry", "sector", "processing",
	"manufacturing", "gdp", "enterprise", "small", "business", "worker", "people", "job", "farm", "peasant", "gin", "area", "sown",
	"drip", "yield", "project", "market", "domestic", "dollar", "tenge", "rate", "mci", "programme", "ministry", "minister",
	"government", "person", "local", "country", "region_word", "district_word", "city_word", "place", "dated", "field", "occupied", "segment",
	"harvest", "grown", "crop", "output", "make", "sew", "abroad", "share", "percent", "growth", "fall", "export", "import", "depend", "value", "count",
	"volume", "average", "record", "least", "most", "biggest", "more", "less", "index", "real", "nominal", "change", "trend", "compare",
	"structure", "each", "steady", "one_off", "important", "return", "content", "draft", "meeting", "plans", "develop", "future", "say",
	"support", "create", "planned", "launch", "exact", "per", "all", "now", "large", "become", "concentrated",
	"how_much", "which", "who", "what", "where", "when", "why", "how", "source", "meaning", "fresh", "bot", "you", "purpose", "help",
	"greeting", "thanks", "language", "naming",
	"kg", "tonne", "centner", "hectare", "square_metre", "metre", "piece", "pair", "thousand", "million", "billion", "trillion",
	"year", "month", "quarter", "half", "this", "last", "this_year", "last_year", "year_before", "next_year", "ago", "since",
	"until", "after", "before", "between", "january", "february", "march", "april", "may", "june", "july", "august", "september",
	"october", "november", "december", "first", "second", "third", "fourth", "one", "two", "three", "four", "five", "six", "seven",
	"eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
	"and", "or", "if", "from",
	"zhetysai", "maktaaral", "shardara",
	"no_price", "no_profit", "no_wage", "no_tax", "no_investment", "no_subsidy", "no_country", "no_city", "no_district",
	"no_forecast", "no_names", "no_kind", "no_part", "no_population", "no_sales", "no_topic", "no_recipe",
}

// set is a set of concepts.
type set [4]uint64

func setOf(concepts ...concept) set {
	var s set
	for _, c := range concepts {
		s.add(c)
	}
	return s
}

func (s *set) add(c concept)     { s[c>>6] |= 1 << (c & 63) }
func (s *set) drop(c concept)    { s[c>>6] &^= 1 << (c & 63) }
func (s set) has(c concept) bool { return s[c>>6]&(1<<(c&63)) != 0 }

func (s set) any(t set) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3] != 0
}

func (s set) union(t set) set {
	return set{s[0] | t[0], s[1] | t[1], s[2] | t[2], s[3] | t[3]}
}

func (s set) hasAny(concepts ...concept) bool {
	for _, c := range concepts {
		if s.has(c) {
			return true
		}
	}
	return false
}
