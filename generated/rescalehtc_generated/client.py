"""What a generated route passes to a session, and expects of it. No I/O happens here."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import wraps
from inspect import iscoroutinefunction
from os import PathLike
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar, cast, get_args, overload
from urllib.parse import quote, urlencode
from uuid import UUID

import attrs

from .errors import HtcDecodeError, HtcPayloadError
from .gc_pause import without_collections
from .json_codec import decode_json, plain
from .reading import fields_of, is_large, model_reader, reader_of
from .types import Record

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R", bound=Record)

Authorization = Literal["bearer", "key", "none"]
"""The credential that a route takes: a bearer token, an API key or refresh token, or none."""

_needs_no_quotes = re.compile(r"[A-Za-z0-9_.:~-]+").fullmatch


@attrs.frozen
class Route(Generic[T_co]):
    """A route of the API: what all its calls share.

    Attributes:
        operation_id: The route's name in the API description.
        function: Name of the public function that calls it.
        method: HTTP method, in capitals.
        path: Path template below the base URL.
        authorization: Which credential the route takes.
        accept: Media type of the response, None if it has no body.
        decode: Turns the bytes of a successful response, or of one of its lines, into a value.
    """

    operation_id: str
    function: str
    method: str
    path: str
    authorization: Authorization
    accept: str | None
    decode: Callable[[bytes], T_co] = attrs.field(repr=False)


@attrs.frozen
class Call(Generic[T_co]):
    """One call of a route, ready to be sent, by a sync or an async session alike.

    Attributes:
        route: The route.
        target: Encoded path and query below the base URL, or the full URL of a following page.
        body: JSON bytes to send, None for none.
        headers: Further headers.
        authorization: Full value of the Authorization header if the caller provides it.
    """

    route: Route[T_co]
    target: str
    body: bytes | None = attrs.field(default=None, repr=False)
    headers: dict[str, str] = attrs.field(factory=dict[str, str])
    authorization: str | None = attrs.field(default=None, repr=False)

    def at(self, url: str) -> Call[T_co]:
        """The same call for another page."""
        return attrs.evolve(self, target=url)


class Page(Protocol[T_co]):
    """A page of a listing: its items, and the full URL of the next one."""

    @property
    def items(self) -> Sequence[T_co] | None: ...

    @property
    def next(self) -> str | None: ...


class Session(Protocol):
    """What a function of :mod:`rescalehtc_generated.functions` needs of its first argument."""

    def send(self, call: Call[T], /) -> T:
        """Send one call and decode its response."""
        ...

    def collect(self, call: Call[Page[T]], /, max_items: int | None = None) -> list[T]:
        """All items over all pages, or the first ``max_items`` of them."""
        ...

    def stream(self, call: Call[Page[T]], /, max_items: int | None = None) -> Iterator[T]:
        """The items one by one; pages are fetched as they are needed."""
        ...

    def lines(self, call: Call[T], /) -> Iterator[T]:
        """Send one call, and decode its response line by line as it arrives."""
        ...

    @overload
    def save(self, call: Call[bytes], local_path: str | PathLike[str], /) -> Path: ...
    @overload
    def save(self, call: Call[bytes | None], local_path: str | PathLike[str], /) -> Path | None:
        """Send one call, and write the body of its response to a file; None if it has none."""
        ...


class AsyncSession(Protocol):
    """What a function of :mod:`rescalehtc_generated.async_functions` needs of its first argument."""

    async def send(self, call: Call[T], /) -> T:
        """Send one call and decode its response."""
        ...

    async def collect(self, call: Call[Page[T]], /, max_items: int | None = None) -> list[T]:
        """All items over all pages, or the first ``max_items`` of them."""
        ...

    def stream(self, call: Call[Page[T]], /, max_items: int | None = None) -> AsyncIterator[T]:
        """The items one by one; pages are fetched as they are needed."""
        ...

    async def lines(self, call: Call[T], /) -> AsyncIterator[T]:
        """Send one call, and decode its response line by line as it arrives."""
        ...

    @overload
    async def save(self, call: Call[bytes], local_path: str | PathLike[str], /) -> Path: ...
    @overload
    async def save(self, call: Call[bytes | None], local_path: str | PathLike[str], /) -> Path | None:
        """Send one call, and write the body of its response to a file; None if it has none."""
        ...


def takes_session(function: Any, kind: Literal["sync", "async"]) -> Callable[..., Any]:
    """The function with a check of its arguments; ``rescale``, the name of 1.1.0 for the session, is taken too."""
    name = function.__name__
    code, defaults = function.__code__, tuple[str, ...](function.__kwdefaults__ or ())
    keyword_only: tuple[str, ...] = code.co_varnames[code.co_argcount :][: code.co_kwonlyargcount]
    required = [parameter for parameter in keyword_only if parameter not in defaults]

    def check(arguments: tuple[Any, ...], keywords: dict[str, Any]) -> None:
        if "rescale" in keywords and "session" not in keywords:
            keywords["session"] = keywords.pop("rescale")
        if arguments or "session" in keywords:
            check_session(arguments[0] if arguments else keywords["session"], kind, name)
        for needed in required:
            if keywords.get(needed) is None:
                raise HtcPayloadError(f"{name}() needs the argument {needed}: pass {needed}=...")

    if iscoroutinefunction(function):

        @wraps(function)
        async def checked_async(*arguments: Any, **keywords: Any) -> Any:
            check(arguments, keywords)
            return await function(*arguments, **keywords)

        return checked_async

    @wraps(function)
    def checked(*arguments: Any, **keywords: Any) -> Any:
        check(arguments, keywords)
        return function(*arguments, **keywords)

    return checked


def check_session(session: object, kind: Literal["sync", "async"], function: str) -> None:
    """Make sure that a function was given a session of its kind.

    Raises:
        HtcPayloadError: It was given the other kind, or something else.
    """
    found = getattr(type(session), "_session_kind", None)
    if isinstance(session, type):
        raise HtcPayloadError(f"{function}() takes a session, not the class {session.__name__}: create one with ().")
    if found == kind:
        return
    wanted = "an HtcSession" if kind == "sync" else "an AsyncHtcSession"
    if found == "async":
        raise HtcPayloadError(
            f"{function}() takes {wanted}, and this is an AsyncHtcSession: await the function of the same name in "
            "rescalehtc.aio."
        )
    if found == "sync":
        raise HtcPayloadError(
            f"The async {function}() takes {wanted}, and this is an HtcSession: use the function of the same name "
            "outside rescalehtc.aio."
        )
    if not any(hasattr(session, name) for name in ("send", "collect", "stream")):
        # Not shown: it may be a key.
        raise HtcPayloadError(f"{function}() takes {wanted} as its first argument, not {type(session).__name__}.")


def segment(name: str, value: object) -> str:
    """A path parameter, encoded so that it stays one segment.

    Raises:
        HtcPayloadError: The value is not an identifier: it is empty, not valid Unicode, or a dot segment, which
            would address another route.
    """
    text = value if type(value) is str else _identifier(name, value)
    if text in ("", ".", ".."):
        raise HtcPayloadError(f"{name} must be a non-empty identifier, not {text!r}.")
    return text if _needs_no_quotes(text) else quote(url_text(name, text), safe=":")


def _identifier(name: str, value: object) -> str:
    """The text of an identifier, or of an object that has one."""
    if isinstance(value, str | int | float | date | UUID | Enum):
        return as_text(value)
    kind, found = type(value).__name__, cast("object", getattr(value, name, None))
    if found is None and isinstance(value, Mapping):
        wire = re.sub(r"_(.)", lambda letter: letter[1].upper(), name)
        found = cast("Mapping[str, object]", value).get(wire)
    if isinstance(found, str) and found:
        return found
    raise HtcPayloadError(f"{name} must be an identifier, or an object that has one, not {kind}.")


def query(*parameters: tuple[str, object]) -> str:
    """The query string of those parameters that are not None, with its question mark.

    Raises:
        HtcPayloadError: A value holds half a surrogate pair, which a URL cannot.
    """
    pairs: list[tuple[str, str]] = []
    for name, value in parameters:
        values = cast("Sequence[object]", value) if isinstance(value, list | tuple) else (value,)
        pairs += [(name, url_text(name, item)) for item in values if item is not None]
    return f"?{urlencode(pairs)}" if pairs else ""


def page_limit(page_size: int | None, max_items: int | None, default: int) -> int | None:
    """The size of a page that fetches no more than ``max_items``; ``default`` is that of the service.

    Raises:
        HtcPayloadError: One of them is not an integer.
    """
    for name, value in (("page_size", page_size), ("max_items", max_items)):
        if value is not None and (isinstance(value, bool) or not hasattr(value, "__index__")):
            raise HtcPayloadError(f"{name} must be an integer, not {type(value).__name__}.")
    if max_items is None or max_items < 1 or max_items >= (page_size or default):
        return page_size
    return max_items


def headers(*parameters: tuple[str, object]) -> dict[str, str]:
    """The headers of those parameters that are not None; a list is sent as one header, with commas."""
    return {name: _header(value) for name, value in parameters if value is not None}


def url_text(name: str, value: object) -> str:
    """A value as text for a URL.

    Raises:
        HtcPayloadError: It holds half a surrogate pair, which a URL cannot.
    """
    text = as_text(value)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise HtcPayloadError(
            f"{name} cannot be sent in a URL: its character {error.start} is a lone surrogate. "
            "Decode the text with the encoding that it was written in."
        ) from error
    return text


def _header(value: object) -> str:
    if isinstance(value, list | tuple):
        return ",".join(as_text(item) for item in cast("Sequence[object]", value))
    return as_text(value)


def as_text(value: object) -> str:
    """A value as it is written in paths, queries and headers.

    Raises:
        HtcPayloadError: It is not a single value, such as a string or a number.
    """
    if type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    found = plain(value)
    if hasattr(found, "__iter__") and not isinstance(found, str):
        raise HtcPayloadError(f"A {type(value).__name__} cannot be sent here: pass a string, or a list of strings.")
    return str(found)


def reject(function: str, item: str, **arguments: object) -> None:
    """Refuse arguments that only a listing takes if one item was requested.

    Raises:
        TypeError: One of them was passed.
    """
    for name, value in arguments.items():
        if value is not None:
            raise TypeError(f"{function}() takes {name} for the whole listing only, not together with {item}")


def reject_without(function: str, item: str, **arguments: object) -> None:
    """Refuse arguments that only an item takes if the whole listing was requested.

    Raises:
        TypeError: One of them was passed.
    """
    for name, value in arguments.items():
        if value is not None:
            raise TypeError(f"{function}() takes {name} only together with {item}")


def announce(function: object, notice: str) -> None:
    """Let tools see that a function is deprecated, and why."""
    vars(function)["__deprecated__"] = notice


def needed(function: str, name: str, value: T | None) -> T:
    """An argument that one form of a function requires.

    Raises:
        TypeError: It was not passed.
    """
    if value is None:
        raise TypeError(f"{function}() needs {name} here")
    return value


def object_decoder(model: type[R]) -> Callable[[bytes], R]:
    """A decoder for a body that is one JSON object."""

    def decode(content: bytes) -> R:
        return model_reader(model)(_promised(decode_json(content), dict, "the body", "object"))

    return without_collections(decode)


def page_decoder(page: type[R]) -> Callable[[bytes], R]:
    """A decoder for a body that is a page of items.

    A large item replaces what it was read from, which is freed while it is still in the processor's cache.
    For items with few fields, that would cost more than it saves.
    """

    def decode(content: bytes) -> R:
        body = _promised(decode_json(content), dict, "the body", "object")
        items, url = body.get("items"), body.get("next")
        if items is not None:
            _promised(items, list, "`items` of the page", "array")
            (item,) = get_args(fields_of(page)["items"].kind)
            if attrs.has(item):
                _promised_objects(items, "the page")
                if is_large(item):
                    _read_in_place(items, model_reader(item))
        if url is not None:
            _promised(url, str, "`next` of the page", "string")
        return model_reader(page)(body)

    return without_collections(decode)


def list_decoder(item: Any) -> Callable[[bytes], list[Any]]:
    """A decoder for a body that is one JSON array of items of this type."""

    def decode(content: bytes) -> list[Any]:
        items = _promised(decode_json(content), list, "the body", "array")
        if attrs.has(item):
            _promised_objects(items, "the body")
        read = model_reader(item) if attrs.has(item) else reader_of(item)
        return _read_in_place(items, read) if read else items

    return without_collections(decode)


def value_decoder(kind: Any) -> Callable[[bytes], Any]:
    """A decoder for a body of several possible kinds: JSON if it is JSON, text otherwise."""

    def decode(content: bytes) -> Any:
        try:
            value = decode_json(content)
        except HtcDecodeError:
            return decode_text(content)
        read = reader_of(kind)
        return read(value) if read else value

    return decode


def decode_text(content: bytes) -> str:
    """The text of a body.

    Raises:
        HtcDecodeError: It is not UTF-8.
    """
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        reason = f"{error.reason} at byte {error.start}"
    # Raised out here because the codec's own exception holds the whole body.
    raise HtcDecodeError(f"the body is not UTF-8 text ({reason})")


def decode_nothing(content: bytes) -> None:
    """Returns None for routes without a response body, whatever a gateway adds."""


def _promised(value: Any, kind: type[Any], subject: str, name: str) -> Any:
    if not isinstance(value, kind):
        raise HtcDecodeError(f"{subject} is {_kind(value)}, the description promises a JSON {name}")
    return value


def _promised_objects(items: list[Any], subject: str) -> None:
    if not set(map(type, items)) <= {dict}:
        for number, item in enumerate(items, 1):
            _promised(item, dict, f"item {number} of {subject}", "object")


def _read_in_place(items: list[Any], read: Callable[[Any], Any]) -> list[Any]:
    for place, item in enumerate(items):
        items[place] = read(item)
    return items


def _kind(value: object) -> str:
    kinds: dict[type, str] = {
        dict: "an object",
        list: "an array",
        str: "a string",
        type(None): "null",
        bool: "a boolean",
    }
    return kinds.get(type(value), "a number")
