# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""GET /auth/token: Exchange an API key or refresh token for a bearer token"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    headers,
    object_decoder,
)
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
    """A call of ``GET /auth/token``.

    Returns a fresh bearer token (a JWT) for every other route. The `Authorization` header carries
    either `Token <API key>` or `Refresh <refresh token>`, not a bearer token. The new token is valid
    for `expiresIn` seconds, about six hours. A 401 means that the key or refresh token is wrong,
    expired or revoked, and repeating the call does not help.

    Args:
        x_rescale_environment: Rescale environment for which the token is issued. Default `prod`; other
            values are not documented by the service.
        authorization: Full value of the Authorization header.
    """
    return Call(
        ROUTE,
        "/auth/token",
        headers=headers(
            ("X-Rescale-Environment", x_rescale_environment),
        ),
        authorization=authorization,
    )
