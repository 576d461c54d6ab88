package sheet_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"maqta/sector"
	"maqta/sector/sheet"
)

// table is a filled-in form as rows of texts, the way programs write it to a .csv.
func (w wording) table() [][]string {
	head := append([]string{w.words.Month}, w.headers[:]...)
	return [][]string{
		{w.words.Title, "", "", "", "", "", "", "", ""},
		head,
		{w.months[0], "12 500 000", "4350000,35", w.words.NotKnown, w.words.NotApplicable, "48", "", w.words.Zero, "жаңа цех; \"№2\"\nекінші жол"},
		{w.months[2], "12,5 млн", "", "1200", "0", "48", "52", "", ""},
		{w.words.Instructions[0], "", "", "", "", "", "", "", ""},
	}
}

func written(rows [][]string, separator string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteString(separator)
			}
			if strings.ContainsAny(cell, separator+"\"\n") {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
		b.WriteString("\r\n")
	}
	return b.String()
}

func utf16Bytes(s string, order binary.ByteOrder) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, 0, 0)
		order.PutUint16(b[len(b)-2:], u)
	}
	return b
}

// codePage writes a text in a single-byte code page; what it lacks becomes a
// question mark, as Excel writes it.
func codePage(s, upper string) []byte {
	runes := []rune(upper)
	var b []byte
next:
	for _, r := range s {
		if r < 0x80 {
			b = append(b, byte(r))
			continue
		}
		for i, u := range runes {
			if u == r {
				b = append(b, byte(0x80+i))
				continue next
			}
		}
		b = append(b, '?')
	}
	return b
}

// The code pages, written down here once more so that a slip in one shows.
const (
	ansi1251 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\x00™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
	strk1048 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\x00™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңүАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
)

func TestCSVInEveryGarb(t *testing.T) {
	for _, w := range wordings() {
		for _, separator := range []string{";", ",", "\t"} {
			text := written(w.table(), separator)
			for name, data := range map[string][]byte{
				"utf-8":             []byte(text),
				"utf-8 with a mark": []byte("\ufeff" + text),
				"line feeds":        []byte(strings.ReplaceAll(text, "\r\n", "\n")),
				"utf-16":            utf16Bytes("\ufeff"+text, binary.LittleEndian),
				"utf-16 big":        utf16Bytes("\ufeff"+text, binary.BigEndian),
				"utf-16 bare":       utf16Bytes(text, binary.LittleEndian),
				"windows-1251":      codePage(text, ansi1251),
				"kz-1048":           codePage(text, strk1048),
				"hint":              []byte("sep=" + separator + "\r\n" + text),
				"й in two parts":    []byte(strings.ReplaceAll(text, "й", "и\u0306")),
			} {
				t.Run(w.lang+" "+separator+" "+name, func(t *testing.T) {
					up := mustRead(t, "report.csv", data, sheet.Expect{Enterprise: shop, Forms: forms()})
					if up.Format != sheet.FormatCSV || up.Enterprise != 0 || len(up.Columns) != 8 || len(up.Unknown)+len(up.Strays) != 0 || len(up.Rows) != 2 {
						t.Fatalf("%+v", up)
					}
					first, second := up.Rows[0], up.Rows[1]
					if first.Month != month(time.January) || second.Month != month(time.March) {
						t.Errorf("months %s and %s", first.Month, second.Month)
					}
					var got []string
					for _, c := range append(first.Cells[:7:7], second.Cells[:7]...) {
						got = append(got, said(c))
					}
					want := "read 12500000, read 4350000.35, no value [not_known], no value [not_applicable], read 48, empty, no value [zero], " +
						"read 12500000, empty, read 1200, read 0, read 48, read 52, empty"
					if strings.Join(got, ", ") != want {
						t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
					}
					note := first.Cell(sector.FieldNote).Raw
					if name != "windows-1251" && note != "жаңа цех; \"№2\"\nекінші жол" {
						t.Errorf("note %q", note)
					}
				})
			}
		}
	}
}

func TestCSVCells(t *testing.T) {
	for cell, want := range map[string]string{
		"12500000":      "read 12500000",
		"12500000.00":   "read 12500000",
		"1.25E+07":      "refused: scientific", // Excel writes what a narrow column shows
		"12.май":        "asked: context",      // Excel has made a date of 12.5
		"около 12 млн":  "read 12000000",
		"\"=2+2\"":      `fault formula "=2+2"`,
		"'-5":           "refused: negative",
		"-5":            "refused: negative",
		"'=HYPERLINK()": "refused: none",
		"10%":           "refused: percent",
	} {
		up := mustRead(t, "r.csv", []byte("Month;Output, tenge\nMarch 2026;"+cell+"\n"), sheet.Expect{Forms: forms()})
		if got := said(up.Rows[0].Cells[0]); got != want {
			t.Errorf("%s: got %s, want %s", cell, got, want)
		}
	}
}

func TestCSVQuotesByHand(t *testing.T) {
	up := mustRead(t, "r.csv", []byte("Месяц;Выпуск, тенге;Примечание\nмарт 2026;5;ТОО \"Мақта\" сдало\nапрель 2026;6;\n"), sheet.Expect{Forms: forms()})
	if len(up.Rows) != 1 || up.Rows[0].Cell(sector.FieldNote).Raw != `ТОО "Мақта" сдало` || len(up.Strays) != 1 || up.Strays[0].Number != 3 {
		t.Errorf("%+v", up)
	}
}

// A header that lost letters must not be taken for another one.
func TestLostLettersAreNotGuessed(t *testing.T) {
	f := wordings()[0].form()
	f.Columns[2].Header, f.Columns[3].Header = "Қой, дана", "Мой, дана"
	read := func(header string) string {
		up, err := sheet.Read("r.csv", []byte("Ай;"+header+";Ескертпе\n2026-03;5;x\n"), sheet.Expect{Forms: []sheet.Form{f}})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(len(up.Columns), " ", up.Columns[0].Field)
	}
	for header, want := range map[string]string{
		"?ой, дана":  "2 product:garments", // М is in every code page and cannot have been lost
		"Мой, дана":  "2 product:fabric",
		"???, ????":  "1 note",
		"?ой, да?а?": "1 note",
	} {
		if got := read(header); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

func TestHeaderlessMonths(t *testing.T) {
	for text, want := range map[string]string{
		";Выпуск, тенге\nмарт 2026;1\n":                                     "1 0",
		"Период;Выпуск, тенге\n2026-03;1\n2026-04;2\n":                      "2 0",
		"Период;Выпуск, тенге\n2026-03;1\nитого;2\n":                        "0 2",
		"Выпуск, тенге\n1\n":                                                "0 1",
		"Начало;Выпуск, тенге;Конец\n01.03.2026;1;31.03.2026\n":             "0 1", // which of the two?
		"Месяц;Выпуск, тенге\nмарт 2026;\n;\nапрель 2026\n":                 "0 0",
		"не то\nеще;не;то\n\n\nМесяц;Продажи, тенге\nмарт 2026;1;;лишнее\n": "1 0",
	} {
		up := mustRead(t, "r.csv", []byte(text), sheet.Expect{Forms: forms()})
		if got := fmt.Sprint(len(up.Rows), " ", len(up.Strays)); got != want {
			t.Errorf("%q: %s rows and strays, want %s", text, got, want)
		}
	}
}
