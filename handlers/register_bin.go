package handlers

import (
	"errors"
	"strings"
	"unicode"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
)

// binLength is how many digits a BIN and an IIN have.
const binLength = 12

// binProblem says what is wrong with a number typed for a BIN, with what was
// read. What may be somebody's IIN is masked.
func binProblem(typed string, err error) chat.Text {
	var bad *sector.BINError
	if !errors.As(err, &bad) {
		return askBIN()
	}
	length, read := chat.Rule("12"), readShown(bad)
	switch bad.Problem {
	case sector.BINEmpty:
		return locales.RegisterBinEmpty(clip(typed), length)
	case sector.BINLetters:
		return locales.RegisterBinLetters(read, length)
	case sector.BINLength:
		return locales.RegisterBinLength(chat.Count(len(bad.Read)), length, read)
	case sector.BINMonth:
		return locales.RegisterBinMonth(read)
	case sector.BINType:
		return locales.RegisterBinType(read)
	case sector.BINDay, sector.BINCentury:
		return locales.RegisterBinBirth(read)
	case sector.BINCheck:
		if bad.IIN {
			return locales.RegisterIinCheck(read)
		}
	}
	return locales.RegisterBinCheck(read)
}

func askBIN() chat.Text { return locales.RegisterBin(chat.Rule("12")) }

// readShown is what was read, in groups of four with a blank for each missing
// digit: "1234 5678 90__". Of what may be an IIN only the last four digits are
// shown, which hold neither the birthday nor the sex.
func readShown(bad *sector.BINError) chat.Quote {
	read := []rune(bad.Read)
	if bad.IIN {
		for i := range max(len(read)-4, 0) {
			if unicode.IsDigit(read[i]) {
				read[i] = '•'
			}
		}
	}
	if bad.Problem == sector.BINLetters {
		return clip(string(read))
	}
	const most = 2 * binLength
	if len(read) > most {
		read = append(read[:most:most], '…')
	}
	return chat.Quote(inFours(string(read) + strings.Repeat("_", max(binLength-len(read), 0))))
}
