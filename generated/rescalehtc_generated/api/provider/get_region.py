# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/regions/{region}: Get one region of the workspace"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.htc_region_admin_settings import HTCRegionAdminSettings
from ...models.supported_rescale_region import SupportedRescaleRegion

ROUTE: Route[HTCRegionAdminSettings] = Route(
    operation_id="getRegion",
    function="get_htc_regions",
    method="GET",
    path="/htc/regions/{region}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(HTCRegionAdminSettings),
)


def call(
    region: SupportedRescaleRegion | str,
) -> Call[HTCRegionAdminSettings]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_regions`."""
    return Call(
        ROUTE,
        f"/htc/regions/{segment('region', region)}",
    )
