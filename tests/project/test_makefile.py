"""The Makefile sets up an environment that works, also after a first try that failed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")

# A Python that records what it is asked to do; as a virtual environment it copies itself.
PYTHON = """#!/bin/sh
echo "$0 $*" >> "{log}"
case "$1 $2" in
  "-c import sys"*) exit {old} ;;
  "-m venv") shift; for last; do :; done; rm -rf "$last"; mkdir -p "$last/bin"; cp "$0" "$last/bin/python" ;;
  "-m pip") exit {pip_fails} ;;
esac
"""


def python(folder: Path, name: str, *, old: bool = False, pip_fails: bool = False) -> Path:
    path = folder / name
    path.write_text(PYTHON.format(log=folder / "log", old=int(old), pip_fails=int(pip_fails)))
    path.chmod(0o755)
    return path


def make(folder: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "pyproject.toml").touch()
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{path}:/usr/bin:/bin".lstrip(":"), "HOME": str(folder)},
    )


@pytest.mark.slow
def test_an_old_python_is_refused_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = make(tmp_path, "setup", f"PYTHON={python(tmp_path, 'old', old=True)}")
    assert done.returncode != 0
    assert "rescalehtc needs Python 3.11 or later; try: make setup PYTHON=python3.13" in done.stderr
    assert not (tmp_path / ".venv").exists()
    assert make(tmp_path, "setup", f"PYTHON={python(tmp_path, 'new')}").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("left", ["bin/python", "nothing"])
def test_a_half_made_environment_is_replaced(left: str, tmp_path: Path) -> None:
    """Left behind by an installation that failed, or by the Makefile of an earlier version."""
    assert make(tmp_path, "setup", f"PYTHON={python(tmp_path, 'bad', pip_fails=True)}").returncode != 0
    if left == "nothing":
        (tmp_path / ".venv" / "bin" / "python").unlink()
    new = python(tmp_path, "new")
    assert make(tmp_path, "setup", f"PYTHON={new}").returncode == 0
    assert (tmp_path / ".venv" / "bin" / "python").read_text() == new.read_text()


def test_uv_is_used_when_it_is_there(tmp_path: Path) -> None:
    uv = python(tmp_path, "uv")
    uv.write_text(f'#!/bin/sh\necho "uv $*" >> {tmp_path}/log\ntest "$1" != venv || mkdir -p .venv\n')
    new = python(tmp_path, "new")
    assert make(tmp_path, "setup", f"PYTHON={new}", path=str(tmp_path)).returncode == 0
    log = (tmp_path / "log").read_text()
    assert f"uv venv --quiet --clear --python {new} .venv" in log
    assert "uv pip install --quiet --python .venv/bin/python --editable .[local] --group dev" in log
    assert "-m pip" not in log


@pytest.mark.slow
def test_help_lists_every_target_under_a_heading(tmp_path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text()
    (phony,) = re.findall(r"^\.PHONY: ((?:.+\\\n)*.+)$", makefile, re.MULTILINE)
    documented = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert documented <= set(phony.split())
    shown = make(tmp_path, "help").stdout
    assert set(re.findall(r"^  ([a-z-]+) ", shown, re.MULTILINE)) == documented
    headings = re.findall(r"^(\w.+)$", shown, re.MULTILINE)
    assert headings == ["Everyday", "See it", "Change the API", "Release and measure"]


def test_it_works_with_the_make_of_macos() -> None:
    makefile = (ROOT / "Makefile").read_text()
    code = "\n".join(line for line in makefile.splitlines() if not line.startswith("#"))
    for newer in (r"^\.ONESHELL", r"\$\(file ", r"^\S+ &:", r"^\w+ *!=", r"^\w+ *::=", r"^undefine ", r"\$\(guile "):
        assert not re.search(newer, code, re.MULTILINE), newer
    # make 3.81 runs a simple command itself; `command` exists in a shell only.
    assert all(">" in call for call in re.findall(r"\$\(shell command [^)]*\)", code))
