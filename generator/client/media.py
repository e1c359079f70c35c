"""The media types that the client can send and read, and how."""

from __future__ import annotations

import re
from typing import Any

from .python_types import is_bytes

JSON, LINES, TEXT, BYTES, FORM, PARTS = "json", "lines", "text", "bytes", "form", "parts"
NOTHING, OPTIONAL = "nothing", "optional"
"""Kinds of responses that never, or not always, have a body."""
SENT = (JSON, PARTS, FORM, BYTES, TEXT)
READ = (JSON, LINES, TEXT, BYTES)
_LINES = frozenset(f"application/{name}" for name in ("x-ndjson", "ndjson", "jsonl", "x-jsonlines", "stream+json"))
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]+)", re.IGNORECASE)
_BYTES = ("application/octet-stream", "application/pdf", "application/zip", "application/gzip", "application/x-tar")


def choose(content: dict[str, Any], order: tuple[str, ...]) -> tuple[str, str] | None:
    """The media type to use among those described, and its kind; None if the client can use none of them."""
    kinds = {media: _kind(media, node.get("schema", {})) for media, node in content.items()}
    for wanted in order:
        for media, kind in kinds.items():
            if kind == wanted:
                return media, kind
    return None


def other_charset(media: str) -> str | None:
    """The charset of a media type, if it is not that in which text and JSON are sent and read."""
    found = _CHARSET.search(media)
    return found[1] if found and found[1].lower() not in ("utf-8", "utf8", "us-ascii") else None


def _kind(media: str, schema: dict[str, Any]) -> str | None:
    name = media.partition(";")[0].strip().lower()
    if name in _LINES:
        return LINES
    if name in ("application/json", "text/json") or (name.startswith("application/") and name.endswith("+json")):
        return JSON
    if name == "multipart/form-data":
        return PARTS
    if name == "application/x-www-form-urlencoded":
        return FORM
    if name.startswith("text/") and name != "text/event-stream" and not is_bytes(schema):
        return TEXT
    if name.startswith(("image/", "audio/", "video/", "font/")) or name in _BYTES or is_bytes(schema):
        return BYTES if "*" not in name else None
    return None
