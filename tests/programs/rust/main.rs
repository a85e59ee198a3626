//! ipcscope-rust: a process and its child hand a value to and fro in shared memory, by futexes, and send each other datagrams
//! and a stream through unix sockets.

mod memory;
mod truth;

use memory::Memory;
use std::io::{Read, Write};
use std::os::unix::net::{UnixDatagram, UnixStream};
use truth::Truth;

extern "C" {
    fn fork() -> i32;
    fn waitpid(pid: i32, status: *mut i32, options: i32) -> i32;
}

const ROUNDS: u32 = 300;
const PARENT: usize = 0; // index of the word that the parent sets
const CHILD: usize = 16;
const DATAGRAMS: usize = 100; // the nth has n bytes
const BLOCK: usize = 1000;

fn main() {
    let mut truth = Truth::new();
    let memory = Memory::create(&mut truth);
    let (parent_datagrams, child_datagrams) = UnixDatagram::pair().unwrap();
    let (parent_stream, child_stream) = UnixStream::pair().unwrap();
    match unsafe { fork() } {
        0 => {
            let mut truth = Truth::new(); // a life of its own
            drop((parent_datagrams, parent_stream));
            child(memory, &child_datagrams, child_stream, &mut truth);
            truth.print();
        }
        pid => {
            drop((child_datagrams, child_stream));
            parent(memory, &parent_datagrams, parent_stream, &mut truth);
            let mut status = 0;
            assert_eq!(unsafe { waitpid(pid, &mut status, 0) }, pid);
            assert_eq!(status, 0, "the child failed");
            truth.print();
        }
    }
}

fn parent(memory: Memory, datagrams: &UnixDatagram, mut stream: UnixStream, truth: &mut Truth) {
    for round in 1..=ROUNDS {
        memory.set_value(PARENT, round, truth);
        memory.await_value(CHILD, round, truth);
    }
    memory.sync(truth);
    memory.unmap(truth);
    for size in 1..=DATAGRAMS {
        truth.did("unix send", datagrams.send(&vec![1; size]).unwrap());
    }
    let mut block = [0; BLOCK];
    loop {
        let got = stream.read(&mut block).unwrap();
        truth.did("unix receive", got);
        if got == 0 {
            break;
        }
    }
}

fn child(memory: Memory, datagrams: &UnixDatagram, mut stream: UnixStream, truth: &mut Truth) {
    for round in 1..=ROUNDS {
        memory.await_value(PARENT, round, truth);
        memory.set_value(CHILD, round, truth);
    }
    memory.unmap(truth);
    let mut block = [0; BLOCK];
    for size in 1..=DATAGRAMS {
        let got = datagrams.recv(&mut block).unwrap();
        assert_eq!(got, size);
        truth.did("unix receive", got);
    }
    for _ in 0..DATAGRAMS {
        let sent = stream.write(&block).unwrap();
        truth.did("unix send", sent);
    }
}
