package sector

import "slices"

// Role is what somebody may be besides a citizen. One person can have several:
// an official may own an enterprise, and then reviews it never.
type Role string

// The roles.
const (
	RoleCitizen  Role = "citizen"  // everybody
	RoleOwner    Role = "owner"    // of an enterprise: all that a delegate may, and its people
	RoleDelegate Role = "delegate" // of an enterprise: an accountant, say
	RoleRegional Role = "regional" // an official of one region or several
	RoleMinistry Role = "ministry" // an official of the whole country
	RoleAdmin    Role = "admin"    // named in the configuration; invites officials
)

// Right is something that not everybody may do. Rights are checked on every call,
// also for old buttons and forged ones.
type Right string

// The rights.
const (
	RightAsk       Right = "ask"       // for published figures
	RightReport    Right = "report"    // hand in and see the enterprise's figures
	RightPledge    Right = "pledge"    // propose pledges of the enterprise
	RightPeople    Right = "people"    // add and remove the enterprise's delegates
	RightEnlist    Right = "enlist"    // register, change and close the enterprise
	RightReview    Right = "review"    // decide on registrations, reports and pledges
	RightOpenFirm  Right = "open_firm" // see one firm's figures; every look is logged
	RightDigest    Right = "digest"    // read digests, follow the programme
	RightExport    Right = "export"    // take tables out
	RightPublish   Right = "publish"   // load and publish facts
	RightOfficials Right = "officials" // invite and remove officials
	RightStatus    Right = "status"    // see how the bot is doing
)

// May reports whether a role has a right. Rights of owners and delegates hold for
// their own enterprises, those of regional officials for their regions.
func (r Role) May(right Right) bool {
	switch right {
	case RightAsk:
		return r == RoleCitizen || r == RoleOwner || r == RoleDelegate || r == RoleRegional || r == RoleMinistry || r == RoleAdmin
	case RightReport, RightPledge:
		return r == RoleOwner || r == RoleDelegate
	case RightPeople, RightEnlist:
		return r == RoleOwner
	case RightReview, RightOpenFirm:
		return r == RoleRegional || r == RoleMinistry || r == RoleAdmin // an admin stands in where no official is
	case RightDigest, RightExport:
		return r == RoleRegional || r == RoleMinistry
	case RightPublish:
		return r == RoleMinistry || r == RoleAdmin
	case RightOfficials, RightStatus:
		return r == RoleAdmin
	}
	return false
}

// Official is a reviewer's post.
type Official struct {
	Role    Role     `json:"role"`              // RoleRegional, RoleMinistry or RoleAdmin
	Regions []Region `json:"regions,omitempty"` // of a regional official
}

// Sees reports whether the post covers a region.
func (o Official) Sees(r Region) bool {
	return o.Role == RoleMinistry || o.Role == RoleAdmin || o.Role == RoleRegional && slices.Contains(o.Regions, r)
}

// MayReview reports whether the holder of the post may decide about an enterprise:
// it must lie in the post's regions, and nobody decides about an own one. own lists
// the enterprises for which the person acts in any role.
func (o Official) MayReview(e Enterprise, own []EnterpriseID) bool {
	return o.Role.May(RightReview) && o.Sees(e.Region) && !slices.Contains(own, e.ID)
}
