package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"maqta/internal/eval"
)

// The test binary stands in for maqta when it is started with "ask --jsonl".
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == "ask" {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			var q eval.Asked
			if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(2)
			}
			reply := map[string]string{"How much yarn was made?": "500 tonnes in 2025.", "How much cotton?": "466 tonnes in 2025."}[q.Question]
			_ = json.NewEncoder(os.Stdout).Encode(eval.Answered{ID: q.ID, Reply: reply})
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestRun(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	set := func(name, line string) string {
		path := filepath.Join(t.TempDir(), name)
		text := "id\tlang\tkind\tquestion\texpect_all\texpect_any\tforbid\tnote\n" + line + "\n"
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := set("good.tsv", "x1\ten\tdirect\tHow much yarn was made?\t500 t\t\t\tfact=yarn")
	bad := set("bad.tsv", "x2\ten\tdirect\tHow much cotton?\t466000 t\t\t\tfact=harvest")
	old := set("old.tsv", "x3\ten\tdirect\tHow much cotton last year?\t466000 t\t\t\tfact=harvest; asked=2026")

	var out strings.Builder
	if err := run(t.Context(), []string{"-maqta", program, "-year", "2027", "-dev", good, old}, &out); err != nil {
		t.Errorf("good set: %v", err)
	}
	if !strings.Contains(out.String(), "en 100.0% right") || !strings.Contains(out.String(), "old.tsv: 1 questions are left out") {
		t.Errorf("the report is\n%s", out.String())
	}
	out.Reset()
	if err := run(t.Context(), []string{"-maqta", program, bad}, &out); !errors.Is(err, errMissed) {
		t.Errorf("bad set: %v", err)
	}
	if !strings.Contains(out.String(), "wrong x2") {
		t.Errorf("the report is\n%s", out.String())
	}
	if err := run(t.Context(), []string{"-maqta", "/nowhere", good}, &out); err == nil || errors.Is(err, errMissed) {
		t.Errorf("no program: %v", err)
	}
}
