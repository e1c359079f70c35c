"""A bearer token in use, and when it is to be renewed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from ..bearer_token import token_from_str
from ..exceptions import HtcException

_EARLIEST, _LATEST = 300.0, 600.0
_SHARE_OF_LIFE = 0.2


@dataclass(slots=True)
class Token:
    """A bearer token in use.

    Attributes:
        value: The token.
        expires_at: When it expires, in seconds since the epoch; infinite if not known.
        renew_at: When a new one is fetched; infinite if it cannot be renewed.
        renewable: Whether it can be renewed.
    """

    value: str = field(repr=False)
    expires_at: float = math.inf
    renew_at: float = math.inf
    renewable: bool = False


def renewal_time(expires_at: float, lifetime: float | None, jitter: Callable[[], float]) -> float:
    """When to renew: 5 to 10 minutes before the end, so that not all processes do it at the same time.

    A token that lasts only minutes is used for the first four fifths of its lifetime.
    """
    margin = _EARLIEST + jitter() * (_LATEST - _EARLIEST)
    return expires_at - (margin if lifetime is None else min(margin, max(0.0, lifetime) * _SHARE_OF_LIFE))


def stated_expiry(value: str) -> float:
    """The expiry that the token itself states, in seconds since the epoch; infinite if it does not."""
    try:
        expiry = token_from_str(value).expiry
    except HtcException:
        return math.inf
    return expiry.timestamp() if expiry else math.inf
