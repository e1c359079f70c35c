"""From method and path to an operation, by the paths of the spec; and from an operation to its handler."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from rescalehtc.local._http import Call, Refusal
from rescalehtc.local._spec import Operation, Spec, SpecError

if TYPE_CHECKING:
    from rescalehtc.local._world import World

#: A handler gives back JSON, text (`str`), ready JSON (`bytes`), a whole `Answer`, or None for no body.
Handler = Callable[["World", Call], Any]

_handlers: dict[str, Handler] = {}
_spanning: set[str] = set()


def operation(operation_id: str, *, spans_slashes: bool = False) -> Callable[[Handler], Handler]:
    """Register the decorated function as the handler of `operation_id`.

    Args:
        spans_slashes: the last path parameter may hold slashes that the client left unescaped, as in the names
            of images (`team/solver:v2`).
    """

    def register(handler: Handler) -> Handler:
        if operation_id in _handlers:
            raise SpecError(f"two handlers for the operation {operation_id}")
        _handlers[operation_id] = handler
        if spans_slashes:
            _spanning.add(operation_id)
        return handler

    return register


def _not_implemented(world: World, call: Call) -> None:
    operation = call.operation
    raise Refusal(
        501,
        "NOT_IMPLEMENTED",
        f"The local server does not serve {operation.method} {operation.path}: "
        f"write a handler for {operation.id} in rescalehtc/local/_handlers.",
    )


def operations_without_handler(spec: Spec) -> list[str]:
    """Identifiers of the operations that are answered with 501."""
    return sorted(spec.operations.keys() - _handlers.keys())


@dataclass(slots=True)
class Route:
    operation: Operation
    handler: Handler
    names: list[str]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    parameter: _Node | None = None
    methods: dict[str, Route] = field(default_factory=dict[str, Route])
    spanning: bool = False


class Router:
    """A tree of path segments."""

    def __init__(self, spec: Spec) -> None:
        surplus = sorted(_handlers.keys() - spec.operations.keys())
        if surplus:
            raise SpecError(f"there are handlers for operations that the description lacks: {', '.join(surplus)}")
        self._root = _Node()
        for op in spec.operations.values():
            # A route that the description has gained must not keep the others from being served.
            self._add(op, _handlers.get(op.id, _not_implemented), op.id in _spanning)

    def _add(self, op: Operation, handler: Handler, spanning: bool) -> None:
        node = self._root
        names: list[str] = []
        for segment in op.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.children.setdefault(segment, _Node())
        node.spanning = node.spanning or spanning
        node.methods[op.method] = Route(op, handler, names)

    def find(self, raw_path: str) -> tuple[dict[str, Route], list[str]] | None:
        """The routes by method for a path below the base path (still percent-encoded), and its parameters."""
        node = self._root
        values: list[str] = []
        segments = raw_path.lstrip("/").split("/")
        for index, segment in enumerate(segments):
            child = node.children.get(segment)
            if child is None:
                child = node.parameter
                if child is None or not segment:
                    return None
                if child.spanning:
                    values.append(unquote("/".join(segments[index:])))
                    return child.methods, values
                values.append(unquote(segment))
            node = child
        return (node.methods, values) if node.methods else None
