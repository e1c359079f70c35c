# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /auth/token/whoami: Read the payload of the bearer token in use"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    value_decoder,
)
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
    """A call of ``GET /auth/token/whoami``.

    Returns the claims of the bearer token that authenticates this very call: who the user is, the
    workspace and any claims that were set when the job was submitted. A 401 means that the token has
    expired or is not a bearer token.
    """
    return Call(
        ROUTE,
        "/auth/token/whoami",
    )
