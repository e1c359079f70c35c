"""Pages: opaque positions and ``next`` links.

A position is the number of the last row that was returned, so that rows added later neither repeat nor push out
others.
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import parse_qsl, urlencode

from .messages import Call, bad_request

_PREFIX = "p1."


def encode_position(position: int) -> str:
    return base64.urlsafe_b64encode(f"{_PREFIX}{position}".encode()).rstrip(b"=").decode()


def decode_position(text: str) -> int:
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        position = int(plain.removeprefix(_PREFIX))
    except (binascii.Error, ValueError):
        position = None
        plain = ""
    if position is None or not plain.startswith(_PREFIX) or not -(2**62) < position < 2**62:
        raise bad_request("pageIndex does not come from this server.", "INVALID_PAGE_INDEX")
    return position


def page_size(call: Call) -> int:
    """The requested or default size of a page; the description sets the upper limit, if there is one."""
    size: int = call.query["pageSize"]
    if size < 1:
        raise bad_request("pageSize must be at least 1.", "INVALID_PAGE_SIZE")
    # If the description sets no limit, a page must still fit into memory.
    return min(size, 10_000)


def position(call: Call) -> int | None:
    """Where the page begins, or None for the first one."""
    text: str | None = call.query["pageIndex"]
    # Some clients always send it, empty for the first page.
    return decode_position(text) if text else None


def next_link(call: Call, last: int) -> str:
    """The full URL of the page after the row ``last``, with every other query parameter as it was sent."""
    path, _, query = call.target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "pageIndex"]
    return f"{call.origin}{path}?{urlencode([*kept, ('pageIndex', encode_position(last))])}"


def page(call: Call, items: list[str], last: int | None) -> bytes:
    """A page as JSON from items that are JSON already. ``last`` is None on the last page."""
    body = '{"items":[' + ",".join(items) + "]"
    if last is not None:
        # It is percent-encoded, so nothing needs escaping in JSON.
        body += f',"next":"{next_link(call, last)}"'
    return (body + "}").encode("ascii")
