"""Reports every attempt of a call to an observer and to the log."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from .._auth.callbacks import refuse_async
from .._utils.redaction import scrub
from ..exceptions import HtcConfigurationError
from .attempt import Attempt
from .messages import Request

logger = logging.getLogger("rescalehtc")

LOG_VARIABLE = "RESCALE_HTC_LOG"

Observer: TypeAlias = Callable[[Attempt], None] | Callable[[Attempt], Awaitable[None]]

START_ATTEMPT = "start_attempt"
"""Attribute of an observer that adds headers to an attempt: a function of method, path template and URL."""

_LEVELS = ("debug", "info", "warning", "error")


def checked_observer(observer: Observer | None, *, may_wait: bool) -> Observer | None:
    """The observer, if a session of this kind can call it.

    Raises:
        HtcConfigurationError: It is not a function, or is async and the session is not.
    """
    if observer is not None and not callable(observer):  # pyright: ignore[reportUnnecessaryComparison]
        raise HtcConfigurationError(f"observer must be a function, not {type(observer).__name__}.")
    if not may_wait:
        refuse_async(observer, "observer")
    return observer


def traced(observer: Observer | None, request: Request, route: str) -> Request:
    """The request with the headers that the observer adds."""
    start = getattr(observer, START_ATTEMPT, None)
    if start is None:
        return request
    headers: Any = request.headers
    headers = headers.copy()  # shared between calls
    try:
        headers.update(start(request.method, route, scrub(request.url.partition("?")[0], limit=2000)))
    except Exception:
        log_observer_failure()
    return request._replace(headers=headers)


def log(attempt: Attempt) -> None:
    """Log the attempt: at INFO if another one follows, else at DEBUG."""
    logger.log(logging.DEBUG if attempt.next_delay is None else logging.INFO, "%s", attempt)


def log_observer_failure() -> None:
    """Log the exception of an observer: it must not fail a call that may have submitted jobs."""
    logger.exception("The observer raised an exception; the call continues")


def _no_other_handler_prints(_: logging.LogRecord) -> bool:
    """Whether no handler of the application prints to the terminal: it would print the line a second time."""
    return not any(getattr(each, "stream", None) in (sys.stdout, sys.stderr) for each in logging.root.handlers)


def set_up_logging(environ: Mapping[str, str] = os.environ) -> None:
    """Print the log to standard error, at the level that the environment sets.

    Raises:
        HtcConfigurationError: There is no such level.
    """
    name = environ.get(LOG_VARIABLE, "").strip().lower()
    if not name:
        return
    if name not in _LEVELS:
        raise HtcConfigurationError(
            f"Environment variable {LOG_VARIABLE} must be one of {', '.join(_LEVELS)}, not {name[:30]!r}."
        )
    logger.setLevel(name.upper())
    if not any(getattr(handler, "name", None) == LOG_VARIABLE for handler in logger.handlers):
        handler = logging.StreamHandler()
        handler.name = LOG_VARIABLE
        handler.addFilter(_no_other_handler_prints)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(handler)
