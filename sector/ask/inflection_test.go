package ask_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"maqta/sector/ask"
)

// topicsOf returns what a question of one word was understood to ask.
func topicsOf(a *ask.Asker, text string, lang ask.Lang) string {
	q := a.Ask(ask.Question{Text: text, Lang: lang, Today: today}).Query
	return q.Key()
}

// forms checks that every form of a word gives the answer of its base form, but
// for a share that the goal allows to be refused; another figure is never given.
func checkForms(t *testing.T, a *ask.Asker, lang ask.Lang, base string, forms []string, frame func(string) string) (right int) {
	t.Helper()
	want := topicsOf(a, frame(base), lang)
	if want == "" || strings.Contains(want, "no_") {
		t.Errorf("%q is not understood even in its base form: %q", frame(base), want)
	}
	for _, form := range forms {
		answer := a.Ask(ask.Question{Text: frame(form), Lang: lang, Today: today})
		_, refused := gist(answer)
		switch got := answer.Query.Key(); {
		case got == want:
			right++
		case refused:
			t.Logf("%q is refused: %q, want %q", frame(form), got, want)
		default:
			t.Errorf("%q asks %q, its base form %q asks %q", frame(form), got, frame(base), want)
		}
	}
	return right
}

func TestRussianInflection(t *testing.T) {
	a, _ := newAsker(t)
	content, err := os.ReadFile("testdata/inflections.ru.txt")
	if err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for line := range strings.Lines(string(content)) {
		base, forms, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || line[0] == '#' {
			continue
		}
		list := strings.Fields(forms)
		right += checkForms(t, a, ask.Russian, base, list, func(s string) string { return s + "?" })
		all += len(list)
	}
	goal(t, right, all)
}

// goal is the share of forms that must give the answer of the base form.
func goal(t *testing.T, right, all int) {
	t.Helper()
	t.Logf("%d of %d forms", right, all)
	if all < 100 || right*100 < all*98 {
		t.Errorf("%d of %d forms give the answer of the base form, want 98 of 100", right, all)
	}
}

// TestKazakhInflection builds the forms of nouns by the rules of grammar books,
// apart from the code under test, which takes endings off and does not know
// vowel harmony at all.
func TestKazakhInflection(t *testing.T) {
	a, _ := newAsker(t)
	homographs := map[string]bool{"терім": true, "терімнің": true, "терімнен": true} // "my hide", and "the picking" of cotton
	right, all := 0, 0
	for _, noun := range []struct{ base, before string }{
		{"мақта", ""},
		{"талшық", ""},
		{"иірімжіп", ""},
		{"мата", ""},
		{"киім", ""},
		{"тоқыма", ""},
		{"былғары", ""},
		{"кәсіпорын", ""},
		{"өсім", ""},
		{"құрылым", ""},
		{"өнеркәсіп", "жеңіл "},
		{"киім", "аяқ "},
		{"бұйым", "дайын тоқыма "},
		{"бизнес", "шағын "},
		{"талшық", "мақта "},
		{"алқап", "мақта "},
		{"өндіріс", ""},
		{"өнімділік", ""},
		{"рекорд", ""},
		{"зауыт", "мақта "},
		{"бағам", ""},
		{"жоба", ""},
		{"жұмыскер", ""},
		{"тері", ""},
	} {
		forms := slices.DeleteFunc(kazakhForms(noun.base), func(form string) bool { return homographs[form] })
		right += checkForms(t, a, ask.Kazakh, noun.base, forms, func(s string) string { return noun.before + s + " қанша?" })
		all += len(forms)
	}
	goal(t, right, all)
}

// TestKazakhWithoutItsLetters types the same forms on a Russian keyboard.
func TestKazakhWithoutItsLetters(t *testing.T) {
	a, _ := newAsker(t)
	fold := strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "һ", "х", "і", "и")
	right, all := 0, 0
	for _, base := range []string{"мақта", "талшық", "иірімжіп", "мата", "тоқыма", "былғары", "кәсіпорын"} {
		forms := kazakhForms(base)
		for i := range forms {
			forms[i] = fold.Replace(forms[i])
		}
		right += checkForms(t, a, ask.Kazakh, base, forms, func(s string) string { return s + " канша?" })
		all += len(forms)
	}
	goal(t, right, all)
}

const (
	kkVowels    = "аәеиоөуұүыіэюя"
	kkFront     = "әеөүіэ"
	kkVoiceless = "пфкқтсшщчцхһ"
)

func kkLast(word string) rune { r := []rune(word); return r[len(r)-1] }

func kkIsFront(word string) bool {
	r := []rune(word)
	for i := len(r) - 1; i >= 0; i-- {
		switch {
		case strings.ContainsRune(kkFront, r[i]):
			return true
		case strings.ContainsRune("аоұыя", r[i]):
			return false
		}
	}
	return false
}

// harmony chooses the back or the front variant.
func harmony(word, back, front string) string {
	if kkIsFront(word) {
		return front
	}
	return back
}

// kazakhForms returns plural × possessive × case of a noun.
func kazakhForms(base string) []string {
	var out []string
	for _, number := range []string{base, kkPlural(base)} {
		for _, owner := range []string{"", "my", "your", "yours", "its", "our"} {
			stem := kkPossessive(number, owner)
			for _, c := range []string{"nominative", "genitive", "dative", "accusative", "locative", "ablative", "instrumental"} {
				out = append(out, kkCase(stem, owner, c))
			}
		}
	}
	return out
}

func kkPlural(word string) string {
	switch last := kkLast(word); {
	case strings.ContainsRune(kkVowels+"рй", last):
		return word + harmony(word, "лар", "лер")
	case strings.ContainsRune("лмнңзж", last):
		return word + harmony(word, "дар", "дер")
	}
	return word + harmony(word, "тар", "тер")
}

func kkPossessive(word, owner string) string {
	if owner == "" {
		return word
	}
	vowel := strings.ContainsRune("аәеиоөуұүыіэюя", kkLast(word))
	stem := word
	if !vowel {
		r := []rune(word)
		switch r[len(r)-1] {
		case 'қ':
			r[len(r)-1] = 'ғ'
		case 'к':
			r[len(r)-1] = 'г'
		case 'п':
			r[len(r)-1] = 'б'
		}
		stem = string(r)
		if word == "кәсіпорын" {
			stem = "кәсіпорн"
		}
	}
	i := harmony(word, "ы", "і")
	if vowel {
		i = ""
	}
	switch owner {
	case "my":
		return stem + i + "м"
	case "your":
		return stem + i + "ң"
	case "yours":
		return stem + i + harmony(word, "ңыз", "ңіз")
	case "our":
		return stem + i + harmony(word, "мыз", "міз")
	}
	if vowel {
		return stem + harmony(word, "сы", "сі")
	}
	return stem + harmony(word, "ы", "і")
}

func kkCase(word, owner, c string) string {
	last := kkLast(word)
	vowel := strings.ContainsRune(kkVowels, last)
	voiceless := strings.ContainsRune(kkVoiceless, last)
	nasal := strings.ContainsRune("мнң", last)
	third := owner == "its"
	h := func(back, front string) string { return word + harmony(word, back, front) }
	switch c {
	case "genitive":
		switch {
		case vowel || nasal:
			return h("ның", "нің")
		case voiceless:
			return h("тың", "тің")
		}
		return h("дың", "дің")
	case "dative":
		switch {
		case third:
			return h("на", "не")
		case owner == "my" || owner == "your":
			return h("а", "е")
		case voiceless:
			return h("қа", "ке")
		}
		return h("ға", "ге")
	case "accusative":
		switch {
		case third:
			return word + "н"
		case vowel:
			return h("ны", "ні")
		case voiceless:
			return h("ты", "ті")
		}
		return h("ды", "ді")
	case "locative":
		switch {
		case third:
			return h("нда", "нде")
		case voiceless:
			return h("та", "те")
		}
		return h("да", "де")
	case "ablative":
		switch {
		case third, nasal:
			return h("нан", "нен")
		case voiceless:
			return h("тан", "тен")
		}
		return h("дан", "ден")
	case "instrumental":
		switch {
		case strings.ContainsRune("зж", last):
			return word + "бен"
		case voiceless:
			return word + "пен"
		}
		return word + "мен"
	}
	return word
}
