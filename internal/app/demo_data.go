package app

import (
	"context"
	"fmt"
	"time"

	"maqta/bot/chat"
	"maqta/sector"
	"maqta/storage"
)

// demoFirms are the sample enterprises of the demo's owner. The numbers are
// invented: their month of registration lies in the future, so they are nobody's.
func demoFirms(since sector.Date) []sector.Enterprise {
	return []sector.Enterprise{
		{
			BIN: "501240000013", Name: "ЖШС «Шымкент тігін үйі»", Region: sector.Shymkent, Branch: sector.Clothing,
			Products: []sector.Product{sector.ProductGarments}, Standing: sector.StandingConfirmed, Registered: since,
		},
		{
			BIN: "501240000023", Name: "ТОО «Туркестан Текстиль»", Region: sector.Turkistan, Branch: sector.Textiles,
			Products: []sector.Product{sector.ProductYarn, sector.ProductFabric}, Standing: sector.StandingConfirmed, Registered: since,
		},
		{
			BIN: "501260000012", Name: "Алматы Былғары", Region: sector.AlmatyCity, Branch: sector.Leather,
			Standing: sector.StandingPending, Registered: since,
		},
	}
}

// plantDemo stores the sample enterprises, unless the store has them from an
// earlier demo.
func plantDemo(ctx context.Context, db *storage.DB, now time.Time, zone *time.Location) error {
	err := db.Update(ctx, func(tx *storage.Tx) error {
		owner, err := tx.Person(demoOwner)
		if err != nil {
			return err
		}
		if !owner.Known() {
			owner.Since, owner.App = now, chat.Russian
			if owner, err = tx.SavePerson(owner); err != nil {
				return err
			}
		}
		// Registered two months ago, so that there is something to report.
		for _, e := range demoFirms(sector.DateOf(now.AddDate(0, -2, 0), zone)) {
			if _, there, err := tx.EnterpriseByBIN(e.BIN); err != nil {
				return err
			} else if there {
				continue
			}
			if e, err = tx.SaveEnterprise(e); err != nil {
				return err
			}
			if err := tx.Join(storage.Member{Enterprise: e.ID, Who: owner.Key, Role: sector.RoleOwner, Since: now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("plant the sample enterprises: %w", err)
	}
	return nil
}
