package emulator

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestChecklistHTMLParser(t *testing.T) {
	e := func(kind string, offset, length int) Entity {
		return Entity{Type: kind, Offset: offset, Length: length}
	}
	for in, want := range map[string]struct {
		text string
		ents []Entity
	}{
		"":                                     {"", nil},
		"мақта":                                {"мақта", nil},
		"1 &lt; 2 &amp;&amp; &quot;&gt;&quot;": {`1 < 2 && ">"`, nil},
		"&nbsp;&hellip; & &;":                  {"&nbsp;&hellip; & &;", nil},
		"&#1178;&#x4B1;&#x1F9F5;":              {"Құ🧵", nil},
		"&#0;&#99999999;&#x;":                  {"&#0;&#99999999;&#x;", nil},
		"&lt2":                                 {"<2", nil},
		"🧵 <b>мақта</b>":                       {"🧵 мақта", []Entity{e("bold", 3, 5)}},
		"<B>x</b><STRONG>y</STRONG>":           {"xy", []Entity{e("bold", 0, 1), e("bold", 1, 1)}},
		"<b><i>x</i>y</b>":                     {"xy", []Entity{e("bold", 0, 2), e("italic", 0, 1)}},
		"<i>x</>":                              {"x", []Entity{e("italic", 0, 1)}},
		"<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>": {"abcde", []Entity{
			e("underline", 0, 1), e("underline", 1, 1), e("strikethrough", 2, 1), e("strikethrough", 3, 1), e("strikethrough", 4, 1),
		}},
		"<b></b>x":                                                 {"x", nil},
		`<span class="tg-spoiler">x</span>`:                        {"x", []Entity{e("spoiler", 0, 1)}},
		"<tg-spoiler>x</tg-spoiler>":                               {"x", []Entity{e("spoiler", 0, 1)}},
		"<blockquote>x</blockquote>":                               {"x", []Entity{e("blockquote", 0, 1)}},
		"<blockquote expandable>x</blockquote>":                    {"x", []Entity{e("expandable_blockquote", 0, 1)}},
		`<a href="https://stat.gov.kz/?a=1&amp;b=2">x</a>`:         {"x", []Entity{{Type: "text_link", Length: 1, URL: "https://stat.gov.kz/?a=1&b=2"}}},
		"<a href=stat.gov.kz>x</a>":                                {"x", []Entity{{Type: "text_link", Length: 1, URL: "http://stat.gov.kz/"}}},
		"<a>stat.gov.kz</a>":                                       {"stat.gov.kz", []Entity{{Type: "text_link", Length: 11, URL: "http://stat.gov.kz/"}}},
		`<a href="nowhere">x</a>`:                                  {"x", nil},
		`<a href="javascript:alert(1)">x</a>`:                      {"x", nil},
		"<pre>x</pre>":                                             {"x", []Entity{e("pre", 0, 1)}},
		`<pre><code class="language-go">x</code></pre>`:            {"x", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		`<code class="language-go"><pre>x</pre></code>`:            {"x", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		"<code>a<b>b</b></code>":                                   {"ab", []Entity{e("code", 0, 2)}},
		"<b ignored other='1'>x</b>":                               {"x", []Entity{e("bold", 0, 1)}},
		`<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>`:    {"👍", []Entity{{Type: "custom_emoji", Length: 2, Emoji: "5368324170671202286"}}},
		`<tg-time unix="1772442000" format="d">2 наурыз</tg-time>`: {"2 наурыз", []Entity{{Type: "date_time", Length: 8, Unix: 1772442000, Format: "d"}}},
	} {
		text, ents, err := ParseHTML(in)
		if err != nil || text != want.text || !reflect.DeepEqual(ents, want.ents) {
			t.Errorf("%s\n got %q %+v %v\nwant %q %+v", in, text, ents, err, want.text, want.ents)
		}
	}
}

func TestChecklistHTMLParserErrors(t *testing.T) {
	for in, want := range map[string]string{
		"бір <br>":                            `Unsupported start tag "br" at byte offset 7`,
		"бір <h1>x</h1>":                      `Unsupported start tag "h1" at byte offset 7`,
		"2 < 3":                               `Unsupported start tag "" at byte offset 2`,
		"2 <3":                                "Unclosed start tag at byte offset 2",
		"<b":                                  "Unclosed start tag at byte offset 0",
		"<b>x":                                `Can't find end tag corresponding to start tag "b"`,
		"<b><i>x</b></i>":                     `Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
		"x</b>":                               "Unexpected end tag at byte offset 1",
		"<b>x</b":                             "Unclosed end tag at byte offset 4",
		"<b>x</":                              "Unclosed end tag at byte offset 4",
		"<br/>":                               `Unsupported start tag "br/" at byte offset 0`,
		"<a href":                             `Unclosed start tag "a" at byte offset 0`,
		"<a href=":                            `Unclosed start tag "a" at byte offset 0`,
		`<a href="x`:                          "Unclosed start tag at byte offset 0",
		`<a href="x"`:                         "Unclosed start tag at byte offset 0",
		"<a href=a/b>x</a>":                   "Unexpected end of name token at byte offset 8",
		"<a =x>y</a>":                         `Empty attribute name in the tag "a" at byte offset 0`,
		"<span>x</span>":                      `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		`<tg-emoji emoji-id="x">👍</tg-emoji>`: "Invalid custom emoji identifier specified",
		`<tg-time unix="soon">x</tg-time>`:    "Invalid date specified",
		"<!-- x -->":                          `Unsupported start tag "!--" at byte offset 0`,
	} {
		if _, _, err := ParseHTML(in); err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", in, err, want)
		}
	}
	if _, _, err := ParseHTML("&#xD83E;"); err == nil || !strings.Contains(err.Error(), "surrogate") {
		t.Errorf("half a surrogate pair: %v", err)
	}
}

func TestTextIsTrimmed(t *testing.T) {
	s, _ := newServer(t, Options{})
	for in, want := range map[string]string{
		"  \n x \n ": "x", "<b> x </b> ": "<b> x</b>", "  <b>x</b>": "<b>x</b>", "a\r\nb\x01c": "a\nb c", "x<i> </i>": "x",
	} {
		got, e := s.readMessageText(in, "HTML", nil)
		if e != nil || got.html() != want {
			t.Errorf("%q became %q (%v), want %q", in, got.html(), e, want)
		}
	}
}

// FuzzHTML checks what must hold of any input: entities lie inside the text, and
// what the emulator prints reads back as the same.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<b>мақта</b> &amp; 🧵", "<a href='x.kz?&lt;'>x</a>", "<pre><code class=\"language-go\">x</code></pre>",
		"<blockquote expandable>a<tg-spoiler>b</tg-spoiler></blockquote>", "<b><i>x</b></i>", "&#xD83E;&#129525;",
		"<tg-time unix=1 format=d>x</tg-time><u>y<s>z</s></u>", "<code>a<b>b</b></code><b>c<code>d</code></b>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		text, ents, err := ParseHTML(in)
		if err != nil {
			if text != "" || ents != nil {
				t.Fatal("a refusal with a result")
			}
			return
		}
		if !utf8.ValidString(text) {
			t.Fatalf("%q became invalid UTF-8", in)
		}
		size := utf16Len(text)
		for _, e := range ents {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > size {
				t.Fatalf("%q: entity %+v outside %d units", in, e, size)
			}
		}
		printed := styled{text, ents}.html()
		again, ents2, err := ParseHTML(printed)
		if err != nil || again != text {
			t.Fatalf("%q printed as %q reads as %q, %v", in, printed, again, err)
		}
		if second := (styled{again, ents2}).html(); second != printed {
			t.Fatalf("%q printed as %q, then as %q", in, printed, second)
		}
	})
}
