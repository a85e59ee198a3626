"""What the scenes of talk.py are made of: processes with roles, and what each of them told."""
import os
import socket
import sys
import time

FOLDER = sys.argv[2]
pids = {}


def wait_for(name):
    path = os.path.join(FOLDER, name)
    while not os.path.exists(path):
        time.sleep(0.005)


def note(name, text=""):
    path = os.path.join(FOLDER, name)
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


class Told:
    """What a process gave to others: SOURCE and DESTINATION by role."""

    def __init__(self):
        self.lines = {}

    def gave(self, source, destination, mechanism, size):
        operations, total = self.lines.get((source, destination, mechanism), (0, 0))
        self.lines[source, destination, mechanism] = operations + 1, total + size


def start(role, work, *keep):
    """A child; of the descriptors that the scene has opened it keeps some."""
    pid = os.fork()
    if pid:
        pids[role] = pid
        return
    try:
        for fd in opened - set(keep):
            os.close(fd)
        told = Told()
        work(told)
        note(f"told.{role}", "\n".join(f"{s} {d} {m} {o} {b}" for (s, d, m), (o, b) in told.lines.items()))
        wait_for("go")
        os._exit(0)
    except BaseException as fault:
        print(f"{role}: {fault!r}", file=sys.stderr)
        os._exit(1)


opened = set()


def pipe():
    ends = os.pipe()
    opened.update(ends)
    return ends


def pair(kind):
    ends = [each.detach() for each in socket.socketpair(socket.AF_UNIX, kind)]
    opened.update(ends)
    return ends


def as_socket(fd):
    return socket.socket(fileno=os.dup(fd))


def write_many(told, role, to, fd, count, size, mechanism="pipe"):
    for i in range(count):
        told.gave(role, to, mechanism, os.write(fd, bytes(1 + (i * 37) % size)))


def read_all(fd, size=4096):
    while os.read(fd, size):
        pass


def talk(told, role, to, mechanism, link, sends, answers, size):
    """Gives a number of messages, and takes as many answers."""
    for i in range(sends):
        told.gave(role, to, mechanism, link.send(bytes(1 + (i * 13) % size)))
        if i < answers:
            link.recv(4096)


def answer(told, role, to, mechanism, link, sends, answers, size):
    taken = 0
    for i in range(sends):
        data = link.recv(4096)
        taken += len(data)
        if i < answers:
            told.gave(role, to, mechanism, link.send(bytes(1 + (i * 7) % size)))
