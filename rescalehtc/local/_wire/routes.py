"""Finds the operations of the description for a path."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import unquote

from .spec import Operation, Spec


@dataclass(slots=True)
class _Node:
    #: By segment; that of a parameter is empty.
    children: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    methods: dict[str, Operation] = field(default_factory=dict[str, Operation])
    spanning: bool = False


class OperationTree:
    """The operations of a description by path segments.

    Args:
        spanning: operations whose last path parameter may hold slashes that the client left unescaped, as in the
            names of images (``team/solver:v2``).
    """

    def __init__(self, spec: Spec, spanning: Collection[str]) -> None:
        self._root = _Node()
        for operation in spec.operations.values():
            node = self._root
            for segment in operation.path.strip("/").split("/"):
                node = node.children.setdefault("" if segment.startswith("{") else segment, _Node())
            node.spanning = node.spanning or operation.id in spanning
            node.methods[operation.method] = operation

    def find(self, raw_path: str) -> tuple[dict[str, Operation], list[str]]:
        """The operations by method for a path below the base path (still percent-encoded), and its parameters."""
        node = self._root
        values: list[str] = []
        segments = raw_path.lstrip("/").split("/")
        for index, segment in enumerate(segments):
            # An escaped letter is that letter.
            child = node.children.get(unquote(segment)) if segment else None
            if child is None:
                child = node.children.get("")
                if child is None or not segment:
                    return {}, []
                if child.spanning:
                    return child.methods, [*values, unquote("/".join(segments[index:]))]
                values.append(unquote(segment))
            node = child
        return node.methods, values
