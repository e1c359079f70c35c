# Generated from openapi/htc.yaml by `python -m generator build`. Do not edit.

"""Dictionaries and lists made from a model's attribute, which write every change back to it.

``job["envs"].append({...})`` and ``project["regions"][0]["enabled"] = False`` would otherwise change a copy and be lost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import attrs

from .errors import HtcPayloadError
from .json_codec import plain


@attrs.define(eq=False)
class _Link:
    """Where a live value belongs: its model, the names of the field, and the whole value of the field."""

    owner: Any
    name: str
    attribute: str
    root: Any

    def check(self) -> None:
        """Refuse a change that would undo another one."""
        if plain(getattr(self.owner, self.attribute)) != self.root:
            raise HtcPayloadError(
                f"{self.name!r} of the {type(self.owner).__name__} has changed since this value was taken from it. "
                f"Take it again with [{self.name!r}], or change a copy."
            )

    def save(self) -> None:
        self.owner[self.name] = self.root


class LiveDict(dict[str, Any]):
    """A JSON object inside a model."""

    __slots__ = ("_link",)
    _link: _Link

    def __reduce_ex__(self, protocol: Any, /) -> tuple[Any, ...]:
        # A copy is a plain dictionary, and changes nothing else.
        return dict, (dict(self),)

    def setdefault(self, name: str, default: Any = None, /) -> Any:
        if name not in self:
            self[name] = default
        return self[name]


class LiveList(list[Any]):
    """A JSON array inside a model."""

    __slots__ = ("_link",)
    _link: _Link

    def __reduce_ex__(self, protocol: Any, /) -> tuple[Any, ...]:
        return list, (list(self),)


def _saving(kind: Any, method: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: LiveDict | LiveList, *arguments: Any, **keywords: Any) -> Any:
        link = self._link  # pyright: ignore[reportPrivateUsage]
        link.check()
        result = method(self, *arguments, **keywords)
        for key, each in list(self.items() if isinstance(self, dict) else enumerate(self)):
            if not isinstance(each, LiveDict | LiveList):  # it is new: let it write its changes back, too
                kind.__setitem__(self, key, _wrap(plain(each), link))
        link.save()
        return result

    return call


for _base, _live, _names in (
    (dict, LiveDict, "__setitem__ __delitem__ __ior__ clear pop popitem update"),
    (list, LiveList, "__setitem__ __delitem__ __iadd__ __imul__ append clear extend insert pop remove reverse sort"),
):
    for _name in _names.split():
        setattr(_live, _name, _saving(_base, getattr(_base, _name)))


def live(owner: Any, name: str, attribute: str) -> Any:
    """Plain JSON of a model's attribute, as live dictionaries and lists."""
    link = _Link(owner, name, attribute, None)
    link.root = _wrap(plain(getattr(owner, attribute)), link)
    return link.root


def _wrap(value: Any, link: _Link) -> Any:
    if isinstance(value, dict):
        made = LiveDict({name: _wrap(each, link) for name, each in cast("dict[str, Any]", value).items()})
    elif isinstance(value, list):
        made = LiveList([_wrap(each, link) for each in cast("list[Any]", value)])
    else:
        return value
    made._link = link  # pyright: ignore[reportPrivateUsage]
    return made
