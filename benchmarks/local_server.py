"""The local server next to a bare Starlette: requests per second, responses while jobs run, a hundred thousand jobs.

`python -m benchmarks.local_server` measures and prints; `make bench` puts the tables into RESULTS.md. Both servers
take turns under the same load, so that a busy machine slows both.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

import httpx

_ROUNDS = 5
_SECONDS = 2.0
_CONNECTIONS = 16
_TICKS = os.sysconf("SC_CLK_TCK")

#: The least that a server of this kind can do for one GET.
_STARLETTE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

async def get(request):
    return JSONResponse({"projectId": request.path_params["id"], "projectName": "p", "regions": ["AWS_US_EAST_1"]})

app = Starlette(routes=[Route("/api/v1/htc/projects/{id}", get)])
uvicorn.run(app, port=int(sys.argv[1]), http=sys.argv[2], loop="asyncio", access_log=False, log_level="error")
"""


class _Connection(asyncio.Protocol):
    """Sends the same request again as soon as its response is complete."""

    def __init__(self, request: bytes, done: list[int], until: float) -> None:
        self._request = request
        self._done = done
        self._until = until
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        if len(body) >= length:
            self._buffer = b""
            self._done[0] += 1
            if time.monotonic() < self._until:
                self._transport.write(self._request)


async def _load(port: int, path: str, token: str) -> int:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nAccept: */*\r\n\r\n"
    done = [0]
    until = time.monotonic() + _SECONDS
    loop = asyncio.get_running_loop()
    for _ in range(_CONNECTIONS):
        await loop.create_connection(lambda: _Connection(request.encode(), done, until), "127.0.0.1", port)
    await asyncio.sleep(_SECONDS + 0.1)
    return done[0]


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


class _Local:
    """A local server in a process of its own, with a project and a task."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "rescalehtc.local", "--speed", "100", "--workers", "2"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline() for _ in range(5)]
        variables = dict(line.split(" ", 1)[1].strip().split("=", 1) for line in lines if line.startswith("export "))
        self.url = httpx.URL(variables["RESCALE_HTC_API_URL"] + "/")
        key = {"Authorization": f"Token {variables['RESCALE_API_TOKEN']}"}
        self.token: str = httpx.get(self.url.join("auth/token"), headers=key).json()["tokenValue"]
        self.http = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}, timeout=300, trust_env=False
        )
        body = {"projectName": "p", "projectDescription": "-"}
        self.project = f"htc/projects/{self.http.post('htc/projects', json=body).json()['projectId']}"
        made = self.http.post(f"{self.project}/tasks", json={"taskName": "t", "taskDescription": "-"}).json()
        self.task = f"{self.project}/tasks/{made['taskId']}"

    def submit(self, batches: int, size: int, *commands: str) -> None:
        batch = {"batchSize": size, "htcJobDefinition": {"imageName": "x", "commands": list(commands)}}
        self.http.post(f"{self.task}/jobs/batch", json=[batch] * batches).raise_for_status()

    def close(self) -> None:
        self.http.close()
        self.process.terminate()
        self.process.communicate()


@contextlib.contextmanager
def _latencies(server: _Local) -> Generator[list[float]]:
    """Milliseconds of one GET after another, while the block runs."""
    found: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        # The leanest client at hand: what it takes itself is in the figures.
        http = HTTPConnection(server.url.host, server.url.port)
        headers = {"Authorization": f"Bearer {server.token}"}
        while not stop.is_set():
            begun = time.perf_counter()
            http.request("GET", f"{server.url.path}{server.project}", headers=headers)
            response = http.getresponse()
            response.read()
            found.append((time.perf_counter() - begun) * 1000)
            assert response.status == 200
            time.sleep(0.003)
        http.close()

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.3)
    found.clear()
    yield found
    time.sleep(0.3)
    stop.set()
    thread.join()


def _requests(server: _Local, rounds: int, others: list[tuple[str, str, str, bool]]) -> Iterator[str]:
    port = server.url.port
    assert port is not None
    bare: dict[str, tuple[subprocess.Popen[bytes], int]] = {}
    for number, kind in enumerate(("httptools", "h11"), start=1):
        bare[f"Starlette on {kind}"] = (
            subprocess.Popen([sys.executable, "-c", _STARLETTE, str(port + number), kind]),
            port + number,
        )
    time.sleep(2)
    servers = {"local server": (server.process.pid, port)}
    servers |= {name: (process.pid, its_port) for name, (process, its_port) in bare.items()}
    rates: dict[str, list[float]] = {name: [] for name in servers}
    costs: dict[str, list[float]] = {name: [] for name in servers}
    for _ in range(rounds):
        for name, (pid, its_port) in servers.items():
            before = _cpu(pid)
            done = asyncio.run(_load(its_port, f"/api/v1/{server.project}", server.token))
            rates[name].append(done / _SECONDS)
            costs[name].append((_cpu(pid) - before) / done * 1e6)
    for process, _ in bare.values():
        process.terminate()
        process.wait()
    yield "| one GET, 16 connections | requests/s | µs CPU | ÷ Starlette on httptools, by CPU |"
    yield "|---|---|---|---|"
    fastest = median(costs["Starlette on httptools"])
    ratio = fastest / median(costs["local server"])
    others.append(
        ("one GET of the local server, Starlette on httptools ÷ ours, cpu", "≥ 0.80", f"{ratio:.2f}", ratio >= 0.8)
    )
    for name in servers:
        cost = median(costs[name])
        yield f"| {name} | {median(rates[name]):.0f} | {cost:.0f} | {fastest / cost:.2f} |"


def _row(name: str, found: list[float]) -> str:
    found = sorted(found)
    return f"| {name} | {median(found):.1f} | {found[int(len(found) * 0.95)]:.1f} | {found[-1]:.0f} |"


def _under_work(server: _Local) -> Iterator[str]:
    yield "| one GET meanwhile, ms | median | 95 % | longest |"
    yield "|---|---|---|---|"
    with _latencies(server) as found:
        time.sleep(3)
    yield _row("nothing runs", found)
    counting = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done"
    workloads = {
        "jobs that end at once": ["true"],
        "jobs that compute": ["sh", "-c", counting],
        "jobs that write 3 MB": ["sh", "-c", "yes some text for a line | head -c 3000000"],
    }
    for name, commands in workloads.items():
        server.submit(1, 1000, *commands)
        with _latencies(server) as found:
            time.sleep(4)
        yield _row(name, found)
        server.http.post(f"{server.task}/jobs/cancel")
    steps: dict[str, Callable[[], Any]] = {
        "100 000 jobs submitted": lambda: server.submit(100, 1000, "sleep", "600"),
        "a page of 1 000 of them": lambda: server.http.get(f"{server.task}/jobs", params={"pageSize": 1000}),
        "all of them cancelled": lambda: server.http.post(f"{server.task}/jobs/cancel"),
    }
    for name, step in steps.items():
        with _latencies(server) as found:
            step()
        yield _row(name, found)
    server.submit(1, 1, "sh", "-c", "yes $(printf '%06000d' 7) | head -c 60000000")
    jobs = server.http.get(f"{server.task}/jobs", params={"status": "RUNNING"}).json()["items"]
    while not jobs:
        jobs = server.http.get(f"{server.task}/jobs", params={"status": "RUNNING"}).json()["items"]
    time.sleep(3)
    with _latencies(server) as found:
        url, size = f"{server.task}/jobs/{jobs[0]['jobUUID']}/logs?pageSize=10000", 0
        while url:
            page = server.http.get(url)
            # Not parsed, because that would delay the timed requests.
            size += len(page.content)
            url = page.content[-500:].rpartition(b'"next":"')[2].partition(b'"')[0].decode()
            url = url if url.startswith("http") else ""
    yield _row(f"the pages of a log of {size / 1e6:.0f} MB", found)


def tables(others: list[tuple[str, str, str, bool]], quick: bool = False) -> list[str]:
    """The section of RESULTS.md; its goal is added to the others."""
    server = _Local()
    try:
        text = ["## The local server", "", *_requests(server, 1 if quick else _ROUNDS, others), ""]
        return text if quick else [*text, *_under_work(server), ""]
    finally:
        server.close()


if __name__ == "__main__":
    print("\n".join(tables([])))
