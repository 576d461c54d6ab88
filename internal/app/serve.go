package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"maqta/bot"
	"maqta/handlers"
	"maqta/storage"
)

// serveCommand runs the bot.
type serveCommand struct {
	serveConfig
}

// Run serves until ctx ends. Whatever was begun is finished first.
func (c *serveCommand) Run(ctx context.Context, io Streams, env getenv) error {
	token, err := readToken(env)
	if err != nil {
		return err
	}
	log, err := newLog(io.Err, c.Log, token)
	if err != nil {
		return err
	}
	p := parts{api: c.APIURL, token: token, pace: bot.Pace(c.Pace), now: time.Now, log: log, metrics: newMetrics(time.Now)}
	if p.zone, err = zone(c.Timezone); err != nil {
		return err
	}
	if p.admins, err = parseAdmins(c.Admins); err != nil {
		return err
	}
	if p.contact, err = parseContact(c.Contact); err != nil {
		return err
	}
	mind := loadMind(p.zone) // while the store is opened
	db, err := openStore(c.DB)
	if err != nil {
		return err
	}
	err = serve(ctx, p, mind, db, c.HTTP)
	if cerr := db.Close(); cerr != nil {
		err = errors.Join(err, cerr)
	}
	return err
}

// serve runs the bot, the metrics page, what is due by the clock and the daily
// housekeeping until ctx ends or one of them fails.
func serve(ctx context.Context, p parts, mind func() (*handlers.Mind, error), db *storage.DB, httpAddr string) error {
	a, err := assemble(p, mind, db)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	jobs := []func(context.Context) error{
		a.bot.Run,
		a.announce(p.now()),
		func(ctx context.Context) error { return housekeep(ctx, p, db) },
		func(ctx context.Context) error { return keepTime(ctx, p, a) },
	}
	if httpAddr != "" {
		jobs = append(jobs, func(ctx context.Context) error { return p.metrics.serveHTTP(ctx, httpAddr, db) })
	}
	results := make(chan error, len(jobs))
	for _, job := range jobs {
		go func() { results <- job(ctx) }()
	}
	var all error
	for range jobs {
		err := <-results
		all = errors.Join(all, err)
		stop() // one that ends ends all: they are only useful together
	}
	return all
}

// announce tells people of a new edition of the facts, beside the first polls,
// and then has nothing to do until ctx ends.
func (a assembled) announce(at time.Time) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := a.router.Announce(ctx, at); err != nil && ctx.Err() == nil {
			return fmt.Errorf("tell of the new edition of the facts: %w", err)
		}
		a.bot.Wake()
		<-ctx.Done()
		return nil
	}
}

// tickEvery is how often the clock is looked at. The clock itself is the one that
// was handed in, which the demo moves: this bounds how soon a moved clock is felt.
const tickEvery = 10 * time.Second

// keepTime does what is due by the clock, such as reminders. A failure is tried
// again at the next look: nothing is recorded before it is queued.
func keepTime(ctx context.Context, p parts, a assembled) error {
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		if err := a.router.Tick(ctx, p.now()); err != nil && ctx.Err() == nil {
			p.log.Error("what is due by the clock failed", "error", err)
		}
		a.bot.Wake()
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// housekeepEvery is how often old rows are dropped.
const housekeepEvery = 6 * time.Hour

// housekeep drops what has been kept long enough.
func housekeep(ctx context.Context, p parts, db *storage.DB) error {
	tick := time.NewTicker(housekeepEvery)
	defer tick.Stop()
	for {
		err := db.Update(ctx, func(tx *storage.Tx) error {
			return tx.Prune(p.now())
		})
		if err != nil && ctx.Err() == nil {
			p.log.Error("housekeeping failed", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}
