"""Finds the routes that share a public function: a listing and its item. No others do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from . import naming

_ONE_PARAMETER = re.compile(r"/\{[^{}/]+\}").fullmatch


@dataclass(frozen=True)
class FunctionClash:
    """Two routes that would get the same function."""

    name: str
    method: str
    path: str
    other: str


def is_item_of(collection: str, item: str) -> bool:
    """Whether ``item`` is ``collection`` with one parameter more."""
    return item.startswith(collection) and _ONE_PARAMETER(item[len(collection) :]) is not None


def grouped(routes: Iterable[tuple[str, str]]) -> tuple[dict[str, list[tuple[str, str]]], list[FunctionClash]]:
    """The routes (method and path) of each function, listing first, and those that cannot share one.

    Only GET uses an optional identifier to tell an item from a listing. With any other method, an accidental None
    would act on everything, so a bulk DELETE next to that of an item is a function of its own.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for method, path in routes:
        groups.setdefault(naming.function_name(method, path), []).append((method, path))
    found: dict[str, list[tuple[str, str]]] = {}
    clashes: list[FunctionClash] = []
    for name, group in groups.items():
        ordered = sorted(group, key=lambda route: len(route[1]))
        pairs = len(ordered) == 2 and is_item_of(ordered[0][1], ordered[1][1])
        method = ordered[0][0]
        if len(ordered) == 1 or (pairs and (method == "get" or name in naming.BULK_BY_NONE)):
            found[name] = ordered
        elif pairs and method == "delete":
            bulk = naming.bulk_name(name)
            found[name], found[bulk] = ordered[1:], ordered[:1]
            clashes += [FunctionClash(bulk, *route, other=ordered[0][1]) for route in groups.get(bulk, [])]
        else:
            clashes += [FunctionClash(name, *route, other=group[0][1]) for route in group[1:]]
    return found, clashes
