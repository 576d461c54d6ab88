package main

import (
	"slices"
	"testing"
	"time"
)

// TestKills is the promise that nothing is lost: the program under load is
// killed ten times and stopped five times.
func TestKills(t *testing.T) {
	binary, clean, err := built(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer clean()
	r, err := chaos(t.Context(), chaosPlan{binary: binary, kills: 10, terms: 5, each: 1500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(r)
	if err := r.broken(); err != nil {
		t.Error(err)
	}
}

func TestEndsAreSpread(t *testing.T) {
	got := ends(4, 2)
	if want := []bool{false, false, true, false, false, true}; !slices.Equal(got, want) {
		t.Errorf("ends(4, 2) = %v, want %v", got, want)
	}
}

// TestBrokenPromises makes sure that the result can fail.
func TestBrokenPromises(t *testing.T) {
	fine := chaosResult{asked: 9, doubledByKill: 2}
	if err := fine.broken(); err != nil {
		t.Errorf("doubled in flight: %v, want it allowed", err)
	}
	for name, r := range map[string]chaosResult{
		"idle": {}, "lost": {asked: 9, lost: 1}, "overtaken": {asked: 9, overtaken: 1}, "doubled by a stop": {asked: 9, doubledByTerm: 1},
		"doubled": {asked: 9, doubledOutOfFlight: 1}, "damaged": {asked: 9, faults: 1},
	} {
		if r.broken() == nil {
			t.Errorf("%s: no promise counts as broken", name)
		}
	}
}
