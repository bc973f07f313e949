package bolt_test

import (
	"testing"

	"github.com/villes-internet/congres/consult/store/storetest"
)

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Open {
		open, _ := place(t)
		return open
	})
}
