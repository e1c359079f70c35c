"""The README works for somebody who clones this repository and pastes its commands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^\$ ([^#\n]*[^#\s])", re.MULTILINE)
SERVER = re.compile(r"^\$ (\S+python -m rescalehtc\.local)\n((?:(?:#|export) .*\n)+)", re.MULTILINE)


@pytest.mark.slow
@pytest.mark.timeout(1200)  # it sets up an environment of its own
def test_the_first_program_of_the_readme_runs(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    files = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    for name in files:
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, clone / name)
    environment = {
        "HOME": str(tmp_path),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        # Do not fetch again what this machine has fetched before, nor compile what is never imported.
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
        "PIP_NO_COMPILE": "no",  # pip takes it the other way round
    }

    shown = COMMAND.findall(README)
    assert shown[:2] == ["make demo", "make test"]  # the second would run this test again
    run(shown[0], clone, environment)

    found = SERVER.search(README)
    assert found is not None
    command, promised = found.groups()
    with server(command, len(promised.splitlines()), clone, environment) as printed:
        assert [shape(line) for line in printed] == [shape(line) for line in promised.splitlines()]
        environment |= dict(line.removeprefix("export ").split("=", 1) for line in printed if not line.startswith("#"))
        program = re.search(
            r"^Save this program as `(\S+)` and run it with `(.+)`:\n\n```python\n(.*?)^```$", README, re.M | re.S
        )
        assert program is not None
        (clone / program[1]).write_text(program[3])
        lines = run(program[2], clone, environment).splitlines()
    assert [line for line in lines if re.fullmatch(r"\d SUCCEEDED 0", line)] == lines
    assert len(lines) == 10


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def shape(line: str) -> str:
    """A line with its port and key masked."""
    return re.sub(r":\d+", ":PORT", re.sub(r"\b[0-9a-f]{40}\b", "KEY", line))


@contextmanager
def server(command: str, lines: int, folder: Path, environment: dict[str, str]) -> Iterator[list[str]]:
    process = subprocess.Popen(command.split(), cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield [process.stdout.readline().strip() for _ in range(lines)]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_every_link_within_the_repository_leads_to_a_file() -> None:
    pattern = re.compile(r"\]\((?!https?:|#)([^)#]+)")
    links = [(page, link) for page in ROOT.glob("*.md") for link in pattern.findall(page.read_text(encoding="utf-8"))]
    assert len(links) > 10
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_the_table_of_contents_names_every_section() -> None:
    sections = re.findall(r"^## (.+)$", README, re.MULTILINE)
    (contents,) = re.findall(r"^Contents: (.+?)\n\n", README, re.MULTILINE | re.DOTALL)
    links = dict(re.findall(r"\[([^\]]+)\]\(#([^)]+)\)", contents))
    assert list(links) == sections
    for title, anchor in links.items():
        assert anchor == re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def test_the_extras_are_those_of_the_project() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = project.partition("[project.optional-dependencies]")[2].partition("\n[")[0]
    extras = set(re.findall(r"^(\w+) = \[", table, re.MULTILINE))
    for page in (README, (ROOT / "docs" / "how-to" / "quick-start.md").read_text(encoding="utf-8")):
        rows = re.findall(r"^\| (`[^|]+`) \|", page.partition("| extra |")[2].partition("\n\n")[0], re.MULTILINE)
        assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == extras
