package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
)

// newLog writes text for people on a terminal, JSON elsewhere. It is the second
// net under the token: whatever holds it is cut before it is written.
func newLog(w io.Writer, level string, token Secret) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("MAQTA_LOG: %w", err)
	}
	o := &slog.HandlerOptions{Level: least}
	var h slog.Handler = slog.NewJSONHandler(w, o)
	if isTerminal(w) {
		h = slog.NewTextHandler(w, o)
	}
	return slog.New(redactor{h, string(token)}), nil
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// redactor cuts a secret out of every record.
type redactor struct {
	slog.Handler
	secret string
}

func (r redactor) Handle(ctx context.Context, rec slog.Record) error {
	if r.secret == "" {
		return r.Handler.Handle(ctx, rec) //nolint:wrapcheck // a handler passes its error on
	}
	clean := slog.NewRecord(rec.Time, rec.Level, r.cut(rec.Message), rec.PC)
	rec.Attrs(func(a slog.Attr) bool {
		clean.AddAttrs(r.attr(a))
		return true
	})
	return r.Handler.Handle(ctx, clean) //nolint:wrapcheck // a handler passes its error on
}

// WithAttrs keeps the net under loggers that are derived.
func (r redactor) WithAttrs(attrs []slog.Attr) slog.Handler {
	clean := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		clean[i] = r.attr(a)
	}
	return redactor{r.Handler.WithAttrs(clean), r.secret}
}

// WithGroup keeps the net under loggers that are derived.
func (r redactor) WithGroup(name string) slog.Handler {
	return redactor{r.Handler.WithGroup(name), r.secret}
}

func (r redactor) attr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.String(a.Key, r.cut(v.String()))
	case slog.KindGroup:
		group := make([]any, 0, len(v.Group()))
		for _, g := range v.Group() {
			group = append(group, r.attr(g))
		}
		return slog.Group(a.Key, group...)
	case slog.KindAny:
		return slog.String(a.Key, r.cut(fmt.Sprint(v.Any())))
	default:
		return slog.Attr{Key: a.Key, Value: v}
	}
}

func (r redactor) cut(s string) string { return strings.ReplaceAll(s, r.secret, "[token]") }
