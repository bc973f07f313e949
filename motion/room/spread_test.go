package room

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/villes-internet/congres/consult/store"
)

// tardy is a log that takes a while to keep something.
type tardy struct {
	*memory
	takes time.Duration
}

func (s tardy) Push(ctx context.Context, doc string, list []store.Entry) (uint64, error) {
	time.Sleep(s.takes)
	return s.memory.Push(ctx, doc, list)
}

// A clocked outlet notes when the text grew, in milliseconds since the start.
type clocked struct {
	start time.Time
	at    []int
}

func (c *clocked) Write(f *Frame) bool {
	if m, err := parse(f.Bytes); err == nil && m.kind == messageSync && m.step == syncUpdate {
		c.at = append(c.at, int(time.Since(c.start).Milliseconds()))
	}
	return true
}

func (c *clocked) End(*Close) {}

// TestSpread: what is kept is shown at once, or with what is about to be kept
// where writing twice would take longer than that. Two keys come, the second
// while the first is being kept.
func TestSpread(t *testing.T) {
	for _, c := range []struct {
		name    string
		readers int
		takes   time.Duration
		want    []int
	}{
		{"few, and each key has its frame", 20, 3 * time.Millisecond, []int{3, 6}},
		{"many, and one frame has both", 450, 3 * time.Millisecond, []int{6}},
		{"many, but the store is not worth the wait", 450, 8 * time.Millisecond, []int{11, 16}},
		{"a hall", 900, 3 * time.Millisecond, []int{6}},
		{"a hall, and the store is not worth the wait", 900, 20 * time.Millisecond, []int{27, 43}},
		{"a hall, however slow the store", 3000, time.Second, []int{1015, 2015}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := New(Config{Log: tardy{newMemory(), c.takes}, Rights: anyone})
				defer h.Close()
				a, b := join(t, h, 11, Member{Person: "zoé"}), join(t, h, 12, Member{Person: "nour"})
				readers := make([]clocked, c.readers)
				for i := range readers {
					readers[i].start = time.Now()
					if _, err := h.Join(t.Context(), "doc", Member{Person: "ali"}, &readers[i]); err != nil {
						t.Fatal(err)
					}
				}
				a.must(a.write("a"))
				time.Sleep(time.Millisecond)
				b.must(b.write("b"))
				time.Sleep(5 * time.Second)
				synctest.Wait()
				for i := range readers {
					if got := readers[i].at; !slices.Equal(got, c.want) {
						t.Fatalf("reader %d is shown something at %v ms, want %v", i, got, c.want)
					}
				}
			})
		})
	}
}
