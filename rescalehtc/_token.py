"""The bearer token that a session holds, and when it wants to be renewed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .bearer_token import token_from_str
from .exceptions import HtcException

_EARLIEST, _LATEST = 300.0, 600.0
_SHARE_OF_LIFE = 0.2


@dataclass(slots=True)
class Token:
    """A bearer token in use.

    Attributes:
        value: The token.
        expires_at: End of its life in seconds since the epoch; infinite where it is not known.
        renew_at: When a new one shall be fetched; infinite where there is no way to get one.
        renewable: Whether there is a way to get a new one.
        headers: Ready headers by media type of the answer, so that they are built once per token.
    """

    value: str = field(repr=False)
    expires_at: float = math.inf
    renew_at: float = math.inf
    renewable: bool = False
    headers: dict[str | None, Mapping[str, str]] = field(
        default_factory=dict[str | None, Mapping[str, str]], repr=False
    )


def renewal_time(expires_at: float, lifetime: float | None, jitter: Callable[[], float]) -> float:
    """When to renew: 5 to 10 minutes before the end, so that not all processes do it at the same time.

    A token that lives for minutes only is used for the first four fifths of its life.
    """
    margin = _EARLIEST + jitter() * (_LATEST - _EARLIEST)
    return expires_at - (margin if lifetime is None else min(margin, max(0.0, lifetime) * _SHARE_OF_LIFE))


def stated_expiry(value: str) -> float:
    """The expiry that the token itself states, in seconds since the epoch; infinite where it does not."""
    try:
        expiry = token_from_str(value).expiry
    except HtcException:
        return math.inf
    return expiry.timestamp() if expiry else math.inf
