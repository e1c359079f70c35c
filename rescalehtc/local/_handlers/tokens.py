"""Tokens and their owners."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import parse_qs

from .._server_state import ServerState
from .._state.credentials import (
    ORGANIZATION_CODE,
    TOKEN_LIFETIME,
    USER_EMAIL,
    USER_ID,
    USER_NAME,
    WORKSPACE_ID,
    WORKSPACE_NAME,
)
from .._wire.messages import ApiError, Call
from .._wire.types import JsonObject
from .registry import operation

#: Claims that the local server needs for itself and does not show.
_INTERNAL_CLAIMS = ("iss", "sub", "iat", "exp", "jti", "localScopeProjectId", "localScopeTaskId")


@operation("getJsonWebKeys")
def get_json_web_keys(state: ServerState, call: Call) -> JsonObject:
    return state.credentials.jwks


@operation("getAuthToken")
def get_auth_token(state: ServerState, call: Call) -> JsonObject:
    return {"tokenValue": state.credentials.issue(), "expiresIn": TOKEN_LIFETIME}


@operation("getTokenWhoAmI")
def get_token_who_am_i(state: ServerState, call: Call) -> JsonObject:
    assert call.caller is not None
    return {name: value for name, value in call.caller.claims.items() if name not in _INTERNAL_CLAIMS}


@operation("getWhoAmI")
def get_who_am_i(state: ServerState, call: Call) -> JsonObject:
    """The only user administers the workspace, since nobody else could."""
    roles = {"OrganizationAdmin": False, "RescaleAdmin": False, "Superuser": False, "WorkspaceAdmin": True}
    return {
        "user": {
            "userId": USER_ID,
            "fullName": USER_NAME,
            "email": USER_EMAIL,
            "organization": {"code": ORGANIZATION_CODE, "canViewOrganizationJobs": False},
            "workspace": {"id": WORKSPACE_ID, "name": WORKSPACE_NAME},
            **{f"is{name}": value for name, value in roles.items()},
            **{name[0].lower() + name[1:]: value for name, value in roles.items()},
        },
        "userFeatures": {"count": 0, "results": []},
    }


@operation("createOAuth2Token")
def create_oauth2_token(state: ServerState, call: Call) -> JsonObject:
    """Which grants the service knows is not published.

    The local server accepts the API key or a refresh token: in the Authorization header as for ``/auth/token``, as the
    password of HTTP Basic, or in a form as ``client_secret`` or ``refresh_token``.
    """
    if call.caller is None and not any(state.credentials.identify(*credential) for credential in _credentials_of(call)):
        raise ApiError(400, "invalid_client", "The request has no valid API key or refresh token.")
    return {"access_token": state.credentials.issue(), "token_type": "Bearer", "expires_in": TOKEN_LIFETIME}


def _credentials_of(call: Call) -> list[tuple[str, str]]:
    """The credentials of the request, each as (scheme, credential)."""
    scheme, _, credential = call.headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    found = [(scheme, credential.strip())] if scheme.lower() in ("token", "refresh") else []
    if scheme.lower() == "basic":
        try:
            _, _, password = base64.b64decode(credential, validate=True).decode().partition(":")
            found.append(("token", password))
        except (binascii.Error, UnicodeDecodeError):
            pass
    form = parse_qs(call.raw_body.decode("utf-8", "replace"))
    found += [("token", value) for value in form.get("client_secret", [])]
    found += [("refresh", value) for value in form.get("refresh_token", [])]
    return found
