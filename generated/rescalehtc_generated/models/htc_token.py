# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCToken: see the class."""

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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        get = data.get
        model = cls.__new__(cls)
        model.expires_in = get("expiresIn", ABSENT)
        model.token_value = get("tokenValue", ABSENT)
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_token = model_reader(HTCToken)
_LAYOUTS = Layouts(HTCToken.WIRE_NAMES)
