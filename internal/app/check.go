package app

import (
	"fmt"
	"runtime/debug"
	"slices"

	"maqta/handlers"
	"maqta/storage"
)

// checkCommand checks a store that no bot is using.
type checkCommand struct {
	File string `arg:"" optional:"" env:"MAQTA_DB" default:"maqta.db" help:"The store."`
}

// Run prints what the store holds, and every fault; with one it fails.
func (c *checkCommand) Run(io Streams) error {
	r, err := storage.CheckFile(c.File)
	if err != nil {
		return fmt.Errorf("check %s: %w", c.File, err)
	}
	names := make([]string, 0, len(r.Records))
	for name := range r.Records {
		names = append(names, name)
	}
	slices.Sort(names)
	out := printer{w: io.Out}
	out.printf("%s: schema %d, facts edition %s\n", c.File, r.Schema, orNone(r.Edition))
	for _, name := range names {
		out.printf("  %-12s %d\n", name, r.Records[name])
	}
	for _, f := range r.Faults {
		out.printf("fault: %s\n", f)
	}
	if out.err != nil {
		return fmt.Errorf("print the report: %w", out.err)
	}
	if n := len(r.Faults); n > 0 {
		return fmt.Errorf("%s has %d faults", c.File, n)
	}
	out.printf("no faults\n")
	return out.err
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// versionCommand prints what this program is.
type versionCommand struct{}

// Run prints the version, the schema and the edition of the facts.
func (versionCommand) Run(io Streams) error {
	edition, err := handlers.Edition()
	if err != nil {
		return fmt.Errorf("read the facts: %w", err)
	}
	out := printer{w: io.Out}
	out.printf("maqta %s\nschema %d\nfacts %s\n", version(), storage.Schema(), edition)
	return out.err
}

// version is the module's version, or the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	if v := info.Main.Version; v != "" {
		return v
	}
	return "unknown"
}
