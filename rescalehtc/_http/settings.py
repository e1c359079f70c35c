"""The settings of a session, none of them secret, checked once."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rescalehtc_generated import SERVER_URL

from .._utils.headers import is_header_token, is_header_value
from .._utils.redaction import shown
from ..exceptions import HtcConfigurationError
from .messages import Timeouts
from .retry import RetryPolicy
from .urls import is_loopback, locate

BASE_URL_VARIABLE = "RESCALE_HTC_API_URL"
# 1.1.0 honoured the first two, through requests.
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_CA_FOLDERS = "SSL_CERT_DIR"
_CA_ARGUMENT = "the ca_file argument"
# They carry the credentials, frame the request, or ask for a response that we could not read.
_OWN_HEADER = re.compile(
    "accept|accept-encoding|(?:proxy-)?(?:authorization|connection)|content-(?:encoding|length|type)|expect|host|"
    "keep-alive|te|trailer|transfer-encoding|upgrade|user-agent",
    re.IGNORECASE,
)
# A year: the time limits of sockets and locks cannot be much longer.
_LONGEST_SECONDS = 366 * 86_400.0
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", re.ASCII)
_PROXY = re.compile(r"(?:https?|socks5h?)://(?:[^\s/]*@)?[^\s/@]+/?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a session calls, and its timeouts and retries.

    Attributes:
        base_url: Base URL without a slash at its end.
        origin: Scheme, host and port of the base URL.
        source: Where the base URL comes from, for messages.
        timeouts: Time limits of a request.
        max_connections: Largest number of simultaneous connections.
        max_response_bytes: Largest response, decompressed.
        policy: When failed requests are repeated.
        proxy: Proxy that the caller chose; None for that of the environment.
        ca_files: Files or folders with the certificate authorities to trust, and who names them; empty for the usual
            ones.
        headers: Further headers of every request, under names in lower case.
        user_agent: What the caller appends to the User-Agent header.
    """

    base_url: str
    origin: str
    source: str
    timeouts: Timeouts
    max_connections: int
    max_response_bytes: int
    policy: RetryPolicy
    proxy: str | None = field(default=None, repr=False)
    ca_files: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    user_agent: str | None = None

    @classmethod
    def read(
        cls,
        *,
        base_url: str | None = None,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        retry_deadline: float | None = None,
        max_connections: int = 50,
        max_response_bytes: int = 1 << 28,
        allow_http: bool = False,
        proxy: str | None = None,
        ca_file: str | os.PathLike[str] | None = None,
        headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> Settings:
        """Check the arguments of a session and fill in the defaults.

        Raises:
            HtcConfigurationError: One of them cannot be used; the message names it.
        """
        url, source = _base_url(base_url, environ)
        location = locate(url)
        if location is None or "?" in location.rest:
            # The text may hold a password, so it is not repeated.
            raise HtcConfigurationError(
                f"The base URL in {source} is not usable. It must look like {SERVER_URL}: http or https, a host, "
                "an optional path; no user, query or fragment."
            )
        if location.origin.startswith("http:") and not allow_http and not is_loopback(location.origin):
            raise HtcConfigurationError(
                f"The base URL {url} would send the credentials unencrypted over the network. Use https, "
                "or pass allow_http=True if you trust the network."
            )
        return cls(
            base_url=location.origin + location.rest.rstrip("/"),
            origin=location.origin,
            source=source,
            timeouts=_timeouts(Timeouts(None, None), timeout, connect_timeout),
            max_connections=_count("max_connections", max_connections, least=1),
            max_response_bytes=_count("max_response_bytes", max_response_bytes, least=1),
            policy=_policy(RetryPolicy(), max_retries, retry_deadline),
            proxy=_proxy(proxy),
            ca_files=_ca_files(ca_file, environ),
            headers=_headers(headers or {}),
            user_agent=_user_agent(user_agent),
        )

    def with_options(
        self,
        *,
        timeout: float | None = None,
        connect_timeout: float | None = None,
        max_retries: int | None = None,
        retry_deadline: float | None = None,
        headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
    ) -> Settings:
        """These settings with some of them changed; None keeps what is set, headers are added.

        Raises:
            HtcConfigurationError: One of them cannot be used; the message names it.
        """
        return replace(
            self,
            timeouts=_timeouts(self.timeouts, timeout, connect_timeout),
            policy=_policy(self.policy, max_retries, retry_deadline),
            headers={**self.headers, **_headers(headers or {})},
            user_agent=_user_agent(user_agent) or self.user_agent,
        )

    @property
    def ca_argument(self) -> str | None:
        """The file or folder that the caller named, not the environment."""
        return next((path for path, source in self.ca_files.items() if source == _CA_ARGUMENT), None)

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of a session that has these settings."""
        return {
            "base_url": self.base_url,
            "timeout": self.timeouts.response,
            "connect_timeout": self.timeouts.connect,
            "max_retries": self.policy.max_retries,
            "retry_deadline": self.policy.deadline,
            "max_connections": self.max_connections,
            "max_response_bytes": self.max_response_bytes,
            "allow_http": self.origin.startswith("http:"),
            "proxy": self.proxy,
            "ca_file": self.ca_argument,
            "headers": self.headers,
            "user_agent": self.user_agent,
        }

    @property
    def suspicion(self) -> str:
        """What may be wrong with the base URL, for the message of a 404; may be empty."""
        path = "/" + SERVER_URL.split("/", 3)[3]
        if self.base_url.endswith(path):
            return ""
        return f"The base URL {self.base_url} does not end in {path}, as the service's own does: check {self.source}."


def default_base_url(environ: Mapping[str, str]) -> str:
    """The base URL if the caller passes none.

    Raises:
        HtcConfigurationError: The environment variable is set, but empty, which would select the real service.
    """
    url = environ.get(BASE_URL_VARIABLE)
    if url is None:
        return SERVER_URL
    if not url.strip():
        raise HtcConfigurationError(
            f"Environment variable {BASE_URL_VARIABLE} is empty. Set it to a base URL, or unset it to call "
            f"{SERVER_URL}."
        )
    return url.strip()


def _base_url(argument: str | None, environ: Mapping[str, str]) -> tuple[str, str]:
    """The base URL and where it comes from."""
    if argument is not None:
        if not isinstance(argument, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise HtcConfigurationError(f"base_url must be a string, not {type(argument).__name__}.")
        return argument, "the base_url argument"
    if BASE_URL_VARIABLE in environ:
        return default_base_url(environ), f"environment variable {BASE_URL_VARIABLE}"
    return default_base_url(environ), f"the default, because {BASE_URL_VARIABLE} is not set"


def _timeouts(known: Timeouts, response: float | None, connect: float | None) -> Timeouts:
    return Timeouts(
        known.response if response is None else _seconds("timeout", response),
        known.connect if connect is None else _seconds("connect_timeout", connect),
    )


def _policy(known: RetryPolicy, max_retries: int | None, deadline: float | None) -> RetryPolicy:
    return replace(
        known,
        max_retries=known.max_retries if max_retries is None else _count("max_retries", max_retries, least=0),
        deadline=known.deadline if deadline is None else _seconds("retry_deadline", deadline, least=0.0),
    )


def _seconds(name: str, value: float, least: float | None = None) -> float:
    """A checked number of seconds: positive and finite, or at least ``least``."""
    if not _is_number(value) or not (value >= least if least is not None else 0 < value < math.inf):
        wanted = "a positive number of seconds" if least is None else "a number of seconds, 0 or more"
        raise HtcConfigurationError(f"{name} must be {wanted}, not {shown(value)}.")
    return min(value, _LONGEST_SECONDS)


def _count(name: str, value: int, *, least: int) -> int:
    if not _is_number(value) or value % 1 != 0 or value < least:
        raise HtcConfigurationError(f"{name} must be an integer, {least} or more, not {shown(value)}.")
    return int(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    checked: dict[str, str] = {}
    if not isinstance(headers, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise HtcConfigurationError(f"headers must be a dictionary of names and values, not {type(headers).__name__}.")
    for name, value in headers.items():
        # No message shows a value, which may be a secret.
        if not isinstance(name, str) or not _HEADER_NAME.fullmatch(name):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise HtcConfigurationError(f"headers: {shown(name)} is not the name of a header.")
        if _OWN_HEADER.fullmatch(name):
            hint = "use the argument user_agent" if name.lower() == "user-agent" else "the session sets it itself"
            raise HtcConfigurationError(f"headers: {name} cannot be set; {hint}.")
        if not isinstance(value, str) or not is_header_value(value):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise HtcConfigurationError(
                f"headers: the value of {name} must be a string of printable ASCII without spaces at its ends."
            )
        checked[name.lower()] = value
    return checked


def _user_agent(text: str | None) -> str | None:
    if text is None or (isinstance(text, str) and all(map(is_header_token, text.split(" ")))):  # pyright: ignore[reportUnnecessaryIsInstance]
        return text
    raise HtcConfigurationError(f"user_agent must be a name such as 'my-app/1.2', not {shown(text)}.")


def _proxy(url: str | None) -> str | None:
    if url is not None and not (isinstance(url, str) and _PROXY.fullmatch(url)):  # pyright: ignore[reportUnnecessaryIsInstance]
        # The text may hold a password, so it is not repeated.
        raise HtcConfigurationError("proxy must be a URL such as 'http://proxy.example:3128'.")
    return url


def _ca_files(argument: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> dict[str, str]:
    """The certificate authorities that the caller names, or else those of the environment.

    Raises:
        HtcConfigurationError: There is no such file or folder.
    """
    named = {environ[name]: f"environment variable {name}" for name in _CA_VARIABLES if environ.get(name)}
    if not named and environ.get(_CA_FOLDERS):
        # Only if no file is named, as in httpx; one folder of the list must exist, as in OpenSSL.
        folders = environ[_CA_FOLDERS].split(os.pathsep)
        there = [folder for folder in folders if Path(folder).is_dir()] or folders[:1]
        named = dict.fromkeys(there, f"environment variable {_CA_FOLDERS}")
    if argument is not None:
        if not isinstance(argument, str | os.PathLike):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise HtcConfigurationError(f"ca_file must be the path of a file, not {type(argument).__name__}.")
        named = {os.path.expanduser(argument): _CA_ARGUMENT}  # noqa: PTH111
    for path, source in named.items():
        if not os.path.exists(path):  # noqa: PTH110 that of pathlib raises where a folder is closed
            raise HtcConfigurationError(f"The certificate file {path!r} in {source} does not exist.")
    return named
