package bolt_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/villes-internet/congres/consult/store"
	"github.com/villes-internet/congres/consult/store/bolt"
	"github.com/villes-internet/congres/consult/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Open {
		path := filepath.Join(t.TempDir(), "congres.db")
		return func(now func() time.Time) store.Store {
			s, err := bolt.Open(context.Background(), path, &bolt.Options{Now: now})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	})
}
