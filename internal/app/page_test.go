package app_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/internal/app"
	"maqta/locales"
)

// patience is how long the browser may take over one step; the machines that run
// tests are slow at times.
const patience = 30 * time.Second

// TestPage uses the demo as people do: in a browser, by clicking and typing.
func TestPage(t *testing.T) {
	tab := openTab(t, startDemo(t))
	words, err := locales.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	tab.do(chromedp.EmulateViewport(1400, 900), chromedp.Navigate(tab.address))
	tab.wait("three people", `document.querySelectorAll("main section").length === 3`)

	for _, c := range []struct{ role, lang, question, figure, column string }{
		{"citizen", "kk", "2025 жылы қанша мақта жиналды?", "466 000", "Азамат"},
		{"owner", "ru", "Сколько хлопка собрали в 2025 году?", "466 000", "Предприниматель"},
		{"official", "en", "How much cotton was harvested in 2025?", "466,000", "Official"},
	} {
		t.Run("ask/"+c.lang, func(t *testing.T) {
			tab := tab.of(t)
			if got := tab.read(in(c.role) + "h2"); got != c.column {
				t.Errorf("the column is headed %q, want %q", got, c.column)
			}
			tab.say(c.role, c.question)
			tab.wait("an answer in "+c.lang, fmt.Sprintf(`last(%q)?.querySelector("[lang=%s]")?.textContent.replace(/\s/g, " ").includes(%q)`, c.role, c.lang, c.figure))
			if got := tab.text(`document.querySelector(` + strconv.Quote(in(c.role)+at("composer")) + `).value`); got != "" {
				t.Errorf("%q stays in the field after it was sent", got)
			}
		})
	}
	tab.shoot("page-wide")

	t.Run("chart", func(t *testing.T) {
		tab := tab.of(t)
		label, err := words.RenderPlain(chat.English, locales.ButtonChart())
		if err != nil {
			t.Fatal(err)
		}
		tab.tap("official", label)
		tab.wait("a picture that loaded", `[...document.querySelectorAll('[data-testid=column-official] img[data-testid=photo]')].some((i) => i.complete && i.naturalWidth > 300 && i.getBoundingClientRect().width > 100)`)
		tab.wait("a button that stands still again", `!document.querySelector('[data-testid=column-official] [aria-busy=true]')`)
		tab.wait("the picture in sight", `(() => { const log = document.querySelector('[data-testid=column-official] [data-testid=log]'); return log.scrollHeight - log.scrollTop - log.clientHeight < 2; })()`)
		tab.shoot("page-chart")
	})

	t.Run("language", func(t *testing.T) {
		tab := tab.of(t)
		tab.do(chromedp.Click(chromedp.CSS(in("citizen") + at("lang-ru"))))
		tab.wait("a column in Russian", `document.querySelector('[data-testid=column-citizen]').lang === "ru" && document.querySelector('[data-testid=column-citizen] h2').textContent === "Гражданин"`)
		tab.do(chromedp.Click(chromedp.CSS(in("citizen") + at("menu"))))
		cotton, err := words.RenderPlain(chat.Russian, locales.CommandCotton())
		if err != nil {
			t.Fatal(err)
		}
		tab.wait("the menu of commands in Russian", fmt.Sprintf(`[...document.querySelectorAll('[data-testid=column-citizen] [data-testid=command]')].some((e) => e.textContent === "/cotton" + %q)`, cotton))
		tab.do(chromedp.KeyEvent(kb.Escape))
		tab.wait("the menu closed by Escape", `document.querySelector('[data-testid=column-citizen] [data-testid=commands]').hidden`)

		tab.tap("official", "Русский")
		tab.wait("the same answer in Russian", `[...document.querySelectorAll('[data-testid=column-official] [data-from=bot] [lang=ru]')].some((e) => e.textContent.replace(/\s/g, " ").includes("466 000 тонн"))`)
		tab.do(chromedp.Click(chromedp.CSS(at("page-kk"))))
		tab.wait("the page in Kazakh", `document.documentElement.lang === "kk" && document.querySelector('[data-testid=next-week]').textContent === "Келесі апта"`)
	})

	t.Run("next week", func(t *testing.T) {
		tab := tab.of(t)
		before := tab.time()
		tab.do(chromedp.Click(chromedp.CSS(at("next-week"))))
		tab.wait("another day", fmt.Sprintf(`new Date(document.querySelector('[data-testid=date]').dateTime) - %d > 6 * 86400e3`, before.UnixMilli()))
		const week = 7 * 24 * time.Hour
		if gone := tab.time().Sub(before); gone < week || gone > week+time.Hour {
			t.Errorf("the clock went on by %s", gone)
		}
		tab.say("owner", "мақта")
		tab.wait("a line for the new day", `document.querySelectorAll('[data-testid=column-owner] .day').length === 2`)
	})

	t.Run("save", func(t *testing.T) {
		tab := tab.of(t)
		if got := tab.text(`document.querySelector('[data-testid=save]').hasAttribute("download") + document.querySelector('[data-testid=save]').getAttribute("href")`); got != "true/script" {
			t.Errorf("the link is %q", got)
		}
		saved := tab.text(`fetch("/script").then((r) => r.text())`)
		script, err := transcript.Parse("saved.txtar", []byte(saved))
		if err != nil {
			t.Fatalf("%v in\n%s", err, saved)
		}
		for _, want := range []string{"as citizen lang=kk id=1001", "> How much cotton was harvested in 2025?", "< (picture)", "> [Русский]"} {
			if !strings.Contains(saved, "\n"+want+"\n") {
				t.Errorf("no %q in\n%s", want, saved)
			}
		}
		if len(script.Turns) < 8 {
			t.Errorf("%d turns only in\n%s", len(script.Turns), saved)
		}
		tab.keep("saved.txtar", []byte(saved))
	})

	t.Run("keyboard", func(t *testing.T) {
		tab := tab.of(t)
		// From the field back to the newest button, without a mouse.
		tab.do(chromedp.Focus(chromedp.CSS(in("owner")+at("composer"))), chromedp.KeyEvent("/lang"))
		tab.wait("the commands that begin like this", `[...document.querySelectorAll('[data-testid=column-owner] [data-testid=command] b')].map((e) => e.textContent).join() === "/language"`)
		tab.do(chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
		tab.wait("a choice of language", `last("owner")?.querySelectorAll("[data-testid=key]").length === 3`)
		tab.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		for range 8 { // past what stands between: the menu, the tools of the message
			if tab.text(`document.activeElement.textContent`) == "English" {
				break
			}
			tab.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
		}
		tab.wait("the focus on a button, where one sees it", `document.activeElement.textContent === "English" && getComputedStyle(document.activeElement).outlineStyle !== "none"`)
		tab.do(chromedp.KeyEvent(kb.Enter))
		tab.wait("an answer in English", `last("owner")?.querySelector("[lang=en]") !== null`)
		tab.wait("the focus still in the chat", `document.querySelector('[data-testid=column-owner]').contains(document.activeElement)`)
		// Enter sends, the arrow takes the latest text back, Escape leaves it.
		tab.do(chromedp.SendKeys(chromedp.CSS(in("owner")+at("composer")), "мақта"+kb.Enter))
		tab.wait("the question sent by Enter", `[...document.querySelectorAll('[data-testid=column-owner] [data-from=mine] [data-testid=text]')].pop().textContent === "мақта"`)
		tab.text(`document.activeElement.value = ""`) // chromedp types Enter although the page took the key
		tab.do(chromedp.KeyEvent(kb.ArrowUp))
		tab.wait("the latest text to edit", `document.activeElement.value === "мақта"`)
		tab.do(chromedp.KeyEvent(kb.Escape))
		tab.wait("an empty field", `document.activeElement.value === ""`)
	})

	t.Run("names", func(t *testing.T) { tab.of(t).named() })

	t.Run("phone", func(t *testing.T) {
		tab := tab.of(t)
		tab.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
		tab.do(chromedp.Click(chromedp.CSS(at("tab-official"))))
		tab.wait("one person at a time", `[...document.querySelectorAll("main section")].filter((e) => e.getBoundingClientRect().width > 0).map((e) => e.dataset.testid).join() === "column-official"`)
		if got := tab.text(`document.documentElement.scrollWidth + " " + document.documentElement.scrollHeight`); got != "390 844" {
			t.Errorf("the page is %s, larger than the screen", got)
		}
		tab.say("official", "how much fibre?")
		tab.wait("an answer on the phone", `last("official")?.textContent.replace(/\s/g, " ").includes("116,100")`)
		tab.named()
		tab.shoot("page-phone")
	})
	tab.quiet()
}

// in selects within a person's column, at what the page calls by a name.
func in(role string) string { return "[data-testid=column-" + role + "] " }
func at(name string) string { return "[data-testid=" + name + "]" }

// startDemo runs the program as people start it, on a port of its own choice, and
// returns the address that it prints.
func startDemo(t *testing.T) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	r, w := io.Pipe()
	done := make(chan int, 1)
	var failed output
	go func() {
		done <- app.Main(ctx, []string{"demo", "--addr", "127.0.0.1:0"}, app.Streams{In: strings.NewReader(""), Out: w, Err: &failed})
		_ = w.Close()
	}()
	t.Cleanup(func() {
		stop()
		if code := <-done; code != 0 || failed.String() != "" {
			t.Errorf("the demo ended with %d:\n%s", code, failed.String())
		}
	})
	out := bufio.NewScanner(r)
	address := ""
	for address == "" && out.Scan() {
		_, address, _ = strings.Cut(out.Text(), "Maqta demo: ")
	}
	go func() { _, _ = io.Copy(io.Discard, r) }()
	if address == "" {
		t.Fatalf("the demo printed no address:\n%s", failed.String())
	}
	return address
}

// tab is a page in the browser.
type tab struct {
	t       *testing.T
	ctx     context.Context
	address string
	console *output
}

// openTab starts the browser; where there is none the test is skipped, but not in
// CI.
func openTab(t *testing.T, address string) *tab {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	switch {
	case program == "" && os.Getenv("CI") == "true":
		t.Fatal("there is no chromium: run tools/need")
	case program == "":
		t.Skip("there is no chromium")
	}
	// Without these it looks for updates, which takes long where there is no network.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "en"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // which root cannot have
	}
	ctx, stop := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	tab := &tab{t: t, ctx: ctx, address: address, console: &output{}}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			_, _ = fmt.Fprintln(tab.console, m)
		}
	}()
	return tab
}

// of is the same tab for a subtest.
func (b *tab) of(t *testing.T) *tab {
	return &tab{t: t, ctx: b.ctx, address: b.address, console: b.console}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	for _, step := range steps {
		if err := chromedp.Do(ctx, step); err != nil {
			b.shoot("page-failed")
			b.t.Fatalf("%v\n%s", err, b.console)
		}
	}
}

// wait waits until an expression holds. In it, last(role) is the newest message of
// the bot.
func (b *tab) wait(what, expression string) {
	b.t.Helper()
	const last = `const last = (role) => [...document.querySelectorAll("[data-testid=column-" + role + "] [data-from=bot]")].pop();`
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	expression = "(() => { " + last + " return Boolean(" + expression + "); })()"
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression, chromedp.WithPollingTimeout(0))); err != nil {
		b.shoot("page-failed")
		b.t.Fatalf("waiting for %s: %v\n%s", what, err, b.console)
	}
}

// text evaluates an expression that gives a text.
func (b *tab) text(expression string) string {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return got
}

func (b *tab) read(selector string) string {
	b.t.Helper()
	return b.text(`document.querySelector(` + strconv.Quote(selector) + `).textContent`)
}

// time is the date that the page shows.
func (b *tab) time() time.Time {
	b.t.Helper()
	at, err := time.Parse(time.RFC3339, b.text(`document.querySelector('[data-testid=date]').dateTime`))
	if err != nil {
		b.t.Fatal(err)
	}
	return at
}

// say writes a text and sends it with the button.
func (b *tab) say(role, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(in(role)+at("composer")), text), chromedp.Click(chromedp.CSS(in(role)+at("send"))))
}

// tap clicks the newest button with a label under a message.
func (b *tab) tap(role, label string) {
	b.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll('[data-testid=column-%s] [data-testid=key]')].filter((e) => e.textContent === %q).pop()`, role, label)
	b.wait("a button "+label, find)
	mark := "[data-tapped=" + strconv.Quote(label) + "]"
	b.text(fmt.Sprintf(`(() => { document.querySelector(%q)?.removeAttribute("data-tapped"); const e = %s; e.dataset.tapped = %q; e.scrollIntoView({block: "center"}); return "" })()`, mark, find, label))
	b.do(chromedp.Click(chromedp.CSS(in(role) + mark)))
}

// named checks that a screen reader can name whatever can be used, and that every
// label belongs to something.
func (b *tab) named() {
	b.t.Helper()
	nameless := b.text(`[...document.querySelectorAll("button, a[href], input, textarea, [role=log], [role=group], section, dialog")]
		.filter((e) => e.offsetParent !== null && e.getAttribute("aria-hidden") !== "true")
		.filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length || e.querySelector("img[alt]:not([alt=''])") ||
			document.getElementById(e.getAttribute("aria-labelledby"))?.textContent))
		.map((e) => e.outerHTML).join("\n")`)
	if nameless != "" {
		b.t.Errorf("without a name:\n%s", nameless)
	}
	doubled := b.text(`[...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i).join()`)
	if doubled != "" {
		b.t.Errorf("ids that are not unique: %s", doubled)
	}
	dangling := b.text(`["aria-controls", "aria-labelledby", "aria-describedby", "for"].flatMap((a) => [...document.querySelectorAll("[" + a + "]")].map((e) => e.getAttribute(a)))
		.filter((id) => !document.getElementById(id)).join()`)
	if dangling != "" {
		b.t.Errorf("names of elements that are not there: %s", dangling)
	}
}

// quiet fails when the browser complained: of an exception, of something that the
// page's policy forbids, of a file that is missing.
func (b *tab) quiet() {
	b.t.Helper()
	if got := b.console.String(); got != "" {
		b.t.Errorf("the browser says:\n%s", got)
	}
}

// shoot keeps a picture of the page.
func (b *tab) shoot(name string) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, patience)
	defer stop()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Errorf("take a picture of the page: %v", err)
		return
	}
	b.keep(name+".png", picture)
}

// keep leaves a file for people to look at.
func (b *tab) keep(name string, data []byte) {
	b.t.Helper()
	dir := os.Getenv("MAQTA_ARTIFACTS")
	if dir == "" {
		dir = b.t.TempDir()
	}
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		b.t.Errorf("keep %s: %v", name, err)
	}
}
