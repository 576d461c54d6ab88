// Command loadtest shows how the program behaves under load and when it is
// killed. It is Telegram's side and the people in one process, on loopback; the
// bot under test is a process of its own.
//
//	loadtest bench   throughput, latency, memory, connections, order
//	loadtest chaos   kills the bot again and again and counts what was lost
//
// A bare loop on the same library without any state runs beside it ("loadtest
// stateless", a process too), so that figures compare within one run.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

func main() {
	var cmd struct {
		Bench     benchCommand     `cmd:"" help:"Measure the bot and the stateless loop side by side."`
		Chaos     chaosCommand     `cmd:"" help:"Kill the bot under load and count what was lost, doubled or overtaken."`
		Stateless statelessCommand `cmd:"" hidden:"" help:"The loop to compare with; started by bench."`
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	run := kong.Parse(&cmd, kong.Name("loadtest"), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := run.Run(); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(1)
	}
}

// chaosCommand is the kill test at length; CI runs it shortly as a test.
type chaosCommand struct {
	Bot   string        `help:"The program under test; built from this module when not given."`
	Kills int           `default:"20" help:"How often to kill (SIGKILL)."`
	Terms int           `default:"10" help:"How often to stop (SIGTERM)."`
	Each  time.Duration `default:"2s" help:"How long each life lasts."`
}

// Run prints the result and fails when a promise was broken.
func (c *chaosCommand) Run(ctx context.Context) error {
	binary, clean, err := built(ctx, c.Bot)
	if err != nil {
		return err
	}
	defer clean()
	r, err := chaos(ctx, chaosPlan{binary: binary, kills: c.Kills, terms: c.Terms, each: c.Each})
	if err != nil {
		return err
	}
	fmt.Println(r)
	return r.broken()
}
