# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /.well-known/jwks.json: Get the public keys that sign bearer tokens"""

from __future__ import annotations

from ...client import Call, Route, object_decoder
from ...models.json_web_key_set import JsonWebKeySet

ROUTE: Route[JsonWebKeySet] = Route(
    operation_id="getJsonWebKeys",
    function="get_well_known_jwks",
    method="GET",
    path="/.well-known/jwks.json",
    authorization="none",
    accept="application/json",
    decode=object_decoder(JsonWebKeySet),
)


def call() -> Call[JsonWebKeySet]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_well_known_jwks`."""
    return Call(
        ROUTE,
        "/.well-known/jwks.json",
    )
