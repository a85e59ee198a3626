"""Accepts a connection, reads the first bytes, and nothing more."""
import socket
import sys
import time

listener = socket.socket(socket.AF_UNIX)
listener.bind(sys.argv[1])
listener.listen()
connection = listener.accept()[0]
connection.recv(1000)
time.sleep(60)
