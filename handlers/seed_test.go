package handlers_test

import (
	"strings"
	"testing"
	"time"

	"maqta/bot/chat"
	"maqta/bot/transcript"
	"maqta/sector"
	"maqta/storage"
)

// The people of scripts about enterprises: the first person of a script, and an
// accountant whom scripts call "as accountant id=1002".
const (
	owner      = 1001
	accountant = 1002
)

// seed gives scripts about enterprises what they begin with. It is keyed by the
// file's stem ("target" of target.ru.txtar) and does nothing to a store that has
// enterprises already, so that it may be called whenever a store is opened.
func seed(t testing.TB, db *storage.DB) {
	t.Helper()
	_, stem, _ := strings.Cut(t.Name(), "TestScripts/")
	stem, _, _ = strings.Cut(stem, ".")
	plant, ok := seeds()[stem]
	if !ok {
		return
	}
	err := db.Update(t.Context(), func(tx *storage.Tx) error {
		there, err := tx.Enterprises()
		if err != nil || len(there) > 0 {
			return err
		}
		return plant(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func seeds() map[string]func(*storage.Tx) error {
	return map[string]func(*storage.Tx) error{
		"target": func(tx *storage.Tx) error {
			e, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.January, 12))
			if err != nil {
				return err
			}
			return plantReports(tx, e, 3)
		},
		"remind":        plantFour,
		"submit":        plantReporting,
		"actions":       plantReporting,
		"template":      plantReporting,
		"submit_one":    plantReporting,
		"submit_edit":   plantReporting,
		"submit_odd":    plantReporting,
		"submit_first":  plantNew,
		"submit_short":  plantReporting,
		"submit_pause":  plantReporting,
		"submit_period": plantReporting,
		"submit_people": plantStaffed,
		"review":        plantReporting,
		"mine":          plantReporting,
		"mine_trend":    plantWaiting,
		"log":           plantReporting,
		"recall":        plantYear,
		"submit_same":   plantSame,
		"goods":         plantReporting,
		"review_own":    plantOwn,
		"submit_many":   plantMany,
		"submit_goal":   plantPledged,
	}
}

// plantReporting stores an enterprise that has reported for two months.
func plantReporting(tx *storage.Tx) error {
	e, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.January, 12))
	if err != nil {
		return err
	}
	return plantReports(tx, e, 2)
}

// plantWaiting adds a report that nobody has looked at yet, after a month without one.
func plantWaiting(tx *storage.Tx) error {
	if err := plantReporting(tx); err != nil {
		return err
	}
	m := sector.Month{Year: 2026, Month: time.April}
	at := date(2026, time.May, 5).In(transcript.Almaty()).Add(11 * time.Hour).UTC()
	number, err := tx.NextReceipt(m)
	if err != nil {
		return err
	}
	s := sector.Submission{Receipt: number, Enterprise: 1, Month: m, State: sector.StateDraft}
	if s, err = s.Send(figuresOf(3), []sector.Product{sector.ProductGarments}, "person-1", at, nil); err != nil {
		return err
	}
	return tx.SaveSubmission(s)
}

// plantYear stores an enterprise that has reported for fifteen months.
func plantYear(tx *storage.Tx) error {
	e, err := plantFirm(tx, "501240000013", "Тігінші", date(2025, time.January, 12))
	if err != nil {
		return err
	}
	return plantReports(tx, e, 15)
}

// plantSame stores an enterprise that has reported the same for two months.
func plantSame(tx *storage.Tx) error {
	e, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.January, 12))
	if err != nil {
		return err
	}
	return plantReportsOf(tx, e, 2, func(int) sector.Figures { return figuresOf(0) })
}

// plantStaffed gives it an accountant.
func plantStaffed(tx *storage.Tx) error {
	if err := plantReporting(tx); err != nil {
		return err
	}
	return plantMember(tx, 1, accountant, sector.RoleDelegate, date(2026, time.January, 12))
}

// plantOwn makes the administrator an accountant of the enterprise.
func plantOwn(tx *storage.Tx) error {
	if err := plantReporting(tx); err != nil {
		return err
	}
	return plantMember(tx, 1, admin, sector.RoleDelegate, date(2026, time.January, 12))
}

// plantMany stores two enterprises of one owner.
func plantMany(tx *storage.Tx) error {
	if err := plantReporting(tx); err != nil {
		return err
	}
	_, err := plantFirm(tx, "501240000023", "Мақташы", date(2026, time.January, 12))
	return err
}

// plantPledged gives the enterprise a pledge in force.
func plantPledged(tx *storage.Tx) error {
	if err := plantReporting(tx); err != nil {
		return err
	}
	at := date(2026, time.January, 20).In(transcript.Almaty()).UTC()
	amount := func(n int64) sector.Value { return sector.ValueOf(sector.FromInt(n)) }
	pledge, err := sector.Pledge{Enterprise: 1, Year: 2026}.Propose(
		sector.Target{Output: amount(150_000_000), Workers: amount(60), Locals: amount(50)}, "", "person-1", at)
	if err != nil {
		return err
	}
	if pledge, err = pledge.Decide(true, "person-0", at); err != nil {
		return err
	}
	return tx.SavePledge(pledge)
}

// plantNew stores an enterprise that has just registered and waits to be confirmed.
func plantNew(tx *storage.Tx) error {
	e, err := plantFirm(tx, "501240000013", "Тігінші", date(2026, time.March, 20))
	if err != nil {
		return err
	}
	e.Products, e.Standing = nil, sector.StandingPending
	_, err = tx.SaveEnterprise(e)
	return err
}

// plantFour stores four enterprises of the owner. Two owe the report of April, and
// one of these has an accountant too; one has handed it in, one is closed.
func plantFour(tx *storage.Tx) error {
	since := date(2026, time.January, 12)
	sewing, err := plantFirm(tx, "501240000013", "Тігінші", since)
	if err != nil {
		return err
	}
	if err := plantMember(tx, sewing.ID, accountant, sector.RoleDelegate, since); err != nil {
		return err
	}
	cotton, err := plantFirm(tx, "501240000023", "Мақташы", since)
	if err != nil {
		return err
	}
	if err := plantReports(tx, cotton, 3); err != nil {
		return err
	}
	reporting, err := plantFirm(tx, "501250000018", "Иірімжіп", since)
	if err != nil {
		return err
	}
	if err := plantReports(tx, reporting, 4); err != nil {
		return err
	}
	closed, err := plantFirm(tx, "501260000012", "Жабық цех", since)
	if err != nil {
		return err
	}
	closed.Standing, closed.Closed = sector.StandingClosed, date(2026, time.February, 3)
	_, err = tx.SaveEnterprise(closed)
	return err
}

func date(y int, m time.Month, d int) sector.Date { return sector.Date{Year: y, Month: m, Day: d} }

// plantFirm stores a confirmed sewing shop of the owner.
func plantFirm(tx *storage.Tx, bin sector.BIN, name string, since sector.Date) (sector.Enterprise, error) {
	e, err := tx.SaveEnterprise(sector.Enterprise{
		BIN: bin, Name: name, Region: "KZ-61", Branch: sector.Clothing, Products: []sector.Product{sector.ProductGarments},
		Standing: sector.StandingConfirmed, Registered: since,
	})
	if err != nil {
		return e, err
	}
	return e, plantMember(tx, e.ID, owner, sector.RoleOwner, since)
}

// plantMember gives a person a post; somebody unknown is met first.
func plantMember(tx *storage.Tx, id sector.EnterpriseID, who chat.UserID, role sector.Role, since sector.Date) error {
	at := since.In(transcript.Almaty()).Add(10 * time.Hour).UTC()
	p, err := tx.Person(who)
	if err != nil {
		return err
	}
	if !p.Known() {
		p.Since = at
		if p, err = tx.SavePerson(p); err != nil {
			return err
		}
	}
	return tx.Join(storage.Member{Enterprise: id, Who: p.Key, Role: role, Since: at, Consent: "1"})
}

// plantReports stores accepted reports for the months from January on.
func plantReports(tx *storage.Tx, e sector.Enterprise, months int) error {
	return plantReportsOf(tx, e, months, figuresOf)
}

func plantReportsOf(tx *storage.Tx, e sector.Enterprise, months int, figures func(int) sector.Figures) error {
	for i := range months {
		m := sector.Month{Year: e.Registered.Year, Month: time.January}.Add(i)
		at := m.Add(1).First().AddDays(4).In(transcript.Almaty()).Add(11 * time.Hour).UTC()
		number, err := tx.NextReceipt(m)
		if err != nil {
			return err
		}
		s := sector.Submission{Receipt: number, Enterprise: e.ID, Month: m, State: sector.StateDraft}
		if s, err = s.Send(figures(i), e.Products, "person-1", at, nil); err != nil {
			return err
		}
		if s, err = s.Accept(1, "person-0", at.Add(time.Hour)); err != nil {
			return err
		}
		if err := tx.SaveSubmission(s); err != nil {
			return err
		}
	}
	return nil
}

// figuresOf are the figures of a growing shop.
func figuresOf(month int) sector.Figures {
	amount := func(n int) sector.Value { return sector.ValueOf(sector.FromInt(int64(n))) }
	return sector.Figures{}.
		With(sector.FieldOutput, amount(11_000_000+500_000*month)).
		With(sector.FieldSales, amount(10_000_000+400_000*month)).
		With(sector.ProductField(sector.ProductGarments), amount(2_000+100*month)).
		With(sector.FieldWorkers, amount(46+month)).
		With(sector.FieldLocals, amount(43+month)).
		With(sector.FieldJobs, amount(month))
}
