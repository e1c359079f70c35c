"""The session that the functions of :mod:`rescalehtc.api` are called with."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self, TypeVar

from rescalehtc_generated.client import Call, Page

from ._effects import Effect, Failure, Reply, Send, Sleep, Steps
from ._paging import Pages
from ._retry import DEFAULT_MAX_RETRIES, DEFAULT_RETRY_DEADLINE
from ._session_base import SessionBase
from ._settings import DEFAULT_MAX_CONNECTIONS, Settings
from .bearer_token import BearerToken, token_from_str
from .exceptions import HtcException

if TYPE_CHECKING:
    import httpx

    from ._transport import ClientTransport, Transport

__all__ = ["HtcSession"]

T = TypeVar("T")


class HtcSession(SessionBase):
    """Credentials and connections for calls of the Rescale HTC API.

    Making a session touches no network; the first call does. One session serves any number of threads. Close it, or
    use it in a ``with`` statement, to give its connections back::

        with HtcSession() as session:
            projects = api.get_htc_projects(session)

    **Credentials** are looked for in this order: the ``api_key`` argument; ``RESCALE_HTC_REFRESH_TOKEN``; the key file
    ``<config folder>/<workspace>/rescale_api_token.txt``; ``RESCALE_API_TOKEN``; ``RESCALE_HTC_BEARER_TOKEN``, which
    every job has and which cannot be renewed. With a key file or a refresh token, bearer tokens are shared with other
    processes through ``rescale_bearer_token.json`` in the same folder. A token is renewed 5 to 10 minutes before it
    expires, by one thread while the others wait, and once more when the service answers 401.

    **Retries.** ``GET``, ``PUT`` and ``DELETE`` are repeated after a connection that failed or broke, after a timeout,
    and after the statuses 429, 502, 503 and 504. ``POST`` and ``PATCH`` are repeated only where the first one provably
    had no effect: it never reached the service, or was refused with 429, or with 503 and a Retry-After. A lost
    answer to ``jobs/batch`` raises, because a repeat would run, and bill, the batch twice. The wait is random between
    0 and 0.5 s, then 1 s, doubling up to 20 s; a Retry-After (seconds or date) is waited for instead. No repeat
    starts later than ``retry_deadline`` after the first failure.

    Attributes:
        workspace: Name of the workspace whose key file is used.
        CONFIG_FOLDER: Folder that holds a folder per workspace.
        RESCALE_API_BASE_URL: Base URL, without a slash at its end.
    """

    def __init__(
        self,
        workspace: str = "default",
        config_folder_override: str | os.PathLike[str] | None = None,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int = DEFAULT_MAX_RETRIES,
        retry_deadline: float = DEFAULT_RETRY_DEADLINE,
        max_connections: int = DEFAULT_MAX_CONNECTIONS,
        allow_http: bool = False,
        http_client: httpx.Client | None = None,
    ) -> None:
        """Find credentials and check the arguments.

        Args:
            workspace: Name of the workspace, which is a folder in the config folder.
            config_folder_override: Config folder instead of ``~/.config/rescalehtc``.
            api_key: API key. With it, no file and no other credentials are looked at.
            base_url: Base URL instead of ``RESCALE_HTC_API_URL`` or the service's own.
            timeout: Seconds to wait for the answer, and for each further part of it. Default 120.
            connect_timeout: Seconds to wait for a connection. Default 10.
            max_retries: How often a failed request is repeated.
            retry_deadline: Seconds after the first failure at which repeating ends.
            max_connections: Connections at the same time; further calls wait for one.
            allow_http: Send credentials unencrypted to hosts other than this one.
            http_client: Client to use, unchanged, instead of connections of our own. It is never closed here. Its
                own timeouts apply unless these are given.

        Raises:
            HtcAuthenticationError: There are no credentials; the message says what to do.
            HtcConfigurationError: An argument, a file or an environment variable cannot be used.
        """
        settings = Settings.read(
            base_url=base_url,
            timeout=timeout,
            connect_timeout=connect_timeout,
            max_retries=max_retries,
            retry_deadline=retry_deadline,
            max_connections=max_connections,
            allow_http=allow_http,
        )
        super().__init__(workspace, config_folder_override, api_key, settings)
        self._transport: Transport | ClientTransport | None = None
        self._has_own_client = http_client is not None
        if http_client is not None:
            from ._transport import ClientTransport

            self._transport = ClientTransport(http_client, settings)
        self._core.prepare = self._prepare
        self._renew_locks()
        _sessions.add(self)

    def send(self, call: Call[T], /) -> T:
        """Send one call and decode its answer.

        Raises:
            HtcException: One of its family, when the call fails or is refused.
        """
        return self._drive(self._core.exchange(call))

    def collect(self, call: Call[Page[T]], /, max_items: int | None = None) -> list[T]:
        """All items over all pages, or the first ``max_items`` of them.

        Raises:
            HtcException: One of its family, when a call fails or is refused.
        """
        pages = Pages(self._core, call, max_items)
        items: list[T] = []
        while (page_call := pages.upcoming()) is not None:
            items += pages.take(self.send(page_call))
        return items

    def stream(self, call: Call[Page[T]], /, max_items: int | None = None) -> Iterator[T]:
        """The items one by one; a thread fetches the next page while the caller works on this one.

        The first page is fetched when the first item is asked for. Leaving the loop early is fine.

        Raises:
            HtcException: One of its family, when a call fails or is refused.
        """
        self._refuse_if_closed()
        return self._stream(Pages(self._core, call, max_items))

    def get_bearer_token(self) -> BearerToken:
        """The bearer token in use, renewed if it is due.

        Raises:
            HtcException: None could be had, or it is no JSON web token.
        """
        return token_from_str(self.RESCALE_HTC_BEARER_TOKEN)

    def reauthenticate_if_needed(self) -> None:
        """Renew the bearer token if it is due. Calls do that by themselves."""
        self._drive(self._core.fresh_token())

    def do_authenticate(self) -> None:
        """Get a new bearer token, whatever the old one is worth. The token of a job stays as it is."""
        self._drive(self._core.fresh_token(force=True))

    @property
    def RESCALE_HTC_BEARER_TOKEN(self) -> str:
        """The bearer token in use, renewed if it is due. A secret."""
        return self._drive(self._core.fresh_token()).value

    def close(self) -> None:
        """Close the connections and end all waiting between retries; again is harmless.

        Calls still under way in other threads fail.
        """
        self._closed = True
        self._wake.set()
        with self._opening:
            transport, self._transport = self._transport, None
        if transport is not None:
            transport.close()

    def __enter__(self) -> Self:
        self._refuse_if_closed()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _stream(self, pages: Pages[T]) -> Iterator[T]:
        call = pages.upcoming()
        if call is None:
            return
        items = pages.take(self.send(call))
        if pages.upcoming() is None:
            yield from items
            return
        worker = ThreadPoolExecutor(1, thread_name_prefix="rescalehtc-stream")
        try:
            while (call := pages.upcoming()) is not None:
                ahead: Future[Page[T]] = worker.submit(self.send, call)
                yield from items
                items = ()  # not two pages at once while waiting for the second
                page = ahead.result()
                del ahead
                items = pages.take(page)
                del page
            yield from items
        finally:
            # Whoever leaves early is not made to wait for a page that nobody wants.
            worker.shutdown(wait=False, cancel_futures=True)

    def _drive(self, steps: Steps[T]) -> T:
        result: Reply | Failure | None = None
        try:
            while True:
                try:
                    effect = steps.send(result)
                except StopIteration as stop:
                    return stop.value
                try:
                    result = self._perform(effect)
                except HtcException as error:
                    steps.throw(error)
                    raise
        finally:
            steps.close()

    def _perform(self, effect: Effect) -> Reply | Failure | None:
        if isinstance(effect, Send):
            outcome = self._open().send(effect)
            if isinstance(outcome, Failure) and self._closed:
                raise self._closed_during(outcome)
            return outcome
        if isinstance(effect, Sleep):
            self._pause(effect.seconds)
        else:
            with self._renewing:
                self._drive(self._core.renewal(effect.rejected))
        return None

    def _pause(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._refuse_if_closed()

    def _open(self) -> Transport | ClientTransport:
        transport = self._transport
        if transport is None:
            from ._transport import Transport

            with self._opening:
                self._refuse_if_closed()
                transport = self._transport
                if transport is None:
                    transport = self._transport = Transport(self._core.settings)
        return transport

    def _prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        return self._open().prepare(headers)

    def _renew_locks(self) -> None:
        self._opening, self._renewing, self._wake = threading.Lock(), threading.Lock(), threading.Event()

    def _start_over_in_child(self) -> None:
        """After a fork: the connections are the parent's, and its other threads, which hold locks, are gone."""
        self._renew_locks()
        if not self._has_own_client:
            # Kept alive, since letting go of it would say goodbye on the parent's connections.
            _parents_transports.append(self._transport)
            self._transport = None


_sessions: weakref.WeakSet[HtcSession] = weakref.WeakSet()
_parents_transports: list[Any] = []


def _after_fork_in_child() -> None:
    for session in list(_sessions):
        session._start_over_in_child()  # pyright: ignore[reportPrivateUsage]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)
