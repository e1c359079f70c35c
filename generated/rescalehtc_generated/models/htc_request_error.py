# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRequestError: see the class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import attrs

from ..types import (
    Json,
    Layouts,
    Model,
    model_reader,
    unknown_fields,
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
        get = data.get
        model = cls.__new__(cls)
        model.error_description = get("errorDescription")
        model.error_type = get("errorType")
        model.message = get("message")
        model._wire, unknown = _LAYOUTS[tuple(data)]
        model._unknown = {name: data[name] for name in unknown} if unknown else None
        return model


read_htc_request_error = model_reader(HTCRequestError)
_LAYOUTS = Layouts(HTCRequestError.WIRE_NAMES)
