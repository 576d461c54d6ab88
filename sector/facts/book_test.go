package facts_test

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"maqta/sector"
	"maqta/sector/facts"
)

func load(t testing.TB) *facts.Book {
	t.Helper()
	b, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLoad(t *testing.T) {
	b := load(t)
	if n := len(b.Facts()); n != 166 {
		t.Errorf("%d facts, want 166", n)
	}
	if n := len(b.Sources()); n != 31 {
		t.Errorf("%d sources, want 31", n)
	}
	if !regexp.MustCompile(`^2026-03-05-[0-9a-f]{8}$`).MatchString(b.Edition()) {
		t.Errorf("edition %q", b.Edition())
	}
	if again := load(t); again.Edition() != b.Edition() {
		t.Errorf("the edition is %q, then %q", b.Edition(), again.Edition())
	}
	for _, f := range b.Facts() {
		if got, ok := b.Fact(f.Key); !ok || got != f {
			t.Errorf("fact %s is not found by its key", f.Key)
		}
		if err := b.Prove(f.Value.String(), string(f.Key)); err != nil {
			t.Errorf("fact %s does not prove itself: %v", f.Key, err)
		}
	}
}

// TestEverySeriesIsOrdered looks at every series that the facts make up.
func TestEverySeriesIsOrdered(t *testing.T) {
	b := load(t)
	seen := 0
	for _, f := range b.Facts() {
		series := b.Series(f.Indicator, f.Branch, f.Region, f.Basis)
		for i := 1; i < len(series); i++ {
			if !series[i-1].Period.Before(series[i].Period) {
				t.Errorf("series of %s: %s stands before %s", f.Key, series[i-1].Period, series[i].Period)
			}
		}
		seen += len(series)
	}
	if seen == 0 {
		t.Error("no series")
	}
	harvest := b.Series(sector.CottonHarvest, sector.CottonGrowing, sector.Kazakhstan, sector.Physical)
	if len(harvest) != 22 || harvest[0].Period != sector.YearOf(2004) || harvest[21].Period != sector.YearOf(2025) {
		t.Errorf("the harvest has %d years, from %s", len(harvest), harvest[0].Period)
	}
}

func TestSeedFigures(t *testing.T) {
	b := load(t)
	for key, want := range map[facts.Key]string{
		"output_value/2025/KZ/light_industry/nominal":          "260 bn_kzt exact trend_2026",
		"output_growth/2025/KZ/light_industry/unstated":        "13.2 pct exact trend_2026",
		"output_value_usd/2025/KZ/light_industry/nominal":      "520.2 mln_usd approx trend_2026",
		"cotton_harvest/2025/KZ/cotton_growing/physical":       "466 thousand_tonnes exact trend_2026",
		"cotton_fibre_output/2025/KZ/cotton_ginning/physical":  "116.1 thousand_tonnes exact trend_2026",
		"structure_share/2026-03/KZ/13/share":                  "60 pct over trend_2026",
		"small_business_share/2026-03/KZ/light_industry/share": "97 pct over trend_2026",
		"exchange_rate/2026-03-05/KZ//rate":                    "499.83 kzt_per_usd exact trend_2026",
	} {
		f, ok := b.Fact(key)
		if !ok {
			t.Errorf("no fact %s", key)
			continue
		}
		if got := fmt.Sprintf("%s %s %s %s", f.Value, f.Unit, f.Qualifier, f.Source.ID); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
}

// edition returns the embedded files, so that a test can spoil one.
func edition(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	embedded, err := facts.Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"facts.csv", "sources.csv", "statements.csv", "regions.csv"} {
		content, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: content}
	}
	return files
}

func TestReadRefusesBadRows(t *testing.T) {
	const good = "yarn_output,2031,,KZ,13.1,exact,500,tonnes,physical,trend_2026,verified,,"
	cases := map[string]struct {
		file, row string
		want      error
	}{
		"no source":         {"facts.csv", strings.Replace(good, "trend_2026", "", 1), facts.ErrNoSource},
		"unknown source":    {"facts.csv", strings.Replace(good, "trend_2026", "somewhere", 1), facts.ErrNoSource},
		"unknown unit":      {"facts.csv", strings.Replace(good, "tonnes", "stones", 1), facts.ErrUnit},
		"doubled key":       {"facts.csv", good + "\n" + good, facts.ErrTwice},
		"bad period":        {"facts.csv", strings.Replace(good, "2031", "2031-13", 1), facts.ErrPeriod},
		"unknown region":    {"facts.csv", strings.Replace(good, ",KZ,", ",KZ-99,", 1), facts.ErrRegion},
		"unknown branch":    {"facts.csv", strings.Replace(good, "13.1", "99", 1), facts.ErrBranch},
		"empty branch":      {"facts.csv", strings.Replace(good, "13.1", "", 1), facts.ErrBranch},
		"unknown basis":     {"facts.csv", strings.Replace(good, "physical", "felt", 1), facts.ErrBasis},
		"unknown qualifier": {"facts.csv", strings.Replace(good, "exact", "sure", 1), facts.ErrQualifier},
		"no number":         {"facts.csv", strings.Replace(good, "500", "many", 1), facts.ErrValue},
		"negative":          {"facts.csv", strings.Replace(good, "500", "-500", 1), facts.ErrValue},
		"zero":              {"facts.csv", strings.Replace(good, "500", "0", 1), facts.ErrValue},
		"decimal comma":     {"facts.csv", strings.Replace(good, "500", `"5,2"`, 1), facts.ErrValue},
		"doubtful":          {"facts.csv", strings.Replace(good, "verified", "doubtful", 1), facts.ErrStatus},
		"unknown caution":   {"facts.csv", strings.Replace(good, "verified,", "verified,beware", 1), facts.ErrCaution},
		"bad indicator":     {"facts.csv", strings.Replace(good, "yarn_output", "Yarn output", 1), facts.ErrIndicator},
		"bad kind":          {"facts.csv", strings.Replace(good, "2031,,", "2031,week,", 1), facts.ErrKind},
		"money in tonnes":   {"facts.csv", strings.Replace(good, "physical", "nominal", 1), facts.ErrBasisUnit},
		"source twice":      {"sources.csv", "trend_2026,A,,B,https://example.org/,", facts.ErrTwice},
		"source nameless":   {"sources.csv", "new,,,B,https://example.org/,", facts.ErrPublisher},
		"source linkless":   {"sources.csv", "new,A,,B,ftp://example.org/,", facts.ErrLink},
		"source date":       {"sources.csv", "new,A,,B,https://example.org/,yesterday", facts.ErrPeriod},
		"statement twice":   {"statements.csv", "plans,Said.,Somebody,2026-03-05,trend_2026", facts.ErrTwice},
		"unknown statement": {"statements.csv", "gossip,Said.,Somebody,2026-03-05,trend_2026", facts.ErrNoStatement},
		"region twice":      {"regions.csv", "KZ-61,a,b,c,,,,", facts.ErrTwice},
		"too few columns":   {"facts.csv", "yarn_output,2031", facts.ErrTable},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			files := edition(t)
			files[c.file].Data = append(append([]byte{}, files[c.file].Data...), c.row+"\n"...)
			_, err := facts.Read(files)
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
	if _, err := facts.Read(edition(t)); err != nil {
		t.Errorf("the good edition is refused: %v", err)
	}
}

func TestReadRefusesMissingParts(t *testing.T) {
	for name, spoil := range map[string]func(fstest.MapFS) error{
		"a file": func(f fstest.MapFS) error { delete(f, "sources.csv"); return facts.ErrMissingFile },
		"a statement": func(f fstest.MapFS) error {
			f["statements.csv"].Data = dropLine(f["statements.csv"].Data, "plans,")
			return facts.ErrNoStatement
		},
		"a region": func(f fstest.MapFS) error {
			f["regions.csv"].Data = dropLine(f["regions.csv"].Data, "KZ-79,")
			return facts.ErrCoverage
		},
		"the header": func(f fstest.MapFS) error {
			f["facts.csv"].Data = dropLine(f["facts.csv"].Data, "indicator,")
			return facts.ErrColumns
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := edition(t)
			want := spoil(files)
			if _, err := facts.Read(files); !errors.Is(err, want) {
				t.Errorf("error %v, want %v", err, want)
			}
		})
	}
}

func dropLine(content []byte, start string) []byte {
	var kept []string
	for _, line := range strings.SplitAfter(string(content), "\n") {
		if !strings.HasPrefix(line, start) {
			kept = append(kept, line)
		}
	}
	return []byte(strings.Join(kept, ""))
}

// TestEditionChanges shows that any change of the data changes the edition.
func TestEditionChanges(t *testing.T) {
	files := edition(t)
	files["facts.csv"].Data = []byte(strings.Replace(string(files["facts.csv"].Data), ",466,", ",467,", 1))
	changed, err := facts.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if changed.Edition() == load(t).Edition() {
		t.Error("a changed figure leaves the edition as it was")
	}
}

func TestEveryStatementHasItsWords(t *testing.T) {
	b := load(t)
	for _, id := range facts.StatementIDs() {
		s, ok := b.Statement(id)
		if !ok || s.English == "" || s.Speaker == "" || s.Source == nil || s.SaidOn.IsZero() {
			t.Errorf("statement %s is not whole: %+v", id, s)
		}
	}
}

func ExampleBook_At() {
	book, err := facts.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	f, ok := book.At(sector.CottonHarvest, sector.YearOf(2019), sector.Kazakhstan, sector.CottonGrowing, sector.Physical)
	fmt.Println(ok, f.Value, f.Unit, f.Source.Publisher)
	// Output: true 344.364 thousand_tonnes FAO
}
