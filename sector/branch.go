package sector

// Branch is a part of the sector: a code of the activity classifier (OKED, as
// NACE Rev. 2), or one of the names that the facts use where no code fits.
type Branch string

// The branches. Light industry is divisions 13, 14 and 15. Growing and ginning
// cotton and making synthetic fibre lie outside it, although people and the
// government name them in one breath.
const (
	LightIndustry Branch = "light_industry"

	Textiles      Branch = "13"
	Spinning      Branch = "13.1"
	Weaving       Branch = "13.2"
	Finishing     Branch = "13.3"
	OtherTextiles Branch = "13.9"
	Clothing      Branch = "14"
	Apparel       Branch = "14.1"
	FurGoods      Branch = "14.2"
	Knitwear      Branch = "14.3"
	Leather       Branch = "15" // leather, leather goods and footwear together
	Tanning       Branch = "15.1"
	Footwear      Branch = "15.2"

	CottonGrowing  Branch = "cotton_growing"  // agriculture, NACE 01.16
	CottonGinning  Branch = "cotton_ginning"  // post-harvest crop activities, NACE 01.63
	SyntheticFibre Branch = "synthetic_fibre" // chemistry, NACE 20.60

	NoBranch Branch = "" // of a figure that belongs to no branch: an exchange rate
)

// Branches returns every branch but [NoBranch].
func Branches() []Branch {
	return []Branch{
		LightIndustry, Textiles, Spinning, Weaving, Finishing, OtherTextiles, Clothing, Apparel, FurGoods, Knitwear,
		Leather, Tanning, Footwear, CottonGrowing, CottonGinning, SyntheticFibre,
	}
}

// Divisions returns the three divisions that make up light industry; an
// enterprise registers under one of them.
func Divisions() []Branch { return []Branch{Textiles, Clothing, Leather} }

// Known reports whether b is one of the branches or [NoBranch].
func (b Branch) Known() bool {
	if b == NoBranch {
		return true
	}
	for _, known := range Branches() {
		if b == known {
			return true
		}
	}
	return false
}

// Division returns the division to which b belongs ("13" of "13.2"), or b itself
// where it is no group of a division.
func (b Branch) Division() Branch {
	if len(b) == len("13.2") && b[2] == '.' {
		return b[:2]
	}
	return b
}
