package handlers

import (
	"strings"
	"time"

	"maqta/bot/chat"
	"maqta/bot/dialog"
	"maqta/locales"
	"maqta/sector"
	"maqta/storage"
)

// tapPeople leads through the people of an enterprise: pp:<verb>:<enterprise>
// and, where somebody is meant, :<person>.
const tapPeople = "pp"

const (
	peopleList     = "l"
	peopleInvite   = "i"
	peopleAsk      = "x" // remove: asks once
	peopleRemove   = "y"
	peopleAskOwner = "h" // hand over: asks once
	peopleHandOver = "z"
)

func peopleData(verb string, e sector.Enterprise, who storage.PersonKey) string {
	data := tapPeople + ":" + verb + ":" + firmID(e)
	if who != "" {
		data += ":" + string(who)
	}
	return data
}

func peopleRow(e sector.Enterprise) []chat.Option {
	return []chat.Option{{Label: locales.PeopleButton(), Data: peopleData(peopleList, e, "")}}
}

// people lists who acts for the person's enterprise.
func (r *Router) people(s Scene, u chat.Update) (Outcome, error) {
	if u.Place != chat.Private {
		return say(s, chat.Reply{To: u.Chat, Text: locales.GroupPrivateOnly()}), nil
	}
	firms, err := firmsOf(s, s.Person.Key)
	if err != nil {
		return Outcome{}, err
	}
	switch len(firms) {
	case 0:
		return say(s, chat.Reply{To: u.Chat, Text: locales.FirmNone(), Options: [][]chat.Option{registerRow()}}), nil
	case 1:
		m, _, err := s.Read.Post(firms[0].ID, s.Person.Key)
		if err != nil {
			return Outcome{}, err
		}
		reply, err := r.peopleReply(s, u, firms[0], m)
		return say(s, reply), err
	}
	return say(s, chat.Reply{
		To: u.Chat, Text: locales.FirmWhich(), Options: firmRows(firms, tapPeople+":"+peopleList+":"),
	}), nil
}

func registerRow() []chat.Option {
	return []chat.Option{{Label: locales.FirmRegister(), Data: tapRegister + ":"}}
}

// peopleReply shows the list, with what the person may do about it.
func (r *Router) peopleReply(s Scene, u chat.Update, e sector.Enterprise, me storage.Member) (chat.Reply, error) {
	members, err := s.Read.Members(e.ID)
	if err != nil {
		return chat.Reply{}, err
	}
	lines := []chat.Text{locales.PeopleTitle(chat.Quote(e.Name))}
	var rows [][]chat.Option
	for _, m := range members {
		since := chat.On(m.Since.In(r.Mind.Zone))
		if m.Role == sector.RoleOwner {
			lines = append(lines, locales.PeopleOwner(since, memberName(s, m)))
			continue
		}
		lines = append(lines, locales.PeopleDelegate(since, memberName(s, m)))
		if me.Role.May(sector.RightPeople) {
			rows = append(rows, []chat.Option{
				{Label: locales.PeopleRemove(bareName(m)), Data: peopleData(peopleAsk, e, m.Who)},
				{Label: locales.PeopleHandOver(bareName(m)), Data: peopleData(peopleAskOwner, e, m.Who)},
			})
		}
	}
	if me.Role.May(sector.RightPeople) {
		rows = append(rows, []chat.Option{{Label: locales.PeopleInvite(), Data: peopleData(peopleInvite, e, ""), Style: chat.Primary}})
	} else {
		rows = append(rows, []chat.Option{{Label: locales.PeopleLeave(), Data: peopleData(peopleAsk, e, me.Who)}})
	}
	return chat.Reply{To: u.Chat, Text: chat.Lines(lines...), Options: rows}, nil
}

func memberName(s Scene, m storage.Member) chat.Text {
	switch {
	case m.Who == s.Person.Key:
		return locales.PeopleYou()
	case m.Name == "":
		return locales.PeopleNoName()
	}
	return locales.FirmTitle(chat.Quote(m.Name))
}

// bareName is the name without quotation marks: who was never given one is an
// owner of earlier days.
func bareName(m storage.Member) chat.Text {
	if m.Name == "" {
		return locales.PeopleNoName()
	}
	return locales.FirmValue(chat.Quote(m.Name))
}

// tapPeople checks the right anew on every press.
func (r *Router) tapPeople(s Scene, u chat.Update, tap chat.Tapped, arg string) (Outcome, error) {
	verb, rest, _ := strings.Cut(arg, ":")
	id, who, _ := strings.Cut(rest, ":")
	e, me, ok, err := post(s, id)
	if err != nil {
		return Outcome{}, err
	}
	if !ok || u.Place != chat.Private {
		return noAccess(s, u, tap), nil
	}
	key := storage.PersonKey(who)
	leaving := key == me.Who && me.Role == sector.RoleDelegate && (verb == peopleAsk || verb == peopleRemove)
	if verb != peopleList && !me.Role.May(sector.RightPeople) && !leaving {
		return noAccess(s, u, tap), nil
	}
	switch verb {
	case peopleList:
		reply, err := r.peopleReply(s, u, e, me)
		reply.Edits = tap.Message
		return say(s, reply), err
	case peopleInvite:
		return begin(s, u, inviteScript(), inviting{Firm: e.ID})
	}
	m, there, err := s.Read.Post(e.ID, key)
	if err != nil {
		return Outcome{}, err
	}
	if !there || m.Role != sector.RoleDelegate { // removed, or the owner by now
		reply, err := r.peopleReply(s, u, e, me)
		reply.Edits = tap.Message
		return say(s, reply), err
	}
	return r.aboutMember(s, u, tap, verb, e, m)
}

// aboutMember asks before a delegate is removed or becomes the owner, and does it.
func (r *Router) aboutMember(s Scene, u chat.Update, tap chat.Tapped, verb string, e sector.Enterprise, m storage.Member) (Outcome, error) {
	no := chat.Option{Label: locales.ButtonNo(), Data: peopleData(peopleList, e, "")}
	name := bareName(m)
	switch verb {
	case peopleAsk:
		ask := locales.PeopleSure(name)
		yes := chat.Option{Label: locales.PeopleDoRemove(), Data: peopleData(peopleRemove, e, m.Who), Style: chat.Danger}
		if m.Who == s.Person.Key {
			ask, yes.Label = locales.PeopleSureLeave(chat.Quote(e.Name)), locales.PeopleLeave()
		}
		return say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: ask, Options: [][]chat.Option{{yes, no}}}), nil
	case peopleAskOwner:
		yes := chat.Option{Label: locales.PeopleDoHandOver(), Data: peopleData(peopleHandOver, e, m.Who), Style: chat.Danger}
		return say(s, chat.Reply{
			To: u.Chat, Edits: tap.Message, Text: locales.PeopleSureOwner(name), Options: [][]chat.Option{{yes, no}},
		}), nil
	case peopleRemove:
		return r.removeMember(s, u, tap, e, m)
	case peopleHandOver:
		m.Role = sector.RoleOwner
		writes, replies, err := newOwner(s, e, m)
		if err != nil {
			return Outcome{}, err
		}
		notice, err := tell(s, m.Who, locales.OutcomeOwner(chat.Quote(e.Name)), peopleRow(e))
		if err != nil {
			return Outcome{}, err
		}
		for i := range replies {
			if replies[i].To == u.Chat {
				replies[i].Edits, replies[i].Bulk = tap.Message, false
			}
		}
		out := say(s, append(replies, notice...)...)
		out.Writes = writes
		return out, nil
	}
	return r.outdated(s, u, tap), nil
}

func (r *Router) removeMember(s Scene, u chat.Update, tap chat.Tapped, e sector.Enterprise, m storage.Member) (Outcome, error) {
	name := bareName(m)
	if m.Who == s.Person.Key {
		out := say(s, chat.Reply{To: u.Chat, Edits: tap.Message, Text: locales.PeopleLeft()})
		list, err := owners(s, e.ID)
		if err != nil {
			return Outcome{}, err
		}
		for _, owner := range list {
			notice, err := tell(s, owner, locales.PeopleToldLeft(name), peopleRow(e))
			if err != nil {
				return Outcome{}, err
			}
			out.Replies = append(out.Replies, notice...)
		}
		out.Writes = []Write{leaveFirm{e.ID, m.Who}}
		return out, nil
	}
	notice, err := tell(s, m.Who, locales.PeopleToldRemoved(chat.Quote(e.Name)))
	if err != nil {
		return Outcome{}, err
	}
	done := chat.Reply{To: u.Chat, Edits: tap.Message, Text: locales.PeopleRemoved(name), Options: [][]chat.Option{peopleRow(e)}}
	out := say(s, append([]chat.Reply{done}, notice...)...)
	out.Writes = []Write{leaveFirm{e.ID, m.Who}}
	return out, nil
}

// inviting is an invitation being written.
type inviting struct {
	Firm sector.EnterpriseID `json:"firm"`
	Name string              `json:"name"`
}

const inviteName = "invite"

// inviteScript asks what the invited person is to be called.
func inviteScript() dialog.Script[inviting] {
	return dialog.Script[inviting]{
		Name: inviteName,
		Steps: []dialog.Step[inviting]{
			lineStep("who", longestWho, locales.PeopleAskName(), locales.RegisterNameLong(), func(d *inviting) *string { return &d.Name }),
		},
		Words:   dialogWords(),
		Expires: func(_ inviting, touched time.Time) time.Time { return touched.Add(registerIdle) },
	}
}
