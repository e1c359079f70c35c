"""Every dependency of users names its lowest version, and the test of the lowest versions takes each of them."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def test_each_dependency_and_extra_is_tested_at_its_lowest() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [each for name, group in project["optional-dependencies"].items() if name != "testing" for each in group]
    requirements = [each for each in [*project["dependencies"], *extras] if not each.startswith("rescalehtc[")]
    command = [sys.executable, str(ROOT / "scripts" / "lowest_versions.py")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {each.partition("==")[0] for each in printed} == {re.split(r"[\[><=]", each)[0] for each in requirements}
    for each in printed:
        name, _, version = each.partition("==")
        assert any(re.match(rf"{re.escape(name)}(\[.*\])?>={re.escape(version)}(,|$)", every) for every in requirements)
