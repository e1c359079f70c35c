"""The server as an object: a thread with its own event loop, port and state."""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import socket
import sqlite3
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from ._app import App, is_loopback
from ._handlers.images import add_image
from ._handlers.projects import refresh_registries
from ._jobs.containers import Containers
from ._jobs.launcher import kill_leftovers
from ._server_state import Options, ServerState
from ._services import snapshots
from ._services.s3 import PREFIX as S3_PREFIX
from ._services.seeding import seed
from ._state.clock import Clock
from ._state.data_folder import DataFolder, clear_killed_servers
from ._wire.faults import Faults
from ._wire.http_server import HttpServer
from ._wire.request_log import Requests

_T = TypeVar("_T")
_log = logging.getLogger("rescalehtc.local")


class LocalServer:
    """A local HTC server: runs from ``start`` to ``stop``, or for a ``with`` block.

    Example:
        >>> with LocalServer(speed=100) as server:
        ...     print(server.url)

    Args:
        port: TCP port; 0 takes a free one.
        host: address to listen on. One that other machines can reach needs ``allow_remote``.
        data: folder that keeps everything from one run to the next: new, empty, or made by the local server;
            None for memory and a temporary folder.
        speed: every wait of the service is divided by this; the time that jobs take is not.
        workers: how many jobs run at the same time; None for one for each core.
        api_key: the API key to accept; None for a new one, or with ``data`` that of the last run.
        containers: run the image of a job with docker or podman instead of its command as a process.
        container_network: network of the containers, such as "host"; None for the default of docker or podman.
        require_images: refuse jobs whose image is not READY.
        workspace_vcpus: the vCPU limit of the workspace.
        check_answers: check every response against the API description, and return 500 if it does not match.
        allow_remote: allow addresses that other machines can reach. Whoever has the API key can run programs here.
        seed_file: JSON file with projects and tasks to start with; see the documentation. Not read again for a
            ``data`` folder that has projects.
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
        container_network: str | None = None,
        require_images: bool = False,
        workspace_vcpus: int = 10_000,
        check_answers: bool = False,
        allow_remote: bool = False,
        seed_file: str | os.PathLike[str] | None = None,
    ) -> None:
        _require_posix()
        if not allow_remote and not is_loopback(host):
            raise ValueError(
                f"{host} can be reached from other machines, and whoever has the API key can run programs on this "
                "one; pass allow_remote=True if that is intended"
            )
        if data is not None and not os.fspath(data):
            raise ValueError("the name of the data folder is empty")
        if workers is not None and workers < 1:
            raise ValueError(f"at least one worker is needed, not {workers}")
        if api_key is not None and (not api_key.isascii() or not api_key.isprintable() or len(api_key) < 8):
            raise ValueError("an API key has 8 or more printable ASCII characters")
        self._host = host
        self._port = port
        self._hosts = None if allow_remote else frozenset({host.lower()})
        self._data = None if data is None else Path(data)
        self._seed_file = None if seed_file is None else Path(seed_file)
        self._containers = Containers.find(container_network) if containers else None
        self._options = Options(
            workers=workers or _cores(),
            api_key=api_key,
            workspace_vcpus=workspace_vcpus,
            check_answers=check_answers,
            require_images=require_images,
        )
        #: The server's clock, which a test can move.
        self.clock: Clock = Clock(speed)
        self.clock.on_advance(self._on_clock_advanced)
        self._state: ServerState | None = None
        self._folder: DataFolder | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._http: HttpServer | None = None

    # -- life -----------------------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Start, and return when the server accepts requests."""
        if self._thread is not None:
            raise RuntimeError("the server is already running")
        listener = _listen(self._host, self._port)
        try:
            clear_killed_servers(kill_leftovers)
            self._folder = DataFolder(self._data)
            # Not before the folder is ours: another server may be using it.
            if not self._folder.new:
                kill_leftovers(self._folder.root)
                if self._containers is not None:
                    self._containers.remove_all(self._folder.root)
            self._state = state = ServerState(self._folder, self.clock, self._containers, self._options)
            port: int = listener.getsockname()[1]
            shown = f"[{self._host}]" if ":" in self._host else self._host
            state.environments.base_url = f"http://{shown}:{port}{state.spec.base_path}"
            refresh_registries(state)
            state.store.commit()
            if self._seed_file is not None and state.store.row("SELECT 1 FROM project") is None:
                seed(state, self._seed_file)
        except BaseException:
            listener.close()
            self._release()
            raise
        failures: list[BaseException] = []
        begun = threading.Event()

        def run() -> None:
            try:
                asyncio.run(self._serve(state, listener, begun))
            except BaseException as error:
                failures.append(error)
                _log.exception("the local server ended with an error")
            finally:
                listener.close()
                begun.set()

        self._thread = threading.Thread(target=run, name="rescalehtc-local", daemon=True)
        self._thread.start()
        begun.wait()
        if failures:
            self._thread.join()
            self._release()
            raise failures[0]
        # If nobody stops the server, neither jobs nor the temporary folder may outlive the process.
        atexit.register(self.stop)
        return self

    async def _serve(self, state: ServerState, listener: socket.socket, begun: threading.Event) -> None:
        async def on_second() -> None:
            begun.set()
            try:
                await state.apply_all_due_changes()
            except (sqlite3.Error, OSError):
                _log.exception("the local server could not write and will try again")

        self._loop = asyncio.get_running_loop()
        self._http = http = HttpServer(App(state, self._hosts), on_second)
        state.scheduler.start(self._loop)
        try:
            await http.serve([listener])
        finally:
            state.scheduler.halt()

    def stop(self) -> None:
        """Stop: kill running jobs, close the port, remove temporary files."""
        if self._thread is None:
            return
        loop, http = self._loop, self._http
        assert loop is not None
        assert http is not None
        if not loop.is_closed():
            loop.call_soon_threadsafe(http.stop.set)
        self._thread.join()
        atexit.unregister(self.stop)
        self._release()

    def _release(self) -> None:
        self._thread = self._loop = self._http = None
        state, self._state = self._state, None
        folder, self._folder = self._folder, None
        if folder is not None:
            # Once more: a process that the scheduler killed may just have been starting another.
            if state is not None and state.scheduler.ran_jobs:
                kill_leftovers(folder.root)
            # In this order, so that a kill in between does not look like a lost write-ahead log.
            if state is not None and not folder.temporary:
                folder.mark_running(False)
            if state is not None:
                state.store.close()
            folder.release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _on_clock_advanced(self) -> None:
        """Do everything that is due before ``advance`` returns."""
        state, thread = self._state, self._thread
        if state is None or thread is None:
            return
        if threading.get_ident() == thread.ident:
            while state.apply_due_changes():
                pass
        elif self._loop is not None:
            asyncio.run_coroutine_threadsafe(state.apply_all_due_changes(), self._loop).result()

    def _run(self, work: Callable[[], _T]) -> _T:
        """Run ``work`` in the thread of the server."""
        loop = self._loop
        if loop is None:
            raise RuntimeError("the server is not running")

        async def run() -> _T:
            return work()

        return asyncio.run_coroutine_threadsafe(run(), loop).result()

    # -- what a test needs ----------------------------------------------------------------------------------------

    @property
    def _running(self) -> ServerState:
        if self._state is None:
            raise RuntimeError("the server is not running")
        return self._state

    @property
    def url(self) -> str:
        """Base URL of the API, such as ``http://127.0.0.1:40123/api/v1``."""
        return self._running.base_url

    @property
    def page_url(self) -> str:
        """URL of the server's web page."""
        return self._running.origin + "/"

    @property
    def s3_url(self) -> str:
        """Endpoint of the S3 API, as for ``AWS_ENDPOINT_URL_S3``."""
        return self._running.origin + S3_PREFIX

    @property
    def api_key(self) -> str:
        """An API key, as for ``Authorization: Token …``."""
        return self._running.credentials.api_key

    @property
    def refresh_token(self) -> str:
        """A refresh token, as for ``Authorization: Refresh …`` and ``RESCALE_HTC_REFRESH_TOKEN``."""
        return self._running.credentials.refresh_token

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which a program finds this server and its storage."""
        return {
            "RESCALE_HTC_API_URL": self.url,
            "RESCALE_API_TOKEN": self.api_key,
            "AWS_ENDPOINT_URL_S3": self.s3_url,
        }

    @property
    def faults(self) -> Faults:
        """The faults that the server produces on demand."""
        return self._running.faults

    @property
    def requests(self) -> Requests:
        """The requests that it has received."""
        return self._running.requests

    @property
    def folder(self) -> Path:
        """The folder with the files of the server; ``storage/`` holds those of projects and tasks."""
        return self._running.files.root

    def push_image(self, project_id: str, image_name: str) -> None:
        """Pretend that ``image_name`` was pushed to the registry of the project: PENDING, then READY."""
        state = self._running

        def push() -> None:
            with state.transaction():
                state.require_project(project_id)
                add_image(state, project_id, image_name)

        self._run(push)

    def reset(self) -> None:
        """Forget everything but the keys, as after a new start; for tests that share one server."""
        self._run(lambda: snapshots.reset(self._running))

    def snapshot(self, name: str = "default") -> None:
        """Save the present state, files included, under ``name``."""
        self._run(lambda: snapshots.take(self._running, name))

    def restore(self, name: str = "default") -> None:
        """Go back to the state saved under ``name``. Jobs that ran at that time are lost; waiting ones continue."""
        self._run(lambda: snapshots.restore(self._running, name))


def _require_posix() -> None:
    try:
        import_module("fcntl")
    except ImportError:
        raise RuntimeError(
            "the local server runs on Linux and macOS; on Windows, run it in WSL, where Windows programs can reach it"
        ) from None


def _listen(host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio switches off Nagle's algorithm, which would delay every body by 40 ms.
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


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
