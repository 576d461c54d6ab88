package storage_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"maqta/bot/chat"
	"maqta/sector"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// freeze writes the file of the present schema. It is run once, when a schema is
// released; the file is never written again.
var freeze = flag.Bool("freeze", false, "write testdata/vN.db for the present schema, if it is not there")

// fill puts a record into the buckets that a migration will have to carry over.
func fill(tx *storage.Tx) error {
	who, err := tx.SavePerson(storage.Person{ID: 7, Lang: chat.Kazakh, Since: monday})
	if err != nil {
		return err
	}
	firm, err := tx.SaveEnterprise(sector.Enterprise{
		BIN: "501240000013", Name: "Тігінші", Region: sector.Turkistan, Branch: sector.Clothing,
		Standing: sector.StandingConfirmed, Registered: sector.Date{Year: 2026, Month: 1, Day: 12},
	})
	if err != nil {
		return err
	}
	return errors.Join(
		tx.Remember(1), tx.Join(storage.Member{Enterprise: firm.ID, Who: who.Key, Role: sector.RoleOwner, Since: monday}),
		tx.SaveSession(storage.Place{Chat: 7, User: 7}, storage.Session{Tips: 2}),
		tx.Enqueue(send(7, "<b>466 000</b>")), tx.Watch(storage.Watch{Who: who.Key, Query: "yarn-2016", Asked: monday}),
		tx.Give(storage.Given{Who: who.Key, Fact: "yarn", Value: "500", At: monday}), tx.Miss(monday, "exports", chat.Kazakh, who.Key),
	)
}

// TestReleasedSchemas opens a copy of every released file: nothing in it may be lost.
func TestReleasedSchemas(t *testing.T) {
	now := filepath.Join("testdata", fmt.Sprintf("v%d.db", storage.Schema()))
	if _, err := os.Stat(now); *freeze && errors.Is(err, os.ErrNotExist) {
		db := storagetest.OpenAt(t, now)
		update(t, db, fill)
		storagetest.Close(t, db)
	}
	paths, err := filepath.Glob("testdata/v*.db")
	if err != nil || len(paths) != storage.Schema() {
		t.Fatalf("%d files for %d schemas (%v)", len(paths), storage.Schema(), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			old := filepath.Join(t.TempDir(), "maqta.db")
			if err := os.WriteFile(old, data, 0o600); err != nil {
				t.Fatal(err)
			}
			db := storagetest.OpenAt(t, old) // which checks it in the end
			view(t, db, func(v *storage.View) error {
				p, err := v.Person(7)
				if err != nil || p.Lang != chat.Kazakh {
					t.Errorf("person: %+v (%v)", p, err)
				}
				if e, ok, err := v.EnterpriseByBIN("501240000013"); err != nil || !ok || e.Name != "Тігінші" {
					t.Errorf("enterprise: %+v (%v)", e, err)
				}
				if _, ok, err := v.Post(1, p.Key); err != nil || !ok {
					t.Errorf("post: %v (%v)", ok, err)
				}
				if w, err := v.Watches(p.Key); err != nil || len(w) != 1 {
					t.Errorf("watches: %+v (%v)", w, err)
				}
				return nil
			})
			if due, err := db.Due(t.Context(), 0, 9); err != nil || len(due) != 1 {
				t.Errorf("outbox: %+v (%v)", due, err)
			}
		})
	}
}
