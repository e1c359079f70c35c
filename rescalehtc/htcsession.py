# Derived from rescalehtc/aio/htcsession.py by `make generate`. Do not edit.
"""The session that the functions of :mod:`rescalehtc.aio` take."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeVar, overload

from ._auth.credentials import KeySource
from ._auth.token import Token
from ._http.closing import refuse_closed
from ._http.observing import Observer
from ._http.pagination import Pages, check_function, listing_call, resumed
from ._http.responses import HttpResponse, ListingPage, RawResult
from ._http.runtime import Runtime
from ._http.session_base import SessionBase
from ._utils.protocols import Client
from ._utils.scheduling import ReadAhead
from .bearer_token import BearerToken, token_from_str

if TYPE_CHECKING:
    from rescalehtc_generated.client import Call, Page

    from ._http.exchange import Exchange
    from ._http.streams import Streams

__all__ = ["HtcSession", "HttpResponse", "ListingPage", "RawResult"]

P = ParamSpec("P")
T = TypeVar("T")


class HtcSession(SessionBase):
    """Credentials and connections for calls to the Rescale HTC API.

    Creating a session uses no network; the first call does. Any number of threads may share a sync session; an async
    session belongs to the event loop of its first call, and any number of its tasks may share it. Close it, or use it
    in a ``with`` statement, to release its connections::

        with HtcSession() as session:
            projects = api.get_htc_projects(session)

    **Credentials** are looked for in this order: the ``api_key`` argument; ``RESCALE_HTC_REFRESH_TOKEN``; the key file
    ``<config folder>/<workspace>/rescale_api_token.txt``; ``RESCALE_API_TOKEN``; ``RESCALE_HTC_BEARER_TOKEN``, which
    every job has and which cannot be renewed. With a key file or a refresh token, bearer tokens are shared with other
    processes through ``rescale_bearer_token.json`` in the same folder. A token is renewed 5 to 10 minutes before it
    expires, by one caller while the others wait, and once more if the service responds with 401.

    **Retries.** ``GET``, ``PUT`` and ``DELETE`` are repeated after a connection that failed or broke, after a timeout,
    and after the statuses 429, 502, 503 and 504. ``POST`` and ``PATCH`` are repeated only if the first one provably
    had no effect: it never reached the service, or was refused with 429, or with 503 and a Retry-After. A lost
    response to ``jobs/batch`` raises, because a repeat would run, and bill, the batch twice. The wait is random between
    0 and 0.5 s, then 1 s, doubling up to 20 s; a Retry-After (seconds or date) is waited for instead. No repeat
    starts later than ``retry_deadline`` after the first failure.

    Attributes:
        workspace: Name of the workspace whose key file is used.
        CONFIG_FOLDER: Folder that holds a folder per workspace.
    """

    def __init__(
        self,
        workspace: str = "default",
        config_folder_override: str | os.PathLike[str] | None = None,
        api_key: str | KeySource | None = None,
        *,
        base_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int = 5,
        retry_deadline: float = 120.0,
        max_connections: int = 50,
        max_response_bytes: int = 268_435_456,
        allow_http: bool = False,
        proxy: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        observer: Observer | None = None,
        http_client: Client | None = None,
    ) -> None:
        """Find credentials and check the arguments.

        Args:
            workspace: Name of the workspace, which is a folder in the config folder.
            config_folder_override: Config folder instead of ``~/.config/rescalehtc``.
            api_key: API key, or a function that returns one and is called whenever a bearer token is fetched. With it,
                no file is read and no other credentials are used.
            base_url: Base URL instead of ``RESCALE_HTC_API_URL`` or the service's own.
            timeout: Seconds to wait for the response, and for each further part of it. Default 120.
            connect_timeout: Seconds to wait for a connection. Default 10.
            max_retries: How often a failed request is repeated.
            retry_deadline: Seconds after the first failure at which repeating ends.
            max_connections: Largest number of simultaneous connections; further calls wait for one.
            max_response_bytes: Largest response in bytes, decompressed; a larger one raises HtcDecodeError.
            allow_http: Send credentials unencrypted to hosts other than this one.
            proxy: URL of a proxy, instead of the one in ``HTTPS_PROXY``, ``HTTP_PROXY`` or ``ALL_PROXY``.
            ca_file: File or folder with the certificate authorities to trust, instead of those in
                ``REQUESTS_CA_BUNDLE``, ``CURL_CA_BUNDLE`` and ``SSL_CERT_FILE``.
            headers: Further headers of every request.
            user_agent: Name and version of your application, such as ``my-app/1.2``, to be appended to the User-Agent
                header. An http_client that has a name of its own keeps it.
            observer: Function, plain or async, that is called with an :class:`~rescalehtc.observers.Attempt` after
                every attempt of every call. An exception that it raises is logged and otherwise ignored.
            http_client: Client of httpx or httpx2 to use, unchanged, instead of the session's own connections. The
                session never closes it. Its timeouts apply unless you pass some here.

        Raises:
            HtcAuthenticationError: There are no credentials; the message says what to do.
            HtcConfigurationError: An argument, a file or an environment variable cannot be used.
        """
        options = {
            "base_url": base_url,
            "timeout": timeout,
            "connect_timeout": connect_timeout,
            "max_retries": max_retries,
            "retry_deadline": retry_deadline,
            "max_connections": max_connections,
            "max_response_bytes": max_response_bytes,
            "allow_http": allow_http,
            "proxy": proxy,
            "ca_file": ca_file,
            "headers": headers,
            "user_agent": user_agent,
        }
        super().__init__(workspace, config_folder_override, api_key, http_client, observer, options)
        self._runtime = Runtime(self.settings, http_client)

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
        from ._utils.model_list import ModelList

        pages = Pages(self._exchange.requests, call, max_items)
        items = ModelList[T]()
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

    def lines(self, call: Call[T], /) -> Iterator[T]:
        """Send one call, and return its lines as they arrive, each decoded.

        A connection is in use until the last line, or until you leave the loop. A line may have up to
        ``max_response_bytes``; there may be any number of lines.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`. While you read, if the response
                is interrupted or a line is not what the route promises.
        """
        self._runtime.check_loop()
        return self._streams().lines(call)

    @overload
    def save(self, call: Call[bytes], local_path: str | os.PathLike[str], /) -> Path: ...
    @overload
    def save(self, call: Call[bytes | None], local_path: str | os.PathLike[str], /) -> Path | None: ...
    def save(self, call: Call[Any], local_path: str | os.PathLike[str], /) -> Path | None:
        """Send one call, and write the body of its response, of any size, to a file.

        The file appears when it is complete. An interrupted transfer is repeated according to the rules for the method.
        If the response has no body (204), which some routes promise, no file is written, and this returns None.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
            OSError: The file cannot be written.
        """
        self._runtime.check_loop()
        return self._streams().save(call, Path(local_path))

    @overload
    def raw(
        self, function: Callable[Concatenate[Any, P], Iterator[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> RawResult[Iterator[T]]: ...

    @overload
    def raw(self, function: Callable[Concatenate[Any, P], T], /, *args: P.args, **kwargs: P.kwargs) -> RawResult[T]: ...

    def raw(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> RawResult[Any]:
        """Call a function and return its value with status, headers and request id of the responses behind it.

        Pass the function and its arguments without the session::

            result = session.raw(api.get_htc_projects)
            print(result.request_id, len(result.value))

        The value of an ``iter_`` function is its iterator; a response is added with each page that you read.

        Raises:
            HtcPayloadError: It is not a function, or a session is passed as well.
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        check_function(function, args)
        view, responses = copy.copy(self), list[HttpResponse]()
        view._made_exchange = self._exchange.recording(responses)
        return RawResult(self._runtime.result_of(function(view, *args, **kwargs)), responses)

    def pages(
        self,
        function: Callable[Concatenate[Any, P], Iterator[T]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Iterator[ListingPage[T]]:
        """The pages of a listing one by one, each with the cursor of the next one.

        Pass an ``iter_`` function and its arguments without the session. To continue later, pass the cursor to
        :meth:`pages_from`::

            for page in session.pages(api.iter_htc_projects_tasks_jobs, project_id, task_id, page_size=500):
                save(page.items, page.cursor)

        Raises:
            HtcPayloadError: The function is not a listing, or ``max_items`` is passed, which would cut a page.
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        return self._pages(listing_call(function, *args, **kwargs))

    def pages_from(
        self,
        cursor: str,
        function: Callable[Concatenate[Any, P], Iterator[T]],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Iterator[ListingPage[T]]:
        """The pages of a listing, starting at a cursor; everything else is as for :meth:`pages`.

        Raises:
            HtcPayloadError: The cursor belongs to another listing; or as for :meth:`pages`.
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        call = listing_call(function, *args, **kwargs)
        return self._pages(resumed(self._exchange.requests, call, cursor))

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
        """Force a token refresh. The token of a job stays unchanged."""
        self._runtime.check_loop()
        self._exchange.tokens.get(force=True)

    def close(self) -> None:
        """Close the connections and end all waits between retries. You may call it more than once.

        Calls in progress fail.
        """
        self._runtime.close()

    def __enter__(self) -> Self:
        refuse_closed(type(self).__name__, self.closed)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _make_exchange(self) -> Exchange:
        from ._http.exchange import Exchange

        return Exchange(self.settings, self._credential, self._runtime, self._observer)

    def _streams(self) -> Streams:
        from ._http.streams import Streams

        return Streams(self._exchange, self._runtime, self.settings)

    def _stream(self, pages: Pages[T]) -> Iterator[T]:
        call = pages.upcoming()
        if call is None:
            return
        items: Sequence[T] = pages.take(self.send(call))
        ahead: ReadAhead[Page[T]] = ReadAhead()
        with ahead:
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

    def _pages(self, call: Call[Page[T]]) -> Iterator[ListingPage[T]]:
        pages = Pages(self._exchange.requests, call, None)
        while (page_call := pages.upcoming()) is not None:
            items = pages.take(self.send(page_call))
            following = pages.upcoming()
            yield ListingPage(items, following.target if following else None)
