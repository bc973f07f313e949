package motion

import "strings"

// A match is a run of tokens that two lists share: n of them, from a in the
// one and from b in the other.
type match struct{ a, b, n int }

// mostEdits bounds the search for the shortest difference: beyond, what lies
// between is taken as written anew. It costs the lists' length times as much.
const mostEdits = 1000

// matches finds what two texts' tokens share, in order: first whole lines,
// then what the lines between them share.
func matches(a, b []string) []match {
	la, lb := lines(a), lines(b)
	names := map[string]int{}
	var out []match
	ai, bi := 0, 0 // tokens before the gap
	gap := func(ae, be int) {
		for _, m := range shortest(named(a[ai:ae], names), named(b[bi:be], names)) {
			out = append(out, match{ai + m.a, bi + m.b, m.n})
		}
	}
	starts := func(l []string, tokens []string) []int {
		at, out := 0, make([]int, 0, len(l)+1)
		out = append(out, 0)
		for i, t := range tokens {
			if t == "\n" {
				at = i + 1
				out = append(out, at)
			}
		}
		if at < len(tokens) {
			out = append(out, len(tokens))
		}
		return out
	}
	sa, sb := starts(la, a), starts(lb, b)
	for _, m := range shortest(named(la, names), named(lb, names)) {
		// An empty line is like any other: alone it says nothing of its place.
		if strings.TrimSpace(strings.Join(la[m.a:m.a+m.n], "")) == "" {
			continue
		}
		gap(sa[m.a], sb[m.b])
		ai, bi = sa[m.a+m.n], sb[m.b+m.n]
		out = append(out, match{sa[m.a], sb[m.b], ai - sa[m.a]})
	}
	gap(len(a), len(b))
	return joined(out)
}

// lines puts tokens together again, each line with its end.
func lines(tokens []string) []string {
	var out []string
	from := 0
	for i, t := range tokens {
		if t == "\n" {
			out = append(out, strings.Join(tokens[from:i+1], ""))
			from = i + 1
		}
	}
	if from < len(tokens) {
		out = append(out, strings.Join(tokens[from:], ""))
	}
	return out
}

// named gives each different string its number.
func named(list []string, names map[string]int) []int {
	out := make([]int, len(list))
	for i, s := range list {
		n, known := names[s]
		if !known {
			n = len(names)
			names[s] = n
		}
		out[i] = n
	}
	return out
}

// joined makes one match of those that touch.
func joined(list []match) []match {
	var out []match
	for _, m := range list {
		if n := len(out); n > 0 && out[n-1].a+out[n-1].n == m.a && out[n-1].b+out[n-1].n == m.b {
			out[n-1].n += m.n
		} else if m.n > 0 {
			out = append(out, m)
		}
	}
	return out
}

// shortest is the shortest difference of two lists, as what they share
// (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations",
// Algorithmica 1, 1986, §2), beginnings and ends that are alike taken first.
func shortest(a, b []int) []match {
	var out []match
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	out = append(out, match{0, 0, head})
	for _, m := range greedy(a[head:len(a)-tail], b[head:len(b)-tail]) {
		out = append(out, match{head + m.a, head + m.b, m.n})
	}
	out = append(out, match{len(a) - tail, len(b) - tail, tail})
	return joined(out)
}

// greedy is Myers' search: v[k] is how far along a the best path on diagonal
// k = x−y has come. Nil when the lists differ by more than [mostEdits].
func greedy(a, b []int) []match {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	most := min(len(a)+len(b), mostEdits)
	v := make([]int32, 2*most+2)
	var trace [][]int32 // v[most-d … most+d] before step d
	for d := 0; d <= most; d++ {
		trace = append(trace, append([]int32(nil), v[most-d:most+d+1]...))
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[most+k-1] < v[most+k+1] {
				x = int(v[most+k+1])
			} else {
				x = int(v[most+k-1]) + 1
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			if v[most+k] = int32(x); x >= len(a) && y >= len(b) {
				return back(trace, len(a), len(b))
			}
		}
	}
	return nil
}

// back follows the path from its end to its beginning.
func back(trace [][]int32, x, y int) []match {
	var out []match
	for d := len(trace) - 1; d >= 0; d-- {
		v, k := trace[d], x-y
		at := func(k int) int {
			if k < -d || k > d {
				return -1
			}
			return int(v[k+d])
		}
		px, py := 0, 0
		if d > 0 {
			if k == -d || k != d && at(k-1) < at(k+1) {
				px = at(k + 1)
				py = px - (k + 1)
			} else {
				px = at(k - 1)
				py = px - (k - 1)
			}
		}
		// From (px, py) one edit, then n alike to (x, y).
		n := min(x-px, y-py)
		if n > 0 {
			out = append(out, match{x - n, y - n, n})
		}
		x, y = px, py
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
