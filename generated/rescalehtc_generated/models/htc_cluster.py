# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCCluster: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from operator import itemgetter
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
from .autoscaling_profile import AutoscalingProfile, autoscaling_profile_members, read_autoscaling_profile
from .htc_node_pool import HTCNodePool, read_htc_node_pool
from .rescale_region import RescaleRegion, read_rescale_region, rescale_region_members


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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 7 else _NAMES | data
        try:
            (
                model.autoscaling,
                model.name,
                model.node_pools,
                model.region,
                model.status,
                model.subnetwork,
                model.version,
            ) = _values(sent)
            model.autoscaling = autoscaling_profile_members[model.autoscaling]
            model.node_pools = read_list(read_htc_node_pool, model.node_pools)
            model.region = rescale_region_members[model.region]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_cluster = model_reader(HTCCluster)
_NAMES = wire_names(HTCCluster)
_LAYOUTS = Layouts(HTCCluster.WIRE_NAMES)
_values = itemgetter(*_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "autoscaling": read_autoscaling_profile,
        "nodePools": lambda item: read_list(read_htc_node_pool, item),
        "region": read_rescale_region,
    }
