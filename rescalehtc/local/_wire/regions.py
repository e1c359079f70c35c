"""The regions that this server imitates: every region of the description, on this machine.

The local server enables those of the first two providers in the description, which is its own choice.
"""

from __future__ import annotations

from .spec import Spec
from .types import JsonObject


def provider_of(region: str) -> str:
    """The provider, which begins the name of every region."""
    return region.partition("_")[0]


def supported(spec: Spec) -> list[str]:
    return spec.enum("SupportedRescaleRegion")


def enabled(spec: Spec) -> list[str]:
    """Where jobs may run and files may be stored, the default region first."""
    providers = spec.enum("CloudProvider")[:2]
    return [region for region in supported(spec) if provider_of(region) in providers]


def default(spec: Spec) -> str:
    return enabled(spec)[0]


def of_project(spec: Spec, project: JsonObject) -> list[str]:
    """The enabled regions of a project, its default first. A project without regions uses the workspace's default."""
    known = enabled(spec)
    return [region for region in project["regions"] if region in known] or [default(spec)]
