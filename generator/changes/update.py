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
from typing import Any, cast

from ruamel.yaml import YAML

from ..client.spec import METHODS, Spec
from .compare import PROSE, Change
from .ledger import Comparison

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ROOT / "openapi" / "public.json"
NAMING = "generator/client/naming.py"
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
        "The message names line and remedy; generated/ is untouched. Fix openapi/htc.yaml and run this again.",
    ),
    Step(
        "Lint",
        ["-m", "ruff", "check", "--quiet", "."],
        "Run `make format`, then fix what is left. In generated/ it is a fault of generator/client/templates.",
    ),
    Step(
        "Types",
        ["-m", "pyright"],
        "Every error is a place of ours that used what has changed: rescalehtc/, examples/. Follow the change there. "
        "Where users would meet the same error, keep the old name with DEPRECATED in generator/client/naming.py.",
    ),
    Step(
        "Changes for users",
        ["-m", "generator", "changes"],
        "Compare with another commit: `.venv/bin/python -m generator changes --since COMMIT`.",
    ),
    Step(
        "Announce the public surface",
        ["-m", "generator", "surface", "--write"],
        "The package cannot be imported: the error names the module.",
    ),
    Step(
        "Tests",
        ["-m", "pytest", "-n", "2", "--dist", "worksteal", "-q"],
        "A test of the description misses words or an example, or code of ours used what has changed: "
        "docs/api-change.md has a table of what to do.",
    ),
    Step(
        "Draft the changelog",
        ["-m", "generator", "changes", "--write"],
        "Write the section by hand.",
    ),
]


def follow(comparison: Comparison, ours: Spec, *, run: Run | None = None) -> int:
    """Go on as far as possible; 0 when all is done, 1 when a hand is needed."""
    if not comparison.clean:
        print(f"\nTo do by hand in {ours.path.name}\n")
        for change in comparison.unexplained:
            print(instruction(change, ours))
        for entry, _ in comparison.outdated:
            print(f"openapi/deviations.yaml:{entry.line}: remove or correct the entry for {entry.pattern}\n")
        print(
            "A difference that is to stay goes into openapi/deviations.yaml, with reason and evidence\n"
            "(`.venv/bin/python -m generator compare NEW.json --draft` writes the entry). Then run this again."
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
        lines += [f"  users: {way}" for way in _ways_to_keep(change.pointer)]
    if isinstance(change.node, dict):
        name = change.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        node = _answered(_without_words(change.node))
        node.pop("security", None)  # the credential is named otherwise in our file
        in_list = "/parameters/" in change.pointer
        lines.append("  to paste, with a description in your own words:")
        lines += [f"    {line}" for line in _yaml([node] if in_list else {name: node}).splitlines()]
    return "\n".join(lines) + "\n"


def _ways_to_keep(pointer: str) -> list[str]:
    """How users can keep for a while what the service has given up."""
    name = pointer.rpartition("/")[2]
    keep = "keep it for one minor version: mark it `deprecated: true` and note it in deviations.yaml"
    if "/parameters/" in pointer:
        return [
            f"if it has another name now, add it to PARAMETER_ALIASES in {NAMING} so that the argument keeps its name",
            f"otherwise {keep}",
        ]
    if "/properties/" in pointer:
        return [
            f"if it has another name now, add it to DEPRECATED in {NAMING}, which serves readers",
            f"otherwise {keep}",
        ]
    if pointer.endswith(f"/enum/{name}"):
        return [f"{keep.replace('mark it `deprecated: true` and ', '')}"]
    if pointer.startswith("#/paths/") and name in METHODS:
        return [f"add the old function to DEPRECATED in {NAMING} for one minor version"]
    return ["release a major version"]


def _run(command: list[str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode


def keep(public: dict[str, Any], path: Path = PUBLIC) -> None:
    """Keep the public description that ours has caught up with, without its prose, for the tests to hold us to."""
    text = json.dumps(_valid(_without_words(public)), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _valid(document: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI demands a title, and a description of every answer."""
    document.setdefault("info", {}).setdefault("title", "The public description, without its prose")
    groups = [document.get("components", {}).get("responses", {})]
    for item in document.get("paths", {}).values():
        groups += [item[method].get("responses", {}) for method in METHODS if method in item]
    for group in groups:
        _answered({"responses": group})
    return document


def _answered(operation: dict[str, Any]) -> dict[str, Any]:
    """Every answer needs a description, if only an empty one."""
    for answer in cast("dict[str, Any]", operation.get("responses") or {}).values():
        if isinstance(answer, dict) and "$ref" not in answer:
            cast("dict[str, Any]", answer).setdefault("description", "")
    return operation


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
