package storage_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/sector"
	"maqta/storage"
	"maqta/storage/storagetest"
)

var monday = time.Date(2026, time.November, 23, 4, 0, 0, 0, time.UTC)

func update(t testing.TB, db *storage.DB, fn func(*storage.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func view(t testing.TB, db *storage.DB, fn func(*storage.View) error) {
	t.Helper()
	if err := db.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func TestSeenKeepsTheLastTenThousand(t *testing.T) {
	db := storagetest.Open(t)
	const extra = 50
	update(t, db, func(tx *storage.Tx) error {
		for n := range 10_000 + extra {
			// Ids that fall: their order must not matter.
			if err := tx.Remember(chat.UpdateID(1_000_000 - n)); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, db, func(v *storage.View) error {
		for n := range 10_000 + extra {
			got, err := v.Seen(chat.UpdateID(1_000_000 - n))
			if err != nil {
				return err
			}
			if want := n >= extra; got != want {
				t.Fatalf("update %d of %d: seen = %v, want %v", n, 10_000+extra, got, want)
			}
		}
		return nil
	})
}

func TestForgetLeavesNothingOfThePerson(t *testing.T) {
	db := storagetest.Open(t)
	var who, other storage.Person
	update(t, db, func(tx *storage.Tx) error {
		var err error
		if who, err = tx.SavePerson(storage.Person{ID: 7, Lang: chat.Kazakh, Since: monday}); err != nil {
			return err
		}
		if other, err = tx.SavePerson(storage.Person{ID: 8, Lang: chat.Russian, Since: monday}); err != nil {
			return err
		}
		for _, p := range []storage.Person{who, other} {
			for _, c := range []chat.ChatID{chat.ChatID(p.ID), -100} {
				if err := tx.SaveSession(storage.Place{Chat: c, User: p.ID}, storage.Session{Tips: 1}); err != nil {
					return err
				}
			}
			if err := tx.Watch(storage.Watch{Who: p.Key, Query: "yarn-2016", Lang: p.Lang, Asked: monday}); err != nil {
				return err
			}
			if err := tx.Give(storage.Given{Who: p.Key, Fact: "yarn", Value: "500", At: monday}); err != nil {
				return err
			}
		}
		return tx.Forget(who)
	})
	view(t, db, func(v *storage.View) error {
		if p, err := v.Person(7); err != nil || p.Known() {
			t.Errorf("person 7 is still %+v (%v)", p, err)
		}
		if _, ok, err := v.Whose(who.Key); err != nil || ok {
			t.Errorf("key %s still leads to somebody (%v)", who.Key, err)
		}
		if s, err := v.Session(storage.Place{Chat: -100, User: 7}); err != nil || s.Tips != 0 {
			t.Errorf("session is still %+v (%v)", s, err)
		}
		if s, err := v.Session(storage.Place{Chat: -100, User: 8}); err != nil || s.Tips != 1 {
			t.Errorf("the other's session is %+v (%v), want it kept", s, err)
		}
		if w, err := v.Watches(""); err != nil || len(w) != 1 || w[0].Who != other.Key {
			t.Errorf("watches are %+v (%v), want the other's alone", w, err)
		}
		if g, err := v.GivenTo(""); err != nil || len(g) != 1 || g[0].Who != other.Key {
			t.Errorf("figures given are %+v (%v), want the other's alone", g, err)
		}
		return nil
	})
}

func TestMissedCountsPeopleAndHidesSmallGroups(t *testing.T) {
	db := storagetest.Open(t)
	ask := func(topic string, lang chat.Lang, who ...string) {
		update(t, db, func(tx *storage.Tx) error {
			for _, w := range who {
				if err := tx.Miss(monday, topic, lang, storage.PersonKey(w)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	ask("exports", chat.Russian, "a", "b", "c", "a", "a")
	ask("exports", chat.Kazakh, "a", "b")
	ask("cities", chat.English, "a", "b", "c", "d")
	view(t, db, func(v *storage.View) error {
		got, err := v.Missed("2026-W48", 3)
		if err != nil {
			return err
		}
		want := []storage.Demand{{Topic: "cities", Lang: chat.English, People: 4}, {Topic: "exports", Lang: chat.Russian, People: 3}}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("missed = %v, want %v", got, want)
		}
		return nil
	})
	update(t, db, func(tx *storage.Tx) error { return tx.PruneMissed(monday.AddDate(0, 0, 14*7)) })
	view(t, db, func(v *storage.View) error {
		if got, err := v.Missed("2026-W48", 1); err != nil || len(got) != 0 {
			t.Errorf("after thirteen weeks: %v (%v), want nothing", got, err)
		}
		return nil
	})
}

func send(to chat.ChatID, html string) chat.Message {
	return chat.Message{Act: chat.Send, To: to, HTML: html}
}

func TestSettle(t *testing.T) {
	file := &chat.File{Kind: "chart", Lang: chat.Kazakh, Photo: true, Params: map[string]string{"q": "structure"}}
	tests := map[string]struct {
		queue []chat.Message
		done  chat.Delivery // of the first message
		check func(t *testing.T, db *storage.DB, left []chat.Outgoing)
	}{
		"sent": {
			queue: []chat.Message{{Act: chat.Send, To: 7, HTML: "a", Token: "p1"}},
			done:  chat.Delivery{Outcome: chat.Sent, Message: 33},
			check: func(t *testing.T, db *storage.DB, left []chat.Outgoing) {
				if id, err := db.SentAs(t.Context(), 7, "p1"); err != nil || id != 33 {
					t.Errorf("message of p1 = %d (%v), want 33", id, err)
				}
				if len(left) != 0 {
					t.Errorf("left: %+v", left)
				}
			},
		},
		"file is remembered": {
			queue: []chat.Message{{Act: chat.Send, To: 7, File: file}, {Act: chat.Send, To: 8, File: file}},
			done:  chat.Delivery{Outcome: chat.Sent, Message: 33, FileID: "AgAC"},
			check: func(t *testing.T, _ *storage.DB, left []chat.Outgoing) {
				if len(left) != 1 || left[0].FileID != "AgAC" {
					t.Errorf("left: %+v, want one with the file id", left)
				}
			},
		},
		"postponed": {
			queue: []chat.Message{send(7, "a")},
			done:  chat.Delivery{Outcome: chat.Postponed, Retry: monday.Add(time.Minute)},
			check: func(t *testing.T, _ *storage.DB, left []chat.Outgoing) {
				if len(left) != 1 || left[0].Attempts != 1 || !left[0].NotBefore.Equal(monday.Add(time.Minute)) {
					t.Errorf("left: %+v, want one with an attempt and a time", left)
				}
			},
		},
		"unreachable": {
			queue: []chat.Message{send(7, "a"), send(8, "b"), send(7, "c")},
			done:  chat.Delivery{Outcome: chat.Unreachable, At: monday},
			check: func(t *testing.T, db *storage.DB, left []chat.Outgoing) {
				if len(left) != 1 || left[0].Message.To != 8 {
					t.Errorf("left: %+v, want chat 8's alone", left)
				}
				update(t, db, func(tx *storage.Tx) error {
					bulk := send(7, "digest")
					bulk.Bulk = true
					return errors.Join(tx.Enqueue(bulk), tx.MarkReachable(7), tx.Enqueue(bulk))
				})
				if due, err := db.Due(t.Context(), 0, 10); err != nil || len(due) != 2 {
					t.Errorf("due: %+v (%v), want the notice only once the person came back", due, err)
				}
			},
		},
		"relocated": {
			queue: []chat.Message{send(-7, "a"), send(-7, "b")},
			done:  chat.Delivery{Outcome: chat.Relocated, MovedTo: -1007},
			check: func(t *testing.T, db *storage.DB, _ []chat.Outgoing) {
				update(t, db, func(tx *storage.Tx) error { return tx.Enqueue(send(-7, "c")) })
				left, err := db.Due(t.Context(), 0, 10)
				if err != nil || len(left) != 3 {
					t.Fatalf("left: %+v (%v), want three", left, err)
				}
				for _, o := range left {
					if o.Message.To != -1007 {
						t.Errorf("message %d goes to %d, want -1007", o.Seq, o.Message.To)
					}
				}
			},
		},
		"refused": {
			queue: []chat.Message{send(7, "<b>a")},
			done:  chat.Delivery{Outcome: chat.Refused, Reason: "can't parse entities"},
			check: func(t *testing.T, db *storage.DB, left []chat.Outgoing) {
				view(t, db, func(v *storage.View) error {
					if n, err := v.Isolated(); err != nil || n != 1 || len(left) != 0 {
						t.Errorf("quarantine %d (%v), left %+v; want it moved", n, err, left)
					}
					return nil
				})
			},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			db := storagetest.Open(t)
			update(t, db, func(tx *storage.Tx) error {
				for _, m := range tt.queue {
					if err := tx.Enqueue(m); err != nil {
						return err
					}
				}
				return nil
			})
			due, err := db.Due(t.Context(), 0, 1)
			if err != nil || len(due) != 1 {
				t.Fatalf("due = %v (%v), want one", due, err)
			}
			tt.done.Seq = due[0].Seq
			if err := db.Settle(t.Context(), []chat.Delivery{tt.done}); err != nil {
				t.Fatal(err)
			}
			left, err := db.Due(t.Context(), 0, 10)
			if err != nil {
				t.Fatal(err)
			}
			tt.check(t, db, left)
		})
	}
}

// TestOutboxModel compares the outbox with a list in memory over random
// histories of queueing, sending, postponing and blocking.
func TestOutboxModel(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		db := storagetest.Open(t)
		var model []chat.Message
		var seqs []chat.Seq
		for step := range 200 {
			switch n := rnd.IntN(10); {
			case n < 6:
				m := send(chat.ChatID(1+rnd.IntN(4)), fmt.Sprint(step))
				update(t, db, func(tx *storage.Tx) error { return tx.Enqueue(m) })
				model, seqs = append(model, m), append(seqs, 0)
			case len(model) == 0:
			case n < 8:
				i := rnd.IntN(len(model))
				if err := db.Settle(t.Context(), []chat.Delivery{{Seq: seqs[i], Outcome: chat.Sent}}); err != nil {
					t.Fatal(err)
				}
				model, seqs = append(model[:i:i], model[i+1:]...), append(seqs[:i:i], seqs[i+1:]...)
			default:
				i := rnd.IntN(len(model))
				to := model[i].To
				if err := db.Settle(t.Context(), []chat.Delivery{{Seq: seqs[i], Outcome: chat.Unreachable, At: monday}}); err != nil {
					t.Fatal(err)
				}
				var keptM []chat.Message
				var keptS []chat.Seq
				for j, m := range model {
					if m.To != to {
						keptM, keptS = append(keptM, m), append(keptS, seqs[j])
					}
				}
				model, seqs = keptM, keptS
			}
			due, err := db.Due(t.Context(), 0, 1000)
			if err != nil {
				t.Fatal(err)
			}
			if len(due) != len(model) {
				t.Fatalf("seed %d step %d: %d wait, want %d", seed, step, len(due), len(model))
			}
			for i, o := range due {
				if o.Message.HTML != model[i].HTML {
					t.Fatalf("seed %d step %d: place %d holds %q, want %q", seed, step, i, o.Message.HTML, model[i].HTML)
				}
				seqs[i] = o.Seq
			}
		}
		storagetest.Close(t, db)
	}
}

func TestOpenRefusesASecondProcessAndANewerFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maqta.db")
	db := storagetest.OpenAt(t, path)
	if _, err := storage.Open(storage.Options{Path: path, NewKey: storagetest.Key}); !errors.Is(err, storage.ErrBusy) {
		t.Errorf("second open: %v, want ErrBusy", err)
	}
	if _, err := storage.CheckFile(path); !errors.Is(err, storage.ErrBusy) {
		t.Errorf("check of an open store: %v, want ErrBusy", err)
	}
	storagetest.Close(t, db)
	r, err := storage.CheckFile(path)
	if err != nil || len(r.Faults) != 0 || r.Schema != storage.Schema() {
		t.Errorf("check: %+v (%v)", r, err)
	}
	if err := storage.SetSchemaForTest(path, "999"); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(storage.Options{Path: path, NewKey: storagetest.Key}); !errors.Is(err, storage.ErrNewer) {
		t.Errorf("open of a newer file: %v, want ErrNewer", err)
	}
}

func TestCheckFindsFaults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maqta.db")
	db := storagetest.OpenAt(t, path)
	update(t, db, func(tx *storage.Tx) error {
		_, err := tx.SavePerson(storage.Person{ID: 7, Since: monday})
		return err
	})
	storagetest.Close(t, db)
	for name, damage := range map[string]struct{ bucket, key, value string }{
		"undecodable record":       {"outbox", "\x00\x00\x00\x00\x00\x00\x00\x09", "{"},
		"key that leads to nobody": {"person_keys", "stranger", "99"},
		"place without update":     {"seen_order", "\x00\x00\x00\x00\x00\x00\x00\x01", "5"},
		"wish of somebody unknown": {"watches", "nobody\x00yarn", "{}"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := storage.PutRawForTest(path, damage.bucket, damage.key, damage.value); err != nil {
				t.Fatal(err)
			}
			r, err := storage.CheckFile(path)
			if err != nil || len(r.Faults) == 0 {
				t.Errorf("check: %+v (%v), want a fault", r, err)
			}
			if err := storage.PutRawForTest(path, damage.bucket, damage.key, ""); err != nil {
				t.Fatal(err)
			}
			if r, err := storage.CheckFile(path); err != nil || len(r.Faults) != 0 {
				t.Errorf("after mending: %+v (%v)", r, err)
			}
		})
	}
}

func BenchmarkDueAndSettle(b *testing.B) {
	db := storagetest.Open(b)
	for b.Loop() {
		update(b, db, func(tx *storage.Tx) error {
			for n := range 100 {
				if err := tx.Enqueue(send(chat.ChatID(n), "<b>466 000</b> тонна мақта жиналды")); err != nil {
					return err
				}
			}
			return nil
		})
		due, err := db.Due(b.Context(), 0, 100)
		if err != nil {
			b.Fatal(err)
		}
		done := make([]chat.Delivery, len(due))
		for i, o := range due {
			done[i] = chat.Delivery{Seq: o.Seq, Outcome: chat.Sent, Message: 5}
		}
		if err := db.Settle(b.Context(), done); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/message")
}

// TestSettleRides: what is settled while others write shares their transaction,
// and one bad settlement harms nobody's writing.
func TestSettleRides(t *testing.T) {
	db := storagetest.Open(t)
	update(t, db, func(tx *storage.Tx) error { return errors.Join(tx.Enqueue(send(7, "a")), tx.Enqueue(send(7, "b"))) })
	due, err := db.Due(t.Context(), 0, 2)
	if err != nil || len(due) != 2 {
		t.Fatalf("due %v (%v)", due, err)
	}
	good, bad := make(chan error, 1), make(chan error, 1)
	update(t, db, func(tx *storage.Tx) error {
		go func() {
			good <- db.Settle(t.Context(), []chat.Delivery{{Seq: due[0].Seq, Outcome: chat.Sent, Message: 1}})
		}()
		return nil
	})
	if err := <-good; err != nil {
		t.Errorf("settle: %v", err)
	}
	go func() { bad <- db.Settle(t.Context(), []chat.Delivery{{Seq: due[1].Seq, Outcome: "nonsense"}}) }()
	for range 50 {
		update(t, db, func(tx *storage.Tx) error { return tx.Enqueue(send(8, "c")) })
	}
	if err := <-bad; err == nil {
		t.Error("an unknown outcome was settled")
	}
	left, err := db.Due(t.Context(), 0, 100)
	if err != nil || len(left) != 51 || left[0].Message.HTML != "b" {
		t.Errorf("%d messages left (%v), want b and fifty more", len(left), err)
	}
	failed := errors.New("broken on purpose")
	if err := db.Update(t.Context(), func(*storage.Tx) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("a function's own error became %v", err)
	}
}

func TestPruneKeepsWhatIsYoung(t *testing.T) {
	db := storagetest.Open(t)
	var young, old string
	update(t, db, func(tx *storage.Tx) error {
		var err error
		if young, err = tx.NewInvite(storage.Invite{Role: sector.RoleDelegate, Expires: monday}); err != nil {
			return err
		}
		if old, err = tx.NewInvite(storage.Invite{Role: sector.RoleDelegate, Expires: monday.AddDate(0, 0, -8)}); err != nil {
			return err
		}
		return errors.Join(
			tx.AddLook(1, storage.Look{At: monday.AddDate(-4, 0, 0), What: "old"}),
			tx.AddLook(1, storage.Look{At: monday.AddDate(-2, 0, 0), What: "young"}),
			tx.Prune(monday),
		)
	})
	view(t, db, func(v *storage.View) error {
		if l, err := v.Looks(1); err != nil || len(l) != 1 || l[0].What != "young" {
			t.Errorf("looks: %+v (%v), want the young one", l, err)
		}
		for token, want := range map[string]bool{young: true, old: false} {
			if _, ok, err := v.Invite(token); err != nil || ok != want {
				t.Errorf("invitation %s is kept: %v (%v), want %v", token, ok, err, want)
			}
		}
		return nil
	})
}
