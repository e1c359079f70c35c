# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""EnvPair: see the class."""

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
class EnvPair(Model):
    """An environment variable of a job's container."""

    name: str
    """Name of the variable. Names that the service sets itself are refused: any that contain `AWS_BATCH_`,
    and any that begin with one of the other names in the pattern.
    """
    value: str
    """Value of the variable."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "name": "name",
        "value": "value",
    }
    SENSITIVE: ClassVar[frozenset[str]] = frozenset(
        {
            "value",
        }
    )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.name = get("name")
        model.value = get("value")
        remember(model, data, _NAMES)
        return model


read_env_pair = model_reader(EnvPair)
_NAMES = frozenset(EnvPair.WIRE_NAMES)
