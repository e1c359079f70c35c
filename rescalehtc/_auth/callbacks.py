"""The functions that a user passes to a session, plain or async."""

from __future__ import annotations

import inspect
from typing import TypeVar

from ..exceptions import HtcConfigurationError

T = TypeVar("T")


def refuse_async(function: object, name: str) -> None:
    """Make sure that a sync session can call a function, as far as its signature shows.

    Raises:
        HtcConfigurationError: It is async.
    """
    if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None)):  # noqa: B004
        raise _refusal(name)


def not_async(result: T, name: str) -> T:
    """The result of a function that a sync session called.

    Raises:
        HtcConfigurationError: It has to be awaited.
    """
    if inspect.isawaitable(result):
        if inspect.iscoroutine(result):
            result.close()  # or Python would warn that nobody awaited it
        raise _refusal(name)
    return result


def _refusal(name: str) -> HtcConfigurationError:
    return HtcConfigurationError(
        f"{name} is an async function, which only an AsyncHtcSession can await: use that session, or pass a plain one."
    )
