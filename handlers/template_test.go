package handlers_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/handlers"
	"maqta/sector"
	"maqta/sector/sheet"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// TestSpreadsheetComesBack asks for the spreadsheet in each language, fills it in
// with a spreadsheet library, sends it back and hands the report in with one press.
// The same file from somebody else's enterprise changes nothing.
func TestSpreadsheetComesBack(t *testing.T) {
	for _, lang := range chat.Langs() {
		t.Run(string(lang), func(t *testing.T) {
			db := storagetest.Open(t)
			update(t, db, plantReporting)
			r := newRouter(t, db, true)
			at := date(2026, time.April, 3).In(transcript.Almaty()).Add(10 * time.Hour)
			id := chat.UpdateID(0)
			do := func(in chat.Input) []chat.Message {
				id++
				at = at.Add(time.Minute)
				u := chat.Update{ID: id, Chat: owner, From: owner, Place: chat.Private, Lang: lang, At: at, In: in}
				if err := r.Apply(t.Context(), []chat.Update{u}); err != nil {
					t.Fatal(err)
				}
				got := said(t, db)
				drain(t, db)
				return got
			}
			answer := do(chat.Command{Name: "template", Message: 1})
			if len(answer) != 1 || answer[0].File == nil {
				t.Fatalf("/template: %+v, want a file", answer)
			}
			empty, err := mind(t).Draw(*answer[0].File)
			if err != nil {
				t.Fatal(err)
			}
			filled := fillIn(t, empty)

			foreign := *answer[0].File
			foreign.Params = map[string]string{"firm": "77", "products": "garments", "from": "2026-03"}
			other, err := mind(t).Draw(foreign)
			if err != nil {
				t.Fatal(err)
			}
			do(chat.Uploaded{Message: 2, Name: "other.xlsx", Bytes: fillIn(t, other)})
			march := sector.Month{Year: 2026, Month: time.March}
			if n := len(reportsOf(t, db)); n != 2 || hasDraft(t, db, march) {
				t.Fatalf("another enterprise's file was taken: %d reports", n)
			}

			shown := do(chat.Uploaded{Message: 3, Name: "report.xlsx", Bytes: filled})
			send := buttonOf(shown, "card:")
			if send == "" {
				t.Fatalf("no card to send: %+v", shown)
			}
			if n := len(reportsOf(t, db)); n != 2 {
				t.Fatalf("%d reports before the owner has sent anything", n)
			}
			do(chat.Tapped{Query: "q", Data: send, Message: 9})
			reports := reportsOf(t, db)
			if len(reports) != 3 {
				t.Fatalf("%d reports, want 3", len(reports))
			}
			latest, _ := reports[2].Latest()
			if want := figuresOf(2).WithNote("=1+1"); !latest.Figures.Equal(want) || latest.Figures.Note != want.Note {
				t.Errorf("got %+v, want %+v", latest.Figures, want)
			}
		})
	}
}

// fillIn enters the figures of March as a person would.
func fillIn(t *testing.T, data []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetList()[0]
	for cell, v := range map[string]any{
		"B4": 12_000_000, "C4": "10,8 млн", "D4": 2200, "E4": 48, "F4": 45, "G4": 2, "H4": "=1+1",
	} {
		if err := f.SetCellValue(name, cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if _, err := f.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func reportsOf(t *testing.T, db *storage.DB) (reports []sector.Submission) {
	t.Helper()
	err := db.View(t.Context(), func(v *storage.View) (err error) {
		reports, err = v.Submissions(1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

func hasDraft(t *testing.T, db *storage.DB, m sector.Month) (has bool) {
	t.Helper()
	err := db.View(t.Context(), func(v *storage.View) (err error) {
		_, has, err = v.Draft(1, m)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return has
}

// buttonOf is the data of the first button that begins so.
func buttonOf(messages []chat.Message, prefix string) string {
	for _, m := range messages {
		for _, row := range m.Rows {
			for _, b := range row {
				if strings.HasPrefix(b.Data, prefix) {
					return b.Data
				}
			}
		}
	}
	return ""
}

// TestUnreadableFilesAreExplained wants for each problem a text of its own, in all
// languages.
func TestUnreadableFilesAreExplained(t *testing.T) {
	for _, lang := range chat.Langs() {
		seen := map[string]sheet.Problem{}
		for _, p := range []sheet.Problem{
			sheet.ProblemEmpty, sheet.ProblemTooLarge, sheet.ProblemNoSheet, sheet.ProblemDamaged, sheet.ProblemPassword,
			sheet.ProblemMacros, sheet.ProblemBomb, sheet.ProblemOldExcel, sheet.ProblemOtherFormat, sheet.ProblemEncoding,
			sheet.ProblemNoColumns, sheet.ProblemColumnTwice, sheet.ProblemVersion, sheet.ProblemOtherFirm, sheet.ProblemRows,
			sheet.ProblemColumns,
		} {
			text, err := mind(t).Words.RenderPlain(lang, handlers.Unreadable(&sheet.Error{Problem: p, Limit: 2 << 20}))
			if err != nil {
				t.Fatal(err)
			}
			if other, twice := seen[text]; twice || text == "" {
				t.Errorf("%s in %s: %q, as of %q", p, lang, text, other)
			}
			seen[text] = p
		}
	}
}
