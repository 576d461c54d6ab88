package eval

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
)

// Twins compares one answer in three languages. They are twins when the same
// figures, with the same unit and the same years beside them, and the same years,
// days and months are read back from each. The error names the first difference.
func Twins(kk, ru, en string) error {
	first := twinParts(kk)
	for _, other := range []struct{ lang, text string }{{"ru", ru}, {"en", en}} {
		second := twinParts(other.text)
		for _, part := range first {
			if !among(part, second...) {
				return fmt.Errorf("compare twins: kk has %s, %s has %s", part, other.lang, strings.Join(second, "; "))
			}
		}
		for _, part := range second {
			if !among(part, first...) {
				return fmt.Errorf("compare twins: %s has %s, kk has %s", other.lang, part, strings.Join(first, "; "))
			}
		}
	}
	return nil
}

// twinParts lists what is read back from a text, in one writing for all languages.
func twinParts(text string) []string {
	r := read(text)
	set := make(map[string]bool)
	for i := range r.figures {
		f := &r.figures[i]
		in := f.in
		if in.counts() && in != pairs && in != people {
			in = counted // дана and "finished textile items" are one thing
		}
		if in == people || in == pairs {
			in = counted // a noun may be left out where it is said before
		}
		bound := ""
		switch {
		case f.lower && f.claims:
			bound = ">"
		case f.upper && f.claims:
			bound = "<"
		case f.approx:
			bound = "~"
		}
		years, _ := r.yearsIn(r.sentences[f.sentence])
		set[fmt.Sprintf("%s%.10g %s %s of %v", bound, f.value, in, f.role, unique(years))] = true
	}
	for _, y := range r.years {
		set[fmt.Sprintf("year %d", y.year)] = true
	}
	for _, m := range r.months() {
		set["month "+m] = true
	}
	parts := make([]string, 0, len(set))
	for part := range set {
		parts = append(parts, part)
	}
	sort.Strings(parts)
	return parts
}

func unique(years []int) []int {
	sort.Ints(years)
	var kept []int
	for i, y := range years {
		if i == 0 || y != years[i-1] {
			kept = append(kept, y)
		}
	}
	return kept
}

// months lists the months that the text names beside a day or a year, or joined
// with another month: "may" and маусым are other words elsewhere.
func (r *reading) months() []string {
	var found []string
	for lang, names := range map[string][]string{"kk": strings.Split(kkMonths, "|"), "ru": strings.Split(ruMonths, "|"), "en": strings.Split(enMonths, "|")} {
		if lang != r.language() {
			continue
		}
		for i, name := range names {
			month := i + 1
			if lang == "ru" && i >= 5 {
				month = i // Russian lists May twice
			}
			for from := 0; ; {
				at := strings.Index(r.text[from:], name)
				if at < 0 {
					break
				}
				at += from
				from = at + len(name)
				if day, ok := r.dated(at, from); ok {
					found = append(found, fmt.Sprintf("%d%s", month, day))
				}
			}
		}
	}
	return found
}

// dated reports whether the month word between the two places belongs to a date or
// a run of months, and gives the day.
func (r *reading) dated(at, end int) (day string, ok bool) {
	before := strings.TrimRight(r.text[:at], " -")
	rest := strings.TrimLeftFunc(r.text[end:], unicode.IsLetter) // without the ending
	after := strings.TrimLeft(rest, " ,-")
	n := 0
	for n < 2 && n < len(before) && digit(before[len(before)-1-n]) {
		n++
	}
	if n > 0 && (n == len(before) || !digit(before[len(before)-1-n])) {
		return " day " + strings.TrimLeft(before[len(before)-n:], "0"), true
	}
	beside := len(after) >= 4 && digits(after) == 4 || endsInYear(before) || strings.HasPrefix(rest, "-") || strings.HasSuffix(r.text[:at], "-")
	word, _ := nextWord(" " + after)
	joined := among(word, "to", "through", "по", "until") || strings.HasSuffix(before, " to") || strings.HasSuffix(before, " through") || strings.HasSuffix(before, " по") || strings.HasSuffix(before, " from")
	return "", beside || joined
}

func endsInYear(s string) bool {
	for _, word := range []string{"жылғы", "жылдың", "жылы", "ж."} {
		if t, ok := strings.CutSuffix(s, " "+word); ok {
			return len(t) >= 4 && digits(t[len(t)-4:]) == 4
		}
	}
	return len(s) >= 4 && digits(s[len(s)-4:]) == 4
}
