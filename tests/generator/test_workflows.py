"""The workflows of the repository's host do what they are for, with no more rights than that takes."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator.__main__ import main

FOLDER = Path(__file__).parents[2] / ".github" / "workflows"
WORKFLOWS: dict[str, Any] = {path.name: YAML(typ="safe").load(path) for path in sorted(FOLDER.glob("*.yml"))}


def steps(workflow: Any) -> list[Any]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_least_rights_and_pinned_actions(name: str) -> None:
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert set(job.get("permissions", {}).items()) <= {("contents", "read"), ("issues", "write")}
        assert job["timeout-minutes"] <= 30
        assert not job["runs-on"].endswith("latest")
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"actions/[\w-]+@(v\d+(\.\d+)*|[0-9a-f]{40})", step["uses"])
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_from_outside_stands_in_a_script(name: str) -> None:
    for step in steps(WORKFLOWS[name]):
        assert "${{" not in step.get("run", "")


def test_every_supported_python_is_tested() -> None:
    project = (FOLDER.parents[1] / "pyproject.toml").read_text()
    named = re.findall(r"Python :: (3\.\d+)", project)
    assert WORKFLOWS["ci.yml"]["jobs"]["test"]["strategy"]["matrix"]["python"] == named


def test_every_target_and_command_exists(capsys: pytest.CaptureFixture[str]) -> None:
    makefile = (FOLDER.parents[1] / "Makefile").read_text()
    scripts = "\n".join(step.get("run", "") for workflow in WORKFLOWS.values() for step in steps(workflow))
    targets = {target for line in re.findall(r"^make ([a-z ]+)$", scripts, re.MULTILINE) for target in line.split()}
    assert {"check", "test", "build", "setup"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    (command,) = re.findall(r"-m generator (\w+) .*--markdown", scripts)
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert "--markdown" in capsys.readouterr().out
