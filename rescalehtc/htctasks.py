"""Tasks: find, create and delete them, and work with one.

The documentation and the high-level functions use :class:`HtcTask`. The low-level functions of :mod:`rescalehtc.api`
return the model ``HTCTask``, whose name differs only in case. ``submit``, ``wait`` and all other functions that take
an object with ``project_id`` and ``task_id`` accept both.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from rescalehtc_generated.models.htc_task import HTCTask
from rescalehtc_generated.models.job_status_summary import JobStatusSummary

from . import api
from ._studies.compatibility import (
    LONG_AGO,
    any_status,
    identifier,
    is_fresh,
    is_missing,
    require,
    to_json,
    to_model,
    utc_now,
)
from ._studies.own_counts import read_counts
from ._utils.protocols import Json
from ._utils.wire import WireNames
from .exceptions import HtcException
from .htcprojects import HtcProject
from .logger import logger

if TYPE_CHECKING:
    from .htcsession import HtcSession

__all__ = [
    "HtcTask",
    "create_task_with_name",
    "delete_task_with_id",
    "delete_tasks_with_name",
    "get_task_with_id",
    "get_tasks",
    "get_tasks_with_name",
]

_TASK = WireNames(HTCTask)
_SUMMARY = WireNames(JobStatusSummary)


class HtcTask:
    """A task.

    Attributes:
        json: The task as the service describes it: a plain dictionary under the names of the API.
        project: The project that holds the task.
        task_summary: The last result of :meth:`get_task_summary`, None before the first fetch.
        task_summary_updated_at: When that was fetched, with time zone.
    """

    def __init__(self, json: Json, project: HtcProject) -> None:
        self.json: Json = json
        self.project: HtcProject = require(project, HtcProject, "project")
        self.task_summary: Json | None = None
        self.task_summary_updated_at: datetime = utc_now() - LONG_AGO

    def __repr__(self) -> str:
        return (
            f"HtcTask(name={self.json.get(_TASK.task_name)!r}, id={self.json.get(_TASK.task_id)!r}, "
            f"status={self.json.get(_TASK.lifecycle_status)!r})"
        )

    @property
    def project_id(self) -> str:
        """Identifier of the project that holds the task."""
        return identifier(self.json, _TASK.project_id)

    @property
    def task_id(self) -> str:
        """Identifier of the task."""
        return identifier(self.json, _TASK.task_id)

    def get_task_summary(self, rescale: HtcSession) -> Json:
        """How many jobs of this task are in each status.

        The counts are under ``jobStatuses``; ``still_running`` says whether any job has not ended yet. Within 15
        seconds it returns the last response again: the service refreshes its counts every 30 seconds.
        :func:`rescalehtc.waiting.wait` saves you the loop.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        if self.task_summary is None or not is_fresh(self.task_summary_updated_at):
            summary = to_json(api.get_htc_projects_tasks_summary_statistics(rescale, self.project_id, self.task_id))
            counts = read_counts(summary.get(_SUMMARY.job_statuses))
            summary["still_running"] = counts.remaining > 0
            self.task_summary = summary
            self.task_summary_updated_at = utc_now()
            logger.debug("Fetched the summary of task %s", self.task_id)
        return self.task_summary

    def is_still_running(self, rescale: HtcSession) -> bool:
        """Whether any job of this task has not ended yet, from :meth:`get_task_summary`.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        return self.get_task_summary(rescale)["still_running"]

    def delete_task(self, rescale: HtcSession) -> None:
        """Delete this task; does nothing if it no longer exists.

        Raises:
            HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
        """
        delete_task_with_id(rescale, self.project, self.task_id)

    def cancel_jobs_in_task(self, rescale: HtcSession) -> None:
        """Cancel the waiting and running jobs of this task.

        Raises:
            HtcException: If the request fails; see :mod:`rescalehtc.exceptions`.
        """
        api.post_htc_projects_tasks_jobs_cancel(rescale, self.project_id, self.task_id)


def get_tasks(rescale: HtcSession, project: HtcProject, lifecycle_status: str = "ACTIVE") -> list[HtcTask]:
    """The tasks of a project in the given state.

    Args:
        rescale: Session to use.
        project: The project.
        lifecycle_status: ``ACTIVE``, ``ARCHIVED``, ``DELETED``, or ``any`` for all of them.

    Raises:
        HtcException: An argument is not acceptable, or the request fails.
    """
    project_id = require(project, HtcProject, "project").project_id
    return [
        HtcTask(to_json(task), project)
        for task in api.get_htc_projects_tasks(rescale, project_id)
        if any_status(lifecycle_status) or to_model(HTCTask, task).lifecycle_status == lifecycle_status
    ]


def get_tasks_with_name(
    rescale: HtcSession, project: HtcProject, task_name: str, lifecycle_status: str = "ACTIVE"
) -> list[HtcTask]:
    """The tasks of a project with this name, in the given state; names need not be unique.

    Args:
        rescale: Session to use.
        project: The project.
        task_name: Name to look for.
        lifecycle_status: ``ACTIVE``, ``ARCHIVED``, ``DELETED``, or ``any`` for all of them.

    Raises:
        HtcException: An argument is not acceptable, or the request fails.
    """
    return [
        task for task in get_tasks(rescale, project, lifecycle_status) if task.json.get(_TASK.task_name) == task_name
    ]


def get_task_with_id(rescale: HtcSession, project: HtcProject, task_id: str) -> HtcTask | None:
    """The task with this identifier, None if there is none.

    Raises:
        HtcException: An argument is not acceptable, or the request fails for another reason.
    """
    project_id = require(project, HtcProject, "project").project_id
    try:
        return HtcTask(to_json(api.get_htc_projects_tasks(rescale, project_id, task_id)), project)
    except HtcException as error:
        if is_missing(error):
            return None
        raise


def create_task_with_name(
    rescale: HtcSession, project: HtcProject, task_name: str, task_description: str = ""
) -> HtcTask:
    """Create a task.

    Args:
        rescale: Session to use.
        project: Project to create the task in.
        task_name: Name of the task; need not be unique.
        task_description: What the task is for, free text.

    Raises:
        HtcException: An argument is not acceptable, or the request fails.
    """
    project_id = require(project, HtcProject, "project").project_id
    task = api.post_htc_projects_tasks(
        rescale, project_id, payload={_TASK.task_name: task_name, _TASK.task_description: task_description}
    )
    return HtcTask(to_json(task), project)


def delete_tasks_with_name(rescale: HtcSession, project: HtcProject, task_name: str) -> list[Json]:
    """Delete every active task with this name.

    Returns:
        The tasks that were deleted, as the service described them before; an empty list if there were none.

    Raises:
        HtcException: An argument is not acceptable, or a request fails.
    """
    deleted: list[Json] = []
    for task in get_tasks_with_name(rescale, project, task_name):
        api.delete_htc_projects_tasks(rescale, task.project_id, task.task_id)
        deleted.append(task.json)
    logger.debug("Deleted %d tasks with the name %s", len(deleted), task_name)
    return deleted


def delete_task_with_id(rescale: HtcSession, project: HtcProject, task_id: str) -> Json | None:
    """Delete one task.

    Returns:
        The task as the service described it before, None if there was none.

    Raises:
        HtcException: An argument is not acceptable, or a request fails for another reason.
    """
    # The response to DELETE has no body, so the task is fetched first.
    task = get_task_with_id(rescale, project, task_id)
    if task is None:
        return None
    try:
        api.delete_htc_projects_tasks(rescale, task.project_id, task_id)
    except HtcException as error:
        if is_missing(error):
            return None
        raise
    return task.json
