"""Which jobs of a task are results of what you asked for."""

from __future__ import annotations

from rescalehtc_generated.api.job import list_jobs
from rescalehtc_generated.client import Call, Page
from rescalehtc_generated.models.htc_job import HTCJob
from rescalehtc_generated.models.rescale_job_status import RescaleJobStatus

from .._records import statuses
from .._utils.protocols import HasTask
from .wait_rules import group_of


class ResultFilter:
    """Whether a job has ended and belongs to a task or submission."""

    def __init__(self, target: HasTask) -> None:
        parents: list[str] | None = getattr(target, "parent_job_ids", None)
        self._parents = None if parents is None else frozenset(parents)

    def __call__(self, job: HTCJob) -> bool:
        if job.status not in statuses.FINAL:
            return False
        return self._parents is None or job.job_uuid.rpartition(":")[0] in self._parents


def results_call(target: HasTask, group: str | None, status: RescaleJobStatus | str | None) -> Call[Page[HTCJob]]:
    """The listing in which the results are found."""
    return list_jobs.call(
        target.project_id, target.task_id, group=group_of(target) if group is None else group, status=status
    )
