package handlers_test

import (
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/sector"
	"maqta/storage"
	"maqta/storage/storagetest"
)

// TestNobodyDecidesAboutTheirOwnPledge lets an administrator who acts for the
// enterprise press the button of a card that they should never have had.
func TestNobodyDecidesAboutTheirOwnPledge(t *testing.T) {
	db := storagetest.Open(t)
	at := date(2026, time.April, 10).In(transcript.Almaty()).Add(10 * time.Hour)
	update(t, db, func(tx *storage.Tx) error {
		e, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.January, 12))
		if err != nil {
			return err
		}
		if err := plantMember(tx, e.ID, admin, sector.RoleDelegate, date(2026, time.January, 12)); err != nil {
			return err
		}
		p, err := sector.Pledge{Enterprise: e.ID, Year: 2026}.Propose(
			sector.Target{Workers: sector.ValueOf(sector.FromInt(50))}, "", "person-1", time.Unix(1_775_797_200, 0))
		if err != nil {
			return err
		}
		return tx.SavePledge(p)
	})
	u := chat.Update{
		ID: 1, Chat: admin, From: admin, Place: chat.Private, Lang: chat.English, At: at,
		In: chat.Tapped{Query: "q", Data: "tgd:1:2026:1775797200:yes", Message: 5},
	}
	if err := newRouter(t, db, true).Apply(t.Context(), []chat.Update{u}); err != nil {
		t.Fatal(err)
	}
	got := said(t, db)
	if len(got) != 1 || got[0].Act != chat.Answer || !got[0].Alert {
		t.Errorf("got %+v, want one refusal", got)
	}
	err := db.View(t.Context(), func(v *storage.View) error {
		p, err := v.Pledge(1, 2026)
		if _, waits := p.Waiting(); !waits {
			t.Errorf("the pledge was decided: %+v", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
