"""Bearer tokens, which are JSON web tokens: what one says, and whether it is genuine."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, cast

from .exceptions import HtcException

if TYPE_CHECKING:
    from rescalehtc_generated.client import AsyncSession, Session
    from rescalehtc_generated.models import JsonWebKeySet

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
    def scopes(self) -> frozenset[str]:
        """What the token is good for; empty where it does not say."""
        for name in ("scope", "scp", "scopes"):
            value = self.payload.get(name)
            if isinstance(value, str):
                return frozenset(value.split())
            if isinstance(value, list):
                return frozenset(str(item) for item in cast("list[object]", value))
        return frozenset()

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

    def verify(self, rescale: Session, *, leeway_seconds: float = 30.0) -> Self:
        """Check that the service has issued this token, and that it is valid now.

        The claims of a token that was not verified may have been made up by anyone. Needs the extra ``jwt``.

        Args:
            rescale: Session with which the service's public keys are fetched.
            leeway_seconds: How much the clocks of this machine and of the service may differ.

        Returns:
            This token.

        Raises:
            HtcTokenError: It is not genuine, or not valid now.
            HtcMissingExtraError: The extra is not installed.
            HtcException: One of its family, when the keys cannot be fetched.
        """
        from . import api

        return self.verify_with(api.get_well_known_jwks(rescale), leeway_seconds=leeway_seconds)

    async def verify_async(self, rescale: AsyncSession, *, leeway_seconds: float = 30.0) -> Self:
        """The same as :meth:`verify`, with an async session."""
        from . import aio

        return self.verify_with(await aio.get_well_known_jwks(rescale), leeway_seconds=leeway_seconds)

    def verify_with(self, keys: JsonWebKeySet | Mapping[str, Any], *, leeway_seconds: float = 30.0) -> Self:
        """The same as :meth:`verify`, with keys fetched before: for a program that checks many tokens.

        Raises:
            HtcTokenError: It is not genuine, or not valid now.
            HtcMissingExtraError: The extra ``jwt`` is not installed.
        """
        from ._token_verification import check_token

        plain = dict(keys)
        check_token(self.encoded_token, self.header, plain, leeway_seconds)
        return self

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
