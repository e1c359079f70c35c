"""The metrics of the service as samples; needs the extra ``metrics``."""

from __future__ import annotations

from rescalehtc_generated.api.metrics import get_metrics
from rescalehtc_generated.client import AsyncSession

from .._studies.metrics_text import Sample, parse_metrics
from .._studies.session_check import check_async

__all__ = ["Sample", "parse_metrics", "read_metrics"]


async def read_metrics(rescale: AsyncSession) -> list[Sample]:
    """Samples of ``GET /htc/metrics``.

    Raises:
        HtcException: If the request fails, or the response is not metrics; see :mod:`rescalehtc.exceptions`.
    """
    check_async(rescale, "read_metrics")
    return parse_metrics(await rescale.send(get_metrics.call()))
