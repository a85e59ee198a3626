"""A small set of processes whose figures are known exactly: what is told on standard input is done, then answered on standard output.

write N   the writer gives N messages of 64 bytes to the reader, one at a time       -> {"operations": …, "bytes": …}, of the writer, so far
quit      everything ends, the segment too
First of all: {"writer": PID, "reader": PID, "pipe": INODE, "first": PID, "second": PID, "segment": ID}
"""
import ctypes, json, os, signal, sys

SIZE = 64
libc = ctypes.CDLL(None, use_errno=True)


def child(name, body):
    pid = os.fork()
    if pid == 0:
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        libc.prctl(15, name.encode())  # PR_SET_NAME
        body()
        os._exit(0)
    return pid


def fill(target, *others):
    """Writes into a pipe that nobody reads: blocks for ever once it is full."""
    for fd in others:
        os.close(fd)
    while True:
        os.write(target, b"x" * 4096)


def write_on_order(orders, done, pipe):
    while order := os.read(orders, 8):
        for _ in range(int.from_bytes(order, "little")):
            os.write(pipe, b"m" * SIZE)
        os.write(done, b"d")


def read_all(pipe):
    while os.read(pipe, SIZE):
        pass


def orphan():
    """A segment whose creator is gone."""
    out, back = os.pipe()
    if os.fork() == 0:
        os.write(back, str(libc.shmget(0, 1 << 20, 0o1600)).encode())
        os._exit(0)
    os.wait()
    return int(os.read(out, 32))


segment = orphan()
(r, w), (orders, order), (done, tell) = os.pipe(), os.pipe(), os.pipe()
reader = child("web-reader", lambda: ([os.close(fd) for fd in (w, orders, order, done, tell)], read_all(r)))
writer = child("web-writer", lambda: ([os.close(fd) for fd in (r, order, done)], write_on_order(orders, tell, w)))
inode = os.fstat(w).st_ino
(a, b), (c, d) = os.pipe(), os.pipe()
ours = (r, w, orders, tell, done, order)
first = child("web-first", lambda: fill(b, a, d, *ours))   # should read c
second = child("web-second", lambda: fill(d, c, b, *ours))  # should read a
for fd in (r, w, orders, tell, a, b, c, d):
    os.close(fd)
print(json.dumps({"writer": writer, "reader": reader, "pipe": inode, "first": first, "second": second, "segment": segment}), flush=True)
total = 0
for line in sys.stdin:
    word, *rest = line.split()
    if word == "quit":
        break
    os.write(order, int(rest[0]).to_bytes(8, "little"))
    os.read(done, 1)
    total += int(rest[0])
    print(json.dumps({"operations": total, "bytes": total * SIZE}), flush=True)
libc.shmctl(segment, 0, None)  # IPC_RMID
for pid in (writer, reader, first, second):
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
