package sector

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestValueText(t *testing.T) {
	for text, kind := range map[string]ValueKind{
		"12500000": Given, "0.25": Given, "0": Zero, "not_applicable": NotApplicable, "not_known": NotKnown, "": Unanswered,
	} {
		v, err := ParseValue(text)
		if err != nil || v.Kind() != kind || v.String() != text {
			t.Errorf("%q is %s %q, %v", text, v.Kind(), v, err)
		}
		if _, counts := v.Amount(); counts != (kind == Given || kind == Zero) || counts != v.Counts() || v.Answered() != (text != "") {
			t.Errorf("%q counts: %v", text, counts)
		}
	}
	for _, bad := range []string{"-1", "1,5", "zero", "value", "x"} {
		if v, err := ParseValue(bad); !errors.Is(err, ErrNotValue) {
			t.Errorf("%q is read as %q, %v", bad, v, err)
		}
	}
	if ValueOf(MustDecimal("0.0")) != NoAmount(Zero) || NoAmount(Given) != (Value{}) {
		t.Error("zero has two forms, or a value has no amount")
	}
}

// figures fills the lines of a mill that makes yarn.
func figures(output, workers, locals string) Figures {
	var f Figures
	for field, v := range map[Field]string{
		FieldOutput: output, FieldSales: "11000000", FieldWorkers: workers, FieldLocals: locals, FieldJobs: "0",
		ProductField(ProductYarn): "4.5",
	} {
		value, err := ParseValue(v)
		if err != nil {
			panic(err)
		}
		f = f.With(field, value)
	}
	return f
}

var yarnMill = []Product{ProductYarn}

func TestFigures(t *testing.T) {
	f := figures("12500000", "48", "45")
	if missing := f.Missing(yarnMill); len(missing) != 0 {
		t.Errorf("missing: %v", missing)
	}
	if missing := f.Missing([]Product{ProductYarn, ProductFabric}); !slices.Equal(missing, []Field{ProductField(ProductFabric)}) {
		t.Errorf("missing: %v", missing)
	}
	text, err := json.Marshal(f)
	want := `{"output":"12500000","sales":"11000000","products":{"yarn":"4.5"},"workers":"48","locals":"45","jobs":"0"}`
	if err != nil || string(text) != want {
		t.Fatalf("%s, %v", text, err)
	}
	var back Figures
	if err := json.Unmarshal(text, &back); err != nil || !back.Equal(f) {
		t.Errorf("read back: %+v, %v", back, err)
	}

	g := f.With(FieldSales, ValueOf(FromInt(9))).WithReason(FieldSales, "big_order").With(ProductField(ProductYarn), Value{}).WithNote("жөндеу")
	if got := f.Changed(g); !slices.Equal(got, []Field{FieldSales, ProductField(ProductYarn), FieldNote}) {
		t.Errorf("changed: %v", got)
	}
	if !f.Equal(figures("12500000", "48", "45")) {
		t.Error("With changed its receiver")
	}
	if h := g.With(FieldSales, ValueOf(FromInt(10))); len(h.Reasons) != 0 || len(g.Reasons) != 1 {
		t.Error("a reason outlived the amount it was given for")
	}
	if got := f.With("product:bricks", NoAmount(Zero)); !got.Equal(f) {
		t.Error("an unknown line was filled")
	}
	if n := len([]rune(f.WithNote(strings.Repeat("ә", 900)).Note)); n != 500 {
		t.Errorf("a note of %d characters", n)
	}
	if got := f.ProductsOf(); !slices.Equal(got, yarnMill) {
		t.Errorf("products: %v", got)
	}

	next := g.With(FieldLocals, NoAmount(NotKnown)).With(FieldJobs, ValueOf(FromInt(3))).Copied()
	if got := next.Missing(nil); !slices.Equal(got, []Field{FieldLocals, FieldJobs}) || next.Note != "" || next.Reasons != nil {
		t.Errorf("copied: %+v", next)
	}
}

func TestFiguresCheck(t *testing.T) {
	got := figures("1", "48", "52").Check()
	if len(got) != 1 || got[0].LessValue != FromInt(52) || got[0].MoreValue != FromInt(48) || got[0].Less != FieldLocals {
		t.Errorf("52 of 48: %+v", got)
	}
	for _, fine := range [][2]string{{"48", "48"}, {"0", "0"}, {"not_known", "52"}, {"48", "not_applicable"}} {
		if got := figures("1", fine[0], fine[1]).Check(); got != nil {
			t.Errorf("%s of %s: %+v", fine[1], fine[0], got)
		}
	}
}

func TestFields(t *testing.T) {
	for _, line := range Lines(Products()) {
		if !line.Known() || line != FieldNote && (line.Unit() == "" || !line.Unit().Known()) {
			t.Errorf("%s: unit %q", line, line.Unit())
		}
	}
	for _, bad := range []Field{"", "product:", "product:bricks", "profit"} {
		if bad.Known() {
			t.Errorf("%q is a line", bad)
		}
	}
	if p, ok := ProductField(ProductYarn).Product(); !ok || p != ProductYarn || Field("product:yarn").Amount() != AmountQuantity {
		t.Errorf("yarn is %s, %v", p, ok)
	}
}

func at(minute int) time.Time {
	return time.Date(2026, time.April, 2, 9, minute, 0, 0, time.UTC)
}

func TestSubmissionLife(t *testing.T) {
	s := Submission{Receipt: NewReceipt(Month{2026, time.March}, 147), Month: Month{2026, time.March}, State: StateDraft}
	first := figures("12500000", "48", "45")

	if _, err := s.Send(first, []Product{ProductFabric}, "o", at(0), nil); !errors.Is(err, ErrIncomplete) {
		t.Errorf("without fabric: %v", err)
	}
	if _, err := s.Send(figures("1", "48", "52"), yarnMill, "o", at(0), nil); !errors.Is(err, ErrImpossible) {
		t.Errorf("52 of 48: %v", err)
	}
	sent, err := s.Send(first, yarnMill, "o", at(1), nil)
	if err != nil || sent.State != StateSent || len(sent.Versions) != 1 || s.State != StateDraft {
		t.Fatalf("%+v, %v", sent, err)
	}
	if _, ok := sent.Counting(); ok {
		t.Error("a report counts before it is accepted")
	}
	if _, err := sent.Send(first, yarnMill, "o", at(2), nil); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("sent twice: %v", err)
	}

	marks := []ReturnMark{{Field: FieldSales, Reason: "unit"}, {Field: FieldLocals, Reason: "more_than_total"}}
	if _, err := sent.Return(1, nil, "r", at(3)); !errors.Is(err, ErrNoFields) {
		t.Errorf("returned without a line: %v", err)
	}
	back, err := sent.Return(1, marks, "r", at(3))
	if err != nil || !back.Marked(FieldSales) || back.Marked(FieldOutput) {
		t.Fatalf("%+v, %v", back, err)
	}
	if _, err := back.Send(first.With(FieldOutput, ValueOf(FromInt(1))), yarnMill, "o", at(4), nil); !errors.Is(err, ErrFrozenField) {
		t.Errorf("a frozen line was changed: %v", err)
	}
	mended := first.With(FieldSales, ValueOf(FromInt(10_400_000)))
	again, err := back.Send(mended, yarnMill, "o", at(4), map[Field]string{FieldLocals: "counted again"})
	if err != nil || again.Receipt != sent.Receipt || len(again.Versions) != 2 || len(again.Marks) != 0 {
		t.Fatalf("%+v, %v", again, err)
	}
	if _, err := again.Accept(1, "r", at(5)); !errors.Is(err, ErrStaleVersion) {
		t.Errorf("an old version was accepted: %v", err)
	}
	accepted, err := again.Accept(2, "r", at(5))
	if f, ok := accepted.Counting(); err != nil || !ok || !f.Equal(mended) {
		t.Fatalf("%+v, %v", accepted, err)
	}
	if _, err := accepted.Withdraw(at(6)); !errors.Is(err, ErrNotAllowed) {
		t.Errorf("an accepted report was withdrawn: %v", err)
	}
	if _, err := accepted.Undo("r", at(16)); !errors.Is(err, ErrTooLate) {
		t.Errorf("undone after eleven minutes: %v", err)
	}
	undone, err := accepted.Undo("r", at(15))
	if _, ok := undone.Counting(); err != nil || ok || undone.State != StateSent {
		t.Errorf("undone: %+v, %v", undone, err)
	}

	open, err := accepted.Reopen([]ReturnMark{{Field: FieldOutput, Reason: "asked_by_owner"}}, "r", at(20))
	if f, ok := open.Counting(); err != nil || !ok || !f.Equal(mended) {
		t.Fatalf("a correction on its way: %+v, %v", open, err)
	}
	third, err := open.Send(mended.With(FieldOutput, ValueOf(FromInt(13))), yarnMill, "o", at(21), nil)
	if err != nil {
		t.Fatal(err)
	}
	final, err := third.Accept(3, "r", at(22))
	if f, ok := final.Counting(); err != nil || !ok || f.Output != ValueOf(FromInt(13)) {
		t.Errorf("the correction does not count: %+v, %v", final, err)
	}
	reverted, err := final.Undo("r", at(23))
	if f, ok := reverted.Counting(); err != nil || !ok || !f.Equal(mended) {
		t.Errorf("after undoing the correction: %+v, %v", reverted, err)
	}

	gone, err := sent.Withdraw(at(30))
	if err != nil || gone.State != StateWithdrawn {
		t.Fatalf("%+v, %v", gone, err)
	}
	if anew, err := gone.Send(first, yarnMill, "o", at(31), nil); err != nil || len(anew.Versions) != 2 {
		t.Errorf("sent after withdrawal: %+v, %v", anew, err)
	}
}

// Whatever is tried in whatever order, versions are only added, the version that
// counts has been accepted, and a refused act changes nothing.
func TestSubmissionRandomActs(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		s := Submission{Month: Month{2026, time.March}, State: StateDraft}
		acceptedOnce := map[int]bool{}
		for step := range 40 {
			before, _ := json.Marshal(s)
			f := figures(fmt.Sprint(rng.IntN(5)+1), "48", fmt.Sprint(rng.IntN(60)))
			var next Submission
			var err error
			switch rng.IntN(6) {
			case 0:
				next, err = s.Send(f, yarnMill, "o", at(step), nil)
			case 1:
				next, err = s.Accept(rng.IntN(len(s.Versions)+2), "r", at(step))
				if err == nil {
					acceptedOnce[len(next.Versions)] = true
				}
			case 2:
				next, err = s.Return(len(s.Versions), []ReturnMark{{Field: FieldOutput}, {Field: FieldLocals}}, "r", at(step))
			case 3:
				next, err = s.Reopen([]ReturnMark{{Field: FieldOutput}}, "r", at(step))
			case 4:
				next, err = s.Undo("r", at(step))
			case 5:
				next, err = s.Withdraw(at(step))
			}
			after, _ := json.Marshal(s)
			if string(after) != string(before) {
				t.Fatalf("an act changed its receiver:\n%s\n%s", before, after)
			}
			if same, _ := json.Marshal(next); err != nil && string(same) != string(before) {
				t.Fatalf("a refused act (%v) changed the report:\n%s\n%s", err, before, same)
			}
			for i, v := range s.Versions {
				if !next.Versions[i].Figures.Equal(v.Figures) || next.Versions[i].Number != i+1 {
					t.Fatalf("version %d was changed", i+1)
				}
			}
			if _, counts := next.Counting(); counts && !acceptedOnce[next.Accepted] {
				t.Fatalf("version %d counts and was never accepted", next.Accepted)
			}
			if _, counts := next.Counting(); next.State == StateAccepted && !counts {
				t.Fatal("an accepted report does not count")
			}
			for _, v := range next.Versions {
				if len(v.Figures.Check()) > 0 {
					t.Fatal("an impossible version was stored")
				}
			}
			s = next
		}
	}
}

func TestReceipt(t *testing.T) {
	r := NewReceipt(Month{2026, time.March}, 147)
	if r != "2026-03-0147" || r.Month() != (Month{2026, time.March}) {
		t.Errorf("%s of %s", r, r.Month())
	}
	for typed, want := range map[string]Receipt{
		"2026-03-0147": r, " № 2026-03-0147 ": r, "No 2026-03-0147": r, "2026-03-12345": "2026-03-12345",
		"2026-03-147": "", "2026-13-0147": "", "2026-03-0000": "", "": "", "2026-03-01x7": "", "2026-03-00147": "",
	} {
		got, err := ParseReceipt(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, %v", typed, got, err)
		}
	}
	if Receipt("x").Month() != (Month{}) {
		t.Error("x has a month")
	}
}

func mill() Enterprise {
	return Enterprise{
		ID: 7, BIN: "501240000013", Name: "Нұр Тоқыма", Region: Turkistan, Branch: Textiles, Products: yarnMill,
		Standing: StandingConfirmed, Registered: Date{2026, time.February, 17},
	}
}

func TestEnterpriseValidate(t *testing.T) {
	if err := mill().Validate(); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[error]func(*Enterprise){
		ErrBadBIN:      func(e *Enterprise) { e.BIN = "501240000014" },
		ErrBadRegion:   func(e *Enterprise) { e.Region = Kazakhstan },
		ErrBadBranch:   func(e *Enterprise) { e.Branch = Spinning },
		ErrBadProduct:  func(e *Enterprise) { e.Products = []Product{ProductYarn, ProductYarn} },
		ErrBadStanding: func(e *Enterprise) { e.Standing = "" },
		ErrBadDates:    func(e *Enterprise) { e.Standing = StandingClosed },
	} {
		e := mill()
		spoil(&e)
		if err := e.Validate(); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	e := mill()
	e.Name = " Нұр"
	if e.Validate() == nil {
		t.Error("an untidy name was taken")
	}
}

func TestEnterpriseOwes(t *testing.T) {
	e := mill()
	e.Standing, e.Closed = StandingClosed, Date{2026, time.May, 3}
	zone := time.FixedZone("", 5*3600)
	owed := e.OwedMonths(time.Date(2026, time.August, 1, 12, 0, 0, 0, time.UTC), zone)
	if fmt.Sprint(owed) != "[2026-02 2026-03 2026-04 2026-05]" {
		t.Errorf("owed: %v", owed)
	}
	e = mill()
	if owed := e.OwedMonths(time.Date(2026, time.March, 31, 18, 59, 0, 0, time.UTC), zone); len(owed) != 1 {
		t.Errorf("a minute before April in Almaty: %v", owed)
	}
	if owed := e.OwedMonths(time.Date(2026, time.March, 31, 19, 0, 0, 0, time.UTC), zone); len(owed) != 2 {
		t.Errorf("on 1 April in Almaty: %v", owed)
	}
	e.Standing = StandingPending
	if e.Owes(Month{2026, time.March}) {
		t.Error("an unconfirmed enterprise owes a report")
	}
}

func TestCheckName(t *testing.T) {
	for typed, want := range map[string]struct {
		name    string
		problem NameProblem
	}{
		"  ТОО \u00a0«Нұр  Тоқыма» ": {"ТОО «Нұр Тоқыма»", ""},
		"":                       {"", NameEmpty},
		" \n ":                   {"", NameEmpty},
		"А":                      {"А", NameShort},
		"«»":                     {"«»", NameShort},
		"501240000013":           {"501240000013", NameNumber},
		"a\x00b":                 {"a\x00b", NameControls},
		"a\u202eb":               {"a\u202eb", NameControls},
		"A1":                     {"A1", ""},
		strings.Repeat("ә", 121): {strings.Repeat("ә", 121), NameLong},
	} {
		if name, problem := CheckName(typed); name != want.name || problem != want.problem {
			t.Errorf("%q is %q, %q", typed, name, problem)
		}
	}
}

func TestSizeByHeadcount(t *testing.T) {
	for workers, want := range map[int64]SizeClass{0: SizeMicro, 15: SizeMicro, 16: SizeSmall, 100: SizeSmall, 101: SizeMedium, 250: SizeMedium, 251: SizeLarge} {
		if got := SizeByHeadcount(FromInt(workers)); got != want {
			t.Errorf("%d workers are %s", workers, got)
		}
	}
}

func TestPledge(t *testing.T) {
	n := func(v int64) Value { return ValueOf(FromInt(v)) }
	p := Pledge{Year: 2026}
	if _, err := p.Propose(Target{}, "", "o", at(0)); !errors.Is(err, ErrNothingChanged) {
		t.Errorf("an empty pledge: %v", err)
	}
	if _, err := p.Propose(Target{Workers: n(5), Locals: n(6)}, "", "o", at(0)); !errors.Is(err, ErrImpossiblePledge) {
		t.Errorf("six of five: %v", err)
	}
	first := Target{Output: n(150_000_000), Workers: n(60), Locals: n(55), Commitments: "жаңа цех"}
	p, err := p.Propose(first, "", "o", at(1))
	if _, inForce := p.InForce(); err != nil || inForce {
		t.Fatalf("in force before it is accepted: %v", err)
	}
	if p, err = p.Decide(true, "r", at(2)); err != nil {
		t.Fatal(err)
	}
	lower := first
	lower.Output = n(100_000_000)
	if got := lower.Lowered(first); !slices.Equal(got, []Field{FieldOutput}) {
		t.Errorf("lowered: %v", got)
	}
	if got := (Target{}).Lowered(first); !slices.Equal(got, TargetFields()) {
		t.Errorf("taken away: %v", got)
	}
	if _, err := p.Propose(lower, "  ", "o", at(3)); !errors.Is(err, ErrReasonNeeded) {
		t.Errorf("lowered without a reason: %v", err)
	}
	changed, err := p.Propose(lower, "тапсырыс азайды", "o", at(3))
	if got, _ := changed.InForce(); err != nil || got != first {
		t.Errorf("a proposed change is in force: %+v, %v", got, err)
	}
	again, err := changed.Propose(lower, "басқа себеп", "o", at(4))
	if err != nil || len(again.Changes) != 2 || changed.Changes[1].Reason == again.Changes[1].Reason {
		t.Errorf("a second thought: %+v, %v", again, err)
	}
	refused, err := again.Decide(false, "r", at(5))
	if got, _ := refused.InForce(); err != nil || got != first {
		t.Errorf("refused: %+v, %v", got, err)
	}
	if _, err := refused.Decide(true, "r", at(6)); !errors.Is(err, ErrNothingWaits) {
		t.Errorf("decided twice: %v", err)
	}
	if _, err := p.Propose(first, "x", "o", at(7)); !errors.Is(err, ErrNothingChanged) {
		t.Errorf("proposed the same: %v", err)
	}
}

func TestProgress(t *testing.T) {
	n := func(v int64) Value { return ValueOf(FromInt(v)) }
	target := Target{Output: n(150_000_000), Workers: n(60), Locals: Value{}}
	counting := map[Month]Figures{}
	var got []string
	for month := time.January; month <= time.June; month++ {
		f := Figures{Output: n(int64(month) * 5_000_000), Workers: n(40 + int64(month))}
		if month == time.March {
			f = Figures{Output: NoAmount(NotKnown), Workers: NoAmount(NotKnown)}
		}
		counting[Month{2026, month}] = f
		for _, p := range ProgressOf(target, 2026, maps.Clone(counting)) {
			got = append(got, fmt.Sprintf("%s %d: %s %s%% -> %s, gap %s", p.Field, p.Months, p.ToDate, p.Share, p.Projected, p.Gap))
		}
	}
	// Worked out by hand: 5, 10, none, 20, 25, 30 million.
	want := []string{
		"output 1: 5000000 3% -> 60000000, gap 90000000", "workers 1: 41 68% -> 41, gap 19",
		"output 2: 15000000 10% -> 90000000, gap 60000000", "workers 2: 42 70% -> 42, gap 18",
		"output 2: 15000000 10% -> 90000000, gap 60000000", "workers 2: 42 70% -> 42, gap 18",
		"output 3: 35000000 23% -> 140000000, gap 10000000", "workers 3: 44 73% -> 44, gap 16",
		"output 4: 60000000 40% -> 180000000, gap -30000000", "workers 4: 45 75% -> 45, gap 15",
		"output 5: 90000000 60% -> 216000000, gap -66000000", "workers 5: 46 76% -> 46, gap 14",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	almost := ProgressOf(Target{Workers: n(1000)}, 2026, map[Month]Figures{{2026, time.May}: {Workers: n(999)}})
	if almost[0].Share != FromInt(99) || almost[0].Reached() {
		t.Errorf("999 of 1000: %+v", almost[0])
	}
	if none := ProgressOf(target, 2025, counting); none[0].Months != 0 || none[0].Gap != FromInt(150_000_000) {
		t.Errorf("another year: %+v", none[0])
	}
}

func TestRoles(t *testing.T) {
	roles := []Role{RoleCitizen, RoleOwner, RoleDelegate, RoleRegional, RoleMinistry, RoleAdmin, "forged"}
	for right, want := range map[Right]string{
		RightAsk: "yyyyyy-", RightReport: "-yy----", RightPledge: "-yy----", RightPeople: "-y-----", RightEnlist: "-y-----",
		RightReview: "---yyy-", RightOpenFirm: "---yyy-", RightDigest: "---yy--", RightExport: "---yy--",
		RightPublish: "----yy-", RightOfficials: "-----y-", RightStatus: "-----y-", "forged": "-------",
	} {
		got := ""
		for _, r := range roles {
			if r.May(right) {
				got += "y"
			} else {
				got += "-"
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", right, got, want)
		}
	}
	post := Official{Role: RoleRegional, Regions: []Region{Turkistan}}
	far := mill()
	far.Region = Shymkent
	if !post.MayReview(mill(), nil) || post.MayReview(far, nil) || post.MayReview(mill(), []EnterpriseID{3, 7}) {
		t.Error("a regional official reviews the wrong enterprises")
	}
	if !(Official{Role: RoleMinistry}).MayReview(far, nil) || (Official{Role: RoleOwner, Regions: []Region{Shymkent}}).MayReview(far, nil) {
		t.Error("the ministry does not review, or an owner does")
	}
}

func ExampleNewReceipt() {
	fmt.Println(NewReceipt(Month{2026, time.March}, 147))
	// Output: 2026-03-0147
}
