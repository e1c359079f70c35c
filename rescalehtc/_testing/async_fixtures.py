"""The part of :mod:`rescalehtc.testing` that needs pytest-asyncio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from pytest_asyncio import fixture

if TYPE_CHECKING:
    from .. import AsyncHtcSession
    from ..local import LocalServer


@fixture(loop_scope="function")
async def htc_async_session(htc_server: LocalServer) -> AsyncIterator[AsyncHtcSession]:
    """An async session on ``htc_server``."""
    from .. import AsyncHtcSession

    async with AsyncHtcSession(api_key=htc_server.api_key, base_url=htc_server.url) as session:
        yield session
