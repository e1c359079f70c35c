"""The public surface as text, and what its differences mean for users."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from generator.__main__ import main
from generator.changes import release as changes_module
from generator.changes import surface as surface_module
from generator.changes.release import draft, next_version, surface_changes, write_draft
from generator.changes.surface import HEADER, surface
from generator.client.spec import SpecError

numbers = itertools.count()

SOURCE = '''
from __future__ import annotations
import enum
from typing import Any, overload
import attrs

__all__ = ["LIMIT", "Colour", "Shelf", "Thing", "find", "fetch", "old_find", "same"]

LIMIT: int = 3

class Colour(enum.StrEnum):
    RED = "RED"

@attrs.define(kw_only=True)
class Shelf:
    title: str
    width: float | None = None
    _hidden: int = 0

class _Base:
    def close(self) -> None: ...

class Thing(_Base):
    size: int
    def __init__(self, name: str, *rest: int, loud: bool = False, **more: Any) -> None: ...
    @property
    def age(self) -> int: return 1
    @property
    def years(self) -> int:
        """Deprecated: Thing.years is now called age; the old name goes in rescalehtc 2.3."""
        return 1
    @classmethod
    def of(cls, text: str, /) -> Thing: ...
    @staticmethod
    def max() -> int: return 1
    def _private(self) -> None: ...

@overload
def find(key: None = None) -> list[Shelf]: ...
@overload
def find(key: str) -> Shelf: ...
def find(key: str | None = None) -> Any: ...

async def fetch(session: Thing, *, size: int = 100, default: Any = object()) -> str: ...

def old_find(*arguments: Any) -> Any: ...
old_find.__deprecated__ = "old_find is now called find; the old name goes in rescalehtc 2.1"

same = find
'''


@pytest.fixture
def module(tmp_path: Path) -> Callable[[str], ModuleType]:
    def make(source: str) -> ModuleType:
        made = ModuleType(f"surface_example_{next(numbers)}")
        sys.modules[made.__name__] = made
        exec(compile(source, str(tmp_path), "exec", dont_inherit=True), made.__dict__)
        return made

    return make


def test_every_kind_of_name(module: Callable[[str], ModuleType]) -> None:
    example = module(SOURCE)
    lines = surface([example]).removeprefix(HEADER).splitlines()
    shown = [line.replace(example.__name__, "example") for line in lines if line.startswith(example.__name__)]
    assert shown == [
        "example module",
        "example.Colour class(StrEnum)",
        "example.Colour.RED value: 'RED'",
        "example.LIMIT value: int",
        "example.Shelf class()",
        "example.Shelf.title field: str",
        "example.Shelf.width field: float | None = ...",
        "example.Thing class()",
        "example.Thing() def(name: str, *rest: int, loud: bool = False, **more: Any) -> None",
        "example.Thing.age property: int",
        "example.Thing.close def() -> None",
        "example.Thing.max staticmethod def() -> int",
        "example.Thing.of classmethod def(text: str, /) -> Thing",
        "example.Thing.size attribute: int",
        "example.Thing.years property: int deprecated: Thing.years is now called age; "
        "the old name goes in rescalehtc 2.3.",
        "example.fetch async def(session: Thing, *, size: int = 100, default: Any = ...) -> str",
        "example.find#1 def(key: None = None) -> list[Shelf]",
        "example.find#2 def(key: str) -> Shelf",
        "example.old_find def(*arguments: Any) -> Any deprecated: old_find is now called find; "
        "the old name goes in rescalehtc 2.1",
        "example.same = example.find",
    ]


@pytest.mark.slow
def test_the_surface_of_the_library_holds_all_that_users_import() -> None:
    text = surface()
    for line in (
        "rescalehtc.HtcSession = rescalehtc.htcsession.HtcSession",
        "rescalehtc.api.get_htc_projects#2 def(session: Session, project_id: str) -> HTCProject",
        "rescalehtc.models.HTCJob.job_uuid field: str",
        "rescalehtc.models.LifecycleStatus.ACTIVE value: 'ACTIVE'",
        "rescalehtc.models.*.to_dict def() -> dict[str, Any]",
        "rescalehtc.exceptions.HtcNotFoundError class(HtcStatusError)",
        "rescalehtc.api.HtcException = rescalehtc.exceptions.HtcException",
    ):
        assert f"\n{line}\n" in text
    assert "rescalehtc_generated." not in text
    assert not any(part.startswith("_") for line in text.splitlines() for part in line.split(" ")[0].split("."))


@pytest.mark.slow
def test_the_surface_is_the_same_in_every_process() -> None:
    code = "from generator.changes.surface import surface; print(surface(), end='')"
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=surface_module.ROOT).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1] == surface().encode()


@pytest.mark.slow
def test_a_change_must_be_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "surface.txt"
    monkeypatch.setattr("generator.commands.SURFACE", path)
    monkeypatch.setattr("generator.commands.surface_difference", lambda: surface_module.surface_difference(path))
    assert main(["surface"]) == 1
    assert main(["surface", "--write"]) == 0
    assert main(["surface"]) == 0
    path.write_text(path.read_text().replace("rescalehtc.api.get_htc_storage def", "rescalehtc.api.get_old def"))
    capsys.readouterr()
    assert main(["surface"]) == 1
    printed = capsys.readouterr()
    assert "-rescalehtc.api.get_old def(session: Session)" in printed.out
    assert "+rescalehtc.api.get_htc_storage def(session: Session)" in printed.out
    assert "make surface" in printed.err


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("", "m.f def() -> int", "added additive"),
        ("m.f def() -> int", "", "removed breaking"),
        ("m.f def() -> int deprecated: f is gone; goes in rescalehtc 2.1", "", "removed announced"),
        ("m.f def() -> int", "m.f def() -> int deprecated: f is now g; goes in rescalehtc 2.1", "deprecated additive"),
        ("m.f def(a: str) -> int", "m.f def(a: str, b: int = 3) -> int", "changed additive"),
        ("m.f def(a: str) -> int", "m.f def(a: str, b: int) -> int", "changed breaking"),
        ("m.f def(a: str) -> int", "m.f def(b: int = 1, a: str = '') -> int", "changed breaking"),
        ("m.f def(a: str) -> int", "m.f def(*, a: str) -> int", "changed breaking"),
        ("m.f def(a: str) -> int", "m.f def(a: str, *, b: int | None = None) -> int", "changed additive"),
        ("m.f def(a: str) -> int", "m.f def(a: str, *, b: int) -> int", "changed breaking"),
        ("m.f def(a: str, *, b: int = 1) -> int", "m.f def(a: str) -> int", "changed breaking"),
        ("m.f def(*, b: int = 1) -> int", "m.f def(*, b: int) -> int", "changed breaking"),
        ("m.f def(*, b: int = 1) -> int", "m.f def(*, b: int = 2) -> int", "changed additive"),
        ("m.f def(*, b: int) -> int", "m.f def(*, b: int | None) -> int", "changed additive"),
        ("m.f def(*, b: int | None) -> int", "m.f def(*, b: int) -> int", "changed breaking"),
        ("m.f def() -> int | None", "m.f def() -> int", "changed additive"),
        ("m.f def() -> int", "m.f def() -> int | None", "changed breaking"),
        ("m.f def() -> int", "m.f async def() -> int", "changed breaking"),
        ("m.C class(A)\nm.C.a field: int", "m.C class(A)\nm.C.a field: int | None", "changed breaking"),
        ("m.C class(A)\nm.C.a field: int", "m.C class(A)\nm.C.a field: int = ...", "changed additive"),
        ("m.C class(A)\nm.C.a field: int = ...", "m.C class(A)\nm.C.a field: int", "changed breaking"),
        ("m.C class(A)\nm.C.a field: int | None", "m.C class(A)\nm.C.a field: int", "changed additive"),
        ("m.C class(A)", "m.C class(A)\nm.C.b field: int = ...", "added additive"),
        ("m.C class(A)", "m.C class(A)\nm.C.b field: int", "added breaking"),
        ("m.C class(A)", "m.C class(A, B)", "changed additive"),
        ("m.C class(A, B)", "m.C class(A)", "changed breaking"),
        ("m.E.A value: 'A'", "m.E.A value: 'B'", "changed breaking"),
        ("m.f def() -> int", "m.f class()", "changed breaking"),
        ("m.f = m.g", "m.f = m.h", "changed breaking"),
    ],
)
def test_what_a_change_means(was: str, now: str, expected: str) -> None:
    change, *_ = surface_changes(was, now)
    assert f"{change.kind} {change.impact}" == expected


def test_a_new_class_may_have_required_parameters() -> None:
    assert {c.impact for c in surface_changes("", "m.C class()\nm.C.b field: int")} == {"additive"}


@pytest.mark.parametrize(
    ("was", "now", "version"),
    [
        ("m.f def()", "m.f def()", "2.3.5"),
        ("", "m.f def()", "2.4.0"),
        ("m.f def() deprecated: goes in rescalehtc 2.4", "", "2.4.0"),
        ("m.f def()", "", "3.0.0"),
    ],
)
def test_the_next_version(was: str, now: str, version: str) -> None:
    assert next_version("2.3.4", surface_changes(was, now)) == version


def test_a_draft_of_the_changelog(tmp_path: Path) -> None:
    old = "m.models.A class()\nm.models.A.x field: int\nm.api.f def() -> int\nm.api.h def() -> int\n"
    new = "m.models.A class()\nm.models.B class()\nm.models.B.y field: int\nm.api.f def() -> str\nm.api.g#1 def()\n"
    new += "m.api.g#2 def()\n"
    text = draft("3.0.0", surface_changes(old, new))
    assert (
        text
        == """\
## [3.0.0] - unreleased

### Added

- `m.api.g`
- `m.models.B`

### Changed

- `m.api.f`: returns int → str **Breaking.**

### Removed

- `m.api.h`: without having been deprecated **Breaking.**
- `m.models.A.x`: without having been deprecated **Breaking.**
"""
    )
    path = tmp_path / "CHANGELOG.md"
    path.write_text("# Changelog\n\nIntro.\n\n## [Unreleased]\n\n- By hand.\n\n## [2.0.0] - 2026-01-01\n\n- First.\n")
    for _ in range(2):  # writing it again replaces it
        write_draft(text, path)
    written = path.read_text()
    assert written.count("## [3.0.0]") == 1
    assert written.index("By hand") < written.index("## [3.0.0]") < written.index("## [2.0.0]")
    assert "surface is the same" in draft("2.0.1", [])
    path.write_text("No heading")
    with pytest.raises(SpecError, match="not a changelog"):
        write_draft(text, path)


def test_a_sync_function_and_its_async_twin_are_one_entry() -> None:
    new = "rescalehtc.api.f def()\nrescalehtc.aio.f async def()\nrescalehtc.aio.only async def()"
    assert draft("2.1.0", surface_changes("", new)).splitlines()[4:6] == [
        "- `rescalehtc.api.f`",
        "- `rescalehtc.aio.only`",
    ]


@pytest.mark.slow
def test_changes_since_a_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def git(*arguments: str) -> None:
        names = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *names, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs" / "surface.txt"
    monkeypatch.setattr(changes_module, "ROOT", tmp_path)
    monkeypatch.setattr(changes_module, "SURFACE", path)
    assert main(["changes"]) == 0
    assert "There is no release yet" in capsys.readouterr().out
    current = surface()
    path.write_text(current.replace("rescalehtc.api.get_htc_storage def", "rescalehtc.api.get_old def"))
    git("add", ".")
    git("commit", "--quiet", "-m", "x")
    git("tag", "-a", "v2.7.1", "-m", "x")
    assert main(["changes"]) == 0
    printed = capsys.readouterr().out
    assert "Breaking: 1" in printed
    assert "removed rescalehtc.api.get_old: without having been deprecated" in printed
    assert "Since v2.7.1 the next version is 3.0.0." in printed
    assert "- `rescalehtc.api.get_htc_storage`" in printed
    assert main(["changes", "--since", "nothing"]) == 2
    assert "There is no docs/surface.txt in nothing" in capsys.readouterr().err


def test_a_function_that_takes_a_further_form_is_not_gone() -> None:
    old = "m.f def(s: S, key: str) -> Shelf\n"
    forms = "m.f#1 def(s: S, key: None = None) -> list[Shelf]\nm.f#2 def(s: S, key: {}) -> Shelf\n"
    (change,) = surface_changes(old, forms.format("str"))
    assert (change.name, change.impact) == ("m.f", "additive")
    assert any(each.impact == "breaking" for each in surface_changes(old, forms.format("int")))
