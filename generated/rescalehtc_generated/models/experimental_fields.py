# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""ExperimentalFields: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.cloud_file_systems = get("cloudFileSystems")
        model.kubernetes_swap = get("kubernetesSwap")
        model.privileged_mode = get("privilegedMode")
        model.rescale_files_rdf_agent = get("rescaleFilesRDFAgent")
        remember(model, data, _NAMES)
        return model


read_experimental_fields = model_reader(ExperimentalFields)
_NAMES = frozenset(ExperimentalFields.WIRE_NAMES)
