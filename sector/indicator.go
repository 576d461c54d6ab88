package sector

// Indicator names what a figure measures, in the words of the facts file:
// "cotton_harvest", "output_value". Which indicators exist is decided by the
// embedded facts; a few are named here because rules speak of them.
type Indicator string

// The indicators that rules speak of.
const (
	OutputValue           Indicator = "output_value"
	OutputValueUSD        Indicator = "output_value_usd"
	OutputGrowth          Indicator = "output_growth"
	ShareInManufacturing  Indicator = "share_in_manufacturing"
	ShareInIndustry       Indicator = "share_in_industry"
	ShareInGDP            Indicator = "share_in_gdp"
	ShareInEmployment     Indicator = "share_in_employment"
	StructureShare        Indicator = "structure_share"
	SmallBusinessShare    Indicator = "small_business_share"
	RegionalShareOfOutput Indicator = "regional_share_of_output"
	CottonHarvest         Indicator = "cotton_harvest"
	CottonHarvestGrowth   Indicator = "cotton_harvest_growth"
	CottonHarvestAverage  Indicator = "cotton_harvest_average"
	CottonArea            Indicator = "cotton_area"
	CottonYield           Indicator = "cotton_yield"
	CottonFibreOutput     Indicator = "cotton_fibre_output"
	YarnOutput            Indicator = "yarn_output"
	FabricOutput          Indicator = "fabric_output"
	FinishedTextiles      Indicator = "finished_textiles_output"
	Enterprises           Indicator = "enterprises"
	Employment            Indicator = "employment"
	ExchangeRate          Indicator = "exchange_rate"
)

// Basis says what a figure counts. Growth figures of different bases are
// different figures, however alike their names.
type Basis string

// The bases.
const (
	Nominal   Basis = "nominal"    // money of the year
	RealIndex Basis = "real_index" // the physical volume index (ИФО, НКИ)
	Share     Basis = "share"      // part of a whole
	Counted   Basis = "count"      // things or people counted
	Physical  Basis = "physical"   // tonnes, hectares, pieces
	RateBasis Basis = "rate"       // a price of one thing in another
	Unstated  Basis = "unstated"   // the source does not say; an answer must
)

// Known reports whether b is one of the bases.
func (b Basis) Known() bool {
	switch b {
	case Nominal, RealIndex, Share, Counted, Physical, RateBasis, Unstated:
		return true
	}
	return false
}

// Qualifier says how exact a figure is. It stays with its figure in every
// sentence, table and picture.
type Qualifier string

// The qualifiers.
const (
	Exact Qualifier = "exact"
	About Qualifier = "approx" // about, almost
	Over  Qualifier = "over"   // more than: a lower bound
	UpTo  Qualifier = "up_to"  // not more than
	Under Qualifier = "under"  // less than: an upper bound
)

// Known reports whether q is one of the qualifiers.
func (q Qualifier) Known() bool {
	switch q {
	case Exact, About, Over, UpTo, Under:
		return true
	}
	return false
}

// Measure is what is counted, whatever the power of ten: tonnes and thousand
// tonnes are one measure.
type Measure string

// The measures.
const (
	Tonnes           Measure = "t"
	Hectares         Measure = "ha"
	CentnersPerHa    Measure = "c_per_ha"
	SquareMetres     Measure = "m2"
	Pieces           Measure = "pieces"
	Pairs            Measure = "pairs"
	People           Measure = "people"
	Things           Measure = "count" // enterprises, farms, projects
	Tenge            Measure = "kzt"
	Dollars          Measure = "usd"
	PerCent          Measure = "pct"
	PercentagePoints Measure = "points"
	TengePerDollar   Measure = "kzt_per_usd"
	Times            Measure = "times" // how many times as much
	RankPlace        Measure = "rank"
)

// Unit is a measure and a power of ten, named as in the facts file:
// "thousand_tonnes" is 10³ tonnes.
type Unit string

// The units. Those of the facts file come first; the others are what people ask
// to see a figure in.
const (
	ThousandTonnes  Unit = "thousand_tonnes"
	UnitTonnes      Unit = "tonnes"
	ThousandHa      Unit = "thousand_ha"
	CPerHa          Unit = "c_per_ha"
	MillionM2       Unit = "mln_m2"
	MillionUnits    Unit = "mln_units"
	ThousandUnits   Unit = "thousand_units"
	ThousandPairs   Unit = "thousand_pairs"
	ThousandPeople  Unit = "thousand_people"
	UnitCount       Unit = "count"
	BillionTenge    Unit = "bn_kzt"
	MillionTenge    Unit = "mln_kzt"
	UnitTenge       Unit = "kzt"
	MillionDollars  Unit = "mln_usd"
	Pct             Unit = "pct"
	KztPerUsd       Unit = "kzt_per_usd"
	UnitRank        Unit = "rank"
	Kilograms       Unit = "kg"
	MillionKg       Unit = "mln_kg"
	MillionTonnes   Unit = "mln_tonnes"
	UnitHa          Unit = "ha"
	UnitM2          Unit = "m2"
	ThousandM2      Unit = "thousand_m2"
	UnitPieces      Unit = "units"
	UnitPairs       Unit = "pairs"
	MillionPairs    Unit = "mln_pairs"
	UnitPeople      Unit = "people"
	TrillionTenge   Unit = "trn_kzt"
	ThousandTenge   Unit = "thousand_kzt"
	UnitDollars     Unit = "usd"
	BillionDollars  Unit = "bn_usd"
	UnitPoints      Unit = "points"
	UnitTimes       Unit = "times"
	TonnesPerHa     Unit = "t_per_ha"
	Centners        Unit = "centners"
	SquareKm        Unit = "km2"
	ThousandDollars Unit = "thousand_usd"
)

// scaled is what a unit means.
type scaled struct {
	measure Measure
	power   int // the unit is 10^power of the measure
}

func (u Unit) scaled() (scaled, bool) {
	switch u {
	case Kilograms:
		return scaled{Tonnes, -3}, true
	case Centners:
		return scaled{Tonnes, -1}, true
	case UnitTonnes:
		return scaled{Tonnes, 0}, true
	case ThousandTonnes, MillionKg:
		return scaled{Tonnes, 3}, true
	case MillionTonnes:
		return scaled{Tonnes, 6}, true
	case UnitHa:
		return scaled{Hectares, 0}, true
	case SquareKm:
		return scaled{Hectares, 2}, true
	case ThousandHa:
		return scaled{Hectares, 3}, true
	case CPerHa:
		return scaled{CentnersPerHa, 0}, true
	case TonnesPerHa:
		return scaled{CentnersPerHa, 1}, true
	case UnitM2:
		return scaled{SquareMetres, 0}, true
	case ThousandM2:
		return scaled{SquareMetres, 3}, true
	case MillionM2:
		return scaled{SquareMetres, 6}, true
	case UnitPieces:
		return scaled{Pieces, 0}, true
	case ThousandUnits:
		return scaled{Pieces, 3}, true
	case MillionUnits:
		return scaled{Pieces, 6}, true
	case UnitPairs:
		return scaled{Pairs, 0}, true
	case ThousandPairs:
		return scaled{Pairs, 3}, true
	case MillionPairs:
		return scaled{Pairs, 6}, true
	case UnitPeople:
		return scaled{People, 0}, true
	case ThousandPeople:
		return scaled{People, 3}, true
	case UnitCount:
		return scaled{Things, 0}, true
	case UnitTenge:
		return scaled{Tenge, 0}, true
	case ThousandTenge:
		return scaled{Tenge, 3}, true
	case MillionTenge:
		return scaled{Tenge, 6}, true
	case BillionTenge:
		return scaled{Tenge, 9}, true
	case TrillionTenge:
		return scaled{Tenge, 12}, true
	case UnitDollars:
		return scaled{Dollars, 0}, true
	case ThousandDollars:
		return scaled{Dollars, 3}, true
	case MillionDollars:
		return scaled{Dollars, 6}, true
	case BillionDollars:
		return scaled{Dollars, 9}, true
	case Pct:
		return scaled{PerCent, 0}, true
	case UnitPoints:
		return scaled{PercentagePoints, 0}, true
	case KztPerUsd:
		return scaled{TengePerDollar, 0}, true
	case UnitTimes:
		return scaled{Times, 0}, true
	case UnitRank:
		return scaled{RankPlace, 0}, true
	}
	return scaled{}, false
}

// Known reports whether u is one of the units.
func (u Unit) Known() bool {
	_, ok := u.scaled()
	return ok
}

// Measure returns what the unit counts, or "" for an unknown unit.
func (u Unit) Measure() Measure {
	s, _ := u.scaled()
	return s.measure
}

// Power returns n where the unit is 10ⁿ of its measure: 3 for thousand tonnes,
// -3 for kilograms, which are thousandths of a tonne.
func (u Unit) Power() int {
	s, _ := u.scaled()
	return s.power
}

// Convert expresses value, given in unit from, in unit to; nothing is rounded.
// ok is false where the two count different things, or one is unknown.
func Convert(value Decimal, from, to Unit) (converted Decimal, ok bool) {
	a, okA := from.scaled()
	b, okB := to.scaled()
	if !okA || !okB || a.measure != b.measure {
		return Decimal{}, false
	}
	return value.Shift10(a.power - b.power), true
}
