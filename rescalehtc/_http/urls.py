"""Absolute URLs, split in one place, so that no two parsers can disagree about the host."""

from __future__ import annotations

import re
from dataclasses import dataclass

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>(?=[^/?:]{1,254}(?:[/?:]|$))(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.?|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<rest>(?:[/?][^\s\\#]*)?)",
    re.IGNORECASE | re.ASCII,
)
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_LARGEST_PORT = 65_535
_LOOPBACK = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Location:
    """A URL in two halves.

    Attributes:
        origin: Scheme, host and, unless it is the scheme's default, port; in lower case.
        rest: Path and query, as given.
    """

    origin: str
    rest: str


def locate(url: str) -> Location | None:
    """The two halves of an absolute http or https URL; None for anything else.

    Stricter than URL parsers are (no user, no backslash, no white space), so that what passes for our
    origin here cannot be another one to a later parser.
    """
    match = _URL.fullmatch(url)
    if match is None or int(match["port"] or 0) > _LARGEST_PORT:
        return None
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"]
    if port is None or port.lstrip("0") == _DEFAULT_PORTS[scheme]:
        return Location(f"{scheme}://{host}", match["rest"])
    return Location(f"{scheme}://{host}:{int(port)}", match["rest"])


def is_loopback(origin: str) -> bool:
    """Whether an origin is on this machine."""
    return _LOOPBACK.fullmatch(origin.partition("://")[2]) is not None
