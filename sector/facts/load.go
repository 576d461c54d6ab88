package facts

import (
	"crypto/sha256"
	"embed"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"maqta/sector"
)

//go:embed data/*.csv
var embedded embed.FS

// Reasons for which [Read] refuses an edition. Each is wrapped with the file,
// the line and what stood there.
var (
	ErrNoSource    = errors.New("unknown or missing source")
	ErrUnit        = errors.New("unknown unit")
	ErrTwice       = errors.New("stands there twice")
	ErrPeriod      = errors.New("period cannot be read")
	ErrRegion      = errors.New("unknown region")
	ErrBranch      = errors.New("unknown branch")
	ErrBasis       = errors.New("unknown basis")
	ErrQualifier   = errors.New("unknown qualifier")
	ErrValue       = errors.New("value is no plain decimal above zero")
	ErrStatus      = errors.New("status does not allow showing")
	ErrCaution     = errors.New("unknown caution")
	ErrIndicator   = errors.New("indicator is empty or badly written")
	ErrBasisUnit   = errors.New("basis and unit do not go together")
	ErrColumns     = errors.New("columns are not as described in data/README.md")
	ErrLink        = errors.New("link is missing or not http")
	ErrNoStatement = errors.New("statement is unknown, missing or has no words")
	ErrMissingFile = errors.New("file is missing")
	ErrPublisher   = errors.New("publisher or title is empty")
	ErrKind        = errors.New("kind of period is unknown")
	ErrCoverage    = errors.New("a region is missing")
	ErrTable       = errors.New("table cannot be read")
)

// Load reads the embedded edition.
func Load() (*Book, error) {
	data, err := Files()
	if err != nil {
		return nil, err
	}
	return Read(data)
}

// Read reads an edition from the files facts.csv, sources.csv, statements.csv
// and regions.csv, whose columns data/README.md describes. It returns every
// fault it finds, joined; an edition with a fault is refused as a whole.
func Read(fsys fs.FS) (*Book, error) {
	b := &Book{
		facts:      map[Key]*Fact{},
		sources:    map[SourceID]*Source{},
		statements: map[StatementID]*Statement{},
	}
	hash := sha256.New()
	r := reader{fsys: fsys, hash: hash.Write}
	r.table("sources.csv", []string{"id", "publisher", "origin", "title", "link", "date"}, b.readSource)
	r.table("facts.csv", []string{
		"indicator", "period", "kind", "region", "branch", "qualifier", "value", "unit", "basis", "source", "status", "cautions", "note",
	}, b.readFact)
	r.table("statements.csv", []string{"id", "statement", "speaker", "said_on", "source"}, b.readStatement)
	r.table("regions.csv", []string{"code", "name_kk", "name_ru", "name_en", "aliases_kk", "aliases_ru", "aliases_en", "note"}, b.readRegion)
	r.check("statements.csv", b.statementsComplete())
	r.check("regions.csv", b.regionsComplete())
	if err := errors.Join(r.faults...); err != nil {
		return nil, err
	}
	b.edition = b.newest().String() + "-" + hex.EncodeToString(hash.Sum(nil))[:8]
	b.index()
	return b, nil
}

// reader reads tables and collects faults with their place.
type reader struct {
	fsys   fs.FS
	hash   func([]byte) (int, error)
	faults []error
}

func (r *reader) check(file string, err error) {
	if err != nil {
		r.faults = append(r.faults, fmt.Errorf("%s: %w", file, err))
	}
}

func (r *reader) table(file string, columns []string, row func([]string) error) {
	content, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		r.check(file, fmt.Errorf("%w: %w", ErrMissingFile, err))
		return
	}
	if _, err := r.hash(content); err != nil {
		r.check(file, err)
		return
	}
	table := csv.NewReader(strings.NewReader(string(content)))
	table.FieldsPerRecord = len(columns)
	rows, err := table.ReadAll()
	if err != nil {
		r.check(file, fmt.Errorf("%w: %w", ErrTable, err))
		return
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		r.check(file, ErrColumns)
		return
	}
	for i, cells := range rows[1:] {
		if err := row(cells); err != nil {
			r.check(file, fmt.Errorf("row %d: %w", i+2, err))
		}
	}
}

func (b *Book) readSource(c []string) error {
	s := &Source{ID: SourceID(c[0]), Publisher: c[1], Origin: c[2], Title: c[3], Link: c[4]}
	switch {
	case c[0] == "":
		return ErrNoSource
	case b.sources[s.ID] != nil:
		return fmt.Errorf("source %q: %w", s.ID, ErrTwice)
	case s.Publisher == "" || s.Title == "":
		return fmt.Errorf("source %q: %w", s.ID, ErrPublisher)
	case !strings.HasPrefix(s.Link, "https://") && !strings.HasPrefix(s.Link, "http://"):
		return fmt.Errorf("source %q, link %q: %w", s.ID, s.Link, ErrLink)
	}
	if c[5] != "" {
		date, err := sector.ParsePeriod(c[5])
		if err != nil {
			return fmt.Errorf("source %q: %w: %w", s.ID, ErrPeriod, err)
		}
		s.Date = date
	}
	b.sources[s.ID] = s
	b.sourceOrder = append(b.sourceOrder, s)
	return nil
}

func (b *Book) readFact(c []string) error {
	f := &Fact{
		Indicator: sector.Indicator(c[0]), Season: c[2] == "season", Region: sector.Region(c[3]), Branch: sector.Branch(c[4]),
		Qualifier: sector.Qualifier(c[5]), Unit: sector.Unit(c[7]), Basis: sector.Basis(c[8]), Source: b.sources[SourceID(c[9])],
		Verified: c[10] == "verified", Note: c[12],
	}
	period, periodErr := sector.ParsePeriod(c[1])
	value, valueErr := sector.ParseDecimal(c[6])
	f.Period, f.Value = period, value
	f.Key = keyOf(f.Indicator, f.Period, f.Region, f.Branch, f.Basis)
	fault := func(err error, what string) error { return fmt.Errorf("%s, %s %q: %w", c[0], c[1], what, err) }
	switch {
	case !plainName(c[0]):
		return fault(ErrIndicator, c[0])
	case periodErr != nil:
		return fault(ErrPeriod, c[1])
	case c[2] != "" && !f.Season || f.Season && period.Kind != sector.AYear && period.Kind != sector.YearRun:
		return fault(ErrKind, c[2])
	case !f.Region.Known():
		return fault(ErrRegion, c[3])
	case !f.Branch.Known() || f.Branch == sector.NoBranch && f.Basis != sector.RateBasis:
		return fault(ErrBranch, c[4])
	case !f.Qualifier.Known():
		return fault(ErrQualifier, c[5])
	case valueErr != nil || value.Sign() <= 0:
		return fault(ErrValue, c[6])
	case !f.Unit.Known():
		return fault(ErrUnit, c[7])
	case !f.Basis.Known():
		return fault(ErrBasis, c[8])
	case !goTogether(f.Basis, f.Unit.Measure()):
		return fault(ErrBasisUnit, c[8]+", "+c[7])
	case f.Source == nil:
		return fault(ErrNoSource, c[9])
	case c[10] != "verified" && c[10] != "unverified":
		return fault(ErrStatus, c[10])
	case b.facts[f.Key] != nil:
		return fault(ErrTwice, string(f.Key))
	}
	if c[11] != "" {
		for name := range strings.SplitSeq(c[11], ";") {
			if !Caution(name).known() {
				return fault(ErrCaution, name)
			}
			f.Cautions = append(f.Cautions, Caution(name))
		}
	}
	b.facts[f.Key] = f
	b.order = append(b.order, f)
	return nil
}

// goTogether reports whether a figure of the basis can be counted in the
// measure: money that is said to be tonnes is a slip of the editor.
func goTogether(basis sector.Basis, m sector.Measure) bool {
	switch basis {
	case sector.Nominal:
		return m == sector.Tenge || m == sector.Dollars || m == sector.PerCent
	case sector.RealIndex, sector.Unstated, sector.Share:
		return m == sector.PerCent
	case sector.RateBasis:
		return m == sector.TengePerDollar || m == sector.Tenge
	case sector.Counted:
		return m == sector.Things || m == sector.People || m == sector.Pieces || m == sector.RankPlace
	case sector.Physical:
		return m != sector.Tenge && m != sector.Dollars
	}
	return false
}

func (b *Book) readStatement(c []string) error {
	s := &Statement{ID: StatementID(c[0]), English: c[1], Speaker: c[2], Source: b.sources[SourceID(c[4])]}
	day, err := sector.ParsePeriod(c[3])
	switch {
	case !slices.Contains(StatementIDs(), s.ID) || s.English == "" || s.Speaker == "":
		return fmt.Errorf("statement %q: %w", c[0], ErrNoStatement)
	case b.statements[s.ID] != nil:
		return fmt.Errorf("statement %q: %w", c[0], ErrTwice)
	case err != nil:
		return fmt.Errorf("statement %q: %w: %w", c[0], ErrPeriod, err)
	case s.Source == nil:
		return fmt.Errorf("statement %q, source %q: %w", c[0], c[4], ErrNoSource)
	}
	s.SaidOn = day
	b.statements[s.ID] = s
	return nil
}

func (b *Book) readRegion(c []string) error {
	r := RegionNames{
		Region: sector.Region(c[0]), KK: c[1], RU: c[2], EN: c[3],
		AliasKK: list(c[4]), AliasRU: list(c[5]), AliasEN: list(c[6]), Note: c[7],
	}
	if !r.Region.Known() || r.KK == "" || r.RU == "" || r.EN == "" {
		return fmt.Errorf("region %q: %w", c[0], ErrRegion)
	}
	for _, other := range b.regions {
		if other.Region == r.Region {
			return fmt.Errorf("region %q: %w", c[0], ErrTwice)
		}
	}
	b.regions = append(b.regions, r)
	return nil
}

func (b *Book) statementsComplete() error {
	for _, id := range StatementIDs() {
		if b.statements[id] == nil {
			return fmt.Errorf("statement %q: %w", id, ErrNoStatement)
		}
	}
	return nil
}

func (b *Book) regionsComplete() error {
	for _, code := range sector.Regions() {
		if !slices.ContainsFunc(b.regions, func(r RegionNames) bool { return r.Region == code }) {
			return fmt.Errorf("region %q: %w", code, ErrCoverage)
		}
	}
	return nil
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

// plainName reports whether s is lower-case words joined by underscores.
func plainName(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return s != ""
}
