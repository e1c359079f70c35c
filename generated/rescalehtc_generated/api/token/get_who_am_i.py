# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /auth/whoami: Describe the owner of an API key or refresh token"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
)
from ...models.who_am_i import WhoAmI

ROUTE: Route[WhoAmI] = Route(
    operation_id="getWhoAmI",
    function="get_auth_whoami",
    method="GET",
    path="/auth/whoami",
    authorization="key",
    accept="application/json",
    decode=object_decoder(WhoAmI),
)


def call(
    *,
    authorization: str | None = None,
) -> Call[WhoAmI]:
    """A call of ``GET /auth/whoami``.

    Returns the user, the workspace, the organization and the feature flags behind the credential. Like
    `/auth/token` it takes `Token <API key>` or `Refresh <refresh token>` rather than a bearer token.

    Args:
        authorization: Full value of the Authorization header.
    """
    return Call(
        ROUTE,
        "/auth/whoami",
        authorization=authorization,
    )
