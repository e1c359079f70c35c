"""The credential that a route takes, and the security schemes that the session supports."""

from __future__ import annotations

from typing import Any

Requirement = dict[str, list[str]]


def choices(required: list[Requirement], schemes: dict[str, Any]) -> list[str]:
    """What the session can send for a route, by kind: ``bearer``, ``key`` or ``none``; empty if it can send nothing."""
    found: list[str] = []
    for choice in required:
        kinds = [_kind(schemes.get(name, {})) for name in choice]
        if len(kinds) < 2 and None not in kinds:
            found.append(kinds[0] or "none" if kinds else "none")
    return list(dict.fromkeys(found))


def unsupported(required: list[Requirement], schemes: dict[str, Any]) -> tuple[str, str]:
    """A scheme that the session does not support, and why."""
    for choice in required:
        for name in choice:
            if _kind(schemes[name]) is None:
                return name, _described(schemes[name])
    name = next(iter(required[0]))
    return name, "two credentials at once"


def _kind(scheme: dict[str, Any]) -> str | None:
    if scheme.get("type") == "http" and str(scheme.get("scheme")).lower() == "bearer":
        return "bearer"
    if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
        return "key" if str(scheme.get("name")).lower() == "authorization" else None
    return None


def _described(scheme: dict[str, Any]) -> str:
    if scheme.get("type") == "apiKey":
        return f"a key in the {scheme.get('in')} {scheme.get('name')!r}"
    return " ".join(str(scheme.get(key)) for key in ("type", "scheme") if scheme.get(key))
