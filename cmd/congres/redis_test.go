package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/villes-internet/congres/consult/store/storetest"
)

// TestUnsafeRedis refuses a Redis that would lose facts, and says in French
// which settings to change.
func TestUnsafeRedis(t *testing.T) {
	r := storetest.StartRedis(t, "--appendonly", "no", "--maxmemory-policy", "allkeys-lru")
	var out, errOut bytes.Buffer
	got := execute(t.Context(), []string{"verify", "--store", r.URL}, nil, &out, &errOut)
	if got != 1 {
		t.Errorf("status %d, want 1", got)
	}
	for _, want := range []string{"Ce Redis perdrait des faits", "appendonly vaut « no », il faut « yes »", "maxmemory-policy"} {
		if !strings.Contains(errOut.String(), want) {
			t.Errorf("%q does not say %q", errOut.String(), want)
		}
	}
}
