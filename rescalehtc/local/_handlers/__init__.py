"""One handler for each operation of the description, by resource."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def load_handlers() -> None:
    """Import every module of this package; importing registers its handlers."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
