"""Every documented function and class of 1.1.0 takes the same arguments, in the same order, with equal defaults."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

OLD: dict[str, list[list[Any]]] = json.loads(
    (Path(__file__).parent / "signatures-1.1.0.json").read_text(encoding="utf-8")
)


def find(name: str) -> Any:
    module, *path = name.split(".")
    found: Any = importlib.import_module(f"rescalehtc.{module}")
    for part in path:
        found = getattr(found, part)
    return found


def plain(default: Any) -> Any:
    """Immutable defaults stand for the mutable ones of 1.1.0."""
    if isinstance(default, str | int | None):
        return default
    return dict(default) if hasattr(default, "keys") else list(default)


@pytest.mark.parametrize("name", OLD)
def test_arguments_are_those_of_1_1_0(name: str) -> None:
    ours = [item for item in inspect.signature(find(name)).parameters.values() if item.name != "self"]
    expected = OLD[name]
    for old, new in zip(expected, ours, strict=False):
        assert new.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
        assert new.name == old[0]
        assert ([] if new.default is new.empty else [plain(new.default)]) == old[1:]
    assert len(ours) >= len(expected)
    assert all(further.default is not further.empty for further in ours[len(expected) :])
