package sheet

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// kz1048 is the upper half, from 0x80, of KZ-1048 (STRK 1048-2002): windows-1251
// with Kazakh letters in place of Serbian and Ukrainian ones. A .csv of Kazakhstan
// in windows-1251 reads the same in it, so it serves for both. U+FFFD stands for
// the byte that neither uses.
const kz1048 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\ufffd™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңү" +
	"АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"

// decode returns the text of a .csv; ok is false for bytes that are none. Text
// that is no Unicode is taken for KZ-1048, which every byte string may be; sure
// is false then, and only the words in it can tell.
func decode(data []byte) (text string, sure, ok bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return string(data[3:]), true, utf8.Valid(data)
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		text, ok = fromUTF16(data[2:], binary.LittleEndian)
		return text, true, ok
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		text, ok = fromUTF16(data[2:], binary.BigEndian)
		return text, true, ok
	}
	// UTF-16 without a mark: every separator and digit has a byte that is zero.
	if odd, even := zeros(data); odd > len(data)/8 && even == 0 {
		text, ok = fromUTF16(data, binary.LittleEndian)
		return text, true, ok
	} else if even > len(data)/8 && odd == 0 {
		text, ok = fromUTF16(data, binary.BigEndian)
		return text, true, ok
	}
	if utf8.Valid(data) {
		return string(data), true, true
	}
	text = fromCodePage(data, kz1048)
	return text, false, !strings.ContainsRune(text, utf8.RuneError)
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

func fromUTF16(data []byte, order binary.ByteOrder) (text string, ok bool) {
	if len(data)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text = string(utf16.Decode(units))
	return text, !strings.ContainsRune(text, utf8.RuneError)
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

// looksBinary reports whether there are characters that no table of text has.
func looksBinary(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' && r != '\x1a'
	}) >= 0
}
