# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /auth/token/whoami: Read the payload of the bearer token in use"""

from __future__ import annotations

from ...client import Call, Route, value_decoder
from ...models.htc_token_payload import HTCTokenPayload

ROUTE: Route[HTCTokenPayload | str] = Route(
    operation_id="getTokenWhoAmI",
    function="get_auth_token_whoami",
    method="GET",
    path="/auth/token/whoami",
    authorization="bearer",
    accept="application/json",
    decode=value_decoder(HTCTokenPayload | str),
)


def call() -> Call[HTCTokenPayload | str]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_auth_token_whoami`."""
    return Call(
        ROUTE,
        "/auth/token/whoami",
    )
