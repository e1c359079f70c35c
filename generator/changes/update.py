"""Guides you from a new public description to a release, step by step, each with its remedy.

You edit the file by hand, because its prose is our own, and you make the decisions. This command does the rest;
run it again after every edit until it ends with the draft of the changelog.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..client import naming
from ..client.spec import IN_PATH, METHODS, Spec, unused_components
from .compare import Change
from .ledger import Comparison
from .pasting import to_paste, with_answers_described, without_words

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ROOT / "openapi" / "public.json"
NAMING = "generator/client/naming.py"
Run = Callable[[list[str]], int]


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        title: What it does.
        command: Arguments of a Python interpreter.
        remedy: How to fix it if it fails.
    """

    title: str
    command: list[str]
    remedy: str


STEPS = [
    Step(
        "Regenerate",
        ["-m", "generator", "build"],
        "The message names the line and the remedy; generated/ is unchanged. Fix openapi/htc.yaml and run this again.",
    ),
    Step(
        "Description",
        ["-m", "pytest", "-n", "0", "-q", "tests/openapi"],
        "The description lacks words or an example, or an example is not true. Write it in openapi/htc.yaml.",
    ),
    Step(
        "Lint",
        ["-m", "ruff", "check", "--quiet", "."],
        "Run `make format`, then fix what is left. An error in generated/ is a fault of generator/client/templates.",
    ),
    Step(
        "Types",
        ["-m", "pyright"],
        "Every error is in our code that used what has changed: rescalehtc/, examples/. Follow the change there. "
        "If users would get the same error, keep the old name with DEPRECATED in generator/client/naming.py.",
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
        "Our code or a test used what has changed: docs/api-change.md has a table of what to do.",
    ),
    Step(
        "Draft the changelog",
        ["-m", "generator", "changes", "--write"],
        "Write the section by hand.",
    ),
]


def follow(comparison: Comparison, ours: Spec, *, run: Run | None = None) -> int:
    """Run the steps as far as possible; 0 when all is done, 1 when something is left for you."""
    if not comparison.clean:
        print(f"\nTo do by hand in {ours.path.name}\n")
        for change in comparison.unexplained:
            print(instruction(change, ours))
        print("".join(_leftovers(comparison.unexplained, ours)), end="")
        for entry, _ in comparison.outdated:
            print(f"openapi/deviations.yaml:{entry.line}: remove or correct the entry for {entry.pattern}\n")
        print(
            "To keep a difference, add it to openapi/deviations.yaml, with reason and evidence\n"
            "(`.venv/bin/python -m generator compare NEW.json --draft` writes the entry). Then run this again."
        )
        return 1
    for number, step in enumerate(STEPS, start=1):
        print(f"\n[{number}/{len(STEPS)}] {step.title}", flush=True)
        if (run or _run)(step.command):
            print(f"\nStopped at: {step.title}\n  {step.remedy}", file=sys.stderr)
            return 1
    print("\nDone. Read the diff, put the changelog into your own words, and commit everything together.")
    return 0


def instruction(change: Change, ours: Spec) -> str:
    """What to edit for one difference: where, how, and what to paste."""
    verbs = {"added": "add", "removed": "remove", "changed": "change"}
    lines = [
        f"{ours.path.name}:{_line(change.pointer, ours)}: {verbs[change.kind]} {change.pointer}",
        f"  {change.where}: {change.what} ({change.impact})",
    ]
    lines += [f"  in Python: {python}" for python in change.python]
    if change.kind == "removed":
        lines += [f"  users: {way}" for way in _ways_to_keep(change.pointer)]
    elif _is_path(change.pointer):
        lines.append(f"  to write instead: {change.public}")
        lines.append(f"  users: to keep the argument's name, add to PARAMETER_ALIASES in {NAMING}:")
        lines += [f"    {alias}" for alias in _aliases(change, ours)]
    lines += to_paste(change, ours)
    return "\n".join(lines) + "\n"


def _line(pointer: str, ours: Spec) -> int:
    """The line of a place, with lists searched by name; for something new, the line of its parent."""
    node: Any = ours.document
    found = ""
    for token in pointer.split("/")[1:]:
        key: Any = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list):
            names = [
                str(each.get("name", "")) if isinstance(each, dict) else str(each) for each in map(ours.resolve, node)
            ]
            key = names.index(key) if key in names else None
        if key is None or (isinstance(node, dict) and key not in node):
            break
        node, found = node[key], f"{found}/{str(key).replace('~', '~0').replace('/', '~1')}"
    return ours.line(f"#{found}")


def _leftovers(changes: list[Change], ours: Spec) -> Iterator[str]:
    """What only removed routes needed: components of the description, handlers of the local server, tests."""
    removed = [
        (path, method, operation)
        for method, path, pointer, operation in ours.operations()
        if any(change.kind == "removed" and change.pointer == pointer for change in changes)
    ]
    gone = [change.pointer for change in changes if change.kind == "removed" and "/parameters/" in change.pointer]
    if not removed and not gone:
        return
    kept = copy.deepcopy(ours.document)
    for path, method, _ in removed:
        del kept["paths"][path][method]
    for pointer in unused_components(kept):
        if pointer not in unused_components(ours.document):
            yield f"{ours.path.name}:{ours.line(pointer)}: remove {pointer}, no other route needs it\n\n"
    functions = {naming.function_name(method, path) for path, method, _ in removed} - _functions_in(kept)
    patterns = [rf"\b{name}\b" for name in functions | {operation["operationId"] for _, _, operation in removed}]
    for name in {each for pointer in gone for each in _names_of(pointer.rpartition("/")[2])}:
        patterns.append(rf'"{name}"|\b{name}=')
    files = "".join(f"  {each}\n" for each in _files_with(patterns))
    if files:
        yield f"These files name what is gone:\n{files}\n"


def _functions_in(document: dict[str, Any]) -> set[str]:
    """Functions of the routes in a description."""
    return {
        naming.function_name(method, path)
        for path, item in document["paths"].items()
        if path.startswith("/")
        for method in item
        if method in METHODS
    }


def _names_of(wire: str) -> list[str]:
    return [re.escape(wire), naming.python_name(wire)]


def _files_with(patterns: list[str]) -> Iterator[str]:
    """Our files that match one of these patterns, each with the lines that do."""
    words = re.compile("|".join(patterns))
    folders = [ROOT / name for name in ("rescalehtc", "examples", "tests", "docs")]
    files = [
        path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".md", ".ipynb")
    ]
    for path in [ROOT / NAMING, *files, ROOT / "README.md"]:
        text = path.read_text(encoding="utf-8").splitlines()
        lines = [str(number) for number, line in enumerate(text, start=1) if words.search(line)]
        if lines:
            yield f"{path.relative_to(ROOT).as_posix()}:{', '.join(lines)}"


def _ways_to_keep(pointer: str) -> list[str]:
    """How users can keep, for a while, what the service has removed."""
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


def _aliases(change: Change, ours: Spec) -> Iterator[str]:
    """Entries of PARAMETER_ALIASES that keep the arguments of a path's old names."""
    pairs = zip(IN_PATH.findall(change.public), IN_PATH.findall(change.where), strict=True)
    names = {name: naming.python_name(old) for name, old in pairs if name != old}
    for _, path, _, operation in ours.operations():
        if path == change.where:
            yield from (f'("{operation["operationId"]}", "{name}"): "{old}",' for name, old in names.items())


def _is_path(pointer: str) -> bool:
    return pointer.startswith("#/paths/") and pointer.count("/") == 2


def _run(command: list[str]) -> int:
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode


def keep(public: dict[str, Any], path: Path = PUBLIC) -> None:
    """Store the public description that ours has caught up with, without its prose; tests compare ours with it."""
    text = json.dumps(_valid(without_words(public)), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _valid(document: dict[str, Any]) -> dict[str, Any]:
    """The document with what OpenAPI requires: a title, and a description of every response."""
    document.setdefault("info", {}).setdefault("title", "The public description, without its prose")
    groups = [document.get("components", {}).get("responses", {})]
    for item in document.get("paths", {}).values():
        groups += [item[method].get("responses", {}) for method in METHODS if method in item]
    for group in groups:
        with_answers_described({"responses": group})
    return document
