package web

import (
	"fmt"
	"net"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// BenchmarkLane is what it costs the processor to send one keystroke's frame to one
// of many readers: by a lane, and by the system's write alone, below which no server
// can go that writes to each reader for each keystroke. The system counts the way
// through TCP, up to the reader's socket, as the writer's.
func BenchmarkLane(b *testing.B) {
	frame := binaryFrame(make([]byte, 43))
	for _, readers := range []int{100, 500, 1000} {
		lanes, raws := crowdOf(b, readers)
		b.Run(fmt.Sprintf("lane/readers=%d", readers), func(b *testing.B) {
			deliver(b, func(i int) {
				if !lanes[i%readers].send(frame) {
					b.Fatal("a reader is late")
				}
			})
		})
		b.Run(fmt.Sprintf("write/readers=%d", readers), func(b *testing.B) {
			deliver(b, func(i int) {
				if _, err := syscall.Write(raws[i%readers], frame); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
}

// deliver reports this thread's processor time for each delivery.
func deliver(b *testing.B, send func(i int)) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const thread = 1 // RUSAGE_THREAD of getrusage(2)
	var before, after syscall.Rusage
	if err := syscall.Getrusage(thread, &before); err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		send(i)
		if i++; i%1000 == 0 {
			time.Sleep(time.Millisecond) // readers read
		}
	}
	if err := syscall.Getrusage(thread, &after); err != nil {
		b.Fatal(err)
	}
	took := time.Duration(after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano())
	b.ReportMetric(float64(took.Nanoseconds())/float64(i)/1e3, "cpu-µs/delivery")
}

// crowdOf is so many readers that read, as lanes and as descriptors.
func crowdOf(b *testing.B, readers int) (lanes []*lane, raws []int) {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	for range readers {
		there, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { there.Close() })
		go func() {
			into := make([]byte, 4096)
			for {
				if _, err := there.Read(into); err != nil {
					return
				}
			}
		}()
		c, err := l.Accept()
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { c.Close() })
		raw, err := c.(*net.TCPConn).SyscallConn()
		if err != nil {
			b.Fatal(err)
		}
		if err := raw.Control(func(fd uintptr) { raws = append(raws, int(fd)) }); err != nil {
			b.Fatal(err)
		}
		lanes = append(lanes, newLane(c))
	}
	return lanes, raws
}
