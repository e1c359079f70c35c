# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Organization: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    remember,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class Organization(Model):
    """An organization."""

    can_view_organization_jobs: bool | None = None
    """Whether the user may see jobs of the whole organization."""
    code: str | None = None
    """Code of the organization."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "canViewOrganizationJobs": "can_view_organization_jobs",
        "code": "code",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.can_view_organization_jobs = get("canViewOrganizationJobs")
        model.code = get("code")
        remember(model, data, _NAMES)
        return model


read_organization = model_reader(Organization)
_NAMES = frozenset(Organization.WIRE_NAMES)
