# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /auth/whoami: Describe the owner of an API key or refresh token"""

from __future__ import annotations

from ...client import Call, Route, object_decoder
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
    """Build a call of this route; see :func:`~rescalehtc.api.get_auth_whoami`."""
    return Call(
        ROUTE,
        "/auth/whoami",
        authorization=authorization,
    )
