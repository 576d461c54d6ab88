package main

import (
	"bytes"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/handlers"
	"maqta/sector/ask"
)

// TestSheet draws what people can get, all of it: a chart that an answer offers
// and that cannot be drawn is a button without an answer.
func TestSheet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "build", "charts.png")
	if err := run(io.Discard, path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if width := len(chat.Langs())*(1080/2+gap) + gap; size.Width != width {
		t.Errorf("the sheet is %d wide, want %d: a column for each language", size.Width, width)
	}
}

func TestSheetHoldsEachKind(t *testing.T) {
	mind, err := handlers.NewMind(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[ask.ChartKind]int{}
	for _, q := range charted(mind) {
		kinds[mind.Asker.Answer(q, ask.English).Chart.Kind]++
	}
	for _, k := range []ask.ChartKind{ask.ChartTrend, ask.ChartStructure, ask.ChartCompare} {
		if kinds[k] == 0 {
			t.Errorf("no chart of kind %s on the sheet", k)
		}
	}
}

func TestNothingWrittenOnFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(io.Discard, filepath.Join(path, "charts.png")); err == nil {
		t.Error("a sheet in a folder that is a file: no error")
	}
}
