package storage

import (
	"go.etcd.io/bbolt"
)

// PutRawForTest puts a record past all codecs; an empty value deletes it.
func PutRawForTest(path, bucket, key, value string) error {
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		if value == "" {
			return tx.Bucket([]byte(bucket)).Delete([]byte(key))
		}
		return tx.Bucket([]byte(bucket)).Put([]byte(key), []byte(value))
	})
	if err != nil {
		return err
	}
	return db.Close()
}

// SetSchemaForTest pretends that another version wrote the file.
func SetSchemaForTest(path, schema string) error {
	return PutRawForTest(path, meta.name, metaSchema, `"`+schema+`"`)
}
