"""Build and check: equal every time, a readable difference, the old package until the new one is whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import build as build_module
from generator.__main__ import main
from generator.build import PACKAGE, build, check
from generator.spec import SpecError

SmallWith = Callable[..., Path]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_are_equal(small_with: SmallWith, tmp_path: Path) -> None:
    spec = small_with()
    build(spec, tmp_path / "one")
    # Sets and hashes must not decide the order of anything: another process has other hashes.
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--spec", spec, "--output", tmp_path / "two"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
        cwd=build_module.ROOT,
    )
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_every_module_says_what_made_it(small_with: SmallWith, tmp_path: Path) -> None:
    build(small_with(), tmp_path)
    by_hand = {"client.py", "errors.py", "types.py"}
    for path in (tmp_path / PACKAGE).rglob("*.py"):
        if path.name not in by_hand:
            assert "Do not edit." in path.read_text(encoding="utf-8").splitlines()[0], path


def describe(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Board"]["description"] = "A plank."


def add_field(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["Board"]["properties"]["woodType"] = {"type": "string"}


def add_route(document: dict[str, Any]) -> None:
    document["paths"]["/boards"] = {
        "delete": {"operationId": "deleteBoards", "tags": ["Board"], "responses": {"204": {"description": "Gone."}}}
    }


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        (describe, ['-    """A board that knows its shelf."""', '+    """A plank."""']),
        (add_field, ['+    wood_type: str | None = field("woodType", default=None)']),
        (add_route, ["+def delete_boards(", "delete_boards.py (missing)", '+    path="/boards",']),
    ],
)
def test_check_shows_a_change_and_build_mends_it(
    edit: Callable[[dict[str, Any]], None],
    shown: list[str],
    small_with: SmallWith,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    output = tmp_path / "generated"
    places = ["--output", str(output), "--spec"]
    assert main(["build", *places, str(small_with())]) == 0
    changed = str(small_with(edit))
    capsys.readouterr()

    assert main(["check", *places, changed]) == 1
    printed = capsys.readouterr()
    for line in shown:
        assert line in printed.out
    assert "run `make generate`" in printed.err

    assert main(["build", *places, changed]) == 0
    capsys.readouterr()
    assert main(["check", *places, changed]) == 0
    assert "up to date" in capsys.readouterr().out


def test_check_sees_edited_added_and_missing_files(small_with: SmallWith, tmp_path: Path) -> None:
    spec = small_with()
    build(spec, tmp_path)
    package = tmp_path / PACKAGE
    with (package / "functions.py").open("a") as file:
        file.write("# by hand\n")
    (package / "models" / "extra.py").write_text("X = 1\n")
    (package / "models" / "key.py").unlink()
    difference = check(spec, tmp_path)
    assert "-# by hand" in difference
    assert "models/extra.py (to be removed)" in difference
    assert "models/key.py (missing)" in difference


def test_a_new_build_leaves_nothing_of_the_old(small_with: SmallWith, tmp_path: Path) -> None:
    build(small_with(add_route), tmp_path)
    build(small_with(), tmp_path)
    assert "delete_boards" not in "".join(contents(tmp_path))
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("small-")] == [PACKAGE]


@pytest.mark.parametrize("stumbles", ["copy", "rename", "template"])
def test_a_build_that_fails_midway_leaves_the_old_package(
    stumbles: str, small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "generated"
    build(small_with(), output)
    before = contents(output)
    changed = small_with(add_field)

    def full(*_: Any, **__: Any) -> None:
        raise OSError("No space left on device")

    if stumbles == "copy":
        monkeypatch.setattr(shutil, "copytree", full)
    elif stumbles == "rename":
        rename = Path.rename
        monkeypatch.setattr(Path, "rename", lambda self, to: full() if self.name == "new" else rename(self, to))
    else:
        monkeypatch.setattr(build_module.docstrings, "docstring", full)
    with pytest.raises(OSError, match="No space left"):
        build(changed, output)
    assert contents(output) == before


def test_a_template_that_gives_no_python_is_refused(
    small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module.docstrings, "docstring", lambda *_: "def (")
    with pytest.raises(SpecError, match="mend the template"):
        build(small_with(), tmp_path / "generated")
    assert not (tmp_path / "generated").exists()


def test_another_version_of_a_tool_is_refused(
    small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module.importlib.metadata, "version", lambda _: "0.0.1")
    with pytest.raises(SpecError, match=r"0\.0\.1 is installed, pyproject\.toml pins .*\n.*make setup"):
        build(small_with(), tmp_path)
