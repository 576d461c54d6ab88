package facts

import (
	"fmt"
	"io/fs"
)

// Files returns the files of the embedded edition, for checking another file
// together with the ones that it belongs to.
func Files() (fs.FS, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, fmt.Errorf("opening the embedded facts: %w", err)
	}
	return data, nil
}
