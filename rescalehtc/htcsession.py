# Derived from rescalehtc/aio/htcsession.py by `make generate`. Do not edit.
"""The session that the functions of :mod:`rescalehtc.aio` take."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

from rescalehtc_generated.client import Call, Page

from ._auth.token import Token
from ._http.closing import refuse_closed
from ._http.exchange import Exchange
from ._http.pagination import Pages
from ._http.retry import DEFAULT_MAX_RETRIES, DEFAULT_RETRY_DEADLINE
from ._http.runtime import Runtime
from ._http.session_base import SessionBase
from ._http.settings import DEFAULT_MAX_CONNECTIONS, Settings
from ._utils.scheduling import ReadAhead
from .bearer_token import BearerToken, token_from_str

if TYPE_CHECKING:
    import httpx

__all__ = ["HtcSession"]

T = TypeVar("T")


class HtcSession(SessionBase):
    """Credentials and connections for calls of the Rescale HTC API.

    Creating a session touches no network; the first call does. Any number of threads may share a sync session; an async
    session belongs to the event loop of its first call, and any number of its tasks may share it. Close it, or use it
    in a ``with`` statement, to release its connections::

        with HtcSession() as session:
            projects = api.get_htc_projects(session)

    **Credentials** are looked for in this order: the ``api_key`` argument; ``RESCALE_HTC_REFRESH_TOKEN``; the key file
    ``<config folder>/<workspace>/rescale_api_token.txt``; ``RESCALE_API_TOKEN``; ``RESCALE_HTC_BEARER_TOKEN``, which
    every job has and which cannot be renewed. With a key file or a refresh token, bearer tokens are shared with other
    processes through ``rescale_bearer_token.json`` in the same folder. A token is renewed 5 to 10 minutes before it
    expires, by one caller while the others wait, and once more when the service answers 401.

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
            http_client: Client to use, unchanged, instead of the session's own connections. The session never closes
                it. Its timeouts apply unless you pass some here.

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
        self._runtime = Runtime(settings, http_client)
        self._exchange = Exchange(settings, self._credential, self._runtime)

    def send(self, call: Call[T], /) -> T:
        """Send one call and decode its response.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        self._runtime.check_loop()
        return self._exchange.send(call)

    def collect(self, call: Call[Page[T]], /, max_items: int | None = None) -> list[T]:
        """All items over all pages, or the first ``max_items`` of them.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        pages = Pages(self._exchange.requests, call, max_items)
        items: list[T] = []
        while (page_call := pages.upcoming()) is not None:
            items += pages.take(self.send(page_call))
        return items

    def stream(self, call: Call[Page[T]], /, max_items: int | None = None) -> Iterator[T]:
        """The items one by one; the next page is fetched while you work on this one.

        The first page is fetched when you ask for the first item. You may leave the loop early.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        refuse_closed(type(self).__name__, self.closed)
        return self._stream(Pages(self._exchange.requests, call, max_items))

    def get_bearer_token(self) -> BearerToken:
        """The bearer token in use, renewed if it is due.

        Raises:
            HtcException: No token can be fetched, or it is not a JSON web token.
        """
        return token_from_str((self._get_token()).value)

    def reauthenticate_if_needed(self) -> None:
        """Renew the bearer token if it is due. Every call does this by itself."""
        self._get_token()

    def do_authenticate(self) -> None:
        """Force a token refresh. The token of a job stays as it is."""
        self._runtime.check_loop()
        self._exchange.tokens.get(force=True)

    @property
    def closed(self) -> bool:
        """Whether the session was closed."""
        return self._runtime.closed

    def close(self) -> None:
        """Close the connections and end all waits between retries. You may call it more than once.

        Calls that are under way fail.
        """
        self._runtime.close()

    def __enter__(self) -> Self:
        refuse_closed(type(self).__name__, self.closed)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _stream(self, pages: Pages[T]) -> Iterator[T]:
        call = pages.upcoming()
        if call is None:
            return
        items: Sequence[T] = pages.take(self.send(call))
        with ReadAhead[Page[T]]() as ahead:
            while (call := pages.upcoming()) is not None:
                ahead.start(lambda call=call: self.send(call))
                for item in items:
                    yield item
                items = ()  # not two pages at once while waiting for the second
                items = pages.take(ahead.result())
            for item in items:
                yield item

    def _get_token(self) -> Token:
        self._runtime.check_loop()
        return self._exchange.tokens.get()

    @property
    def _current_token(self) -> Token | None:
        return self._exchange.tokens.token
