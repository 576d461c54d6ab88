package ask

import (
	"maqta/sector"
	"maqta/sector/facts"
)

// Topic is one thing that can be asked. Its name is part of deep links
// (?start=q_harvest) and therefore never changes.
type Topic string

// The topics that figures answer.
const (
	Harvest         Topic = "harvest" // raw cotton of the whole country
	HarvestZhetysai Topic = "harvest_zhetysai"
	HarvestMaktaral Topic = "harvest_maktaaral"
	HarvestShardara Topic = "harvest_shardara"
	HarvestGrowth   Topic = "harvest_growth"
	HarvestAverage  Topic = "harvest_average"
	HarvestLow      Topic = "harvest_low"
	HarvestHigh     Topic = "harvest_high"
	HarvestFloor    Topic = "harvest_floor"
	PeasantShare    Topic = "peasant_share"
	Area            Topic = "area"
	Drip            Topic = "drip"
	Yield           Topic = "yield"
	CropValue       Topic = "crop_value"
	CropIndex       Topic = "crop_index"
	CropIndexSmall  Topic = "crop_index_small"
	CropIndexLarge  Topic = "crop_index_large"
	Farms           Topic = "farms"
	GrowersJobs     Topic = "growers"
	Gins            Topic = "gins"
	Fibre           Topic = "fibre"
	FibreExports    Topic = "fibre_exports"
	Carded          Topic = "carded"
	Yarn            Topic = "yarn"
	Fabric          Topic = "fabric"
	CottonFabric    Topic = "cotton_fabric"
	FabricImports   Topic = "fabric_imports"
	FabricExports   Topic = "fabric_exports"
	Finished        Topic = "finished"
	Felt            Topic = "felt"

	Output          Topic = "output" // of the sector, in tenge
	USD             Topic = "usd"    // the same in dollars
	Growth          Topic = "growth"
	TextileOutput   Topic = "textile_output"
	ClothingOutput  Topic = "clothing_output"
	LeatherOutput   Topic = "leather_output"
	TextileGrowth   Topic = "textile_growth"
	ClothingGrowth  Topic = "clothing_growth"
	LeatherGrowth   Topic = "leather_growth"
	ClothingIndex   Topic = "clothing_index"
	Manufacturing   Topic = "manufacturing" // the whole, of which only a range can be said
	ShareMfg        Topic = "share_mfg"
	ShareIndustry   Topic = "share_industry"
	ShareGDP        Topic = "share_gdp"
	ShareJobs       Topic = "share_jobs"
	Structure       Topic = "structure"
	TextileShare    Topic = "textile"
	ClothingShare   Topic = "clothing"
	FootwearShare   Topic = "footwear"
	Small           Topic = "small"
	EnterpriseCount Topic = "enterprises"
	EmploymentCount Topic = "employment"
	RegionShare     Topic = "region_share"
	MarketShare     Topic = "market_share"
	ClothingImports Topic = "clothing_imports"
	OuterImports    Topic = "outerwear_imports"
	BlanketImports  Topic = "blanket_imports"
	Shoes           Topic = "shoes" // pairs made
	ShoesShare      Topic = "shoes_share"
	JobsCreated     Topic = "jobs_created"
	Projects        Topic = "projects"
	ProjectsPlanned Topic = "projects_planned"
	Hides           Topic = "hides"
	HidesTanned     Topic = "hides_tanned"
	Rate            Topic = "rate"
	MCI             Topic = "mci"
)

// The topics that statements answer.
const (
	Programme Topic = "programme"
	Drafter   Topic = "drafter"
	Content   Topic = "content"
	Companies Topic = "companies"
	Why       Topic = "reason"
	Employ    Topic = "employ"
	Turkistan Topic = "turkistan"
	Five      Topic = "five"
	Plans     Topic = "plans"
	Record    Topic = "record"
	Who       Topic = "who"
)

// The topics about the bot itself, and those that ask back.
const (
	AboutBot     Topic = "about"
	SourceOfAll  Topic = "source"
	Freshness    Topic = "fresh"
	RateSource   Topic = "rate_source"
	Help         Topic = "help"
	Greeting     Topic = "greeting"
	Thanks       Topic = "thanks"
	LanguageTalk Topic = "language"

	WhichTextile  Topic = "which_textile"  // share, pieces or fabric?
	WhichClothing Topic = "which_clothing" // share, tenge or growth?
	WhichLeather  Topic = "which_leather"  // share, shoes or hides?
	WhichExport   Topic = "which_export"   // of fibre or of fabric?
	WhichImport   Topic = "which_import"   // of clothing or of fabric?

	TermTopicLight  Topic = "term_light_industry" // the terms without a topic of their own
	TermTopicMfg    Topic = "term_manufacturing"
	TermTopicIndex  Topic = "term_volume_index"
	TermTopicMoney  Topic = "term_nominal"
	TermTopicSmall  Topic = "term_small_business"
	TermTopicCotton Topic = "term_raw_cotton"
)

// entry is what is behind a topic: an indicator of the facts, a statement, a
// question about the bot, a choice, or a term.
type entry struct {
	topic     Topic
	indicator sector.Indicator
	branch    sector.Branch
	region    sector.Region // "" means the country
	statement facts.StatementID
	meta      MetaTopic
	options   []Topic
	term      Term    // what Meaning explains
	related   []Topic // what to offer beside it, nearest first
	instead   Topic   // what answers as well for periods without a figure of its own
}

// catalogue lists every topic once.
func catalogue() []entry {
	const (
		light   = sector.LightIndustry
		growing = sector.CottonGrowing
		ginning = sector.CottonGinning
		turk    = sector.Turkistan
	)
	fig := func(t Topic, i sector.Indicator, b sector.Branch, r sector.Region, term Term, related ...Topic) entry {
		return entry{topic: t, indicator: i, branch: b, region: r, term: term, related: related}
	}
	said := func(t Topic, id facts.StatementID, related ...Topic) entry {
		return entry{topic: t, statement: id, related: related}
	}
	meta := func(t Topic, m MetaTopic, related ...Topic) entry { return entry{topic: t, meta: m, related: related} }
	otherwise := func(e entry, instead Topic) entry { e.instead = instead; return e }
	which := func(t Topic, options ...Topic) entry { return entry{topic: t, options: options, related: options} }
	explain := func(t Topic, term Term, related ...Topic) entry { return entry{topic: t, term: term, related: related} }
	return []entry{
		fig(Harvest, sector.CottonHarvest, growing, "", TermRawCotton, Record, Fibre, Area, Yarn),
		fig(HarvestZhetysai, "cotton_harvest_zhetysai_district", growing, turk, TermRawCotton, HarvestMaktaral, HarvestShardara, Harvest),
		fig(HarvestMaktaral, "cotton_harvest_maktaaral_district", growing, turk, TermRawCotton, HarvestZhetysai, HarvestShardara, Harvest),
		fig(HarvestShardara, "cotton_harvest_shardara_district", growing, turk, TermRawCotton, HarvestZhetysai, HarvestMaktaral, Harvest),
		fig(HarvestGrowth, sector.CottonHarvestGrowth, growing, "", "", Harvest, Record, Area),
		fig(HarvestAverage, sector.CottonHarvestAverage, growing, "", "", Harvest, HarvestHigh, HarvestLow),
		fig(HarvestLow, "cotton_harvest_min", growing, "", "", HarvestHigh, HarvestAverage, Harvest),
		fig(HarvestHigh, "cotton_harvest_max", growing, "", "", HarvestLow, HarvestAverage, Harvest),
		fig(HarvestFloor, "cotton_harvest_yearly_floor", growing, "", "", HarvestAverage, Harvest),
		fig(PeasantShare, "cotton_harvest_share_peasant_farms", growing, turk, "", Farms, Harvest),
		fig(Area, sector.CottonArea, growing, "", "", Harvest, Drip, Yield),
		fig(Drip, "cotton_area_drip", growing, "", "", Area, Harvest),
		fig(Yield, sector.CottonYield, growing, "", TermYield, Area, Harvest),
		fig(CropValue, "cotton_growing_value", growing, "", "", CropIndex, Harvest),
		fig(CropIndex, "cotton_growing_volume_index", growing, "", TermVolumeIndex, CropIndexSmall, CropIndexLarge, CropValue),
		fig(CropIndexSmall, "cotton_growing_volume_index_small_farms", growing, "", TermVolumeIndex, CropIndexLarge, CropIndex),
		fig(CropIndexLarge, "cotton_growing_volume_index_large_farms", growing, "", TermVolumeIndex, CropIndexSmall, CropIndex),
		fig(Farms, "cotton_farms", growing, "", "", GrowersJobs, PeasantShare, Harvest),
		fig(GrowersJobs, "cotton_employment", growing, "", "", EmploymentCount, Farms),
		fig(Gins, "cotton_gins", ginning, turk, TermGin, Fibre, Harvest),
		fig(Fibre, sector.CottonFibreOutput, ginning, "", TermFibre, Yarn, Harvest, FibreExports),
		fig(FibreExports, "cotton_fibre_exports", ginning, "", TermFibre, Fibre, FabricExports, Harvest),
		fig(Carded, "carded_cotton_output", sector.Spinning, "", TermCarded, Yarn, Fibre),
		fig(Yarn, sector.YarnOutput, sector.Spinning, "", TermYarn, Fabric, Fibre, Carded),
		fig(Fabric, sector.FabricOutput, sector.Weaving, "", TermFabric, CottonFabric, Finished, Yarn),
		fig(CottonFabric, "cotton_fabric_output", sector.Weaving, "", TermFabric, FabricImports, FabricExports, Fabric),
		fig(FabricImports, "cotton_fabric_imports", sector.Weaving, "", "", FabricExports, CottonFabric),
		fig(FabricExports, "cotton_fabric_exports", sector.Weaving, "", "", FabricImports, FibreExports, CottonFabric),
		fig(Finished, sector.FinishedTextiles, sector.OtherTextiles, "", TermFinished, Fabric, TextileShare, Yarn),
		fig(Felt, "felt_output_value", sector.OtherTextiles, "", "", Finished, Fabric),

		fig(Output, sector.OutputValue, light, "", TermNominal, Growth, USD, ShareMfg),
		otherwise(fig(USD, sector.OutputValueUSD, light, "", "", Output, Rate, Growth), Output),
		fig(Growth, sector.OutputGrowth, light, "", TermVolumeIndex, Output, Five, ShareMfg),
		fig(TextileOutput, sector.OutputValue, sector.Textiles, "", "", TextileShare, Finished, Fabric),
		fig(ClothingOutput, sector.OutputValue, sector.Clothing, "", "", ClothingShare, ClothingGrowth, ClothingImports),
		fig(LeatherOutput, sector.OutputValue, sector.Leather, "", "", FootwearShare, Shoes, LeatherGrowth),
		fig(TextileGrowth, sector.OutputGrowth, sector.Textiles, "", "", ClothingGrowth, TextileShare, Growth),
		fig(ClothingGrowth, sector.OutputGrowth, sector.Clothing, "", "", ClothingOutput, TextileGrowth, Growth),
		fig(LeatherGrowth, sector.OutputGrowth, sector.Leather, "", "", LeatherOutput, ClothingGrowth, Growth),
		otherwise(fig(ClothingIndex, "volume_index", sector.Clothing, "", TermVolumeIndex, ClothingGrowth, ClothingOutput), ClothingGrowth),
		{topic: Manufacturing, term: TermManufacturing, related: []Topic{ShareMfg, Output, Growth}},
		fig(ShareMfg, sector.ShareInManufacturing, light, "", TermManufacturing, Output, ShareIndustry, Structure),
		fig(ShareIndustry, sector.ShareInIndustry, light, "", "", ShareMfg, ShareGDP),
		fig(ShareGDP, sector.ShareInGDP, light, "", "", ShareIndustry, ShareMfg),
		fig(ShareJobs, sector.ShareInEmployment, light, "", "", EmploymentCount, ShareGDP),
		fig(Structure, sector.StructureShare, light, "", TermStructure, TextileShare, ClothingShare, FootwearShare),
		fig(TextileShare, sector.StructureShare, sector.Textiles, "", "", Structure, Finished, Fabric),
		fig(ClothingShare, sector.StructureShare, sector.Clothing, "", "", Structure, ClothingOutput, ClothingImports),
		fig(FootwearShare, sector.StructureShare, sector.Leather, "", "", Structure, Shoes, LeatherOutput),
		fig(Small, sector.SmallBusinessShare, light, "", TermSmallBusiness, EnterpriseCount, Turkistan, EmploymentCount),
		fig(EnterpriseCount, sector.Enterprises, light, "", "", Small, Turkistan, EmploymentCount),
		fig(EmploymentCount, sector.Employment, light, "", "", EnterpriseCount, JobsCreated, Employ),
		fig(RegionShare, sector.RegionalShareOfOutput, light, "", "", Turkistan, Output),
		fig(MarketShare, "domestic_market_share", light, "", "", OuterImports, ClothingImports, ShoesShare),
		fig(ClothingImports, "imports_value", sector.Clothing, "", "", OuterImports, MarketShare, ClothingOutput),
		fig(OuterImports, "import_dependence_outerwear_underwear", sector.Clothing, "", "", BlanketImports, ClothingImports, MarketShare),
		fig(BlanketImports, "import_dependence_blankets", sector.OtherTextiles, "", "", OuterImports, MarketShare),
		fig(Shoes, "footwear_output", sector.Footwear, "", "", ShoesShare, FootwearShare, LeatherOutput),
		fig(ShoesShare, "footwear_domestic_share", sector.Footwear, "", "", Shoes, FootwearShare),
		fig(JobsCreated, "jobs_created", light, "", "", Projects, EmploymentCount),
		fig(Projects, "projects_launched", light, "", "", ProjectsPlanned, JobsCreated),
		fig(ProjectsPlanned, "projects_planned", light, "", "", Projects, JobsCreated),
		fig(Hides, "cattle_hides_produced", sector.Tanning, "", "", HidesTanned, Shoes),
		fig(HidesTanned, "cattle_hides_processed", sector.Tanning, "", "", Hides, Shoes),
		fig(Rate, sector.ExchangeRate, sector.NoBranch, "", "", USD, Output),
		fig(MCI, "mci", sector.NoBranch, "", TermMCI, Rate, Output),

		said(Programme, facts.ProgrammeDecision, Drafter, Content, Companies),
		said(Drafter, facts.ProgrammeDrafter, Programme, Content, Companies),
		said(Content, facts.ProgrammeContent, Companies, Drafter, Plans),
		said(Companies, facts.ProgrammeReturn, Content, Employ, Programme),
		said(Why, facts.ProgrammeReason, Five, Growth, Content),
		said(Employ, facts.EmploymentImportance, EmploymentCount, Turkistan, Companies),
		said(Turkistan, facts.TurkistanMost, RegionShare, EnterpriseCount, Small),
		said(Five, facts.SteadyGrowth, Growth, Output, Why),
		said(Plans, facts.Plans, Content, Growth, Structure),
		said(Record, facts.RecordHarvest, Harvest, HarvestAverage, Fibre),
		said(Who, facts.WhoSpoke, Programme, Turkistan, Employ),

		meta(AboutBot, MetaAbout, Harvest, Output, Structure),
		meta(SourceOfAll, MetaSource, Freshness, Harvest, Output),
		meta(Freshness, MetaFresh, SourceOfAll, Output, Harvest),
		meta(RateSource, MetaRate, Rate, USD),
		meta(Help, MetaHelp, Harvest, Output, Structure),
		meta(Greeting, MetaGreeting, Harvest, Output, Structure),
		meta(Thanks, MetaThanks, Harvest, Output, Structure),
		meta(LanguageTalk, MetaLanguage, Harvest, Output, Structure),

		which(WhichTextile, TextileShare, Finished, Fabric),
		which(WhichClothing, ClothingShare, ClothingOutput, ClothingGrowth),
		which(WhichLeather, FootwearShare, Shoes, Hides),
		which(WhichExport, FibreExports, FabricExports),
		which(WhichImport, ClothingImports, FabricImports, OuterImports),

		explain(TermTopicLight, TermLightIndustry, Output, Structure),
		explain(TermTopicMfg, TermManufacturing, ShareMfg, Output),
		explain(TermTopicIndex, TermVolumeIndex, Growth, ClothingGrowth),
		explain(TermTopicMoney, TermNominal, Output, Growth),
		explain(TermTopicSmall, TermSmallBusiness, Small, EnterpriseCount),
		explain(TermTopicCotton, TermRawCotton, Harvest, Fibre),
	}
}

// all is the catalogue; it is never changed.
var all = catalogue()

// byTopic finds an entry of the catalogue; it is never changed.
var byTopic = func() map[Topic]*entry {
	m := make(map[Topic]*entry, len(all))
	for i := range all {
		m[all[i].topic] = &all[i]
	}
	return m
}()

// Topics returns every topic in a sensible order for menus.
func Topics() []Topic {
	topics := make([]Topic, len(all))
	for i, e := range all {
		topics[i] = e.topic
	}
	return topics
}

// Known reports whether t is one of the topics.
func (t Topic) Known() bool { return byTopic[t] != nil }

// IsFigure reports whether a figure answers the topic.
func (t Topic) IsFigure() bool {
	e := byTopic[t]
	return e != nil && e.indicator != ""
}
