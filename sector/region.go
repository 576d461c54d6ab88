package sector

// Region is the country ("KZ"), an oblast or a city of republican significance
// by its ISO 3166-2 code ("KZ-61"). Names in the three languages belong to the
// catalogue of texts.
type Region string

// The country, its 17 oblasts and 3 cities.
const (
	Kazakhstan      Region = "KZ"
	Abai            Region = "KZ-10"
	Akmola          Region = "KZ-11"
	Aktobe          Region = "KZ-15"
	AlmatyRegion    Region = "KZ-19"
	Atyrau          Region = "KZ-23"
	WestKazakhstan  Region = "KZ-27"
	Zhambyl         Region = "KZ-31"
	Zhetysu         Region = "KZ-33"
	Karaganda       Region = "KZ-35"
	Kostanay        Region = "KZ-39"
	Kyzylorda       Region = "KZ-43"
	Mangystau       Region = "KZ-47"
	Pavlodar        Region = "KZ-55"
	NorthKazakhstan Region = "KZ-59"
	Turkistan       Region = "KZ-61"
	Ulytau          Region = "KZ-62"
	EastKazakhstan  Region = "KZ-63"
	Astana          Region = "KZ-71"
	AlmatyCity      Region = "KZ-75"
	Shymkent        Region = "KZ-79"
)

// Regions returns the oblasts and cities, without the country, by code.
func Regions() []Region {
	return []Region{
		Abai, Akmola, Aktobe, AlmatyRegion, Atyrau, WestKazakhstan, Zhambyl, Zhetysu, Karaganda, Kostanay, Kyzylorda,
		Mangystau, Pavlodar, NorthKazakhstan, Turkistan, Ulytau, EastKazakhstan, Astana, AlmatyCity, Shymkent,
	}
}

// Known reports whether r is the country or one of its regions.
func (r Region) Known() bool {
	if r == Kazakhstan {
		return true
	}
	for _, known := range Regions() {
		if r == known {
			return true
		}
	}
	return false
}

// IsCity reports whether r is a city of republican significance.
func (r Region) IsCity() bool { return r == Astana || r == AlmatyCity || r == Shymkent }

// KATO returns the first two digits of the national code of the region, which
// ISO 3166-2 shares, or "" for the country.
func (r Region) KATO() string {
	if r == Kazakhstan || !r.Known() {
		return ""
	}
	return string(r[len("KZ-"):])
}
