# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JsonWebKeySet: see the class."""

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
    read_list,
    read_surprising,
    unknown_fields,
    wire_names,
    wire_values,
)
from .json_web_key import JsonWebKey, read_json_web_key


@attrs.define(kw_only=True, repr=False)
class JsonWebKeySet(Model):
    """The keys that sign bearer tokens."""

    json_web_keys: list[JsonWebKey] | None = None
    """The keys in a second place; read `keys` first."""
    keys_: list[JsonWebKey] | None = None
    """The keys, under the standard name of RFC 7517."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "jsonWebKeys": "json_web_keys",
        "keys": "keys_",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.json_web_keys = read_list(read_json_web_key, sent["jsonWebKeys"])
            model.keys_ = read_list(read_json_web_key, sent["keys"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_json_web_key_set = model_reader(JsonWebKeySet)
_NAMES = wire_names(JsonWebKeySet)
_LAYOUTS = Layouts(JsonWebKeySet.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "jsonWebKeys": lambda item: read_list(read_json_web_key, item),
        "keys": lambda item: read_list(read_json_web_key, item),
    }
