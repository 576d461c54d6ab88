package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"maqta/sector/facts"
)

// factsCommand is about editions of the facts.
type factsCommand struct {
	Check factsCheckCommand `cmd:"" help:"Validate a facts file before it is loaded."`
}

// factsCheckCommand validates a facts file. The files that belong to it (its
// sources, statements and regions) are taken from its folder where they stand
// there, else from the embedded edition.
type factsCheckCommand struct {
	File string `arg:"" help:"A facts file, columns as in sector/facts/data/README.md."`
}

// Run prints what the file would change, or every fault that it has.
func (c *factsCheckCommand) Run(io Streams) error {
	embedded, err := facts.Files()
	if err != nil {
		return err
	}
	now, err := facts.Load()
	if err != nil {
		return err
	}
	next, err := facts.Read(overlay{facts: c.File, below: embedded})
	if err != nil {
		return fmt.Errorf("%s cannot be loaded:\n%w", c.File, err)
	}
	out := printer{w: io.Out}
	out.printf("%s can be loaded: edition %s, %d facts\n", c.File, next.Edition(), len(next.Facts()))
	for _, f := range next.Facts() {
		switch old, known := now.Fact(f.Key); {
		case !known:
			out.printf("new:     %s = %s %s %s\n", f.Key, f.Qualifier, f.Value, f.Unit)
		case old.Value != f.Value || old.Unit != f.Unit || old.Qualifier != f.Qualifier:
			out.printf("changed: %s: %s %s %s → %s %s %s\n", f.Key, old.Qualifier, old.Value, old.Unit, f.Qualifier, f.Value, f.Unit)
		}
	}
	for _, f := range now.Facts() {
		if _, still := next.Fact(f.Key); !still {
			out.printf("gone:    %s\n", f.Key)
		}
	}
	return out.err
}

// overlay is an edition of which one file is given, and others may stand beside it.
type overlay struct {
	facts string
	below fs.FS
}

// Open implements [fs.FS].
func (o overlay) Open(name string) (fs.File, error) {
	path := o.facts
	if name != "facts.csv" {
		path = filepath.Join(filepath.Dir(o.facts), name)
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && name != "facts.csv" {
		return o.below.Open(name) //nolint:wrapcheck // fs.FS asks for *fs.PathError
	}
	return f, err //nolint:wrapcheck // fs.FS asks for *fs.PathError
}
