package web

import (
	"net/http/httptest"
	"strconv"
	"testing"
)

// TestLimits: one address is stopped after twenty tries, whatever it says of itself
// to the reverse proxy, and no other address with it.
func TestLimits(t *testing.T) {
	l := newLimits()
	try := func(remote string, forwarded ...string) bool {
		r := httptest.NewRequest("GET", "/entrer", nil)
		r.RemoteAddr = remote
		for _, f := range forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		return l.allow(r)
	}
	for i := range 20 {
		forged := "10.0.0." + strconv.Itoa(i)
		if !try("127.0.0.1:1", forged+", 192.0.2.1") || !try("198.51.100.7:1", forged) {
			t.Fatalf("stopped at %d", i)
		}
	}
	for name, passed := range map[string]bool{
		"through the proxy": try("127.0.0.1:1", "10.9.9.9, 192.0.2.1"),
		"in another header": try("[::1]:1", "10.9.9.9", "192.0.2.1"),
		"without a proxy":   try("198.51.100.7:2", "10.9.9.9"),
	} {
		if passed {
			t.Errorf("%s: not stopped", name)
		}
	}
	if !try("127.0.0.1:1", "192.0.2.2") || !try("198.51.100.8:1") {
		t.Error("another address is stopped too")
	}
}
