# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /auth/token: Exchange an API key or refresh token for a bearer token"""

from __future__ import annotations

from ...client import Call, Route, headers, object_decoder
from ...models.htc_token import HTCToken

ROUTE: Route[HTCToken] = Route(
    operation_id="getAuthToken",
    function="get_auth_token",
    method="GET",
    path="/auth/token",
    authorization="key",
    accept="application/json",
    decode=object_decoder(HTCToken),
)


def call(
    *,
    x_rescale_environment: str | None = None,
    authorization: str | None = None,
) -> Call[HTCToken]:
    """Build a call of this route; see :func:`~rescalehtc.api.get_auth_token`."""
    return Call(
        ROUTE,
        "/auth/token",
        headers=headers(
            ("X-Rescale-Environment", x_rescale_environment),
        ),
        authorization=authorization,
    )
