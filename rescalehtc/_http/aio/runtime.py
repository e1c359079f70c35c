# The sync twin of this module is written by hand: event loops on this side, threads and forks on the other.
"""What only an async session has: an event loop that it belongs to."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import AsyncGenerator, Mapping
from typing import TYPE_CHECKING, Any

from ..._auth.credentials import Credential
from ..._utils import fork
from ...exceptions import HtcEventLoopError
from ..attempt import Attempt
from ..closing import closed_during, refuse_closed
from ..messages import Failure, Request, Response
from ..observing import Observer, log_observer_failure
from ..settings import Settings

if TYPE_CHECKING:
    from ..transports.aio.aiohttp_connections import AiohttpTransport
    from ..transports.aio.client import AsyncClientTransport
    from ..transports.aio.connections import AsyncTransport


class AsyncRuntime:
    """Connections, waiting and closing of an async session.

    Attributes:
        closed: Whether the session was closed.
    """

    def __init__(self, settings: Settings, http_client: object | None) -> None:
        self.closed = False
        self._settings = settings
        self._transport: AsyncTransport | AiohttpTransport | AsyncClientTransport | None = None
        if http_client is not None:
            from ..transports.aio.client import AsyncClientTransport

            self._transport = AsyncClientTransport(http_client, settings)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()  # binds to an event loop only when somebody waits for it

    def check_loop(self) -> None:
        """Claim the running event loop, or make sure that it is the one claimed before.

        Raises:
            HtcEventLoopError: It is another one, or is not asyncio's.
        """
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            raise HtcEventLoopError(
                "An AsyncHtcSession needs a running asyncio event loop: call it inside a coroutine that asyncio.run() "
                "runs. Other event loops, such as trio's, are not supported."
            ) from None
        if self._loop is None:
            self._loop = loop
        elif self._loop is not loop:
            raise HtcEventLoopError(
                "This AsyncHtcSession belongs to the event loop of its first call, and this is another one. "
                "Create a session in each event loop, inside the function given to asyncio.run()."
            )

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that the transport sends fastest."""
        return self._open().prepare(headers)

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        outcome = await self._open().send(request)
        if self.closed and isinstance(outcome, Failure):
            raise closed_during("AsyncHtcSession", outcome)
        return outcome

    def stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        """The head of the response, then its body as it arrives."""
        return self._open().stream(request)

    async def call_key_function(self, credential: Credential) -> None:
        """Call the function that returns the key; one that is not async runs in a thread.

        Raises:
            HtcAuthenticationError: The function failed, or returned no key.
        """
        if (key_function := credential.key_function) is not None:
            with credential.key_function_errors():
                is_async = inspect.iscoroutinefunction(key_function)
                key = key_function() if is_async else await asyncio.to_thread(key_function)
                credential.replace_key(await key if inspect.isawaitable(key) else key)

    async def notify(self, observer: Observer, attempt: Attempt) -> None:
        """Call the observer."""
        try:
            result = observer(attempt)
            if inspect.isawaitable(result):
                await result
        except Exception:
            log_observer_failure()

    async def result_of(self, value: Any) -> Any:
        """The result of a function, awaited unless it yields items."""
        return await value if inspect.isawaitable(value) else value

    async def pause(self, seconds: float) -> None:
        """Wait for some seconds, or until the session is closed.

        Raises:
            HtcClosedError: The session was closed.
        """
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        refuse_closed("AsyncHtcSession", self.closed)

    async def close(self) -> None:
        """End all calls and pauses, and close the connections."""
        self.check_loop()
        self.closed = True
        self._wake.set()
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.close()

    def _open(self) -> AsyncTransport | AiohttpTransport | AsyncClientTransport:
        refuse_closed("AsyncHtcSession", self.closed)
        if self._transport is None:
            with fork.delayed():
                from ..transports.aio.connections import open_async_transport

                self._transport = open_async_transport(self._settings)
        return self._transport
