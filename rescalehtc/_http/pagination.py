"""Walks through a listing page by page, without any I/O."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from .._utils.arguments import check_integer
from ..exceptions import HtcPayloadError

if TYPE_CHECKING:
    from rescalehtc_generated.client import Call, Page

    from .requests import RequestBuilder

T = TypeVar("T")


class Pages(Generic[T]):
    """The position in a listing."""

    def __init__(self, requests: RequestBuilder, call: Call[Page[T]], max_items: int | None) -> None:
        if max_items is not None:
            check_integer("max_items", max_items, 0)
        self._requests = requests
        self._left = max_items
        self._seen: set[str] = set()
        self._call: Call[Page[T]] | None = None if max_items == 0 else call

    def upcoming(self) -> Call[Page[T]] | None:
        """The call for the next page; None if there is none, or if enough items were read."""
        return self._call

    def take(self, page: Page[T]) -> Sequence[T]:
        """Take the wanted items of the page, and move on to the next one.

        An empty page does not end a listing; only a page without a next one does.

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
                from .errors import paging_error

                raise paging_error(
                    self._requests.context(call, None),
                    "the next page is one that was already read, so the listing would never end.",
                )
            self._seen.add(url)
            self._call = call.at(url)
        return items


class _Capture:
    """Replaces a session: keeps the call of the listing instead of making it."""

    call: Call[Page[Any]] | None = None

    def stream(self, call: Call[Page[Any]], /, max_items: int | None = None) -> None:
        if max_items is not None:
            raise HtcPayloadError("max_items would cut a page: omit it, and set page_size.")
        self.call = call

    def send(self, call: Call[Any], /) -> NoReturn:
        raise HtcPayloadError(f"{call.route.function} is not a listing, so it has no pages.")

    def lines(self, call: Call[Any], /) -> NoReturn:
        self.send(call)

    def save(self, call: Call[Any], local_path: object, /) -> NoReturn:
        self.send(call)

    def collect(self, call: Call[Page[Any]], /, max_items: int | None = None) -> NoReturn:
        raise HtcPayloadError(f"Pass {call.route.function.replace('get_', 'iter_', 1)}, which fetches page by page.")


def check_function(function: object, arguments: Sequence[object]) -> None:
    """Make sure that a session was passed a function to call, and no second session.

    Raises:
        HtcPayloadError: It was not.
    """
    if not callable(function):
        raise HtcPayloadError(
            f"Pass a function, such as api.iter_htc_projects, and then its arguments, not {type(function).__name__}."
        )
    if arguments and hasattr(type(arguments[0]), "_session_kind"):
        raise HtcPayloadError("Pass the function and its arguments without the session: this one is used.")


def listing_call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Call[Page[Any]]:
    """The call that an ``iter_`` function of the API makes for its first page.

    Raises:
        HtcPayloadError: It is not one of these functions, or ``max_items`` would cut a page.
    """
    check_function(function, args)
    capture = _Capture()
    result = function(capture, *args, **kwargs)
    if isinstance(result, Coroutine):
        result.close()
    if capture.call is None:
        raise HtcPayloadError("Only the iter_ functions of rescalehtc.api and rescalehtc.aio have pages.")
    return capture.call


def resumed(requests: RequestBuilder, call: Call[Page[T]], cursor: str) -> Call[Page[T]]:
    """The call of a listing that starts at a cursor.

    Raises:
        HtcPayloadError: It is not a cursor, or belongs to another listing.
        HtcPagingError: It leads to another origin.
    """
    is_text = isinstance(cursor, str) and bool(cursor)  # pyright: ignore[reportUnnecessaryIsInstance]
    if not is_text or _path(requests.page_url(call, cursor)) != _path(requests.url(call)):
        raise HtcPayloadError(
            f"The cursor does not belong to {call.route.method} {call.route.path} with these arguments."
        )
    return call.at(cursor)


def _path(url: str) -> str:
    return url.partition("?")[0]
