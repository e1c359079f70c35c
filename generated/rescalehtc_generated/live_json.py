# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Dictionaries and lists made of a model's attribute that write every change of theirs back to it.

``job["envs"].append({...})`` and ``project["regions"][0]["enabled"] = False`` would otherwise change a copy and be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast


class LiveDict(dict[str, Any]):
    """A JSON object inside a model."""

    __slots__ = ("_save",)
    _save: Callable[[], None]

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy is a plain one, and changes nothing but itself.
        return dict, (dict(self),)

    def __reduce_ex__(self, protocol: Any, /) -> tuple[Any, ...]:
        return self.__reduce__()


class LiveList(list[Any]):
    """A JSON array inside a model."""

    __slots__ = ("_save",)
    _save: Callable[[], None]

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)

    def __reduce_ex__(self, protocol: Any, /) -> tuple[Any, ...]:
        return self.__reduce__()


def _saving(method: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: LiveDict | LiveList, *arguments: Any, **keywords: Any) -> Any:
        result = method(self, *arguments, **keywords)
        self._save()  # pyright: ignore[reportPrivateUsage]
        return result

    return call


for _base, _live, _names in (
    (dict, LiveDict, "__setitem__ __delitem__ __ior__ clear pop popitem setdefault update"),
    (list, LiveList, "__setitem__ __delitem__ __iadd__ __imul__ append clear extend insert pop remove reverse sort"),
):
    for _name in _names.split():
        setattr(_live, _name, _saving(getattr(_base, _name)))


def live(value: Any, save: Callable[[Any], None]) -> Any:
    """Plain JSON as live dictionaries and lists; ``save`` is called with all of it after each change."""

    def wrap(inner: Any) -> Any:
        if isinstance(inner, dict):
            made = LiveDict({name: wrap(each) for name, each in cast("dict[str, Any]", inner).items()})
        elif isinstance(inner, list):
            made = LiveList([wrap(each) for each in cast("list[Any]", inner)])
        else:
            return inner
        made._save = save_all  # pyright: ignore[reportPrivateUsage]
        return made

    def save_all() -> None:
        save(whole)

    whole = wrap(value)
    return whole
