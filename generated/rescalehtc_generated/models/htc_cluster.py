# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCCluster: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    read_list,
    remember,
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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.autoscaling = read_autoscaling_profile(get("autoscaling"))
        model.name = get("name")
        model.node_pools = read_list(read_htc_node_pool, get("nodePools"))
        model.region = read_rescale_region(get("region"))
        model.status = get("status")
        model.subnetwork = get("subnetwork")
        model.version = get("version")
        remember(model, data, _NAMES)
        return model


read_htc_cluster = model_reader(HTCCluster)
_NAMES = frozenset(HTCCluster.WIRE_NAMES)
