package sheet

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The upper halves of two single-byte code pages, from 0x80. KZ-1048 (STRK
// 1048-2002) is windows-1251 with the Kazakh letters in place of rarer ones.
// U+FFFD stands for the byte that neither uses.
const (
	windows1251 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\ufffd™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї" + cyrillicHalf
	kz1048      = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\ufffd™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңү" + cyrillicHalf

	cyrillicHalf = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
)

// decodings returns the texts that the bytes of a .csv may be, the likeliest
// first; none when they are no text. sure is false where only the words in it
// can tell which it is.
func decodings(data []byte) (texts []string, sure bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		if rest := data[3:]; utf8.Valid(rest) {
			return []string{string(rest)}, true
		}
		return nil, true
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return fromUTF16(data[2:], binary.LittleEndian), true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fromUTF16(data[2:], binary.BigEndian), true
	}
	if len(data) >= 2 && len(data)%2 == 0 { // without a mark: a separator or digit has one byte zero
		if odd, even := zeros(data); odd > len(data)/8 && even == 0 {
			return fromUTF16(data, binary.LittleEndian), true
		} else if even > len(data)/8 && odd == 0 {
			return fromUTF16(data, binary.BigEndian), true
		}
	}
	if utf8.Valid(data) {
		return []string{string(data)}, true
	}
	if bytes.IndexByte(data, 0x98) >= 0 {
		return nil, false
	}
	return []string{fromCodePage(data, windows1251), fromCodePage(data, kz1048)}, false
}

func zeros(data []byte) (odd, even int) {
	for i, b := range data {
		switch {
		case b != 0:
		case i%2 == 1:
			odd++
		default:
			even++
		}
	}
	return odd, even
}

func fromUTF16(data []byte, order binary.ByteOrder) []string {
	if len(data)%2 != 0 {
		return nil
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	if strings.ContainsRune(text, utf8.RuneError) {
		return nil
	}
	return []string{text}
}

func fromCodePage(data []byte, upperHalf string) string {
	upper := []rune(upperHalf)
	var b strings.Builder
	b.Grow(2 * len(data))
	for _, c := range data {
		if c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			b.WriteRune(upper[c-utf8.RuneSelf])
		}
	}
	return b.String()
}

// binary bytes are those that no table of text has.
func looksBinary(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' && r != '\x1a'
	}) >= 0
}
