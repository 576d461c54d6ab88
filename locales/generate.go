package locales

//go:generate go run maqta/internal/genmsg -tables accusative,alias,ban,branch,by,caution,fact,grounds,line,meaning,meta,missing,month,monthly,post,region,row,source,standing,statement,subject,unit
