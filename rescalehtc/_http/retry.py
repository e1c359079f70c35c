"""Decides whether a failed request is retried, and after how long. Nothing else does.

A repeat must not carry out a request twice, so it depends on the method:

- ``GET``, ``PUT`` and ``DELETE`` have the same effect twice as once. They are repeated after a connection
  that failed or broke, after a timeout, and after the statuses 429, 502, 503 and 504.
- ``POST`` and ``PATCH`` are repeated only if the first one provably had no effect: the request never reached
  the service, or was refused with 429, or with 503 and a Retry-After that can be read. A lost response is an error.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from .messages import Failure, FailureKind, Response

_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
_RETRYABLE_STATUSES = frozenset({429, 502, 503, 504})
# Statuses that say that the request was not carried out. Not among them: redirects, and 408 and 499, by which a proxy
# may report a request that it has passed on.
_REFUSALS = frozenset({*range(400, 408), *range(409, 432), 451}) - {418, 419, 420, 425, 427, 430}
_SECONDS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often, and for how long, failed requests are retried.

    Attributes:
        max_retries: Repeats after the first attempt.
        deadline: Seconds after the first failure during which repeats may start.
        base: Longest wait before the first repeat, in seconds; it doubles from repeat to repeat.
        longest: Upper limit of that wait, in seconds.
    """

    max_retries: int = 5
    deadline: float = 120.0
    base: float = 0.5
    longest: float = 20.0

    def delay(
        self,
        method: str,
        outcome: Response | Failure,
        *,
        attempt: int,
        elapsed: float,
        now: float,
        jitter: Callable[[], float],
    ) -> float | None:
        """Seconds to wait before the next attempt; None if there should be none.

        Args:
            method: HTTP method of the request.
            outcome: How the last attempt ended.
            attempt: Number of attempts made.
            elapsed: Seconds since the first failure.
            now: Seconds since the epoch, to read a Retry-After that is a date.
            jitter: Random number between 0 and 1, so that clients that failed together do not return together.
        """
        if attempt > self.max_retries or not may_repeat(method, outcome):
            return None
        # The exponent is bounded as well: 2**5000 is too large for a float.
        wait = jitter() * min(self.longest, self.base * 2.0 ** min(attempt - 1, 60))
        asked = retry_after(outcome, now)
        if asked is not None:
            # Never earlier than requested, and spread out, because all clients got the same request.
            wait = asked + jitter() * min(self.base, self.longest)
        return wait if elapsed + wait <= self.deadline else None


def may_repeat(method: str, outcome: Response | Failure) -> bool:
    """Whether a repeat of this request may help and cannot carry it out twice."""
    repeatable = method in _REPEATABLE
    if isinstance(outcome, Failure):
        return outcome.kind is FailureKind.NEVER_SENT or (repeatable and outcome.kind is FailureKind.LOST)
    return outcome.status in _RETRYABLE_STATUSES and (repeatable or proves_refusal(outcome))


def proves_refusal(outcome: Response | Failure) -> bool:
    """Whether the service certainly did not carry out the request. If it is not listed here, nobody knows."""
    if isinstance(outcome, Failure):
        return outcome.kind in (FailureKind.NEVER_SENT, FailureKind.NOT_RETRYABLE)
    # A service that says when to come back has not done anything.
    return outcome.status in _REFUSALS or (outcome.status == 503 and retry_after(outcome, 0.0) is not None)


def retry_after(outcome: Response | Failure, now: float) -> float | None:
    """Seconds that the response asks us to wait; None if it does not say, or cannot be read."""
    text = outcome.headers.get("retry-after") if isinstance(outcome, Response) else None
    if text is None:
        return None
    if seconds := _SECONDS.fullmatch(text):
        value = float(seconds[1])
        return value if math.isfinite(value) else None
    # Dates are rare here, and their parser takes 6 ms to load.
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.fromtimestamp(now, UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
