# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /htc/storage: List the storage of the workspace"""

from __future__ import annotations

from ...client import Call, Route, list_decoder
from ...models.region_storage_option import RegionStorageOption

ROUTE: Route[list[RegionStorageOption]] = Route(
    operation_id="listStorage",
    function="get_htc_storage",
    method="GET",
    path="/htc/storage",
    authorization="bearer",
    accept="application/json",
    decode=list_decoder(RegionStorageOption),
)


def call() -> Call[list[RegionStorageOption]]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_htc_storage`."""
    return Call(
        ROUTE,
        "/htc/storage",
    )
