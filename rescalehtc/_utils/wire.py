"""The API field names of a model, so that no other module spells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class HasWireNames(Protocol):
    """A generated model."""

    @property
    def WIRE_NAMES(self) -> Mapping[str, str]: ...


class WireNames:
    """The name in the API of each attribute of a model: ``WireNames(HTCJob).job_uuid`` is ``"jobUUID"``."""

    def __init__(self, model: HasWireNames) -> None:
        self._names = {attribute: wire for wire, attribute in model.WIRE_NAMES.items()}

    def __getattr__(self, attribute: str) -> str:
        try:
            return self._names[attribute]
        except KeyError:
            raise AttributeError(f"the API description has no field for {attribute!r}") from None
