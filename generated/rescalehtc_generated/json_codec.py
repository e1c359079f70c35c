# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JSON: bodies to and from bytes, and models to plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any, cast

from .errors import HtcDecodeError, HtcPayloadError
from .timestamps import format_datetime

try:
    import orjson
except ImportError:
    orjson = None

_SCALARS = frozenset({str, int, float, bool, type(None)})


class JsonObject:
    """Base of what is written as a JSON object."""

    __slots__ = ()

    def _json_fields(self) -> dict[str, Any]:
        """The present fields by wire name, in a new dictionary; their values may be anything."""
        raise NotImplementedError


def plain(value: Any) -> Any:
    """Plain JSON from models, mappings, sequences, enums and timestamps, nested to any depth.

    Raises:
        HtcPayloadError: The value contains itself.
    """
    # A stack of its own instead of recursion: Python's limit is lower than what JSON parsers accept.
    result: list[Any] = [value]
    waiting: list[tuple[Any, Any]] = [(result, 0)]
    parents: dict[int, Any] = {}
    while waiting:
        container, key = waiting.pop()
        if container is None:
            del parents[key]
            continue
        item: Any = container[key]
        inner: dict[Any, Any] | list[Any]
        if isinstance(item, JsonObject):
            inner = item._json_fields()  # pyright: ignore[reportPrivateUsage]
        elif isinstance(item, Mapping):
            inner = dict(cast("Mapping[Any, Any]", item))
        elif isinstance(item, list | tuple):
            inner = list(cast("list[Any]", item))
        else:
            container[key] = _plain_scalar(item)
            continue
        identity = id(cast("object", item))
        if identity in parents:
            raise HtcPayloadError(
                f"A {type(cast('object', item)).__name__} cannot be written as JSON because it contains itself. "
                "Remove the reference from the inner to the outer object."
            )
        container[key] = inner
        parents[identity] = item
        waiting.append((None, identity))
        pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
        waiting += [(inner, place) for place, each in pairs if type(each) not in _SCALARS]
    return result[0]


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return format_datetime(value) if isinstance(value, datetime) else value


def json_default(value: Any) -> Any:
    """Let ``json`` write models: ``json.dumps(jobs, default=json_default)``. orjson takes it in the same way.

    Raises:
        TypeError: The value is neither a model nor a mapping, enum or timestamp, as ``json`` expects.
    """
    if isinstance(value, JsonObject | Mapping | Enum | datetime):
        return plain(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def encode_json(payload: object) -> bytes:
    """Bytes of a payload: models or any mapping or list of plain JSON.

    Raises:
        HtcPayloadError: It holds something that JSON cannot express; the message names the type.
    """
    try:
        text = json.dumps(plain(payload), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as error:
        if isinstance(error, HtcPayloadError):
            raise
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise HtcPayloadError(
            f"The payload cannot be sent as JSON: {reason}. Use models, mappings, lists, strings, numbers, "
            "booleans and None."
        ) from error
    # UTF-8 cannot hold half a surrogate pair; the escape that this error handler writes is JSON's own.
    return text.encode("utf-8", "backslashreplace")


def decode_json(content: bytes) -> Any:
    """The JSON value of a body.

    With orjson installed (``pip install rescalehtc[speed]``) it is read three times as fast. What orjson
    refuses and the standard library reads (NaN, numbers beyond a double, lone surrogates, a byte order mark)
    is read all the same; the one difference is that integers beyond 64 bits come as floats.

    Raises:
        HtcDecodeError: It is not JSON.
    """
    if orjson is not None:
        try:
            return orjson.loads(content)
        except ValueError:
            pass
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        reason = str(error)
    # Raised out here because json's own exception holds the whole body.
    raise HtcDecodeError(f"the body is not JSON ({reason})")
