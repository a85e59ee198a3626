"""Does, until it is ended by SIGTERM, something of everything that a dashboard can show: work, waits, errors, full queues, what is left behind."""
import ctypes
import errno
import mmap
import os
import signal
import socket
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)
O_CREATE, IPC_CREATE, IPC_RMID = os.O_CREAT | os.O_RDWR, 0o1000, 0
QUEUES = [b"/ipcscope-chart-full", b"/ipcscope-chart-flowing"]
SHM = "/dev/shm/ipcscope-chart"
children = []


def child(work, *arguments):
    """A process that does something for ever; it ends with this one."""
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        work(*arguments)
        os._exit(0)
    children.append(pid)
    return pid


def brief(work):
    """What a process that has ended returns: for objects without a maker."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write, str(work()).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    return int(os.read(read, 32))


def for_ever(work, pause):
    while True:
        work()
        time.sleep(pause)


def echo(end):
    while True:
        end.sendall(end.recv(64))


def ask(end):
    end.sendall(b"x" * 64)
    end.recv(64)


def broken_pipe(end):
    try:
        os.write(end, b"x")
    except BrokenPipeError:
        pass


def would_block(end):
    try:
        os.read(end, 1)
    except BlockingIOError:
        pass


def truncated(left, right):
    left.send(b"x" * 100)
    right.recvmsg(10)


class Sops(ctypes.Structure):
    _fields_ = [("number", ctypes.c_ushort), ("change", ctypes.c_short), ("flags", ctypes.c_short)]


def semaphore(identity, change):
    libc.semop(identity, ctypes.byref(Sops(0, change, 0)), 1)


def sysv_message(identity):
    message = ctypes.create_string_buffer(ctypes.sizeof(ctypes.c_long) + 32)
    message[0] = 1
    libc.msgsnd(identity, message, 32, 0)
    libc.msgrcv(identity, message, 32, 0, 0)


def used_queue():
    identity = libc.msgget(0, 0o600 | IPC_CREATE)
    sysv_message(identity)
    return identity


def main():
    for name in QUEUES:
        libc.mq_unlink(name)
    orphans = [(libc.msgctl, brief(used_queue)), (libc.shmctl, brief(lambda: libc.shmget(0, 8192, 0o600 | IPC_CREATE)))]
    semaphores, messages = libc.semget(0, 1, 0o600 | IPC_CREATE), libc.msgget(0, 0o600 | IPC_CREATE)

    def end(*_):
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        for remove, identity in orphans + [(libc.msgctl, messages)]:
            remove(identity, IPC_RMID, None)
        libc.semctl(semaphores, 0, IPC_RMID)
        for name in QUEUES:
            libc.mq_unlink(name)
        os.unlink(SHM)
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)

    slow_read, slow_write = os.pipe()
    child(for_ever, lambda: os.write(slow_write, b"x" * 65536), 0)
    child(for_ever, lambda: os.read(slow_read, 4096), 0.01)

    server, client = socket.socketpair()
    child(echo, server)
    child(for_ever, lambda: ask(client), 0.001)

    full = libc.mq_open(QUEUES[0], O_CREATE | os.O_NONBLOCK, 0o600, None)
    while libc.mq_send(full, b"x", 1, 0) == 0:
        pass
    assert ctypes.get_errno() == errno.EAGAIN
    flowing = libc.mq_open(QUEUES[1], O_CREATE, 0o600, None)
    child(for_ever, lambda: libc.mq_send(flowing, b"x" * 16, 16, 0), 0.001)
    child(for_ever, lambda: libc.mq_receive(flowing, ctypes.create_string_buffer(8192), 8192, None), 0.002)

    with open(SHM, "w+b") as file:
        file.truncate(1 << 20)
        mmap.mmap(file.fileno(), 1 << 20)[:4096] = b"x" * 4096
        child(for_ever, lambda: file.fileno(), 1)

    child(for_ever, lambda: semaphore(semaphores, -1), 0)
    child(for_ever, lambda: semaphore(semaphores, 1), 0.2)
    child(for_ever, lambda: sysv_message(messages), 0.001)

    read, write = os.pipe()
    os.close(read)
    child(for_ever, lambda: broken_pipe(write), 0.001)
    read, write = os.pipe()
    os.set_blocking(read, False)
    child(for_ever, lambda: would_block(read), 0.001)
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    child(for_ever, lambda: truncated(left, right), 0.001)
    _, hung = os.pipe()
    child(lambda: os.write(hung, b"x" * (1 << 20)))

    print("at work", flush=True)
    while True:
        signal.pause()


signal.signal(signal.SIGPIPE, signal.SIG_IGN)
main()
