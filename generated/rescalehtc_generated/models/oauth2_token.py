# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""OAuth2Token: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    ABSENT,
    Json,
    Layouts,
    Model,
    model_reader,
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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.access_token = get("access_token", ABSENT)
        model.expires_in = get("expires_in")
        model.token_type = get("token_type")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_oauth2_token = model_reader(OAuth2Token)
_LAYOUTS = Layouts(OAuth2Token.WIRE_NAMES)
