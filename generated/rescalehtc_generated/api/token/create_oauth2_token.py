# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""POST /oauth2/token: Get an access token in the OAuth 2.0 form"""

from __future__ import annotations

from ...client import Call, Route, object_decoder
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
    """Build a call of this route; see :func:`~rescalehtc.api.post_oauth2_token`."""
    return Call(
        ROUTE,
        "/oauth2/token",
        authorization=authorization,
    )
