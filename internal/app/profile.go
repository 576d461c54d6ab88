package app

import (
	"fmt"

	"maqta/bot"
	"maqta/bot/chat"
	"maqta/locales"
)

// profile words what the bot says about itself and the menu of commands, in the
// three languages and, for everyone else, in Kazakh.
func profile(words *locales.Catalog) (bot.Profile, error) {
	var p bot.Profile
	for _, lang := range append(chat.Langs(), "") {
		speak := lang
		if speak == "" {
			speak = chat.Kazakh
		}
		about, menu := bot.About{Lang: lang}, bot.Menu{Scope: bot.Scope{Kind: bot.ScopeDefault}, Lang: lang}
		for _, say := range []struct {
			to   *string
			text chat.Text
		}{{&about.Name, locales.BotName()}, {&about.Short, locales.BotShort()}, {&about.Description, locales.BotDescription()}} {
			var err error
			if *say.to, err = words.RenderPlain(speak, say.text); err != nil {
				return p, fmt.Errorf("word the profile in %s: %w", speak, err)
			}
		}
		for _, c := range menuCommands() {
			line, err := words.RenderPlain(speak, c.line)
			if err != nil {
				return p, fmt.Errorf("word the menu in %s: %w", speak, err)
			}
			menu.Commands = append(menu.Commands, bot.MenuEntry{Name: c.name, About: line})
		}
		p.Abouts, p.Menus = append(p.Abouts, about), append(p.Menus, menu)
	}
	return p, nil
}

type menuCommand struct {
	name string
	line chat.Text
}

// menuCommands are the commands that Telegram's menu shows to everyone, the most
// used first.
func menuCommands() []menuCommand {
	return []menuCommand{
		{"facts", locales.CommandFacts()},
		{"production", locales.CommandProduction()},
		{"cotton", locales.CommandCotton()},
		{"structure", locales.CommandStructure()},
		{"sources", locales.CommandSources()},
		{"language", locales.CommandLanguage()},
		{"settings", locales.CommandSettings()},
		{"help", locales.CommandHelp()},
		{"privacy", locales.CommandPrivacy()},
		{"mydata", locales.CommandMydata()},
		{"forget", locales.CommandForget()},
		{"cancel", locales.CommandCancel()},
	}
}
