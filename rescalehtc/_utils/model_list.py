"""Lists of models that render as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from rescalehtc_generated.types import Record, fields_of

from .html import html_table

T = TypeVar("T")

_ROWS_SHOWN = 100
_COLUMNS_SHOWN = 12
_ITEMS_SHOWN = 3


class ModelList(list[T]):
    """A list that renders as a table in notebooks; its ``repr`` stays short."""

    def __repr__(self) -> str:
        if len(self) <= _ITEMS_SHOWN:
            return super().__repr__()
        shown = ", ".join(map(repr, islice(self, _ITEMS_SHOWN)))
        return f"<{len(self)} items: {shown}, …>"

    def _repr_html_(self) -> str:
        shown = list(islice(self, _ROWS_SHOWN))
        columns = _columns(shown)
        rows = [tuple(getattr(item, name, None) for name in columns) for item in shown]
        return html_table(tuple(columns), rows, more=len(self) - len(rows))


def as_model_list(value: T) -> T:
    """A list of models as a :class:`ModelList`, everything else unchanged."""
    items: Any = cast("Any", value) if type(cast("object", value)) is list else ()
    return cast("T", ModelList(items)) if items and isinstance(items[0], Record) else value


def _columns(items: Sequence[object]) -> Iterable[str]:
    """The attributes for which any of the models has a plain value. Secrets are never among them."""
    kinds = dict.fromkeys(type(item) for item in items if isinstance(item, Record))
    plain = (spec.attribute for kind in kinds for spec in fields_of(kind).values() if not spec.is_sensitive)
    used = (name for name in dict.fromkeys(plain) if any(_is_plain(getattr(item, name, None)) for item in items))
    return tuple(islice(used, _COLUMNS_SHOWN))


def _is_plain(value: object) -> bool:
    return value is not None and not isinstance(value, Record | list | dict)
