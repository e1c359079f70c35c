# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""WhoAmI: see the class."""

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
from .feature_flags_result import FeatureFlagsResult, read_feature_flags_result
from .rescale_user import RescaleUser, read_rescale_user


@attrs.define(kw_only=True, repr=False)
class WhoAmI(Model):
    """The user behind a credential."""

    user: RescaleUser | None = None
    """The user."""
    user_features: FeatureFlagsResult | None = None
    """Feature flags of the user."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "user": "user",
        "userFeatures": "user_features",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.user = read_rescale_user(sent["user"])
            model.user_features = read_feature_flags_result(sent["userFeatures"])
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_who_am_i = model_reader(WhoAmI)
_NAMES = wire_names(WhoAmI)
_LAYOUTS = Layouts(WhoAmI.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {
        "user": read_rescale_user,
        "userFeatures": read_feature_flags_result,
    }
