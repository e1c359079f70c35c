"""What an observer of a session receives, and an observer for OpenTelemetry.

A session calls its observer, a function, after every attempt of every call, including those that fetch a bearer
token::

    from rescalehtc import HtcSession
    from rescalehtc.observers import Attempt

    def count(attempt: Attempt) -> None:
        statistics[attempt.operation, attempt.status] += 1

    session = HtcSession(observer=count)
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlsplit

from ._http.attempt import Attempt
from ._http.observing import START_ATTEMPT, Observer
from .exceptions import HtcMissingExtraError

__all__ = ["Attempt", "Observer", "opentelemetry_observer"]

# From the conventions; the library's defaults are made for milliseconds.
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10)


def opentelemetry_observer(tracer_provider: Any = None, meter_provider: Any = None) -> Observer:
    """An observer that makes a span and a measurement of every attempt, following the conventions for HTTP clients.

    A span is a child of the one that is current at the call, and is sent as ``traceparent``. It is named after method
    and path template, and repeated attempts have ``http.request.resend_count``. The duration goes to
    ``http.client.request.duration``.

    Args:
        tracer_provider: Provider to use instead of the global one.
        meter_provider: Provider to use instead of the global one.

    Raises:
        HtcMissingExtraError: The extra ``otel`` is not installed.
    """
    try:
        from opentelemetry import metrics, propagate, trace
    except ImportError as error:
        raise HtcMissingExtraError.of("opentelemetry_observer", "otel") from error
    from ._version import VERSION

    tracer = trace.get_tracer("rescalehtc", VERSION, tracer_provider)
    duration = metrics.get_meter("rescalehtc", VERSION, meter_provider).create_histogram(
        "http.client.request.duration",
        "s",
        "Duration of HTTP client requests.",
        explicit_bucket_boundaries_advisory=_BUCKETS,
    )

    under_way: ContextVar[trace.Span | None] = ContextVar("under_way", default=None)

    def start(method: str, route: str, url: str, seconds_ago: float = 0.0) -> trace.Span:
        # Samplers decide from the attributes at the start.
        known = {**_common(method, route, url), "url.full": url}
        at = time.time_ns() - int(seconds_ago * 1e9)
        return tracer.start_span(f"{method} {route}", kind=trace.SpanKind.CLIENT, attributes=known, start_time=at)

    def start_attempt(method: str, route: str, url: str) -> Mapping[str, str]:
        span, headers = start(method, route, url), dict[str, str]()
        under_way.set(span)
        propagate.inject(headers, trace.set_span_in_context(span))
        return headers

    def observe(attempt: Attempt) -> None:
        # None if another observer calls this one.
        url = attempt.base_url + attempt.path
        span = under_way.get() or start(attempt.method, attempt.route, url, attempt.seconds)
        under_way.set(None)
        common = _common(attempt.method, attempt.route, url)
        if attempt.status is not None:
            common["http.response.status_code"] = attempt.status
        if attempt.error_type is not None:
            common["error.type"] = attempt.error_type
        duration.record(attempt.seconds, common)
        # The URL again, here without anything that looks like a secret.
        span.set_attributes({**common, "url.full": url, "rescalehtc.operation": attempt.operation})
        if attempt.number > 1:
            span.set_attribute("http.request.resend_count", attempt.number - 1)
        if attempt.request_id is not None:
            span.set_attribute("rescalehtc.request_id", attempt.request_id)
        if attempt.error_type is not None:
            span.set_status(trace.StatusCode.ERROR, attempt.failure)
        span.end()

    vars(observe)[START_ATTEMPT] = start_attempt
    return observe


def _common(method: str, route: str, url: str) -> dict[str, str | int]:
    server = urlsplit(url)
    return {
        "http.request.method": method,
        "server.address": server.hostname or "",
        "server.port": server.port or (443 if server.scheme == "https" else 80),
        "url.scheme": server.scheme,
        "url.template": route,
    }
