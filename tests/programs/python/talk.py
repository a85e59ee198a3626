"""Processes that talk, and what each of them gave to whom.

    talk.py SCENE FOLDER

Every process counts its own calls. Once all have done their part, FOLDER/truth has a line for each: SOURCE DESTINATION MECHANISM OPERATIONS BYTES,
both ends by pid. They stay until FOLDER/go exists. Nothing but what a scene is about goes through the mechanism that it is about.
"""
import ctypes
import os
import signal
import socket
import struct
import sys
import time
import tty

FOLDER = sys.argv[2]
libc = ctypes.CDLL(None, use_errno=True)
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


def mq():
    libc.mq_open.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p]
    libc.mq_send.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint]
    libc.mq_receive.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
    libc.mq_receive.restype = ctypes.c_ssize_t
    name = f"/talk-{os.getpid()}".encode()
    queue = libc.mq_open(name, os.O_RDWR | os.O_CREAT, 0o600, None)
    libc.mq_unlink(name)
    opened.add(queue)

    def taker(role, count):
        def work(told):
            data = ctypes.create_string_buffer(8192)
            for _ in range(count):
                told.gave("sender", role, "mq", libc.mq_receive(queue, data, 8192, None))
        return work

    def sender(told):
        for i in range(500):
            size = 1 + (i * 41) % 3000
            assert libc.mq_send(queue, bytes(size), size, 0) == 0

    start("left", taker("left", 180), queue)
    start("right", taker("right", 320), queue)
    start("sender", sender, queue)


def sysv_msg():
    queue = libc.msgget(0, 0o600)

    def sender(told):
        for i in range(400):
            size = 1 + (i * 41) % 1000
            assert libc.msgsnd(queue, struct.pack(f"q{size}x", 1), size, 0) == 0
            told.gave("sender", "receiver", "sysv_msg", size)

    def receiver(told):
        data = ctypes.create_string_buffer(8200)
        for _ in range(400):
            assert libc.msgrcv(queue, data, 8192, 0, 0) >= 0
        libc.msgctl(queue, 0, None)

    start("sender", sender)
    start("receiver", receiver)


def sysv_sem():
    """Each wakes the other, as often as it is woken."""
    semaphores = libc.semget(0, 2, 0o600)

    def change(which, by):
        assert libc.semop(semaphores, struct.pack("Hhh", which, by, 0), 1) == 0

    def one(told):
        for _ in range(200):
            change(0, 1)
            told.gave("one", "two", "sysv_sem", 0)
            change(1, -1)
        libc.semctl(semaphores, 0, 0)

    def two(told):
        for _ in range(200):
            change(0, -1)
            change(1, 1)
            told.gave("two", "one", "sysv_sem", 0)

    start("one", one)
    start("two", two)


def signals():
    signal.signal(signal.SIGUSR1, lambda *_: None)

    def sender(told):
        wait_for("told.receiver")
        for _ in range(50):
            os.kill(pids["receiver"], signal.SIGUSR1)
            told.gave("sender", "receiver", "signal", 0)

    start("receiver", lambda told: None)
    start("sender", sender)


def process_vm():
    data = ctypes.create_string_buffer(b"x" * 4096)

    class Area(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def peer(told):
        own = ctypes.create_string_buffer(4096)
        for size in (10, 300, 4000):
            there, here = Area(ctypes.addressof(data), size), Area(ctypes.addressof(own), size)
            assert libc.process_vm_readv(pids["target"], ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == size
            told.gave("target", "peer", "process_vm", size)
        there, here = Area(ctypes.addressof(data), 77), Area(ctypes.addressof(own), 77)
        assert libc.process_vm_writev(pids["target"], ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 77
        told.gave("peer", "target", "process_vm", 77)

    start("target", lambda told: None)
    start("peer", peer)


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
