"""A server on this machine whose answers are written as a test says, part by part."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable

from tests.support.raw_server import answer
from tests.support.threaded_server import ThreadedServer

Script = Callable[[Callable[[bytes], object]], object]


def head(length: int | None = None) -> bytes:
    """Status line and headers of a body of this length, or of one in chunks."""
    framing = "transfer-encoding: chunked" if length is None else f"content-length: {length}"
    return f"HTTP/1.1 200 OK\r\nconnection: close\r\n{framing}\r\n\r\n".encode()


def chunk(part: bytes) -> bytes:
    """A part of a body in chunks; the empty one ends it."""
    return b"%x\r\n%b\r\n" % (len(part), part)


class StreamServer(ThreadedServer):
    """Answers each call by the next script, the last of which stays.

    Attributes:
        scripts: Functions that write an answer.
        left: Released whenever a client hangs up before the end of an answer.
        heads: The heads of the requests.
    """

    def __init__(self) -> None:
        self.scripts: list[Script] = []
        self.left = threading.Semaphore(0)
        self.heads: list[bytes] = []
        super().__init__(_Connection)

    def answers(self, *parts: bytes) -> None:
        """Let the next call be answered with these bytes."""
        content = b"".join(parts)
        self.scripts.append(lambda write: write(content))


class _Connection(socketserver.StreamRequestHandler):
    server: StreamServer

    def handle(self) -> None:
        while True:
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                request += line
            if b"/auth/token " not in request:
                break
            self.wfile.write(answer(b'{"tokenValue":"the-token","expiresIn":21600}'))
        self.server.heads.append(request)
        scripts = self.server.scripts
        try:
            (scripts.pop(0) if len(scripts) > 1 else scripts[0])(self.wfile.write)
        except OSError:
            self.server.left.release()
