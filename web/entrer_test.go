package web

import (
	"net/url"
	"strings"
	"testing"
)

// TestLinkLeadsBack has the link in an e-mail lead back to a whole address of
// ours, and carry no words of whoever asked for it.
func TestLinkLeadsBack(t *testing.T) {
	s := newSite(t)
	for _, back := range []string{"/motion/x/versions?de=p1&a=p2", "/contributions?q=l%27eau+vive", "/themes/é#v1-0-3"} {
		link, err := url.Parse(s.server.linkAddress("jeton", back))
		if err != nil || link.Query().Get("retour") != back || link.Path != "/entrer/jeton" {
			t.Errorf("%q: got %v, %v", back, link, err)
		}
	}
	for _, back := range []string{"", "x", "//mechant.example/", "https://mechant.example/", `/\mechant.example`,
		"/ ATTENTION, entrez par https://mechant.example/x", "/a\u00a0b", "/a\u202fb", "/a\nb", "/a\u0085b", "/\u202eb", "/a\u2028b"} {
		if link := s.server.linkAddress("jeton", back); link != s.url+"/entrer/jeton" {
			t.Errorf("%q: got %s", back, link)
		}
	}
	if link := s.server.linkAddress("jeton", "/https://mechant.example/x"); strings.Contains(link, "mechant.example/") {
		t.Errorf("a mail program would follow what is in %s", link)
	}
}
