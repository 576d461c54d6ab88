package locales

//go:generate go run maqta/internal/genmsg -tables accusative,alias,ban,branch,by,caution,fact,line,meaning,meta,missing,month,region,source,statement,subject,unit
