# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCCluster: see the class."""

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
from .autoscaling_profile import AutoscalingProfile, read_autoscaling_profile
from .htc_node_pool import HTCNodePool, read_htc_node_pool
from .rescale_region import RescaleRegion, read_rescale_region


@attrs.define(kw_only=True, repr=False)
class HTCCluster(Model):
    """A cluster on Google Cloud."""

    autoscaling: AutoscalingProfile | str | None = None
    """How readily the cluster shrinks."""
    name: str | None = None
    """Name of the cluster."""
    node_pools: list[HTCNodePool] | None = None
    """Node pools of the cluster."""
    region: RescaleRegion | str | None = None
    """Region of the cluster."""
    status: str | None = None
    """Status of the cluster. The values are not documented by the service."""
    subnetwork: str | None = None
    """Name of the cluster's subnetwork."""
    version: str | None = None
    """Version of the cluster's software."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "autoscaling": "autoscaling",
        "name": "name",
        "nodePools": "node_pools",
        "region": "region",
        "status": "status",
        "subnetwork": "subnetwork",
        "version": "version",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.autoscaling = read_autoscaling_profile(get("autoscaling"))
        model.name = get("name")
        model.node_pools = read_list(read_htc_node_pool, get("nodePools"))
        model.region = read_rescale_region(get("region"))
        model.status = get("status")
        model.subnetwork = get("subnetwork")
        model.version = get("version")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_cluster = model_reader(HTCCluster)
_LAYOUTS = Layouts(HTCCluster.WIRE_NAMES)
