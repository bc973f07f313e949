//go:build linux || darwin

package bolt

import (
	"os"
	"syscall"
)

// room is how many bytes may still be written in a directory, where known.
func room(dir string) (uint64, bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}

// unlock frees a file's lock, which a mapping that nobody unmaps would keep.
func unlock(f *os.File) { syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
