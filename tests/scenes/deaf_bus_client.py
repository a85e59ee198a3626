"""A client of a message bus that never reads, and another one that asks the bus to send it something again and again."""
import socket
import struct
import sys
import time


def connect(path):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    connection.sendall(b"\0AUTH EXTERNAL " + str(0).encode().hex().encode() + b"\r\nBEGIN\r\n")
    connection.recv(100)
    return connection


def field(code, kind, text):
    data = text.encode()
    return struct.pack("<BBBBI", code, 1, ord(kind), 0, len(data)) + data + b"\0"


def pad(data):
    return data + b"\0" * (-len(data) % 8)


def call(serial, member):
    bus = "org.freedesktop.DBus"
    fields = pad(field(1, "o", "/org/freedesktop/DBus")) + pad(field(2, "s", bus)) + pad(field(3, "s", member)) + field(6, "s", bus)
    return pad(struct.pack("<BBBBIII", ord("l"), 1, 0, 1, 0, serial, len(fields)) + fields)


deaf = connect(sys.argv[1])
deaf.sendall(call(1, "Hello"))
serial = 2
deaf.setblocking(False)
while True:  # each answer is a list of names; none is ever read
    try:
        deaf.sendall(call(serial, "ListActivatableNames"))
        serial += 1
    except BlockingIOError:
        time.sleep(60)
