package motion

import (
	"encoding/base64"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/villes-internet/congres/motion/ydoc"
)

// moved is what two editors wrote who moved the third of three blocks at once and
// typed in it: the text, and beside it the map that says which letters are copies.
const moved = "Aw2TqOX7DgAEAQZtb3Rpb24CdW6Gk6jl+w4BAWINInBhcmFncmFwaHwxIoSTqOX7DgIBCoaTqOX7DgMBYgRudWxshJOo5fsOBARkZXV4hpOo5fsOCAFiDSJwYXJhZ3JhcGh8MiKEk6jl+w4JAQqGk6jl+w4KAWIEbnVsbISTqOX7DgsDdHJvhJOo5fsODgJpc4aTqOX7DhABYg0icGFyYWdyYXBofDMihJOo5fsOEQEKhpOo5fsOEgFiBG51bGwIAgDBk6jl+w4Ok6jl+w4PAcaTqOX7DgOTqOX7DgQBYgRudWxswQIBk6jl+w4EBsYCB5Oo5fsOBAFiDSJwYXJhZ3JhcGh8MyLBAgiTqOX7DgQBKAEGY29waWVzAzI6MgF3OTI6MiszPTF1ZzFkc2o6YzsyOjUrMT0yOjA7Mjo2KzI9MXVnMWRzajpmOzI6OSsxPTF1ZzFkc2o6acQBAwEEAUIoAQZjb3BpZXMDMjpiAXcJMjpiKzE9Mjo1BwEAxJOo5fsODpOo5fsODwFBRJOo5fsOAAN0cm/EAQOTqOX7DgADQWlzxgEGk6jl+w4AAWINInBhcmFncmFwaHwzIsQBB5Oo5fsOAAEKxgEIk6jl+w4AAWIEbnVsbCgBBmNvcGllcwMxOjEBdzkxOjErMz0xdWcxZHNqOmM7MTo0KzE9MTowOzE6NSsyPTF1ZzFkc2o6ZjsxOjgrMT0xdWcxZHNqOmkDk6jl+w4CDAUSAQIDAAECBgkBAQEAAQ=="

// TestMoved reads a text with a map beside it that is the editor's own: the text is
// as if it were not there, an edit of ours leaves it as it is, and it is given on.
func TestMoved(t *testing.T) {
	update, err := base64.StdEncoding.DecodeString(moved)
	if err != nil {
		t.Fatal(err)
	}
	d := ydoc.New(7)
	if err := d.Apply(update); err != nil {
		t.Fatal(err)
	}
	text := d.Text(Root)
	want := []Block{
		{Paragraph, "3", 0, []Run{{Text: "troBAis"}}},
		{Paragraph, "1", 0, []Run{{Text: "un"}}},
		{Paragraph, "2", 0, []Run{{Text: "deux"}}},
	}
	if got := Parse(text.Delta()).Blocks; !reflect.DeepEqual(got, want) {
		t.Errorf("read\n got %+v\nwant %+v", got, want)
	}
	d.Transact(func() { text.Insert(0, "Nous ", nil) })
	whole, err := d.Update(nil)
	if err != nil {
		t.Fatal(err)
	}
	next := ydoc.New(8)
	if err := next.Apply(whole); err != nil {
		t.Fatal(err)
	}
	if got := Parse(next.Text(Root).Delta()).Blocks[0].Runs[0].Text; got != "Nous troBAis" {
		t.Errorf("given on: %q", got)
	}
	kept, err := next.View("copies", ydoc.AsMap).JSON()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal(kept, &got); err != nil {
		t.Fatal(err)
	}
	copies := map[string]string{
		"1:1": "1:1+3=1ug1dsj:c;1:4+1=1:0;1:5+2=1ug1dsj:f;1:8+1=1ug1dsj:i",
		"2:2": "2:2+3=1ug1dsj:c;2:5+1=2:0;2:6+2=1ug1dsj:f;2:9+1=1ug1dsj:i",
		"2:b": "2:b+1=2:5",
	}
	if !reflect.DeepEqual(got, copies) {
		t.Errorf("copies\n got %v\nwant %v", got, copies)
	}
}
