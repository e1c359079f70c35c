"""What the I/O-free core asks of a session, and what it gets back.

The core is written as generators that yield these; a sync and an async session carry them out.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from enum import Enum, auto
from typing import Any, NamedTuple, TypeAlias, TypeVar

T = TypeVar("T")


class Send(NamedTuple):
    """Send a request; the result is a :class:`Reply` or a :class:`Failure`.

    Attributes:
        method: HTTP method.
        url: Full URL.
        headers: All headers but those that only the transport knows (host, content length).
        body: JSON bytes, None for none.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None

    def __repr__(self) -> str:
        return f"Send({self.method})"


class Sleep(NamedTuple):
    """Wait for some seconds; no result."""

    seconds: float


class Renew(NamedTuple):
    """Run the renewal of the bearer token while nobody else in this session does; no result.

    Attributes:
        rejected: The token that the service did not accept, None where it merely got old.
    """

    rejected: str | None

    def __repr__(self) -> str:
        return "Renew()"


class Reply(NamedTuple):
    """An answer of whatever status, completely read."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Kind(Enum):
    """How a request came to have no usable answer."""

    NEVER_SENT = auto()
    """It provably did not reach the service."""
    LOST = auto()
    """The service may have received it."""
    HOPELESS = auto()
    """It did not reach the service, and a repeat would fare no better."""
    UNREADABLE = auto()
    """An answer came, but its compression is broken."""


class Failure(NamedTuple):
    """A request without a usable answer.

    Attributes:
        kind: What is known about the request.
        timeout: Whether a time limit ended it.
        detail: Technical reason.
    """

    kind: Kind
    timeout: bool
    detail: str


Effect: TypeAlias = Send | Sleep | Renew
Steps: TypeAlias = Generator[Effect, Any, T]
"""A computation that has its I/O done by whoever drives it."""
