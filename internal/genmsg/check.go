package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tags is the mark-up that a text may use: a part of what Telegram's HTML mode
// takes. https://core.telegram.org/bots/api#html-style
var tags = []string{"b", "i", "u", "s", "code", "pre", "blockquote", "a"}

var (
	tagPattern    = regexp.MustCompile(`<(/?)([a-z]+)((?: [a-z]+="[^"<>]*")?)>`)
	entityPattern = regexp.MustCompile(`&(lt|gt|amp|quot);`)
)

// checkText refuses a text that could not be shown as it stands.
func checkText(s string) error {
	bare := slotPattern.ReplaceAllStringFunc(s, func(m string) string {
		if _, ok := slotTypes[slotPattern.FindStringSubmatch(m)[1]]; ok {
			return "-"
		}
		return m
	})
	var faults []error
	switch {
	case s == "":
		faults = append(faults, errors.New("text is empty"))
	case strings.TrimSpace(s) != s:
		faults = append(faults, errors.New("text begins or ends with a blank"))
	case !norm.NFC.IsNormalString(s):
		faults = append(faults, errors.New("letters are not composed (NFC)"))
	}
	if strings.ContainsAny(bare, "{}") {
		faults = append(faults, fmt.Errorf("a slot is written {{function .Name}} with one of the known functions: %q", s))
	}
	for _, r := range bare {
		switch {
		case unicode.IsDigit(r):
			faults = append(faults, fmt.Errorf("digit %q in a text: every figure is an argument with a proof", r))
		case unicode.Is(unicode.Co, r) || r == '\uFFFD' || unicode.IsControl(r) && r != '\n':
			faults = append(faults, fmt.Errorf("character %U has no place in a text", r))
		}
	}
	if strings.Contains(bare, "  ") {
		faults = append(faults, errors.New("two blanks in a row"))
	}
	return errors.Join(append(faults, checkTags(s))...)
}

// checkTags refuses mark-up that is unknown, unclosed or crossed, and marks that
// should have been written as entities.
func checkTags(s string) error {
	var open []string
	for _, m := range tagPattern.FindAllStringSubmatch(s, -1) {
		closing, name, attr := m[1] != "", m[2], m[3]
		switch {
		case !slices.Contains(tags, name):
			return fmt.Errorf("tag <%s> is not allowed", name)
		case closing && (len(open) == 0 || open[len(open)-1] != name):
			return fmt.Errorf("</%s> closes nothing that is open", name)
		case closing:
			open = open[:len(open)-1]
		case (name == "a") != strings.HasPrefix(attr, ` href="`) || name != "a" && attr != "":
			return fmt.Errorf("tag <%s%s> is not allowed", name, attr)
		default:
			open = append(open, name)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("<%s> is not closed", open[len(open)-1])
	}
	rest := entityPattern.ReplaceAllString(tagPattern.ReplaceAllString(s, ""), "")
	if i := strings.IndexAny(rest, "<>&"); i >= 0 {
		return fmt.Errorf("%q is written as an entity", rest[i])
	}
	return nil
}
