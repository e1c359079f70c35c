"""Tests of a route that the API no longer has are skipped, until they are deleted together with its handler."""

from __future__ import annotations

import re
from functools import cache

_NO_FUNCTION = re.compile(r"module 'rescalehtc\.(?:api|aio)' has no attribute '((?:get|post|put|patch|delete)_\w+)'")
_OLD = re.compile(r"^(\w+) is no longer offered by the service")
_NO_ROUTE = "There is no such route."


@cache
def _orphans() -> list[str]:
    from rescalehtc.local._handlers import load_handlers
    from rescalehtc.local._handlers.registry import orphaned_handlers
    from rescalehtc.local._wire.spec import load_spec

    load_handlers()
    return orphaned_handlers(load_spec())


def without_orphans(text: str) -> str:
    """What a local server prints, without its warnings of handlers whose route the API no longer has."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("a handler belongs to no "))


def removed_route(error: BaseException) -> str | None:
    """Why a test failed, if the route that it calls is gone while the local server still has its handler."""
    text = str(error)
    found = _NO_FUNCTION.search(text) or _OLD.search(text)
    if (found or _NO_ROUTE in text) and _orphans():
        what = found[1] if found else "this route"
        return f"The API no longer has {what}: delete this test, and the handler {' or '.join(_orphans())}"
    return None
