# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ExperimentalFields: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    unknown_fields,
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
        get = data.get
        model = cls.__new__(cls)
        model.cloud_file_systems = get("cloudFileSystems")
        model.kubernetes_swap = get("kubernetesSwap")
        model.privileged_mode = get("privilegedMode")
        model.rescale_files_rdf_agent = get("rescaleFilesRDFAgent")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_experimental_fields = model_reader(ExperimentalFields)
_LAYOUTS = Layouts(ExperimentalFields.WIRE_NAMES)
