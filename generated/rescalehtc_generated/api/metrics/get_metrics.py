# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/metrics: Read metrics in text form"""

from __future__ import annotations

from ...client import Call, Route, decode_text, headers

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
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_metrics`."""
    return Call(
        ROUTE,
        "/htc/metrics",
        headers=headers(
            ("Accept-Encoding", accept_encoding),
        ),
    )
