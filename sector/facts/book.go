package facts

import (
	"slices"
	"strings"

	"maqta/sector"
)

// Book is one edition of the facts. It is read-only and safe for use by many
// goroutines at once.
type Book struct {
	edition     string
	order       []*Fact
	facts       map[Key]*Fact
	series      map[seriesKey][]*Fact
	sources     map[SourceID]*Source
	sourceOrder []*Source
	statements  map[StatementID]*Statement
	regions     []RegionNames
}

type seriesKey struct {
	indicator sector.Indicator
	branch    sector.Branch
	region    sector.Region
	basis     sector.Basis
}

func (b *Book) index() {
	b.series = make(map[seriesKey][]*Fact, len(b.order))
	for _, f := range b.order {
		k := seriesKey{f.Indicator, f.Branch, f.Region, f.Basis}
		b.series[k] = append(b.series[k], f)
	}
	for _, s := range b.series {
		slices.SortStableFunc(s, func(x, y *Fact) int {
			switch {
			case x.Period.Before(y.Period):
				return -1
			case y.Period.Before(x.Period):
				return 1
			}
			return 0
		})
	}
}

// Edition names the edition: the newest date of a source and a mark that
// changes with any change of the data ("2026-03-05-1a2b3c4d").
func (b *Book) Edition() string { return b.edition }

// Newest returns the date of the newest source.
func (b *Book) Newest() sector.Period { return b.newest() }

func (b *Book) newest() sector.Period {
	var newest sector.Period
	for _, s := range b.sourceOrder {
		if newest.Before(s.Date) {
			newest = s.Date
		}
	}
	return newest
}

// Facts returns every fact in the order of the file. The slice is the caller's.
func (b *Book) Facts() []*Fact { return slices.Clone(b.order) }

// Fact returns the fact of the key.
func (b *Book) Fact(k Key) (*Fact, bool) {
	f, ok := b.facts[k]
	return f, ok
}

// At returns the figure of exactly this indicator, period, region, branch and basis.
func (b *Book) At(i sector.Indicator, p sector.Period, r sector.Region, br sector.Branch, basis sector.Basis) (*Fact, bool) {
	for _, f := range b.series[seriesKey{i, br, r, basis}] {
		if f.Period == p {
			return f, true
		}
	}
	return nil, false
}

// Series returns the figures of one indicator, branch, region and basis, ordered
// by the end of their periods. Years and months of years stand side by side:
// look at Period.Kind before comparing. The slice is shared and must not be changed.
func (b *Book) Series(i sector.Indicator, br sector.Branch, r sector.Region, basis sector.Basis) []*Fact {
	return b.series[seriesKey{i, br, r, basis}]
}

// Bases returns the bases in which the indicator is known for the branch and
// region, nominal before the volume index before unstated.
func (b *Book) Bases(i sector.Indicator, br sector.Branch, r sector.Region) []sector.Basis {
	var bases []sector.Basis
	for _, basis := range [...]sector.Basis{
		sector.Nominal, sector.RealIndex, sector.Unstated, sector.Share, sector.Counted, sector.Physical, sector.RateBasis,
	} {
		if len(b.series[seriesKey{i, br, r, basis}]) > 0 {
			bases = append(bases, basis)
		}
	}
	return bases
}

// Source returns the source of the id.
func (b *Book) Source(id SourceID) (*Source, bool) {
	s, ok := b.sources[id]
	return s, ok
}

// Sources returns every source in the order of the file. The slice is the caller's.
func (b *Book) Sources() []*Source { return slices.Clone(b.sourceOrder) }

// Statement returns the statement of the id.
func (b *Book) Statement(id StatementID) (*Statement, bool) {
	s, ok := b.statements[id]
	return s, ok
}

// Regions returns the names of every region, for reading what people type. The
// slice is the caller's; the lists in it are shared.
func (b *Book) Regions() []RegionNames { return slices.Clone(b.regions) }

// splitRef takes the unit off a reference: "key@tonnes" names the fact as shown
// in tonnes. Without a unit the fact's or calculation's own is meant.
func splitRef(ref string) (name string, unit sector.Unit) {
	name, u, _ := strings.Cut(ref, "@")
	return name, sector.Unit(u)
}
