"""Calls through a client that the caller supplies."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Mapping

from ...bodies import Body
from ...messages import Failure, Request, Response, StreamBroken, read_headers
from ...settings import Settings
from ..failures import failure_of
from ..libraries import httpx
from ..supplied_client import built_by, check_open, checked_client, decompressed_head, own_headers, refused_by_hook


class AsyncClientTransport:
    """An async client that the caller supplied, and will close."""

    def __init__(self, client: object, settings: Settings) -> None:
        self._client: httpx.AsyncClient = checked_client(client, httpx.AsyncClient, settings)
        self._headers, self._max_bytes = own_headers(self._client.headers), settings.max_response_bytes

    def prepare(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """The client completes them itself."""
        return {**headers, **self._headers}

    async def send(self, request: Request) -> Response | Failure:
        """Send a request and read the whole response."""
        client = self._client
        check_open(client)
        try:
            built = built_by(client, request)
            body = Body(self._max_bytes)
            response = await client.send(built, stream=True, follow_redirects=False)
            async with contextlib.aclosing(response):
                async for part in response.aiter_bytes():
                    body.add(part)
            return Response(response.status_code, read_headers(response.headers.raw), body.content({}))
        except Exception as error:
            if (refused := refused_by_hook(error)) is not None:
                return Response(refused.status_code, read_headers(refused.headers.raw), await refused.aread())
            return failure_of(error)

    async def stream(self, request: Request) -> AsyncGenerator[Response | bytes]:
        """The head of the response, then its body as it arrives.

        Raises:
            StreamBroken: No response arrives, or it is interrupted.
        """
        client = self._client
        check_open(client)
        try:
            response = await client.send(built_by(client, request), stream=True, follow_redirects=False)
            async with contextlib.aclosing(response):
                yield decompressed_head(response)
                async for part in response.aiter_bytes():
                    yield part
        except Exception as error:
            if (refused := refused_by_hook(error)) is None:
                raise StreamBroken(failure_of(error)) from None
            yield decompressed_head(refused)
            yield await refused.aread()

    async def close(self) -> None:
        """Leave the client open: it is not ours."""
