package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rules of the repository that a compiler does not check. A rule that is in
// the way is changed here, with the reason, and not gone around.

const module = "maqta"

// imports says what a package's own files may import beside the standard
// library; a name that ends in /... stands for all below it too. Tests may
// import more. Packages that are not listed may import anything of ours but
// internal/app.
var imports = map[string][]string{
	".":              {"maqta/internal/app"},
	"bot/chat":       {},
	"bot/dialog":     {"maqta/bot/chat"},
	"bot/transcript": {"maqta/bot/chat", "golang.org/x/tools/txtar"},
	"bot":            {"maqta/bot/chat", "github.com/go-telegram-bot-api/telegram-bot-api/v5"},
	// Nothing, so that it cannot share the client's mistakes.
	"bot/emulator":         {},
	"bot/emulator/webchat": {"maqta/bot/emulator", "maqta/bot/transcript"},
	"sector":               {},
	"sector/facts":         {"maqta/sector"},
	"sector/ask":           {"maqta/sector", "maqta/sector/facts", "github.com/BurntSushi/toml", "github.com/kljensen/snowball/...", "golang.org/x/text/..."},
	"sector/digest":        {"maqta/sector"},
	"sector/chart":         {"maqta/sector", "maqta/sector/facts", "github.com/go-analyze/charts/..."},
	"sector/sheet":         {"maqta/sector", "github.com/xuri/excelize/v2"},
	"locales":              {"maqta/bot/chat", "github.com/nicksnyder/go-i18n/v2/...", "github.com/BurntSushi/toml", "golang.org/x/text/..."},
	"storage":              {"maqta/bot/chat", "maqta/bot/dialog", "maqta/sector", "maqta/sector/facts", "go.etcd.io/bbolt/..."},
	"storage/storagetest":  {"maqta/storage", "go.etcd.io/bbolt/..."}, // it runs the checks of bbolt itself
	"handlers":             {"maqta/bot/chat", "maqta/bot/dialog", "maqta/sector/...", "maqta/locales", "maqta/storage"},
}

// pure packages turn values into values. What they may not import would let
// them see the machine, the network, the clock's other half or chance.
var (
	pure   = []string{"bot/chat", "bot/dialog", "bot/transcript", "sector", "sector/facts", "sector/ask", "sector/digest"}
	impure = []string{"os", "os/...", "net", "net/...", "log/...", "log", "context", "math/rand/...", "math/rand"}
)

// clocks may read the time of day; everybody else is told it. The emulator and
// the tools get theirs injected by default only.
var clocks = []string{"internal/app", "internal/loadtest", "internal/eval/cmd/eval"}

// loggers may import log/slog.
var loggers = []string{"bot", "handlers", "internal/app", "internal/loadtest"}

// forbidden are the calls of telegram-bot-api that lose updates, panic, ignore
// the endpoint or escape wrongly, by the name after the dot.
var forbidden = map[string]string{
	"GetUpdatesChan":       "confirms updates before they are handled",
	"StopReceivingUpdates": "panics when called twice",
	"EscapeText":           "escapes neither quotes nor backslashes",
	"CommandArguments":     "cuts letters in half",
	"FromChat":             "panics on a press under an inline message",
	"GetFileDirectURL":     "ignores the endpoint and holds the token",
	"NewBotAPI":            "calls the network without a limit",
}

// settled are the direct dependencies that need no decision note.
var settled = []string{
	"github.com/go-telegram-bot-api/telegram-bot-api/v5", "github.com/nicksnyder/go-i18n/v2", "go.etcd.io/bbolt",
	"github.com/BurntSushi/toml", "github.com/alecthomas/kong", "github.com/chromedp/chromedp", "github.com/go-analyze/charts",
	"github.com/kljensen/snowball", "github.com/prometheus/client_golang", "github.com/xuri/excelize/v2", "golang.org/x/text", "golang.org/x/tools",
}

// mechanics are the files of handlers that hold no conversation of their own. A
// file belongs to the conversation by which its name begins: submit_write.go to
// submit.
var mechanics = []string{
	"place", "firm", "deciders", "amount", "announce", "chart", "converse", "doc", "mind", "outcome", "press", "render", "route", "router",
	"submit_card", "submit_doubt", "submit_form", "submit_offhand", "submit_read", "submit_talk",
	"wording",
}

// longest is how many lines a file may have that a person wrote.
const longest = 500

type source struct {
	path      string // from the root, with slashes
	dir       string
	test      bool
	generated bool
	file      *ast.File
	lines     int
}

func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	fset := token.NewFileSet()
	var out []source
	for _, name := range files(t) {
		if path.Ext(name) != ".go" {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source{
			path: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
			generated: ast.IsGenerated(file), file: file, lines: bytes.Count(text, []byte("\n")),
		})
	}
	return fset, out
}

// files returns the files of the repository, without what git ignores.
func files(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() && (name == ".git" || name == ".ci/artifacts" || name == "bin") {
			return filepath.SkipDir
		}
		if d.Type().IsRegular() {
			out = append(out, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func matches(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		below, all := strings.CutSuffix(p, "/...")
		return name == p || all && (name == below || strings.HasPrefix(name, below+"/"))
	})
}

func TestImportTable(t *testing.T) {
	_, all := sources(t)
	for _, s := range all {
		if s.test {
			continue
		}
		allowed, listed := imports[s.dir]
		for _, spec := range s.file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(name, "/")
			ours := first == module
			switch {
			case name == module+"/internal/app" && s.dir != ".":
				t.Errorf("%s imports %s, which only main does", s.path, name)
			case listed && (ours || strings.Contains(first, ".")) && !matches(name, allowed):
				t.Errorf("%s imports %s, which the table does not allow %s", s.path, name, s.dir)
			case name == "log/slog" && !matches(s.dir, loggers):
				t.Errorf("%s logs; only %s do", s.path, strings.Join(loggers, ", "))
			case matches(s.dir, pure) && matches(name, impure):
				t.Errorf("%s imports %s, but the package is pure", s.path, name)
			}
		}
	}
}

func TestPackageDocs(t *testing.T) {
	_, all := sources(t)
	docs := make(map[string][]string)
	for _, s := range all {
		if s.test {
			continue
		}
		docs[s.dir] = append(docs[s.dir], "")
		if s.file.Doc == nil || strings.TrimSpace(s.file.Doc.Text()) == "" {
			continue
		}
		docs[s.dir][0] += " " + s.path
		start := regexp.MustCompile("^Package " + s.file.Name.Name + " ")
		if s.file.Name.Name == "main" {
			start = regexp.MustCompile("^(Command [a-z]+|Maqta) ")
		}
		if !start.MatchString(s.file.Doc.Text()) {
			t.Errorf("%s: the package comment must begin as %s", s.path, start)
		}
	}
	for dir, got := range docs {
		if n := len(strings.Fields(got[0])); n != 1 {
			t.Errorf("%s has %d package comments, want one:%s", dir, n, got[0])
		}
	}
}

func TestSourceRules(t *testing.T) {
	fset, all := sources(t)
	for _, s := range all {
		if s.generated || s.test {
			continue
		}
		if s.lines > longest {
			t.Errorf("%s has %d lines, more than %d: it holds two ideas", s.path, s.lines, longest)
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Recv == nil && n.Name.Name == "init" {
					t.Errorf("%s: no init functions", fset.Position(n.Pos()))
				}
			case *ast.SelectorExpr:
				if why, ok := forbidden[n.Sel.Name]; ok {
					t.Errorf("%s: %s %s", fset.Position(n.Pos()), n.Sel.Name, why)
				}
				pkg, ok := n.X.(*ast.Ident)
				if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, n.Sel.Name) && !matches(s.dir, clocks) {
					t.Errorf("%s: time.%s outside %s", fset.Position(n.Pos()), n.Sel.Name, strings.Join(clocks, ", "))
				}
			}
			return true
		})
	}
}

// TestNoPackageState looks for package variables that are written after their
// declaration, or that can only be meant to be: locks, counters, channels.
func TestNoPackageState(t *testing.T) {
	fset, all := sources(t)
	vars := make(map[string]map[string]bool) // by folder
	for _, s := range all {
		if s.test {
			continue
		}
		if vars[s.dir] == nil {
			vars[s.dir] = make(map[string]bool)
		}
		for _, decl := range s.file.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				value := spec.(*ast.ValueSpec)
				for _, name := range value.Names {
					vars[s.dir][name.Name] = true
				}
				if stateful(value) {
					t.Errorf("%s: package state", fset.Position(value.Pos()))
				}
			}
		}
	}
	for _, s := range all {
		if s.test {
			continue
		}
		written := func(e ast.Expr) {
			if id := root(e); id != nil && vars[s.dir][id.Name] && packageLevel(s.file, id) {
				t.Errorf("%s: the package variable %s is written", fset.Position(id.Pos()), id.Name)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE {
					for _, e := range n.Lhs {
						written(e)
					}
				}
			case *ast.IncDecStmt:
				written(n.X)
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "delete" || f.Name == "clear") && len(n.Args) > 0 {
					written(n.Args[0])
				}
			}
			return true
		})
	}
}

func stateful(spec *ast.ValueSpec) bool {
	found := false
	for _, e := range append([]ast.Expr{spec.Type}, spec.Values...) {
		if e == nil {
			continue
		}
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false // what a function declares is its own
			case *ast.ChanType:
				found = true
			case *ast.SelectorExpr:
				pkg, ok := n.X.(*ast.Ident)
				if ok && (pkg.Name == "sync" || pkg.Name == "atomic") && !strings.HasPrefix(n.Sel.Name, "OnceValue") {
					found = true // what is computed once and never changes is a constant to all who see it
				}
			}
			return true
		})
	}
	return found
}

// root returns the variable that an assignment to e writes into.
func root(e ast.Expr) *ast.Ident {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return nil
		}
	}
}

// packageLevel reports whether an identifier is none of the file's local names.
func packageLevel(file *ast.File, id *ast.Ident) bool {
	if id.Obj == nil {
		return slices.Contains(file.Unresolved, id)
	}
	return file.Scope.Lookup(id.Name) == id.Obj
}

// TestScripts demands a chat script for each conversation in each language.
func TestScripts(t *testing.T) {
	names, err := filepath.Glob("handlers/*.go")
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]bool)
	for _, name := range names {
		stem := strings.TrimSuffix(filepath.Base(name), ".go")
		if !strings.HasSuffix(stem, "_test") {
			stem, _, _ = strings.Cut(stem, "_")
			want[stem] = !slices.Contains(mechanics, stem)
		}
	}
	have := make(map[string][]string)
	scripts, err := filepath.Glob("handlers/testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range scripts {
		stem, lang, ok := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".txtar"), ".")
		if !ok {
			t.Errorf("%s: want NAME.LANGUAGE.txtar", name)
		}
		have[stem] = append(have[stem], lang)
		want[stem] = true
	}
	for stem, talks := range want {
		if !talks {
			continue
		}
		for _, lang := range []string{"kk", "ru", "en"} {
			if !slices.Contains(have[stem], lang) {
				t.Errorf("no script handlers/testdata/%s.%s.txtar", stem, lang)
			}
		}
	}
}

var (
	unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)
	upwards    = regexp.MustCompile(`(?:\.\./)+[\w./-]+`)
)

// TestNothingUnfinished also sees to it that no file leans on anything outside
// the repository.
func TestNothingUnfinished(t *testing.T) {
	for _, name := range files(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !written(name, text) {
			continue
		}
		for i, line := range strings.Split(string(text), "\n") {
			if mark := unfinished.FindString(line); mark != "" {
				t.Errorf("%s:%d: %s: finish it, or say it in docs", name, i+1, mark)
			}
			for _, up := range upwards.FindAllString(line, -1) {
				if _, err := os.Stat(filepath.Join(filepath.Dir(name), strings.TrimRight(up, ".,"))); err != nil || strings.HasPrefix(path.Join(path.Dir(name), up), "..") {
					t.Errorf("%s:%d: %s is not in the repository", name, i+1, up)
				}
			}
		}
	}
}

// written reports whether people wrote the file, and not a fuzzer or a program.
func written(name string, text []byte) bool {
	switch {
	case bytes.ContainsRune(text, 0), strings.Contains(name, "testdata/fuzz/"), path.Ext(name) == ".sum", path.Ext(name) == ".json", path.Ext(name) == ".jsonl":
		return false
	}
	return true
}

// TestDependencies asks for a decision note about each dependency that is not
// settled.
func TestDependencies(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var notes strings.Builder
	found, err := filepath.Glob("docs/decisions/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range found {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		notes.Write(text)
	}
	direct := 0
	for line := range strings.SplitSeq(string(mod), "\n") {
		name, rest, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "require "), " ")
		if !ok || !strings.HasPrefix(rest, "v") || strings.Contains(rest, "// indirect") {
			continue
		}
		direct++
		if !slices.Contains(settled, name) && !strings.Contains(notes.String(), name) {
			t.Errorf("go.mod requires %s, and docs/decisions does not say why", name)
		}
	}
	if direct < 3 {
		t.Errorf("read %d direct dependencies from go.mod: the reader is wrong", direct)
	}
}
