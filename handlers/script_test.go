package handlers_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/handlers"
	"maqta/storage"
	"maqta/storage/storagetest"
)

var rewrite = flag.Bool("update", false, "rewrite what scripts expect, never their inputs")

var loadMind = sync.OnceValues(func() (*handlers.Mind, error) { return handlers.NewMind(transcript.Almaty()) })

func mind(t testing.TB) *handlers.Mind {
	t.Helper()
	m, err := loadMind()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestScripts plays every script four ways: turn by turn, with a restart before
// every input, as batches, and through the emulator and the real client. People
// must see the same, and the records must be the same.
func TestScripts(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			script, err := transcript.Parse(path, data)
			if err != nil {
				t.Fatal(err)
			}
			played, world := playTurnByTurn(t, script, false)
			if *rewrite {
				if now := played.Script.Format(); !bytes.Equal(now, data) {
					if err := os.WriteFile(path, now, 0o600); err != nil {
						t.Fatal(err)
					}
				}
				script = played.Script
			}
			if d := transcript.Diff(script, played.Script); d != "" {
				t.Fatalf("turn by turn:\n%s", d)
			}
			again, _ := playTurnByTurn(t, script, true)
			if d := transcript.Diff(script, again.Script); d != "" {
				t.Errorf("with restarts:\n%s", d)
			}
			testBatches(t, played, world)
			if d := transcript.Diff(script, playEmulated(t, script)); d != "" {
				t.Errorf("through emulator and client:\n%s", d)
			}
		})
	}
}

func firstPerson(s transcript.Script) transcript.Person {
	lang := "ru"
	if parts := strings.Split(filepath.Base(s.Name), "."); len(parts) == 3 {
		lang = parts[1]
	}
	return transcript.Person{Name: "person", Lang: lang, ID: 1001}
}

func playTurnByTurn(t *testing.T, s transcript.Script, eager bool) (transcript.Played, *routerWorld) {
	t.Helper()
	w := newRouterWorld(t, filepath.Join(t.TempDir(), "maqta.db"))
	w.eager = eager
	played, err := transcript.Play(s, w, firstPerson(s))
	if err != nil {
		t.Fatal(err)
	}
	return played, w
}

// testBatches applies what people did in batches of 1, 2, 5 and all, each on a
// fresh store that is closed and opened between batches: the records and the
// outbox must be identical, and say what was said turn by turn.
func testBatches(t *testing.T, played transcript.Played, world *routerWorld) {
	t.Helper()
	var first map[string][]string
	for _, size := range []int{1, 2, 5, len(played.Did)} {
		path := filepath.Join(t.TempDir(), "maqta.db")
		id := chat.UpdateID(0)
		var updates []chat.Update
		for i, d := range played.Did {
			id++
			updates = append(updates, updateOf(d, id, world.mine[i]))
		}
		var dump map[string][]string
		apply := func(work func(*handlers.Router) error) {
			db := storagetest.OpenAt(t, path)
			if err := work(newRouter(t, db, true)); err != nil {
				t.Fatal(err)
			}
			dump = dumpOf(t, db)
			storagetest.Close(t, db)
		}
		done := 0
		through := func(until int) {
			for batch := range slices.Chunk(updates[done:until], max(size, 1)) {
				apply(func(r *handlers.Router) error { return r.Apply(t.Context(), batch) })
			}
			done = until
		}
		for _, tick := range world.ticks {
			through(tick.after)
			apply(func(r *handlers.Router) error { return r.Tick(t.Context(), tick.at) })
		}
		through(len(updates))
		if first == nil {
			first = dump
			if got := len(dump["outbox"]); got != len(world.said) && !slices.ContainsFunc(played.Did, blocks) {
				t.Errorf("in batches: %d messages queued, %d were said turn by turn", got, len(world.said))
			}
			continue
		}
		for bucket, want := range first {
			if !slices.Equal(want, dump[bucket]) {
				t.Errorf("batches of %d leave other records in %s:\n%s\nwant\n%s", size, bucket,
					strings.Join(dump[bucket], "\n"), strings.Join(want, "\n"))
			}
		}
	}
}

func blocks(d transcript.Did) bool { return d.Action.Kind == transcript.Block }

func dumpOf(t *testing.T, db *storage.DB) map[string][]string {
	t.Helper()
	var dump map[string][]string
	err := db.View(t.Context(), func(v *storage.View) error {
		var err error
		dump, err = v.Dump()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dump
}

// settled is how long the emulated bot gets to answer before people look.
const settled = 50 * time.Millisecond
