"""The choices of a session that are not secret, checked once."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rescalehtc_generated import SERVER_URL

from ..exceptions import HtcConfigurationError
from .retry import DEFAULT_MAX_RETRIES, DEFAULT_RETRY_DEADLINE, RetryPolicy

BASE_URL_VARIABLE = "RESCALE_HTC_API_URL"
DEFAULT_TIMEOUT = 120.0
DEFAULT_CONNECT_TIMEOUT = 10.0
DEFAULT_MAX_CONNECTIONS = 50

_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9._-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<rest>(?:[/?][^\s\\#]*)?)",
    re.IGNORECASE | re.ASCII,
)
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_LOOPBACK = re.compile(r"(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Location:
    """A URL in two halves.

    Attributes:
        origin: Scheme, host and, where it is not the scheme's own, port; in lower case.
        rest: Path and query, as given.
    """

    origin: str
    rest: str


def locate(url: str) -> Location | None:
    """The two halves of an absolute http or https URL; None for anything else.

    Stricter than URL parsers are (no user, no backslash, no white space), so that what is taken for our
    origin here cannot mean another one to whoever parses it later.
    """
    match = _URL.fullmatch(url)
    if match is None:
        return None
    scheme, host, port = match["scheme"].lower(), match["host"].lower(), match["port"]
    if port is None or port.lstrip("0") == _DEFAULT_PORTS[scheme]:
        return Location(f"{scheme}://{host}", match["rest"])
    return Location(f"{scheme}://{host}:{int(port)}", match["rest"])


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a session calls, and its timeouts and retries.

    Attributes:
        base_url: Base URL without a slash at its end.
        origin: Scheme, host and port of the base URL.
        timeout: Seconds to wait for (further bytes of) an answer; None where the caller did not say.
        connect_timeout: Seconds to wait for a connection; None where the caller did not say.
        max_connections: Connections at the same time.
        policy: When failed requests are repeated.
    """

    base_url: str
    origin: str
    timeout: float | None
    connect_timeout: float | None
    max_connections: int
    policy: RetryPolicy

    @classmethod
    def read(
        cls,
        *,
        base_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int = DEFAULT_MAX_RETRIES,
        retry_deadline: float = DEFAULT_RETRY_DEADLINE,
        max_connections: int = DEFAULT_MAX_CONNECTIONS,
        allow_http: bool = False,
        environ: Mapping[str, str] = os.environ,
    ) -> Settings:
        """Check the arguments of a session and fill in what they leave out.

        Raises:
            HtcConfigurationError: One of them cannot be used; the message names it.
        """
        url, location = _base_url(base_url, environ)
        if location.origin.startswith("http:") and not allow_http and not is_loopback(location.origin):
            raise HtcConfigurationError(
                f"The base URL {url} would send the credentials unencrypted over the network. Use https, "
                "or pass allow_http=True where the network itself is trusted."
            )
        return cls(
            base_url=location.origin + location.rest.rstrip("/"),
            origin=location.origin,
            timeout=_seconds("timeout", timeout),
            connect_timeout=_seconds("connect_timeout", connect_timeout),
            max_connections=_count("max_connections", max_connections, least=1),
            policy=RetryPolicy(
                max_retries=_count("max_retries", max_retries, least=0),
                deadline=_not_negative("retry_deadline", retry_deadline),
            ),
        )


def is_loopback(origin: str) -> bool:
    """Whether an origin is on this machine."""
    return _LOOPBACK.fullmatch(origin.partition("://")[2]) is not None


def config_folder(override: str | os.PathLike[str] | None) -> Path:
    """The folder that holds a folder per workspace."""
    return Path(override or "~/.config/rescalehtc").expanduser()


def _base_url(argument: str | None, environ: Mapping[str, str]) -> tuple[str, Location]:
    url, source = argument, "the base_url argument"
    if url is None:
        url, source = (
            environ.get(BASE_URL_VARIABLE, "").strip() or SERVER_URL,
            f"environment variable {BASE_URL_VARIABLE}",
        )
    location = locate(url)
    if location is None or "?" in location.rest:
        # The text may hold a password, so it is not repeated.
        raise HtcConfigurationError(
            f"The base URL in {source} is not usable. It must look like {SERVER_URL}: http or https, a host, "
            "an optional path; no user, query or fragment."
        )
    return url, location


def _seconds(name: str, value: float | None) -> float | None:
    if value is not None and not (math.isfinite(value) and value > 0):
        raise HtcConfigurationError(f"{name} must be a positive number of seconds, not {value!r}.")
    return value


def _not_negative(name: str, value: float) -> float:
    if math.isnan(value) or value < 0:
        raise HtcConfigurationError(f"{name} must be a number of seconds, 0 or more, not {value!r}.")
    return value


def _count(name: str, value: int, *, least: int) -> int:
    if value < least:
        raise HtcConfigurationError(f"{name} must be {least} or more, not {value!r}.")
    return value
