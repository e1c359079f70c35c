# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""OAuth2ErrorResponse: see the class."""

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
class OAuth2ErrorResponse(Model):
    """Error in the other form that the service uses: token requests, and most things that do not exist
    (404).
    """

    error: str | None = None
    """Kind of error, as a word that a program can compare. The set of values is not documented by the
    service.
    """
    error_description: str | None = None
    """What was wrong, for people."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "error": "error",
        "errorDescription": "error_description",
    }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.error = get("error")
        model.error_description = get("errorDescription")
        remember(model, data, _NAMES)
        return model


read_oauth2_error_response = model_reader(OAuth2ErrorResponse)
_NAMES = frozenset(OAuth2ErrorResponse.WIRE_NAMES)
