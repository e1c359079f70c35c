# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""WhoAmI: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.user = read_rescale_user(get("user"))
        model.user_features = read_feature_flags_result(get("userFeatures"))
        remember(model, data, _NAMES)
        return model


read_who_am_i = model_reader(WhoAmI)
_NAMES = frozenset(WhoAmI.WIRE_NAMES)
