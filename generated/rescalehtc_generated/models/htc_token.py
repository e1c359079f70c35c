# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCToken: see the class."""

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
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.expires_in = sent["expiresIn"]
            model.token_value = sent["tokenValue"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_token = model_reader(HTCToken)
_NAMES = wire_names(HTCToken)
_LAYOUTS = Layouts(HTCToken.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
