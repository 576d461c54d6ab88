package emulator_test

import (
	"fmt"
	"net/url"
	"time"

	"maqta/bot/emulator"
)

// A bot is anything that calls the service through the client; here it is two
// lines of net/http.
func Example() {
	telegram := emulator.New(emulator.Options{
		Now: func() time.Time { return time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC) },
	})
	citizen := telegram.Person(emulator.Profile{ID: 7, FirstName: "Айгерім", LanguageCode: "kk"})
	citizen.Say("/start")

	_, err := telegram.Client().PostForm("https://api.telegram.org/bot"+emulator.Token+"/sendMessage", url.Values{
		"chat_id": {"7"}, "text": {"<b>Сәлем!</b>"}, "parse_mode": {"HTML"},
		"reply_markup": {`{"inline_keyboard":[[{"text":"Мақта","callback_data":"q:cotton"}]]}`},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range citizen.Chat() {
		fmt.Println(m.From+":", m.HTML, m.Rows)
	}
	// Output:
	// Айгерім: /start []
	// Maqta: <b>Сәлем!</b> [[{Мақта q:cotton   <nil>  false}]]
}
