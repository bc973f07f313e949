package office

import "testing"

func TestNumber(t *testing.T) {
	s := styles{formats: []string{"", "yyyy-mm-dd", "h:mm:ss", `[$-40C]d\ mmmm\ yyyy;@`, "00", `0.0" d’eau"`, "[h]:mm", "#,##0.00\\ [$€-40C]", "[Red]0", `"dernier`, `[`, "dd/mm"}}
	for _, c := range []struct{ style, raw, want string }{
		{"0", "12", "12"}, {"0", "0.30000000000000004", "0.3"}, {"0", "1E3", "1000"}, {"0", "-2.50", "-2.5"}, {"0", "12345678901", "12345678901"}, {"0", "mot", "mot"}, {"0", "", ""}, {"0", "NaN", "NaN"},
		{"1", "46350", "2026-11-24"}, {"1", "46350.999999999", "2026-11-25"}, {"3", "46350.5", "2026-11-24 12:00:00"}, {"2", "0.75", "18:00:00"}, {"11", "1", "1900-01-01"}, {"1", "59", "1900-02-28"}, {"1", "61", "1900-03-01"},
		{"1", "-1", "-1"}, {"1", "2958466", "2958466"},
		{"4", "1", "01"}, {"4", "123", "123"}, {"4", "1.5", "1.5"}, {"5", "2.5", "2.5"}, {"6", "1.5", "1.5"}, {"7", "3", "3"}, {"8", "7", "7"}, {"9", "7", "7"}, {"10", "7", "7"}, {"99", "7", "7"}, {"x", "7", "7"}, {"-1", "7", "7"},
	} {
		if got := s.number(c.style, c.raw); got != c.want {
			t.Errorf("%s as %q is %q, want %q", c.raw, c.style, got, c.want)
		}
	}
	s.from1904 = true
	if got := s.number("1", "0"); got != "1904-01-01" {
		t.Errorf("day 0 of 1904 is %s", got)
	}
}

// TestTabular picks the first sheet that is nearly as full as the fullest.
func TestTabular(t *testing.T) {
	for _, c := range []struct {
		fullness []int
		want     int
	}{{[]int{0, 0}, -1}, {[]int{1, 1}, 0}, {[]int{12, 1500}, 1}, {[]int{1000, 3000}, 0}, {[]int{250, 3000}, 1}} {
		if got := tabular(c.fullness); got != c.want {
			t.Errorf("%v: sheet %d, want %d", c.fullness, got, c.want)
		}
	}
}

func TestCellName(t *testing.T) {
	for name, want := range map[string][2]int{"A1": {0, 1}, "Z9": {25, 9}, "AA10": {26, 10}, "XFD1048576": {16383, 1048576}} {
		column, row, ok := parseCell(name)
		if !ok || column != want[0] || row != want[1] || CellName(column, row) != name {
			t.Errorf("%s is %d, %d, %v, and back %s", name, column, row, ok, CellName(column, row))
		}
	}
	for _, name := range []string{"", "A", "1", "a1", "A0", "XFE1", "AAAAA1", "A1:B2", "A99999999999999999999"} {
		if _, _, ok := parseCell(name); ok {
			t.Errorf("%q is taken for a cell", name)
		}
	}
}

func TestUnescape(t *testing.T) {
	for s, want := range map[string]string{"a_x000D_b": "a\rb", "_x005F_x000D_": "_x000D_", "_x00": "_x00", "_xZZZZ_": "_xZZZZ_", "x_x": "x_x"} {
		if got := unescape(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
