package locales

//go:generate go run maqta/internal/genmsg -tables alias,ban,branch,by,caution,fact,meaning,meta,missing,month,period,region,source,statement,subject,unit
