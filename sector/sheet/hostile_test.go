package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"maqta/sector/sheet"
)

func wantProblem(t testing.TB, name string, data []byte, want sheet.Expect, problem sheet.Problem) {
	t.Helper()
	up, err := sheet.Read(name, data, want)
	var e *sheet.Error
	if !errors.As(err, &e) || e.Problem != problem {
		t.Errorf("%s: got %v, want the problem %s (%d rows)", name, err, problem, len(up.Rows))
	}
	if err != nil && (len(up.Rows) > 0 || len(up.Strays) > 0) {
		t.Errorf("%s: rows beside an error", name)
	}
}

// repacked changes the parts of a packed file; a part that becomes "" is left out.
func repacked(t testing.TB, data []byte, change func(name, content string) string, more ...[2]string) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	write := func(name, content string) {
		w, err := zw.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if changed := change(f.Name, string(content)); changed != "" {
			write(f.Name, changed)
		}
	}
	for _, part := range more {
		write(part[0], part[1])
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inPart changes one part.
func inPart(part, old, new string) func(name, content string) string {
	return func(name, content string) string {
		if name != part {
			return content
		}
		return strings.Replace(content, old, new, 1)
	}
}

func same(_, content string) string { return content }

const sheet1 = "xl/worksheets/sheet1.xml"

func filledForm(t testing.TB) []byte {
	t.Helper()
	f := wordings()[1].form()
	for i := range f.Months {
		f.Months[i].Known = figures()
	}
	return mustXLSX(t, f)
}

func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func TestHostileFiles(t *testing.T) {
	form := filledForm(t)
	const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	directory := func(names ...string) string {
		return compound + strings.Repeat("\x00", 504) + wide("Root Entry") + "\x00\x00" + wide(strings.Join(names, "\x00\x00")) + "\x00\x00"
	}
	otherVersion := repacked(t, form, func(name, content string) string {
		if name == "xl/sharedStrings.xml" {
			return strings.Replace(content, "<t>1</t>", "<t>2</t>", 1)
		}
		return content
	})
	rows := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<row r="%[1]d"><c r="A%[1]d"><v>1</v></c><c r="B%[1]d"><v>2</v></c></row>`, 100+i)
		}
		return b.String() + "</sheetData>"
	}
	deep := strings.Repeat("<a>", 100_000)
	for _, c := range []struct {
		name    string
		data    string
		problem sheet.Problem
	}{
		{"empty.xlsx", "", sheet.ProblemEmpty},
		{"blank.csv", " \r\n\t\n", sheet.ProblemEmpty},
		{"large.csv", strings.Repeat("a;b\n", 1<<19+1), sheet.ProblemTooLarge},
		{"photo.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01", sheet.ProblemNoSheet},
		{"photo.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", sheet.ProblemNoSheet},
		{"contract.pdf", "%PDF-1.7\n1 0 obj", sheet.ProblemNoSheet},
		{"contract.csv", "%PDF-1.7\n1 0 obj", sheet.ProblemNoSheet},
		{"letter.rtf", `{\rtf1\ansi}`, sheet.ProblemNoSheet},
		{"1c.xls", "<html><table><tr><td>1</td></tr></table></html>", sheet.ProblemNoSheet},
		{"page.csv", "<html><table><tr><td>1</td></tr></table></html>", sheet.ProblemNoSheet},
		{"words.txt", "just some words\nand more", sheet.ProblemNoColumns},
		{"words.docx", string(repacked(t, form, func(_, _ string) string { return "" }, [2]string{"[Content_Types].xml", `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`}, [2]string{"word/document.xml", "<w/>"})), sheet.ProblemNoSheet},
		{"photos.zip", string(repacked(t, form, func(_, _ string) string { return "" }, [2]string{"1.jpg", "x"})), sheet.ProblemNoSheet},
		{"nothing.zip", "PK\x05\x06" + strings.Repeat("\x00", 18), sheet.ProblemNoSheet},
		{"table.ods", string(repacked(t, form, func(_, _ string) string { return "" }, [2]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"})), sheet.ProblemOtherFormat},
		{"book.epub", string(repacked(t, form, same, [2]string{"mimetype", "application/epub+zip"})), sheet.ProblemNoSheet},
		{"table.xlsb", string(repacked(t, form, same, [2]string{"xl/workbook.bin", "x"})), sheet.ProblemOtherFormat},

		{"half.xlsx", string(form[:len(form)/2]), sheet.ProblemDamaged},
		{"end.xlsx", string(form[:len(form)-30]), sheet.ProblemDamaged},
		{"two bytes.xlsx", "PK", sheet.ProblemDamaged},
		{"flipped.xlsx", string(flipped(t, form)), sheet.ProblemDamaged},
		{"cut part.xlsx", string(repacked(t, form, func(name, content string) string {
			if name == sheet1 {
				return content[:strings.Index(content, `<row r="5"`)]
			}
			return content
		})), sheet.ProblemDamaged},
		{"no sheet part.xlsx", string(repacked(t, form, func(name, content string) string {
			if name == sheet1 {
				return ""
			}
			return content
		})), sheet.ProblemDamaged},
		{"no workbook.xlsx", string(repacked(t, form, func(name, content string) string {
			if strings.HasPrefix(name, "xl/workbook") {
				return ""
			}
			return content
		})), sheet.ProblemDamaged},
		{"no relation.xlsx", string(repacked(t, form, inPart("xl/workbook.xml", `r:id="rId1"`, `r:id="rId99"`))), sheet.ProblemDamaged},
		{"bad style.xlsx", string(repacked(t, form, inPart("xl/styles.xml", `numFmtId="49"`, `numFmtId="x"`))), sheet.ProblemDamaged},
		{"lost text.xlsx", string(repacked(t, form, inPart(sheet1, `t="s"><v>1<`, `t="s"><v>999<`))), sheet.ProblemDamaged},
		{"lost rows.xlsx", string(repacked(t, form, inPart(sheet1, `<row r="5"`, `<row r="2"`))), sheet.ProblemDamaged},
		{"row beyond.xlsx", string(repacked(t, form, inPart(sheet1, `<row r="9"`, `<row r="1048577"`))), sheet.ProblemDamaged},
		{"cells crossed.xlsx", string(repacked(t, form, inPart(sheet1, `r="B4"`, `r="C4"`))), sheet.ProblemDamaged},
		{"cell elsewhere.xlsx", string(repacked(t, form, inPart(sheet1, `r="B4"`, `r="B5"`))), sheet.ProblemDamaged},
		{"cell nowhere.xlsx", string(repacked(t, form, inPart(sheet1, `r="B4"`, `r="4"`))), sheet.ProblemDamaged},
		{"cell beyond.xlsx", string(repacked(t, form, inPart(sheet1, `r="I4"`, `r="XFE4"`))), sheet.ProblemDamaged},
		{"part twice.xlsx", string(repacked(t, form, same, [2]string{"XL\\worksheets/SHEET1.xml", "<worksheet/>"})), sheet.ProblemDamaged},
		{"bad letters.xlsx", string(repacked(t, form, inPart("xl/sharedStrings.xml", "Месяц", "\xcc\xe5\xf1\xff\xf6"))), sheet.ProblemDamaged},

		{"locked.xlsx", directory("EncryptionInfo", "EncryptedPackage"), sheet.ProblemPassword},
		{"locked and cut.xlsx", compound, sheet.ProblemPassword},
		{"locked.zip.xlsx", string(lockedZip(form)), sheet.ProblemPassword},
		{"old.xls", directory("Workbook"), sheet.ProblemOldExcel},
		{"older.xls", directory("Book"), sheet.ProblemOldExcel},
		{"old renamed.xlsx", directory("Workbook"), sheet.ProblemOldExcel},
		{"letter.doc", directory("WordDocument"), sheet.ProblemNoSheet},
		{"thumbs.db", compound, sheet.ProblemNoSheet},
		{"program.xlsm", string(form), sheet.ProblemMacros},
		{"program.xlsx", string(repacked(t, form, same, [2]string{"xl/vbaProject.bin", "x"})), sheet.ProblemMacros},
		{"renamed program.xlsx", string(repacked(t, form, inPart("[Content_Types].xml", "spreadsheetml.sheet.main+xml", "spreadsheetml.sheet.macroEnabled.main+xml"))), sheet.ProblemMacros},
		{"hidden program.xlsx", string(repacked(t, form, inPart("xl/_rels/workbook.xml.rels", "<Relationship ", `<Relationship Id="x" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="y.bin"/><Relationship `))), sheet.ProblemMacros},

		{"bomb.xlsx", string(repacked(t, form, inPart(sheet1, "</sheetData>", strings.Repeat(" ", 30<<20)+"</sheetData>"))), sheet.ProblemBomb},
		{"large bomb.xlsx", string(repacked(t, form, same, [2]string{"xl/media/1.png", strings.Repeat("\x00", 40<<20)})), sheet.ProblemBomb},
		{"many parts.xlsx", string(repacked(t, form, same, manyParts(300)...)), sheet.ProblemBomb},
		{"lying size.xlsx", string(lyingSize(t, form)), sheet.ProblemDamaged},
		{"entities.xlsx", string(repacked(t, form, inPart("xl/sharedStrings.xml", "<sst", `<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><sst`))), sheet.ProblemBomb},
		{"entity.xlsx", string(repacked(t, form, inPart("xl/sharedStrings.xml", "Месяц", "&b;"))), sheet.ProblemDamaged},
		{"outside entity.xlsx", string(repacked(t, form, inPart(sheet1, "<worksheet", `<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet`))), sheet.ProblemBomb},
		{"deep.xlsx", string(repacked(t, form, inPart(sheet1, "<sheetData>", "<sheetData>"+deep))), sheet.ProblemBomb},
		{"many sheets.xlsx", string(repacked(t, form, func(name, content string) string {
			if name == "xl/workbook.xml" {
				return strings.Replace(content, "<sheets>", "<sheets>"+strings.Repeat(`<sheet name="a" sheetId="1" r:id="rId1"/>`, 60), 1)
			}
			return content
		})), sheet.ProblemBomb},
		{"many elements.xlsx", string(repacked(t, form, inPart("xl/sharedStrings.xml", "</sst>", strings.Repeat("<si/>", 500_000)+"<!--"+noise(50_000)+"--></sst>"))), sheet.ProblemBomb},
		{"far cell.xlsx", string(repacked(t, form, inPart(sheet1, `r="I4"`, `r="XFD4"`))), sheet.ProblemColumns},
		{"many rows.xlsx", string(repacked(t, form, inPart(sheet1, "</sheetData>", rows(510)))), sheet.ProblemRows},
		{"very many rows.xlsx", string(repacked(t, form, inPart(sheet1, "</sheetData>", rows(5000)))), sheet.ProblemRows},

		{"other version.xlsx", string(otherVersion), sheet.ProblemVersion},
		{"other firm.xlsx", string(mustXLSX(t, otherFirm())), sheet.ProblemOtherFirm},
		{"no headers.xlsx", string(repacked(t, form, func(name, content string) string {
			if name == "xl/workbook.xml" {
				return strings.Replace(content, "_maqta", "other", 1)
			}
			return content
		})), sheet.ProblemNoColumns},

		{"many rows.csv", "Месяц;Выпуск, тенге\n" + strings.Repeat("март 2026;1\n", 501), sheet.ProblemRows},
		{"many words.csv", "Месяц;Выпуск, тенге;Продажи, тенге\n" + strings.Repeat("март 2026"+strings.Repeat(";"+strings.Repeat("миллион", 15), 2)+"\n", 490), sheet.ProblemTooLarge},
		{"many columns.csv", "Месяц;Выпуск, тенге" + strings.Repeat(";", 50) + "x\nмарт 2026;1", sheet.ProblemColumns},
		{"one line.csv", "Месяц;Выпуск, тенге\n" + strings.Repeat(";", 5000), sheet.ProblemColumns},
		{"quotes of others.csv", "Сумма;Наименование\n1;\"а\", \"б\"\n", sheet.ProblemNoColumns},
		{"bad utf8.csv", "\xef\xbb\xbfМесяц;Выпуск\n\xff\xfe", sheet.ProblemEncoding},
		{"mixed.csv", "Месяц;Выпуск, тенге\nмарт 2026;1 \xff\n", sheet.ProblemEncoding},
		{"no such byte.csv", "\xcc\xe5\xf1\xff\xf6;\x98", sheet.ProblemEncoding},
		{"odd.csv", "\xff\xfeA\x00;", sheet.ProblemEncoding},
		{"half a letter.csv", "\xff\xfe\x00\xd8A\x00", sheet.ProblemEncoding},
		{"quotes.csv", "Месяц;Выпуск, тенге\n\"март 2026;1\nапрель;2\n", sheet.ProblemDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := sheet.Expect{Enterprise: shop}
			if strings.HasSuffix(c.name, ".csv") {
				want.Forms = forms()
			}
			wantProblem(t, c.name, []byte(c.data), want, c.problem)
		})
	}
}

func TestLimitsOfTheCaller(t *testing.T) {
	form := filledForm(t)
	for problem, limits := range map[sheet.Problem]sheet.Limits{
		sheet.ProblemTooLarge: {Bytes: 100},
		sheet.ProblemBomb:     {PartBytes: 1000},
		sheet.ProblemColumns:  {Columns: 5},
		sheet.ProblemRows:     {Rows: 2},
	} {
		wantProblem(t, "r.xlsx", form, sheet.Expect{Limits: limits}, problem)
	}
	wantProblem(t, "r.xlsx", form, sheet.Expect{Limits: sheet.Limits{Parts: 3}}, sheet.ProblemBomb)
}

// A part that many sheets share is unpacked for each of them.
func TestOneSheetOften(t *testing.T) {
	form := repacked(t, filledForm(t), func(name, content string) string {
		switch name {
		case "xl/workbook.xml":
			return strings.Replace(content, "<sheets>", "<sheets>"+strings.Repeat(`<sheet name="a" sheetId="1" r:id="rId1"/>`, 40), 1)
		case sheet1:
			return content + "<!--" + noise(50_000) + "-->"
		}
		return content
	})
	wantProblem(t, "r.xlsx", form, sheet.Expect{Limits: sheet.Limits{Unpacked: 1 << 20}}, sheet.ProblemBomb)
}

func otherFirm() sheet.Form {
	f := wordings()[1].form()
	f.Enterprise++
	return f
}

func manyParts(n int) (parts [][2]string) {
	for i := range n {
		parts = append(parts, [2]string{"xl/" + strconv.Itoa(i), "x"})
	}
	return parts
}

// flipped changes one bit inside the packed sheet, which still unpacks.
func flipped(t testing.TB, data []byte) []byte {
	t.Helper()
	stored := stored(t, data)
	i := bytes.Index(stored, []byte("<v>12500000</v>"))
	if i < 0 {
		t.Fatal("no such cell")
	}
	stored[i+3] ^= 2 // 1 becomes 3
	return stored
}

// stored packs the parts without pressing them.
func stored(t testing.TB, data []byte) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	zw := zip.NewWriter(&out)
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		w, err := zw.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lyingSize declares every part to be one byte when unpacked.
func lyingSize(t testing.TB, data []byte) []byte {
	t.Helper()
	data = bytes.Clone(data)
	for i := 0; ; {
		n := bytes.Index(data[i:], []byte("PK\x01\x02"))
		if n < 0 {
			return data
		}
		i += n
		binary.LittleEndian.PutUint32(data[i+24:], 1)
		i += 4
	}
}

// lockedZip sets the bit by which an archive says that a part is encrypted.
func lockedZip(data []byte) []byte {
	data = bytes.Clone(data)
	for i := 0; ; {
		n := bytes.Index(data[i:], []byte("PK\x01\x02"))
		if n < 0 {
			return data
		}
		i += n
		data[i+8] |= 1
		i += 4
	}
}

// A cell in the last row and column is read, or refused, without making room for
// all the cells before it.
func TestFarCellsCostNothing(t *testing.T) {
	form := repacked(t, filledForm(t), inPart(sheet1, `</sheetData>`, `<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>июль 2026</t></is></c></row></sheetData>`))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	up := mustRead(t, "far.xlsx", form, sheet.Expect{})
	runtime.ReadMemStats(&after)
	if len(up.Rows) != 3 {
		t.Errorf("read %d rows", len(up.Rows))
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 2<<20 {
		t.Errorf("reading took %d bytes", used)
	}
}

// Every file that was cut off or changed by one byte on its way is refused or read
// as before: no figure differs.
func TestDamageChangesNoFigure(t *testing.T) {
	form := filledForm(t)
	whole := mustRead(t, "r.xlsx", form, sheet.Expect{})
	check := func(data []byte, what string) {
		t.Helper()
		up, err := sheet.Read("r.xlsx", data, sheet.Expect{})
		if err != nil {
			return
		}
		if len(up.Rows) != len(whole.Rows) {
			t.Fatalf("%s: %d rows without an error", what, len(up.Rows))
		}
		for i, r := range up.Rows {
			if !figuresOf(r).Equal(figuresOf(whole.Rows[i])) {
				t.Fatalf("%s: other figures without an error: %+v", what, figuresOf(r))
			}
		}
	}
	for n := 0; n < len(form); n += 97 {
		check(form[:n], fmt.Sprintf("cut off at %d", n))
	}
	for i := 0; i < len(form); i += 23 {
		changed := bytes.Clone(form)
		changed[i] ^= 0x15
		check(changed, fmt.Sprintf("byte %d changed", i))
	}
}

func TestErrorSaysNothingThatWasWritten(t *testing.T) {
	form := repacked(t, filledForm(t), inPart("xl/sharedStrings.xml", "Месяц", "&secret;"))
	_, err := sheet.Read("r.xlsx", form, sheet.Expect{})
	if err == nil || strings.Contains(err.Error(), "новый") || errors.Unwrap(err) == nil {
		t.Errorf("got %v", err)
	}
	if !strings.Contains(err.Error(), "sharedStrings.xml") {
		t.Errorf("the part is not named: %v", err)
	}
}
