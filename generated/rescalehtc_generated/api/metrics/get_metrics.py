# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/metrics: Read metrics in text form"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    decode_text,
    headers,
)

ROUTE: Route[str] = Route(
    operation_id="getMetrics",
    function="get_htc_metrics",
    method="GET",
    path="/htc/metrics",
    authorization="bearer",
    accept="text/plain",
    decode=decode_text,
)


def call(
    *,
    accept_encoding: str | None = None,
) -> Call[str]:
    """A call of ``GET /htc/metrics``.

    Returns metrics as lines of text rather than JSON. Of the metric names only `htc_job_limit_vcpus` is
    known; accept any other.

    Args:
        accept_encoding: Compressions that the caller understands, comma-separated as in any HTTP
            request, for example `gzip`.
    """
    return Call(
        ROUTE,
        "/htc/metrics",
        headers=headers(
            ("Accept-Encoding", accept_encoding),
        ),
    )
