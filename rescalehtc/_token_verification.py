"""Checks the signature of a bearer token, by PyJWT from the optional extra ``jwt``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._job_errors import HtcTokenError, missing_extra

ALGORITHM = "RS256"
"""The only algorithm that is accepted: what a token says of itself must not weaken the check."""


def check_token(encoded: str, header: Mapping[str, Any], keys: Mapping[str, Any], leeway_seconds: float) -> None:
    """Check signature and times of a token.

    Args:
        encoded: The token.
        header: Its header.
        keys: The JSON Web Key Set of the service.
        leeway_seconds: How much clocks may differ.

    Raises:
        HtcTokenError: The token is not genuine or not valid now. The message does not repeat it.
        HtcMissingExtraError: PyJWT is not installed.
    """
    try:
        import jwt
    except ImportError:
        raise missing_extra("Checking the signature of a bearer token", "jwt") from None
    key = _choose(keys, header.get("kid"))
    try:
        jwt.decode(
            encoded,
            jwt.PyJWK.from_dict(key, algorithm=ALGORITHM),
            algorithms=[ALGORITHM],
            leeway=leeway_seconds,
            # The audience is not documented by the service.
            options={"require": ["exp"], "verify_aud": False},
        )
    except jwt.exceptions.MissingCryptographyError:
        raise missing_extra("Checking the signature of a bearer token", "jwt") from None
    except jwt.ExpiredSignatureError:
        raise HtcTokenError("The bearer token has expired.") from None
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise HtcTokenError(f"The bearer token is not genuine: {error}.") from None


def _choose(keys: Mapping[str, Any], kid: object) -> dict[str, Any]:
    usable = [key for key in keys.get("keys") or () if key.get("kty") == "RSA" and key.get("n") and key.get("e")]
    # A token that does not name its key can only be held against a single one.
    chosen = [key for key in usable if key.get("kid") == kid] if kid is not None else usable
    if len(chosen) != 1:
        raise HtcTokenError("The bearer token is not genuine: no key of the service fits it.")
    return chosen[0]
