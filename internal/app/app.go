package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// Streams are the program's input and outputs.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// commands is the command line. Flags win over the environment.
type commands struct {
	Serve   serveCommand   `cmd:"" default:"withargs" help:"Run the bot by long polling (the default)."`
	Demo    demoCommand    `cmd:"" help:"Try Maqta on a web page, without a token or a network."`
	Ask     askCommand     `cmd:"" help:"Answer questions on the terminal."`
	Facts   factsCommand   `cmd:"" help:"Work with editions of the facts."`
	Check   checkCommand   `cmd:"" help:"Check a store that is not in use: its pages, every record, the invariants."`
	Version versionCommand `cmd:"" help:"Print the version, the schema and the edition of the facts."`
}

// Main runs the program until its work is done or ctx ends, and returns the
// exit code: 0 when all went well, 1 after an error, 2 for a wrong call.
func Main(ctx context.Context, args []string, io Streams) int {
	var cmd commands
	exit := -1
	parser, err := kong.New(&cmd,
		kong.Name("maqta"),
		kong.Description("A Telegram bot for Kazakhstan's light industry, in Kazakh, Russian and English."),
		kong.Writers(io.Out, io.Err),
		kong.Exit(func(code int) { exit = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(io, getenv(os.Getenv)),
	)
	if err != nil {
		_, _ = fmt.Fprintln(io.Err, "maqta:", err)
		return 1
	}
	run, err := parser.Parse(args)
	if exit >= 0 { // --help has been shown
		return exit
	}
	if err != nil {
		_, _ = fmt.Fprintf(io.Err, "maqta: %v\nRun “maqta --help” for the commands.\n", err)
		return 2
	}
	if err := run.Run(); err != nil && !errors.Is(err, context.Canceled) {
		_, _ = fmt.Fprintln(io.Err, "maqta:", err)
		return 1
	}
	return 0
}

// getenv looks up a variable of the environment.
type getenv func(string) string
