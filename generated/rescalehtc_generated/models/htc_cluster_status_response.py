# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCClusterStatusResponse: see the class."""

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
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.clusters = read_list(read_htc_cluster, sent["clusters"])
            model.gcp_project_id = sent["gcpProjectId"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_cluster_status_response = model_reader(HTCClusterStatusResponse)
_NAMES = wire_names(HTCClusterStatusResponse)
_LAYOUTS = Layouts(HTCClusterStatusResponse.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "clusters": lambda item: read_list(read_htc_cluster, item),
    }
