# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/regions: List the regions of the workspace"""

from __future__ import annotations

from ...client import Call, Route, list_decoder, query
from ...models.cloud_provider import CloudProvider
from ...models.htc_region_admin_settings import HTCRegionAdminSettings

ROUTE: Route[list[HTCRegionAdminSettings]] = Route(
    operation_id="listRegions",
    function="get_htc_regions",
    method="GET",
    path="/htc/regions",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(HTCRegionAdminSettings),
)


def call(
    *,
    cloud_provider: CloudProvider | str | None = None,
    enabled: bool | None = None,
) -> Call[list[HTCRegionAdminSettings]]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_regions`."""
    return Call(
        ROUTE,
        "/htc/regions" + query(("cloudProvider", cloud_provider), ("enabled", enabled)),
    )
