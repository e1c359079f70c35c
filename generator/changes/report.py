"""Shows a comparison in a terminal, in Markdown, or as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from ..client.spec import Spec
from .compare import Change, shown
from .ledger import Comparison

SIGNS = {"added": "+", "removed": "-", "changed": "~"}
IMPACTS = ("breaking", "additive", "prose")
TITLES = {
    "breaking": "Breaking: programs written for today's version may stop working",
    "additive": "Additive: programs keep working, new ones can do more",
    "prose": "Prose: only words differ",
}


def as_text(comparison: Comparison, name: str) -> str:
    """For a terminal: by impact, then by route or schema."""
    return "\n".join(_text(comparison, name)) + "\n"


def _text(comparison: Comparison, name: str) -> Iterator[str]:
    yield _summary(comparison, name)
    for impact in IMPACTS:
        changes = [change for change in comparison.unexplained if change.impact == impact]
        if not changes:
            continue
        yield f"\n{TITLES[impact]}"
        for where, group in groupby(changes, key=lambda change: change.where):
            yield f"  {where}"
            for change in group:
                line = f"{SIGNS[change.kind]} {change.what}"
                yield textwrap.fill(line, 110, initial_indent="    ", subsequent_indent="      ")
                for python in change.python:
                    yield f"        {python}"
    if comparison.outdated:
        yield "\nDeviations that no longer apply (openapi/deviations.yaml)"
        for entry, now in comparison.outdated:
            yield f"  line {entry.line}: {entry.pattern}"
            yield f"    Noted: {shown(entry.public)}. {_now(now)}"


def as_markdown(comparison: Comparison, name: str) -> str:
    """For an issue or a pull request."""
    lines = [f"# {_summary(comparison, name)}", ""]
    for impact in IMPACTS:
        changes = [change for change in comparison.unexplained if change.impact == impact]
        if changes:
            lines += [f"## {TITLES[impact]}", "", "| Where | What | In Python |", "|---|---|---|"]
            lines += [
                f"| {_cell(change.where)} | {_cell(f'{change.kind}: {change.what}')} "
                f"| {', '.join(f'`{python}`' for python in change.python)} |"
                for change in changes
            ]
            lines.append("")
    if comparison.outdated:
        lines += ["## Deviations that no longer apply", "", "| Line | Place | Noted | Now |", "|---|---|---|---|"]
        lines += [
            f"| {entry.line} | `{entry.pattern}` | {_cell(shown(entry.public))} | {_cell(_now(now))} |"
            for entry, now in comparison.outdated
        ]
        lines.append("")
    return "\n".join(lines)


def as_json(comparison: Comparison, name: str) -> str:
    """For programs."""
    answer: dict[str, Any] = {
        "public": name,
        "clean": comparison.clean,
        "changes": [asdict(change) for change in comparison.unexplained],
        "deviations": len(comparison.explained),
        "outdated": [asdict(entry) for entry, _ in comparison.outdated],
    }
    return json.dumps(answer, indent=1, ensure_ascii=False) + "\n"


def as_ledger_entry(changes: list[Change]) -> str:
    """What to paste into the ledger to keep these differences; the maintainer fills in the words."""
    lines = ["- reason: ''", "  evidence: ''", "  differences:"]
    lines += [f"    {_quoted(change.pointer)}: {json.dumps(change.public, ensure_ascii=False)}" for change in changes]
    return "\n".join(lines) + "\n"


def as_ahead(comparison: Comparison, ours: Spec) -> str:
    """How our file differs from the stored public description, and two ways to resolve that."""
    lines = [f"{ours.path.name} and the public description stored in public.json differ:"]
    for change in comparison.unexplained:
        # From our file's point of view: what the public description lacks, we have added.
        what = {"removed": "added here", "added": "missing here", "changed": "different here"}[change.kind]
        lines.append(f"  {ours.path.name}:{ours.line(change.pointer)}: {change.where} ({change.pointer}) is {what}")
    lines += [f"  deviations.yaml:{entry.line}: {entry.pattern} no longer applies" for entry, _ in comparison.outdated]
    lines += ["If the service now describes it this way: make update SPEC=NEW.json"]
    if comparison.unexplained:
        lines += [
            "If the difference is intended, paste this into openapi/deviations.yaml, with the reason and the evidence:",
            "",
        ]
        lines.append(as_ledger_entry(comparison.unexplained))
    return "\n".join(lines).rstrip("\n") + "\n"


def _summary(comparison: Comparison, name: str) -> str:
    if comparison.clean:
        return f"{name}: no difference except the {len(comparison.explained)} in the ledger"
    counts = [
        f"{sum(change.impact == impact for change in comparison.unexplained)} {impact}"
        for impact in IMPACTS
        if any(change.impact == impact for change in comparison.unexplained)
    ]
    counts += [f"{len(comparison.outdated)} outdated in the ledger"] if comparison.outdated else []
    return f"{name}: {', '.join(counts)} ({len(comparison.explained)} intended differences are omitted)"


def _now(changes: list[Change]) -> str:
    if not changes:
        return "Our file and the public description agree here, or the place is gone: remove the entry."
    return "Now: " + "; ".join(f"{shown(change.public)} at {change.pointer}" for change in changes) + "."


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
