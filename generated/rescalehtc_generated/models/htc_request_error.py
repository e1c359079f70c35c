# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRequestError: see the class."""

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
class HTCRequestError(Model):
    """Error in one of the two forms that the service uses: request errors (400) and jobs that do not exist
    (404).
    """

    error_description: str | None = None
    """What was wrong, for people."""
    error_type: str | None = None
    """Kind of error, as a word that a program can compare. The set of values is not documented by the
    service.
    """
    message: str | None = None
    """Further text, often null."""

    _unknown: dict[str, Any] | None = unknown_fields()
    _wire: Mapping[str, Any] | None = wire_values()

    WIRE_NAMES: ClassVar[Mapping[str, str]] = {
        "errorDescription": "error_description",
        "errorType": "error_type",
        "message": "message",
    }

    @classmethod
    def _read(cls, data: Json, /) -> Any:
        if not isinstance(data, dict):
            return data
        model = cls.__new__(cls)
        # As many fields as are known, none of them missing: then none is unknown.
        sent = data if len(data) == 3 else _NAMES | data
        try:
            model.error_description = sent["errorDescription"]
            model.error_type = sent["errorType"]
            model.message = sent["message"]
        except SURPRISES:
            read_surprising(model, data, _readers())
            return model
        if sent is data:
            model._wire, model._unknown = _NAMES, None
        else:
            _LAYOUTS.remember(model, data)
        return model


read_htc_request_error = model_reader(HTCRequestError)
_NAMES = wire_names(HTCRequestError)
_LAYOUTS = Layouts(HTCRequestError.WIRE_NAMES)


@cache
def _readers() -> dict[str, Callable[[Any], Any]]:
    return {}
