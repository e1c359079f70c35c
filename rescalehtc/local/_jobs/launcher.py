"""Starts the processes of jobs, reports how they ended, and kills those that a server would leave behind.

This is a separate program, with a socket to the server as its standard input: starting a process blocks until the
system has loaded it, and the server could not respond meanwhile. It outlives the server, however that ends. It has
to begin quickly, so it imports little, and nothing of this package.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import Any

#: Jobs yield to the server, which would otherwise respond late on a machine that is busy with them.
_NICE = 10
StrPath = str | os.PathLike[str]
_MARKER = "RESCALEHTC_LOCAL_RUN"


def job_marker(root: StrPath, run: str) -> dict[str, str]:
    """A variable that marks every process of one run of a job of the server with the folder ``root``."""
    return {_MARKER: f"{root}#{run}"}


def kill_leftovers(root: StrPath, finished: Collection[str] | None = None) -> int:
    """Kill the processes that jobs of the server with the folder ``root`` have left behind.

    That reaches processes which left the session of their job, unless they have cleared their environment. Only where
    the system has /proc.

    Args:
        finished: only what these runs of jobs have left behind; None for everything.

    Returns:
        how many were killed.
    """
    mark = os.fsencode(f"{_MARKER}={root}#")
    killed = 0
    for name in os.listdir("/proc") if os.path.isdir("/proc") else ():  # noqa: PTH112, PTH208
        if not name.isdigit() or int(name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            environment = _read(f"/proc/{name}/environ").split(b"\0")
            runs = [each[len(mark) :].decode() for each in environment if each.startswith(mark)]
            if runs and (finished is None or runs[0] in finished):
                os.kill(int(name), signal.SIGKILL)
                killed += 1
    return killed


def _read(path: str) -> bytes:
    # Plain calls, because every process of the machine is checked.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return b"".join(iter(lambda: os.read(descriptor, 65536), b""))
    finally:
        os.close(descriptor)


def send(connection: socket.socket, message: Any, descriptors: Sequence[int] = ()) -> None:
    body = marshal.dumps(message)
    data = len(body).to_bytes(4, "big") + body
    sent = socket.send_fds(connection, [data], descriptors)
    # Sending nothing would fail if the other side has ended since, as a job can see to.
    if rest := data[sent:]:
        connection.sendall(rest)


def _receive(server: socket.socket) -> tuple[Any, list[int]]:
    head, descriptors, _, _ = socket.recv_fds(server, 4, 1, socket.MSG_WAITALL)
    length = int.from_bytes(head, "big")
    body = server.recv(length, socket.MSG_WAITALL)
    if len(head) < 4 or len(body) < length:
        raise EOFError
    return marshal.loads(body), descriptors


class _Processes:
    """The processes of the jobs that run. Each leads a session and a process group."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, run: str, command: list[str], folder: str, environment: dict[str, str], output: int) -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=environment,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            send(self._server, ("failed", run, getattr(error, "strerror", None) or str(error)))
            return
        finally:
            os.close(output)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        self._running[run] = process
        send(self._server, ("started", run, process.pid))

    def kill(self, run: str) -> None:
        if run in self._running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._running[run].pid, signal.SIGKILL)

    def report_ends(self) -> None:
        for run in self._ended():
            self.kill(run)
            send(self._server, ("ended", run, self._running.pop(run).wait()))

    def _ended(self) -> Iterator[str]:
        """Jobs that have ended. Before anybody waits for one, its number still belongs to its group."""
        if not hasattr(os, "waitid"):  # macOS before Python 3.13
            yield from [run for run, process in self._running.items() if process.poll() is not None]
            return
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                runs = [run for run, process in self._running.items() if process.pid == ended.si_pid]
                yield from runs
                if not runs:
                    os.waitpid(ended.si_pid, 0)

    def end(self) -> None:
        for run in self._running:
            self.kill(run)
        for process in self._running.values():
            process.wait()
        with contextlib.suppress(OSError):
            while adopted := _read(f"/proc/self/task/{os.getpid()}/children").split():
                for pid in adopted:
                    os.kill(int(pid), signal.SIGKILL)
                    os.waitpid(int(pid), 0)


def _adopt_orphans() -> None:
    """Become the parent of processes whose own parent ends, if jobs started them: they end with the server.

    They may have cleared their environment, and nothing else tells them from processes that are not of a job.
    """
    if sys.platform == "linux":
        import ctypes

        subreaper = 36
        ctypes.CDLL(None).prctl(subreaper, 1, 0, 0, 0)


def _ignore(number: int, frame: object) -> None:
    """Unlike SIG_IGN, which would have the system collect the processes, this lets a signal wake the program."""


def _main(root: str, temporary: str, program: str, label: str) -> None:
    """Serve until the server stops or is gone.

    Args:
        temporary: "1" if the folder ``root`` goes with the server.
        program: docker or podman if jobs run in containers, whose ``label`` names the server; else empty.
    """
    _adopt_orphans()
    server = socket.socket(fileno=0)
    processes = _Processes(server)
    launched: set[str] = set()
    woken, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, _ignore)
    try:
        while True:
            ready = select.select([server, woken], [], [])[0]
            if woken in ready:
                os.read(woken, 4096)
                processes.report_ends()
            if server in ready:
                (action, *values), descriptors = _receive(server)
                if action == "start":
                    launched.add(values[0])
                    processes.start(*values, *descriptors)
                elif action == "kill":
                    processes.kill(*values)
                else:
                    processes.end()
                    return
    except (EOFError, ConnectionError):
        processes.end()
    # Not every marked process: the next server on this folder may have started jobs already.
    kill_leftovers(root, launched)
    if program:
        listing = [program, "ps", "--all", "--quiet", "--filter", f"label={label}"]
        names = subprocess.run(listing, stdout=subprocess.PIPE, check=False).stdout.split()
        if names:
            subprocess.run([program, "rm", "--force", *names], stdout=subprocess.DEVNULL, check=False)
    if temporary == "1":
        import shutil

        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    _main(*sys.argv[1:])
