package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// statelessCommand is a bot as the library's README shows it, without state: it
// repeats the text with three buttons, one goroutine an update or one after
// another.
type statelessCommand struct {
	Serial bool `help:"One update after another."`
}

// Run answers until the process is ended.
func (c *statelessCommand) Run(ctx context.Context) error {
	if err := tgbotapi.SetLogger(silence{}); err != nil {
		return fmt.Errorf("silence the library: %w", err)
	}
	api := &tgbotapi.BotAPI{Token: os.Getenv("TELEGRAM_BOT_TOKEN"), Client: &http.Client{}, Buffer: 100}
	api.SetAPIEndpoint(os.Getenv("TELEGRAM_API_URL") + "/bot%s/%s")
	context.AfterFunc(ctx, func() { os.Exit(0) }) // the library's poll cannot be cancelled
	offset := 0
	for {
		updates, err := api.GetUpdates(tgbotapi.UpdateConfig{Offset: offset, Limit: 100, Timeout: 50})
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		for _, u := range updates {
			offset = u.UpdateID + 1
			if u.Message == nil {
				continue
			}
			if c.Serial {
				echo(api, u.Message)
			} else {
				go echo(api, u.Message)
			}
		}
	}
}

// silence is a logger that says nothing.
type silence struct{}

func (silence) Println(...any)        {}
func (silence) Printf(string, ...any) {}

// echo answers with some two hundred characters and three buttons.
func echo(api *tgbotapi.BotAPI, m *tgbotapi.Message) {
	reply := tgbotapi.NewMessage(m.Chat.ID, "<b>"+m.Text+"</b>\n"+strings.Repeat("мақта ", 30))
	reply.ParseMode = tgbotapi.ModeHTML
	reply.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(tgbotapi.NewInlineKeyboardRow(
		tgbotapi.NewInlineKeyboardButtonData("a", "a"), tgbotapi.NewInlineKeyboardButtonData("b", "b"),
		tgbotapi.NewInlineKeyboardButtonData("c", "c"),
	))
	_, _ = api.Request(reply) // the loop that it stands for has no answer to an error either
}
