# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""OAuth2Token: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, cast

import attrs

from ..types import (
    Model,
    model_reader,
    remember,
    unknown_fields,
    wire_values,
)


@attrs.define(kw_only=True, repr=False)
class OAuth2Token(Model):
    """An access token under the field names of OAuth 2.0."""

    access_token: str
    """The access token. A secret."""
    expires_in: int | None = None
    """Lifetime from now, in seconds."""
    token_type: str | None = None
    """How to send the token, usually `Bearer`."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "access_token": "access_token",
        "expires_in": "expires_in",
        "token_type": "token_type",
    }
    SENSITIVE: ClassVar[frozenset[str]] = frozenset(
        {
            "access_token",
        }
    )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.access_token = get("access_token")
        model.expires_in = get("expires_in")
        model.token_type = get("token_type")
        remember(model, data, _NAMES)
        return model


read_oauth2_token = model_reader(OAuth2Token)
_NAMES = frozenset(OAuth2Token.WIRE_NAMES)
