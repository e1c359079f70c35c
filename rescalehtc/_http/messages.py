"""A request, and how it ended: a response or a failure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from typing import NamedTuple


class Timeouts(NamedTuple):
    """Time limits of a request; None if the caller set none.

    Attributes:
        response: Seconds to wait for the response, and for each further part of it.
        connect: Seconds to wait for a connection.
    """

    response: float | None
    connect: float | None


class Request(NamedTuple):
    """A request, ready to be sent.

    Attributes:
        method: HTTP method.
        url: Full URL.
        headers: All headers except those that the transport adds (host, content length).
        body: Bytes to send, or None.
        timeouts: Its time limits.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None
    timeouts: Timeouts

    def __repr__(self) -> str:
        return f"Request({self.method})"


class Response(NamedTuple):
    """A response of any status: read completely, or only the head of one that is read part by part.

    Attributes:
        status: HTTP status.
        headers: Its headers, under names in lower case.
        content: The body.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes

    def __repr__(self) -> str:
        return f"Response({self.status})"


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers of a response as text, under names in lower case; the values of one name are joined by commas."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        try:
            text = value.decode()
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


class FailureKind(Enum):
    """What is known about a request without a usable response."""

    NEVER_SENT = auto()
    """It provably did not reach the service."""
    LOST = auto()
    """The service may have received it."""
    NOT_RETRYABLE = auto()
    """It did not reach the service, and neither would a repeat."""
    UNREADABLE = auto()
    """A response arrived, but it cannot be decompressed."""


class Failure(NamedTuple):
    """A request without a usable response.

    Attributes:
        kind: What is known about the request.
        timeout: Whether a time limit ended it.
        detail: Technical reason.
        cause: The exception behind it.
    """

    kind: FailureKind
    timeout: bool
    detail: str
    cause: Exception | None = None


class StreamBroken(Exception):
    """A response that is read part by part did not arrive, or was interrupted.

    Attributes:
        failure: What went wrong.
    """

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure
