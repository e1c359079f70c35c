# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Organization: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.can_view_organization_jobs = sent["canViewOrganizationJobs"]
            model.code = sent["code"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_organization = model_reader(Organization)
_NAMES = wire_names(Organization)
_LAYOUTS = Layouts(Organization.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
