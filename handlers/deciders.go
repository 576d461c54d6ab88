package handlers

import (
	"maqta/bot/chat"
	"maqta/sector"
	"maqta/storage"
)

// decider is somebody who may decide about enterprises.
type decider struct {
	id   chat.UserID
	post sector.Official
}

// officials lists everybody who holds a post as a reviewer. Administrators stand
// in where no official is.
func (r *Router) officials() []decider {
	all := make([]decider, 0, len(r.Admins))
	for _, id := range r.Admins {
		all = append(all, decider{id, sector.Official{Role: sector.RoleAdmin}})
	}
	return all
}

// deciders lists who decides about an enterprise: every card about it goes to
// them. Nobody decides about an own one.
func (r *Router) deciders(s Scene, e sector.Enterprise) ([]decider, error) {
	var list []decider
	for _, d := range r.officials() {
		own, err := ownOf(s, d.id)
		if err != nil {
			return nil, err
		}
		if d.post.MayReview(e, own) {
			list = append(list, d)
		}
	}
	return list, nil
}

// decidesFor reports whether the acting person may decide about the enterprise;
// own says that only the person's own part in it stands in the way.
func (r *Router) decidesFor(s Scene, u chat.Update, e sector.Enterprise) (may, own bool, err error) {
	firms, err := ownOf(s, u.From)
	if err != nil {
		return false, false, err
	}
	for _, d := range r.officials() {
		if d.id != u.From {
			continue
		}
		may = may || d.post.MayReview(e, firms)
		own = own || d.post.MayReview(e, nil)
	}
	return may, own && !may, nil
}

// ownOf lists the enterprises for which a user acts.
func ownOf(s Scene, id chat.UserID) ([]sector.EnterpriseID, error) {
	p, err := s.Read.Person(id)
	if err != nil || !p.Known() {
		return nil, err
	}
	return s.Read.Posts(p.Key)
}

// addressee is where and in which language to reach somebody; false once the
// person has been forgotten.
func addressee(s Scene, who storage.PersonKey) (chat.ChatID, chat.Lang, bool, error) {
	id, ok, err := s.Read.Whose(who)
	if err != nil || !ok {
		return 0, "", false, err
	}
	p, err := s.Read.Person(id)
	if err != nil {
		return 0, "", false, err
	}
	return chat.ChatID(id), noticeLang(p), true, nil
}

// noticeLang is the language of what somebody has not asked for just now.
func noticeLang(p storage.Person) chat.Lang { return langOf(p, chat.Update{Lang: p.App}) }

// tell is a notice to somebody who did not act now, in their own language. It is
// nothing when the person has been forgotten.
func tell(s Scene, who storage.PersonKey, text chat.Text, options ...[]chat.Option) ([]chat.Reply, error) {
	to, lang, ok, err := addressee(s, who)
	if err != nil || !ok {
		return nil, err
	}
	return []chat.Reply{{To: to, Lang: lang, Bulk: true, Text: text, Options: options}}, nil
}
