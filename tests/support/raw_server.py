"""A server on this machine that uses plain sockets, so that it can misbehave in any way."""

from __future__ import annotations

import contextlib
import socketserver
import threading
from collections.abc import Callable

from tests.support.threaded_server import ThreadedServer

Handler = Callable[[bytes, bytes], bytes]


def answer(body: bytes = b"1", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", f"content-length: {len(body)}", *lines])
    return head.encode() + b"\r\n\r\n" + body


class Server(ThreadedServer):
    """Sends what it is told, byte by byte; counts connections, and requests at the same time."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self.connections = self.busy = self.most = 0
        self.lock = threading.Lock()
        self.handler: Handler = lambda head, body: answer()
        super().__init__(Connection)


class Connection(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        with self.server.lock:
            self.server.connections += 1
        with contextlib.suppress(OSError):
            while self._one():
                pass

    def _one(self) -> bool:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return False
            head += line
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        body = self.rfile.read(length)
        if b"/auth/token " in head.split(b"\r\n")[0]:
            self.wfile.write(answer(b'{"tokenValue":"the-token","expiresIn":21600}'))
            return True
        with self.server.lock:
            self.server.heads.append(head)
            self.server.busy += 1
            self.server.most = max(self.server.most, self.server.busy)
        data = self.server.handler(head, body)
        with self.server.lock:
            self.server.busy -= 1
        self.wfile.write(data)
        self.wfile.flush()
        return bool(data) and b"connection: close" not in data
