// ipcscope-go FOLDER: a server and, as a process of its own, its client. On each of several connections a goroutine of the
// client asks and one of the server answers; then the server hands memory over, and the client writes into it.
package main

import (
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
)

const (
	connections = 8
	rounds      = 200
	messageSize = 96
	memorySize  = 1 << 20
	mark        = 42
)

func main() {
	if len(os.Args) == 3 && os.Args[2] == "client" {
		client(os.Args[1] + "/socket")
	} else {
		server(os.Args[1] + "/socket")
	}
	printTruth()
}

func server(path string) {
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	check(err)
	child := exec.Command("/proc/self/exe", os.Args[1], "client")
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	check(child.Start())
	fd := createMemory(memorySize)
	memory := mapMemory(fd, memorySize)
	var all sync.WaitGroup
	for i := 0; i < connections; i++ {
		socket, err := listener.AcceptUnix()
		check(err)
		did("unix accept", 0)
		all.Add(1)
		go func() {
			defer all.Done()
			answer(socket)
			passDescriptor(socket, fd)
			expectEnd(socket)
			check(socket.Close())
		}()
	}
	all.Wait()
	check(child.Wait())
	if memory[0] != mark || memory[memorySize-1] != mark {
		panic("the client's marks are not in the memory")
	}
	unmapMemory(memory)
}

func client(path string) {
	var all sync.WaitGroup
	for i := 0; i < connections; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			socket, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: path, Net: "unix"})
			check(err)
			did("unix connect", 0)
			ask(socket)
			memory := mapMemory(takeDescriptor(socket), memorySize)
			memory[0], memory[memorySize-1] = mark, mark
			unmapMemory(memory)
			check(socket.Close())
		}()
	}
	all.Wait()
}

func ask(socket *net.UnixConn) {
	var message [messageSize]byte
	for i := 0; i < rounds; i++ {
		write(socket, message[:])
		read(socket, message[:])
	}
}

func answer(socket *net.UnixConn) {
	var message [messageSize]byte
	for i := 0; i < rounds; i++ {
		read(socket, message[:])
		write(socket, message[:])
	}
}

func write(socket *net.UnixConn, message []byte) {
	n, err := socket.Write(message) // one call: so little always has room
	check(err)
	did("unix send", n)
}

func read(socket *net.UnixConn, message []byte) {
	n, err := socket.Read(message)
	check(err)
	if n != len(message) {
		panic("a message came in parts")
	}
	did("unix receive", n)
}

func expectEnd(socket *net.UnixConn) {
	n, err := socket.Read(make([]byte, 1))
	if n != 0 || err != io.EOF {
		panic("the client said more")
	}
	did("unix receive", 0)
}
