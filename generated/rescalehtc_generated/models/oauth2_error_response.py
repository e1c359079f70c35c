# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""OAuth2ErrorResponse: see the class."""

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
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 2 else _NAMES | data
        try:
            model.error = sent["error"]
            model.error_description = sent["errorDescription"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_oauth2_error_response = model_reader(OAuth2ErrorResponse)
_NAMES = wire_names(OAuth2ErrorResponse)
_LAYOUTS = Layouts(OAuth2ErrorResponse.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
