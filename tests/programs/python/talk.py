"""Processes that talk, and what each of them gave to whom.

    talk.py SCENE FOLDER

Every process counts its own calls. Once all have done their part, FOLDER/truth has a line for each: SOURCE DESTINATION MECHANISM OPERATIONS BYTES,
both ends by pid. They stay until FOLDER/go exists. Nothing but what a scene is about goes through the mechanism that it is about.
"""
import os
import socket
import sys
import time
import tty

from queues import mq, process_vm, signals, sysv_msg, sysv_sem  # scenes, called by name
from roles import FOLDER, Told, answer, as_socket, note, opened, pair, pids, pipe, read_all, start, talk, wait_for, write_many


def pipeline():
    roles = [f"stage{i}" for i in range(5)]
    pipes = [pipe() for _ in range(4)]

    def stage(i):
        def work(told):
            if i == 0:
                write_many(told, roles[0], roles[1], pipes[0][1], 5000, 900)
            else:
                while data := os.read(pipes[i - 1][0], 700 * i):
                    if i < 4:
                        told.gave(roles[i], roles[i + 1], "pipe", os.write(pipes[i][1], data))
                    if i == 2:
                        time.sleep(0.0001)
            if i < 4:
                os.close(pipes[i][1])
        return work

    for i in range(5):
        start(roles[i], stage(i), *([pipes[i - 1][0]] if i else []), *([pipes[i][1]] if i < 4 else []))


def writers():
    read, write = pipe()
    start("one", lambda told: (write_many(told, "one", "reader", write, 3000, 500), os.close(write)), write)
    start("two", lambda told: (write_many(told, "two", "reader", write, 1700, 1100), os.close(write)), write)
    start("reader", lambda told: read_all(read), read)


def readers():
    """Both read in turns; who reads what is counted by who reads. Operations are the writer's, and cannot be told apart: *."""
    read, write = pipe()

    def reader(role, size):
        def work(told):
            taken = 0
            while data := os.read(read, size):
                taken += len(data)
                time.sleep(0.0002)
            told.lines["writer", role, "pipe"] = "*", taken
        return work

    start("one", reader("one", 700), read)
    start("two", reader("two", 1900), read)
    start("writer", lambda told: (write_many(Told(), "writer", "", write, 3000, 900), os.close(write)), write)


def fifo():
    path = os.path.join(FOLDER, "fifo")
    os.mkfifo(path)

    def writer(told):
        fd = os.open(path, os.O_WRONLY)
        write_many(told, "writer", "reader", fd, 500, 300, "fifo")
        os.close(fd)

    start("writer", writer)
    start("reader", lambda told: read_all(os.open(path, os.O_RDONLY)))


def socketpair():
    one, two = pair(socket.SOCK_SEQPACKET)
    start("one", lambda told: talk(told, "one", "two", "unix", as_socket(one), 400, 150, 800), one)
    start("two", lambda told: answer(told, "two", "one", "unix", as_socket(two), 400, 150, 300), two)


def datagrams():
    """Two take from one socket: each has the messages that it took."""
    one, two = pair(socket.SOCK_DGRAM)

    def taker(role):
        def work(told):
            link = as_socket(two)
            while data := link.recv(4096):
                told.gave("sender", role, "unix", len(data))
                time.sleep(0.0002)
            told.gave("sender", role, "unix", 0)
        return work

    def sender(told):
        link = as_socket(one)
        for i in range(600):
            link.send(bytes(1 + (i * 13) % 900))
        link.send(b"")
        link.send(b"")

    start("left", taker("left"), two)
    start("right", taker("right"), two)
    start("sender", sender, one)


def share(listener):
    """Its descriptor, for one child."""
    fd = listener.detach()
    opened.add(fd)
    return fd


def serve(mechanism, listener, connect):
    """A server with three clients."""
    clients = {f"client{i}": (40 * (i + 1), 30 * i) for i in range(3)}

    def server(told):
        told.listener = socket.socket(fileno=listener)
        links = [told.listener.accept()[0] for _ in clients]
        for link in links:
            role = f"client{link.recv(1)[0]}"
            sends, answers = clients[role]
            answer(told, "server", role, mechanism, link, sends, answers, 500)
            told.kept = links

    def client(role):
        def work(told):
            link = connect()
            told.gave(role, "server", mechanism, link.send(bytes([int(role[-1])])))
            talk(told, role, "server", mechanism, link, *clients[role], 200)
            told.kept = link
        return work

    start("server", server, listener)
    for role in clients:
        start(role, client(role))


def unix():
    path = os.path.join(FOLDER, "server")
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(path)
    listener.listen(5)

    def connect():
        link = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        link.connect(path)
        return link

    serve("unix", share(listener), connect)


def tcp():
    listener = socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()
    listener = share(listener)

    def server(told):
        told.listener = socket.socket(fileno=listener)
        link, _ = told.listener.accept()
        taken = 0
        while taken < 100_000:
            taken += len(link.recv(3000))
        for i in range(70):
            told.gave("server", "client", "tcp", link.send(bytes(100 + i)))
        told.kept = link

    def client(told):
        link = socket.create_connection(address)
        for _ in range(100):
            told.gave("client", "server", "tcp", link.send(bytes(1000)))
        left = sum(100 + i for i in range(70))
        while left:
            left -= len(link.recv(3000))
        told.kept = link

    start("server", server, listener)
    start("client", client)


def udp():
    """A server that is connected to nobody: it knows its clients by what came, and they take its answers."""
    link = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    link.bind(("127.0.0.1", 0))
    address = link.getsockname()
    shared = share(link)

    def server(told):
        told.kept = link = socket.socket(fileno=shared)
        seen = {}
        for _ in range(3 * 50):
            data, client = link.recvfrom(4096)
            role = seen.setdefault(client, f"client{data[0]}")
            told.gave("server", role, "udp", link.sendto(bytes(10 + data[0]), client))

    def client(i):
        def work(told):
            own = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            own.connect(address)
            for n in range(50):
                told.gave(f"client{i}", "server", "udp", own.send(bytes([i]) * (1 + n)))
                own.recv(4096)
            told.kept = own
        return work

    start("server", server, shared)
    for i in range(3):
        start(f"client{i}", client(i))


def eventfd():
    event = os.eventfd(0, os.EFD_SEMAPHORE)
    opened.add(event)

    def writer(told):
        for _ in range(300):
            os.eventfd_write(event, 1)
            told.gave("writer", "reader", "eventfd", 8)

    start("writer", writer, event)
    start("reader", lambda told: [os.eventfd_read(event) for _ in range(300)], event)


def pty():
    master, slave = os.openpty()
    tty.setraw(slave)
    opened.update((master, slave))

    def side(role, to, fd, count, size, expected):
        def work(told):
            write_many(told, role, to, fd, count, size, "pty")
            left = expected
            while left:
                left -= len(os.read(fd, 4096))
        return work

    def total(count, size):
        return sum(1 + (i * 37) % size for i in range(count))

    start("master", side("master", "slave", master, 20, 50, total(30, 60)), master)
    start("slave", side("slave", "master", slave, 30, 60, total(20, 50)), slave)


def main():
    globals()[sys.argv[1]]()
    for fd in opened:
        os.close(fd)
    lines = []
    for role in pids:
        while not os.path.exists(os.path.join(FOLDER, f"told.{role}")):
            if os.waitpid(pids[role], os.WNOHANG)[0]:
                sys.exit(f"{role} has ended")
            time.sleep(0.005)
        with open(os.path.join(FOLDER, f"told.{role}")) as file:
            lines += file.read().split("\n")
    truth = [line.split() for line in lines if line]
    note("truth", "".join(f"{pids[s]} {pids[d]} {m} {o} {b}\n" for s, d, m, o, b in truth))
    wait_for("go")
    for pid in pids.values():
        os.waitpid(pid, 0)


main()
