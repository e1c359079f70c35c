"""Build and check: always the same output, a readable diff, and the old package until the new one is complete."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.client import build as build_module
from generator.client.build import PACKAGE, build, check
from generator.client.proof import prove
from generator.client.spec import SpecError

pytestmark = pytest.mark.slow

SmallWith = Callable[..., Path]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_builds_are_equal(small_with: SmallWith, tmp_path: Path) -> None:
    spec = small_with()
    build(spec, tmp_path / "one")
    # Hashes, locale and time zone, which differ in another process, must make no difference.
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--spec", spec, "--output", tmp_path / "two"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu"},
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
    document["components"]["schemas"]["Board"]["properties"]["woodType"] = {
        "type": "string",
        "description": "Its wood.",
    }


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
def test_check_shows_a_change_and_build_applies_it(
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


@pytest.mark.parametrize("stumbles", ["write_bytes", "rename"])
def test_a_build_that_fails_midway_leaves_the_old_package(
    stumbles: str, small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "generated"
    build(small_with(), output)
    before = contents(output)

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    if stumbles == "write_bytes":
        monkeypatch.setattr(Path, "write_bytes", full)
    else:
        rename = Path.rename
        monkeypatch.setattr(Path, "rename", lambda self, to: full() if self.name == "new" else rename(self, to))
    with pytest.raises(SpecError, match=r"cannot be written: No space left(.|\n)*Remedy"):
        build(small_with(add_field), output)
    assert contents(output) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process")
def test_the_next_build_cleans_up_after_a_killed_one(small_with: SmallWith, tmp_path: Path) -> None:
    spec, output = small_with(), tmp_path / "generated"
    build(spec, output)
    before = contents(output)
    program = (
        "import os, pathlib; from generator.client.build import build\n"
        "rename = pathlib.Path.rename\n"
        "pathlib.Path.rename = lambda self, to: os._exit(9) if self.name == 'new' else rename(self, to)\n"
        f"build(pathlib.Path({str(spec)!r}), pathlib.Path({str(output)!r}))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=build_module.ROOT, check=False)
    assert run.returncode == 9
    assert not (output / PACKAGE).exists()
    build(spec, output)
    assert contents(output) == before


def test_a_template_that_renders_invalid_python_is_refused(
    small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module.docstrings, "docstring", lambda *_: "def (")
    with pytest.raises(SpecError, match="fix the template"):
        build(small_with(), tmp_path / "generated")
    assert not (tmp_path / "generated").exists()


def test_another_version_of_a_tool_is_refused(
    small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda _: "0.0.1")
    with pytest.raises(SpecError, match=r"0\.0\.1 is installed, pyproject\.toml pins .*\n.*make setup"):
        build(small_with(), tmp_path)


def test_another_version_is_reported_before_it_can_fail_to_import(tmp_path: Path) -> None:
    program = (
        "import sys, importlib.metadata as m; m.version = lambda _: '9.9.9'\n"
        "sys.modules['openapi_python_client'] = None\n"
        "from generator.__main__ import main; sys.exit(main(['check']))"
    )
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=build_module.ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "9.9.9 is installed, pyproject.toml pins" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_terminal_that_knows_only_ascii(small_with: SmallWith, tmp_path: Path) -> None:
    def edit(document: dict[str, Any]) -> None:
        document["paths"]["/ü→"] = {"get": {}}

    spec = small_with(edit)
    run = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--spec", spec, "--output", tmp_path],
        cwd=build_module.ROOT,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        check=False,
    )
    assert run.returncode == 2
    assert b"/\\xfc\\u2192 has no operationId" in run.stderr
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize(
    "line",
    ["X = 1 / 0\n", "X: Y = 1 + Z\n", "def f(:\n", "class Model: ...\n", "def g(Model): ...\n", 'X = "\\d"\n'],
)
def test_a_package_that_is_not_good_replaces_nothing(
    line: str, small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "generated"
    build(small_with(), output)
    before = contents(output)
    render = build_module._render

    def render_badly(views: Any, package: Path) -> None:
        render(views, package)
        with (package / "models" / "key.py").open("a", encoding="utf-8") as file:
            file.write(line)

    monkeypatch.setattr(build_module, "_render", render_badly)
    with pytest.raises(SpecError, match=r"models/key\.py has a fault(.|\n)*#/components/schemas/Key(.|\n)*Remedy"):
        build(small_with(), output)
    assert contents(output) == before


def test_an_unexpected_error_is_reported_as_a_bug_in_the_generator(
    small_with: SmallWith, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_module.docstrings, "docstring", lambda *_: {}["key"])
    spec = small_with()
    with pytest.raises(
        SpecError, match=r"fails on this description with KeyError: 'key'\n  Remedy: .*test_build\.py:\d+"
    ):
        build(spec, tmp_path / "generated")
    assert not (tmp_path / "generated").exists()


def test_the_proof_reads_annotations_as_the_real_import_does(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("class A:\n    x: Nowhere\n")
    assert [fault.what for fault in prove(tmp_path)] == ["NameError: name 'Nowhere' is not defined"]
