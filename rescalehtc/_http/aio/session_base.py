# The sync twin of this module is written by hand: it adds the attributes of 1.1.0.
"""What an async session has beyond a sync one."""

from __future__ import annotations

from ..session_parts import SessionParts


class AsyncSessionBase(SessionParts):
    """Names that async code expects."""

    _session_kind = "async"

    async def close(self) -> None:
        """Close the session."""
        raise NotImplementedError

    async def aclose(self) -> None:
        """The same as :meth:`close`."""
        await self.close()
