package app

import (
	"testing"
	"time"

	"maqta/sector"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// The sample enterprises are valid and are planted once, however often a demo
// starts on the same store.
func TestPlantDemo(t *testing.T) {
	db := storagetest.Open(t)
	now := time.Date(2026, time.March, 31, 9, 0, 0, 0, time.UTC)
	for range 2 {
		if err := plantDemo(t.Context(), db, now, time.UTC); err != nil {
			t.Fatal(err)
		}
	}
	err := db.View(t.Context(), func(v *storage.View) error {
		owner, err := v.Person(demoOwner)
		if err != nil {
			return err
		}
		posts, err := v.Posts(owner.Key)
		if err != nil {
			return err
		}
		firms, err := v.Enterprises()
		if err != nil {
			return err
		}
		if want := len(demoFirms(sector.Date{})); len(posts) != want || len(firms) != want {
			t.Errorf("%d posts and %d enterprises, want %d of each", len(posts), len(firms), want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
