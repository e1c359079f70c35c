"""Walks through a listing page by page, without any I/O."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from rescalehtc_generated.client import Call, Page

from ..exceptions import HtcPayloadError
from .errors import paging_error
from .requests import RequestBuilder

T = TypeVar("T")


class Pages(Generic[T]):
    """The position in a listing."""

    def __init__(self, requests: RequestBuilder, call: Call[Page[T]], max_items: int | None) -> None:
        if max_items is not None and max_items < 0:
            raise HtcPayloadError(f"max_items must be 0 or more, not {max_items!r}.")
        self._requests = requests
        self._left = max_items
        self._seen: set[str] = set()
        self._call: Call[Page[T]] | None = None if max_items == 0 else call

    def upcoming(self) -> Call[Page[T]] | None:
        """The call for the next page; None if there is none, or if enough items were read."""
        return self._call

    def take(self, page: Page[T]) -> Sequence[T]:
        """The wanted items of the page that was called for; the listing moves on to the next one.

        An empty page does not end a listing, only a page without a next one does.

        Raises:
            HtcPagingError: The next page is on another host, or was read before.
        """
        call, self._call = self._call, None
        items = page.items or ()
        if self._left is not None:
            items = items[: self._left]
            self._left -= len(items)
        if call is not None and page.next and self._left != 0:
            url = self._requests.page_url(call, page.next)
            if url in self._seen:
                raise paging_error(
                    self._requests.context(call, None),
                    "the listing leads back to a page that was already read, so it has no end.",
                )
            self._seen.add(url)
            self._call = call.at(url)
        return items
