package ask

// A topic found answers a question only where it accounts for everything in it
// that could change the meaning. "Average output per firm" has output in it, but
// no rule that knows averages led there; so it is refused, not answered with the
// total.

// telling are the concepts that must be accounted for.
var telling = setOf(
	cCotton, cRaw, cFibre, cYarn, cFabric, cCottonFabric, cFinished, cTextile, cClothing, cFootwear, cLeather, cHide, cFelt, cCarded,
	cBlanket, cOuterwear, cProcessing, cManufacturing, cGDP, cEnterprise, cSmall, cWorker, cJob, cFarm, cPeasant, cGin, cArea, cSown,
	cDrip, cYield, cProject, cMarket, cRate, cMCI, cLocal, cShare, cPercent, cGrowth, cFall, cExport, cImport, cDepend, cAverage,
	cIndex, cStructure, cReturn, cContent, cDraft, cSupport, cCreate, cPlanned, cLaunch, cPer, cLarge, cBecome, cConcentrated,
	cImportant, cHarvest, cDistrictWord, cCityWord, cMinistry, cProgramme, cMinister, cOccupied, cReady, cWhere, cWho,
)

// accounted are the telling concepts that each topic of figures accounts for.
// Topics that are not listed are found by rules narrow enough in themselves.
var accounted = func() map[Topic]set {
	group := func(sets ...set) set {
		var all set
		for _, s := range sets {
			all = all.union(s)
		}
		return all
	}
	var (
		crop     = setOf(cCotton, cRaw, cHarvest, cFarm, cPeasant, cArea, cSown, cWorker)
		firms    = setOf(cEnterprise)
		share    = setOf(cShare, cPercent, cStructure, cOccupied)
		grows    = setOf(cGrowth, cFall, cPercent, cIndex)
		textiles = setOf(cTextile)
		garments = setOf(cClothing)
		leather  = setOf(cFootwear, cLeather)
		fibre    = setOf(cCotton, cRaw, cFibre, cHarvest, cProcessing, cGin)
		loom     = setOf(cFabric, cTextile)
	)
	return map[Topic]set{
		Harvest:         group(crop, setOf(cYield)),
		HarvestGrowth:   group(crop, grows),
		HarvestAverage:  group(crop, setOf(cAverage)),
		Area:            group(crop, setOf(cOccupied, cShare, cGrowth, cFall, cPercent)),
		Drip:            group(crop, setOf(cDrip)),
		Yield:           group(crop, setOf(cYield, cAverage)),
		CropValue:       group(crop),
		Farms:           group(crop, setOf(cEnterprise)),
		GrowersJobs:     group(crop, setOf(cWorker, cJob, cOccupied)),
		Gins:            group(fibre, firms, setOf(cGin, cWorker)),
		Fibre:           group(fibre, firms, textiles, grows),
		FibreExports:    group(fibre, setOf(cExport)),
		Carded:          group(fibre, setOf(cCarded), grows),
		Yarn:            group(setOf(cYarn), textiles, firms, grows),
		Fabric:          group(loom, firms, grows),
		CottonFabric:    group(loom, firms, grows, setOf(cCotton, cCottonFabric)),
		FabricImports:   group(loom, setOf(cCotton, cCottonFabric, cImport)),
		FabricExports:   group(loom, setOf(cCotton, cCottonFabric, cExport)),
		Finished:        group(setOf(cFinished, cReady), textiles, firms, grows),
		Output:          firms,
		USD:             group(firms, setOf(cRate)),
		Growth:          group(grows, firms),
		TextileOutput:   group(textiles, firms),
		ClothingOutput:  group(garments, firms),
		LeatherOutput:   group(leather, firms, setOf(cProcessing)),
		TextileGrowth:   group(textiles, firms, grows),
		ClothingGrowth:  group(garments, firms, grows),
		LeatherGrowth:   group(leather, firms, grows),
		ClothingIndex:   group(garments, firms, grows),
		Manufacturing:   setOf(cManufacturing, cProcessing),
		ShareMfg:        group(share, setOf(cManufacturing, cProcessing)),
		ShareIndustry:   share,
		ShareGDP:        group(share, setOf(cGDP)),
		ShareJobs:       group(share, setOf(cWorker, cJob)),
		Structure:       group(share, textiles, garments, leather, setOf(cContent, cWho)),
		TextileShare:    group(share, textiles, firms),
		ClothingShare:   group(share, garments, firms),
		FootwearShare:   group(share, leather, firms),
		Small:           group(share, firms, setOf(cSmall)),
		EnterpriseCount: group(firms, setOf(cWorker), grows),
		EmploymentCount: group(setOf(cWorker, cJob, cOccupied), firms, grows),
		Turkistan:       group(firms, textiles, garments, leather, setOf(cConcentrated, cSmall, cProcessing, cWhere, cShare)),
		RegionShare:     group(share, firms, setOf(cWhere)),
		Shoes:           group(leather, firms, grows),
		Hides:           group(setOf(cHide), leather),
		HidesTanned:     group(setOf(cHide, cProcessing), leather),
		Rate:            setOf(cRate, cAverage, cGrowth, cFall),
		Five:            group(grows, firms),
	}
}()

// unexplained reports whether the set holds something telling that the topic
// does not account for.
func unexplained(t Topic, s set) bool {
	explained, listed := accounted[t]
	if !listed {
		return false
	}
	rest := only(s, telling)
	for i := range rest {
		if rest[i]&^explained[i] != 0 {
			return true
		}
	}
	return false
}
