"""What the exceptions of the HTTP libraries mean for a request."""

from __future__ import annotations

from ..bodies import UnreadableBody
from ..messages import Failure, FailureKind
from .libraries import httpx
from .proxies import proxy_behind


def unsent(error: Exception) -> Failure:
    """The failure of a request for which there was no connection."""
    failure = failure_of(error)
    return failure if failure.kind is FailureKind.NEVER_SENT else failure._replace(kind=FailureKind.NOT_RETRYABLE)


# Errors that an async connection raises without a text.
_WITHOUT_WORDS = {
    "ConnectError": "the connection cannot be made",
    "ReadError": "the connection broke while waiting for the response",
    "WriteError": "the connection broke while sending the request",
    "CloseError": "the connection broke while it was being closed",
}


def failure_of(error: Exception) -> Failure:
    """Whatever is not provably unsent counts as received."""
    proxy, is_before_proxy = proxy_behind(error)
    error = _as_httpx(error)
    names = set(names_of(error, "httpx", "httpx2"))
    detail = str(error) or _WITHOUT_WORDS.get(type(error).__name__) or type(error).__name__
    kind, timeout = FailureKind.LOST, False
    if names & {"ConnectTimeout", "PoolTimeout"}:
        what = "connecting" if "ConnectTimeout" in names else "waiting for a free connection"
        kind, timeout, detail = FailureKind.NEVER_SENT, True, f"time ran out while {what}"
    elif names & {"ReadTimeout", "WriteTimeout"}:
        what = "waiting for the response" if "ReadTimeout" in names else "sending the request"
        timeout, detail = True, f"time ran out while {what}"
    elif "TimeoutException" in names:
        timeout = True
    elif "ConnectError" in names and "CERTIFICATE_VERIFY_FAILED" in detail:
        kind = FailureKind.NOT_RETRYABLE
    elif names & {"ConnectError", "ProxyError"}:
        kind = FailureKind.NEVER_SENT
    elif names & {"UnsupportedProtocol", "LocalProtocolError", "InvalidURL"}:
        kind = FailureKind.NOT_RETRYABLE
    elif "DecodingError" in names or isinstance(error, UnreadableBody):
        kind = FailureKind.UNREADABLE
    if is_before_proxy and kind is FailureKind.LOST:
        kind = FailureKind.NEVER_SENT  # only the request for a tunnel was
    if "ProxyError" in names and not is_before_proxy:
        detail = f"the proxy{proxy and f' {proxy}'} refused the connection: {detail}"
    elif is_before_proxy:
        detail = f"the connection to the proxy {proxy} failed: {detail}"
    elif proxy and kind is not FailureKind.UNREADABLE:
        detail = f"{detail} (through the proxy {proxy})"
    return Failure(kind, timeout, detail, error)


def names_of(error: BaseException | None, *libraries: str) -> list[str]:
    """The names of an exception's classes in some libraries, its own first.

    A client that the caller supplies may belong to another library than our own connections.
    """
    return [kind.__name__ for kind in type(error).__mro__ if kind.__module__.partition(".")[0] in libraries]


_FROM_AIOHTTP = {
    "ConnectionTimeoutError": "ConnectTimeout",
    "ServerTimeoutError": "ReadTimeout",
    "ClientHttpProxyError": "ProxyError",
    "ClientProxyConnectionError": "ProxyError",
    "ClientConnectorError": "ConnectError",
    "ClientConnectionError": "ReadError",
    "InvalidURL": "InvalidURL",
    "ClientError": "RemoteProtocolError",
}


def _as_httpx(error: Exception) -> Exception:
    """The exception that httpx would have raised instead of one of httpcore, aiohttp or httpx-aiohttp.

    The causes are then the same with every library, and none holds the request with its credentials.
    """
    if names := names_of(error, "httpcore", "httpcore2"):
        return _chained(
            getattr(httpx, names[0], httpx.TransportError), str(error), error.__cause__ or error.__context__
        )
    for each in (error, error.__cause__):
        found = next((_FROM_AIOHTTP[name] for name in names_of(each, "aiohttp") if name in _FROM_AIOHTTP), None)
        if each is not None and found is not None:
            cause = each.__cause__
            while cause is not None and names_of(cause, "aiohttp"):
                cause = cause.__cause__
            text = cause if found == "ConnectError" else getattr(each, "message", "")
            return _chained(getattr(httpx, found), str(text or ""), cause)
    return error


def _chained(kind: type[Exception], text: str, cause: BaseException | None) -> Exception:
    error = kind(text)
    error.__cause__ = cause
    return error
