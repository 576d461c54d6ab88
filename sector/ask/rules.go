package ask

// found is what a frame asks for.
type found struct {
	topic   Topic
	op      Op
	missing Missing
	extra   Topic // a second topic that belongs to the answer
	third   Topic // and a third
}

func is(t Topic) found              { return found{topic: t} }
func miss(m Missing, t Topic) found { return found{topic: t, missing: m} }
func with(t Topic, op Op) found     { return found{topic: t, op: op} }
func (f found) nothing() bool       { return f.topic == "" && f.missing == "" }

// checked turns what was found into a refusal where the question holds more than
// it accounts for.
func (f found) checked(s set) found {
	if s.has(cDated) && s.hasAny(cMore, cLess, cCompare, cMost, cLeast) {
		s.drop(cWhere) // "where was there more, in 2004 or in 2023?"
	}
	if s.hasAny(cMore, cLess, cCompare, cMost, cLeast) {
		s.drop(cWho) // "textiles or clothing, who has more?"
	}
	if f.missing == "" && unexplained(f.topic, s) {
		f.missing = MissPart
	}
	return f
}

// resolve finds what a frame asks for. The rules stand in the order in which
// they are tried: what is particular before what is general.
func resolve(s set, head func(...concept) concept) found {
	if s.has(cOccupied) {
		// "занято 17 тысяч человек" are employed, "занято 6 процентов" is a share
		if s.has(cPercent) && !s.has(cPeople) || s.any(divisions) {
			s.add(cShare)
		} else {
			s.add(cWorker)
		}
	}
	if s.has(cSew) {
		s.add(cMake)
		if !s.any(divisions) && !s.any(products) {
			s.add(cClothing) // what is sewn, where nothing else is named
		}
	}
	if s.has(cBiggest) {
		s.add(cMost)
	}
	if s.has(cGrown) {
		if s.hasAny(cCotton, cRaw, cFarm) {
			s.add(cHarvest)
		} else {
			s.add(cGrowth)
		}
	}
	if s.has(cAbroad) && s.has(cNoSales) {
		s.add(cExport)
	}
	if s.has(cTheIndustry) {
		if s.has(cIndustry) && s.hasAny(cShare, cPercent) {
			s.add(cIndustryWord)
		} else {
			s.add(cSector)
		}
	}
	for _, rule := range [...]func(set, func(...concept) concept) found{
		aboutRate, aboutProgramme, aboutPeopleInCharge, aboutSectorInWords, aboutTrade, aboutLand, aboutEnterprises, aboutWork,
		aboutProducts, aboutBranches, aboutCotton, aboutSector, aboutBot,
	} {
		if f := rule(s, head); !f.nothing() {
			return f
		}
	}
	return found{}
}

func aboutRate(s set, _ func(...concept) concept) found {
	has := s.has
	switch {
	case has(cMCI):
		return is(MCI)
	case s.hasAny(cRate) && s.hasAny(cSource, cWho):
		return is(RateSource)
	case has(cDollar) && has(cTenge) && s.hasAny(cMillion, cBillion, cTrillion) && !s.hasAny(cOutput, cIndustry, cSector, cMake, cVolume):
		return is(USD) // which amount is meant is seen when its number is read
	case has(cRate) && s.hasAny(cOutput, cIndustry, cSector, cShare) && !has(cWhich):
		return found{} // "at the rate of the day"
	case has(cRate) && s.hasAny(cGrowth, cFall) && !has(cDollar):
		return found{}
	case has(cRate):
		return is(Rate)
	case has(cDollar) && has(cTenge) && !s.hasAny(cOutput, cIndustry, cSector, cMake, cCotton, cClothing, cTextile, cHarvest, cVolume):
		if has(cThousand) {
			return is(USD)
		}
		return is(Rate)
	case has(cDollar) && !s.any(subjects) && !s.any(measures) && (has(cDated) || !s.hasAny(cHowMuch, cMillion, cBillion, cThousand, cTenge)):
		return is(Rate)
	case has(cDollar) && !s.any(subjects) && s.hasAny(cAverage, cNow, cValue, cYear, cMost, cLeast, cWhen, cChange, cTrend, cNoPrice, cGrowth, cFall):
		return is(Rate)
	}
	return found{}
}

func aboutProgramme(s set, _ func(...concept) concept) found {
	has := s.has
	if !has(cProgramme) {
		switch {
		case has(cMeeting):
			return is(Programme)
		case has(cReturn) && s.hasAny(cEnterprise, cBusiness) && !s.hasAny(cHowMuch, cHarvest):
			return is(Companies)
		case has(cDraft) && has(cMinistry):
			return is(Drafter)
		}
		return found{}
	}
	switch {
	case s.hasAny(cDraft, cMake) && s.hasAny(cMinistry, cWho):
		return is(Drafter)
	case s.hasAny(cWhy, cImportant):
		return is(Why)
	case has(cDraft) && has(cWhat) && !s.hasAny(cGovernment, cMinister, cWhich):
		return is(Content)
	case s.hasAny(cReturn, cSupport, cLocal), s.hasAny(cBusiness, cEnterprise) && s.hasAny(cJob, cWorker):
		return is(Companies)
	case has(cEnterprise) && has(cNaming):
		return miss(MissNames, Content)
	case has(cContent), has(cStructure):
		return is(Content)
	case has(cPurpose):
		return is(Why)
	case has(cMeeting):
		return is(Programme)
	case has(cWhen):
		return miss(MissForecast, Programme)
	case s.hasAny(cDraft, cMinistry, cWho, cGovernment, cMinister, cMake):
		return is(Drafter)
	case has(cPlans) && has(cFuture):
		return is(Plans)
	case has(cEnterprise):
		return miss(MissNames, Content)
	case has(cHowMuch) && !s.hasAny(cWhich):
		return miss(MissInvestment, Programme)
	}
	return is(Programme)
}

func aboutPeopleInCharge(s set, _ func(...concept) concept) found {
	switch {
	case s.hasAny(cMinister, cPerson) && !s.hasAny(cImportant, cPlans, cHarvest):
		return is(Who)
	case s.has(cSay) && (s.has(cWho) || !s.any(subjects)):
		return is(Who)
	}
	return found{}
}

func aboutSectorInWords(s set, _ func(...concept) concept) found {
	has := s.has
	goods := s.hasAny(cYarn, cFibre, cFabric, cCottonFabric, cFinished, cArea, cYield, cGin, cFarm, cRate)
	switch {
	case has(cRecord) && !s.hasAny(cYarn, cFibre, cFabric, cFinished, cIndustry, cSector, cClothing, cTextile):
		return is(Record)
	case s.hasAny(cSteady, cOneOff) && !s.hasAny(cCotton, cHarvest) && !goods && (s.hasAny(cGrowth, cDevelop) || has(cSteady) && s.hasAny(cYear, cIndustry, cSector)):
		return is(Five)
	case has(cImportant) && !goods && !s.hasAny(cCotton, cHarvest, cShare, cPercent):
		return is(Employ)
	case has(cWhy) && s.hasAny(cWorker, cJob, cGovernment, cIndustry, cSector) && !goods && !s.any(divisions) && !s.any(products) &&
		!s.hasAny(cGrowth, cFall, cShare, cPercent, cSmall, cEnterprise, cOutput, cPlans, cDevelop, cFuture, cMost, cLeast, cLess, cMore):
		return is(Employ)
	case has(cPurpose) && s.hasAny(cIndustry, cSector) && !goods && !has(cHowMuch):
		return is(Employ)
	case has(cPlans) && !goods && !s.hasAny(cHarvest, cProject, cHowMuch, cOutput, cEnterprise):
		return is(Plans)
	case has(cPlanned) && s.hasAny(cIndustry, cSector) && !goods && !s.hasAny(cProject, cHowMuch, cOutput, cPercent, cGrowth):
		return is(Plans)
	case has(cFuture) && !goods && s.hasAny(cIndustry, cSector, cDevelop, cIndustryWord) && !s.hasAny(cHowMuch, cOutput, cPercent, cGrowth):
		return is(Plans)
	case has(cDevelop) && !goods && !s.hasAny(cHarvest, cHowMuch, cOutput, cPercent, cGrowth, cShare, cEnterprise, cCotton):
		return is(Plans)
	}
	return found{}
}

func aboutEnterprises(s set, head func(...concept) concept) found {
	has := s.has
	firm := has(cEnterprise) || has(cBusiness)
	switch {
	case has(cPer) && !has(cYield), has(cEach) && s.hasAny(cEnterprise, cWorker):
		return miss(MissPerFirm, EnterpriseCount)
	case has(cBiggest) && firm && !s.hasAny(cWhere, cRegionWord, cPlace, cShare, cPercent, cCount):
		return miss(MissNames, EnterpriseCount) // one enterprise by name
	case has(cLarge) && (firm || has(cSmall)):
		return miss(MissLarge, Small)
	case has(cSmall) && (firm || !s.any(products) && !s.any(divisions)):
		if s.hasAny(cGrowth, cFall) {
			return miss(MissPart, Small)
		}
		return is(Small)
	case !firm:
		if s.hasAny(cWhere, cRegionWord) && has(cConcentrated) && s.hasAny(cIndustry, cSector) ||
			has(cWhere) && has(cMost) && s.any(divisions) && !s.hasAny(cMake, cOutput, cHarvest, cShare, cPercent, cHowMuch) {
			return is(Turkistan)
		}
		return found{}
	case s.hasAny(cWhere, cRegionWord, cPlace) && s.hasAny(cMost, cConcentrated, cMore, cWhere) && !s.any(products):
		return is(Turkistan)
	case has(cMost) && !s.hasAny(cHowMuch, cWhen, cYear, cShare, cPercent, cWhich) && !s.any(products) && !s.any(divisions):
		return is(Turkistan)
	case s.any(divisions) && has(cShare) && !s.hasAny(cCount):
		return found{} // "the textile mills account for…"
	case has(cRegionWord) && has(cWhich) && !s.any(divisions) && !s.any(products):
		return is(Turkistan)
	case (s.any(products) || has(cReady)) && head(cEnterprise, cBusiness, cFabric, cYarn, cFibre, cFinished, cCottonFabric, cFootwear, cCotton, cReady) != cEnterprise:
		return found{}
	case s.hasAny(cTenge, cDollar, cOutput) && !s.hasAny(cCount) && head(cEnterprise, cTenge, cDollar, cOutput, cGoods) != cEnterprise:
		return found{}
	case s.hasAny(cShare, cPercent) && !s.hasAny(cGrowth, cFall):
		return miss(MissPart, EnterpriseCount)
	case (s.any(divisions) || s.any(products)) && !s.hasAny(cHowMuch, cCount) && s.hasAny(cMake, cTenge, cOutput):
		return found{} // what they made, not how many they are
	case s.any(divisions) || s.any(products):
		return miss(MissKind, EnterpriseCount)
	case s.hasAny(cWorker, cJob, cPeople) && head(cEnterprise, cWorker, cJob, cPeople) != cEnterprise:
		return found{}
	case has(cIndustryWord) && !has(cLight) && !has(cIndustry) && !has(cSector):
		return miss(MissTopic, EnterpriseCount)
	case has(cMake) && !has(cHowMuch) && !has(cCount):
		return found{}
	}
	return grown(s, EnterpriseCount)
}

func aboutWork(s set, _ func(...concept) concept) found {
	has := s.has
	switch {
	case has(cProject):
		if s.hasAny(cPlanned, cFuture, cPlans, cNoForecast) {
			return is(ProjectsPlanned)
		}
		return is(Projects)
	case !s.hasAny(cWorker, cJob, cPeople):
		return found{}
	case has(cJob) && s.hasAny(cCreate, cLaunch, cReady):
		return is(JobsCreated)
	case has(cPeople) && !s.hasAny(cWorker, cJob) && !s.hasAny(cIndustry, cSector, cHarvest, cCotton):
		return found{}
	case s.hasAny(cCotton, cHarvest, cRaw):
		return is(GrowersJobs)
	case s.hasAny(cGin, cFabric, cYarn, cFibre):
		return miss(MissPart, EmploymentCount)
	case s.hasAny(cShare, cPercent) && !s.hasAny(cGrowth, cFall):
		return is(ShareJobs)
	case s.any(divisions):
		return miss(MissKind, EmploymentCount)
	}
	return grown(s, EmploymentCount)
}

// aboutCotton answers for the crop.
func aboutCotton(s set, _ func(...concept) concept) found {
	has := s.has
	district := Topic("")
	switch {
	case has(cZhetysai):
		district = HarvestZhetysai
	case has(cMaktaaral):
		district = HarvestMaktaral
	case has(cShardara):
		district = HarvestShardara
	}
	crop := has(cCotton) || has(cRaw) || has(cHarvest) || has(cCrop) && !s.hasAny(cIndustry, cSector, cIndustryWord, cOutput)
	if district != "" {
		if s.hasAny(cShare, cPercent, cGrowth, cFall, cTenge) {
			return miss(MissPart, district)
		}
		return is(district)
	}
	if !crop {
		return found{}
	}
	switch {
	case s.hasAny(cTenge, cValue, cDollar):
		return is(CropValue)
	case has(cIndex), has(cReal) && s.hasAny(cGrowth, cFall):
		return is(CropIndex)
	case s.hasAny(cGrowth, cFall), has(cChange) && has(cPercent), has(cPercent) && has(cMore):
		return is(HarvestGrowth)
	case s.hasAny(cShare, cPercent):
		return miss(MissPart, Harvest)
	case has(cAverage):
		return is(HarvestAverage)
	case has(cProcessing):
		return miss(MissPart, Fibre)
	}
	return is(Harvest)
}

// aboutSector answers for light industry as a whole.
func aboutSector(s set, _ func(...concept) concept) found {
	has := s.has
	light := s.hasAny(cIndustry, cSector) || has(cLight) && has(cIndustryWord)
	grows := s.hasAny(cGrowth, cFall) || has(cChange) && has(cPercent)
	share := s.hasAny(cShare, cPercent)
	switch {
	case share && has(cWho) && light && !s.hasAny(cManufacturing, cGDP):
		return is(Structure) // "whose share is what?"
	case grows && has(cSegment):
		return found{topic: TextileGrowth, extra: ClothingGrowth, third: LeatherGrowth}
	case has(cStructure) && !s.hasAny(cManufacturing, cGDP), has(cContent) && light, has(cSegment) && (light || s.hasAny(cWhich, cMost, cShare, cLeast, cBecome)):
		return is(Structure)
	case has(cGDP):
		if grows || !light && !share {
			return miss(MissTopic, ShareGDP)
		}
		return is(ShareGDP)
	case has(cManufacturing), has(cProcessing) && (light || share || has(cIndustryWord)):
		switch {
		case light && has(cMake) && !share:
			return is(Output)
		case light || has(cLight) || share:
			return is(ShareMfg)
		case grows:
			return miss(MissTopic, ShareMfg)
		}
		return is(Manufacturing)
	case share && !grows && s.hasAny(cRegionWord, cDistrictWord, cPlace) && !s.hasAny(cManufacturing, cGDP):
		return is(RegionShare)
	case share && !grows && has(cIndustryWord) && (light || !has(cOutput)):
		if has(cLight) && !s.hasAny(cIndustry, cSector) {
			return is(ShareMfg)
		}
		return is(ShareIndustry)
	case has(cIndustryWord) && !light && !has(cOutput):
		return miss(MissTopic, Output)
	case grows && (light || !has(cFall) || s.hasAny(cGrowth, cOutput, cMake, cPercent)):
		return is(Growth)
	case has(cIndex):
		return is(Growth)
	case s.hasAny(cMost, cLeast) && has(cRegionWord):
		return found{topic: RegionShare, op: Regions}
	case share && light:
		return is(ShareMfg)
	case share:
		return found{}
	case has(cDollar) && (light || s.hasAny(cOutput, cMake, cVolume)):
		if has(cTenge) {
			return found{topic: Output, extra: USD}
		}
		return is(USD)
	case s.hasAny(cTenge) && (light || s.hasAny(cOutput, cMake, cGoods, cVolume)), has(cOutput):
		return is(Output)
	case light && s.hasAny(cMake, cValue, cCrop, cGoods, cHowMuch, cVolume, cCount):
		return is(Output)
	case light:
		return is(Output)
	case has(cLeast) || has(cMost):
		return found{}
	}
	return found{}
}

func aboutBot(s set, _ func(...concept) concept) found {
	has := s.has
	switch {
	case has(cPurpose) && (s.hasAny(cBot, cYou) || !s.any(subjects)), has(cBot) && !has(cSource) && !has(cFresh) && !has(cLanguage) && !has(cHelp), has(cWho) && has(cYou):
		return is(AboutBot)
	case has(cFresh):
		return is(Freshness)
	case has(cSource):
		return is(SourceOfAll)
	case has(cHelp):
		return is(Help)
	case has(cLanguage):
		return is(LanguageTalk)
	case has(cGreeting):
		return is(Greeting)
	case has(cThanks):
		return is(Thanks)
	}
	return found{}
}
