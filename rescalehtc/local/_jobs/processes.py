"""One job as a process of this machine, started by the launcher: its output, its end, and killing all of it."""

from __future__ import annotations

import asyncio
import contextlib
import marshal
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import launcher

#: Bytes read from a pipe in one turn, so that a job with much output leaves the server time to respond.
_READ_SIZE = 64 * 1024
#: Real seconds between two checks whether the server can take more output.
_PAUSE = 0.02


@dataclass(slots=True, frozen=True)
class ExitStatus:
    """How a process ended."""

    #: Exit code as a container reports it: 128 plus the signal's number if a signal killed it.
    exit_code: int
    killed_by: int | None


@dataclass(slots=True, kw_only=True)
class Callbacks:
    """Called when a process has started and ended, or could not be started."""

    on_start: Callable[[], None]
    on_failure: Callable[[str], None]
    #: Receives the bytes as they come.
    on_output: Callable[[bytes], None]
    #: After the last output.
    on_end: Callable[[ExitStatus], None]
    #: Whether the server can take more output now.
    may_read: Callable[[], bool]


class JobProcess:
    """A command in its own session and process group, its stdout and stderr in one pipe."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, pipe: int, kill: Callable[[], None], callbacks: Callbacks
    ) -> None:
        self._loop = loop
        self._pipe: int | None = pipe
        self._callbacks = callbacks
        #: Kills the whole process group.
        self.kill = kill
        #: None until it is started.
        self.pid: int | None = None
        os.set_blocking(pipe, False)

    def memory(self) -> float:
        """Resident memory of the process and its descendants in MiB if the system reports it; else 0."""
        return 0.0 if self.pid is None else _resident_pages(self.pid) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def started(self, pid: int) -> None:
        self.pid = pid
        self._callbacks.on_start()
        self._read_again()

    def failed(self, text: str) -> None:
        self.close()
        self._callbacks.on_failure(text)

    def ended(self, code: int) -> None:
        # A process that left the group may hold the pipe forever: take what is there, then stop listening.
        while self._pipe is not None:
            try:
                self._take()
            except BlockingIOError:
                self.close()
        self._callbacks.on_end(ExitStatus(code if code >= 0 else 128 - code, -code if code < 0 else None))

    def close(self) -> None:
        """Stop listening."""
        if self._pipe is not None:
            self._loop.remove_reader(self._pipe)
            os.close(self._pipe)
            self._pipe = None

    def _read(self) -> None:
        if self._pipe is None:
            return
        if not self._callbacks.may_read():
            self._loop.remove_reader(self._pipe)
            self._loop.call_later(_PAUSE, self._read_again)
            return
        with contextlib.suppress(BlockingIOError):
            self._take()

    def _read_again(self) -> None:
        if self._pipe is not None:
            self._loop.add_reader(self._pipe, self._read)

    def _take(self) -> None:
        assert self._pipe is not None
        if data := os.read(self._pipe, _READ_SIZE):
            self._callbacks.on_output(data)
        else:
            self.close()


class Launcher:
    """The program that starts the jobs of one server. It starts with the first job: a server without jobs needs none.

    Args:
        containers: program and label of the containers, if jobs run in them.
    """

    def __init__(self, root: Path, *, temporary: bool, containers: tuple[str, str] | None) -> None:
        self._root = str(root)
        self._arguments = [self._root, "1" if temporary else "0", *(containers or ("", ""))]
        self._program: subprocess.Popen[bytes] | None = None
        self._running: dict[str, JobProcess] = {}
        self._received = b""
        #: Whether any job has been started.
        self.began = False

    def start(
        self,
        loop: asyncio.AbstractEventLoop,
        run: str,
        command: list[str],
        folder: Path,
        environment: dict[str, str],
        callbacks: Callbacks,
    ) -> JobProcess:
        """Start a command; ``callbacks`` report what happens.

        Args:
            run: names this process, once and for all.

        Raises:
            OSError: if the launcher cannot be reached.
        """
        self.began = True
        if self._program is None:
            self._begin(loop)
        reading, writing = os.pipe()
        process = JobProcess(loop, reading, lambda: self._kill(run), callbacks)
        try:
            launcher.send(self._socket, ("start", run, command, str(folder), environment), [writing])
        except OSError:
            process.close()
            raise
        finally:
            os.close(writing)
        self._running[run] = process
        return process

    def stop(self) -> None:
        """Kill the process and wait for its end, without any callback."""
        program, self._program = self._program, None
        if program is not None:
            self._loop.remove_reader(self._socket)
            with contextlib.suppress(OSError):  # somebody killed it
                launcher.send(self._socket, ("end",))
            self._socket.close()
            with contextlib.suppress(ChildProcessError):
                program.wait()
        for process in self._running.values():
            process.close()
        self._running.clear()

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._received = b""
        self._socket, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with other:
            self._program = subprocess.Popen(
                [sys.executable, "-I", "-S", launcher.__file__, *self._arguments],
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        loop.add_reader(self._socket, self._listen)

    def _kill(self, run: str) -> None:
        with contextlib.suppress(OSError):  # somebody killed the launcher, and with it this process
            launcher.send(self._socket, ("kill", run))

    def _listen(self) -> None:
        with contextlib.suppress(BlockingIOError):
            data = self._socket.recv(65536, socket.MSG_DONTWAIT)
            if not data:
                self._lost()
                return
            self._received += data
        while len(self._received) >= (end := 4 + int.from_bytes(self._received[:4], "big")) > 4:
            event, run, value = marshal.loads(self._received[4:end])
            self._received = self._received[end:]
            if event == "started":
                self._running[run].started(value)
            elif event == "ended":
                self._running.pop(run).ended(value)
            else:
                self._running.pop(run).failed(value)

    def _lost(self) -> None:
        """Give up all jobs: somebody killed the launcher, so nobody knows how they end."""
        running, self._running = self._running, {}
        self.stop()
        launcher.kill_leftovers(self._root)
        for process in running.values():
            process.ended(-9)


def _resident_pages(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except (OSError, ValueError, IndexError):
        return 0
    for thread in threads:
        with contextlib.suppress(OSError, ValueError):
            children = (thread / "children").read_text("ascii")
            pages += sum(_resident_pages(int(child)) for child in children.split())
    return pages


def system_oom_kills() -> int:
    """How often this system's kernel killed something because memory ran out; 0 if it does not say."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text("ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0
