package ask

import (
	"strings"

	"maqta/sector"
	"maqta/sector/facts"
)

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
	{0, cKg, sector.Kilograms},
	{cMillion, cKg, sector.MillionKg},
	{0, cTonne, sector.UnitTonnes},
	{cThousand, cTonne, sector.ThousandTonnes},
	{cMillion, cTonne, sector.MillionTonnes},
	{0, cCentner, sector.Centners},
	{0, cHectare, sector.UnitHa},
	{cThousand, cHectare, sector.ThousandHa},
	{0, cSquareMetre, sector.UnitM2},
	{cThousand, cSquareMetre, sector.ThousandM2},
	{cMillion, cSquareMetre, sector.MillionM2},
	{0, cPiece, sector.UnitPieces},
	{cThousand, cPiece, sector.ThousandUnits},
	{cMillion, cPiece, sector.MillionUnits},
	{0, cPair, sector.UnitPairs},
	{cThousand, cPair, sector.ThousandPairs},
	{cMillion, cPair, sector.MillionPairs},
	{0, cDollar, sector.UnitDollars},
	{cMillion, cDollar, sector.MillionDollars},
	{cBillion, cDollar, sector.BillionDollars},
	{0, cTenge, sector.UnitTenge},
	{cThousand, cTenge, sector.ThousandTenge},
	{cMillion, cTenge, sector.MillionTenge},
	{cBillion, cTenge, sector.BillionTenge},
	{cTrillion, cTenge, sector.TrillionTenge},
}

// claims compares the numbers of the question with the figures asked for. A
// number never reaches the answer; it only decides whether to contradict.
func (u *understanding) claims(q *Query) {
	if len(q.Topics) == 0 || q.Missing != "" {
		return
	}
	if u.all.has(cFall) && !u.all.has(cGrowth) && growing(q) {
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
