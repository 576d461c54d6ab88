package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"text/tabwriter"
	"time"

	"maqta/bot/emulator"
)

// benchCommand measures the whole program against the emulator.
type benchCommand struct {
	Bot     string        `help:"The program under test; built from this module when not given."`
	Seconds float64       `default:"4" help:"How long each case is measured."`
	Warm    time.Duration `default:"1s" help:"How long each case runs before it is measured."`
}

// load is one case.
type load struct {
	name    string
	people  int
	each    int // questions of each person under way at once; 0 for an open loop
	rate    int // questions a second, in an open loop
	link    link
	against []string // which bots are measured
}

func loads() []load {
	far := link{trip: 50 * time.Millisecond, handshake: 100 * time.Millisecond}
	near := link{trip: 50 * time.Millisecond}
	all := []string{"maqta", "loop", "goroutines"}
	return []load{
		{"K=1", 1, 1, 0, link{}, all},
		{"K=64", 64, 1, 0, link{}, all},
		{"K=1000", 1000, 1, 0, link{}, all},
		{"K=64, 50 ms, handshake", 64, 1, 0, far, []string{"maqta", "goroutines"}},
		{"open 25/s, 50 ms", 200, 0, 25, near, []string{"maqta", "goroutines"}},
		{"open 200/s, 50 ms", 400, 0, 200, near, []string{"maqta", "goroutines"}},
		{"8 × 8, 50 ms", 8, 8, 0, near, []string{"maqta", "goroutines"}},
	}
}

// figures are what one case showed of one bot.
type figures struct {
	replies     int
	seconds     float64
	p50, p99    time.Duration
	cpu         time.Duration // of the bot, for each thousand replies
	peak        int64
	connections int64 // new ones while it was measured
	overtaken   int
	firstPoll   time.Duration
}

// Run prints a table, a row for each case and bot.
func (c *benchCommand) Run(ctx context.Context) error {
	binary, clean, err := built(ctx, c.Bot)
	if err != nil {
		return err
	}
	defer clean()
	own, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find the loop to compare with: %w", err)
	}
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	if err := row(table, "case", "bot", "replies/s", "p50 ms", "p99 ms", "CPU s/1000", "peak MB", "new conns/1000", "overtaken %", "first poll ms"); err != nil {
		return err
	}
	for _, l := range loads() {
		for _, bot := range l.against {
			args := map[string][]string{
				"maqta": {binary, "serve"}, "goroutines": {own, "stateless"}, "loop": {own, "stateless", "--serial"},
			}[bot]
			f, err := c.measure(ctx, l, args)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", l.name, bot, err)
			}
			thousand := float64(f.replies) / 1000
			err = row(table, l.name, bot, fmt.Sprintf("%.0f", float64(f.replies)/f.seconds), millis(f.p50), millis(f.p99),
				fmt.Sprintf("%.3f", f.cpu.Seconds()/thousand), fmt.Sprintf("%.1f", float64(f.peak)/(1<<20)),
				fmt.Sprintf("%.1f", float64(f.connections)/thousand), fmt.Sprintf("%.1f", 100*float64(f.overtaken)/float64(f.replies)), millis(f.firstPoll))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func row(w *tabwriter.Writer, cells ...string) error {
	for _, c := range cells {
		if _, err := io.WriteString(w, c+"\t"); err != nil {
			return fmt.Errorf("print the table: %w", err)
		}
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }

// measure runs one case against one bot.
func (c *benchCommand) measure(ctx context.Context, l load, args []string) (figures, error) {
	dir, err := os.MkdirTemp("", "maqta-bench-")
	if err != nil {
		return figures{}, fmt.Errorf("make a folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // a leftover in the temporary folder harms nobody

	folk := &people{}
	t, err := listen(l.link, func(call emulator.Call) { folk.hear(call) })
	if err != nil {
		return figures{}, err
	}
	defer t.close()
	folk.join(t.server, l.people)

	var mu sync.Mutex
	var times []time.Duration
	var f figures
	measuring := false
	next := make(chan int64, 1<<16)
	folk.seen = func(a answered) {
		mu.Lock()
		if measuring && !a.doubled {
			times = append(times, a.took)
			if a.overtaken {
				f.overtaken++
			}
		}
		mu.Unlock()
		if l.rate == 0 && !a.doubled {
			next <- a.chat
		}
	}
	began := time.Now()
	p, err := start(ctx, t, filepath.Join(dir, "maqta.db"), args[0], args[1:]...)
	if err != nil {
		return f, err
	}
	if err := t.waitFirstPoll(ctx); err != nil {
		return f, errors.Join(err, p.kill())
	}
	f.firstPoll = time.Since(began)

	asking, stop := context.WithCancel(ctx)
	defer stop()
	go c.drive(asking, l, folk, next)
	if err := wait(ctx, c.Warm); err != nil {
		return f, errors.Join(err, p.kill())
	}
	cpu, err := p.cpu()
	if err != nil {
		return f, errors.Join(err, p.kill())
	}
	mu.Lock()
	measuring = true
	mu.Unlock()
	connections, from := t.connections.Load(), time.Now()
	if err := wait(ctx, time.Duration(c.Seconds*float64(time.Second))); err != nil {
		return f, errors.Join(err, p.kill())
	}
	mu.Lock()
	measuring = false
	f.seconds = time.Since(from).Seconds()
	f.connections = t.connections.Load() - connections
	mu.Unlock()
	stop()
	end, err := p.cpu()
	if err != nil {
		return f, errors.Join(err, p.kill())
	}
	if f.peak, err = p.peak(); err != nil {
		return f, errors.Join(err, p.kill())
	}
	if err := p.term(); err != nil {
		return f, err
	}
	mu.Lock()
	defer mu.Unlock()
	if f.replies = len(times); f.replies == 0 {
		return f, fmt.Errorf("no replies\n%s", p.out.String())
	}
	f.cpu = end - cpu
	slices.Sort(times)
	f.p50, f.p99 = times[len(times)/2], times[len(times)*99/100]
	return f, nil
}

// drive asks: in a closed loop each answer leads to the next question, in an
// open one questions come at an even rate whatever becomes of them.
func (c *benchCommand) drive(ctx context.Context, l load, folk *people, next <-chan int64) {
	ids := folk.ids()
	if l.rate == 0 {
		for range l.each {
			for _, id := range ids {
				folk.ask(id)
			}
		}
		for {
			select {
			case <-ctx.Done():
				return
			case id := <-next:
				folk.ask(id)
			}
		}
	}
	tick := time.NewTicker(time.Second / time.Duration(l.rate))
	defer tick.Stop()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			folk.ask(ids[n%len(ids)])
		}
	}
}
