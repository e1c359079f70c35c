# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""JsonWebKeySet: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    read_list,
    unknown_fields,
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
        get = data.get
        model = cls.__new__(cls)
        model.json_web_keys = read_list(read_json_web_key, get("jsonWebKeys"))
        model.keys_ = read_list(read_json_web_key, get("keys"))
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_json_web_key_set = model_reader(JsonWebKeySet)
_LAYOUTS = Layouts(JsonWebKeySet.WIRE_NAMES)
