package ask

import "slices"

// resolveFrames finds what each frame asks for.
func (u *understanding) resolveFrames(fs []frame) []found {
	var out []found
	for _, f := range fs {
		if f.doubtful && len(fs) > 1 && len(out)+1 < len(fs) && !f.set.has(cHowMuch) || f.doubtful && len(out) > 0 {
			continue
		}
		head := func(candidates ...concept) concept { return u.head(f, candidates) }
		for _, s := range sidesOf(f.set) {
			if got := resolve(s, head); !got.nothing() {
				out = append(out, got.checked(s))
			}
		}
	}
	if len(out) == 0 && len(fs) > 1 {
		// No part asks for anything alone; perhaps the whole does.
		whole := frame{to: len(u.items), set: u.all}
		if got := resolve(u.all, func(candidates ...concept) concept { return u.head(whole, candidates) }); !got.nothing() {
			out = append(out, got.checked(u.all))
		}
	}
	return u.tidy(out)
}

// sidesOf parts a stretch that weighs one branch against another: "by how much do
// textiles outweigh clothing" asks for the share of each.
func sidesOf(s set) []set {
	if !s.hasAny(cMore, cLess, cCompare, cMost, cBiggest, cLeast) || s.hasAny(cEnterprise, cWorker, cWhere) {
		return []set{s}
	}
	var sides []set
	for _, side := range [...]set{setOf(cTextile), setOf(cClothing), setOf(cFootwear, cLeather)} {
		if !s.any(side) {
			continue
		}
		alone := s
		for i := range alone {
			alone[i] &^= divisions[i] &^ side[i]
		}
		if !s.hasAny(cGrowth, cFall, cTenge, cMake, cOutput) {
			alone.add(cShare)
		}
		sides = append(sides, alone)
	}
	if len(sides) < 2 {
		return []set{s}
	}
	return sides
}

// tidy takes out what only courtesy or repetition added.
func (u *understanding) tidy(fs []found) []found {
	has := func(match func(Topic) bool) bool {
		return slices.ContainsFunc(fs, func(f found) bool { return match(f.topic) })
	}
	small := func(t Topic) bool {
		return t == Greeting || t == Thanks || t == Help || t == AboutBot || t == LanguageTalk
	}
	matters := has(func(t Topic) bool { return t != "" && !small(t) })
	structure := has(func(t Topic) bool { return t == Structure })
	return slices.DeleteFunc(fs, func(f found) bool {
		switch {
		case matters && small(f.topic):
			return true
		case structure && (f.topic == ShareMfg || f.topic == Output || f.topic == TextileShare || f.topic == ClothingShare || f.topic == FootwearShare):
			return true
		}
		return false
	})
}

// head returns which of the candidates "how much" is about: the first one behind
// it, else the first one of the frame.
func (u *understanding) head(f frame, candidates []concept) concept {
	first, last, asked := cNone, cNone, false
	for _, it := range u.items[f.from:min(f.to, len(u.items))] {
		if it.concept == cCount && it.lang == inKazakh && last != cNone {
			return last // "шаруашылықтардың саны": the count stands behind
		}
		if it.concept == cHowMuch || it.concept == cCount {
			asked = true
			continue
		}
		if slices.Contains(candidates, it.concept) {
			last = it.concept
			if asked {
				return it.concept
			}
			if first == cNone {
				first = it.concept
			}
		}
	}
	return first
}
