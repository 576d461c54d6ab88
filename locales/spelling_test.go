package locales

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"maqta/bot/chat"
)

// dictionaries are the public word lists of hunspell. There is none for English
// here: every English word is in our own list.
var dictionaries = map[chat.Lang]string{chat.Kazakh: "kk_KZ", chat.Russian: "ru_RU"}

// TestSpelling refuses a word that is neither in the public dictionary nor in our
// own list (spelling/), and an entry of our list that is no longer needed. Each
// listed word was looked at by a person when it was listed.
func TestSpelling(t *testing.T) {
	for _, lang := range chat.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			listed := wordList(t, filepath.Join("spelling", string(lang)+".txt"))
			used := wordsOf(lang)
			unknown := used
			if dictionary, ok := dictionaries[lang]; ok {
				unknown = misspelt(t, dictionary, used)
			}
			for _, word := range unknown {
				if !slices.Contains(listed, word) {
					t.Errorf("%q is in no dictionary: correct it, or list it", word)
				}
			}
			for _, word := range listed {
				if !slices.Contains(unknown, word) {
					t.Errorf("%q is listed, but not needed", word)
				}
			}
		})
	}
}

var (
	wordPattern    = regexp.MustCompile(`\p{L}+`)
	commandPattern = regexp.MustCompile(`/[a-z]+`)
)

// wordsOf collects the words of a language, each once, sorted. What is the same
// in all languages (their own names, the first greeting) and the words typed
// instead of commands are left out: they are of several languages or misspelt on
// purpose.
func wordsOf(lang chat.Lang) []string {
	var words []string
	eachText(func(l chat.Lang, id, text string) {
		section, _, _ := strings.Cut(id, ".")
		if l != lang || section == "alias" || id == "start.three" || id == "language.kazakh" || id == "language.russian" || id == "language.english" {
			return
		}
		text = slotPattern.ReplaceAllString(text, " ")
		text = commandPattern.ReplaceAllString(tagPattern.ReplaceAllString(linkPattern.ReplaceAllString(text, "$2"), " "), " ")
		words = append(words, wordPattern.FindAllString(text, -1)...)
	})
	slices.Sort(words)
	return slices.Compact(words)
}

func wordList(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(data))
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Errorf("%s is not sorted, or has a word twice", name)
	}
	return words
}

// misspelt returns the words that hunspell does not know.
func misspelt(t *testing.T, dictionary string, words []string) []string {
	t.Helper()
	if _, err := exec.LookPath("hunspell"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("hunspell is not installed: apt-get install hunspell hunspell-kk hunspell-ru")
		}
		t.Skip("hunspell is not installed, spelling is not checked: apt-get install hunspell hunspell-kk hunspell-ru")
	}
	cmd := exec.CommandContext(t.Context(), "hunspell", "-i", "UTF-8", "-d", dictionary, "-l")
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	cmd.Stdin = strings.NewReader(strings.Join(words, "\n"))
	var fault bytes.Buffer
	cmd.Stderr = &fault
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hunspell: %v: %s", err, fault.String())
	}
	unknown := strings.Fields(string(out))
	slices.Sort(unknown)
	return slices.Compact(unknown)
}
