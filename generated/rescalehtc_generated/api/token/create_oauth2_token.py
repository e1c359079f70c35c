# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /oauth2/token: Get an access token in the OAuth 2.0 form"""

from __future__ import annotations

from ...client import (
    Call,
    Route,
    object_decoder,
)
from ...models.oauth2_token import OAuth2Token

ROUTE: Route[OAuth2Token] = Route(
    operation_id="createOAuth2Token",
    function="post_oauth2_token",
    method="POST",
    path="/oauth2/token",
    authorization="none",
    accept="application/json",
    decode=object_decoder(OAuth2Token),
)


def call(
    *,
    authorization: str | None = None,
) -> Call[OAuth2Token]:
    """A call of ``POST /oauth2/token``.

    Returns an access token under the field names of OAuth 2.0. Which grant types and form fields the
    route expects is not documented by the service, so no request body is described here; `/auth/token`
    is the documented way to a bearer token. A 400 holds the reason as an error code.

    Args:
        authorization: Full value of the Authorization header.
    """
    return Call(
        ROUTE,
        "/oauth2/token",
        authorization=authorization,
    )
