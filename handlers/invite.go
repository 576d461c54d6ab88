package handlers

import (
	"net/url"
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// tapInvite answers an invitation: iv:y:<token>, iv:n:<token>.
const tapInvite = "iv"

// deepInvite begins the payload of an invitation's link: t.me/…?start=inv_TOKEN.
const deepInvite = "inv_"

// inviteLife is how long a link works.
const inviteLife = 72 * time.Hour

// invited finishes an invitation: the link is made and shown once.
func (r *Router) invited(s Scene, u chat.Update, d inviting) ([]chat.Reply, []Write, error) {
	e, ok, err := s.Read.Enterprise(d.Firm)
	if err != nil {
		return nil, nil, err
	}
	m, there, err := s.Read.Post(d.Firm, s.Person.Key)
	if err != nil {
		return nil, nil, err
	}
	if !ok || !there || !m.Role.May(sector.RightPeople) {
		return []chat.Reply{{To: u.Chat, Text: locales.AccessNone()}}, nil, nil
	}
	bot := ""
	if r.BotName != nil {
		bot = r.BotName()
	}
	if bot == "" { // Telegram has not told us who we are yet
		return []chat.Reply{{To: u.Chat, Text: locales.ErrorOurs(), Options: [][]chat.Option{peopleRow(e)}}}, nil, nil
	}
	token, err := s.Read.InviteToken()
	if err != nil {
		return nil, nil, err
	}
	link := "https://t.me/" + url.PathEscape(bot) + "?start=" + deepInvite + token
	invite := storage.Invite{
		Token: token, Role: sector.RoleDelegate, Enterprise: d.Firm, Name: d.Name, By: s.Person.Key, Expires: u.At.Add(inviteLife),
	}
	return []chat.Reply{{
		To: u.Chat, Text: locales.PeopleLink(chat.Quote(link), chat.Quote(d.Name)), Options: [][]chat.Option{peopleRow(e)},
	}}, []Write{issueInvite{invite}}, nil
}

// inviteAt finds the invitation of a token that still works; stop says why not.
func inviteAt(s Scene, u chat.Update, token string) (i storage.Invite, e sector.Enterprise, stop chat.Text, err error) {
	i, ok, err := s.Read.Invite(token)
	switch {
	case err != nil:
		return i, e, stop, err
	case !ok || i.Role != sector.RoleDelegate:
		return i, e, locales.InviteUsed(), nil
	case !u.At.Before(i.Expires):
		return i, e, locales.InviteExpired(), nil
	}
	e, ok, err = s.Read.Enterprise(i.Enterprise)
	if err != nil {
		return i, e, stop, err
	}
	// The link is worth what its giver's word is worth now.
	by, there, err := s.Read.Post(i.Enterprise, i.By)
	if err != nil {
		return i, e, stop, err
	}
	if !ok || e.Standing == sector.StandingRefused || !there || !by.Role.May(sector.RightPeople) {
		return i, e, locales.InviteUsed(), nil
	}
	_, member, err := s.Read.Post(i.Enterprise, s.Person.Key)
	if err != nil {
		return i, e, stop, err
	}
	if member {
		return i, e, locales.InviteMember(chat.Quote(e.Name)), nil
	}
	return i, e, chat.Text{}, nil
}

// openInvite shows an invitation to who has opened its link.
func (r *Router) openInvite(s Scene, u chat.Update, token string) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	_, e, stop, err := inviteAt(s, u, token)
	if err != nil {
		return Outcome{}, err
	}
	if !stop.IsZero() {
		return say(s, chat.Reply{To: u.Chat, Text: stop, Options: homeOptions()}), nil
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: chat.Paragraphs(locales.InviteOffer(chat.Quote(e.Name)), consentText()),
		Options: [][]chat.Option{{
			{Label: locales.ConsentAgree(), Data: tapInvite + ":y:" + token, Style: chat.Success},
			{Label: locales.ButtonNo(), Data: tapInvite + ":n:" + token},
		}, languageRow(s.Lang)},
	}), nil
}

// tapInvite accepts or declines; either way the link has had its day.
func (r *Router) tapInvite(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	how, token, _ := strings.Cut(arg, ":")
	if u.Place != chat.Private || how != "y" && how != "n" {
		return r.outdated(s, u, tap), nil
	}
	i, e, stop, err := inviteAt(s, u, token)
	if err != nil {
		return Outcome{}, err
	}
	if !stop.IsZero() {
		return say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: stop, Options: homeOptions()}), nil
	}
	name := chat.Quote(i.Name)
	writes := []Write{spendInvite{token}}
	done := chat.Reply{To: u.Chat, Edits: tap.Message, Text: locales.InviteDeclined(), Options: homeOptions()}
	told := locales.InviteToldDeclined(chat.Quote(e.Name), name)
	if how == "y" {
		writes = append(writes, joinFirm{storage.Member{
			Enterprise: e.ID, Who: s.Person.Key, Role: i.Role, Name: i.Name, Since: u.At, Consent: consentVersion,
		}})
		done.Text = locales.ColleagueWelcome(chat.Quote(e.Name))
		done.Options = append(appendRow(nil, r.reportRow(e)), firmRows([]sector.Enterprise{e}, tapFirm+":")...)
		told = locales.InviteAccepted(chat.Quote(e.Name), name)
	}
	notice, err := tell(s, i.By, told, peopleRow(e))
	if err != nil {
		return Outcome{}, err
	}
	out := say(s, append([]chat.Reply{done}, notice...)...)
	out.Writes = writes
	return out, nil
}
