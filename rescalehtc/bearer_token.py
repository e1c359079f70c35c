"""Looks into bearer tokens, which are JSON web tokens. Signatures are not checked here."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import Any, cast

from .exceptions import HtcException

__all__ = ["BearerToken", "token_from_str"]

_USER_PREFIX = "userDefined_"


class BearerToken:
    """A bearer token and what it says.

    Attributes:
        header: Header of the JWT.
        payload: Claims of the JWT, such as ``userEmail``, ``workspaceId``, ``exp``.
        encoded_token: The token as it is sent. A secret: whoever has it can act in your name.
    """

    def __init__(self, header: dict[str, Any], payload: dict[str, Any], encoded_token: str) -> None:
        self.header = dict(header)
        self.payload = dict(payload)
        self.encoded_token = encoded_token

    @property
    def expiry(self) -> datetime | None:
        """End of the token's life, in UTC; None where the token does not say."""
        seconds = self.payload.get("exp")
        if not isinstance(seconds, int | float):
            return None
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (ValueError, OverflowError, OSError):
            return None

    @property
    def user_claims(self) -> dict[str, Any]:
        """The claims that were given when the job was submitted, under the names they were given."""
        return {
            name.removeprefix(_USER_PREFIX): value
            for name, value in self.payload.items()
            if name.startswith(_USER_PREFIX)
        }

    def get_user_claims(self) -> dict[str, Any]:
        """The same as :attr:`user_claims`."""
        return self.user_claims

    def __repr__(self) -> str:
        expiry = self.expiry
        return f"BearerToken(expiry={expiry.isoformat() if expiry else None}, claims={sorted(self.payload)})"


def token_from_str(data: str) -> BearerToken:
    """Read a token of the form ``header.payload.signature``.

    Raises:
        HtcException: It is no JSON web token. The message does not repeat it.
    """
    parts = data.split(".")
    if len(parts) != 3:
        raise HtcException(f"This is no bearer token: it has {len(parts)} parts between dots, a JWT has 3.")
    return BearerToken(_object("header", parts[0]), _object("payload", parts[1]), data)


def _object(name: str, part: str) -> dict[str, Any]:
    try:
        value: object = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise HtcException(f"This is no bearer token: its {name} is not a JSON object in base64.")
    return cast("dict[str, Any]", value)
