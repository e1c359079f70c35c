# Derived from rescalehtc/aio/preflight.py by `make generate`. Do not edit.
"""Checks before anything is billed whether jobs would be accepted, and could ever start."""

from __future__ import annotations

from collections.abc import Iterable

from rescalehtc_generated.client import Session

from ._records.findings import Finding, Findings
from ._studies.preflighting import check_images, find_obstacles
from ._studies.session_check import check_sync
from ._utils.protocols import HasProject
from .definitions import JobDefinition

__all__ = ["Finding", "Findings", "preflight"]


def preflight(session: Session, target: HasProject, jobs: JobDefinition | Iterable[JobDefinition]) -> Findings:
    """What keeps jobs from being accepted or from ever starting, and what would fit instead.

    Looks at images, the machines of the project, the limits of project and workspace, and what the API description
    forbids. Skips what you are not allowed to read.

    Args:
        session: Session to use.
        target: Task or project to submit to.
        jobs: One definition, or several.

    Returns:
        The findings; an empty list means that no obstacle is known.

    Raises:
        HtcException: If a request fails; see :mod:`rescalehtc.exceptions`.
    """
    check_sync(session, "preflight", target, "project_id")
    definitions = [jobs] if isinstance(jobs, JobDefinition) else list(jobs)
    findings = find_obstacles(session, target.project_id, definitions)
    findings += check_images(session, target.project_id, (each.image_name for each in definitions))
    return findings
