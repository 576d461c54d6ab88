package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"maqta/sector"
	"maqta/sector/sheet"
)

// smallest is the least file that is read: fuzzing is quick on small ones.
func smallest() [][2]string {
	return [][2]string{
		{"[Content_Types].xml", `<Types><Override ContentType="spreadsheetml"/></Types>`},
		{"xl/workbook.xml", `<workbook><workbookPr date1904="0"/><sheets><sheet name="a" r:id="1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="/worksheet" Target="s"/><Relationship Id="2" Type="/sharedStrings" Target="t"/><Relationship Id="3" Type="/styles" Target="f"/></Relationships>`},
		{"xl/s", `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>Output,</t></r><r><t> tenge</t></r></is></c></row>` +
			`<row><c t="d"><v>2026-03-01</v></c><c s="1"><v>4.35E+6</v></c><c><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`},
		{"xl/t", `<sst><si><t>Month</t><rPh><t>x</t></rPh></si></sst>`},
		{"xl/f", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$₸]#,##0"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`},
	}
}

func packed(t testing.TB, parts [][2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, part := range parts {
		w, err := zw.Create(part[0])
		if err == nil {
			_, err = io.WriteString(w, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSmallestFileIsRead(t *testing.T) {
	up := mustRead(t, "r.xlsx", packed(t, smallest()), sheet.Expect{Forms: forms()})
	if len(up.Rows) != 1 || up.Rows[0].Month != month(time.March) || said(up.Rows[0].Cells[0]) != "read 4350000" || len(up.Unknown) != 1 {
		t.Errorf("%+v", up)
	}
}

// FuzzRead gives whole files to the reader, under names that fit and do not.
func FuzzRead(f *testing.F) {
	small := packed(f, smallest())
	f.Add("r.xlsx", small)
	f.Add("r.xls", small[:len(small)/2])
	f.Add("r.xlsx", stored(f, small))
	for _, text := range []string{
		"Month;Output, tenge\n2026-03;12 500 000\n", "sep=,\nАй,\"Өнім құны, теңге\"\n\"2026 жылғы наурыз\",\"12,5 млн\"\n",
		"x\nМесяц\tВыпуск, тенге\tПримечание\nмарт 2026\t'-5\tТОО \"а\"\n", "Month;Output, tenge\nMarch 2026;=1+1\nMarch 2026;zero\n;;\n5;5",
	} {
		f.Add("r.csv", []byte(text))
		f.Add("r.txt", utf16Bytes("\ufeff"+text, binary.LittleEndian))
		f.Add("", codePage(text, strk1048))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) { checkRead(t, name, data) })
}

// FuzzReadParts fuzzes the parts of a file that is packed well, so that not every
// change ends at the archive.
func FuzzReadParts(f *testing.F) {
	parts := smallest()
	f.Add(parts[1][1], parts[2][1], parts[3][1], parts[4][1], parts[5][1])
	f.Add(parts[1][1], parts[2][1], `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:v>Output, tenge</x:v></x:c></x:row>`+
		`<x:row r="9"><x:c s="1"><x:v>46082</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>`, parts[4][1],
		`<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="17"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, book, relations, table, texts, styles string) {
		parts := smallest()
		for i, content := range []string{book, relations, table, texts, styles} {
			parts[i+1][1] = content
		}
		checkRead(t, "r.xlsx", packed(t, parts))
	})
}

// checkRead holds for every file whatever.
func checkRead(t *testing.T, name string, data []byte) {
	limits := sheet.DefaultLimits()
	want := sheet.Expect{Forms: forms()}
	up, err := sheet.Read(name, data, want)
	if err != nil {
		var e *sheet.Error
		if !errors.As(err, &e) || e.Problem == "" || len(up.Rows)+len(up.Strays)+len(up.Columns) > 0 {
			t.Fatalf("%v (%T), %+v", err, err, up)
		}
		return
	}
	if len(up.Rows)+len(up.Strays) > limits.Rows || len(up.Columns) > limits.Columns || len(up.Columns) == 0 {
		t.Fatalf("%d rows, %d strays, %d columns", len(up.Rows), len(up.Strays), len(up.Columns))
	}
	months := map[sector.Month]bool{}
	for _, r := range up.Rows {
		if months[r.Month] || r.Month.IsZero() {
			t.Fatalf("month %s", r.Month)
		}
		months[r.Month] = true
		for _, c := range r.Cells {
			checkCell(t, c, limits)
		}
	}
	for _, s := range up.Strays {
		if s.Why == "" {
			t.Fatal("a row left out without a reason")
		}
		for _, c := range s.Cells {
			checkCell(t, c, limits)
		}
	}
	if again, err := sheet.Read(name, data, want); err != nil || !reflect.DeepEqual(up, again) {
		t.Fatalf("read twice, differently: %v", err)
	}
}

func checkCell(t *testing.T, c sheet.Cell, limits sheet.Limits) {
	if !c.Field.Known() || c.Ref == "" || utf8.RuneCountInString(c.Raw) > limits.CellRunes || c.Fault != "" && c.Reading != nil {
		t.Fatalf("%+v", c)
	}
	if c.Field == sector.FieldNote {
		if c.Reading != nil {
			t.Fatalf("a note that was read: %+v", c)
		}
		return
	}
	if c.Empty() != (c.Reading == nil && c.Fault == "") {
		t.Fatalf("neither empty nor read nor at fault: %+v", c)
	}
	if r, ok := c.Reading.(sector.Read); ok {
		if r.Value.Sign() < 0 || c.Field.Amount() == sector.AmountPeople && !r.Value.IsWhole() || !strings.Contains(c.Raw, r.Text) {
			t.Fatalf("%+v", c)
		}
	}
}
