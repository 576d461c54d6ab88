package emulator

import (
	"testing"
	"testing/synctest"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// The wire layer that Maqta uses talks to the emulator as it does to Telegram:
// forms, streamed uploads, long polls. The bubble ends only when no goroutine is
// left, so an upload that is refused unread must not leak its writer.
func TestWithTheLibrary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{Now: time.Now})
		p := citizen(s)
		bot := &tgbotapi.BotAPI{Token: Token, Client: s.Client(), Buffer: 1}
		bot.SetAPIEndpoint("https://api.telegram.org/bot%s/%s")

		go func() {
			time.Sleep(20 * time.Second)
			p.Start("q_cotton")
		}()
		got, err := bot.GetUpdates(tgbotapi.UpdateConfig{Timeout: 50})
		if err != nil || len(got) != 1 || got[0].Message.Command() != "start" || got[0].Message.CommandArguments() != "q_cotton" {
			t.Fatalf("updates = %+v, %v", got, err)
		}
		photo := tgbotapi.RequestFile{Name: "photo", Data: tgbotapi.FileBytes{Name: "chart.png", Bytes: picture(t, 640, 320)}}
		resp, err := bot.UploadFiles("sendPhoto", tgbotapi.Params{"chat_id": "7", "caption": "2025"}, []tgbotapi.RequestFile{photo})
		if err != nil || !resp.Ok {
			t.Fatalf("upload: %+v, %v", resp, err)
		}
		if m := p.Chat()[1]; m.Photo == nil || m.Photo.Width != 640 || m.Text != "2025" {
			t.Errorf("the person sees %+v", m)
		}
		s.Faults().Next("sendPhoto", Fault{Cut: CutBefore})
		if _, err := bot.UploadFiles("sendPhoto", tgbotapi.Params{"chat_id": "7"}, []tgbotapi.RequestFile{photo}); err == nil {
			t.Error("an upload over a cut connection succeeded")
		}
		p.Block()
		resp, err = bot.MakeRequest("sendMessage", tgbotapi.Params{"chat_id": "7", "text": "x"})
		if err == nil || resp.ErrorCode != 403 {
			t.Errorf("%+v, %v", resp, err)
		}
	})
}
