package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/sector/chart"
)

// The trend of an enterprise's own figures: its owners see what they sent, month
// by month, with what is not accepted yet named as such. Nobody else can open it.

// tapTrend begins the data of a button for it: rt:<enterprise>[:<line>]; with a
// line only its picture comes.
const tapTrend = "rt"

// fileTrend is the kind of file that Draw makes of an enterprise's own figures.
const fileTrend = "trend"

// What a description of the picture holds. The figures stand in it, because a
// picture is drawn outside any transaction; the message that carries it goes to
// the owner's chat only. The enterprise's number keeps an uploaded picture from
// being sent to another enterprise with equal figures.
const (
	trendFirm   = "firm"
	trendName   = "name"
	trendLine   = "line"
	trendPoints = "points" // 2026-01=11000000, separated by blanks; a ? behind it is not accepted yet
)

const trendOpen = "?"

// trendMonths is how many months are looked back on.
const trendMonths = 12

// ownMonth is what an enterprise reported for one month.
type ownMonth struct {
	month    sector.Month
	figures  sector.Figures
	standing sector.State // accepted when the figures count in totals
}

// ownMonths lists the latest months that were handed in, the newest last.
func ownMonths(reports []sector.Submission) []ownMonth {
	var months []ownMonth
	for _, report := range reports {
		latest, sent := report.Latest()
		counting, accepted := report.Counting()
		switch {
		case !sent || report.State == sector.StateWithdrawn:
		case accepted && report.State != sector.StateSent:
			months = append(months, ownMonth{report.Month, counting, sector.StateAccepted})
		default:
			months = append(months, ownMonth{report.Month, latest.Figures, report.State})
		}
	}
	slices.SortFunc(months, func(a, b ownMonth) int { return cmp.Compare(a.month.String(), b.month.String()) })
	if len(months) == 0 {
		return nil
	}
	since := months[len(months)-1].month.Add(1 - trendMonths)
	return slices.DeleteFunc(months, func(m ownMonth) bool { return m.month.Before(since) })
}

// trendLines are the lines that have a trend.
func trendLines() []sector.Field { return []sector.Field{sector.FieldOutput, sector.FieldSales} }

// trendOf reads what a button carries: an enterprise and, for a picture alone, a line.
func trendOf(arg string) (id sector.EnterpriseID, line sector.Field, onlyPicture, ok bool) {
	digits, named, onlyPicture := strings.Cut(arg, ":")
	n, err := strconv.ParseUint(digits, 10, 64)
	line = sector.FieldOutput
	if onlyPicture {
		line = sector.Field(named)
	}
	return sector.EnterpriseID(n), line, onlyPicture, err == nil && slices.Contains(trendLines(), line)
}

// tapTrend shows the months in words and in a picture.
func (r *Router) tapTrend(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	id, line, onlyPicture, ok := trendOf(arg)
	if !ok {
		return r.outdated(s, u, tap), nil
	}
	firm, ok, err := r.ownFirm(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || u.Place != chat.Private {
		return r.noAccess(s, u, tap), nil
	}
	reports, err := s.Read.Submissions(firm.ID)
	if err != nil {
		return Outcome{}, err
	}
	months := ownMonths(reports)
	var replies []chat.Reply
	if !onlyPicture {
		replies = append(replies, chat.Reply{To: u.Chat, Text: r.trendText(firm, months)})
	}
	if picture, ok := trendPicture(s.Lang, firm, line, months); ok {
		var row []chat.Option
		for _, other := range trendLines() {
			if other != line {
				row = append(row, chat.Option{Label: rowLabel(other), Data: tapTrend + ":" + firmID(firm) + ":" + string(other)})
			}
		}
		replies = append(replies, chat.Reply{
			To: u.Chat, File: picture, Options: [][]chat.Option{append(row, chat.Option{Label: locales.PressMine(), Data: tapMine})},
			Text: chat.Lines(locales.TrendTitle(rowLabel(line), chat.Quote(firm.Name)), locales.TrendSource(chat.Quote(firm.Name))),
		})
	}
	if len(replies) == 0 { // reports were withdrawn after the button was shown
		return r.outdated(s, u, tap), nil
	}
	if last := &replies[len(replies)-1]; last.Options == nil {
		last.Options = [][]chat.Option{{{Label: locales.PressMine(), Data: tapMine}}}
	}
	return say(s, replies...), nil
}

// trendText says what was reported month by month.
func (r *Router) trendText(firm sector.Enterprise, months []ownMonth) chat.Text {
	if len(months) == 0 {
		return chat.Lines(locales.FateFirm(chat.Quote(firm.Name)), locales.FateNothing())
	}
	lines := make([]chat.Text, 0, len(months))
	for _, m := range months {
		day := chat.On(m.month.First().In(r.Mind.Zone))
		output := brieflyValue(sector.FieldOutput, m.figures.Output)
		sales := brieflyValue(sector.FieldSales, m.figures.Sales)
		if m.standing == sector.StateAccepted {
			lines = append(lines, locales.TrendLine(day, output, sales))
		} else {
			lines = append(lines, locales.TrendOpen(day, output, sales, standingText(m.standing)))
		}
	}
	return chat.Paragraphs(
		locales.TrendHead(chat.Quote(firm.Name)), chat.Lines(lines...), locales.TrendSource(chat.Quote(firm.Name)))
}

// trendPicture describes the picture of one line; it is drawn when its turn to be
// sent comes. One amount has no trend.
func trendPicture(lang chat.Lang, firm sector.Enterprise, line sector.Field, months []ownMonth) (*chat.File, bool) {
	var points []string
	for _, m := range months {
		amount, ok := m.figures.Get(line).Amount()
		if !ok {
			continue
		}
		point := m.month.String() + "=" + amount.String()
		if m.standing != sector.StateAccepted {
			point += trendOpen
		}
		points = append(points, point)
	}
	if len(points) < 2 {
		return nil, false
	}
	return &chat.File{
		Kind: fileTrend, Lang: lang, Name: "maqta-" + string(line) + ".png", Photo: true,
		Params: map[string]string{
			trendFirm: firmID(firm), trendName: firm.Name, trendLine: string(line), trendPoints: strings.Join(points, " "),
		},
	}, true
}

// ownPoint is one month of a described picture.
type ownPoint struct {
	month  sector.Month
	amount sector.Decimal
	open   bool
}

var errTrend = errors.New("not a description of a trend")

// readPoints reads the points of a description, which stand in order of time.
func readPoints(text string) ([]ownPoint, error) {
	var points []ownPoint
	for _, word := range strings.Fields(text) {
		month, amount, _ := strings.Cut(word, "=")
		var p ownPoint
		amount, p.open = strings.CutSuffix(amount, trendOpen)
		var err, merr error
		p.month, merr = sector.ParseMonth(month)
		p.amount, err = sector.ParseDecimal(amount)
		if err = errors.Join(merr, err); err != nil {
			return nil, fmt.Errorf("read the point %q: %w", word, err)
		}
		if n := len(points); n > 0 && (!points[n-1].month.Before(p.month) || points[0].month.Add(trendMonths-1).Before(p.month)) {
			return nil, fmt.Errorf("read the point %q: %w", word, errTrend)
		}
		points = append(points, p)
	}
	if len(points) == 0 {
		return nil, fmt.Errorf("read the points %q: %w", text, errTrend)
	}
	return points, nil
}

// drawTrend draws the picture that a description asks for.
func (m *Mind) drawTrend(f chat.File) ([]byte, error) {
	line := sector.Field(f.Params[trendLine])
	points, err := readPoints(f.Params[trendPoints])
	if err == nil && !slices.Contains(trendLines(), line) {
		err = fmt.Errorf("the line %q: %w", line, errTrend)
	}
	if err != nil {
		return nil, fmt.Errorf("draw a trend: %w", err)
	}
	picture, err := m.trendOf(f.Lang, chat.Quote(f.Params[trendName]), line, points)
	if err != nil {
		return nil, fmt.Errorf("draw a trend: %w", err)
	}
	png, err := picture.PNG()
	if err != nil {
		return nil, fmt.Errorf("draw a trend: %w", err)
	}
	return png, nil
}

// trendOf words a picture. A month without a report is a gap, never a zero.
func (m *Mind) trendOf(lang chat.Lang, firm chat.Quote, line sector.Field, points []ownPoint) (chart.Trend, error) {
	w := sheetWords{mind: m, lang: lang}
	unit, power := trendScale(points)
	picture := chart.Trend{
		Title:  w.say(locales.TrendTitle(rowLabel(line), firm)),
		Unit:   w.say(locales.UnitLabel(string(unit))),
		Source: w.say(locales.TrendSource(firm)),
		Tick: func(v float64) string { // a round number of the scale, no figure
			return w.say(locales.LabelNumber(chat.Rule(strconv.FormatFloat(v, 'f', -1, 64))))
		},
	}
	name := func(month sector.Month) chat.Text {
		return locales.CalendarMonthYear(monthName(month), chat.Year(month.Year))
	}
	var open []chat.Text
	gap, next := false, points[0].month
	for i, p := range points {
		for ; next.Before(p.month); next = next.Add(1) {
			gap = true
			picture.Points = append(picture.Points, chart.Point{Label: w.say(name(next)), ValueLabel: w.say(locales.ChartGap()), Missing: true})
		}
		next = p.month.Add(1)
		if p.open {
			open = append(open, name(p.month))
		}
		shownAs := p.amount.Shift10(-power)
		v, err := strconv.ParseFloat(shownAs.String(), 64)
		if err != nil {
			return chart.Trend{}, fmt.Errorf("read the amount of %s: %w", p.month, err)
		}
		picture.Points = append(picture.Points, chart.Point{
			Label: w.say(name(p.month)), Value: v, Strong: i == len(points)-1,
			ValueLabel: w.say(locales.LabelNumber(shown(shownAs.RoundTo(roundedTo), chat.ByRecord))),
		})
	}
	var notes []chat.Text
	if gap {
		notes = append(notes, locales.TrendGap())
	}
	if len(open) > 0 {
		notes = append(notes, locales.TrendUnaccepted(joined(", ", open)))
	}
	if len(notes) > 0 {
		picture.Note = w.say(chat.Sentences(notes...))
	}
	if w.err != nil {
		return chart.Trend{}, fmt.Errorf("word it: %w", w.err)
	}
	return picture, nil
}

// trendScale is the unit in which the greatest amount is a short number.
func trendScale(points []ownPoint) (unit sector.Unit, power int) {
	greatest := slices.MaxFunc(points, func(a, b ownPoint) int { return a.amount.Cmp(b.amount) }).amount
	for _, s := range scales() {
		if greatest.Shift10(-s.power).Cmp(sector.FromInt(1)) >= 0 {
			return s.unit, s.power
		}
	}
	return sector.FieldOutput.Unit(), 0
}
