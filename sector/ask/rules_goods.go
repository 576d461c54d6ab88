package ask

var (
	products  = setOf(cFabric, cYarn, cFibre, cFinished, cCottonFabric, cCotton, cCarded, cFelt, cHide, cHarvest)
	divisions = setOf(cTextile, cClothing, cFootwear, cLeather)
)

// aboutProducts answers for what is made and counted.
func aboutProducts(s set, _ func(...concept) concept) found {
	has := s.has
	share := s.hasAny(cShare, cPercent) && !s.hasAny(cGrowth, cFall, cChange)
	one := func(t Topic) found {
		if share {
			return miss(MissPart, t)
		}
		return grown(s, t)
	}
	switch {
	case has(cCarded):
		return one(Carded)
	case has(cFelt):
		return one(Felt)
	case has(cHide):
		if has(cProcessing) {
			return one(HidesTanned)
		}
		return one(Hides)
	case has(cFinished), has(cReady) && s.hasAny(cTextile, cGoods), has(cTextile) && has(cPiece), has(cTextile) && has(cGoods) && s.hasAny(cHowMuch, cCount) && !share && !has(cTenge):
		return one(Finished)
	case has(cYarn):
		if has(cCotton) || has(cCottonFabric) {
			return miss(MissKind, Yarn)
		}
		return one(Yarn)
	case has(cFibre):
		if has(cBecome) || share && s.hasAny(cCotton, cHarvest, cRaw, cCrop) {
			return miss(MissYield, Fibre)
		}
		return one(Fibre)
	case has(cBecome) && s.hasAny(cCotton, cHarvest):
		return miss(MissYield, Fibre)
	case has(cCottonFabric), has(cFabric) && has(cCotton):
		return one(CottonFabric)
	case has(cFabric):
		return one(Fabric)
	case has(cTextile) && s.hasAny(cSquareMetre, cMetre):
		return one(Fabric)
	}
	return found{}
}

// aboutBranches answers for textiles, clothing, footwear and leather.
func aboutBranches(s set, _ func(...concept) concept) found {
	has := s.has
	if !s.any(divisions) {
		return found{}
	}
	grows := s.hasAny(cGrowth, cFall) || has(cChange) && has(cPercent)
	money := s.hasAny(cTenge, cValue, cDollar, cBillion, cMillion, cNominal)
	made := s.hasAny(cMake, cOutput, cVolume)
	asked := s.hasAny(cHowMuch, cCount)
	// "сколько в отрасли одежды" asks for a part, "сколько одежды" does not say
	within := asked && !made && !money && s.hasAny(cSector, cIndustry) && !s.hasAny(cPiece, cPair, cSquareMetre)
	share := s.hasAny(cShare, cPercent, cStructure) || within
	switch {
	case has(cClothing):
		switch {
		case grows:
			return is(ClothingGrowth)
		case has(cIndex):
			return is(ClothingIndex)
		case share:
			return is(ClothingShare)
		case has(cPiece):
			return miss(MissPart, ClothingOutput)
		case money, made:
			return is(ClothingOutput)
		case asked:
			return is(WhichClothing)
		case has(cDated):
			return is(ClothingOutput)
		}
		return is(ClothingShare)
	case has(cTextile):
		switch {
		case has(cIndex):
			return miss(MissPart, TextileGrowth)
		case grows:
			return is(TextileGrowth)
		case share:
			return is(TextileShare)
		case money:
			return is(TextileOutput)
		case asked, made:
			return is(WhichTextile)
		}
		return is(TextileShare)
	case s.hasAny(cSquareMetre, cTonne, cKg, cHectare), has(cProcessing) && has(cLeather) && !money && !has(cFootwear):
		return miss(MissPart, LeatherOutput)
	case has(cFootwear) && (has(cPair) || (made || asked) && !money && !has(cLeather) && !grows && !share):
		return is(Shoes)
	case has(cIndex):
		return miss(MissPart, LeatherGrowth)
	case grows:
		return is(LeatherGrowth)
	case share:
		return is(FootwearShare)
	case money, made:
		return is(LeatherOutput)
	case asked:
		return is(WhichLeather)
	case has(cDated) && has(cFootwear) && !has(cLeather):
		return is(Shoes)
	}
	return is(FootwearShare)
}

// aboutTrade answers for exports, imports and the home market.
func aboutTrade(s set, _ func(...concept) concept) found {
	has := s.has
	switch {
	case has(cExport):
		switch {
		case has(cCottonFabric):
			return is(FabricExports)
		case has(cFabric):
			return miss(MissExport, FabricExports)
		case s.hasAny(cFibre):
			return is(FibreExports)
		case s.hasAny(cCotton) && !s.hasAny(cRaw, cYarn, cTextile, cClothing):
			return is(FibreExports)
		}
		return miss(MissExport, WhichExport)
	case has(cOuterwear) && (s.hasAny(cImport, cDepend, cMarket, cDomestic) || has(cShare)):
		return is(OuterImports)
	case has(cBlanket):
		if s.hasAny(cImport, cDepend, cMarket, cShare, cDomestic, cPercent) {
			return is(BlanketImports)
		}
		return miss(MissKind, BlanketImports)
	case has(cDepend) || has(cImport) && s.hasAny(cShare, cPercent):
		if s.hasAny(cTextile, cFabric, cCottonFabric, cFootwear, cLeather, cYarn, cFibre, cCotton) {
			return miss(MissImport, WhichImport)
		}
		if has(cClothing) {
			return is(OuterImports)
		}
		return miss(MissImport, WhichImport)
	case has(cImport):
		switch {
		case has(cCottonFabric):
			return is(FabricImports)
		case has(cFabric):
			return miss(MissImport, FabricImports)
		case has(cClothing):
			return is(ClothingImports)
		}
		return miss(MissImport, WhichImport)
	case s.hasAny(cMarket, cDomestic) && s.hasAny(cShare, cPercent, cMarket) && !s.hasAny(cEnterprise, cSmall):
		switch {
		case has(cFootwear):
			return is(ShoesShare)
		case s.hasAny(cYarn, cFibre, cCotton, cLeather):
			return miss(MissPart, MarketShare)
		case s.hasAny(cShare, cPercent, cDomestic):
			return is(MarketShare)
		}
		return miss(MissPart, MarketShare)
	}
	return found{}
}

// aboutLand answers for what stands in the field, and for gins.
func aboutLand(s set, head func(...concept) concept) found {
	has := s.has
	switch {
	case has(cGin):
		if s.hasAny(cFibre, cCotton) && head(cGin, cFibre, cCotton) != cGin && s.hasAny(cMake, cOutput, cTonne) {
			return is(Fibre)
		}
		return is(Gins)
	case has(cEnterprise) && has(cProcessing) && s.hasAny(cCotton, cRaw) && !s.hasAny(cFibre, cYarn, cFabric, cSmall):
		return is(Gins)
	case has(cDrip):
		if s.hasAny(cTonne, cHarvest, cYield) {
			return miss(MissPart, Drip)
		}
		return is(Drip)
	case has(cYield), has(cCentner) && has(cHectare):
		if s.hasAny(cFibre) {
			return miss(MissYield, Fibre)
		}
		return is(Yield)
	case s.hasAny(cFarm, cPeasant):
		switch {
		case s.hasAny(cShare, cPercent) && !s.hasAny(cGrowth, cFall, cIndex):
			if has(cPeasant) || has(cFarm) && has(cHarvest) {
				return is(PeasantShare)
			}
		case s.hasAny(cGrowth, cFall, cIndex, cChange):
			if has(cLarge) {
				return is(CropIndexLarge)
			}
			return is(CropIndexSmall)
		}
		if s.hasAny(cWorker, cJob, cPeople) {
			return is(GrowersJobs)
		}
		if h := head(cFarm, cPeasant, cCotton, cRaw); (h == cCotton || h == cRaw || !s.hasAny(cHowMuch, cCount)) && s.hasAny(cHarvest, cMake, cTonne, cCrop) {
			return is(Harvest)
		}
		return is(Farms)
	case has(cArea) && s.hasAny(cCotton, cRaw) && s.hasAny(cHarvest, cTonne) && !has(cHectare) && head(cArea, cCotton, cRaw) != cArea:
		return is(Harvest)
	case has(cField) && s.hasAny(cCotton, cHectare) && !s.hasAny(cHarvest, cMake, cTonne, cWorker, cJob, cPeople):
		return grown(s, Area)
	case has(cArea) || has(cSown) && s.hasAny(cCotton, cHectare, cHowMuch), has(cHectare) && s.hasAny(cCotton, cHarvest):
		if has(cPercent) && !s.hasAny(cGrowth, cFall, cChange) {
			return miss(MissPart, Area)
		}
		return grown(s, Area)
	}
	return found{}
}

// grown is the topic, or its growth where that is asked.
func grown(s set, t Topic) found {
	if s.hasAny(cGrowth, cFall) || s.has(cChange) && s.has(cPercent) {
		return with(t, Grow)
	}
	return is(t)
}
