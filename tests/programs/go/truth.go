package main

import (
	"fmt"
	"os"
	"sync"
)

// What this process has done.
type count struct{ operations, bytes uint64 }

var (
	gate  sync.Mutex
	truth = map[string]count{}
)

func did(operation string, bytes int) {
	gate.Lock()
	defer gate.Unlock()
	sum := truth[operation]
	truth[operation] = count{sum.operations + 1, sum.bytes + uint64(bytes)}
}

func printTruth() {
	for operation, sum := range truth {
		fmt.Println(os.Getpid(), operation, sum.operations, sum.bytes)
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
