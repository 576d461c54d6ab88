package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
	"maqta/bot/emulator/webchat"
)

// demoCommand serves the bot against the emulator, with a web page to be its users.
type demoCommand struct {
	Addr     string `default:"127.0.0.1:8080" help:"Address of the page. It has no passwords: keep it on loopback."`
	DB       string `help:"Keep the store in this file; without it a temporary one is used."`
	Timezone string `env:"MAQTA_TIMEZONE" default:"Asia/Almaty" help:"Time zone in which days are counted."`
	Log      string `env:"MAQTA_LOG" default:"warn" enum:"debug,info,warn,error" help:"Least level to log."`
}

// clock is the time of the demo: that of the machine, moved forward by a button.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time       { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) skip(d time.Duration) { c.ahead.Add(int64(d)) }

// demoPeople are those whom the page lets one be, one beside another.
func demoPeople() []webchat.Person {
	return []webchat.Person{
		{ID: 1001, Name: "Айгүл", Lang: "kk", Role: webchat.Citizen},
		{ID: demoOwner, Name: "Олег", Lang: "ru", Role: webchat.Owner},
		{ID: demoAdmin, Name: "Mary", Lang: "en", Role: webchat.Official},
	}
}

// demoOwner owns the sample enterprises, demoAdmin administers the demo.
const (
	demoOwner = 1002
	demoAdmin = 1003
)

// Run serves the page until ctx ends.
func (c *demoCommand) Run(ctx context.Context, io Streams) error {
	log, err := newLog(io.Err, c.Log, emulator.Token)
	if err != nil {
		return err
	}
	path := c.DB
	if path == "" {
		dir, err := os.MkdirTemp("", "maqta-demo-")
		if err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }() // what is left of a demo harms nobody
		path = filepath.Join(dir, "maqta.db")
	}
	z, err := zone(c.Timezone)
	if err != nil {
		return err
	}
	db, err := openStore(path)
	if err != nil {
		return err
	}
	clk := new(clock)
	if err := plantDemo(ctx, db, clk.now(), z); err != nil {
		return errors.Join(err, db.Close())
	}
	server := emulator.New(emulator.Options{Now: clk.now, Rates: true})
	page := webchat.New(webchat.Options{Server: server, People: demoPeople(), Now: clk.now, Skip: clk.skip})
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", c.Addr)
	if err != nil {
		return errors.Join(fmt.Errorf("open the page: %w", err), db.Close())
	}
	out := printer{w: io.Out}
	out.printf("Maqta demo: http://%s\nPress Ctrl+C to stop.\n", listener.Addr())

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	web := &http.Server{Handler: page, ReadHeaderTimeout: pageTimeout}
	closed := make(chan error, 1)
	go func() {
		err := web.Serve(listener)
		stop() // without the page the demo is over
		closed <- err
	}()
	p := parts{
		token: emulator.Token, transport: server.Client().Transport, pace: bot.PaceTelegram, zone: z,
		admins: []chat.UserID{demoAdmin}, now: clk.now, log: log, metrics: newMetrics(clk.now),
	}
	err = serve(ctx, p, loadMind(z), db, "")
	_ = web.Close() // ends Serve below
	if werr := <-closed; !errors.Is(werr, http.ErrServerClosed) {
		err = errors.Join(err, fmt.Errorf("serve the page: %w", werr))
	}
	return errors.Join(err, db.Close(), out.err)
}

// pageTimeout bounds how long a browser may take to send the head of a request.
const pageTimeout = 5 * time.Second
