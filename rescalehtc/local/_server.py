"""The server as an object: a thread with its own event loop, port and state."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import ipaddress
import logging
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rescalehtc.local._app import App
from rescalehtc.local._clock import Clock
from rescalehtc.local._containers import Containers
from rescalehtc.local._faults import Faults
from rescalehtc.local._process import kill_leftovers
from rescalehtc.local._protocol import HttpServer
from rescalehtc.local._world import World

if TYPE_CHECKING:
    from collections.abc import Coroutine

_log = logging.getLogger("rescalehtc.local")

#: Real seconds between two looks at what the passing of time has brought about.
_SWEEP_INTERVAL = 1.0


class LocalServer:
    """A local HTC server: begins with `start` or `with`, ends with `stop` or the end of the block.

    Example:
        >>> with LocalServer(speed=100) as server:
        ...     print(server.url)

    Args:
        port: TCP port; 0 takes a free one.
        host: address to listen on. One that is not of this machine alone needs `allow_remote`.
        data: folder that keeps everything from one run to the next. None: memory and a temporary folder.
        speed: every wait of the service, and the time limit of jobs, is divided by this.
        workers: how many jobs run at the same time; None for one for each core.
        api_key: the API key to accept; None for a new one, or with `data` that of the last run.
        containers: run the image of a job with docker or podman instead of its command as a process.
        workspace_vcpus: the vCPU limit of the workspace.
        check_answers: hold every answer against the API description, and answer 500 where it does not fit.
        allow_remote: permit addresses that others can reach. Whoever has the API key can run programs here.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        data: str | os.PathLike[str] | None = None,
        speed: float = 1.0,
        workers: int | None = None,
        api_key: str | None = None,
        containers: bool = False,
        workspace_vcpus: int = 10_000,
        check_answers: bool = False,
        allow_remote: bool = False,
    ) -> None:
        if not allow_remote and not _is_loopback(host):
            raise ValueError(
                f"{host} can be reached from other machines, and whoever has the API key can run programs on this "
                "one; pass allow_remote=True if that is meant"
            )
        if workers is not None and workers < 1:
            raise ValueError(f"at least one worker is needed, not {workers}")
        if api_key is not None and (not api_key.isascii() or not api_key.isprintable() or len(api_key) < 8):
            raise ValueError("an API key has 8 or more printable ASCII characters")
        self._host = host
        self._port = port
        self._data = None if data is None else Path(data)
        self._workers = workers or _cores()
        self._wanted_key = api_key
        self._containers = Containers.find() if containers else None
        self._workspace_vcpus = workspace_vcpus
        self._check_answers = check_answers
        #: The server's clock, which a test can move.
        self.clock = Clock(speed)
        self.clock.on_advance(self._moved)
        self._world: World | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Start, and return as soon as requests are answered."""
        if self._thread is not None:
            raise RuntimeError("the server runs already")
        if sys.platform == "win32":
            raise RuntimeError("the local server runs jobs with process groups, which Windows does not have; use WSL")
        listener = _listen(self._host, self._port)
        root: Path | None = None
        try:
            root = self._prepare_root()
            world = World(
                root,
                durable=self._data is not None,
                clock=self.clock,
                workers=self._workers,
                api_key=self._wanted_key,
                containers=self._containers,
                workspace_vcpus=self._workspace_vcpus,
            )
        except BaseException:
            listener.close()
            if self._data is None and root is not None:
                shutil.rmtree(root, ignore_errors=True)
            raise
        # Not before the database is ours: another server may be using the folder.
        kill_leftovers(root)
        self._world = world
        port: int = listener.getsockname()[1]
        shown = f"[{self._host}]" if ":" in self._host else self._host
        world.base_url = f"http://{shown}:{port}{world.spec.base_path}"
        http = HttpServer(App(world, check_answers=self._check_answers))
        outcome: list[BaseException | None] = []
        begun = threading.Event()

        async def main() -> None:
            self._loop = asyncio.get_running_loop()
            self._stopping = asyncio.Event()
            await http.start(listener)
            world.scheduler.start(self._loop)
            try:
                outcome.append(None)
                begun.set()
                while not self._stopping.is_set():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._stopping.wait(), _SWEEP_INTERVAL)
                    http.tick()
                    try:
                        world.time_passed()
                    except sqlite3.Error:
                        _log.exception("the local server could not write, and tries again")
                await http.stop()
            finally:
                world.scheduler.stop()

        def run() -> None:
            try:
                asyncio.run(main())
            except BaseException as error:
                outcome.append(error)
                if len(outcome) > 1:
                    raise
            finally:
                listener.close()
                begun.set()

        self._thread = threading.Thread(target=run, name="rescalehtc-local", daemon=True)
        self._thread.start()
        begun.wait()
        if outcome[0] is not None:
            self._thread.join()
            self._release()
            raise outcome[0]
        # For those who forget to stop it: neither jobs nor the temporary folder shall outlive the process.
        atexit.register(self.stop)
        return self

    def stop(self) -> None:
        """Stop: kill the jobs that run, close the port, remove what was temporary."""
        if self._thread is None:
            return
        loop, stopping = self._loop, self._stopping
        assert loop is not None
        assert stopping is not None
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself, by an error
            loop.call_soon_threadsafe(stopping.set)
        self._thread.join()
        atexit.unregister(self.stop)
        self._release()

    def _release(self) -> None:
        self._thread = self._loop = self._stopping = None
        world, self._world = self._world, None
        assert world is not None
        world.store.close()
        kill_leftovers(world.files.root)
        if self._data is None:
            shutil.rmtree(world.files.root, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _prepare_root(self) -> Path:
        if self._data is None:
            return Path(tempfile.mkdtemp(prefix="rescalehtc-local-")).resolve()
        self._data.mkdir(parents=True, exist_ok=True)
        # It holds keys and whatever the jobs write.
        self._data.chmod(0o700)
        return self._data.resolve()

    def _moved(self) -> None:
        """After the clock was moved: what is due happens before `advance` returns."""
        world, loop, thread = self._world, self._loop, self._thread
        if world is None or loop is None or thread is None:
            return
        if threading.get_ident() == thread.ident:
            world.time_passed()
            return

        async def pass_time() -> None:
            world.time_passed()

        self._run(pass_time(), loop)

    @staticmethod
    def _run(work: Coroutine[None, None, None], loop: asyncio.AbstractEventLoop) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result()

    # -- what a test needs ----------------------------------------------------------------------------------------

    @property
    def _running(self) -> World:
        if self._world is None:
            raise RuntimeError("the server does not run")
        return self._world

    @property
    def url(self) -> str:
        """Base URL of the API, such as `http://127.0.0.1:40123/api/v1`."""
        return self._running.base_url

    @property
    def api_key(self) -> str:
        """An API key, as for `Authorization: Token …`."""
        return self._running.auth.api_key

    @property
    def refresh_token(self) -> str:
        """A refresh token, as for `Authorization: Refresh …` and `RESCALE_HTC_REFRESH_TOKEN`."""
        return self._running.auth.refresh_token

    @property
    def faults(self) -> Faults:
        """What the server shall do wrong."""
        return self._running.faults

    @property
    def folder(self) -> Path:
        """The folder with the files of the server; `storage/` holds those of projects and tasks."""
        return self._running.files.root

    def push_image(self, project_id: str, image_name: str) -> None:
        """As if `image_name` had been pushed to the registry of the project: PENDING, then READY."""
        from rescalehtc.local._handlers.images import add_image

        world, loop = self._running, self._loop
        assert loop is not None

        async def push() -> None:
            world.require_project(project_id)
            add_image(world, project_id, image_name)
            world.store.commit()

        self._run(push(), loop)


def _listen(host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio switches off Nagle's algorithm, which would hold back every body for 40 ms.
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # From here on a client can connect; it is answered as soon as the loop runs.
        listener.listen(2048)
    except BaseException:
        listener.close()
        raise
    return listener


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
