// Package locales holds every word that Maqta says, in Kazakh, Russian and
// English, and puts the words together.
//
// The three TOML files are equals. Command genmsg makes a typed constructor of
// each message, so that a message which one language lacks, or an argument that
// was forgotten, does not compile. [Catalog.Render] turns a [chat.Text] into the
// HTML that Telegram takes; it escapes what people wrote, groups digits and sets
// decimal marks as each language asks, and picks plural forms.
//
// It refuses to let a digit out that nobody answers for: no text holds a digit,
// each argument carries its proof, and a message with a digit anywhere else is
// not rendered ([ErrUnproved]). It guesses nothing either: an unknown message, a
// missing argument or a missing plural form is an error, never another language.
package locales
