"""Which statuses of a job are final, and what they mean."""

from __future__ import annotations

from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

SUCCEEDED = frozenset({RescaleJobStatus.SUCCEEDED.value, RescaleJobStatus.POD_SUCCEEDED.value})
FAILED = frozenset({RescaleJobStatus.FAILED.value, RescaleJobStatus.POD_FAILED.value})
FINAL = SUCCEEDED | FAILED
"""Any other status, including one that this version does not know, means that the job has not ended."""
