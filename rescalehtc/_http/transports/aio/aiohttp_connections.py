# This module has no sync twin: aiohttp is async only.
"""Connections of aiohttp, for an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import select
from collections.abc import AsyncGenerator, Mapping
from functools import lru_cache, partial
from io import BytesIO
from typing import Any

import aiohttp
import multidict
import yarl

from ...bodies import Body
from ...messages import Failure, Request, Response, Timeouts, read_headers
from ...settings import Settings
from ..certificates import trusted_certificates
from ..failures import failure_of
from ..libraries import httpx
from ..pools_of_one import KEEP_ALIVE_SECONDS, host_of, limits
from .slots import Slots

# The limit of h11, which httpx uses; aiohttp's own would refuse 8 kB.
_LONGEST_HEADER = 100 * 1024
# Another package may have brought an older version.
IS_SUPPORTED = tuple(map(int, aiohttp.__version__.split(".")[:2])) >= (3, 12)
_NO_LIMIT = contextlib.nullcontext()
_CHUNK = 1 << 20


class AiohttpTransport(Slots):
    """Connections of aiohttp for one event loop.

    Not through the package httpx-aiohttp, which reports a connection that broke after the request as one that was never
    made, so that a POST would be repeated, and which costs half as much again.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._host, self._headers = host_of(settings), multidict.CIMultiDict[str]
        self._url = lru_cache(maxsize=1024)(partial(yarl.URL, encoded=True))
        self._session = aiohttp.ClientSession(
            connector=_Connector(
                limit=0, keepalive_timeout=KEEP_ALIVE_SECONDS, ssl=trusted_certificates(settings, settings.origin)
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )
        # Repeats are ours: an observer and the rule for a repeated DELETE would not know of the library's.
        self._session._retry_connection = False  # pyright: ignore[reportPrivateUsage]

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Headers in the form that costs least when they are sent often."""
        return self._headers({"host": self._host, **headers})

    async def _send(self, request: Request) -> Response | Failure:
        response: aiohttp.ClientResponse | None = None
        try:
            response = await self._open(request)
            received, stream = Body(self._max_bytes), response.content
            while not stream.at_eof():
                received.add(await stream.readany())
            answered = read_headers(response.raw_headers)
            content = received.content(answered)
            self._refuse_cut_off()
        except BaseException as error:
            if response is not None:
                response.close()
            if isinstance(error, Exception):
                return failure_of(httpx.WriteTimeout("") if type(error) is TimeoutError else error)
            raise
        return Response(response.status, answered, content)

    async def _stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        response = await self._open(request)
        try:
            yield Response(response.status, read_headers(response.raw_headers), b"")
            while not response.content.at_eof():
                yield await response.content.readany()
            self._refuse_cut_off()
        finally:
            response.close()

    async def _open(self, request: Request) -> aiohttp.ClientResponse:
        method, url, headers, body, timeouts = request
        # The library warns of large bodies that are bytes.
        data = body if body is None or len(body) < _CHUNK else BytesIO(body)
        # The library has no limit for sending. A request that is headers alone fits in the socket's buffer.
        async with _NO_LIMIT if body is None else asyncio.timeout(_sending_limit(timeouts, len(body))):
            response = await self._session.request(
                method, self._url(url), headers=headers, data=data, timeout=_timeout(timeouts), allow_redirects=False
            )
        if response.status < 200 or response.headers.get("transfer-encoding", "chunked").lower() != "chunked":
            response.close()
            raise httpx.RemoteProtocolError("the answer is of a kind that was not requested")
        return response

    def _refuse_cut_off(self) -> None:
        if self._closed:
            raise httpx.ReadError("")  # the body may be incomplete

    async def close(self) -> None:
        """Close all connections; calls under way in other tasks end with a failure."""
        self._closed = True
        await self._session.close()


@lru_cache(maxsize=64)
def _timeout(timeouts: Timeouts) -> aiohttp.ClientTimeout:
    given = limits(timeouts)
    return aiohttp.ClientTimeout(
        total=None, connect=given["connect"], sock_connect=given["connect"], sock_read=given["read"]
    )


def _sending_limit(timeouts: Timeouts, size: int) -> float:
    """Seconds until the response's headers must arrive; each MB to be sent adds to them."""
    given = limits(timeouts)
    return given["connect"] + given["read"] * (2 + size // _CHUNK)


class _Connector(aiohttp.TCPConnector):
    """Never reuses a connection that its server closed, or on which something unrequested came.

    The library sees neither while the event loop is busy, and would take a second response for the next call's.
    """

    async def _get(self, key: Any, traces: Any) -> Any:
        while (found := await super()._get(key, traces)) is not None:
            connection: Any = found
            if not (connection.protocol.should_close or _is_readable(connection.transport)):
                return connection
            connection.close()
        return None

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
        if (should_close or protocol.should_close) and protocol.transport is not None:
            # Without TLS's closing handshake, for which the library waits half a minute.
            protocol.transport.abort()
        super()._release(key, protocol, should_close=should_close)


def _is_readable(transport: asyncio.Transport) -> bool:
    number = transport.get_extra_info("socket").fileno()
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(number, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([number], [], [], 0)[0])
