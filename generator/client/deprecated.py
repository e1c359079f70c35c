"""Old names that still work: prepares the table in :mod:`generator.client.naming` for the templates."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from . import naming
from .spec import SpecError

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class OldName:
    """A name of an earlier version.

    Attributes:
        name: The name; that of an attribute without its class.
        use: The name to use instead, None if there is none.
        notice: What the warning says.
        gone_in: Version that removes it.
    """

    name: str
    use: str | None
    notice: str
    gone_in: str


class OldNames:
    """The deprecated names, checked against the current ones.

    Attributes:
        functions: Names of the current functions.
        classes: Names of the attributes, or members, of every current class.
    """

    def __init__(self, functions: set[str], classes: dict[str, set[str]]) -> None:
        self._functions, self._classes = functions, classes
        for name, entry in naming.DEPRECATED.items():
            self._check(name, entry)

    @cached_property
    def functions(self) -> list[OldName]:
        return [self._old(name) for name in naming.DEPRECATED if name.islower()]

    @cached_property
    def classes(self) -> list[OldName]:
        return [self._old(name) for name in naming.DEPRECATED if not name.islower() and "." not in name]

    def attributes(self, class_name: str) -> list[OldName]:
        return [self._old(name) for name in naming.DEPRECATED if name.startswith(f"{class_name}.")]

    def _old(self, name: str) -> OldName:
        entry = naming.DEPRECATED[name]
        now = f"is now called {entry.use}" if entry.use else "is no longer offered by the service"
        notice = f"{name} {now}; the old name goes in rescalehtc {entry.gone_in}"
        return OldName(name.rpartition(".")[2], entry.use, notice, entry.gone_in)

    def _check(self, name: str, entry: naming.Deprecated) -> None:
        owner, _, attribute = name.rpartition(".")
        if owner:
            names = self._classes.get(owner)
        else:
            attribute = name
            names = self._functions if name.islower() else set(self._classes)
        place = f"DEPRECATED[{name!r}] in generator/client/naming.py"
        if names is None or attribute in names:
            what = "there is no such class" if names is None else "the name is in use"
            raise SpecError(f"{place}: {what}", "Remove the entry, or correct its spelling.")
        if (entry.use is None and not name.islower()) or (entry.use is not None and entry.use not in names):
            raise SpecError(f"{place}: there is no {entry.use}", "Name its replacement.")
        if _version(entry.gone_in) <= _version(current_version()):
            raise SpecError(
                f"{place} was to be removed in {entry.gone_in}, and this is {current_version()}",
                "Remove the entry: it has expired.",
            )


def current_version() -> str:
    """The version in pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def _version(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in (text + ".0.0").split(".")[:3])
    except ValueError:
        raise SpecError(f"{text!r} is not a version", "Write it as 2.1 or 2.1.0.") from None
