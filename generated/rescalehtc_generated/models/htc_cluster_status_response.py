# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCClusterStatusResponse: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.clusters = read_list(read_htc_cluster, get("clusters"))
        model.gcp_project_id = get("gcpProjectId")
        remember(model, data, _NAMES)
        return model


read_htc_cluster_status_response = model_reader(HTCClusterStatusResponse)
_NAMES = frozenset(HTCClusterStatusResponse.WIRE_NAMES)
