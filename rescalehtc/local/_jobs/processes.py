"""One job as a process of this machine: start, output, end, and killing all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

#: Bytes read from a pipe in one turn, so that a chatty job leaves the server time to respond.
_READ_SIZE = 64 * 1024
#: Jobs yield to the server, which would otherwise respond late on a machine that is busy with them.
_NICE = 10
#: Real seconds between two checks whether the server can take more output.
_PAUSE = 0.1
_MARKER = "RESCALEHTC_LOCAL_RUN"


@dataclass(slots=True, frozen=True)
class ExitStatus:
    """How a process ended."""

    #: Exit code as a container reports it: 128 plus the signal's number if a signal killed it.
    exit_code: int
    killed_by: int | None


class JobProcess:
    """A command in its own session and process group, its stdout and stderr in one pipe.

    Args:
        on_output: receives the bytes as they come.
        on_end: receives how it ended, after the last output.
        may_read: says whether the server can take more output now.

    Raises:
        OSError, ValueError: if the command cannot be started.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        command: list[str],
        folder: Path,
        environment: dict[str, str],
        *,
        on_output: Callable[[bytes], None],
        on_end: Callable[[ExitStatus], None],
        may_read: Callable[[], bool],
    ) -> None:
        self._loop = loop
        self._on_output = on_output
        self._on_end = on_end
        self._may_read = may_read
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
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _NICE)
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
        """Resident memory of the process and its descendants in MiB if the system reports it; else 0."""
        return _resident_pages(self.pid) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def _read(self) -> None:
        if self._pipe is None:
            return
        if not self._may_read():
            self._loop.remove_reader(self._pipe)
            self._loop.call_later(_PAUSE, self._read_again)
            return
        try:
            data = os.read(self._pipe, _READ_SIZE)
        except BlockingIOError:
            return
        if data:
            self._on_output(data)
        else:
            self._close_pipe()

    def _read_again(self) -> None:
        if self._pipe is not None:
            self._loop.add_reader(self._pipe, self._read)

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
        try:
            _, status = os.waitpid(self.pid, 0)
        except ChildProcessError:
            # The application that embeds the server waits for every child; how this one ended is lost.
            status = 1 << 8
        self._end(status)

    def _wait(self) -> None:
        try:
            _, status = os.waitpid(self.pid, 0)
        except ChildProcessError:
            status = 1 << 8
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
        # A process that left the group may hold the pipe forever: take what is there, then stop listening.
        while self._pipe is not None:
            try:
                data = os.read(self._pipe, _READ_SIZE)
            except BlockingIOError:
                break
            if not data:
                break
            self._on_output(data)
        self._close_pipe()
        self._on_end(ExitStatus(code if code >= 0 else 128 - code, -code if code < 0 else None))


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


# -- what jobs leave behind ----------------------------------------------------------------------------------------


def job_marker(root: Path, run: str) -> dict[str, str]:
    """A variable that marks every process of one run of a job of the server with the folder ``root``."""
    return {_MARKER: f"{root}#{run}"}


def kill_leftovers(root: Path, finished: Collection[str] | None = None) -> int:
    """Kill the processes that jobs of the server with the folder ``root`` have left behind.

    This includes processes that left the session of their job. They are found by their environment, or, if they
    have cleared it, by a working folder or an open file below ``root``. Only where the system has /proc.

    Args:
        finished: only processes of these runs of jobs; None for all.

    Returns:
        how many were killed.
    """
    mark = f"{_MARKER}={root}#".encode()
    killed = 0
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        if pid == os.getpid():
            continue
        with contextlib.suppress(OSError):
            environment = _read(f"/proc/{pid}/environ").split(b"\0")
            runs = [each[len(mark) :].decode() for each in environment if each.startswith(mark)]
            if (finished is None or runs[0] in finished) if runs else (finished is None and _is_orphan_in(pid, root)):
                os.kill(pid, signal.SIGKILL)
                killed += 1
    return killed


def _read(path: str) -> bytes:
    # Plain calls, because every process of the machine is checked.
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return b"".join(iter(lambda: os.read(descriptor, 65536), b""))
    finally:
        os.close(descriptor)


def _is_orphan_in(pid: int, root: Path) -> bool:
    """Whether a process without a parent works in, or holds open, something below ``root``."""
    parent = int(_read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[1])
    if parent != 1:
        return False
    for link in (Path(f"/proc/{pid}/cwd"), *Path(f"/proc/{pid}/fd").iterdir()):
        with contextlib.suppress(OSError):
            if link.readlink().is_relative_to(root):
                return True
    return False


#: Reads the process groups of jobs, as `+pid` and `-pid`, until the server is gone; then kills those that are left.
_GUARDIAN = """
import os, shutil, signal, subprocess, sys
root, mark, temporary = sys.argv[1], os.fsencode(sys.argv[2]), sys.argv[3] == "1"
program, label = sys.argv[4:]
groups = set()
for line in sys.stdin:
    if line == "end\\n":
        sys.exit()
    (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
for group in groups:
    try:
        os.killpg(group, signal.SIGKILL)
    except OSError:
        pass
for name in os.listdir("/proc") if os.path.isdir("/proc") else ():
    try:
        with open(f"/proc/{name}/environ", "rb") as file:
            if name.isdigit() and any(each.startswith(mark) for each in file.read().split(b"\\0")):
                os.kill(int(name), signal.SIGKILL)
    except OSError:
        pass
if program:
    listing = [program, "ps", "--all", "--quiet", "--filter", "label=" + label]
    names = subprocess.run(listing, stdout=subprocess.PIPE).stdout.split()
    if names:
        subprocess.run([program, "rm", "--force", *names], stdout=subprocess.DEVNULL)
if temporary:
    shutil.rmtree(root, ignore_errors=True)
"""


class Guardian:
    """A process that outlives the server, however that ends, and kills the jobs that it would leave behind.

    It starts with the first job: a server without jobs does not need it.

    Args:
        containers: program and label of the containers, if jobs run in them.
    """

    def __init__(self, root: Path, *, temporary: bool, containers: tuple[str, str] | None) -> None:
        self._arguments = [str(root), f"{_MARKER}={root}#", "1" if temporary else "0", *(containers or ("", ""))]
        self._process: subprocess.Popen[bytes] | None = None
        self.began = False

    def watch(self, pid: int) -> None:
        self.began = True
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _GUARDIAN, *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                bufsize=0,
                start_new_session=True,
            )
        self._tell(f"+{pid}")

    def forget(self, pid: int) -> None:
        self._tell(f"-{pid}")

    def stop(self) -> None:
        if self._process is not None:
            self._tell("end")
            assert self._process.stdin is not None
            self._process.stdin.close()
            with contextlib.suppress(ChildProcessError):
                self._process.wait()
            self._process = None

    def _tell(self, line: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # somebody killed it
                self._process.stdin.write(f"{line}\n".encode())
