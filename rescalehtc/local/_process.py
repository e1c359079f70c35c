"""One job as a process of this machine: start, output, end, and killing all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Bytes taken from a pipe in one turn, so that a chatty job leaves the server room to answer.
_READ_SIZE = 64 * 1024
_READS_PER_TURN = 4


@dataclass(slots=True, frozen=True)
class Ended:
    """How a process ended."""

    #: Exit code as a container would give it: 128 plus the signal's number where a signal killed it.
    exit_code: int
    killed_by: int | None


class JobProcess:
    """A command in its own session and process group, its stdout and stderr in one pipe.

    Args:
        on_output: receives the bytes as they come.
        on_end: receives how it ended, after the last output.

    Raises:
        OSError, ValueError: where the command cannot be started.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        command: list[str],
        folder: Path,
        environment: dict[str, str],
        on_output: Callable[[bytes], None],
        on_end: Callable[[Ended], None],
    ) -> None:
        self._loop = loop
        self._on_output = on_output
        self._on_end = on_end
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        self.pid = self._process.pid
        self._reaped = False
        assert self._process.stdout is not None
        self._pipe: int | None = self._process.stdout.fileno()
        os.set_blocking(self._pipe, False)
        loop.add_reader(self._pipe, self._read)
        self._pidfd: int | None = None
        if hasattr(os, "pidfd_open"):
            try:
                self._pidfd = os.pidfd_open(self.pid)
            except OSError:  # no descriptor is left
                self.kill_and_reap()
                raise
            loop.add_reader(self._pidfd, self._exited)
        else:
            # Systems without process descriptors: one thread waits for each running job.
            threading.Thread(target=self._wait, name=f"job-{self.pid}", daemon=True).start()

    def kill(self) -> None:
        """Kill the whole process group, at once."""
        if not self._reaped:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def kill_and_reap(self) -> None:
        """Kill and wait, without any callback: for the end of the server."""
        if self._reaped:
            return
        self.kill()
        self._stop_watching()
        with contextlib.suppress(ChildProcessError):
            self._process.wait()
        self._reaped = True
        self._close_pipe()

    def memory(self) -> float:
        """Resident memory of the process and its descendants in MiB, where the system can tell it; else 0."""
        return _resident_pages(self.pid) * resource.getpagesize() / 2**20

    def _read(self) -> None:
        for _ in range(_READS_PER_TURN):
            if self._pipe is None:
                return
            try:
                data = os.read(self._pipe, _READ_SIZE)
            except BlockingIOError:
                return
            if not data:
                self._close_pipe()
                return
            self._on_output(data)

    def _close_pipe(self) -> None:
        if self._pipe is not None:
            self._loop.remove_reader(self._pipe)
            self._pipe = None
            assert self._process.stdout is not None
            self._process.stdout.close()

    def _stop_watching(self) -> None:
        if self._pidfd is not None:
            self._loop.remove_reader(self._pidfd)
            os.close(self._pidfd)
            self._pidfd = None

    def _exited(self) -> None:
        """The leader of the group is dead but not yet waited for, so its number still belongs to the group."""
        self.kill()
        self._stop_watching()
        _, status = os.waitpid(self.pid, 0)
        self._end(status)

    def _wait(self) -> None:
        try:
            _, status = os.waitpid(self.pid, 0)
        except ChildProcessError:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(RuntimeError):  # the server has stopped meanwhile
            self._loop.call_soon_threadsafe(self._end, status)

    def _end(self, status: int) -> None:
        if self._reaped:
            return
        self._reaped = True
        code = os.waitstatus_to_exitcode(status)
        self._process.returncode = code
        # A process that left the group may hold the pipe for ever: take what is there, then stop listening.
        while self._pipe is not None:
            try:
                data = os.read(self._pipe, _READ_SIZE)
            except BlockingIOError:
                break
            if not data:
                break
            self._on_output(data)
        self._close_pipe()
        self._on_end(Ended(code if code >= 0 else 128 - code, -code if code < 0 else None))


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
    """How often this system's kernel killed something for want of memory; 0 where it does not tell."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text("ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


def kill_leftovers(root: Path) -> int:
    """Kill what jobs of the server with the folder `root` have left running, found by its environment.

    That reaches processes which took themselves out of the group of their job, and those of a server that was
    killed. Only where the system has /proc.

    Returns:
        how many were killed.
    """
    mark = b"PROJECT_SHARED_FOLDER=" + os.fsencode(root) + b"/storage/projects/"
    killed = 0
    for entry in Path("/proc").glob("[0-9]*"):
        if int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            environment = (entry / "environ").read_bytes()
            if any(variable.startswith(mark) for variable in environment.split(b"\0")):
                os.kill(int(entry.name), signal.SIGKILL)
                killed += 1
    return killed
