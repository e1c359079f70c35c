"""Bearer tokens (JSON web tokens): read their claims and verify them."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self, cast

from .exceptions import HtcException, HtcMissingExtraError, HtcPayloadError, HtcTokenError

if TYPE_CHECKING:
    from rescalehtc_generated.client import Session
    from rescalehtc_generated.models import JsonWebKeySet

__all__ = ["BearerToken", "token_from_str"]

_USER_PREFIX = "userDefined_"
# The only algorithm that is accepted: what a token says about itself must not weaken the check.
_ALGORITHM = "RS256"


class BearerToken:
    """A bearer token and its claims.

    Attributes:
        header: Header of the JWT.
        payload: Claims of the JWT, such as ``userEmail``, ``workspaceId``, ``exp``.
        encoded_token: The token as it is sent. A secret: whoever has it can act in your name.
    """

    def __init__(self, header: dict[str, Any], payload: dict[str, Any], encoded_token: str) -> None:
        self.header: dict[str, Any] = dict(header)
        self.payload: dict[str, Any] = dict(payload)
        self.encoded_token = encoded_token

    @property
    def expiry(self) -> datetime | None:
        """When the token expires, in UTC; None if it does not say."""
        seconds = self.payload.get("exp")
        if not isinstance(seconds, int | float):
            return None
        try:
            return datetime.fromtimestamp(seconds, UTC)
        except (ValueError, OverflowError, OSError):
            return None

    @property
    def scopes(self) -> frozenset[str]:
        """What the token permits; empty if the token does not say."""
        for name in ("scope", "scp", "scopes"):
            value = self.payload.get(name)
            if isinstance(value, str):
                return frozenset(value.split())
            if isinstance(value, list):
                return frozenset(str(item) for item in cast("list[object]", value))
        return frozenset()

    @property
    def user_claims(self) -> dict[str, Any]:
        """The claims that were passed when the job was submitted, by name."""
        return {
            name.removeprefix(_USER_PREFIX): value
            for name, value in self.payload.items()
            if name.startswith(_USER_PREFIX)
        }

    def get_user_claims(self) -> dict[str, Any]:
        """The same as :attr:`user_claims`."""
        return self.user_claims

    def verify(self, rescale: Session, *, leeway_seconds: float = 30.0) -> Self:
        """Check that the service issued this token, and that it is valid now.

        The claims of a token that was not verified may have been made up by anyone. Needs the extra ``jwt``.

        Args:
            rescale: Session with which the service's public keys are fetched.
            leeway_seconds: How much the clocks of this machine and of the service may differ.

        Returns:
            This token.

        Raises:
            HtcTokenError: It is not genuine, or not valid now.
            HtcMissingExtraError: The extra is not installed.
            HtcException: If the keys cannot be fetched; see :mod:`rescalehtc.exceptions`.
        """
        from rescalehtc_generated.api.token import get_json_web_keys
        from rescalehtc_generated.client import check_session

        if getattr(type(rescale), "_session_kind", None) == "async":
            raise HtcPayloadError(
                "verify() takes an HtcSession. With an AsyncHtcSession, use verify_with(await "
                "aio.get_well_known_jwks(session))."
            )
        check_session(rescale, "sync", "verify")

        return self.verify_with(rescale.send(get_json_web_keys.call()), leeway_seconds=leeway_seconds)

    def verify_with(self, keys: JsonWebKeySet | Mapping[str, Any], *, leeway_seconds: float = 30.0) -> Self:
        """The same as :meth:`verify`, with keys that you have fetched.

        Use it to check many tokens, or with an async session:
        ``token.verify_with(await aio.get_well_known_jwks(session))``.

        Raises:
            HtcTokenError: It is not genuine, or not valid now.
            HtcMissingExtraError: The extra ``jwt`` is not installed.
        """
        _check_signature(self.encoded_token, self.header, keys, leeway_seconds)
        return self

    def __repr__(self) -> str:
        expiry = self.expiry
        return f"BearerToken(expiry={expiry.isoformat() if expiry else None}, claims={sorted(self.payload)})"


def token_from_str(data: str) -> BearerToken:
    """Read a token of the form ``header.payload.signature``.

    Raises:
        HtcException: It is not a JSON web token. The message does not repeat it.
    """
    parts = data.split(".")
    if len(parts) != 3:
        raise HtcException(f"This is not a bearer token: it has {len(parts)} parts between dots, a JWT has 3.")
    return BearerToken(_object("header", parts[0]), _object("payload", parts[1]), data)


def _object(name: str, part: str) -> dict[str, Any]:
    try:
        value: object = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise HtcException(f"This is not a bearer token: its {name} is not a JSON object in base64.")
    return cast("dict[str, Any]", value)


def _check_signature(encoded: str, header: Mapping[str, Any], keys: Mapping[str, Any], leeway_seconds: float) -> None:
    try:
        import jwt
    except ImportError:
        raise HtcMissingExtraError.of("Checking the signature of a bearer token", "jwt") from None
    key = _choose(keys, header.get("kid"))
    try:
        jwt.decode(
            encoded,
            jwt.PyJWK.from_dict(key, algorithm=_ALGORITHM),
            algorithms=[_ALGORITHM],
            leeway=leeway_seconds,
            # The audience is not documented by the service.
            options={"require": ["exp"], "verify_aud": False},
        )
    except jwt.exceptions.MissingCryptographyError:
        raise HtcMissingExtraError.of("Checking the signature of a bearer token", "jwt") from None
    except jwt.ExpiredSignatureError:
        raise HtcTokenError("The bearer token has expired.") from None
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise HtcTokenError(f"The bearer token is not genuine: {error}.") from None


def _choose(keys: Mapping[str, Any], kid: object) -> dict[str, Any]:
    # At run time the response may be anything.
    found: object = keys.get("keys")
    each = cast("list[object]", found) if isinstance(found, list) else []
    objects = [cast("dict[str, Any]", key) for key in each if isinstance(key, Mapping)]
    usable = [key for key in objects if key.get("kty") == "RSA" and key.get("n") and key.get("e")]
    # A token that does not name its key can only be checked if there is a single one.
    chosen = [key for key in usable if key.get("kid") == kid] if kid is not None else usable
    if len(chosen) != 1:
        raise HtcTokenError("The bearer token is not genuine: no key of the service matches it.")
    return chosen[0]
