package bot

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"maqta/bot/chat"
)

func TestPlainText(t *testing.T) {
	for markup, want := range map[string]string{
		"":                    "",
		"plain":               "plain",
		"<b>a</b> &amp; b":    "a & b",
		"&lt;b&gt;":           "<b>",
		`<a href="x">y</a>`:   "y",
		"466&#160;000":        "466\u00a0000",
		"cut <b":              "cut ",
		"&laquo;мақта&raquo;": "«мақта»",
	} {
		if got := plainText(markup); got != want {
			t.Errorf("plainText(%q) = %q, want %q", markup, got, want)
		}
	}
}

func TestNoticeIsShortened(t *testing.T) {
	for name, text := range map[string]string{
		"short": strings.Repeat("ы", 200), "long": strings.Repeat("ы", 201), "emoji": strings.Repeat("🙏", 150),
	} {
		m := chat.Message{Act: chat.Answer, Query: "1", HTML: text, Alert: true}
		c, err := encode(&m, form{})
		if err != nil {
			t.Fatal(err)
		}
		got := c.params["text"]
		if units(got) > maxNotice || !utf8.ValidString(got) || c.params["show_alert"] != "true" {
			t.Errorf("%s: %d units, params %v", name, units(got), c.params)
		}
		if units(text) <= maxNotice && got != text || units(text) > maxNotice && !strings.HasSuffix(got, "…") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Buttons that an old server does not know are left out of the simple form.
func TestSimpleKeyboard(t *testing.T) {
	inline := ""
	m := chat.Message{Act: chat.Send, To: 1, HTML: "x", Rows: [][]chat.Button{
		{{Text: "a", Data: "a"}, {Text: "b", Copy: "b"}}, {{Text: "c", Inline: &inline}}, {{Text: "d", URL: "https://example.kz"}},
	}}
	full, err := encode(&m, form{})
	if err != nil {
		t.Fatal(err)
	}
	simple, err := encode(&m, form{simple: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"inline_keyboard":[[{"text":"a","callback_data":"a"},{"text":"b","copy_text":{"text":"b"}}],[{"text":"c","switch_inline_query":""}],[{"text":"d","url":"https://example.kz"}]]}`; full.params["reply_markup"] != want {
		t.Errorf("full keyboard %s", full.params["reply_markup"])
	}
	if want := `{"inline_keyboard":[[{"text":"a","callback_data":"a"}],[{"text":"d","url":"https://example.kz"}]]}`; simple.params["reply_markup"] != want {
		t.Errorf("simple keyboard %s", simple.params["reply_markup"])
	}
}

// FuzzButton: any callback data either leaves whole and within the limit, or
// the message is refused before it reaches the wire.
func FuzzButton(f *testing.F) {
	f.Add("q:yarn", "Жіп", "116 100")
	f.Add(strings.Repeat("ы", 33), "x", "")
	f.Add("\xff\xfe", "\x00", "\"<&>")
	f.Fuzz(func(t *testing.T, data, label, copied string) {
		m := chat.Message{Act: chat.Send, To: 1, HTML: "x", Rows: [][]chat.Button{{{Text: label, Data: data}, {Text: label, Copy: copied}}}}
		c, err := encode(&m, form{})
		if err != nil {
			return
		}
		var k wireKeyboard
		if err := json.Unmarshal([]byte(c.params["reply_markup"]), &k); err != nil {
			t.Fatalf("keyboard %q: %v", c.params["reply_markup"], err)
		}
		got := k.Rows[0][0].Data
		if len(got) > maxButtonData {
			t.Errorf("%d bytes of data", len(got))
		}
		if utf8.ValidString(data) && got != data {
			t.Errorf("data %q became %q", data, got)
		}
	})
}

// FuzzPlainText: no markup survives, nothing panics, and plain words stay.
func FuzzPlainText(f *testing.F) {
	f.Add("<b>a</b> &amp; b")
	f.Add("< <b & &#x; &lt")
	f.Fuzz(func(t *testing.T, markup string) {
		got := plainText(markup)
		if !strings.ContainsAny(markup, "<&") && got != markup {
			t.Errorf("plainText(%q) = %q", markup, got)
		}
		if !strings.Contains(markup, "&") && strings.Contains(got, "<") {
			t.Errorf("plainText(%q) = %q", markup, got)
		}
	})
}
