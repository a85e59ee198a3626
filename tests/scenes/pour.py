"""Writes its standard input to a unix socket."""
import shutil
import socket
import sys

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
shutil.copyfileobj(sys.stdin.buffer, connection.makefile("wb"))
