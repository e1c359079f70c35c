"""Which statuses of a job are final, and what they mean."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

SUCCEEDED = frozenset({RescaleJobStatus.SUCCEEDED.value, RescaleJobStatus.POD_SUCCEEDED.value})
FAILED = frozenset({RescaleJobStatus.FAILED.value, RescaleJobStatus.POD_FAILED.value})
FINAL = SUCCEEDED | FAILED
"""A status that is not here, also one that this version does not know, is taken for a job that goes on."""

FRESH_FOR = timedelta(seconds=15)
"""How long the objects of the 1.1.0 modules answer from what they fetched last; the service refreshes every 30 s."""

LONG_AGO = timedelta(hours=1)


def utc_now() -> datetime:
    """The time with its zone: comparisons stay right when the clock of the machine changes to summer time."""
    return datetime.now(UTC)


def is_fresh(moment: datetime) -> bool:
    """Whether something fetched at ``moment`` need not be fetched again yet."""
    return utc_now() - moment <= FRESH_FOR
