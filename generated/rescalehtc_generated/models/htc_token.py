# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCToken: see the class."""

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
class HTCToken(Model):
    """A bearer token with its lifetime."""

    expires_in: int
    """Lifetime from now, in seconds; about 21600, that is six hours."""
    token_value: str
    """The bearer token, a JWT. A secret."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "expiresIn": "expires_in",
        "tokenValue": "token_value",
    }
    SENSITIVE: ClassVar[frozenset[str]] = frozenset(
        {
            "token_value",
        }
    )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.expires_in = get("expiresIn")
        model.token_value = get("tokenValue")
        remember(model, data, _NAMES)
        return model


read_htc_token = model_reader(HTCToken)
_NAMES = frozenset(HTCToken.WIRE_NAMES)
