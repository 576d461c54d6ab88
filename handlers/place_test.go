package handlers

import (
	"slices"
	"testing"
	"time"

	"maqta/sector"
	"maqta/sector/facts"
)

// Regions are understood in three languages, with endings, without Kazakh
// letters; where a name fits several it is for the person to say which.
func TestPlaces(t *testing.T) {
	book, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	known := newPlaces(book.Regions())
	for text, want := range map[string][]sector.Region{
		"Түркістан": {sector.Turkistan},
		"туркестан": {sector.Turkistan},
		"Turkistan": {sector.Turkistan},
		"в Туркестанской области": {sector.Turkistan},
		"Шымкентте":               {sector.Shymkent},
		"Шымкент қаласы":          {sector.Shymkent},
		"г. Астана":               {sector.Astana},
		"ВКО":                     {sector.EastKazakhstan},
		"Алматы":                  {sector.AlmatyRegion, sector.AlmatyCity},
		"Алматыда":                {sector.AlmatyRegion, sector.AlmatyCity},
		"Алматы облысы":           {sector.AlmatyRegion},
		"город Алматы":            {sector.AlmatyCity},
		"Алматинская":             {sector.AlmatyRegion},
		"область":                 nil,
		"Нарния":                  nil,
		"не знаю":                 nil,
		"":                        nil,
	} {
		if got := known.find(text); !slices.Equal(got, want) {
			t.Errorf("%q is read as %v, want %v", text, got, want)
		}
	}
	for _, r := range book.Regions() {
		for _, name := range []string{r.KK, r.RU, r.EN} {
			got := known.find(name)
			if want := []sector.Region{r.Region}; !slices.Equal(got, want) && name != "Almaty" { // the city and the region
				t.Errorf("%q is read as %v, want %v", name, got, want)
			}
		}
	}
}

// Every conversation about enterprises is sound, and no button of it is too long.
func TestFirmScripts(t *testing.T) {
	m, err := NewMind(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	r := New(Config{Mind: m})
	look := &binLook{}
	for name, err := range map[string]error{
		"register": r.registerScript(look).Check(),
		"refuse":   refuseScript().Check(),
		"invite":   inviteScript().Check(),
		"edit":     r.editScript(look).Check(),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	const most = 64
	const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" // as long as those that the store makes
	e := sector.Enterprise{ID: 1<<63 - 1}
	for _, data := range []string{
		tapInvite + ":y:" + token, peopleData(peopleHandOver, e, token), decision(tapRequest, 1<<63, "y"),
		tapEdit + ":" + editRegion + ":" + firmID(e),
	} {
		if len(data) > most {
			t.Errorf("button %q carries %d bytes", data, len(data))
		}
	}
}
