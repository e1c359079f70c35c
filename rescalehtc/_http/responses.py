"""What a session returns besides decoded values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from rescalehtc_generated.errors import HtcPayloadError

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A successful response, not decoded.

    Attributes:
        status: HTTP status.
        headers: Headers; their names are in lower case.
        request_id: Identifier that the service gave the request.
        content: The body.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    request_id: str | None
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RawResult(Generic[T_co]):
    """The value of a function and the responses behind it.

    Attributes:
        value: What the function returned.
        responses: The responses in order of arrival: one, or one for each page. For an iterator, the list
            grows while you read.
    """

    value: T_co
    responses: Sequence[HttpResponse]

    @property
    def status(self) -> int:
        """HTTP status of the last response."""
        return self._last.status

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the last response."""
        return self._last.headers

    @property
    def request_id(self) -> str | None:
        """Identifier that the service gave the last request."""
        return self._last.request_id

    @property
    def _last(self) -> HttpResponse:
        if not self.responses:
            raise HtcPayloadError(
                "There is no response yet: the function made no call, or returned an iterator that you have not read."
            )
        return self.responses[-1]


@dataclass(frozen=True, slots=True)
class ListingPage(Generic[T_co]):
    """A page of a listing.

    Attributes:
        items: The items of the page; it may be empty although more pages follow.
        cursor: Where the next page starts, to be passed to ``pages_from``, even later, by another program;
            None on the last page.
    """

    items: Sequence[T_co]
    cursor: str | None
