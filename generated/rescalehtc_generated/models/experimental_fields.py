# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ExperimentalFields: see the class."""

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
class ExperimentalFields(Model):
    """Switches for experimental features."""

    cloud_file_systems: bool | None = None
    """Meaning not documented by the service."""
    kubernetes_swap: bool | None = None
    """Meaning not documented by the service."""
    privileged_mode: bool | None = None
    """Meaning not documented by the service."""
    rescale_files_rdf_agent: bool | None = None
    """Meaning not documented by the service."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "cloudFileSystems": "cloud_file_systems",
        "kubernetesSwap": "kubernetes_swap",
        "privilegedMode": "privileged_mode",
        "rescaleFilesRDFAgent": "rescale_files_rdf_agent",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 4 else _NAMES | data
        try:
            model.cloud_file_systems = sent["cloudFileSystems"]
            model.kubernetes_swap = sent["kubernetesSwap"]
            model.privileged_mode = sent["privilegedMode"]
            model.rescale_files_rdf_agent = sent["rescaleFilesRDFAgent"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_experimental_fields = model_reader(ExperimentalFields)
_NAMES = wire_names(ExperimentalFields)
_LAYOUTS = Layouts(ExperimentalFields.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
