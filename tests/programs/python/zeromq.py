"""zeromq.py ENDPOINT: a process asks another a number of times through ZeroMQ, and prints the pids of both."""

import os
import sys

import zmq

ROUNDS = 200


def answer(endpoint):
    socket = zmq.Context().socket(zmq.REP)
    socket.bind(endpoint)
    for _ in range(ROUNDS):
        socket.send(socket.recv())
    socket.close()
    socket.context.term()


def ask(endpoint):
    socket = zmq.Context().socket(zmq.REQ)
    socket.connect(endpoint)  # as often as it takes until the other is there
    for size in range(ROUNDS):
        socket.send(bytes(size))
        assert len(socket.recv()) == size
    socket.close()
    socket.context.term()


child = os.fork()
if child == 0:
    answer(sys.argv[1])
    os._exit(0)
ask(sys.argv[1])
assert os.waitpid(child, 0)[1] == 0
print(child, os.getpid())
