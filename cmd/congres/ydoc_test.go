package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

func framed(updates ...[]byte) (b []byte) {
	for _, u := range updates {
		b = append(binary.LittleEndian.AppendUint32(b, uint32(len(u))), u...)
	}
	return b
}

func asV2(t *testing.T, update []byte) []byte {
	v2, err := ydoc.ToV2(update)
	if err != nil {
		t.Fatal(err)
	}
	return v2
}

func TestYdoc(t *testing.T) {
	d := ydoc.New(7)
	text := d.Text("motion")
	one := d.Transact(func() { text.Insert(0, "é<&", map[string]any{"strong": true}) })
	two := d.Transact(func() { text.Insert(3, "!", map[string]any{}) })
	// A map {"b": bytes 1 2} of client 9, as yjs writes it.
	entry := []byte("\x01\x01\x09\x00\x23\x01\x01m\x01b\x02\x01\x02\x00")
	motion := `"motion":{"type":"text","value":"é<&!","delta":[{"insert":"é<&","attributes":{"strong":true}},{"insert":"!"}]}`
	for _, c := range []struct {
		name   string
		args   string
		in     []byte
		status int
		out    string // exact
		err    string // contained
	}{
		{"nothing", "inspect --json", nil, 0, `{"roots":{},"stateVector":{}}` + "\n", ""},
		{"a text", "inspect --json", framed(two, one), 0, `{"roots":{` + motion + `},"stateVector":{"7":6}}` + "\n", ""},
		{"a map, guessed", "inspect --json", framed(entry), 0, `{"roots":{"m":{"type":"map","value":{"b":{"base64":"AQI="}}}},"stateVector":{"9":1}}` + "\n", ""},
		{"roots that flags name", "inspect --json --root m=array --root a=b=xml", framed(entry), 0,
			`{"roots":{"a=b":{"type":"xml","value":""},"m":{"type":"array","value":[]}},"stateVector":{"9":1}}` + "\n", ""},
		{"the second waits", "inspect --json", framed(two), 0,
			`{"roots":{},"stateVector":{},"pending":{"clients":{"7":{"from":5,"to":6}},"missing":{"7":4}}}` + "\n", "du client 7 à partir de l’horloge 4"},
		{"a deletion waits", "inspect --json", framed([]byte("\x00\x01\x09\x01\x02\x03")), 0,
			`{"roots":{},"stateVector":{},"pending":{"deleted":{"9":3},"missing":{"9":2}}}` + "\n", "du client 9 à partir de l’horloge 2"},
		{"format v2", "inspect --json", framed(one, asV2(t, two)), 0, `{"roots":{` + motion + `},"stateVector":{"7":6}}` + "\n", "n°\u00a02 est au format v2"},
		{"format v2, merged", "merge", framed(asV2(t, entry)), 0, string(entry), "n°\u00a01 est au format v2"},
		{"format v2, cut", "merge", framed(one, asV2(t, one)[:len(asV2(t, one))-1]), 1, "", "n°\u00a02 semble être au format v2"},
		{"bytes behind the end", "merge", framed(append(slices.Clip(one), 0)), 1, "", "malformée"},
		{"for people", "inspect", nil, 0, "{\n  \"roots\": {},\n  \"stateVector\": {}\n}\n", ""},
		{"truncated length", "inspect --json", framed(one)[:2], 1, "", "tronquée"},
		{"truncated length behind", "merge", append(framed(one), 1), 1, "", "n°\u00a02"},
		{"a length beyond the rest", "inspect --json", framed(one)[:9], 1, "", "tronquée"},
		{"no update", "inspect --json", framed(one, []byte("?")), 1, "", "n°\u00a02 est malformée"},
		{"a client beyond 32 bits", "inspect --json", framed(append([]byte{1, 1, 7}, binary.AppendUvarint(nil, 1<<32)...)), 1, "", "n°\u00a01 est trop grande"},
		{"no update to merge", "merge", framed([]byte("?")), 1, "", "malformée"},
		{"subdocument", "inspect --json", framed([]byte("\x01\x01\x09\x00\x09\x01\x01m\x01g\x76\x00\x00")), 1, "", "sous-document"},
		{"no verb", "", nil, 2, "", "inspect ou merge"},
		{"unknown verb", "split", nil, 2, "", "inspect ou merge"},
		{"unknown kind", "inspect --root m=tree", nil, 2, "", "text, xml, map ou array"},
		{"unknown flag", "inspect --all", nil, 2, "", "Usage"},
		{"merge takes no flag", "merge --json", nil, 2, "", "merge"},
		{"merge nothing", "merge", nil, 0, "\x00\x00", ""},
		{"merge one", "merge", framed(entry), 0, string(entry), ""},
	} {
		var out, errOut bytes.Buffer
		status := execute(context.Background(), append([]string{"ydoc"}, strings.Fields(c.args)...), bytes.NewReader(c.in), &out, &errOut)
		if status != c.status || out.String() != c.out || !strings.Contains(errOut.String(), c.err) || (c.err == "") != (errOut.Len() == 0) {
			t.Errorf("%s: status %d, stdout %q, stderr %q; want %d, %q, %q", c.name, status, out.String(), errOut.String(), c.status, c.out, c.err)
		}
		if errOut.Len() > 0 && strings.Count(errOut.String(), "\n") != 1 {
			t.Errorf("%s: not one line: %q", c.name, errOut.String())
		}
	}
	var out, errOut bytes.Buffer
	if execute(context.Background(), []string{"ydoc", "merge"}, bytes.NewReader(framed(two, entry, one)), &out, &errOut) != 0 {
		t.Fatal(errOut.String())
	}
	again := ydoc.New(1)
	if err := again.Apply(out.Bytes()); err != nil || again.Text("motion").String() != "é<&!" || again.Clocks()[9] != 1 {
		t.Errorf("merged %x: %v", out.Bytes(), err)
	}
}
