# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Writes query parameters in the styles of OpenAPI that :func:`.client.query` does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import quote_plus

from .client import url_text
from .errors import HtcPayloadError
from .json_codec import plain


def styled_query(*parts: str) -> str:
    """The query string of written parameters, with its question mark."""
    written = "&".join(part for part in parts if part)
    return f"?{written}" if written else ""


def repeated(name: str, value: object) -> str:
    """``name=a&name=b``; a single value is a list of one."""
    items = _items(value)
    values = (value,) if items is None else items
    return "&".join(_pair(name, item) for item in values if item is not None)


def joined(name: str, value: object, delimiter: str) -> str:
    """``name=a,b``, or with the names and values of an object ``name=x,1,y,2``."""
    if value is None:
        return ""
    if (items := _items(value)) is not None:
        texts = [url_text(name, item) for item in items if item is not None]
    else:
        texts = [text for pair in _fields(name, value) for text in pair]
    encoded = [quote_plus(text).replace("+", "%20") for text in texts]
    if delimiter != "," and any(delimiter in text for text in encoded):
        sign = "a space" if delimiter == "%20" else "|"
        raise HtcPayloadError(f"{name} is sent as a list separated by {sign}, so no value may contain one.")
    return f"{quote_plus(name)}={delimiter.join(encoded)}" if encoded else ""


def deep(name: str, value: object) -> str:
    """``name[x]=1&name[y]=2``."""
    return "&".join(f"{quote_plus(name)}[{quote_plus(key)}]={quote_plus(text)}" for key, text in _fields(name, value))


def spread(name: str, value: object) -> str:
    """``x=1&y=2``."""
    return "&".join(f"{quote_plus(key)}={quote_plus(text)}" for key, text in _fields(name, value))


def _fields(name: str, value: object) -> list[tuple[str, str]]:
    if value is None:
        return []
    fields = plain(value)
    if not isinstance(fields, Mapping):
        raise HtcPayloadError(f"{name} must be a model or a mapping, not {type(value).__name__}.")
    return [
        (url_text(name, key), url_text(name, item))
        for key, item in cast("Mapping[str, Any]", fields).items()
        if item is not None
    ]


def _items(value: object) -> Sequence[object] | None:
    return cast("Sequence[object]", value) if isinstance(value, list | tuple) else None


def _pair(name: str, value: object) -> str:
    return f"{quote_plus(name)}={quote_plus(url_text(name, value))}"
