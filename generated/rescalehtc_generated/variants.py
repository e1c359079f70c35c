# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Objects that may be of several kinds, distinguished by a field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import attrs


@attrs.frozen
class Variant:
    """What distinguishes the classes of a union, in ``Annotated[Cat | Dog, Variant("kind", ("cat", "Cat"), …)]``.

    Attributes:
        wire: Wire name of the field that names the kind.
        kinds: Values of that field, each with the name of its class.
    """

    wire: str
    kinds: tuple[tuple[str, str], ...]

    def reader(self, classes: dict[str, Callable[[Any], Any]]) -> Callable[[Any], Any]:
        """A reader by the kind that an object names; one of an unknown kind stays plain JSON."""
        readers = {value: classes[name] for value, name in self.kinds}

        def read(value: Any) -> Any:
            if not isinstance(value, dict):
                return value
            kind = cast("dict[str, Any]", value).get(self.wire)
            chosen = readers.get(kind) if isinstance(kind, str) else None
            return chosen(value) if chosen is not None else cast(Any, value)

        return read
