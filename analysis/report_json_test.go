package analysis

import (
	"bytes"
	"encoding/json"
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"
)

// encoded is the report as encoding/json writes it.
func encoded(t *testing.T, r *Report) string {
	t.Helper()
	var buf bytes.Buffer
	encoder := json.NewEncoder(&buf)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(r); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestWriteJSON(t *testing.T) {
	texts := []string{"", "a \"b\" \\ \n\r\t <&> é\u00a0\u2028\u2029\x00\x7f\ufffd", "\xff\xc3", " \"segments\": null\n \"documents\": null", "👍🏽"}
	rng := rand.New(rand.NewSource(1))
	same := func(r *Report) {
		t.Helper()
		var got bytes.Buffer
		if err := r.WriteJSON(&got); err != nil {
			t.Fatal(err)
		}
		if want := encoded(t, r); got.String() != want {
			t.Fatalf("got\n%s\nwant\n%s", got.String(), want)
		}
	}
	same(&Report{})
	same(&Report{Segments: []Segment{}, Documents: []Placed{}})
	same(&Report{Segments: []Segment{{}}, Documents: []Placed{{}}})
	same(&Report{Segments: []Segment{{Score: 1e-9}, {Score: 1e21}, {Score: .1234}, {Score: 1}}, Documents: []Placed{{Themes: []string{}, Keywords: texts}}})
	fields := reflect.TypeFor[Segment]().NumField() + reflect.TypeFor[Placed]().NumField()
	for range 50 * fields { // every field empty and full
		r := &Report{Notes: texts}
		for range 1 + rng.Intn(3) {
			var s Segment
			var d Placed
			for _, x := range []reflect.Value{reflect.ValueOf(&s).Elem(), reflect.ValueOf(&d).Elem()} {
				for i := range x.NumField() {
					f := x.Field(i)
					switch v, _ := quick.Value(f.Type(), rng); {
					case rng.Intn(3) == 0: // left empty
					case f.Kind() == reflect.String:
						f.SetString(texts[rng.Intn(len(texts))])
					default:
						f.Set(v)
					}
				}
			}
			r.Segments, r.Documents = append(r.Segments, s), append(r.Documents, d)
		}
		same(r)
	}
}
