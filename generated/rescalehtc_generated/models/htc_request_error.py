# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""HTCRequestError: see the class."""

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
    def from_dict(cls, data: Mapping[str, Any], /) -> Self:
        model = cls.__new__(cls)
        get = cast("Callable[[str], Any]", data.get)
        model.error_description = get("errorDescription")
        model.error_type = get("errorType")
        model.message = get("message")
        remember(model, data, _NAMES)
        return model


read_htc_request_error = model_reader(HTCRequestError)
_NAMES = frozenset(HTCRequestError.WIRE_NAMES)
