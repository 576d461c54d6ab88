package app_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"maqta/bot/transcript"
)

// TestOwnerPage plays a whole month as an owner, in Kazakh, in a browser: somebody
// whom the demo knows as a citizen registers an enterprise, which is confirmed; its
// first report is filled in, sent, returned, mended and accepted.
func TestOwnerPage(t *testing.T) {
	tab := openTab(t, startDemo(t))
	tab.do(chromedp.EmulateViewport(1400, 900), chromedp.Navigate(tab.address))
	tab.wait("three people", `document.querySelectorAll("main section").length === 3`)
	tab.wait("a column in Kazakh", `document.querySelector('[data-testid=column-citizen]').lang === "kk"`)
	// The bot writes only to those who have opened it.
	tab.play("official", step{say: "/start", see: "Type your question"})
	tab.play("citizen", step{say: "/start", see: "Сұрағыңызды өз сөзіңізбен жазыңыз"})

	t.Run("register", func(t *testing.T) {
		tab := tab.of(t)
		steps := []step{
			{tap: "Кәсіпорын есебі", see: "БСН-ін жазыңыз"},
			{say: "501250000018", see: "5012 5000 0018"},
			{say: "Айгүл тігін цехы", see: "қай өңірде"},
			{tap: "Шымкент қаласы", see: "не шығарады"},
			{tap: "Киім", see: "Дербес деректеріңізді"},
			{tap: "Келісемін", see: "Тіркеу өтініші жіберілді"},
		}
		tab.play("citizen", steps...)
		if len(steps) > 6 {
			t.Errorf("it takes %d actions to register", len(steps))
		}
		tab.sees("official", "“Айгүл тігін цехы”")
		tab.play("official", step{tap: "Confirm", see: "Айгүл тігін цехы"})
		tab.sees("citizen", "кәсіпорны расталды")
	})

	t.Run("early", func(t *testing.T) {
		// The month is not over: the form can be begun, and laid aside.
		tab := tab.of(t)
		tab.play("citizen",
			step{say: "/submit", see: "Кәсіпорын не шығарады?"},
			step{tap: "Киім", see: "Кәсіпорын не шығарады?", button: "✓ Киім"},
			step{tap: "Дайын", see: "Өндіріс көлемі қанша теңге?"},
			step{say: "11,5 млн", see: "Өндіріс көлемі: 11 500 000 теңге (11,5 млн теңге)."},
			step{tap: "Кейін", see: "Жазғандарыңыз сақталды"})
	})

	t.Run("report", func(t *testing.T) {
		tab := tab.of(t)
		tab.nextMonth()
		tab.play("citizen",
			step{say: "/submit", see: "Сату көлемі қанша теңге?"},
			step{say: "9 миллион", see: "Сату көлемі: 9 000 000 теңге (9 млн теңге)."},
			step{say: "2300", see: "Киім: 2 300 дана."},
			step{say: "12", see: "Жұмыскерлер саны: 12 адам."},
			step{say: "10", see: "Жергілікті тұрғындар: 10 адам."},
			step{tap: "Нөл", see: "Жаңа жұмыс орны: нөл."},
			step{tap: "Өткізіп жіберу", see: "Бәрі дұрыс болса"})
		tab.shoot("owner-card")
		tab.play("citizen", step{tap: "Жіберу", see: tab.receipt()})
		tab.sees("official", "A report waits for review: No "+tab.receipt()+", version 1.")
	})

	t.Run("returned", func(t *testing.T) {
		tab := tab.of(t)
		tab.play("official",
			step{tap: "Open", see: "under review"},
			step{tap: "Return", see: "Which line goes back?"},
			step{tap: "Sales", see: "what is the reason?"},
			step{tap: "Unit", see: "Sales: the unit is unclear."},
			step{tap: "Local residents", see: "what is the reason?"},
			step{say: "Not as in the list", see: "Local residents: “Not as in the list”."},
			step{tap: "Send", see: "returned"})
		tab.sees("citizen", "Есебіңіз қайтарылды: 2 жолды қайта қарау керек.")
		tab.play("citizen",
			step{tap: "Қазір түзету", see: "Сату көлемі қанша теңге?"},
			step{say: "9,4 млн", see: "9 млн теңге → 9,4 млн теңге"},
			step{tap: "Дұрыс", see: "Неге дұрыс екенін бір сөйлеммен жазыңызшы."},
			step{say: "Тізім осы айда жаңарды", see: "Бәрі дұрыс болса"},
			step{tap: "Жіберу", see: "нұсқасы — 2"})
		tab.shoot("owner-returned")
	})

	t.Run("accepted", func(t *testing.T) {
		tab := tab.of(t)
		tab.sees("official", "A report waits for review: No "+tab.receipt()+", version 2.")
		tab.play("official", step{tap: "Open", see: "Тізім осы айда жаңарды"}, step{tap: "Accept", see: "accepted"})
		tab.sees("citizen", "айының есебі қабылданды. Рақмет!")
		tab.play("citizen", step{say: "/mine", see: "№ " + tab.receipt() + ", қабылданды"})
		tab.named()
		tab.shoot("owner-accepted")
	})
	tab.quiet()
}

// step is an action of a person and what the bot then says.
type step struct {
	say, tap string
	see      string
	button   string // under that message, where the text alone does not tell
}

// play takes the steps one after another, each when the one before is answered.
func (b *tab) play(role string, steps ...step) {
	b.t.Helper()
	for _, s := range steps {
		if s.say != "" {
			b.say(role, s.say)
		} else {
			b.tap(role, s.tap)
		}
		b.sees(role, s.see)
		if s.button != "" {
			b.wait("a button "+s.button, fmt.Sprintf(`[...last(%q).querySelectorAll("[data-testid=key]")].some((e) => e.textContent === %q)`, role, s.button))
		}
	}
}

// sees waits until one of the newest messages of the bot says a text. It need not
// be the last: a reminder may come at any time.
func (b *tab) sees(role, text string) {
	b.t.Helper()
	b.wait(strconv.Quote(text), fmt.Sprintf(`[...document.querySelectorAll('[data-testid=column-%s] [data-from=bot]')].slice(-3).some((e) => e.textContent.replace(/\s/g, " ").includes(%q))`, role, text))
}

// nextMonth lets weeks pass until the month of the page's date is over.
func (b *tab) nextMonth() {
	b.t.Helper()
	now := b.time()
	for month := now.In(transcript.Almaty()).Month(); now.In(transcript.Almaty()).Month() == month; now = b.time() {
		b.do(chromedp.Click(chromedp.CSS(at("next-week"))))
		b.wait("another week", fmt.Sprintf(`new Date(document.querySelector('[data-testid=date]').dateTime) - %d > 6 * 86400e3`, now.UnixMilli()))
	}
}

// receipt is the number of the first report for the month before the page's.
func (b *tab) receipt() string {
	b.t.Helper()
	y, m, _ := b.time().In(transcript.Almaty()).Date()
	return time.Date(y, m-1, 1, 0, 0, 0, 0, time.UTC).Format("2006-01") + "-0001"
}
