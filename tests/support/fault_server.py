"""A server that does one thing wrong, in clear or through TLS, and then answers every request with its number."""

from __future__ import annotations

import base64
import contextlib
import socket
import socketserver
import ssl
import struct
import threading
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from tests.support.threaded_server import ThreadedServer

KEY = "key-0123456789/ab<cd>ef+"
TOKEN = "bearer-token-0123456789/zyx"
SECRETS = (KEY, TOKEN)
MARGIN = 6
"""So many characters of a secret may be seen: fewer than anybody could use."""

_CLOSE = "connection: close\r\n"
"""After good responses, so that each fault has a connection of its own."""

Ending = Literal["keep", "close", "reset", "stall"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong once.

    Attributes:
        name: What it is called in the table.
        send: Bytes to send; ``{key}`` and ``{token}`` become the secrets in all the forms that a server may echo.
        end: What happens to the connection.
        when: How much of the request is read before.
        repeated: Outcome of GET, PUT and DELETE: None for the response, or the class of the exception.
        once: Outcome of POST and PATCH.
        delete: Outcome of DELETE where it differs from that of GET, because no body is promised.
        sent_again: Whether POST and PATCH are rightly sent a second time.
        drip: Send byte by byte.
    """

    name: str
    send: bytes
    end: Ending
    when: Literal["connected", "head", "request"]
    repeated: type[Exception] | None
    once: type[Exception] | None
    delete: type[Exception] | None
    sent_again: bool = False
    drip: bool = False

    def outcome(self, method: str) -> type[Exception] | None:
        """How a call with this method must end."""
        if method == "DELETE":
            return self.delete
        return self.once if method in ("POST", "PATCH") else self.repeated


def echo(secret: str) -> str:
    """A secret in the forms in which servers repeat what they received."""
    forms = [
        secret,
        quote(secret, safe=""),
        quote(secret, safe="").lower().replace(secret.lower(), secret),
        secret.replace("<", "&lt;").replace(">", "&gt;").replace("/", "&#x2F;"),
        secret.replace("/", "\\/"),
        base64.b64encode(secret.encode()).decode(),
        base64.b64encode(f"user:{secret}".encode()).decode(),
    ]
    return " ".join(form.replace('"', "'") for form in forms)


class FaultServer(ThreadedServer):
    """Serves one fault, then good responses; remembers the method of every request that it has read completely."""

    request_queue_size = 100

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.received: list[str] = []
        self.fault: Fault | None = None
        self._context = context
        self._lock = threading.Lock()
        self._stop = threading.Event()
        super().__init__(_Connection)
        scheme = "https" if context else "http"
        self.url = f"{scheme}://localhost:{self.server_address[1]}/api"

    def take(self, when: str) -> Fault | None:
        """The fault if its moment has come; it happens only once."""
        with self._lock:
            fault = self.fault
            if fault is None or fault.when != when:
                return None
            self.fault = None
            return fault

    def perform(self, fault: Fault, connection: socket.socket) -> bool:
        """Do what is wrong. Returns whether the connection stays open."""
        data = fault.send.replace(b"{key}", echo(KEY).encode()).replace(b"{token}", echo(TOKEN).encode())
        if b"{length}" in data:
            body = data.partition(b"{length}")[2].partition(b"\r\n\r\n")[2]
            data = data.replace(b"{length}", str(len(body)).encode())
        for part in (bytes([byte]) for byte in data) if fault.drip else (data,):
            connection.sendall(part)
        if fault.end == "stall":
            self._stop.wait(10)
        if fault.end == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return fault.end == "keep"

    def wrap(self, connection: socket.socket) -> socket.socket:
        """The connection inside TLS, if the server uses it."""
        return self._context.wrap_socket(connection, server_side=True) if self._context else connection

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Nothing more is said: a reset must stay one."""
        assert isinstance(request, socket.socket)
        request.close()

    def shutdown(self) -> None:
        self._stop.set()
        super().shutdown()


class _Connection(socketserver.BaseRequestHandler):
    server: FaultServer

    def handle(self) -> None:
        if (fault := self.server.take("connected")) and not self.server.perform(fault, self.request):
            return
        with (
            contextlib.suppress(OSError),
            self.server.wrap(self.request) as self.request,
            self.request.makefile("rb") as reader,
        ):
            while self._answer(reader):
                pass

    def _answer(self, reader: object) -> bool:
        lines: list[bytes] = []
        while not lines or lines[-1] != b"\r\n":
            lines.append(reader.readline())  # type: ignore[attr-defined]
            if not lines[-1]:
                return False
        if b"/auth/token " in lines[0]:
            self.request.sendall(_response(f'{{"tokenValue":"{TOKEN}","expiresIn":21600}}', _CLOSE))
            return False
        if fault := self.server.take("head"):
            return self.server.perform(fault, self.request)
        length = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
        reader.read(length)  # type: ignore[attr-defined]
        self.server.received.append(lines[0].split()[0].decode())
        number = len(self.server.received)
        if fault := self.server.take("request"):
            return self.server.perform(fault, self.request)
        self.request.sendall(_response(str(number), _CLOSE))
        return False


def _response(body: str, headers: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\n{headers}content-length: {len(body)}\r\n\r\n{body}".encode()
