"""The session that the functions of :mod:`rescalehtc.aio` are called with."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

from rescalehtc_generated.client import Call, Page

from ._effects import Effect, Failure, Reply, Send, Sleep, Steps
from ._paging import Pages
from ._retry import DEFAULT_MAX_RETRIES, DEFAULT_RETRY_DEADLINE
from ._session_base import SessionBase
from ._settings import DEFAULT_MAX_CONNECTIONS, Settings
from .bearer_token import BearerToken, token_from_str
from .exceptions import HtcEventLoopError, HtcException

if TYPE_CHECKING:
    import httpx

    from ._transport import AsyncClientTransport, AsyncTransport

__all__ = ["AsyncHtcSession"]

T = TypeVar("T")


class AsyncHtcSession(SessionBase):
    """Credentials and connections for async calls of the Rescale HTC API.

    The same as :class:`~rescalehtc.HtcSession` in credentials, retries, arguments and errors. A session belongs to the
    event loop of its first call; in another one it raises :class:`~rescalehtc.exceptions.HtcEventLoopError`::

        async with AsyncHtcSession() as session:
            projects = await aio.get_htc_projects(session)

    Any number of tasks may use it; ``max_connections`` of them are served at the same time, the others queue.
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
        http_client: httpx.AsyncClient | None = None,
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
        self._transport: AsyncTransport | AsyncClientTransport | None = None
        if http_client is not None:
            from ._transport import AsyncClientTransport

            self._transport = AsyncClientTransport(http_client, settings)
        self._core.prepare = self._prepare
        self._loop: asyncio.AbstractEventLoop | None = None
        # Both bind to an event loop only when somebody has to wait for them.
        self._renewing, self._wake = asyncio.Lock(), asyncio.Event()

    async def send(self, call: Call[T], /) -> T:
        """Send one call and decode its answer.

        Raises:
            HtcException: One of its family, when the call fails or is refused.
        """
        return await self._drive(self._core.exchange(call))

    async def collect(self, call: Call[Page[T]], /, max_items: int | None = None) -> list[T]:
        """All items over all pages, or the first ``max_items`` of them.

        Raises:
            HtcException: One of its family, when a call fails or is refused.
        """
        pages = Pages(self._core, call, max_items)
        items: list[T] = []
        while (page_call := pages.upcoming()) is not None:
            items += pages.take(await self.send(page_call))
        return items

    def stream(self, call: Call[Page[T]], /, max_items: int | None = None) -> AsyncIterator[T]:
        """The items one by one; a task fetches the next page while the caller works on this one.

        The first page is fetched when the first item is asked for. Leaving the loop early is fine.

        Raises:
            HtcException: One of its family, when a call fails or is refused.
        """
        self._refuse_if_closed()
        return self._stream(Pages(self._core, call, max_items))

    async def get_bearer_token(self) -> BearerToken:
        """The bearer token in use, renewed if it is due.

        Raises:
            HtcException: None could be had, or it is no JSON web token.
        """
        return token_from_str((await self._drive(self._core.fresh_token())).value)

    async def reauthenticate_if_needed(self) -> None:
        """Renew the bearer token if it is due. Calls do that by themselves."""
        await self._drive(self._core.fresh_token())

    async def do_authenticate(self) -> None:
        """Get a new bearer token, whatever the old one is worth. The token of a job stays as it is."""
        await self._drive(self._core.fresh_token(force=True))

    async def close(self) -> None:
        """Close the connections and end all waiting between retries; again is harmless.

        Calls still under way in other tasks fail.
        """
        self._refuse_other_loop()
        self._closed = True
        self._wake.set()
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.close()

    aclose = close

    async def __aenter__(self) -> Self:
        self._refuse_if_closed()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _stream(self, pages: Pages[T]) -> AsyncIterator[T]:
        call = pages.upcoming()
        if call is None:
            return
        items: Sequence[T] = pages.take(await self.send(call))
        ahead: asyncio.Task[Page[T]] | None = None
        try:
            while (call := pages.upcoming()) is not None:
                ahead = asyncio.create_task(self.send(call))
                for item in items:
                    yield item
                items = ()  # not two pages at once while waiting for the second
                page = await ahead
                ahead = None
                items = pages.take(page)
                del page
            for item in items:
                yield item
        finally:
            if ahead is not None:
                ahead.cancel()
                await asyncio.gather(ahead, return_exceptions=True)

    async def _drive(self, steps: Steps[T]) -> T:
        result: Reply | Failure | None = None
        try:
            while True:
                try:
                    effect = steps.send(result)
                except StopIteration as stop:
                    return stop.value
                try:
                    result = await self._perform(effect)
                except HtcException as error:
                    steps.throw(error)
                    raise
        finally:
            steps.close()

    async def _perform(self, effect: Effect) -> Reply | Failure | None:
        if isinstance(effect, Send):
            outcome = await self._open().send(effect)
            if isinstance(outcome, Failure) and self._closed:
                raise self._closed_during(outcome)
            return outcome
        if isinstance(effect, Sleep):
            await self._pause(effect.seconds)
        else:
            async with self._renewing:
                await self._drive(self._core.renewal(effect.rejected))
        return None

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        self._refuse_if_closed()

    def _open(self) -> AsyncTransport | AsyncClientTransport:
        self._refuse_other_loop()
        self._refuse_if_closed()
        if self._transport is None:
            from ._transport import AsyncTransport

            self._transport = AsyncTransport(self._core.settings)
        return self._transport

    def _prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        return self._open().prepare(headers)

    def _refuse_other_loop(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise HtcEventLoopError(
                "This AsyncHtcSession belongs to the event loop of its first call, and this is another one. "
                "Make a session in each event loop, inside the function given to asyncio.run()."
            )
