// Package app joins the parts into the program: commands, flags, environment,
// logging, metrics and signals. It is the only package that reads the clock,
// the environment and the disk, and the only one that sees all others.
package app

import (
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // an old database on the server would still say UTC+6 for Almaty

	"maqta/bot/chat"
)

// Secret is a text that never appears in any output.
type Secret string

// LogValue hides the secret from logs.
func (Secret) LogValue() slog.Value { return slog.StringValue("[secret]") }

// String hides the secret from messages.
func (Secret) String() string { return "[secret]" }

// serveConfig is the environment of PRODUCT's table; flags of the same meaning
// win, and the token has none, since other users of a machine can read flags.
type serveConfig struct {
	Token    string `kong:"-"`
	APIURL   string `name:"api-url" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"Base URL of the Bot API, without trailing slash."`
	DB       string `name:"db" env:"MAQTA_DB" default:"maqta.db" help:"The store."`
	Admins   string `name:"admins" env:"MAQTA_ADMINS" help:"Telegram user ids of administrators, comma separated."`
	Timezone string `name:"timezone" env:"MAQTA_TIMEZONE" default:"Asia/Almaty" help:"Time zone in which days are counted."`
	HTTP     string `name:"http" env:"MAQTA_HTTP" help:"Address for /healthz, /readyz and /metrics, such as 127.0.0.1:9090; empty is off."`
	Pace     string `name:"pace" env:"MAQTA_PACE" default:"telegram" enum:"telegram,off" help:"telegram keeps Telegram's sending limits; off is for load tests."`
	Contact  string `name:"contact" env:"MAQTA_CONTACT" help:"A human contact for each language: kk=…;ru=…;en=…"`
	Log      string `name:"log" env:"MAQTA_LOG" default:"info" enum:"debug,info,warn,error" help:"Least level to log."`
}

// tokenForm is the shape of a bot token. A malformed one is refused before any
// request could print it.
var errToken = fmt.Errorf("no bot token: set TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE (ask @BotFather for a token), or run “maqta demo”, which needs none")

// readToken reads the token from the environment or from the file it names.
func readToken(getenv func(string) string) (Secret, error) {
	token, from := getenv("TELEGRAM_BOT_TOKEN"), "TELEGRAM_BOT_TOKEN"
	if path := getenv("TELEGRAM_BOT_TOKEN_FILE"); token == "" && path != "" {
		raw, err := os.ReadFile(path)
		if err != nil {
			return "", fmt.Errorf("read the bot token: %w", err)
		}
		token, from = string(raw), "the file that TELEGRAM_BOT_TOKEN_FILE names"
	}
	token = strings.TrimSpace(token)
	if token == "" {
		return "", errToken
	}
	if !regexp.MustCompile(`^\d+:[\w-]{30,}$`).MatchString(token) {
		return "", fmt.Errorf("what %s holds is not a bot token: it must look like 1234567:AbCd…, at least 30 characters after the colon", from)
	}
	return Secret(token), nil
}

// parseAdmins reads a list of Telegram user ids.
func parseAdmins(list string) ([]chat.UserID, error) {
	var ids []chat.UserID
	for _, f := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		id, err := strconv.ParseInt(f, 10, 64)
		if err != nil || id <= 0 {
			return nil, fmt.Errorf("MAQTA_ADMINS: %q is not a Telegram user id", f)
		}
		ids = append(ids, chat.UserID(id))
	}
	return ids, nil
}

// parseContact reads "kk=…;ru=…;en=…"; a text without a language is for all three.
func parseContact(text string) (map[chat.Lang]chat.Quote, error) {
	contact := map[chat.Lang]chat.Quote{}
	if strings.TrimSpace(text) == "" {
		return contact, nil
	}
	for _, part := range strings.Split(text, ";") {
		name, value, ok := strings.Cut(part, "=")
		lang := chat.Lang(strings.TrimSpace(name))
		switch {
		case ok && lang.Known():
			contact[lang] = chat.Quote(strings.TrimSpace(value))
		case !strings.Contains(text, ";"):
			for _, l := range chat.Langs() {
				contact[l] = chat.Quote(strings.TrimSpace(text))
			}
		default:
			return nil, fmt.Errorf("MAQTA_CONTACT: %q does not begin with kk=, ru= or en=", part)
		}
	}
	return contact, nil
}

func zone(name string) (*time.Location, error) {
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("MAQTA_TIMEZONE: %w", err)
	}
	return z, nil
}
