package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// say makes the three files; a language may differ from the others.
func say(all string, differing ...string) map[string][]byte {
	files := map[string][]byte{"kk": []byte(all), "ru": []byte(all), "en": []byte(all)}
	for i := 0; i+1 < len(differing); i += 2 {
		files[differing[i]] = []byte(differing[i+1])
	}
	return files
}

func TestRefusals(t *testing.T) {
	plural := "[m]\none = \"a\"\nother = \"{{number .Count}} a\"\n"
	pluralRu := "[m]\none = \"a\"\nfew = \"a\"\nmany = \"a\"\nother = \"{{number .Count}} a\"\n"
	tests := map[string]struct {
		files  map[string][]byte
		tables []string
		want   string
	}{
		"no TOML":                  {say(`a =`), nil, "read kk.toml"},
		"not a text":               {say(`a = 5`), nil, "a message is a text"},
		"missing message":          {say(`a = "x"`, "kk", "a = \"x\"\nb = \"y\""), nil, "ru b: message is missing"},
		"missing slot":             {say(`a = "{{quote .Q}}"`, "en", `a = "x"`), nil, "en a (other): slots []"},
		"other function":           {say(`a = "{{plain .Q}}"`, "ru", `a = "{{number .Q}}"`), nil, "ru a (other)"},
		"bare slot":                {say(`a = "{{.Q}}"`), nil, "a slot is written"},
		"unknown function":         {say(`a = "{{money .Q}}"`), nil, "known functions"},
		"half a slot":              {say(`a = "{{quote .Q"`), nil, "a slot is written"},
		"digit":                    {say(`a = "12 digits"`), nil, "digit '1'"},
		"digit of another script":  {say(`a = "٣"`), nil, "every figure is an argument"},
		"private-use character":    {say("a = \"\\uE000\""), nil, "no place in a text"},
		"empty":                    {say(`a = ""`), nil, "text is empty"},
		"blank at the end":         {say(`a = "x "`), nil, "begins or ends with a blank"},
		"two blanks":               {say(`a = "x  y"`), nil, "two blanks"},
		"letters not composed":     {say("a = \"и\\u0306\""), nil, "not composed"},
		"unknown tag":              {say(`a = "<h1>x</h1>"`, "ru", `a = "<h>x</h>"`), nil, "tag <h> is not allowed"},
		"open tag":                 {say(`a = "<b>x"`), nil, "<b> is not closed"},
		"crossed tags":             {say(`a = "<b><i>x</b></i>"`), nil, "closes nothing"},
		"attribute":                {say(`a = "<b class=\"x\">x</b>"`), nil, "is not allowed"},
		"link without address":     {say(`a = "<a>x</a>"`), nil, "is not allowed"},
		"bare ampersand":           {say(`a = "x & y"`), nil, "entity"},
		"bare bracket":             {say(`a = "x > y"`), nil, "entity"},
		"one slot, two functions":  {say(`a = "{{plain .Q}} {{number .Q}}"`), nil, "two functions"},
		"count without plural":     {say(`a = "{{number .Count}}"`), nil, "Count is the number"},
		"count not a number":       {say(`a = "{{plain .Count}}"`), nil, "Count is a number"},
		"plural in one language":   {say(plural, "ru", `m = "x"`), nil, "plural in one language"},
		"form missing":             {say(plural), nil, "ru m: plural forms [one other]"},
		"form unknown":             {say(plural, "ru", pluralRu, "en", "[m]\none = \"a\"\ntwo = \"a\"\nother = \"a\""), nil, `"two" is no plural form`},
		"id":                       {say(`"A-b" = "x"`), nil, "small Latin letters"},
		"same Go name":             {say("a_b = \"x\"\n[a]\nb = \"y\""), nil, "would both be AB"},
		"table with a gap":         {say("[t.x]\na = \"x\"\nb = \"x\"\n[t.y]\na = \"x\""), []string{"t"}, "t.y.b: the table has this field"},
		"table without messages":   {say(`a = "x"`), []string{"t"}, "table t has no messages"},
		"table field, two types":   {say("[t.x]\na = \"{{plain .Q}}\"\n[t.y]\na = \"{{quote .Q}}\""), []string{"t"}, "two functions"},
		"table message, too short": {say("[t]\na = \"x\""), []string{"t"}, "table.key.field"},
		"table count, not plural":  {say("[t.x]\na = \"{{number .Count}}\""), []string{"t"}, "Count is the number"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := generate(test.files, test.tables)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestGenerated(t *testing.T) {
	plain := "a.b_c = \"{{quote .Got}} {{number .Left}}\"\n[t.\"x.y\"]\nname = \"{{text .Z}}\"\n[t.z]\nname = \"w\"\n"
	files := say(plain+"[m]\none = \"{{begin .T}}\"\nother = \"{{number .Count}} {{text .T}}\"\n",
		"ru", plain+"[m]\none = \"{{text .T}}\"\nfew = \"{{text .T}}\"\nmany = \"{{text .T}}\"\nother = \"{{number .Count}} {{text .T}}\"\n")
	code, samples, err := generate(files, []string{"t"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`func ABC(got chat.Quote, left chat.Number) chat.Text {
	return chat.Text{ID: "a.b_c", Args: map[string]any{"Got": got, "Left": left}}`,
		`func M(count chat.Number, t chat.Text) chat.Text {
	return chat.Text{ID: "m", Args: map[string]any{"Count": count, "T": t}, Count: count.Value}`,
		`func TName(key string, z chat.Text) chat.Text {
	return chat.Text{ID: "t." + key + ".name", Args: map[string]any{"Z": z}}`,
		`func TKnown(key string) bool {`,
		"//	kk: {{quote .Got}} {{number .Left}}",
		`{"a.b_c", [...]forms{{other: "{{quote .Got}} {{number .Left}}"}`,
	} {
		if !bytes.Contains(code, []byte(want)) {
			t.Errorf("no %q in\n%s", want, code)
		}
	}
	for _, want := range []string{"ABC(sampleQuote, sampleNumber)", "M(sampleCount, sampleText)", `TName("x.y", sampleText)`, `TName("z", sampleText)`} {
		if !bytes.Contains(samples, []byte(want)) {
			t.Errorf("no %q in\n%s", want, samples)
		}
	}
}

// The generated files of the repository are those of its language files.
func TestRepositoryIsGenerated(t *testing.T) {
	const locales = "../../locales"
	line, err := os.ReadFile(filepath.Join(locales, "generate.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, tables, ok := strings.Cut(strings.TrimSpace(string(line)), "-tables ")
	if !ok {
		t.Fatalf("no list of tables in %s", line)
	}
	dir := t.TempDir()
	for _, lang := range langs {
		data, err := os.ReadFile(filepath.Join(locales, lang+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, lang+".toml"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(dir, splitList(tables)); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"messages_gen.go", "samples_gen_test.go"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(locales, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what go generate makes of the language files", name)
		}
	}
}
