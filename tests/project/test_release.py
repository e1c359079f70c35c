"""A release is published only when its tag, the version and the changelog agree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    "pyproject.toml": '[project]\nversion = "2.1.0"\n',
    "rescalehtc/_version.py": 'VERSION = "2.1.0"\n',
    "CITATION.cff": "version: 2.1.0\n",
    "CHANGELOG.md": "# Changelog\n\n## [2.1.0] - 2027-01-31\n\n- New.\n\n## [2.0.0] - 2026-12-01\n\n- Old.\n",
}


def release_notes(folder: Path, tag: str, **changed: str) -> subprocess.CompletedProcess[str]:
    for name, text in {**FILES, **changed, "scripts/release_notes.py": ""}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    script = folder / "scripts" / "release_notes.py"
    script.write_text((ROOT / "scripts" / "release_notes.py").read_text())
    return subprocess.run([sys.executable, str(script), tag], capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_notes_are_the_section_of_the_changelog(tmp_path: Path) -> None:
    done = release_notes(tmp_path, "v2.1.0")
    assert (done.returncode, done.stdout) == (0, "- New.\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "changed", "told"),
    [
        ("v2.2.0", {}, "the tag: 2.2.0, pyproject.toml: 2.1.0"),
        ("2.1.0", {}, "without its v"),
        ("v2.1.0", {"rescalehtc/_version.py": 'VERSION = "2.0.0"\n'}, "_version.py: 2.0.0"),
        ("v2.1.0", {"CITATION.cff": "title: x\n"}, "CITATION.cff: none"),
        ("v2.1.0", {"CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n"}, r"no section `## [2.1.0] - YYYY-MM-DD`"),
        ("v2.1.0", {"CHANGELOG.md": "## [2.1.0] - unreleased\n"}, "'unreleased': write it as YYYY-MM-DD"),
    ],
)
def test_a_difference_stops_the_release(tag: str, changed: dict[str, str], told: str, tmp_path: Path) -> None:
    done = release_notes(tmp_path, tag, **changed)
    assert done.returncode == 1
    assert told in done.stderr


@pytest.mark.slow
def test_the_versions_of_this_commit_agree() -> None:
    """Also between releases: only the changelog may still say "Unreleased"."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "release_notes.py"), f"v{version()}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "differ" not in done.stderr, done.stderr


def test_every_release_in_the_changelog_is_dated_and_in_order() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    releases = [heading for heading in headings if heading != "[Unreleased]"]
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", release) for release in releases)
    numbers = [tuple(map(int, re.findall(r"\d+", release)[:3])) for release in releases]
    assert numbers == sorted(numbers, reverse=True)


def version() -> str:
    found = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert found
    return found[1]
