"""The function that handles each operation of the description."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getsourcefile
from typing import Any

from .._server_state import ServerState
from .._wire.messages import ApiError, Call
from .._wire.spec import Spec, SpecError

#: A handler returns JSON, ready JSON (`bytes`), a whole `Response`, or None for no body.
Handler = Callable[[ServerState, Call], Any]

_handlers: dict[str, Handler] = {}
#: Operations whose last path parameter may hold unescaped slashes.
spanning: set[str] = set()


def operation(operation_id: str, *, spans_slashes: bool = False) -> Callable[[Handler], Handler]:
    """Register the decorated function as the handler of ``operation_id``.

    Args:
        spans_slashes: see ``Router``.
    """

    def register(handler: Handler) -> Handler:
        if operation_id in _handlers:
            raise SpecError(f"two handlers for the operation {operation_id}")
        _handlers[operation_id] = handler
        if spans_slashes:
            spanning.add(operation_id)
        return handler

    return register


def handler_of(operation_id: str) -> Handler:
    """The handler of an operation, or one that returns 501: a new route must not keep the others from working."""
    return _handlers.get(operation_id, _not_implemented)


def _not_implemented(state: ServerState, call: Call) -> None:
    operation = call.operation
    raise ApiError(
        501,
        "NOT_IMPLEMENTED",
        f"The local server does not implement {operation.method} {operation.path}: "
        f"write a handler for {operation.id} in rescalehtc/local/_handlers.",
    )


def operations_without_handler(spec: Spec) -> list[str]:
    """IDs of the operations that return 501."""
    return sorted(spec.operations.keys() - _handlers.keys())


def orphaned_handlers(spec: Spec) -> list[str]:
    """Handlers whose operation the description no longer has, each with its file."""
    return [
        f"{operation_id} ({handler.__name__} in {getsourcefile(handler)})"
        for operation_id, handler in sorted(_handlers.items())
        if operation_id not in spec.operations
    ]
