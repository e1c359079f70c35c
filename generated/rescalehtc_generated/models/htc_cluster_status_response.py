# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCClusterStatusResponse: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    read_list,
    unknown_fields,
    wire_values,
)
from .htc_cluster import HTCCluster, read_htc_cluster


@attrs.define(kw_only=True, repr=False)
class HTCClusterStatusResponse(Model):
    """The clusters of a workspace on Google Cloud."""

    clusters: list[HTCCluster] | None = None
    """The clusters."""
    gcp_project_id: str | None = None
    """Identifier of the Google Cloud project that holds them."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "clusters": "clusters",
        "gcpProjectId": "gcp_project_id",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.clusters = read_list(read_htc_cluster, get("clusters"))
        model.gcp_project_id = get("gcpProjectId")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_cluster_status_response = model_reader(HTCClusterStatusResponse)
_LAYOUTS = Layouts(HTCClusterStatusResponse.WIRE_NAMES)
