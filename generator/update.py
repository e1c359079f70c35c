"""The guided way from a new public description to a release: one step after the other, each with its remedy.

The file is edited by hand, since its words are our own; so are the decisions. All else is done here, and the
command is run again after every edit until it ends with the draft of the changelog.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from .compare import PROSE, Change
from .ledger import Judgement
from .spec import Spec

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = ROOT / "openapi" / "public.json"
Run = Callable[[list[str]], int]


@dataclass(frozen=True)
class Step:
    """A step of the way.

    Attributes:
        title: What it does.
        command: Arguments of a Python interpreter.
        remedy: What to do when it fails.
    """

    title: str
    command: list[str]
    remedy: str


STEPS = [
    Step(
        "Regenerate",
        ["-m", "generator", "build"],
        "The message names line and remedy; generated/ is untouched. Mend openapi/htc.yaml and run this again.",
    ),
    Step(
        "Lint",
        ["-m", "ruff", "check", "--quiet", "."],
        "Mend what is named. In generated/ it is a fault of generator/templates.",
    ),
    Step(
        "Types",
        ["-m", "pyright"],
        "Every error is a place of ours that used what has changed: rescalehtc/, examples/. Follow the change there. "
        "Where users would meet the same error, keep the old name with DEPRECATED in generator/naming.py.",
    ),
    Step(
        "Changes for users",
        ["-m", "generator", "changes"],
        "Compare with another commit: `python -m generator changes --since COMMIT`.",
    ),
    Step(
        "Announce the public surface",
        ["-m", "generator", "surface", "--write"],
        "The package cannot be imported: the error names the module.",
    ),
    Step(
        "Tests",
        ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-q"],
        "A test of the description misses words or an example; one of the local server, a handler for a new route; "
        "one of tests/generator/test_naming.py, a name that clashes: see docs/api-change.md.",
    ),
    Step(
        "Draft the changelog",
        ["-m", "generator", "changes", "--write"],
        "Write the section by hand.",
    ),
]


def follow(judgement: Judgement, ours: Spec, *, run: Run | None = None) -> int:
    """Go on as far as possible; 0 when all is done, 1 when a hand is needed."""
    if not judgement.clean:
        print(f"\nTo do by hand in {ours.path.name}\n")
        for change in judgement.unexplained:
            print(instruction(change, ours))
        for entry, _ in judgement.outdated:
            print(f"openapi/deviations.yaml:{entry.line}: remove or correct the entry for {entry.pattern}\n")
        print(
            "A difference that is to stay goes into openapi/deviations.yaml, with reason and evidence\n"
            "(`python -m generator compare NEW.json --draft` writes the entry). Then run this again."
        )
        return 1
    for number, step in enumerate(STEPS, start=1):
        print(f"\n[{number}/{len(STEPS)}] {step.title}", flush=True)
        if (run or _run)(step.command):
            print(f"\nStopped at: {step.title}\n  {step.remedy}", file=sys.stderr)
            return 1
    print("\nDone. Read the difference, put the changelog into your own words, and commit all of it together.")
    return 0


def instruction(change: Change, ours: Spec) -> str:
    """What to edit for one difference, where, and what to paste."""
    verbs = {"added": "add", "removed": "remove", "changed": "change"}
    lines = [
        f"{ours.path.name}:{ours.line(change.pointer)}: {verbs[change.kind]} {change.pointer}",
        f"  {change.where}: {change.what} ({change.impact})",
    ]
    lines += [f"  in Python: {python}" for python in change.python]
    if change.kind == "removed":
        lines.append("  users: add the old name to DEPRECATED in generator/naming.py for one minor version")
    if isinstance(change.node, dict):
        name = change.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        node = _without_words(change.node)
        node.pop("security", None)  # the credential is named otherwise in our file
        in_list = "/parameters/" in change.pointer
        lines.append("  to paste, with a description in your own words:")
        lines += [f"    {line}" for line in _yaml([node] if in_list else {name: node}).splitlines()]
    return "\n".join(lines) + "\n"


def _run(command: list[str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode


def keep(public: dict[str, Any], path: Path = PUBLIC) -> None:
    """Keep the public description that ours has caught up with, without its prose, for the tests to hold us to."""
    text = json.dumps(_without_words(public), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _without_words(node: Any, *, are_names: bool = False) -> Any:
    """``are_names`` tells that the keys are names of fields, one of which may well be "description"."""
    if isinstance(node, dict):
        return {
            key: _without_words(value, are_names=key == "properties" and not are_names)
            for key, value in node.items()
            if are_names or key not in PROSE
        }
    return [_without_words(value) for value in node] if isinstance(node, list) else node


def _yaml(node: Any) -> str:
    yaml = YAML()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.representer.ignore_aliases = lambda _: True  # type: ignore[method-assign]
    text = io.StringIO()
    yaml.dump(node, text)
    return textwrap.dedent(text.getvalue())
