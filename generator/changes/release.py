"""What a difference of the public surface means for users, and the version and changelog that follow from it."""

from __future__ import annotations

import ast
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..client.spec import SpecError
from .surface import SURFACE

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = ROOT / "CHANGELOG.md"
Impact = Literal["breaking", "additive", "announced"]
DEPRECATED = re.compile(r"deprecated: .*goes in rescalehtc ([\d.]+)")
TITLES = {"added": "Added", "changed": "Changed", "deprecated": "Deprecated", "removed": "Removed"}


@dataclass(frozen=True)
class SurfaceChange:
    """A public name that was added or removed, or changed its meaning.

    Attributes:
        name: The name.
        kind: ``added``, ``changed``, ``deprecated`` or ``removed``.
        impact: ``breaking`` if programs may stop working or type-checking, ``announced`` if an old name is
            removed after warning for a minor version, ``additive`` otherwise.
        what: What changed, in words.
    """

    name: str
    kind: str
    impact: Impact
    what: str


def surface_changes(old: str, new: str) -> list[SurfaceChange]:
    """The changes from one surface to another."""
    before, after = _read(old), _read(new)
    changes: list[SurfaceChange] = []
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        bare, _, number = name.partition("#")
        if was == now or (number and was is None and bare in before):
            continue
        if was is not None and f"{name}#1" in after:
            # It has taken a further form; one of the forms must be the old one.
            forms = [_changed(was, each) for other, each in after.items() if other.startswith(f"{name}#")]
            best = min(forms, key=lambda form: sum(impact == "breaking" for impact, _ in form))
            changes += [SurfaceChange(name, "changed", impact, what) for impact, what in best]
            continue
        if was is None:
            changes.append(_added(name, str(now), before))
        elif now is None:
            announced = DEPRECATED.search(was)
            what = "as announced" if announced else "without having been deprecated"
            changes.append(SurfaceChange(name, "removed", "announced" if announced else "breaking", what))
        elif was.startswith("field: ") and now.startswith("property: "):
            # Reading the old name still works, with a warning; the constructor no longer takes it.
            what = f"the constructor no longer takes it; {now.partition('deprecated: ')[2] or now}"
            changes.append(SurfaceChange(name, "changed", "breaking", what))
        elif DEPRECATED.search(now) and not DEPRECATED.search(was):
            changes.append(SurfaceChange(name, "deprecated", "additive", now.partition("deprecated: ")[2]))
        else:
            changes += [SurfaceChange(name, "changed", impact, what) for impact, what in _changed(was, now)]
    return changes


def next_version(current: str, changes: list[SurfaceChange]) -> str:
    """The version after ``current``: major, minor or, if the surface is the same, a fix."""
    major, minor, patch = (int(part) for part in current.split("."))
    if any(change.impact == "breaking" for change in changes):
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if changes else f"{major}.{minor}.{patch + 1}"


def draft(version: str, changes: list[SurfaceChange]) -> str:
    """A draft of the changelog's section, for a person to reword."""
    lines = [f"## [{version}] - unreleased", ""]
    for kind, title in TITLES.items():
        chosen = [change for change in changes if change.kind == kind]
        if chosen:
            lines += [f"### {title}", "", *_entries(chosen), ""]
    if not changes:
        lines += ["### Fixed", "", "- The public surface is the same; say here what was fixed.", ""]
    return "\n".join(lines)


def write_draft(text: str, path: Path = CHANGELOG) -> None:
    """Insert a section above the latest one; a draft of the same version is replaced.

    Raises:
        SpecError: The file is not a changelog.
    """
    content = path.read_text(encoding="utf-8")
    heading = text.splitlines()[0]
    if heading in content:
        start = content.index(heading)
        end = content.find("\n## ", start)
        content = content[:start] + (content[end + 1 :] if end >= 0 else "")
    place = re.search(r"^## (?!\[?Unreleased)", content, re.MULTILINE | re.IGNORECASE)
    if place is None and not content.startswith("# "):
        raise SpecError("This is not a changelog: it has no heading", "Start it with `# Changelog`.", file=path)
    at = place.start() if place else len(content)
    path.write_text(f"{content[:at].rstrip()}\n\n{text}\n{content[at:]}".rstrip() + "\n", encoding="utf-8")


def last_release() -> str | None:
    """The tag of the last release, None before the first."""
    answer = _git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    return answer.strip() if answer else None


def surface_at(commit: str) -> str:
    """The surface at a commit.

    Raises:
        SpecError: There is none.
    """
    path = SURFACE.relative_to(ROOT).as_posix()
    text = _git("show", f"{commit}:{path}")
    if text is None:
        raise SpecError(f"There is no {path} in {commit}", "Name a commit or tag that has one with --since.")
    return text


def _git(*arguments: str) -> str | None:
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout if run.returncode == 0 else None


def _read(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {name: what for name, _, what in (line.partition(" ") for line in lines)}


def _added(name: str, now: str, before: dict[str, str]) -> SurfaceChange:
    owner = name.rpartition(".")[0]
    demanded = now.startswith("field: ") and not now.endswith(" = ...") and owner in before
    what = "the constructor of a known class requires it" if demanded else now
    return SurfaceChange(name, "added", "breaking" if demanded else "additive", what)


def _changed(was: str, now: str) -> list[tuple[Impact, str]]:
    if "def(" in was and "def(" in now:
        return _function_changes(was, now)
    if was.startswith("class(") and now.startswith("class("):
        gone = _bases(was) - _bases(now)
        return [("breaking" if gone else "additive", f"bases {was[5:]} → {now[5:]}")]
    kind_was, _, type_was = was.partition(": ")
    kind_now, _, type_now = now.partition(": ")
    readable = {"field", "attribute", "property", "value"}
    if {kind_was, kind_now} <= readable and "value" not in (kind_was, kind_now):
        old, new = (_union(text.removesuffix(" = ...")) for text in (type_was, type_now))
        demanded = type_was.endswith(" = ...") and not type_now.endswith(" = ...") and kind_now == "field"
        if demanded:
            return [("breaking", "the constructor now requires it")]
        return [("additive" if new <= old else "breaking", f"{type_was} → {type_now}")]
    return [("breaking", f"{was} → {now}")]


def _function_changes(was: str, now: str) -> list[tuple[Impact, str]]:
    old, new = _signature(was), _signature(now)
    if old is None or new is None:
        return [("breaking", f"{was} → {now}")]
    found: list[tuple[Impact, str]] = []
    if was.startswith("async ") != now.startswith("async "):
        found.append(("breaking", "has to be awaited" if now.startswith("async ") else "is no longer awaited"))
    positional = [name for name, each in old.items() if each.positional]
    present = [name for name, each in new.items() if each.positional]
    if present[: len(positional)] != positional:
        found.append(("breaking", f"positional parameters {', '.join(positional)} → {', '.join(present)}"))
    for name in old.keys() - new.keys():
        found.append(("breaking", f"the parameter {name} is gone"))
    for name, each in new.items():
        before = old.get(name)
        if before is None:
            impact: Impact = "breaking" if each.required else "additive"
            word = "required" if each.required else "optional"
            found.append((impact, f"new {word} parameter {name}: {each.annotation}"))
            continue
        if each.required and not before.required:
            found.append(("breaking", f"{name} has become required"))
        elif before.required != each.required or before.default != each.default:
            found.append(("additive", f"default of {name} {before.default} → {each.default}"))
        if before.annotation != each.annotation:
            wider = _union(before.annotation) <= _union(each.annotation)
            text = f"{name}: {before.annotation} → {each.annotation}"
            found.append(("additive" if wider else "breaking", text))
    returned = [text.partition(") -> ")[2].partition(" deprecated: ")[0] for text in (was, now)]
    if returned[0] != returned[1]:
        narrower = _union(returned[1]) <= _union(returned[0])
        found.append(("additive" if narrower else "breaking", f"returns {returned[0]} → {returned[1]}"))
    return found or [("additive", f"{was} → {now}")]


@dataclass(frozen=True)
class _Parameter:
    annotation: str
    default: str
    required: bool
    positional: bool


def _signature(text: str) -> dict[str, _Parameter] | None:
    body = text.partition(" deprecated: ")[0].replace("def(", "def _(", 1)
    try:
        function = ast.parse(f"{body}: ...").body[0]
    except SyntaxError:
        return None
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return None
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    pairs = [(each, default, True) for each, default in zip(positional, defaults, strict=True)]
    pairs += [(e, default, False) for e, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    return {
        each.arg: _Parameter(
            ast.unparse(each.annotation) if each.annotation else "",
            ast.unparse(default) if default else "",
            default is None,
            is_positional,
        )
        for each, default, is_positional in pairs
    }


def _bases(text: str) -> set[str]:
    return set(text.removeprefix("class(").removesuffix(")").split(", "))


def _union(annotation: str) -> set[str]:
    """Members of a union; the contents of brackets are not split."""
    try:
        node = ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return {annotation}
    members: set[str] = set()
    waiting: list[ast.expr] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.BinOp) and isinstance(each.op, ast.BitOr):
            waiting += [each.left, each.right]
        else:
            members.add(ast.unparse(each))
    return members


def _entries(changes: list[SurfaceChange]) -> list[str]:
    whole = {_shown(change.name) for change in changes}
    lines: dict[str, None] = {}
    for change in changes:
        name = _shown(change.name)
        if name.rpartition(".")[0] in whole:
            continue  # the attributes of a new class need no lines of their own
        twin = name.replace("rescalehtc.aio.", "rescalehtc.api.")
        name = twin if twin in whole else name
        plain = change.kind == "added" and change.impact == "additive"
        text = f"`{name}`" if plain else f"`{name}`: {change.what}"
        lines[f"- {text}{' **Breaking.**' if change.impact == 'breaking' else ''}"] = None
    return list(lines)


def _shown(name: str) -> str:
    return name.partition("#")[0].removesuffix("()")
