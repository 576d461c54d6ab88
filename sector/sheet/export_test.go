package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"maqta/sector"
	"maqta/sector/sheet"
)

func TestCSVDialects(t *testing.T) {
	table := sheet.Table{
		Columns: []sheet.Head{{Title: "Name"}, {Title: "=Sum, tenge"}},
		Rows: [][]sheet.Datum{
			{sheet.Text(`TOO "Мақта"; one, two`), sheet.Number(sector.MustDecimal("12500000.5"))},
			{sheet.Text("two\nlines"), sheet.Number(sector.MustDecimal("-3"))},
			{sheet.Text("bad \xff letter")},
			{},
		},
	}
	for dialect, want := range map[sheet.Dialect]string{
		sheet.ForPrograms: "\ufeffName,\"'=Sum, tenge\"\r\n\"TOO \"\"Мақта\"\"; one, two\",12500000.5\r\n\"two\r\nlines\",-3\r\nbad \ufffd letter,\r\n,\r\n",
		sheet.ForExcel:    "\ufeffName;'=Sum, tenge\r\n\"TOO \"\"Мақта\"\"; one, two\";12500000,5\r\n\"two\r\nlines\";-3\r\nbad \ufffd letter;\r\n;\r\n",
	} {
		got, err := table.CSV(dialect)
		if err != nil || string(got) != want {
			t.Errorf("%s:\ngot  %q\nwant %q (%v)", dialect, got, want, err)
		}
	}
}

// No text may reach a spreadsheet as a formula, neither by its first sign nor by
// ending its cell early.
func TestTextsAreNeverFormulas(t *testing.T) {
	texts := []string{
		"=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", "－1", "＠x", "=", "-", "--", "=cmd|' /C calc'!A0",
		"x;=1+1", "x,=1+1", "x\r\n=1+1", `x";=1+1`, `"=1+1"`, "'=1+1", " =1+1", "x\t=1+1",
	}
	table := sheet.Table{Name: "t", Columns: []sheet.Head{{Title: "a"}, {Title: "b"}}}
	for _, s := range texts {
		table.Rows = append(table.Rows, []sheet.Datum{sheet.Text(s), sheet.Text("end")})
	}
	for dialect, separator := range map[sheet.Dialect]rune{sheet.ForPrograms: ',', sheet.ForExcel: ';'} {
		data, err := table.CSV(dialect)
		if err != nil {
			t.Fatal(err)
		}
		rows := parsed(t, bytes.TrimPrefix(data, []byte("\ufeff")), separator)
		if len(rows) != len(texts)+1 {
			t.Fatalf("%s: %d rows of %d", dialect, len(rows), len(texts)+1)
		}
		for i, row := range rows[1:] {
			if len(row) != 2 || row[1] != "end" {
				t.Errorf("%s: %q left its cell: %q", dialect, texts[i], row)
			}
			if strings.ContainsAny(row[0][:1], "=+-@\t\r\n") || strings.HasPrefix(row[0], "＝") || strings.HasPrefix(row[0], "＋") || strings.HasPrefix(row[0], "－") || strings.HasPrefix(row[0], "＠") {
				t.Errorf("%s: %q begins a formula", dialect, row[0])
			}
		}
	}
	data, err := sheet.Book{Tables: []sheet.Table{table}}.XLSX()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, s := range texts {
		cell, _ := excelize.CoordinatesToCellName(1, i+2)
		typ, errType := f.GetCellType("t", cell)
		formula, errFormula := f.GetCellFormula("t", cell)
		text, errText := f.GetCellValue("t", cell)
		if err := errors.Join(errType, errFormula, errText); err != nil || typ != excelize.CellTypeSharedString || formula != "" || text != s {
			t.Errorf("%q: cell of type %d, formula %q, text %q, %v", s, typ, formula, text, err)
		}
	}
}

// A text of our own .csv that got an apostrophe comes back without it.
func TestNotesComeBackFromCSV(t *testing.T) {
	table := sheet.Table{Columns: []sheet.Head{{Title: "Month"}, {Title: "Output, tenge"}, {Title: "Note"}}}
	table.Rows = [][]sheet.Datum{{sheet.Text("March 2026"), sheet.Number(sector.FromInt(5)), sheet.Text("=2+2; two\nlines")}}
	for _, d := range []sheet.Dialect{sheet.ForPrograms, sheet.ForExcel} {
		data, err := table.CSV(d)
		if err != nil {
			t.Fatal(err)
		}
		up := mustRead(t, "r.csv", data, sheet.Expect{Forms: forms()})
		if note := up.Rows[0].Cell(sector.FieldNote); note.Raw != "=2+2; two\nlines" || note.Fault != "" {
			t.Errorf("%s: %+v", d, note)
		}
	}
}

func TestBookSheets(t *testing.T) {
	data, err := book().XLSX()
	if err != nil {
		t.Fatal(err)
	}
	again, err := book().XLSX()
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("one book gives different bytes (%v)", err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), "|"); got != "Есептер  2026 03|есептер  2026 03 2|Дереккөз" {
		t.Errorf("sheets %q", got)
	}
	for cell, want := range map[string]string{"B2": "12,500,000.5", "C2": "2026", "B4": "123456789012345678.9", "B6": "0.001"} {
		if got, err := f.GetCellValue("Есептер  2026 03", cell); got != want || err != nil {
			t.Errorf("%s shows %q, want %q (%v)", cell, got, want, err)
		}
	}
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "Maqta" || props.Title != "Есептер" {
		t.Errorf("properties %+v, %v", props, err)
	}
}

func TestTablesThatCannotBeWritten(t *testing.T) {
	row := []sheet.Datum{sheet.Text("a"), sheet.Text("b")}
	for name, table := range map[string]sheet.Table{
		"no columns": {},
		"long row":   {Columns: []sheet.Head{{Title: "a"}}, Rows: [][]sheet.Datum{row}},
		"long text":  {Columns: []sheet.Head{{Title: "a"}}, Rows: [][]sheet.Datum{{sheet.Text(strings.Repeat("ә", 32_768))}}},
		"many cells": {Columns: make([]sheet.Head, 1000), Rows: make([][]sheet.Datum, 1000)},
	} {
		_, errBook := sheet.Book{Tables: []sheet.Table{table}}.XLSX()
		_, errCSV := table.CSV(sheet.ForPrograms)
		if !errors.Is(errBook, sheet.ErrTable) || !errors.Is(errCSV, sheet.ErrTable) {
			t.Errorf("%s: %v, %v", name, errBook, errCSV)
		}
	}
	if _, err := (sheet.Book{}).XLSX(); !errors.Is(err, sheet.ErrTable) {
		t.Errorf("no tables: %v", err)
	}
}

func TestSheetName(t *testing.T) {
	for name, want := range map[string]string{
		"Есеп": "Есеп", "a/b:c\\d?e*f[g]": "a b c d e f g", "": "Sheet", "'": "Sheet", "'x'": "x", "_MAQTA": "Sheet", "History": "Sheet",
		strings.Repeat("ә", 40): strings.Repeat("ә", 31), strings.Repeat("😀", 20): strings.Repeat("😀", 15), "a\x00b\xff": "a b",
	} {
		if got := sheet.SheetName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
