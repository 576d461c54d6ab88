package sheet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"maqta/sector"
	"maqta/sector/sheet"
)

// ssconvert converts a file with Gnumeric, which shares no code with us. In CI it
// may not be missing.
func ssconvert(t *testing.T, data []byte, to string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("ssconvert"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("ssconvert is not installed: apt-get install gnumeric")
		}
		t.Skip("ssconvert is not installed, no other program reads our files: apt-get install gnumeric")
	}
	dir := t.TempDir()
	from, into := filepath.Join(dir, "from.xlsx"), filepath.Join(dir, "into."+to)
	if err := os.WriteFile(from, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "ssconvert", append(args, from, into)...)
	cmd.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=C.UTF-8")
	cmd.WaitDelay = 10 * time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ssconvert: %v: %s", err, out)
	}
	converted, err := os.ReadFile(into)
	if err != nil {
		t.Fatal(err)
	}
	return converted
}

// asStored makes ssconvert write what is in the cells of one sheet, not what they
// show.
func asStored(sheetName, separator string) []string {
	return []string{"-T", "Gnumeric_stf:stf_assistant", "-O", fmt.Sprintf("sheet='%s' separator='%s' format=raw", sheetName, separator)}
}

func parsed(t *testing.T, data []byte, separator rune) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = separator, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		rows[i] = trimmed(rows[i])
	}
	return rows
}

// trimmed cuts off empty cells at the end of a row.
func trimmed(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// filledIn is the form of a language as a person has filled it in, and the rows
// that any program should show of it.
func filledIn(t *testing.T, w wording) (data []byte, rows [][]string) {
	t.Helper()
	f := w.form()
	f.Months[0].Known = figures()
	rows = [][]string{{w.words.Title}, {""}, append([]string{w.words.Month}, w.headers[:]...)}
	for _, c := range f.Columns {
		rows[1] = append(rows[1], c.Hint)
	}
	rows = append(rows,
		[]string{w.months[0], "12500000", "4350000.35", w.words.NotKnown, w.words.NotApplicable, "48", "", w.words.Zero, figures().Note},
		[]string{w.months[1], "0.1", "12,5 млн", "-5", "1200", "47", "45", "2"},
		[]string{w.months[2]}, []string{},
	)
	for _, line := range w.words.Instructions {
		rows = append(rows, []string{line})
	}
	return edited(t, mustXLSX(t, f), func(f *excelize.File) error {
		return f.SetSheetRow(w.words.Sheet, "B5", &[]any{0.1, "12,5 млн", -5, 1200, 47, 45, 2})
	}), rows
}

// bare takes out of an upload where things stood, and keeps what they said.
func bare(up sheet.Upload) (rows []string) {
	for _, r := range up.Rows {
		for _, c := range r.Cells {
			rows = append(rows, r.Month.String()+" "+string(c.Field)+": "+said(c))
		}
	}
	return rows
}

func TestAnotherProgramReadsTheForm(t *testing.T) {
	for _, w := range wordings() {
		t.Run(w.lang, func(t *testing.T) {
			data, want := filledIn(t, w)
			mine := mustRead(t, "r.xlsx", data, sheet.Expect{Enterprise: shop})
			if len(mine.Rows) != 2 || len(mine.Strays)+len(mine.Unknown) != 0 {
				t.Fatalf("%+v", mine)
			}
			out := ssconvert(t, data, "csv", asStored(w.words.Sheet, ";")...)
			if got := parsed(t, out, ';'); !reflect.DeepEqual(got, want) {
				t.Errorf("the other program shows\n%q\nwant\n%q", got, want)
			}
			for name, file := range map[string][]byte{
				"csv as stored":      out,
				"csv with commas":    ssconvert(t, data, "csv", asStored(w.words.Sheet, ",")...),
				"csv as shown":       ssconvert(t, data, "csv"),
				"saved by it":        ssconvert(t, data, "xlsx"),
				"saved as 1st ed.":   ssconvert(t, data, "xlsx", "-T", "Gnumeric_Excel:xlsx"),
				"there and back":     ssconvert(t, ssconvert(t, data, "xlsx"), "xlsx"),
				"csv of what it had": ssconvert(t, ssconvert(t, data, "xlsx"), "csv", asStored(w.words.Sheet, "\t")...),
			} {
				ext := ".csv"
				if bytes.HasPrefix(file, []byte("PK")) {
					ext = ".xlsx"
				}
				up := mustRead(t, "r"+ext, file, sheet.Expect{Enterprise: shop, Forms: forms()})
				if got, want := bare(up), bare(mine); !reflect.DeepEqual(got, want) {
					t.Errorf("%s:\ngot  %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
				}
				if ext == ".xlsx" && (up.Enterprise != shop || up.Lang != w.lang || !reflect.DeepEqual(up.Columns, mine.Columns)) {
					t.Errorf("%s: %+v", name, up)
				}
			}
		})
	}
}

func TestOldExcelFilesAreNamed(t *testing.T) {
	data, _ := filledIn(t, wordings()[0])
	for _, version := range []string{"excel_biff8", "excel_biff7"} {
		wantProblem(t, "r.xls", ssconvert(t, data, "xls", "-T", "Gnumeric_Excel:"+version), sheet.Expect{}, sheet.ProblemOldExcel)
	}
	wantProblem(t, "r.ods", ssconvert(t, data, "ods"), sheet.Expect{}, sheet.ProblemOtherFormat)
	wantProblem(t, "r.pdf", ssconvert(t, data, "pdf"), sheet.Expect{}, sheet.ProblemNoSheet)
}

func TestAnotherProgramReadsTheBook(t *testing.T) {
	data, err := book().XLSX()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Кәсіпорын", "Сома, теңге", "Жыл"},
		{"=1+1", "12500000.5", "2026"},
		{"+7 701 000 00 00", "0", "2025"},
		{"-", "123456789012345678.9"},
		{"@SUM(A1)", "1200"},
		{"\tcmd", "0.001"},
	}
	if got := parsed(t, ssconvert(t, data, "csv", asStored("Есептер  2026 03", ",")...), ','); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	notes := ssconvert(t, data, "csv", asStored("Дереккөз", ",")...)
	if got := parsed(t, notes, ','); !reflect.DeepEqual(got, [][]string{{"Бұл ресми статистика емес."}, {"=2+2 бұл мәтін"}}) {
		t.Errorf("notes %q", got)
	}
	plain, err := book().Tables[0].CSV(sheet.ForPrograms)
	if err != nil {
		t.Fatal(err)
	}
	if want := "\ufeffКәсіпорын,\"Сома, теңге\",Жыл\r\n"; !strings.HasPrefix(string(plain), want) {
		t.Errorf("csv %q", plain)
	}
}

func book() sheet.Book {
	number := func(s string) sheet.Datum { return sheet.Number(sector.MustDecimal(s)) }
	return sheet.Book{
		Title: "Есептер",
		Tables: []sheet.Table{
			{
				Name:    "Есептер: 2026/03",
				Columns: []sheet.Head{{Title: "Кәсіпорын"}, {Title: "Сома, теңге"}, {Title: "Жыл", Plain: true}},
				Rows: [][]sheet.Datum{
					{sheet.Text("=1+1"), number("12500000.5"), number("2026")},
					{sheet.Text("+7 701 000 00 00"), number("0"), number("2025")},
					{sheet.Text("-"), number("123456789012345678.9"), {}},
					{sheet.Text("@SUM(A1)"), number("1200")},
					{sheet.Text("\tcmd"), number("0.001")},
				},
			},
			{Name: "есептер  2026 03", Columns: []sheet.Head{{Title: "x"}}},
		},
		Notes: sheet.Notes{Name: "Дереккөз", Lines: []string{"Бұл ресми статистика емес.", "=2+2 бұл мәтін"}},
	}
}
