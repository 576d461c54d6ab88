package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"maqta/bot/chat"
)

// Profile is what the bot says about itself. Whoever uses an app in a language
// without an entry gets the default ones, of language "".
type Profile struct {
	Abouts []About
	Menus  []Menu
}

func (p Profile) empty() bool { return len(p.Abouts) == 0 && len(p.Menus) == 0 }

// About is the bot's name and descriptions in one language. Empty texts are
// left as they are.
type About struct {
	Lang        chat.Lang
	Name        string // at most 64 characters
	Description string // shown in an empty chat, at most 512 characters
	Short       string // shown on the profile page, at most 120 characters
}

// Menu is a list of commands for some chats in one language. Telegram takes the
// first list that fits, from the closest scope to the widest and in each from
// the person's language to "": a chat's own list hides the others, so it needs
// an entry for every language.
type Menu struct {
	Scope    Scope
	Lang     chat.Lang
	Commands []MenuEntry // empty: the entry is taken away
}

// Scope says for which chats a menu holds.
type Scope struct {
	Kind ScopeKind
	Chat chat.ChatID // with ScopeChat
}

// ScopeKind is Telegram's name for a set of chats.
type ScopeKind string

// The scopes that we use. The zero value is the widest.
const (
	ScopeDefault ScopeKind = "default"
	ScopePrivate ScopeKind = "all_private_chats"
	ScopeGroups  ScopeKind = "all_group_chats"
	ScopeChat    ScopeKind = "chat"
)

// MenuEntry is one command of a menu.
type MenuEntry struct {
	Name  string `json:"command"`     // without the slash
	About string `json:"description"` // 1 to 256 characters
}

// maxProfileWait is the longest silence that a profile call waits for. Telegram
// may ask for hours when a name was changed often; the next start tries again.
const maxProfileWait = time.Minute

// setting is one entry of the profile: how to read it and how to write it.
type setting struct {
	read, write string
	scope       tgbotapi.Params // what both calls say
	value       tgbotapi.Params // what is written
	same        func(json.RawMessage) bool
}

// Publish brings Telegram's copy of the profile up to date: it reads each entry
// and writes only what differs. A server that does not know a method, or a
// refused entry, does not keep the others from being written; all errors are
// returned together. It may be called while Run runs, for a menu that changed.
func (b *Bot) Publish(ctx context.Context, p Profile) error {
	var all []error
	unknown := map[string]bool{} // methods that failed: not asked again
	for _, s := range settings(p) {
		if unknown[s.read] || unknown[s.write] {
			continue
		}
		method, err := b.bring(ctx, s)
		if ctx.Err() != nil {
			return fmt.Errorf("publish the profile: %w", ctx.Err())
		}
		if err != nil {
			all = append(all, err)
			unknown[method] = kindOf(err) != kindRefused && kindOf(err) != kindUnreachable
		}
	}
	if len(all) > 0 {
		return fmt.Errorf("publish the profile: %w", errors.Join(all...))
	}
	return nil
}

// bring writes one entry if it differs, and names the method that failed.
func (b *Bot) bring(ctx context.Context, s setting) (string, error) {
	has, err := b.patient(ctx, s.read, s.scope)
	if err != nil {
		return s.read, err
	}
	if s.same(has) {
		return "", nil
	}
	p := make(tgbotapi.Params, len(s.scope)+len(s.value))
	for k, v := range s.scope {
		p[k] = v
	}
	for k, v := range s.value {
		p[k] = v
	}
	if _, err := b.patient(ctx, s.write, p); err != nil {
		return s.write, err
	}
	return "", nil
}

// patient makes a call, and once more after what passes soon.
func (b *Bot) patient(ctx context.Context, method string, p tgbotapi.Params) (json.RawMessage, error) {
	for try := 0; ; try++ {
		raw, err := b.wire.Call(ctx, method, p)
		if err == nil {
			return raw, nil
		}
		k, wait := kindOf(err), b.pause(try, err)
		if k == kindFlood {
			b.cfg.Meter.flooded(method, wait)
		}
		again := try < 2 && (k == kindTemporary || k == kindFlood) && wait <= maxProfileWait
		if !again || !sleep(ctx, wait) {
			return nil, err
		}
	}
}

// settings lists the entries of a profile.
func settings(p Profile) []setting {
	var all []setting
	for _, a := range p.Abouts {
		lang := tgbotapi.Params{}
		lang.AddNonEmpty("language_code", string(a.Lang))
		for _, text := range []struct{ method, field, value string }{
			{"MyName", "name", a.Name},
			{"MyDescription", "description", a.Description},
			{"MyShortDescription", "short_description", a.Short},
		} {
			if text.value == "" {
				continue
			}
			all = append(all, setting{
				read: "get" + text.method, write: "set" + text.method,
				scope: lang, value: tgbotapi.Params{text.field: text.value},
				same: func(raw json.RawMessage) bool {
					var has map[string]string
					return json.Unmarshal(raw, &has) == nil && has[text.field] == text.value
				},
			})
		}
	}
	for _, m := range p.Menus {
		all = append(all, m.setting())
	}
	return all
}

func (m Menu) setting() setting {
	scope := tgbotapi.Params{}
	scope.AddNonEmpty("language_code", string(m.Lang))
	switch m.Scope.Kind {
	case ScopeChat:
		scope["scope"] = `{"type":"chat","chat_id":` + formatID(m.Scope.Chat) + `}`
	case ScopePrivate, ScopeGroups:
		scope["scope"] = `{"type":"` + string(m.Scope.Kind) + `"}`
	case ScopeDefault, "":
	}
	s := setting{
		read: "getMyCommands", write: "setMyCommands", scope: scope,
		same: func(raw json.RawMessage) bool {
			var has []MenuEntry
			return json.Unmarshal(raw, &has) == nil && slices.Equal(has, m.Commands)
		},
	}
	if len(m.Commands) == 0 {
		s.write = "deleteMyCommands"
		return s
	}
	list, err := json.Marshal(m.Commands)
	if err != nil {
		// Two strings are always marshalled.
		panic(fmt.Sprintf("menu: %v", err))
	}
	s.value = tgbotapi.Params{"commands": string(list)}
	return s
}
