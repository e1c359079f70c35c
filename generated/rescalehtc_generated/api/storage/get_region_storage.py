# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/storage/region/{region}: Get the storage of one region"""

from __future__ import annotations

from ...client import Call, Route, object_decoder, segment
from ...models.region_storage_option import RegionStorageOption
from ...models.supported_rescale_region import SupportedRescaleRegion

ROUTE: Route[RegionStorageOption] = Route(
    operation_id="getRegionStorage",
    function="get_htc_storage_region",
    method="GET",
    path="/htc/storage/region/{region}",
    authorization="bearer",
    accept="application/json",
    decode=object_decoder(RegionStorageOption),
)


def call(
    region: SupportedRescaleRegion | str,
) -> Call[RegionStorageOption]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_storage_region`."""
    return Call(
        ROUTE,
        f"/htc/storage/region/{segment('region', region)}",
    )
