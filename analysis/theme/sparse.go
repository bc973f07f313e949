package theme

// A sparse row remembers which of its entries were touched, in their order.
type sparse struct {
	value   []float64
	in      []bool
	touched []int32
}

func newSparse(n int) *sparse { return &sparse{make([]float64, n), make([]bool, n), nil} }

func (s *sparse) add(at int32, x float64) {
	if !s.in[at] {
		s.in[at] = true
		s.touched = append(s.touched, at)
	}
	s.value[at] += float64(x)
}

func (s *sparse) clear() {
	for _, at := range s.touched {
		s.value[at], s.in[at] = 0, false
	}
	s.touched = s.touched[:0]
}
