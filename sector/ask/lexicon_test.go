package ask

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/BurntSushi/toml"

	"maqta/sector/facts"
)

func testLexicon(t testing.TB) *lexicon {
	t.Helper()
	book, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	x, err := newLexicon(book.Regions())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// entriesOf returns the entries of a lexicon file by concept, in order.
func entriesOf(t testing.TB, lang string) map[string][]string {
	t.Helper()
	var v vocabulary
	if _, err := toml.DecodeFS(lexiconFiles, "lexicon/"+lang+".toml", &v); err != nil {
		t.Fatal(err)
	}
	return v.Words
}

// TestOneWordOneConcept refuses a word that stands under two concepts of one
// language: which one it means would be left to chance.
func TestOneWordOneConcept(t *testing.T) {
	for _, l := range lexiconLanguages {
		seen := map[string]string{}
		for concept, words := range entriesOf(t, l.name) {
			for _, w := range words {
				plain := strings.TrimPrefix(w, "=")
				if other, ok := seen[plain]; ok && other != concept {
					t.Errorf("%s: %q is %s and %s", l.name, plain, other, concept)
				}
				seen[plain] = concept
			}
		}
	}
}

// TestEveryLanguageHasEveryConcept shows which concept a translator still owes.
func TestEveryLanguageHasEveryConcept(t *testing.T) {
	// Made by code, or peculiar to one language.
	own := map[string]bool{
		"none": true, "place": true, "dated": true, "crop": true, "grown": true, "the_industry": true, "occupied": true, "this": true,
		"abroad": false, "unknown": true, "light": false,
	}
	kk, ru, en := entriesOf(t, "kk"), entriesOf(t, "ru"), entriesOf(t, "en")
	for _, name := range conceptNames {
		if own[name] {
			continue
		}
		for lang, words := range map[string]map[string][]string{"kk": kk, "ru": ru, "en": en} {
			if len(words[name]) == 0 {
				t.Errorf("%s has no word for %s", lang, name)
			}
		}
	}
}

// TestKnownWordsAreNeverCorrected reads every single word of the lexicons as it
// stands: none is taken for a slip of another, however near the two are.
func TestKnownWordsAreNeverCorrected(t *testing.T) {
	x := testLexicon(t)
	words, pairs := 0, 0
	for _, l := range lexiconLanguages {
		for name, entries := range entriesOf(t, l.name) {
			for _, entry := range entries {
				plain := strings.TrimSuffix(strings.TrimPrefix(entry, "="), "-")
				var toks []token
				for _, tok := range tokens(nil, clean(plain)) {
					if tok.script != mark {
						toks = append(toks, tok)
					}
				}
				if len(toks) != 1 || toks[0].script == digits {
					continue
				}
				words++
				var a analysis
				x.analyse(toks[0], &a)
				meant := slices.ContainsFunc(a.lexemes(), func(id int32) bool {
					return conceptNames[x.lexemes[id].concept] == name && x.lexemes[id].lang == l.lang
				})
				if !meant {
					t.Errorf("%s: %q does not mean %s", l.name, entry, name)
				}
				if it := x.itemOf(toks[0], &a, l.lang); conceptNames[it.concept] != name && it.place == 0 {
					t.Errorf("%s: %q is read as %s, it stands under %s", l.name, entry, conceptNames[it.concept], name)
				}
				x.index(l.lang).near.near(skeletonOf(nil, toks[0].text, toks[0].script, false), func(w *nearWord, d int) {
					if d > 0 && !x.alike(w.ids[0], a.ids[0]) {
						pairs++
					}
				})
			}
		}
	}
	if words < 4000 || pairs == 0 {
		t.Errorf("%d words and %d pairs that are near and mean two things were looked at", words, pairs)
	}
}

// TestNearWordsLeadNowhere types a word that is equally near to two known ones
// that mean different things: it must mean neither.
func TestNearWordsLeadNowhere(t *testing.T) {
	files := fstest.MapFS{
		"lexicon/kk.toml":     {Data: []byte("[words]\n")},
		"lexicon/ru.toml":     {Data: []byte("[words]\n")},
		"lexicon/en.toml":     {Data: []byte("[words]\nyarn = [\"carding\"]\nfabric = [\"cording\"]\ncotton = [\"plantix\"]\n")},
		"lexicon/real/kk.txt": {}, "lexicon/real/ru.txt": {}, "lexicon/real/en.txt": {Data: []byte("plantex\n")},
	}
	x, err := readLexicon(files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"carding": "yarn", "cording": "fabric", "cerding": "", "carrding": "yarn", "plantix": "cotton", "plantxi": "cotton",
		"plantex": "", "plant": "", "xplantix": "",
	} {
		var a analysis
		tok := word(typed)
		x.analyse(tok, &a)
		if a.n == 0 {
			x.findNear(tok, 0, &a)
		}
		got := ""
		if a.n > 0 {
			got = conceptNames[x.lexemes[a.ids[0]].concept]
		}
		if got != want {
			t.Errorf("%q means %q, want %q", typed, got, want)
		}
	}
}

func TestBadLexicons(t *testing.T) {
	good := fstest.MapFS{
		"lexicon/kk.toml": {Data: []byte("[words]\n")}, "lexicon/ru.toml": {Data: []byte("[words]\n")}, "lexicon/en.toml": {Data: []byte("[words]\n")},
		"lexicon/real/kk.txt": {}, "lexicon/real/ru.txt": {}, "lexicon/real/en.txt": {},
	}
	if _, err := readLexicon(good, nil); err != nil {
		t.Errorf("empty lexicons: %v", err)
	}
	for name, content := range map[string]string{
		"unknown concept": "[words]\nsheep = [\"wool\"]\n",
		"no word":         "[words]\ncotton = [\"?\"]\n",
		"no TOML":         "[words\n",
	} {
		bad := fstest.MapFS{}
		for file, f := range good {
			bad[file] = f
		}
		bad["lexicon/ru.toml"] = &fstest.MapFile{Data: []byte(content)}
		if _, err := readLexicon(bad, nil); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// TestFold spells words in the ways in which they are typed: all have one skeleton.
func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"мақта", "макта", "maqta", "makta", "мақтта", "Мақта", "maqtа"},
		{"жеңіл", "женил", "jenil", "zhenil", "jeńil", "zheñıl"},
		{"өндіріс", "ондирис", "ondiris", "óndiris", "öndiris"},
		{"шитті", "шитти", "shitti", "witti"},
		{"түркістан", "туркистан", "turkistan", "túrkistan", "Türkistan"},
		{"хлопка", "hlopka", "khlopka", "xlopka"},
		{"сколько", "skolko", "skol'ko"},
		{"пряжи", "pryazhi", "priazhi"},
		{"предприятий", "predpriyatiy"},
		{"тонна", "тона", "tonna"},
		{"лёгкая", "легкая", "legkaya"},
	} {
		want := ""
		for i, w := range same {
			tok := word(w)
			got := string(skeletonOf(nil, tok.text, tok.script, false))
			if i == 0 {
				want = got
			}
			if got != want {
				t.Errorf("%q has the skeleton %q, %q has %q", same[0], want, w, got)
			}
		}
	}
	for _, apart := range [][2]string{{"киім", "кім"}, {"мата", "мақта"}, {"сала", "сан"}, {"тоқыма", "тоқсан"}, {"Жетісай", "Жетісу"}} {
		a, b := word(apart[0]), word(apart[1])
		if string(skeletonOf(nil, a.text, a.script, false)) == string(skeletonOf(nil, b.text, b.script, false)) {
			t.Errorf("%s and %s have one skeleton", apart[0], apart[1])
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"harvest", "harvest", 0},
		{"harvset", "harvest", 1},
		{"harvst", "harvest", 1},
		{"harrvest", "harvest", 1},
		{"hervest", "harvest", 1},
		{"cottn", "cotton", 1},
		{"enterpirses", "enterprises", 1},
		{"entrprses", "enterprises", 2},
		{"yarn", "barn", 1},
		{"abc", "xyz", 3},
	} {
		if got := distance([]byte(c.a), c.b, 3); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
		if got := distance([]byte(c.b), c.a, 3); got != c.want {
			t.Errorf("distance(%q, %q) = %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

func TestLayouts(t *testing.T) {
	slips := layouts()
	for _, c := range []struct {
		layout        int
		typed, wanted string
	}{
		{0, "ehj;fq [kjgrf", "урожай хлопка"},
		{1, "vf0nf nfkis5s 2025", "мақта талшығы 2025"},
		{2, "афикшс зкщвгсешщт", "fabric production"},
		{4, "0анша мақта 2025", "қанша мақта 2025"},
	} {
		if got := slips[c.layout].retype(c.typed); got != c.wanted {
			t.Errorf("%q becomes %q, want %q", c.typed, got, c.wanted)
		}
	}
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"мақта-мата":            "мақта мата",
		"волокна-то":            "волокна то",
		"в 12-м":                "в 12|м",
		"2021-де":               "2021|де",
		"in '19":                "in 19|'",
		"260 000 тонн":          "260000 тонн",
		"2012 100":              "2012 100",
		"13,2%-ға":              "13.2 %",
		"х/б ткань":             "х б ткань",
		"2004–2016":             "2004 - 2016",
		"<b>мата</b> &amp; жіп": "мата , жіп",
		"Cтатистика":            "статистика",
		"60млн":                 "60 млн",
		"5,200":                 "5200",
		"ти\u0306":              "тй",
	} {
		var got []string
		for _, tok := range tokens(nil, clean(text)) {
			s := tok.text
			if tok.script == digits {
				s = plainNumber(s)
			}
			if tok.suffix != "" {
				s += "|" + tok.suffix
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is parted %q, want %q", text, got, want)
		}
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"мақта қанша?", "vf0nf nfkis5s", "<i>x</i> {{y}} ${z}", "13,2%-ға", "\xff\u0301", "12-м 2021-де '19"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		toks := tokens(nil, clean(text))
		if len(toks) > maxTokens {
			t.Fatalf("%d tokens", len(toks))
		}
		for _, tok := range toks {
			if tok.text == "" {
				t.Fatalf("%q has an empty token", text)
			}
			if tok.script == cyrillic || tok.script == latin {
				for _, c := range skeletonOf(nil, tok.text, tok.script, false) {
					if c < 'a' || c > 'z' {
						t.Fatalf("%q: the skeleton of %q has a %q", text, tok.text, c)
					}
				}
			}
		}
	})
}
