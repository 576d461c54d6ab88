package ask

// A frame is a stretch of the question that asks for one thing: "cotton fibre"
// and "fabric" in "numbers for cotton fibre and fabric". Frames are parted by
// conjunctions and commas, and joined again where a stretch cannot stand alone.
type frame struct {
	from, to int // items
	set      set
	first    bool // begins a sentence
	doubtful bool // begins with "if": what it says is granted, not asked
}

var (
	subjects = setOf(cReady, cTheIndustry, cCotton, cRaw, cFibre, cYarn, cFabric, cCottonFabric, cFinished, cTextile, cClothing, cFootwear, cLeather, cHide,
		cFelt, cCarded, cBlanket, cOuterwear, cIndustry, cSector, cIndustryWord, cManufacturing, cGDP, cEnterprise, cSmall, cWorker,
		cJob, cFarm, cPeasant, cGin, cArea, cSown, cYield, cDrip, cProject, cProgramme, cRate, cMCI, cOutput, cHarvest, cCrop, cZhetysai, cMaktaaral,
		cShardara, cMinister, cPerson, cBusiness, cPeople)
	measures = setOf(cShare, cPercent, cGrowth, cFall, cExport, cImport, cDepend, cRecord, cSteady, cGrown, cStructure, cIndex, cWhere, cWho, cWhy,
		cMost, cBiggest, cLeast, cImportant, cPlans, cReturn, cContent, cDraft, cSource, cMeaning, cOneOff, cConcentrated, cPer, cLarge, cBecome)
	// what passes from one thing to the next: "the shares of textiles and clothing"
	transferable = setOf(cShare, cPercent, cGrowth, cFall, cExport, cImport, cStructure)
	complete     = setOf(cHarvest, cMake, cOutput, cHowMuch, cTenge, cDollar, cKg, cTonne, cPiece, cSquareMetre, cCount, cVolume)
	// what asks for something by itself, without a thing: "growth, and output in tenge"
	standing = setOf(cGrowth, cFall, cRecord, cStructure, cSteady, cPlans, cSource, cIndex, cExport, cImport, cMost, cBiggest, cLeast)
)

// frames parts the items of a question.
func frames(items []item, dst []frame) []frame {
	dst = dst[:0]
	f := frame{first: true}
	flush := func(to int, sentence bool) {
		f.to = to
		if f.to > f.from {
			dst = append(dst, f)
		}
		f = frame{from: to + 1, first: sentence}
	}
	for i, it := range items {
		switch {
		case it.mark == markEnd:
			flush(i, true)
		case it.mark == markComma:
			flush(i, false)
		case it.mark != "":
		case it.concept == cAnd || it.concept == cOr:
			flush(i, false)
		default:
			if it.concept == cIf && (i == f.from || it.text == "болса") {
				f.doubtful = true
			}
			switch {
			case it.place > 0:
				f.set.add(cPlace)
			case it.used:
				f.set.add(cDated)
			case it.concept == cCompare && f.set.any(subjects):
				f.set.add(cCompare)
				flush(i, false) // "yarn versus fibre"
				f.set.add(cCompare)
			default:
				f.set.add(it.concept)
			}
		}
	}
	flush(len(items), false)
	return dst
}

// joinFrames joins frames that cannot stand alone with their neighbours, and lets
// what is asked of one thing pass to the next.
func joinFrames(fs []frame) []frame {
	out := fs[:0]
	for _, f := range fs {
		if len(out) == 0 {
			out = append(out, f)
			continue
		}
		prev := &out[len(out)-1]
		if only(f.set, subjects) == setOf(cPeople) {
			f.set = f.set.union(only(prev.set, setOf(cIndustry, cSector, cTheIndustry))) // "… and how many people?"
		}
		subject, measure := f.set.any(subjects), f.set.any(measures)
		prevStands := prev.set.any(subjects) || prev.set.any(measures) || prev.set.has(cVolume) && prev.set.has(cTenge)
		switch {
		case !prevStands && !f.first, !prevStands && !prev.set.any(complete):
			// the first one is only an introduction
			prev.set = prev.set.union(f.set)
			prev.to = f.to
			prev.doubtful = prev.doubtful && f.doubtful
		case f.set.has(cReal) && prev.set.has(cNominal):
			prev.set = prev.set.union(f.set) // "in money and in volume": one growth, both bases
			prev.to = f.to
		case prev.set.any(divisions) && !prev.set.any(measures) && !prev.set.any(complete) && f.set.hasAny(cShare, cPercent) && !f.first && onlyWhole(f.set):
			prev.set = prev.set.union(f.set) // "textiles, what per cent of the industry is it"
			prev.to = f.to
		case prev.set.hasAny(cWhere, cRegionWord) && prev.set.hasAny(cMost, cBiggest) && !prev.set.has(cEnterprise) && f.set.has(cEnterprise):
			prev.set = prev.set.union(f.set)
			prev.to = f.to
		case !prev.set.any(subjects) && !measure && !f.first && !prev.set.any(standing):
			// "зачем он нужен, этот легпром"
			prev.set = prev.set.union(f.set)
			prev.to = f.to
		case !subject && !measure:
			prev.set = prev.set.union(f.set)
			prev.to = f.to
		case !subject && only(f.set, measures) == setOf(cPercent) && prev.set.hasAny(cGrowth, cFall, cShare, cStructure, cPercent, cMore, cLess, cChange):
			prev.set = prev.set.union(f.set)
			prev.to = f.to
		case !subject && !prev.set.any(measures) && !prev.set.any(complete):
			prev.set = prev.set.union(f.set)
			prev.to = f.to
		case !subject:
			f.set = f.set.union(only(prev.set, subjects))
			out = append(out, f)
		default:
			out = append(out, f)
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		if out[i].set.any(measures) || !out[i].set.any(subjects) {
			continue
		}
		switch {
		case i > 0 && !out[i].first && out[i-1].set.any(transferable) && !out[i].set.hasAny(cHarvest, cMake, cOutput, cRegionWord, cWhere):
			out[i].set = out[i].set.union(only(out[i-1].set, transferable))
		case i+1 < len(out) && !out[i+1].first && out[i+1].set.any(transferable) && !out[i].set.any(complete):
			out[i].set = out[i].set.union(only(out[i+1].set, transferable))
		}
	}
	return out
}

func only(s, mask set) set {
	return set{s[0] & mask[0], s[1] & mask[1], s[2] & mask[2], s[3] & mask[3]}
}

// onlyWhole reports whether the only things in the set are words for the sector
// as a whole.
func onlyWhole(s set) bool {
	things := only(s, subjects)
	return things != (set{}) && only(things, setOf(cIndustry, cSector, cTheIndustry)) == things
}
