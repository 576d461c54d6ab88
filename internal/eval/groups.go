package eval

import "strings"

// shortNames are the names that the notes of question sets use for facts of the
// seed; other names are indicators. Statements have no figures and stand for nothing.
var shortNames = map[string][]string{
	"harvest": {"cotton_harvest"}, "record": {"cotton_harvest"}, "fibre": {"cotton_fibre_output"}, "yarn": {"yarn_output"},
	"fabric": {"fabric_output"}, "finished": {"finished_textiles_output"},
	"textile": {"structure_share/13"}, "clothing": {"structure_share/14"}, "footwear": {"structure_share/15"}, "structure": {"structure_share"},
	"growth": {"output_growth/light_industry"}, "kzt": {"output_value"}, "usd": {"output_value_usd", "exchange_rate/2026-03-05", "output_value"},
	"rate": {"exchange_rate"}, "rate_src": {"exchange_rate"}, "share_mfg": {"share_in_manufacturing"}, "small": {"small_business_share"},
	"turkestan": {"rank_by_number_of_enterprises"}, "five": {"output_growth/light_industry"},
	"who": nil, "drafter": nil, "employ": nil, "plans": nil, "companies": nil, "content": nil, "programme": nil, "programme_decision": nil, "reason": nil,
	"source": nil, "about": nil, "fresh": nil,
}

// families put indicators together that answer for one another: when one is asked
// and not known, the others are its nearest known figures.
var families = map[string]string{
	"fabric_output": "fabric", "cotton_fabric_output": "fabric", "cotton_fabric_imports": "fabric", "cotton_fabric_exports": "fabric",
	"finished_textiles_output": "finished", "felt_output_value": "felt",
	"output_value": "value", "output_value_usd": "value",
	"output_growth": "growth", "volume_index": "growth",
	"cotton_fibre_output": "fibre", "carded_cotton_output": "fibre", "cotton_fibre_exports": "fibre",
	"share_in_manufacturing": "share", "share_in_industry": "share", "share_in_gdp": "share", "share_in_employment": "share",
	"enterprises": "enterprises", "rank_by_number_of_enterprises": "enterprises",
	"cattle_hides_produced": "hides", "cattle_hides_processed": "hides",
	"footwear_output": "footwear", "footwear_domestic_share": "footwear",
	"jobs_created": "jobs", "projects_launched": "jobs", "projects_planned": "jobs",
	"employment": "employment",
}

// family names the group of a fact.
func (f *Fact) family() string {
	switch {
	case strings.HasPrefix(f.Indicator, "cotton_harvest"):
		return "harvest"
	case strings.HasPrefix(f.Indicator, "cotton_area"):
		return "area"
	case strings.HasPrefix(f.Indicator, "cotton_growing"):
		return "growing"
	case strings.HasPrefix(f.Indicator, "import_dependence"):
		return "dependence"
	}
	if name, ok := families[f.Indicator]; ok {
		return name
	}
	return f.Indicator
}

// is reports whether a name of a note, in full or short, means the fact.
func (f *Fact) is(name string) bool {
	name = strings.TrimSpace(name)
	if long, ok := shortNames[name]; ok {
		for _, n := range long {
			if f.is(n) {
				return true
			}
		}
		return false
	}
	indicator, rest, _ := strings.Cut(name, "/")
	if indicator != f.Indicator {
		return false
	}
	for _, part := range strings.Split(rest, "/") {
		if part != "" && part != f.Period && part != f.Region && part != f.Branch && part != f.Basis {
			return false
		}
	}
	return true
}

// related reports whether the fact belongs to the groups of the names.
func (j *Judge) related(f *Fact, names []string) bool {
	for _, name := range names {
		for i := range j.facts {
			if other := &j.facts[i]; other.is(name) && (other == f || other.family() == f.family()) {
				return true
			}
		}
	}
	return false
}
