"""A server on this machine that sends prepared bytes, so that only the client is measured.

The task's identifier says how long its listing is: ``/htc/projects/p/tasks/20000/jobs`` has 20 000 jobs, and the
log of job ``200000`` as many lines. Below ``/plain`` no field is null, for clients that cannot read a null.
"""

from __future__ import annotations

import asyncio
import sys
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from .payloads import BATCH, JOBS, LINES, encoded, job, line

TOKEN = {"tokenValue": "e30.e30.benchmark", "tokenType": "Bearer", "expiresIn": 21600}


class Server(asyncio.Protocol):
    """One keep-alive connection."""

    transport: asyncio.Transport
    origin = ""

    def __init__(self) -> None:
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n") + 4) > 3:
            head = self.received[:end]
            end += _content_length(head)
            if len(self.received) < end:
                return
            self.received = self.received[end:]
            target = head.split(b" ", 2)[1]
            self.transport.write(_answer(target.decode(), self.origin))


def _content_length(head: bytes) -> int:
    if head.startswith(b"GET"):
        return 0
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


@lru_cache(maxsize=1024)
def _answer(target: str, origin: str) -> bytes:
    url = urlsplit(target)
    *_, owner, kind = url.path.split("/")
    plain = "/plain/" in url.path
    if url.path.endswith("/auth/token"):
        return _response(encoded(TOKEN))
    if kind == "batch":
        return _response(encoded([BATCH | {"parentJobId": "j"}]))
    if kind not in ("jobs", "logs"):
        return _response(encoded(job(0, nulls=not plain)))
    if kind == "jobs":
        owner = url.path.split("/")[-2]
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    size, index, total = int(query.get("pageSize", 100)), int(query.get("pageIndex", 0)), int(owner)
    following = f'],"next":"{origin}{url.path}?pageSize={size}&pageIndex={index + 1}"}}'
    tail = following if (index + 1) * size < total else "]}"
    period = (JOBS if kind == "jobs" else LINES) // size
    count = min(size, total - index * size)
    return _response(b'{"items":[' + _items(kind, plain, size, index % period, count) + tail.encode())


@lru_cache(maxsize=4096)
def _items(kind: str, plain: bool, size: int, page: int, count: int) -> bytes:
    numbers = range(page * size, page * size + count)
    if kind == "logs":
        return b",".join(encoded(line(number)) for number in numbers)
    return b",".join(_job(number, plain) for number in numbers)


@lru_cache(maxsize=2 * JOBS)
def _job(number: int, plain: bool) -> bytes:
    return encoded(job(number, nulls=not plain))


def _response(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    Server.origin = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    # It ends with the process that started it.
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
