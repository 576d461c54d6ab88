package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"maqta/bot/chat"
	"maqta/sector"
)

// Report is what a check of a store found.
type Report struct {
	Schema  int
	Edition string
	Records map[string]int // by bucket
	Faults  []string       // empty when all is well
}

// CheckFile opens a store for reading only and checks its pages, every record
// and the invariants. It returns [ErrBusy], wrapped, while a bot runs on it.
func CheckFile(path string) (Report, error) {
	if _, err := os.Stat(path); err != nil {
		return Report{}, fmt.Errorf("check store: %w", err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: openTimeout, ReadOnly: true})
	if err != nil {
		if errors.Is(err, berrors.ErrTimeout) {
			err = ErrBusy
		}
		return Report{}, fmt.Errorf("open store %s: %w", path, err)
	}
	var r Report
	err = db.View(func(tx *bbolt.Tx) error {
		var err error
		r, err = check(tx)
		return err
	})
	if cerr := db.Close(); err == nil && cerr != nil {
		err = fmt.Errorf("close store: %w", cerr)
	}
	return r, err
}

// Check checks an open store.
func (v *View) Check() (Report, error) { return check(v.bolt) }

// verifiers lists every bucket with the function that decodes all its records.
func verifiers() map[string]func(*bbolt.Tx) (int, error) {
	return map[string]func(*bbolt.Tx) (int, error){
		meta.name: meta.verify, seen.name: seen.verify, seenOrder.name: seenOrder.verify,
		people.name: people.verify, personKeys.name: personKeys.verify,
		sessions.name: sessions.verify, chats.name: chats.verify,
		outbox.name: outbox.verify, prompts.name: prompts.verify, files.name: files.verify,
		quarantine.name: quarantine.verify, missed.name: missed.verify,
		watches.name: watches.verify, given.name: given.verify, shown.name: shown.verify,
		disputes.name: disputes.verify, feedback.name: feedback.verify,
		enterprises.name: enterprises.verify, bins.name: bins.verify, members.name: members.verify, posts.name: posts.verify,
		invites.name: invites.verify, submissions.name: submissions.verify, receipts.name: receipts.verify,
		queue.name: queue.verify, drafts.name: drafts.verify, requests.name: requests.verify,
		pledges.name: pledges.verify, looks.name: looks.verify, reminders.name: reminders.verify,
	}
}

func check(tx *bbolt.Tx) (Report, error) {
	r := Report{Records: map[string]int{}}
	fault := func(format string, args ...any) { r.Faults = append(r.Faults, fmt.Sprintf(format, args...)) }
	for err := range tx.Check() {
		fault("pages: %v", err)
	}
	var err error
	if r.Schema, err = schemaOf(tx); err != nil {
		return r, err
	}
	if r.Schema > Schema() {
		return r, fmt.Errorf("schema %d: %w", r.Schema, ErrNewer)
	}
	v := &View{bolt: tx}
	if r.Edition, err = v.Edition(); err != nil {
		return r, err
	}
	for name, verify := range verifiers() {
		n, err := verify(tx)
		if err != nil {
			fault("%v", err)
		}
		r.Records[name] = n
	}
	for _, check := range []func(*bbolt.Tx, func(string, ...any)) error{checkSeen, checkPeople, checkReading, checkFirms} {
		if err := check(tx, fault); err != nil {
			fault("%v", err)
		}
	}
	sort.Strings(r.Faults)
	return r, nil
}

func checkSeen(tx *bbolt.Tx, fault func(string, ...any)) error {
	n := 0
	err := seenOrder.scan(tx, nil, nil, func(_ []byte, id chat.UpdateID) (bool, error) {
		n++
		_, ok, err := seen.get(tx, id)
		if !ok && err == nil {
			fault("seen: update %d has a place but no entry", id)
		}
		return true, err
	})
	if n > seenKept {
		fault("seen: %d updates are kept, more than %d", n, seenKept)
	}
	return err
}

func checkPeople(tx *bbolt.Tx, fault func(string, ...any)) error {
	ids := map[chat.UserID]bool{}
	err := personKeys.scan(tx, nil, nil, func(key []byte, id chat.UserID) (bool, error) {
		p, ok, err := people.get(tx, id)
		if err == nil && (!ok || p.Key != PersonKey(key)) {
			fault("people: key %s leads to nobody", key)
		}
		ids[id] = true
		return true, err
	})
	if err != nil {
		return err
	}
	b, err := people.bucket(tx)
	if err != nil {
		return err
	}
	if n := b.Stats().KeyN; n != len(ids) {
		fault("people: %d people, %d keys", n, len(ids))
	}
	return nil
}

// checkReading finds wishes and figures of people who have been forgotten.
func checkReading(tx *bbolt.Tx, fault func(string, ...any)) error {
	v := &View{bolt: tx}
	wishes, err := v.Watches("")
	if err != nil {
		return err
	}
	figures, err := v.GivenTo("")
	if err != nil {
		return err
	}
	objections, err := v.DisputesOf("")
	if err != nil {
		return err
	}
	owners := make([]PersonKey, 0, len(wishes)+len(figures)+len(objections))
	for _, d := range objections {
		owners = append(owners, d.Who)
	}
	for _, w := range wishes {
		owners = append(owners, w.Who)
	}
	for _, g := range figures {
		owners = append(owners, g.Who)
	}
	for _, who := range owners {
		if _, ok, err := v.Whose(who); err != nil {
			return err
		} else if !ok {
			fault("watches, given or disputes: %s has been forgotten", who)
		}
	}
	return nil
}

// Dump returns every record as text, bucket by bucket, for scripts and for
// comparing two stores. What only says in which order things came is left out.
func (v *View) Dump() (map[string][]string, error) {
	dump := map[string][]string{}
	for name := range verifiers() {
		if name == seen.name || name == seenOrder.name || name == meta.name {
			continue
		}
		b := v.bolt.Bucket([]byte(name))
		if b == nil {
			return nil, fmt.Errorf("bucket %s is missing", name)
		}
		err := b.ForEach(func(k, raw []byte) error {
			var compact json.RawMessage
			if err := json.Unmarshal(raw, &compact); err != nil {
				return fmt.Errorf("corrupt record %x in %s: %w", k, name, err)
			}
			dump[name] = append(dump[name], fmt.Sprintf("%q %s", k, compact))
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("dump %s: %w", name, err)
		}
	}
	return dump, nil
}

// checkFirms checks enterprises, their people and their reports against their indexes.
func checkFirms(tx *bbolt.Tx, fault func(string, ...any)) error {
	v := &View{bolt: tx}
	firms, err := v.Enterprises()
	if err != nil {
		return err
	}
	for _, e := range firms {
		if err := e.Validate(); err != nil {
			fault("enterprises: %v", err)
		}
		if id, ok, err := bins.get(tx, e.BIN); err != nil {
			return err
		} else if e.Standing != sector.StandingRefused && (!ok || id != e.ID) {
			fault("bins: enterprise %d is not found by its BIN", e.ID)
		}
		people, err := v.Members(e.ID)
		if err != nil {
			return err
		}
		for _, m := range people {
			if _, ok, err := posts.get(tx, posting{e.ID, m.Who}); err != nil {
				return err
			} else if !ok {
				fault("posts: a member of enterprise %d is missing", e.ID)
			}
		}
		if err := checkReports(tx, v, e.ID, fault); err != nil {
			return err
		}
	}
	return nil
}

func checkReports(tx *bbolt.Tx, v *View, id sector.EnterpriseID, fault func(string, ...any)) error {
	reports, err := v.Submissions(id)
	if err != nil {
		return err
	}
	for _, s := range reports {
		if at, ok, err := receipts.get(tx, s.Receipt); err != nil {
			return err
		} else if !ok || at.Enterprise != s.Enterprise || at.Month != s.Month {
			fault("receipts: %s does not lead to its report", s.Receipt)
		}
		_, waits, err := queue.get(tx, queued{s.SinceState, s.Enterprise, s.Month})
		if err != nil {
			return err
		}
		if waits != (s.State == sector.StateSent) {
			fault("queue: report %s is %s, waiting %v", s.Receipt, s.State, waits)
		}
	}
	return nil
}
