#!/usr/bin/env python3
"""api_server.py FOLDER: an API server that knows nothing but pods, by TLS, at a port that it writes to FOLDER/port; what it was asked stands in FOLDER/asked.

FOLDER has certificate.pem and state.json, which is read for every request and may change: token (who may ask), version and pods (the answer to a list),
said (lines of the watch from a version: each is told once; null ends the watch)."""
import http.server
import json
import pathlib
import ssl
import sys
import threading
import time
import urllib.parse

FOLDER = pathlib.Path(sys.argv[1])
ASKED = threading.Lock()


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        state = json.loads((FOLDER / "state.json").read_text())
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        allowed = self.headers.get("Authorization") == f"Bearer {state['token']}"
        with ASKED, (FOLDER / "asked").open("a") as asked:
            asked.write(f"{200 if allowed else 401} {self.path}\n")
        self.send_response(200 if allowed and address.path == "/api/v1/pods" else 401)
        self.end_headers()
        if not allowed:
            return
        if query.get("watch") == "1":
            self.tell(query["resourceVersion"])
        else:
            self.wfile.write(json.dumps({"metadata": {"resourceVersion": state["version"]}, "items": state["pods"]}).encode())

    def tell(self, version):
        told = 0
        while True:
            for line in json.loads((FOLDER / "state.json").read_text())["said"].get(version, [])[told:]:
                told += 1
                if line is None:
                    return
                self.wfile.write(json.dumps(line).encode() + b"\n")
                self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), Answer)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(FOLDER / "certificate.pem")
server.socket = context.wrap_socket(server.socket, server_side=True)
(FOLDER / "port").write_text(str(server.server_port))
server.serve_forever()
