//go:build linux || darwin

package bolt

import "syscall"

// room is how many bytes may still be written in a directory, where known.
func room(dir string) (uint64, bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}
