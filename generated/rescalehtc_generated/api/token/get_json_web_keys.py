# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /.well-known/jwks.json: Get the public keys that sign bearer tokens"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
)
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
    """A call of ``GET /.well-known/jwks.json``.

    Returns the JSON Web Key Set with which the RS256 signature of a bearer token can be checked, for
    example by a service that runs inside a job. Needs no credentials. Safe to repeat.
    """
    return Call(
        ROUTE,
        "/.well-known/jwks.json",
    )
