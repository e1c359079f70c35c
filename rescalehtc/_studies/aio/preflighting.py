"""Asks the service what jobs need in order to start."""

from __future__ import annotations

from collections.abc import Iterable

from rescalehtc_generated.api.container_registry import get_image_status
from rescalehtc_generated.api.project import get_project, get_project_dimensions, list_project_limits
from rescalehtc_generated.api.workspace import get_workspace_limit
from rescalehtc_generated.client import AsyncSession
from rescalehtc_generated.models.htc_compute_environment import HTCComputeEnvironment
from rescalehtc_generated.models.image_readiness import ImageReadiness

from ..._records.findings import Finding, Findings
from ...definitions import JobDefinition
from ...exceptions import HtcNotFoundError, HtcPreflightError, HtcStatusError
from ..preflight_rules import check_fields, check_limits, check_machines


async def find_obstacles(session: AsyncSession, project_id: str, definitions: Iterable[JobDefinition]) -> Findings:
    """What keeps jobs from being accepted or started, except for images."""
    findings = Findings()
    machines = await _machines(session, project_id)
    limits = await _limits(session, project_id)
    for definition in definitions:
        for checked in (
            check_fields(definition),
            check_limits(definition, limits),
            check_machines(definition, machines),
        ):
            findings += [finding for finding in checked if finding not in findings]
    return findings


async def check_images(session: AsyncSession, project_id: str, names: Iterable[str]) -> Findings:
    """Whether images exist and are ready."""
    findings = Findings()
    for name in dict.fromkeys(names):
        try:
            status = (await session.send(get_image_status.call(project_id, name))).status
        except HtcNotFoundError:
            text = f"The project's registry has no image {name}. Push it, or correct the name."
            findings.append(Finding("image_name", text))
            continue
        if status != ImageReadiness.READY:
            text = f"The image {name} is {status}; submitting waits until it is READY."
            findings.append(Finding("image_name", text, blocks=False))
    return findings


async def refuse_obstacles(session: AsyncSession, project_id: str, definitions: Iterable[JobDefinition]) -> Findings:
    """Refuse jobs that cannot run; return what is worth a warning.

    Raises:
        HtcPreflightError: Jobs could never start, or would be refused.
    """
    findings = await find_obstacles(session, project_id, definitions)
    if findings.blocking:
        lines = "\n".join(f"- {finding}" for finding in findings)
        error = HtcPreflightError(
            f"These jobs cannot run; nothing was submitted:\n{lines}\nPass preflight=False to submit them anyway."
        )
        error.findings = findings
        raise error
    return findings


async def _machines(session: AsyncSession, project_id: str) -> list[HTCComputeEnvironment]:
    try:
        return await session.send(get_project_dimensions.call(project_id))
    except HtcStatusError:
        # A user who may submit need not be allowed to read this; then it cannot be checked.
        return []


async def _limits(session: AsyncSession, project_id: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    try:
        limits = await session.send(list_project_limits.call(project_id))
        found += [(f"the project ({limit.modifier_role})", limit.vcpus) for limit in limits]
    except HtcStatusError:
        pass
    try:
        project = await session.send(get_project.call(project_id))
        if project.workspace_id:
            limit = await session.send(get_workspace_limit.call(project.workspace_id))
            found.append(("the workspace", limit.vcpus))
    except HtcStatusError:
        pass
    # At run time even a promised number may be missing.
    return [(name, vcpus) for name, vcpus in found if isinstance(vcpus, int)]  # pyright: ignore[reportUnnecessaryIsInstance]
