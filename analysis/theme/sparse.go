package theme

// A sparse row remembers which of its entries were touched, in their order. What is
// added is above zero.
type sparse[F float32 | float64] struct {
	value   []F
	touched []int32
}

func newSparse[F float32 | float64](n int) *sparse[F] { return &sparse[F]{value: make([]F, n)} }

func (s *sparse[F]) add(at int32, x F) {
	if s.value[at] == 0 {
		s.touched = append(s.touched, at)
	}
	s.value[at] += x
}

// edges lists what was touched.
func (s *sparse[F]) edges() []Edge {
	out := make([]Edge, len(s.touched))
	for n, at := range s.touched {
		out[n] = Edge{at, float64(s.value[at])}
	}
	return out
}

func (s *sparse[F]) clear() {
	for _, at := range s.touched {
		s.value[at] = 0
	}
	s.touched = s.touched[:0]
}
