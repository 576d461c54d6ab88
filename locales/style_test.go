package locales

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"maqta/bot/chat"
)

// eachText visits every form of every text.
func eachText(visit func(lang chat.Lang, id, text string)) {
	for _, e := range texts() {
		for i, lang := range chat.Langs() {
			f := e.texts[i]
			for _, text := range []string{f.one, f.few, f.many, f.other} {
				if text != "" {
					visit(lang, e.id, text)
				}
			}
		}
	}
}

// glued is a letter, or a hyphen and letters, directly behind a slot: a suffix
// hung on an argument would be wrong for half of the arguments.
var glued = regexp.MustCompile(`\}\}(-?[\p{L}]+)`)

func TestNoSuffixIsHungOnASlot(t *testing.T) {
	words := map[string]bool{
		"-орын":    true, // a word of its own behind a hyphen: 1-орын
		"-орыннан": true,
		"-е":       true, // "-е место" is the ending of every ordinal
	}
	eachText(func(lang chat.Lang, id, text string) {
		for _, m := range glued.FindAllStringSubmatch(text, -1) {
			if !words[m[1]] {
				t.Errorf("%s in %s: %q hangs on a slot", id, lang, m[1])
			}
		}
	})
}

var percent = regexp.MustCompile(`\}\}([^%\pL}]?)%`)

// Kazakh and English write 13.2%, Russian sets a no-break blank before the sign.
func TestPercentSigns(t *testing.T) {
	want := map[chat.Lang]string{chat.Kazakh: "", chat.Russian: noBreakSpace, chat.English: ""}
	eachText(func(lang chat.Lang, id, text string) {
		for _, m := range percent.FindAllStringSubmatch(text, -1) {
			if m[1] != want[lang] {
				t.Errorf("%s in %s: %q before the sign of %q", id, lang, m[1], text)
			}
		}
	})
}

// The Kazakh style sheet: what is not said, and how it is spelt.
func TestKazakhAvoidsCalques(t *testing.T) {
	calques := []string{
		"қате орын", "келесі деректер", "қорытындысында", "берілген уақытта", "растауды жасау", "өтініш, ", "болып табылады",
		"рахмет", "ия,", "мүмкін емес", "тыйым салынған", "қате жаздыңыз",
	}
	eachText(func(lang chat.Lang, id, text string) {
		if lang != chat.Kazakh {
			return
		}
		for _, calque := range calques {
			if strings.Contains(strings.ToLower(text), calque) {
				t.Errorf("%s: %q in %q", id, calque, text)
			}
		}
		if strings.Contains(text, `"`) && !strings.Contains(text, `href="`) {
			t.Errorf("%s: quotation marks are «»: %q", id, text)
		}
	})
}

// A letter of another script that looks the same breaks search and speech.
func TestScriptsAreNotMixedInAWord(t *testing.T) {
	eachText(func(lang chat.Lang, id, text string) {
		bare := slotPattern.ReplaceAllString(tagPattern.ReplaceAllString(text, " "), " ")
		for _, word := range strings.FieldsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) }) {
			var latin, cyrillic bool
			for _, r := range word {
				latin = latin || unicode.Is(unicode.Latin, r)
				cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
			}
			if latin && cyrillic {
				t.Errorf("%s in %s: %q mixes scripts", id, lang, word)
			}
		}
	})
}

// A text of one language does not end like a sentence where another does not.
func TestEndsAgree(t *testing.T) {
	end := func(s string) bool {
		return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!")
	}
	for _, e := range texts() {
		if strings.HasPrefix(e.id, "subject.") && strings.HasSuffix(e.id, ".label") {
			continue // a noun in one language, a short question in another
		}
		kk := end(strings.TrimSuffix(e.texts[0].other, " г."))
		for i, lang := range chat.Langs() {
			s := e.texts[i].other
			if strings.HasSuffix(s, " г.") {
				continue // an abbreviation
			}
			if end(s) != kk {
				t.Errorf("%s: %q in %s, %q in Kazakh", e.id, s, lang, e.texts[0].other)
			}
		}
	}
}

// Labels of buttons fit a phone: about twenty characters.
func TestButtonsAreShort(t *testing.T) {
	const most = 24
	eachText(func(lang chat.Lang, id, text string) {
		section, name, _ := strings.Cut(id, ".")
		label := section == "button" && name != "old" && name != "closed" || section == "topic" || strings.HasSuffix(id, ".label") && section == "subject"
		if label && len([]rune(text)) > most {
			t.Errorf("%s in %s has %d characters: %q", id, lang, len([]rune(text)), text)
		}
		if label && strings.HasSuffix(text, ".") && section == "button" {
			t.Errorf("%s in %s ends with a full stop", id, lang)
		}
	})
}

// Telegram's limits for a bot's profile.
func TestProfileFitsTelegram(t *testing.T) {
	limits := map[string]int{"bot.name": 64, "bot.short": 120, "bot.description": 512}
	eachText(func(lang chat.Lang, id, text string) {
		limit, ok := limits[id]
		if strings.HasPrefix(id, "command.") {
			limit, ok = 256, true
		}
		if ok && Units(text) > limit {
			t.Errorf("%s in %s has %d units, limit %d", id, lang, Units(text), limit)
		}
	})
}
