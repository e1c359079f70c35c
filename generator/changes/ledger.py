"""The ledger of deviations: where our file differs from the public description on purpose, and why."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from ..client.spec import SpecError
from .compare import Change

LEDGER = Path(__file__).resolve().parents[2] / "openapi" / "deviations.yaml"


@dataclass(frozen=True)
class Deviation:
    """One entry of the ledger.

    Attributes:
        pattern: Pointer of the place in our file; ``*`` matches anything.
        public: What the public description says there.
        reason: Why ours says something else.
        evidence: What shows that ours is right.
        line: Line of the ledger.
    """

    pattern: str
    public: Any
    reason: str
    evidence: str
    line: int

    def covers(self, change: Change) -> bool:
        """Whether this entry explains a difference."""
        return self.public == change.public and self.concerns(change)

    def concerns(self, change: Change) -> bool:
        """Whether a difference is at this entry's place, whatever it is."""
        return fnmatchcase(change.pointer, self.pattern)


def read_ledger(path: Path = LEDGER) -> list[Deviation]:
    """The deviations in a ledger.

    Raises:
        SpecError: It does not have the form of a ledger.
    """
    try:
        entries: Any = YAML(typ="rt").load(path.read_text(encoding="utf-8")) or []
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise SpecError(f"This is not YAML: {error.problem}", "Correct this line.", file=path, line=line) from None
    deviations: list[Deviation] = []
    for index, entry in enumerate(cast("list[Any]", entries)):
        line = entries.lc.item(index)[0] + 1
        if not isinstance(entry, dict) or set(cast("dict[str, Any]", entry)) != {"reason", "evidence", "differences"}:
            raise SpecError(
                "An entry holds `reason`, `evidence` and `differences`, and nothing else",
                "Complete it.",
                file=path,
                line=line,
            )
        words = {key: " ".join(str(entry[key] or "").split()) for key in ("reason", "evidence")}
        for key, value in words.items():
            if not value:
                raise SpecError(f"The entry has no {key}", "Say why we differ, and how we know.", file=path, line=line)
        differences = cast(Any, entry["differences"])
        for pattern, public in cast("dict[str, Any]", differences).items():
            place = differences.lc.key(pattern)[0] + 1
            deviations.append(Deviation(pattern, public, words["reason"], words["evidence"], place))
    return deviations


@dataclass(frozen=True)
class Comparison:
    """Differences, sorted by the ledger.

    Attributes:
        unexplained: Those that no entry explains.
        explained: Those that an entry explains.
        outdated: Entries that no longer explain anything, each with what the public description says there now.
    """

    unexplained: list[Change]
    explained: list[Change]
    outdated: list[tuple[Deviation, list[Change]]]

    @property
    def clean(self) -> bool:
        return not self.unexplained and not self.outdated


def explain(changes: list[Change], ledger: list[Deviation]) -> Comparison:
    """Separate intended differences from the others."""
    explained = [change for change in changes if any(entry.covers(change) for entry in ledger)]
    unexplained = [change for change in changes if change not in explained]
    outdated = [
        (entry, [change for change in unexplained if entry.concerns(change)])
        for entry in ledger
        if not any(entry.covers(change) for change in changes)
    ]
    return Comparison(unexplained, explained, outdated)
