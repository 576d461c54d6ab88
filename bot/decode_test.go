package bot

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"
	"unicode/utf8"

	"maqta/bot/chat"
)

var us = Self{ID: 7, Name: "Maqta_bot"} //nolint:gochecknoglobals // a constant of the tests

const (
	fromAisha = `"from":{"id":1,"is_bot":false,"first_name":"Айша","language_code":"kk"}`
	private   = `"chat":{"id":1,"type":"private","first_name":"Айша"}`
	inGroup   = `"chat":{"id":-5,"type":"supergroup","title":"Мақта"}`
)

func message(rest string) string {
	return `{"update_id":10,"message":{"message_id":3,"date":1772700000,` + fromAisha + `,` + rest + `}}`
}

func TestDecode(t *testing.T) {
	for name, test := range map[string]struct {
		raw  string
		want chat.Input
	}{
		"text":          {message(private + `,"text":"мақта қанша?"`), chat.Said{Text: "мақта қанша?", Message: 3}},
		"reply":         {message(private + `,"text":"иә","reply_to_message":{"message_id":2,"date":1,"from":{"id":7}}`), chat.Said{Text: "иә", Message: 3, ReplyTo: 2}},
		"command":       {message(private + `,"text":"/Help","entities":[{"type":"bot_command","offset":0,"length":5}]`), chat.Command{Name: "help", Message: 3}},
		"deep link":     {message(private + `,"text":"/start q_harvest","entities":[{"type":"bot_command","offset":0,"length":6}]`), chat.Command{Name: "start", Args: "q_harvest", Message: 3}},
		"no blank":      {message(private + `,"text":"/ask—да","entities":[{"type":"bot_command","offset":0,"length":4}]`), chat.Command{Name: "ask", Args: "—да", Message: 3}},
		"by name":       {message(private + `,"text":"/ask@maqta_BOT да","entities":[{"type":"bot_command","offset":0,"length":14}]`), chat.Command{Name: "ask", Args: "да", Message: 3}},
		"inside a text": {message(private + `,"text":"рақмет 🙏 /help","entities":[{"type":"bot_command","offset":10,"length":5}]`), chat.Said{Text: "рақмет 🙏 /help", Message: 3}},
		"Cyrillic one":  {message(private + `,"text":"/көмек"`), chat.Said{Text: "/көмек", Message: 3}},
		"other bot's in a private chat": {
			message(private + `,"text":"/x@OtherBot","entities":[{"type":"bot_command","offset":0,"length":11}]`),
			chat.Said{Text: "/x@OtherBot", Message: 3},
		},
		"odd entities": {
			message(private + `,"text":"да","entities":[{"type":"bot_command","offset":0,"length":99},{"type":"mention","offset":-1,"length":1},{"type":"bold","offset":1,"length":0}]`),
			chat.Said{Text: "да", Message: 3},
		},

		"group: unaddressed":          {message(inGroup + `,"text":"сәлем"`), nil},
		"group: command":              {message(inGroup + `,"text":"/cotton","entities":[{"type":"bot_command","offset":0,"length":7}]`), chat.Command{Name: "cotton", Message: 3}},
		"group: our command":          {message(inGroup + `,"text":"/cotton@maqta_bot","entities":[{"type":"bot_command","offset":0,"length":17}]`), chat.Command{Name: "cotton", Message: 3}},
		"group: other bot's command":  {message(inGroup + `,"text":"/cotton@maqta_bot2","entities":[{"type":"bot_command","offset":0,"length":18}]`), nil},
		"group: mention":              {message(inGroup + `,"text":"@maqta_bot мақта қанша?","entities":[{"type":"mention","offset":0,"length":10}]`), chat.Said{Text: "мақта қанша?", Message: 3}},
		"group: mention after emoji":  {message(inGroup + `,"text":"🙏 сәлем, @maqta_bot","entities":[{"type":"mention","offset":10,"length":10}]`), chat.Said{Text: "🙏 сәлем,", Message: 3}},
		"group: mention and command":  {message(inGroup + `,"text":"@maqta_bot /cotton 2025","entities":[{"type":"mention","offset":0,"length":10},{"type":"bot_command","offset":11,"length":7}]`), chat.Command{Name: "cotton", Args: "2025", Message: 3}},
		"group: other mention":        {message(inGroup + `,"text":"@maqta_bot2 сәлем","entities":[{"type":"mention","offset":0,"length":11}]`), nil},
		"group: reply to us":          {message(inGroup + `,"text":"ал жіп?","reply_to_message":{"message_id":2,"from":{"id":7,"is_bot":true}}`), chat.Said{Text: "ал жіп?", Message: 3, ReplyTo: 2}},
		"group: reply to somebody":    {message(inGroup + `,"text":"ал жіп?","reply_to_message":{"message_id":2,"from":{"id":8}}`), nil},
		"group: photo":                {message(inGroup + `,"photo":[{"file_id":"x"}]`), nil},
		"group: photo with our name":  {message(inGroup + `,"photo":[{"file_id":"x"}],"caption":"@maqta_bot не?","caption_entities":[{"type":"mention","offset":0,"length":10}]`), chat.Wordless{Message: 3, Kind: "photo"}},
		"group: document in reply":    {message(inGroup + `,"document":{"file_id":"x"},"reply_to_message":{"message_id":2,"from":{"id":7}}`), chat.Wordless{Message: 3, Kind: "document"}},
		"group: somebody has joined":  {message(inGroup + `,"new_chat_members":[{"id":7,"is_bot":true}]`), nil},
		"group: anonymous":            {`{"update_id":10,"message":{"message_id":3,"date":1,"from":{"id":1087968824,"is_bot":true,"first_name":"Group"},"sender_chat":{"id":-5,"type":"supergroup"},` + inGroup + `,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}}`, chat.Command{Name: "help", Message: 3}},
		"group: a bot":                {`{"update_id":10,"message":{"message_id":3,"date":1,"from":{"id":9,"is_bot":true,"first_name":"B"},` + inGroup + `,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]}}`, nil},
		"group: forwarded by itself":  {message(inGroup + `,"is_automatic_forward":true,"text":"/help","entities":[{"type":"bot_command","offset":0,"length":5}]`), nil},
		"group: becomes a supergroup": {message(`"chat":{"id":-5,"type":"group"},"migrate_to_chat_id":-1001`), chat.Moved{To: -1001}},
		"group: was a group":          {message(`"chat":{"id":-1001,"type":"supergroup"},"migrate_from_chat_id":-5`), chat.Moved{To: -1001}},
		"channel":                     {message(`"chat":{"id":-6,"type":"channel"},"text":"x"`), nil},
		"through our inline mode":     {message(private + `,"text":"466 000","via_bot":{"id":7,"is_bot":true}`), nil},
		"through another's":           {message(private + `,"text":"gif","via_bot":{"id":9,"is_bot":true}`), chat.Said{Text: "gif", Message: 3}},

		"document": {
			message(private + `,"document":{"file_id":"F","file_name":"есеп.xlsx","mime_type":"application/x","file_size":123}`),
			chat.Uploaded{Message: 3, Name: "есеп.xlsx", Type: "application/x", Size: 123},
		},
		"voice":     {message(private + `,"voice":{"file_id":"x"}`), chat.Wordless{Message: 3, Kind: "voice"}},
		"animation": {message(private + `,"animation":{"file_id":"x"},"document":{"file_id":"x"}`), chat.Wordless{Message: 3, Kind: "animation"}},
		"venue":     {message(private + `,"venue":{},"location":{}`), chat.Wordless{Message: 3, Kind: "venue"}},
		"null":      {message(private + `,"voice":null,"sticker":{}`), chat.Wordless{Message: 3, Kind: "sticker"}},
		"pinned":    {message(private + `,"pinned_message":{"message_id":1}`), nil},
		"edited": {
			`{"update_id":10,"edited_message":{"message_id":3,"date":1,` + fromAisha + `,` + private + `,"text":"жаңа"}}`,
			chat.Edited{Text: "жаңа", Message: 3},
		},
		"edited caption":    {`{"update_id":10,"edited_message":{"message_id":3,"date":1,` + fromAisha + `,` + private + `,"caption":"x"}}`, nil},
		"edited in a group": {`{"update_id":10,"edited_message":{"message_id":3,"date":1,` + fromAisha + `,` + inGroup + `,"text":"жаңа"}}`, nil},

		"press": {
			`{"update_id":10,"callback_query":{"id":"Q",` + fromAisha + `,"message":{"message_id":5,"date":9,` + private + `},"data":"q:yarn"}}`,
			chat.Tapped{Query: "Q", Data: "q:yarn", Message: 5},
		},
		"press out of reach": {
			`{"update_id":10,"callback_query":{"id":"Q",` + fromAisha + `,"message":{"message_id":5,"date":0,` + private + `},"data":"q:yarn"}}`,
			chat.Tapped{Query: "Q", Data: "q:yarn"},
		},
		"press inline": {
			`{"update_id":10,"callback_query":{"id":"Q",` + fromAisha + `,"inline_message_id":"I","data":"q:yarn"}}`,
			chat.Tapped{Query: "Q", Data: "q:yarn"},
		},
		"press of a game": {`{"update_id":10,"callback_query":{"id":"Q",` + fromAisha + `,"game_short_name":"g"}}`, chat.Tapped{Query: "Q"}},
		"inline query":    {`{"update_id":10,"inline_query":{"id":"Q",` + fromAisha + `,"query":"мақта","offset":"20"}}`, chat.InlineAsked{Query: "Q", Text: "мақта", Offset: "20"}},

		"blocked":      {`{"update_id":10,"my_chat_member":{` + private + `,` + fromAisha + `,"new_chat_member":{"status":"kicked"}}}`, chat.Blocked{}},
		"unblocked":    {`{"update_id":10,"my_chat_member":{` + private + `,` + fromAisha + `,"new_chat_member":{"status":"member"}}}`, chat.Unblocked{}},
		"thrown out":   {`{"update_id":10,"my_chat_member":{` + inGroup + `,` + fromAisha + `,"new_chat_member":{"status":"left"}}}`, chat.Blocked{}},
		"let in":       {`{"update_id":10,"my_chat_member":{` + inGroup + `,` + fromAisha + `,"new_chat_member":{"status":"administrator"}}}`, chat.Unblocked{}},
		"restricted":   {`{"update_id":10,"my_chat_member":{` + inGroup + `,` + fromAisha + `,"new_chat_member":{"status":"restricted"}}}`, nil},
		"in a channel": {`{"update_id":10,"my_chat_member":{"chat":{"id":-9,"type":"channel"},` + fromAisha + `,"new_chat_member":{"status":"kicked"}}}`, nil},

		"a kind from the future": {`{"update_id":10,"telepathy":{"strength":9}}`, nil},
		"nothing":                {`{"update_id":10}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
			ev, err := decode(json.RawMessage(test.raw), us, at)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(ev.In, test.want) {
				t.Errorf("decoded %#v, want %#v", ev.In, test.want)
			}
			if ev.ID != 10 || ev.At != at {
				t.Errorf("id %d at %s", ev.ID, ev.At)
			}
			if _, ok := ev.In.(chat.Uploaded); ok != (ev.fileID != "") {
				t.Errorf("file id %q of %#v", ev.fileID, ev.In)
			}
		})
	}
}

func TestDecodeWhoAndWhere(t *testing.T) {
	for name, test := range map[string]struct {
		raw  string
		want chat.Update
	}{
		"private": {message(private + `,"text":"x"`), chat.Update{ID: 10, Chat: 1, From: 1, Place: chat.Private, Lang: chat.Kazakh, Name: "Айша", In: chat.Said{Text: "x", Message: 3}}},
		"inline press": {
			`{"update_id":10,"callback_query":{"id":"Q","from":{"id":2,"first_name":"Ann","language_code":"en-us"},"inline_message_id":"I"}}`,
			chat.Update{ID: 10, Chat: 2, From: 2, Place: chat.Inline, Lang: chat.English, Name: "Ann", In: chat.Tapped{Query: "Q"}},
		},
		"inline query": {
			`{"update_id":10,"inline_query":{"id":"Q","from":{"id":2,"first_name":"Wei","language_code":"zh-hans"},"query":""}}`,
			chat.Update{ID: 10, Chat: 2, From: 2, Place: chat.Inline, Name: "Wei", In: chat.InlineAsked{Query: "Q"}},
		},
		"moved, told by the new chat": {
			`{"update_id":10,"message":{"message_id":1,"date":1,"chat":{"id":-1001,"type":"supergroup"},"migrate_from_chat_id":-5}}`,
			chat.Update{ID: 10, Chat: -5, Place: chat.Group, In: chat.Moved{To: -1001}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			ev, err := decode(json.RawMessage(test.raw), us, time.Time{})
			if err != nil || !reflect.DeepEqual(ev.Update, test.want) {
				t.Errorf("decoded %+v, %v, want %+v", ev.Update, err, test.want)
			}
		})
	}
}

func TestUndecodable(t *testing.T) {
	for name, raw := range map[string]string{
		"mistyped":            `{"update_id":10,"message":{"message_id":"three"}}`,
		"no chat":             message(`"text":"x"`),
		"press by nobody":     `{"update_id":10,"callback_query":{"id":"Q"}}`,
		"press without an id": `{"update_id":10,"callback_query":{` + fromAisha + `}}`,
		"query by nobody":     `{"update_id":10,"inline_query":{"id":"Q"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			ev, err := decode(json.RawMessage(raw), us, time.Time{})
			if err == nil || errors.Is(err, errNoID) || ev.ID != 10 || ev.In != nil {
				t.Errorf("decoded %+v, %v, want an error that keeps the id", ev, err)
			}
		})
	}
	for name, raw := range map[string]string{"no object": `[1]`, "no id": `{"message":{}}`, "odd id": `{"update_id":"x"}`, "null": `null`, "broken": `{"update_id":`} {
		t.Run(name, func(t *testing.T) {
			if _, err := decode(json.RawMessage(raw), us, time.Time{}); !errors.Is(err, errNoID) {
				t.Errorf("error %v, want errNoID", err)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for tag, want := range map[string]chat.Lang{
		"kk": chat.Kazakh, "ru": chat.Russian, "en": chat.English, "en-us": chat.English, "EN-GB": chat.English,
		"kk_KZ": chat.Kazakh, "ky": "", "uk": "", "rus": "", "": "", "-": "",
	} {
		if got := language(tag); got != want {
			t.Errorf("%q is %q, want %q", tag, got, want)
		}
	}
}

// FuzzDecode: whatever comes, decoding does not panic; what it yields is whole:
// valid UTF-8, an input only with a chat, the id also of what it refuses.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		message(private + `,"text":"/ask@maqta_bot да 🙏","entities":[{"type":"bot_command","offset":0,"length":14}]`),
		message(inGroup + `,"text":"🙏 сәлем, @maqta_bot","entities":[{"type":"mention","offset":10,"length":10},{"type":"bot_command","offset":1,"length":5}]`),
		message(private + `,"document":{"file_id":"F"}`),
		message(private + `,"migrate_to_chat_id":-1`),
		`{"update_id":10,"callback_query":{"id":"Q",` + fromAisha + `,"message":{"message_id":5,"date":0,` + private + `},"data":"\ud83d"}}`,
		`{"update_id":10,"inline_query":{"id":"Q",` + fromAisha + `,"query":"мақта"}}`,
		`{"update_id":10,"my_chat_member":{` + private + `,` + fromAisha + `,"new_chat_member":{"status":"kicked"}}}`,
		`{"update_id":9223372036854775807,"x":[[[[]]]]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		ev, err := decode(raw, us, time.Time{})
		if err != nil {
			if ev.In != nil {
				t.Errorf("a refused update yields %#v", ev.In)
			}
			return
		}
		var head struct {
			ID chat.UpdateID `json:"update_id"`
		}
		if err := json.Unmarshal(raw, &head); err != nil || head.ID != ev.ID {
			t.Errorf("id %d, the update has %d, %v", ev.ID, head.ID, err)
		}
		if ev.In != nil && ev.Chat == 0 {
			t.Errorf("%#v without a chat", ev.In)
		}
		for _, text := range texts(ev.In) {
			if !utf8.ValidString(text) {
				t.Errorf("%#v is cut inside a character", ev.In)
			}
		}
		if kindOfInput(ev.In) == "other" {
			t.Errorf("%#v has no name", ev.In)
		}
	})
}

func texts(in chat.Input) []string {
	switch in := in.(type) {
	case chat.Said:
		return []string{in.Text}
	case chat.Command:
		return []string{in.Name, in.Args}
	case chat.Edited:
		return []string{in.Text}
	case chat.Tapped:
		return []string{in.Data}
	case chat.InlineAsked:
		return []string{in.Text}
	}
	return nil
}
