"""A service that keeps batches in memory and reports all their jobs as succeeded. Prints its URL."""

from __future__ import annotations

import json
import socketserver
from functools import cache
from urllib.parse import parse_qs, urlsplit

from .payloads import encoded, job


class Handler(socketserver.StreamRequestHandler):
    """One keep-alive connection."""

    server: Server
    disable_nagle_algorithm = True

    def handle(self) -> None:
        while head := self._head():
            lines = head.decode().split("\r\n")
            length = next((int(line[15:]) for line in lines if line.lower().startswith("content-length:")), 0)
            body = self.server.answer(lines[0].split(" ")[1], self.rfile.read(length))
            self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)

    def _head(self) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return b""
            head += line
        return head


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server_address[1]}"
        self.sizes: list[int] = []
        self.starts: list[int] = []

    @property
    def total(self) -> int:
        return self.starts[-1] + self.sizes[-1] if self.sizes else 0

    def answer(self, target: str, body: bytes) -> bytes:
        url = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path.endswith("/auth/token"):
            return encoded({"tokenValue": "e30.e30.benchmark", "expiresIn": 21600})
        if url.path.endswith("/jobs/batch"):
            return self._submit(json.loads(body))
        if url.path.endswith("/jobs"):
            return self._page(url.path, query)
        if url.path.endswith("group-summary-statistics"):
            return encoded({"items": [{"group": query["group"], "jobStatuses": {"SUCCEEDED": self.total}}]})
        if "/images/" in url.path:
            return encoded({"status": "READY"})
        if url.path.endswith(("/dimensions", "/limits")):
            return b"[]"
        return encoded({"projectName": "n", "projectDescription": "d", "projectId": "p"})

    def _submit(self, batches: list[dict[str, object]]) -> bytes:
        answers: list[dict[str, object]] = []
        for batch in batches:
            size = batch["batchSize"]
            assert isinstance(size, int)
            self.starts.append(self.total)
            self.sizes.append(size)
            answers.append({**batch, "parentJobId": f"123e4567-e89b-12d3-a456-{len(self.sizes) - 1:012}"})
        return encoded(answers)

    def _page(self, path: str, query: dict[str, str]) -> bytes:
        size, start = int(query.get("pageSize", 100)), int(query.get("pageIndex", 0))
        end = min(start + size, self.total)
        # All batches but the last are of the same size.
        items = b",".join(self._job(number) for number in range(start, end))
        following = f'],"next":"{self.origin}{path}?pageSize={size}&pageIndex={end}"}}' if end < self.total else "]}"
        return b'{"items":[' + items + following.encode()

    def _job(self, number: int) -> bytes:
        batch, position = divmod(number, self.sizes[0])
        before, after = _parts()
        return before + f"123e4567-e89b-12d3-a456-{batch:012}:{position}".encode() + after


@cache
def _parts() -> tuple[bytes, bytes]:
    fields = {**job(0, nulls=True), "jobUUID": "@@", "status": "SUCCEEDED"}
    before, _, after = encoded(fields).partition(b"@@")
    return before, after


if __name__ == "__main__":
    with Server() as server:
        print(f"{server.origin}/api", flush=True)
        server.serve_forever()
