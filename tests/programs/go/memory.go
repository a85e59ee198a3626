package main

import (
	"net"
	"runtime"
	"syscall"
	"unsafe"
)

// SYS_memfd_create: package syscall is older than the call.
var memfdCreate = map[string]uintptr{"amd64": 319, "arm64": 279}[runtime.GOARCH]

// Makes memory without a name.
func createMemory(size int) int {
	name := []byte("ipcscope\x00")
	fd, _, errno := syscall.Syscall(memfdCreate, uintptr(unsafe.Pointer(&name[0])), 0, 0)
	if errno != 0 {
		panic(errno)
	}
	did("shm open", 0)
	check(syscall.Ftruncate(int(fd), int64(size)))
	did("shm truncate", 0)
	return int(fd)
}

func mapMemory(fd, size int) []byte {
	memory, err := syscall.Mmap(fd, 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	check(err)
	did("shm map", 0)
	return memory
}

func unmapMemory(memory []byte) {
	check(syscall.Munmap(memory))
	did("shm unmap", 0)
}

// Sends a descriptor, with a byte that carries it.
func passDescriptor(socket *net.UnixConn, fd int) {
	n, _, err := socket.WriteMsgUnix([]byte{0}, syscall.UnixRights(fd), nil)
	check(err)
	did("unix send", n)
	did("unix pass", 0)
}

func takeDescriptor(socket *net.UnixConn) int {
	var carrier [1]byte
	control := make([]byte, syscall.CmsgSpace(4))
	n, _, _, _, err := socket.ReadMsgUnix(carrier[:], control)
	check(err)
	did("unix receive", n)
	messages, err := syscall.ParseSocketControlMessage(control)
	check(err)
	fds, err := syscall.ParseUnixRights(&messages[0])
	check(err)
	did("unix take", 0)
	return fds[0]
}
