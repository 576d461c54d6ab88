package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"maqta/bot/emulator"
	"maqta/storage"
)

// The load of the kill test: people enough that each waits for its answer, a
// rate that Telegram allows, and a send slow enough to be cut.
const (
	chaosPeople = 200
	chaosEvery  = 40 * time.Millisecond // 25 a second
	chaosSend   = 150 * time.Millisecond
)

// chaosPlan says how often and how the bot dies.
type chaosPlan struct {
	binary       string
	kills, terms int
	each         time.Duration // how long each life lasts
}

// chaosResult is what people noticed.
type chaosResult struct {
	asked, lost, overtaken       int
	doubledByKill, doubledByTerm int
	doubledOutOfFlight           int // answered again although it was not in flight when the bot died
	kills, terms, faults         int
}

func (r chaosResult) String() string {
	return fmt.Sprintf("asked %d, lost %d, overtaken %d; %d SIGKILL: doubled %d (%.2f each); %d SIGTERM: doubled %d; doubled though not in flight %d; store faults %d",
		r.asked, r.lost, r.overtaken, r.kills, r.doubledByKill, float64(r.doubledByKill)/float64(max(r.kills, 1)),
		r.terms, r.doubledByTerm, r.doubledOutOfFlight, r.faults)
}

// broken returns which promise was broken, nil when none was.
func (r chaosResult) broken() error {
	var all []error
	say := func(bad bool, what string) {
		if bad {
			all = append(all, errors.New(what))
		}
	}
	say(r.asked == 0, "nobody asked anything")
	say(r.lost > 0, fmt.Sprintf("%d questions were lost", r.lost))
	say(r.overtaken > 0, fmt.Sprintf("%d answers overtook an earlier one", r.overtaken))
	say(r.doubledByTerm > 0, fmt.Sprintf("%d answers were doubled by an orderly stop", r.doubledByTerm))
	say(r.doubledOutOfFlight > 0, fmt.Sprintf("%d answers were doubled though not in flight", r.doubledOutOfFlight))
	say(r.faults > 0, fmt.Sprintf("the store has %d faults", r.faults))
	return errors.Join(all...)
}

// chaos runs the bot under load and ends it again and again.
func chaos(ctx context.Context, plan chaosPlan) (chaosResult, error) {
	dir, err := os.MkdirTemp("", "maqta-chaos-")
	if err != nil {
		return chaosResult{}, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a leftover in the temporary folder harms nobody
	db := filepath.Join(dir, "maqta.db")

	folk := &people{}
	t, err := listen(link{}, func(c emulator.Call) { folk.hear(c) })
	if err != nil {
		return chaosResult{}, err
	}
	defer t.close()
	folk.join(t.server, chaosPeople)
	t.server.Faults().Every("sendMessage", 1, emulator.Slow(chaosSend))

	r := chaosResult{kills: plan.kills, terms: plan.terms}
	var mu sync.Mutex
	answeredAt := map[int64]time.Time{} // when each chat got its latest right answer
	var died time.Time
	byTerm := false
	folk.seen = func(a answered) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case a.doubled && byTerm:
			r.doubledByTerm++
		case a.doubled:
			r.doubledByKill++
			// In flight is what Telegram had accepted and the bot had not yet settled:
			// the send itself and the settling behind it.
			if died.Sub(answeredAt[a.chat]) > chaosSend+inFlight {
				r.doubledOutOfFlight++
			}
		default:
			answeredAt[a.chat] = a.at
			if a.overtaken {
				r.overtaken++
			}
		}
	}

	asking, stopAsking := context.WithCancel(ctx)
	defer stopAsking()
	asked := make(chan int)
	go func() { asked <- keepAsking(asking, folk) }()

	for _, orderly := range ends(plan.kills, plan.terms) {
		p, err := start(ctx, t, db, plan.binary, "serve")
		if err != nil {
			return r, err
		}
		if err := wait(ctx, plan.each); err != nil {
			return r, errors.Join(err, p.kill())
		}
		mu.Lock()
		died, byTerm = time.Now(), orderly
		mu.Unlock()
		if orderly {
			err = p.term()
		} else {
			err = p.kill()
		}
		if err != nil {
			return r, err
		}
	}
	stopAsking()
	r.asked = <-asked

	// One last life, in which everything that was asked gets its answer.
	p, err := start(ctx, t, db, plan.binary, "serve")
	if err != nil {
		return r, err
	}
	deadline := time.Now().Add(lastLife)
	for folk.unanswered() > 0 && time.Now().Before(deadline) {
		if err := wait(ctx, chaosEvery); err != nil {
			return r, errors.Join(err, p.kill())
		}
	}
	r.lost = folk.unanswered()
	if err := p.term(); err != nil {
		return r, err
	}
	report, err := storage.CheckFile(db)
	if err != nil {
		return r, fmt.Errorf("check the store: %w", err)
	}
	r.faults = len(report.Faults)
	mu.Lock()
	defer mu.Unlock()
	return r, nil
}

// ends spreads the orderly stops evenly among the kills.
func ends(kills, terms int) []bool {
	all := kills + terms
	list := make([]bool, all)
	for i := range list {
		list[i] = (i+1)*terms/all > i*terms/all
	}
	return list
}

// inFlight is how long an answered send may wait for its transaction on a busy
// machine, and lastLife how long the last answers may take.
const (
	inFlight = 350 * time.Millisecond
	lastLife = 60 * time.Second
)

// keepAsking asks at an even rate, whether the bot lives or not, and returns how
// often.
func keepAsking(ctx context.Context, folk *people) int {
	ids := folk.ids()
	tick := time.NewTicker(chaosEvery)
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return n
		case <-tick.C:
			folk.ask(ids[n%len(ids)])
		}
	}
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return fmt.Errorf("waiting: %w", ctx.Err())
	case <-time.After(d):
		return nil
	}
}
