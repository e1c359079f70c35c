"""The proxy that a request goes through, or went through when it failed."""

from __future__ import annotations

import contextlib
import traceback
import urllib.request
from importlib.util import find_spec
from typing import Any

from ...exceptions import HtcConfigurationError, HtcMissingExtraError
from ..settings import Settings
from .libraries import httpx

# What httpcore runs while it connects to a proxy.
_CONNECTING = frozenset({"_connect", "connect_tcp", "_init_socks5_connection"})


def proxy_for(settings: Settings, origin: str) -> dict[str, Any]:
    """The proxy of the session, or the one that the environment names, as urllib reads it."""
    scheme, _, host = origin.partition("://")
    if settings.proxy is not None:
        url, source, remedy = settings.proxy, "in the proxy argument", ""
    else:
        proxies = urllib.request.getproxies()
        found = (proxies.get(scheme) or proxies.get("all") or "").strip()
        if not found or urllib.request.proxy_bypass(host) or _is_in_network(host, proxies.get("no", "")):
            return {}
        url = found if "://" in found else f"http://{found}"
        source, remedy = f"that the environment names for {scheme}", " Correct it, or set NO_PROXY."
    with contextlib.suppress(ValueError, httpx.InvalidURL):
        proxy = httpx.Proxy(url)
        if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
            raise HtcMissingExtraError(
                f'The proxy {source} uses SOCKS, which needs: pip install "httpx[socks]".{remedy}'
            )
        return {"proxy": proxy}
    # The value may hold a password: it is not repeated, and no exception that holds it is chained.
    raise HtcConfigurationError(f"The proxy {source} is not a usable URL.{remedy}")


def _is_in_network(host: str, networks: str) -> bool:
    """Whether a host is an address in one of some networks, such as 10.0.0.0/8; urllib only compares names."""
    import ipaddress

    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(host[1 : host.index("]")] if host[0] == "[" else host.partition(":")[0])
        for each in networks.split(","):
            with contextlib.suppress(ValueError):
                if address in ipaddress.ip_network(each.strip(), strict=False):
                    return True
    return False


def proxy_behind(error: BaseException | None) -> tuple[str, bool]:
    """Host and port of the proxy of a failed request, and whether the request did not get past it; or an empty name.

    The libraries do not tell, but their frames in the traceback do, also for a client that the caller supplied.
    """
    name, is_before = "", False
    while error is not None:
        if type(error).__name__ == "ClientProxyConnectionError":  # of aiohttp
            return f"{getattr(error, 'host', '')}:{getattr(error, 'port', '')}", True
        for frame, _ in traceback.walk_tb(error.__traceback__):
            # Only theirs: looking at the variables of our own frames would make them keep the exception.
            if frame.f_globals.get("__name__", "").partition(".")[0] not in ("httpcore", "httpcore2"):
                continue
            origin: Any = getattr(frame.f_locals.get("self"), "_proxy_origin", None)
            if origin is not None:
                host = origin.host.decode("ascii")
                name = f"[{host}]:{origin.port}" if ":" in host else f"{host}:{origin.port}"
            method = getattr(frame.f_locals.get("request"), "method", None)
            is_before = is_before or method == b"CONNECT" or frame.f_code.co_name in _CONNECTING
        error = error.__cause__
    return name, is_before and bool(name)
