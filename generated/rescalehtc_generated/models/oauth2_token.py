# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""OAuth2Token: see the class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, ClassVar

import attrs

from ..types import (
    SURPRISES,
    Json,
    Layouts,
    Model,
    model_reader,
    read_surprising,
    unknown_fields,
    wire_names,
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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 3 else _NAMES | data
        try:
            model.access_token = sent["access_token"]
            model.expires_in = sent["expires_in"]
            model.token_type = sent["token_type"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_oauth2_token = model_reader(OAuth2Token)
_NAMES = wire_names(OAuth2Token)
_LAYOUTS = Layouts(OAuth2Token.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
