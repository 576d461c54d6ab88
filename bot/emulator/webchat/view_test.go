package webchat

import (
	"testing"

	"maqta/bot/emulator"
)

func TestLanguageOf(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"466 000":                        "",
		"How much cotton was harvested?": "en",
		"2025 жылы қанша мақта жиналды?":                                "kk",
		"Сколько хлопка собрали в 2025 году?":                           "ru",
		"Предприниматель Ерұлан из города Шымкента сдал отчёт за март.": "ru",
		"Бюро 465,9 мың тонна дейді":                                    "kk",
		"/start мақта":     "kk",
		"Қазақша":          "kk",
		"English, Русский": "ru",
	} {
		if got := languageOf(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestSince(t *testing.T) {
	all := []emulator.Notice{{QueryID: "1"}, {QueryID: "2"}, {QueryID: "3"}}
	for id, want := range map[string]int{"": 3, "1": 2, "3": 0, "0": 3} {
		if got := since(all, id); len(got) != want {
			t.Errorf("after %q there are %d, want %d", id, len(got), want)
		}
	}
	if got := since(nil, last(nil)); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
