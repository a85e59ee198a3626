"""Scenes of talk.py: queues, semaphores, signals, and memory of another process."""
import ctypes
import os
import signal
import struct

from roles import opened, pids, start, wait_for

libc = ctypes.CDLL(None, use_errno=True)


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
