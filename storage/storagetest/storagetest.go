// Package storagetest opens stores for tests and checks them when the test ends.
package storagetest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	berrors "go.etcd.io/bbolt/errors"

	"maqta/storage"
)

// Key names people in tests by their number, so that stored records are the
// same in every run.
func Key(n uint64) storage.PersonKey { return storage.PersonKey(fmt.Sprintf("person-%d", n)) }

// Open opens a store in a temporary folder and checks and closes it in the end.
func Open(t testing.TB) *storage.DB {
	t.Helper()
	return OpenAt(t, filepath.Join(t.TempDir(), "maqta.db"))
}

// OpenAt opens the store at path: for tests that stop and start again.
func OpenAt(t testing.TB, path string) *storage.DB {
	t.Helper()
	db, err := storage.Open(storage.Options{Path: path, NewKey: Key, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { Close(t, db) })
	return db
}

// Close checks and closes a store; on a closed one it does nothing.
func Close(t testing.TB, db *storage.DB) {
	t.Helper()
	err := db.View(context.Background(), func(v *storage.View) error {
		r, err := v.Check()
		for _, f := range r.Faults {
			t.Errorf("store: %s", f)
		}
		return err
	})
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return
	}
	if err != nil {
		t.Errorf("check store: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}
