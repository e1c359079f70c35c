"""The tools that the output depends on, byte by byte: any other version is refused before it can fail."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path

from .spec import SpecError

_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
_PINNED = ("openapi-python-client", "ruff")


def check_versions() -> None:
    """Compare what is installed with what pyproject.toml pins.

    Raises:
        SpecError: Another version is installed, or none.
    """
    groups = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["dependency-groups"]["dev"]
    for pin in groups:
        name, _, version = pin.partition("==")
        if not version or name not in _PINNED:
            continue
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            raise SpecError(f"{name} is not installed, pyproject.toml pins {version}", "Run `make setup`.") from None
        if installed != version:
            raise SpecError(f"{name} {installed} is installed, pyproject.toml pins {version}", "Run `make setup`.")
