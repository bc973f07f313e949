package chart

// A Branch is a node of a tree, with what hangs below it.
type Branch struct {
	Label string
	Kids  []Branch
	To    string // where it leads; "": nowhere
}

// Tree draws a tree as an indented list, 360 wide.
func Tree(root Branch) *Drawing {
	const step, row = 16, 21
	d := &Drawing{Width: 360}
	y := 0.
	var walk func(b Branch, depth int) float64
	walk = func(b Branch, depth int) float64 {
		y += row
		at := y
		x := float64(depth * step)
		d.add(Mark{Kind: Word, X: x + 2, Y: at, Text: short(b.Label, int((352-x)/7.3)), Size: 13, Strong: depth < 2, To: b.To})
		last := at
		for _, k := range b.Kids {
			below := walk(k, depth+1)
			d.add(Mark{Kind: Line, X: x + 7, Y: below - 4, W: x + step, H: below - 4, Size: 1, Soft: true})
			last = below
		}
		if len(b.Kids) > 0 {
			d.add(Mark{Kind: Line, X: x + 7, Y: at + 5, W: x + 7, H: last - 4, Size: 1, Soft: true})
		}
		return at
	}
	walk(root, 0)
	d.Height = y + 8
	return d
}

// Mind draws a tree of at most four levels from left to right, as a mind map, 900
// wide.
func Mind(root Branch) *Drawing {
	const row, line = 19, 14
	left := []float64{4, 136, 388, 650}
	letters := []int{13, 28, 34, 34}
	d := &Drawing{Width: 900}
	y := 6.
	var walk func(b Branch, depth int) float64
	walk = func(b Branch, depth int) float64 {
		var at float64
		var kids []float64
		text := halved(b.Label, letters[depth])
		high := float64(len(text)-1) * line
		if len(b.Kids) == 0 || depth == len(left)-1 {
			at = y + row + high/2
			y += row + high
		} else {
			for _, k := range b.Kids {
				kids = append(kids, walk(k, depth+1))
			}
			at = (kids[0] + kids[len(kids)-1]) / 2
			if depth <= 1 {
				y += 5
			}
			y = max(y, at+high)
		}
		end := 0.
		for n, words := range text {
			end = max(end, left[depth]+wide(words, 12.5)*wider(depth < 2)+4)
			d.add(Mark{Kind: Word, X: left[depth], Y: at - high/2 + float64(n)*line, Text: words, Size: 12.5, Strong: depth < 2, To: b.To})
		}
		for _, k := range kids {
			d.add(Mark{Kind: Curve, X: min(end, left[depth+1]-12), Y: at - 4, W: left[depth+1] - 4, H: k - 4, Size: 1.2, Soft: true})
		}
		return at
	}
	walk(root, 0)
	d.Height = y + 10
	return d
}

// wider is how much wider strong words are.
func wider(strong bool) float64 {
	if strong {
		return 1.2
	}
	return 1
}

// A Fork unites two leaves or forks: leaves from 0, then forks in order.
type Fork struct {
	A, B   int
	Height float64
}

// Forks draws a dendrogram, 360 wide: leaves as rows at the right, forks toward
// the left by their height. Forks that cross heights are drawn as they are.
func Forks(leaves []string, forks []Fork) *Drawing {
	const row, from, to = 22, 6, 130
	n := len(leaves)
	d := &Drawing{Width: 360, Height: float64(n*row) + 8}
	top := 1e-9
	for _, f := range forks {
		top = max(top, f.Height)
	}
	// Leaves in the order in which forks unite them.
	in := make([][]int, 0, n+len(forks))
	child := make([]bool, n+len(forks))
	for i := range n {
		in = append(in, []int{i})
	}
	for _, f := range forks {
		in = append(in, append(append([]int{}, in[f.A]...), in[f.B]...))
		child[f.A], child[f.B] = true, true
	}
	x, y := make([]float64, len(in)), make([]float64, len(in))
	at := 0.
	for i, members := range in {
		if child[i] {
			continue
		}
		for _, leaf := range members {
			at += row
			x[leaf], y[leaf] = to, at-5
			d.add(Mark{Kind: Word, X: to + 6, Y: at, Text: short(leaves[leaf], 33), Size: 12.5})
		}
	}
	for i, f := range forks {
		k := n + i
		x[k], y[k] = to-(to-from)*f.Height/top, (y[f.A]+y[f.B])/2
		for _, c := range []int{f.A, f.B} {
			d.add(Mark{Kind: Line, X: x[c], Y: y[c], W: x[k], H: y[c], Size: 1.2})
		}
		d.add(Mark{Kind: Line, X: x[k], Y: y[f.A], W: x[k], H: y[f.B], Size: 1.2})
	}
	return d
}
