package bot_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/bot/emulator"
)

func profile() bot.Profile {
	return bot.Profile{
		Abouts: []bot.About{
			{Name: "Мақта", Description: "Жеңіл өнеркәсіп", Short: "Цифрлар"},
			{Lang: chat.English, Name: "Maqta", Description: "Light industry", Short: "Figures"},
		},
		Menus: []bot.Menu{
			{Commands: []bot.MenuEntry{{Name: "help", About: "көмек"}}},
			{Lang: chat.English, Commands: []bot.MenuEntry{{Name: "help", About: "help"}}},
			{Scope: bot.Scope{Kind: bot.ScopeGroups}, Commands: []bot.MenuEntry{{Name: "cotton", About: "мақта"}}},
		},
	}
}

func writes(w *world) (n int) {
	for _, c := range w.tg.Log() {
		if strings.HasPrefix(c.Method, "setMy") {
			n++
		}
	}
	return n
}

func TestProfileIsWrittenOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, echo, func(c *bot.Config) { c.Profile = profile() })
		w.start()
		w.after(time.Second)
		if n := writes(w); n != 9 {
			t.Errorf("%d entries written, want 9", n)
		}
		kk, en := w.person(1), w.tg.Person(emulator.Profile{ID: 2, FirstName: "Ann", LanguageCode: "en-gb"})
		if got := kk.About(); got.Name != "Мақта" || got.Description != "Жеңіл өнеркәсіп" {
			t.Errorf("about %+v", got)
		}
		if got := en.Commands(); len(got) != 1 || got[0].Description != "help" {
			t.Errorf("menu %+v", got)
		}
		w.halt()
		w.start()
		w.after(time.Second)
		if n := writes(w); n != 9 {
			t.Errorf("%d entries written after a restart, want no more", n)
		}
		if err := w.bot.Publish(t.Context(), bot.Profile{Menus: []bot.Menu{
			{Scope: bot.Scope{Kind: bot.ScopeChat, Chat: 1}, Commands: []bot.MenuEntry{{Name: "review", About: "тексеру"}}},
		}}); err == nil {
			t.Error("a menu for a chat that telegram does not know was accepted")
		}
		kk.Start("")
		menu := bot.Menu{Scope: bot.Scope{Kind: bot.ScopeChat, Chat: 1}, Commands: []bot.MenuEntry{{Name: "review", About: "тексеру"}}}
		if err := w.bot.Publish(t.Context(), bot.Profile{Menus: []bot.Menu{menu}}); err != nil {
			t.Error(err)
		}
		if got := kk.Commands(); len(got) != 1 || got[0].Name != "review" {
			t.Errorf("menu %+v", got)
		}
		menu.Commands = nil
		if err := w.bot.Publish(t.Context(), bot.Profile{Menus: []bot.Menu{menu}}); err != nil {
			t.Error(err)
		}
		if got := kk.Commands(); len(got) != 1 || got[0].Name != "help" {
			t.Errorf("menu %+v", got)
		}
		w.halt()
		w.check()
	})
}

// Whatever happens to the names, people are answered and the menus are set.
func TestProfileNeverBlocks(t *testing.T) {
	for name, fault := range map[string]emulator.Fault{
		"unknown method": emulator.Refused(404, "Not Found: method not found"),
		"flood of a day": emulator.TooMany(86400),
		"short flood":    emulator.TooMany(3),
		"errors":         emulator.BadGateway(),
		"silence":        {Before: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, echo, func(c *bot.Config) { c.Profile = profile() })
				w.tg.Faults().Every("setMyName", 1, fault)
				w.start()
				p := w.person(1)
				p.Say("сәлем")
				w.after(time.Second)
				if got := heard(p); !slices.Equal(got, []string{"echo сәлем"}) {
					t.Errorf("heard %q", got)
				}
				w.after(10 * time.Minute)
				if got := p.Commands(); len(got) != 1 {
					t.Errorf("menu %+v", got)
				}
				if n := w.calls("setMyName"); n > 3 {
					t.Errorf("setMyName was called %d times", n)
				}
				if !strings.Contains(w.logs.String(), "profile not brought up to date") {
					t.Error("nothing in the log")
				}
				w.halt()
				w.check()
			})
		})
	}
}
