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
from collections.abc import Collection, Sequence
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

    That reaches processes which left the session of their job. They are found by their environment, or, if they
    have cleared it, by a working folder or an open file below ``root``. Only where the system has /proc.

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
            if (finished is None or runs[0] in finished) if runs else (finished is None and _is_orphan_in(name, root)):
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


def _is_orphan_in(name: str, root: StrPath) -> bool:
    """Whether a process without a parent works in, or holds open, something below ``root``."""
    parent = int(_read(f"/proc/{name}/stat").rpartition(b")")[2].split()[1])
    if parent != 1:
        return False
    for link in ("cwd", *(f"fd/{each}" for each in os.listdir(f"/proc/{name}/fd"))):  # noqa: PTH208
        with contextlib.suppress(OSError):
            if f"{os.readlink(f'/proc/{name}/{link}')}/".startswith(f"{root}/"):  # noqa: PTH115
                return True
    return False


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
        for run, process in list(self._running.items()):
            # Before anybody waits for it, its number still belongs to its group. macOS has no waitid before 3.13.
            if hasattr(os, "waitid"):
                ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
            else:
                ended = process.poll() is not None
            if ended:
                self.kill(run)
                del self._running[run]
                send(self._server, ("ended", run, process.wait()))

    def end(self) -> None:
        for run in self._running:
            self.kill(run)
        for process in self._running.values():
            process.wait()


def _ignore(number: int, frame: object) -> None:
    """Unlike SIG_IGN, which would have the system collect the processes, this lets a signal wake the program."""


def _main(root: str, temporary: str, program: str, label: str) -> None:
    """Serve until the server stops or is gone.

    Args:
        temporary: "1" if the folder ``root`` goes with the server.
        program: docker or podman if jobs run in containers, whose ``label`` names the server; else empty.
    """
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
