"""Describes an attempt of a call for the observer and the log."""

from __future__ import annotations

from .._utils.redaction import scrub
from .attempt import Attempt
from .errors import RequestContext, find_request_id
from .messages import Failure, FailureKind, Response


def describe(
    context: RequestContext,
    outcome: Response | Failure | BaseException,
    number: int,
    seconds: float,
    next_delay: float | None,
) -> Attempt:
    """The record of an attempt that has ended."""
    status = failure = error_type = request_id = None
    if isinstance(outcome, Response):
        status, request_id = outcome.status, find_request_id(outcome.headers, context.secrets)
        error_type = str(status) if status >= 300 else None
    elif isinstance(outcome, Failure):
        failure = scrub(outcome.detail, context.secrets, 300)
        unreadable = outcome.kind is FailureKind.UNREADABLE
        error_type = "HtcDecodeError" if unreadable else "HtcConnectionError"
        error_type = "HtcTimeoutError" if outcome.timeout else error_type
    else:
        failure, error_type = "interrupted", type(outcome).__name__
    return Attempt(
        operation=context.route.operation_id,
        method=context.route.method,
        path=scrub(context.path, context.secrets, 300),
        route=context.route.path,
        base_url=context.base_url,
        number=number,
        seconds=seconds,
        status=status,
        failure=failure,
        error_type=error_type,
        request_id=request_id,
        next_delay=next_delay,
    )
