"""The body of a submission, from the separate arguments that 1.1.0 takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from rescalehtc_generated.models.architecture import Architecture
from rescalehtc_generated.models.cloud_provider import CloudProvider
from rescalehtc_generated.models.htc_job_definition import HTCJobDefinition
from rescalehtc_generated.models.htc_job_submit_request import HTCJobSubmitRequest
from rescalehtc_generated.models.htc_project import HTCProject
from rescalehtc_generated.models.job_priority import JobPriority

from .._utils.protocols import Json
from .._utils.wire import WireNames
from ..exceptions import HtcException

_BATCH = WireNames(HTCJobSubmitRequest)
_DEFINITION = WireNames(HTCJobDefinition)
_PROJECT = WireNames(HTCProject)
_PROVIDERS = (CloudProvider.GCP, CloudProvider.AWS)


def one_batch(
    project: Json,
    region: str | None,
    batch_size: int,
    job_name: str,
    batch_tags: Sequence[Any],
    definition: Json,
) -> Json:
    """One batch, after the checks that 1.1.0 makes too: they find a mistake before waiting for any image.

    Raises:
        HtcException: An argument is not acceptable.
    """
    _check_choice("priority", definition[_DEFINITION.priority], tuple(JobPriority))
    _check_choice("architecture", definition[_DEFINITION.architecture], tuple(Architecture))
    _check_pairs("envs", definition[_DEFINITION.envs])
    _check_pairs("claims", definition[_DEFINITION.claims])
    commands: object = definition[_DEFINITION.commands]
    if isinstance(commands, str) or not isinstance(commands, Sequence):
        raise HtcException(f"commands must be a list such as ['python', 'solve.py'], not {commands!r}.")
    chosen = _choose_region(project.get(_PROJECT.regions) or [], region)
    return {
        _BATCH.job_name: job_name,
        _BATCH.batch_size: batch_size,
        _BATCH.tags: list(batch_tags or ()),
        _BATCH.regions: [chosen],
        _BATCH.cloud_provider: _provider_of(chosen),
        _BATCH.htc_job_definition: definition,
    }


def _choose_region(regions: Sequence[str], region: str | None) -> str:
    listed = ", ".join(regions) or "none"
    if region is None:
        if len(regions) != 1:
            raise HtcException(f"The argument region is needed: the project has {len(regions)} regions ({listed}).")
        return regions[0]
    if region not in regions:
        raise HtcException(f"The project has no region {region!r}; it has: {listed}.")
    return region


def _provider_of(region: str) -> str:
    for provider in _PROVIDERS:
        if provider.value in region:
            return provider.value
    raise HtcException(f"The region {region!r} does not name a cloud provider; use create_job_batch_raw.")


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise HtcException(f"{name} must be one of {', '.join(choices)}, not {value!r}.")


def _check_pairs(name: str, value: object) -> None:
    kind = type(value).__name__
    expected = f'{name} must be a list such as [{{"name": "MODE", "value": "fast"}}]'
    if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
        raise HtcException(f"{expected}, not a {kind}.")
    for position, pair in enumerate(cast("Sequence[object]", value)):
        # The value may be a secret: the message names the position only.
        if not isinstance(pair, Mapping) or set(cast("Mapping[str, Any]", pair)) != {"name", "value"}:
            raise HtcException(f"{expected}; item {position} has other keys or is not a dictionary.")
