# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Decoders of responses that are neither one JSON object nor a list of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from .errors import HtcDecodeError
from .json_codec import decode_json
from .reading import reader_of

T = TypeVar("T")

_KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}


def json_decoder(kind: Any, *names: str) -> Callable[[bytes], Any]:
    """A decoder for a body that is JSON of this type; ``names`` are its names in JSON."""

    def decode(content: bytes) -> Any:
        value = decode_json(content)
        if not any(_is(value, name) for name in names):
            raise HtcDecodeError(
                f"the body is {type(value).__name__}, the description promises a JSON {' or '.join(names)}"
            )
        read = reader_of(kind)
        return read(value) if read else value

    return decode


def optional(decode: Callable[[bytes], T]) -> Callable[[bytes], T | None]:
    """The same decoder for a response that may have no body."""
    return lambda content: decode(content) if content else None


def nullable(decode: Callable[[bytes], T]) -> Callable[[bytes], T | None]:
    """The same decoder for a response that may be a JSON null."""
    return lambda content: None if content.strip() == b"null" else decode(content)


def decode_bytes(content: bytes) -> bytes:
    """The body, unchanged."""
    return content


def _is(value: object, kind: str) -> bool:
    # True is an int in Python, but not a number in JSON.
    return isinstance(value, _KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))
