package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"maqta/bot/emulator"
)

// built returns the path of the program under test, building it when none is given.
func built(ctx context.Context, path string) (binary string, clean func(), err error) {
	if path != "" {
		return path, func() {}, nil
	}
	dir, err := os.MkdirTemp("", "maqta-load-")
	if err != nil {
		return "", nil, fmt.Errorf("make a folder: %w", err)
	}
	clean = func() { _ = os.RemoveAll(dir) } // a leftover in the temporary folder harms nobody
	binary = filepath.Join(dir, "maqta")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, "maqta")
	if out, err := build.CombinedOutput(); err != nil {
		clean()
		return "", nil, fmt.Errorf("build the bot: %w\n%s", err, out)
	}
	return binary, clean, nil
}

// process is a running bot.
type process struct {
	cmd *exec.Cmd
	out bytes.Buffer
}

// start runs a bot against Telegram's side.
func start(ctx context.Context, t *telegram, db, binary string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, binary, args...)}
	p.cmd.Env = append(os.Environ(), "TELEGRAM_BOT_TOKEN="+emulator.Token, "TELEGRAM_API_URL="+t.url,
		"MAQTA_DB="+db, "MAQTA_PACE=off", "MAQTA_LOG=warn", "MAQTA_HTTP=", "MAQTA_ADMINS=")
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the bot: %w", err)
	}
	return p, nil
}

// kill ends the process at once.
func (p *process) kill() error {
	if err := p.cmd.Process.Kill(); err != nil {
		return fmt.Errorf("kill the bot: %w\n%s", err, p.out.String())
	}
	_ = p.cmd.Wait() // "signal: killed"
	return nil
}

// term asks the process to stop and waits until it has.
func (p *process) term() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop the bot: %w\n%s", err, p.out.String())
	}
	var failed *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !(errors.As(err, &failed) && failed.ExitCode() < 0) {
		return fmt.Errorf("the bot did not stop cleanly: %w\n%s", err, p.out.String())
	}
	return nil
}

// cpu returns the processor time that the process has used.
func (p *process) cpu() (time.Duration, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read processor time: %w", err)
	}
	// The name in parentheses may hold blanks; utime and stime are the 14th and 15th field.
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("read processor time: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * (time.Second / clockTicks), nil
}

// clockTicks is USER_HZ, which is 100 on every Linux that Go runs on.
const clockTicks = 100

// peak returns the greatest resident memory in bytes.
func (p *process) peak() (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, fmt.Errorf("read memory: %w", err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.Fields(kb)[0], 10, 64)
			if err != nil {
				return 0, fmt.Errorf("read memory: %w", err)
			}
			return n << 10, nil
		}
	}
	return 0, errors.New("read memory: no VmHWM")
}
