// Maqta answers questions about Kazakhstan's light industry in Telegram, takes
// in the monthly reports of its enterprises, and shows officials what they say.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"maqta/internal/app"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Main(ctx, os.Args[1:], app.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
	stop()
	os.Exit(code)
}
